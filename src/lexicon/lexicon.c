/* SPDX-License-Identifier: MIT
 *
 * lexicon.c - see lexicon.h and lookup.h.
 */
#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

#include "base/file.h"
#include "lexicon/concept_id.h"
#include "lexicon/lookup.h"

typedef struct map {
	const uint64_t *key; /* key[0..count) */
	const uint32_t *value;
	uint64_t count, used; /* count 0: there is none */
} map;

struct nb_lexicon {
	const uint8_t *bytes;
	size_t size;
	void *owned; /* bytes, if they are ours */
	const uint64_t *id;
	const uint32_t *link;
	uint64_t n_ids, n_links;
	map of[NB_LANGUAGE_MOST][NB_LEX_KINDS];
};

/* ---- opening --------------------------------------------------------------------------------- */

static uint64_t section_bytes(const nb_lex_section *s)
{
	switch (s->kind) {
	case NB_LEX_IDS:
		return s->count * sizeof(uint64_t);
	case NB_LEX_LINK_LISTS:
		return s->count * sizeof(uint32_t);
	default:
		return s->count * (sizeof(uint64_t) + sizeof(uint32_t));
	}
}

static const char *take_section(nb_lexicon *l, const nb_lex_section *s)
{
	uint32_t language = nb_language_find(s->lang);
	const uint8_t *at;

	if (s->kind >= NB_LEX_KINDS || s->lang[3])
		return "damaged lexicon: a section of no known kind";
	if (s->count > l->size || s->offset % 8 || s->offset > l->size ||
	    section_bytes(s) > l->size - s->offset)
		return "damaged lexicon: a section reaches beyond the end";
	at = l->bytes + s->offset;
	if (s->kind == NB_LEX_IDS) {
		l->id = (const uint64_t *)at;
		l->n_ids = s->count;
	} else if (s->kind == NB_LEX_LINK_LISTS) {
		l->link = (const uint32_t *)at;
		l->n_links = s->count;
	} else if (s->count & (s->count - 1)) {
		return "damaged lexicon: a map of no power of two";
	} else if (nb_languages[language].code[0]) {
		l->of[language][s->kind] = (map){ (const uint64_t *)at,
						  (const uint32_t *)(at + 8 * s->count), s->count,
						  s->used };
	}
	return NULL;
}

uint64_t nb_lex_checksum(const void *bytes, size_t n)
{
	nb_lex_header h;

	memcpy(&h, bytes, sizeof(h));
	h.checksum = 0;
	return XXH3_64bits_withSeed((const uint8_t *)bytes + sizeof(h), n - sizeof(h),
				    XXH3_64bits(&h, sizeof(h)));
}

/* What is wrong with the file, NULL if nothing. */
static const char *take_file(nb_lexicon *l)
{
	nb_lex_header h;
	uint64_t rest;

	if (l->size < sizeof(h))
		return "no lexicon: too short";
	memcpy(&h, l->bytes, sizeof(h));
	if (memcmp(h.magic, NB_LEX_MAGIC, sizeof(h.magic)) != 0)
		return "no lexicon";
	if (h.version != NB_LEX_VERSION)
		return "a lexicon of another version: build it again";
	rest = l->size - sizeof(h);
	if (h.size != l->size || h.n_sections > rest / sizeof(nb_lex_section))
		return "damaged lexicon: wrong size";
	if (nb_lex_checksum(l->bytes, l->size) != h.checksum)
		return "damaged lexicon: wrong checksum";
	for (uint32_t i = 0; i < h.n_sections; i++) {
		nb_lex_section s;
		const char *wrong;

		memcpy(&s, l->bytes + sizeof(h) + i * sizeof(s), sizeof(s));
		wrong = take_section(l, &s);
		if (wrong)
			return wrong;
	}
	return NULL;
}

/* A relative's dictionary where a language has none. */
static void borrow(nb_lexicon *l)
{
	for (uint32_t i = 0; i < nb_n_languages; i++) {
		uint32_t relative = nb_language_find(nb_languages[i].relative);

		for (uint32_t k = NB_LEX_WORDS; k < NB_LEX_KINDS; k++)
			if (!l->of[i][k].count)
				l->of[i][k] = l->of[relative][k];
	}
}

