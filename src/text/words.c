/* SPDX-License-Identifier: MIT
 *
 * words.c - see words.h.
 */
#include "text/words.h"

#include <string.h>

#include "words.inc"

static int compare(const nb_word_entry *e, const char *text, size_t n)
{
	size_t shorter = e->len < n ? e->len : n;
	int order = memcmp(nb_word_text + e->at, text, shorter);

	return order ? order : (e->len > n) - (e->len < n);
}

const nb_word_entry *nb_word_find(nb_phrase_kind kind, const char *text, size_t n)
{
	size_t low = nb_word_first[kind], high = nb_word_first[kind + 1];

	while (low < high) {
		size_t mid = low + (high - low) / 2;
		int order = compare(&nb_word_entries[mid], text, n);

		if (order == 0)
			return &nb_word_entries[mid];
		if (order < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return NULL;
}

static const nb_word_entry *find_hashed(const nb_lex *lex, uint32_t from, uint32_t n,
					nb_phrase_kind kind, uint32_t hash)
{
	size_t at = lex->word[from].at, len = lex->word[from + n - 1].stop - at;

	for (uint32_t slot = hash % NB_WORD_SLOTS; nb_word_slots[slot];
	     slot = (slot + 1) % NB_WORD_SLOTS) {
		const nb_word_entry *e = &nb_word_entries[nb_word_slots[slot] - 1];

		if (e->kind == kind && e->len == len &&
		    memcmp(nb_word_text + e->at, lex->folded + at, len) == 0)
			return e;
	}
	return NULL;
}

static bool may_start(const nb_lex *lex, uint32_t i, nb_phrase_kind kind)
{
	return nb_word_starts[nb_word_start(lex, i)] >> kind & 1;
}

const nb_word_entry *nb_word_at(const nb_lex *lex, uint32_t from, uint32_t n, nb_phrase_kind kind)
{
	uint32_t hash = kind;

	if (!may_start(lex, from, kind))
		return NULL;
	for (uint32_t i = 0; i < n; i++)
		hash = nb_phrase_hash(hash, lex->word[from + i].hash);
	return find_hashed(lex, from, n, kind, hash);
}

const nb_word_entry *nb_word_longest(const nb_lex *lex, uint32_t from, nb_phrase_kind kind,
				     uint32_t *n)
{
	uint32_t most = lex->n - from < NB_WORD_LONGEST ? lex->n - from : NB_WORD_LONGEST;
	const nb_word_entry *longest = NULL;
	uint32_t hash = kind;

	*n = 0;
	if (!may_start(lex, from, kind))
		return NULL;
	for (uint32_t i = 0; i < most; i++) {
		const nb_word_entry *e;

		hash = nb_phrase_hash(hash, lex->word[from + i].hash);
		e = find_hashed(lex, from, i + 1, kind, hash);
		if (e) {
			longest = e;
			*n = i + 1;
		}
	}
	return longest;
}
