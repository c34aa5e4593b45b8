/* SPDX-License-Identifier: MIT
 *
 * intern.c - see intern.h.
 */
#include "base/intern.h"

#include <stdlib.h>
#include <string.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "base/array.h"

void nb_intern_release(nb_intern *t)
{
	free(t->bytes);
	free(t->end);
	free(t->slot);
	*t = (nb_intern){ 0 };
}

nb_str nb_intern_string(const nb_intern *t, uint32_t number)
{
	uint64_t begin = number ? t->end[number - 1] : 0;

	return (nb_str){ t->bytes + begin, (size_t)(t->end[number] - begin) };
}

/* The slot that holds s, or the free one where it belongs. */
static uint32_t *find(const nb_intern *t, nb_str s)
{
	size_t at = XXH3_64bits(s.ptr, s.len) & (t->n_slots - 1);

	for (;; at = (at + 1) & (t->n_slots - 1)) {
		uint32_t *slot = &t->slot[at];
		nb_str other;

		if (*slot == 0)
			return slot;
		other = nb_intern_string(t, *slot - 1);
		if (other.len == s.len && memcmp(other.ptr, s.ptr, s.len) == 0)
			return slot;
	}
}

static nb_status grow_slots(nb_intern *t)
{
	size_t n = t->n_slots ? t->n_slots * 2 : 64;
	uint32_t *slot = calloc(n, sizeof(*slot));

	if (!slot)
		return NB_ENOMEM;
	free(t->slot);
	t->slot = slot;
	t->n_slots = n;
	for (uint32_t i = 0; i < t->n; i++)
		*find(t, nb_intern_string(t, i)) = i + 1;
	return NB_OK;
}

nb_status nb_intern_number(nb_intern *t, nb_str s, uint32_t *number)
{
	uint32_t *slot;

	if (!s.ptr)
		s.ptr = "";
	if (t->n * 2 >= t->n_slots && grow_slots(t) != NB_OK)
		return NB_ENOMEM;
	slot = find(t, s);
	if (*slot == 0) {
		if (t->n >= UINT32_MAX - 1 ||
		    NB_GROW(t->bytes, &t->capacity, t->used + s.len + 1) != NB_OK ||
		    NB_GROW(t->end, &t->end_capacity, t->n + 1) != NB_OK)
			return NB_ENOMEM;
		if (s.len)
			memcpy(t->bytes + t->used, s.ptr, s.len);
		t->used += s.len;
		t->end[t->n++] = t->used;
		*slot = (uint32_t)t->n;
	}
	*number = *slot - 1;
	return NB_OK;
}