nb_status nb_lexicon_from_memory(const void *bytes, size_t n, nb_lexicon **lexicon, nb_error *err)
{
	nb_lexicon *l = calloc(1, sizeof(*l));
	const char *wrong;

	*lexicon = NULL;
	if (!l)
		return nb_fail(err, NB_ENOMEM, NULL, "no memory for the lexicon");
	l->bytes = bytes;
	l->size = n;
	wrong = take_file(l);
	if (wrong) {
		nb_lexicon_free(l);
		return nb_fail(err, NB_EDATA, NULL, wrong);
	}
	borrow(l);
	*lexicon = l;
	return NB_OK;
}

/* A copy rather than a mapping: a file that is shortened while it is mapped kills the process. */
nb_status nb_lexicon_open(const char *path, nb_lexicon **lexicon, nb_error *err)
{
	nb_error inner = { 0 };
	void *bytes;
	size_t n;
	nb_status status = nb_file_load(NULL, path, &bytes, &n, err);

	*lexicon = NULL;
	if (status != NB_OK)
		return status;
	status = nb_lexicon_from_memory(bytes, n, lexicon, &inner);
	if (status != NB_OK) {
		free(bytes);
		return nb_fail(err, status, path, inner.reason);
	}
	(*lexicon)->owned = bytes;
	return NB_OK;
}

nb_str nb_lexicon_bytes(const nb_lexicon *l)
{
	return (nb_str){ (const char *)l->bytes, l->size };
}

void nb_lexicon_free(nb_lexicon *l)
{
	if (l)
		free(l->owned);
	free(l);
}

/* ---- questions ------------------------------------------------------------------------------- */

static bool find(const map *m, uint64_t key, uint32_t *value)
{
	uint64_t mask = m->count - 1;

	if (!m->count || !key)
		return false;
	for (uint64_t i = 0; i < NB_LEX_PROBES; i++) {
		uint64_t slot = (key + i) & mask;

		if (m->key[slot] == key) {
			*value = m->value[slot];
			return true;
		}
		if (!m->key[slot])
			return false;
	}
	return false;
}

nb_links nb_lexicon_links(const nb_lexicon *l, uint32_t language, enum nb_lex_kind kind,
			  uint64_t key)
{
	uint32_t value, first, n;

	if (!l || !find(&l->of[language][kind], key, &value))
		return (nb_links){ NULL, 0 };
	first = value >> 4;
	n = value & NB_LEX_LINKS;
	if (n == 0 || first > l->n_links || n > l->n_links - first)
		return (nb_links){ NULL, 0 };
	return (nb_links){ l->link + first, n };
}

uint32_t nb_lexicon_lengths(const nb_lexicon *l, uint32_t language, uint64_t key)
{
	uint32_t value;

	return l && find(&l->of[language][NB_LEX_LENGTHS], key, &value) ? value : 0;
}

bool nb_lexicon_stops(const nb_lexicon *l, uint32_t language, uint64_t key)
{
	uint32_t value;

	return l && find(&l->of[language][NB_LEX_STOPS], key, &value);
}

nb_concept nb_lexicon_concept(const nb_lexicon *l, uint32_t link)
{
	nb_concept c = { 0 };

	if (link >> 8 >= l->n_ids)
		return c;
	c.id = l->id[link >> 8];
	c.kind = nb_concept_kind_of(c.id);
	c.weight = (float)((link & 255) + 1) / 256;
	if (c.kind >= NB_CONCEPT_KINDS || c.id <= NB_CONCEPT_KIND_BITS)
		c = (nb_concept){ 0 };
	return c;
}

bool nb_lexicon_knows(const nb_lexicon *l, uint32_t language)
{
	return l && l->of[language][NB_LEX_WORDS].count;
}

uint64_t nb_lexicon_words(const nb_lexicon *lexicon, const char lang[3])
{
	return lexicon ? lexicon->of[nb_language_find(lang)][NB_LEX_WORDS].used : 0;
}
