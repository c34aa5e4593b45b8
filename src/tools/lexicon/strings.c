/* SPDX-License-Identifier: MIT
 *
 * strings.c - see strings.h.
 */
#include "tools/lexicon/strings.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

#include "base/array.h"

void die(const char *what, const char *detail)
{
	fprintf(stderr, "lexicon: %s: %s\n", what, detail);
	exit(1);
}

void warn_absent(const char *name)
{
	fprintf(stderr, "warning: no %s: the lexicon knows less\n", name);
}

void *grow(void *array, size_t *capacity, size_t need, size_t item)
{
	array = nb_grow(array, capacity, need, item);
	if (*capacity < need)
		die("cannot build", "no memory");
	return array;
}

nb_str strings_get(const strings *s, uint32_t i)
{
	return (nb_str){ s->text + s->begin[i], s->begin[i + 1] - s->begin[i] };
}

/* The slot of a text: its own, or the empty one where it belongs. */
static uint32_t slot_of(const strings *s, const char *text, size_t n)
{
	uint32_t mask = s->n_slots - 1, i = (uint32_t)XXH3_64bits(text, n) & mask;

	for (; s->slot[i]; i = (i + 1) & mask) {
		nb_str have = strings_get(s, s->slot[i] - 1);

		if (have.len == n && memcmp(have.ptr, text, n) == 0)
			break;
	}
	return i;
}

static void rehash(strings *s)
{
	free(s->slot);
	s->n_slots = s->n_slots ? 2 * s->n_slots : 1024;
	s->slot = calloc(s->n_slots, sizeof(*s->slot));
	if (!s->slot)
		die("cannot build", "no memory");
	for (uint32_t i = 0; i < s->n; i++) {
		nb_str text = strings_get(s, i);

		s->slot[slot_of(s, text.ptr, text.len)] = i + 1;
	}
}

uint32_t strings_add(strings *s, const char *text, size_t n)
{
	uint32_t i;

	if (s->n >= s->n_slots / 2)
		rehash(s);
	i = slot_of(s, text, n);
	if (s->slot[i])
		return s->slot[i] - 1;
	s->text = grow(s->text, &s->text_capacity, s->n_text + n + 1, 1);
	s->begin = grow(s->begin, &s->begin_capacity, (size_t)s->n + 2, sizeof(*s->begin));
	memcpy(s->text + s->n_text, text, n);
	s->begin[s->n] = s->n_text;
	s->n_text += n;
	s->slot[i] = ++s->n;
	s->begin[s->n] = s->n_text;
	return s->n - 1;
}

uint32_t strings_find(const strings *s, const char *text, size_t n)
{
	uint32_t i = s->n_slots ? s->slot[slot_of(s, text, n)] : 0;

	return i ? i - 1 : STRINGS_NONE;
}

void strings_release(strings *s)
{
	free(s->text);
	free(s->begin);
	free(s->slot);
	*s = (strings){ 0 };
}
