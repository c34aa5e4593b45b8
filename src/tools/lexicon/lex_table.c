/* SPDX-License-Identifier: MIT
 *
 * lex_table.c - see lex_table.h.
 */
#include "tools/lexicon/lex_table.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

#include "tools/lexicon/strings.h"
#include "text/language.h"

typedef struct map {
	uint64_t *key;
	uint32_t *value;
	uint64_t count, used; /* slots, a power of two or 0 */
} map;

struct tables {
	strings ids; /* each 8 bytes */
	uint32_t *link;
	size_t n_links, link_capacity;
	map of[NB_LANGUAGE_MOST][NB_LEX_KINDS];
};

tables *tables_new(void)
{
	tables *t = calloc(1, sizeof(*t));

	if (!t)
		die("cannot build", "no memory");
	return t;
}

void tables_free(tables *t)
{
	for (uint32_t i = 0; i < NB_LANGUAGE_MOST; i++)
		for (uint32_t k = 0; k < NB_LEX_KINDS; k++) {
			free(t->of[i][k].key);
			free(t->of[i][k].value);
		}
	strings_release(&t->ids);
	free(t->link);
	free(t);
}

/* ---- maps ------------------------------------------------------------------------------------ */

/* The slot of a key or the empty one where it belongs; NULL if that is too far from its place. */
static uint32_t *slot_of(map *m, uint64_t key, bool *is_new)
{
	for (uint64_t i = 0; i < NB_LEX_PROBES && m->count; i++) {
		uint64_t slot = (key + i) & (m->count - 1);

		if (m->key[slot] && m->key[slot] != key)
			continue;
		*is_new = !m->key[slot];
		m->key[slot] = key;
		return &m->value[slot];
	}
	return NULL;
}

static void enlarge(map *m)
{
	map old = *m;
	bool is_new;

	m->count = old.count ? 2 * old.count : 64;
	m->key = calloc(m->count, sizeof(*m->key));
	m->value = calloc(m->count, sizeof(*m->value));
	if (!m->key || !m->value)
		die("cannot build", "no memory");
	for (uint64_t i = 0; i < old.count; i++) {
		uint32_t *value = old.key[i] ? slot_of(m, old.key[i], &is_new) : NULL;

		if (value)
			*value = old.value[i];
		else if (old.key[i])
			die("cannot build", "keys are not random");
	}
	free(old.key);
	free(old.value);
}

static uint32_t *map_slot(map *m, uint64_t key, bool *is_new)
{
	uint32_t *value = NULL;

	if (m->used * 10 >= m->count * 7)
		enlarge(m);
	while (!(value = slot_of(m, key, is_new)))
		enlarge(m);
	m->used += *is_new;
	return value;
}

static uint32_t make_link(tables *t, const nb_concept *c)
{
	char text[sizeof(c->id)];
	int weight = (int)(c->weight * 256 + .5f) - 1;

	memcpy(text, &c->id, sizeof(text));
	weight = weight < 0 ? 0 : weight > 255 ? 255 : weight;
	return strings_add(&t->ids, text, sizeof(text)) << 8 | (uint32_t)weight;
}

void tables_put(tables *t, uint32_t language, enum nb_lex_kind kind, uint64_t key,
		const nb_concept *concept, size_t n)
{
	uint32_t *value;
	bool is_new = false;

	if (n == 0)
		return;
	n = n < NB_LEX_LINKS ? n : NB_LEX_LINKS;
	value = map_slot(&t->of[language][kind], key, &is_new);
	if (!is_new)
		return;
	*value = (uint32_t)t->n_links << 4 | (uint32_t)n;
	t->link = grow(t->link, &t->link_capacity, t->n_links + n, sizeof(*t->link));
	for (size_t i = 0; i < n; i++)
		t->link[t->n_links++] = make_link(t, &concept[i]);
}

void tables_set(tables *t, uint32_t language, enum nb_lex_kind kind, uint64_t key, uint32_t bits)
{
	bool is_new;

	*map_slot(&t->of[language][kind], key, &is_new) |= bits;
}

bool tables_has(const tables *t, uint32_t language, enum nb_lex_kind kind, uint64_t key)
{
	const map *m = &t->of[language][kind];

	for (uint64_t i = 0; i < NB_LEX_PROBES && m->count; i++)
		if (m->key[(key + i) & (m->count - 1)] == key)
			return true;
	return false;
}

/* ---- the file -------------------------------------------------------------------------------- */

typedef struct image {
	uint8_t *bytes;
	size_t n, capacity;
} image;

static size_t append(image *f, const void *data, size_t n)
{
	size_t at = f->n, padded = (n + 7) / 8 * 8;

	f->bytes = grow(f->bytes, &f->capacity, f->n + padded + 8, 1);
	if (n)
		memcpy(f->bytes + at, data, n);
	memset(f->bytes + at + n, 0, padded - n);
	f->n += padded;
	return at;
}

static void put_section(image *f, size_t *at, nb_lex_section s)
{
	memcpy(f->bytes + *at, &s, sizeof(s));
	*at += sizeof(s);
}

static void put_map(image *f, size_t *at, const map *m, uint32_t language, uint32_t kind)
{
	nb_lex_section s = { .kind = kind, .count = m->count, .used = m->used };

	memcpy(s.lang, nb_languages[language].code, sizeof(s.lang));
	s.offset = append(f, m->key, m->count * sizeof(*m->key));
	append(f, m->value, m->count * sizeof(*m->value));
	put_section(f, at, s);
}

static uint32_t count_maps(const tables *t)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < NB_LANGUAGE_MOST; i++)
		for (uint32_t k = NB_LEX_WORDS; k < NB_LEX_KINDS; k++)
			n += t->of[i][k].count > 0;
	return n;
}

static image make_image(const tables *t)
{
	nb_lex_header h = { NB_LEX_MAGIC, NB_LEX_VERSION, 2 + count_maps(t), 0, 0 };
	nb_lex_section s = { .kind = NB_LEX_IDS, .count = t->ids.n };
	image f = { 0 };
	size_t at = sizeof(h);

	append(&f, &h, sizeof(h));
	for (uint32_t i = 0; i < h.n_sections; i++)
		append(&f, &s, sizeof(s));
	s.offset = append(&f, t->ids.text, t->ids.n_text);
	put_section(&f, &at, s);
	s = (nb_lex_section){ .kind = NB_LEX_LINK_LISTS, .count = t->n_links };
	s.offset = append(&f, t->link, t->n_links * sizeof(*t->link));
	put_section(&f, &at, s);
	for (uint32_t i = 0; i < NB_LANGUAGE_MOST; i++)
		for (uint32_t k = NB_LEX_WORDS; k < NB_LEX_KINDS; k++)
			if (t->of[i][k].count)
				put_map(&f, &at, &t->of[i][k], i, k);
	h.size = f.n;
	memcpy(f.bytes, &h, sizeof(h));
	h.checksum = nb_lex_checksum(f.bytes, f.n);
	memcpy(f.bytes, &h, sizeof(h));
	return f;
}

void tables_write(const tables *t, const char *path)
{
	image f = make_image(t);
	char beside[4096];
	FILE *out;

	snprintf(beside, sizeof(beside), "%s.tmp", path);
	out = fopen(beside, "wb");
	if (!out || fwrite(f.bytes, 1, f.n, out) != f.n || fclose(out) != 0 ||
	    rename(beside, path) != 0)
		die("cannot write", path);
	free(f.bytes);
}
