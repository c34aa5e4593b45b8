/* SPDX-License-Identifier: MIT
 *
 * row_terms.c - what an event, or the events of a storyline, are about: their places and other words.
 *
 * The same word comes from several reports in several spellings ("PUTIN", "Putin"): words are put
 * together by their folded form, with the sum of their weights, and shown as the heaviest of them
 * is spelled.
 */
#include <stdlib.h>

#include <xxhash.h>

#include "base/array.h"
#include "publish/row.h"

#define GATHERED_MOST ((size_t)4096) /* words that are looked at */

typedef struct found_word {
	nb_str word;
	uint64_t key; /* of its folded form */
	double weight;
	bool place;
} found_word;

static int by_key(const void *a, const void *b)
{
	const found_word *x = a, *y = b;

	if (x->key != y->key)
		return x->key < y->key ? -1 : 1;
	return (x->weight < y->weight) - (x->weight > y->weight);
}

static int by_weight(const void *a, const void *b)
{
	const found_word *x = a, *y = b;

	if (x->weight != y->weight)
		return x->weight < y->weight ? 1 : -1;
	return (x->key > y->key) - (x->key < y->key);
}

/* Blanks and line ends of any number become one blank. */
static nb_str one_line(nb_arena *arena, nb_str word)
{
	char *out = nb_arena_alloc(arena, word.len + 1);
	size_t n = 0;

	for (size_t i = 0; out && i < word.len; i++) {
		char c = word.ptr[i] == '\n' || word.ptr[i] == '\t' ? ' ' : word.ptr[i];

		if (c != ' ' || (n > 0 && out[n - 1] != ' '))
			out[n++] = c;
	}
	return out ? (nb_str){ out, n } : (nb_str){ 0 };
}

static nb_status add_word(nb_rowmaker *m, const nb_night *night, const nb_event_term *term,
			  size_t *n)
{
	nb_str report, word;
	nb_status status = nb_row_report_of(m, 0, night, term->article, &report);
	found_word *list = m->list, *out;

	if (status != NB_OK)
		return status;
	word = one_line(&m->words, nb_row_word(report, term->begin, term->len));
	if (!word.ptr || nb_token_hashes(&m->tokens, word.ptr, word.len) != NB_OK ||
	    NB_GROW(list, &m->list_capacity, *n + 1) != NB_OK)
		return NB_ENOMEM;
	m->list = list;
	if (m->tokens.n == 0)
		return NB_OK;
	out = &list[(*n)++];
	*out = (found_word){
		.word = word,
		.key = XXH3_64bits(m->tokens.hash, m->tokens.n * sizeof(*m->tokens.hash)),
		.weight = term->weight,
		.place = term->kind == NB_ANCHOR_PLACE,
	};
	return NB_OK;
}

/* Put equal words together, heaviest first; returns how many are left. */
static size_t merge_words(found_word *word, size_t n)
{
	size_t kept = 0;

	if (n > 1)
		qsort(word, n, sizeof(*word), by_key);
	for (size_t i = 0; i < n; i++) {
		if (kept && word[kept - 1].key == word[i].key) {
			word[kept - 1].weight += word[i].weight;
			word[kept - 1].place |= word[i].place;
		} else {
			word[kept++] = word[i];
		}
	}
	if (kept > 1)
		qsort(word, kept, sizeof(*word), by_weight);
	return kept;
}

static void put_words(nb_json *j, const char *key, const found_word *word, size_t n, bool places)
{
	size_t shown = 0;

	nb_json_key(j, key);
	nb_json_open(j, '[');
	for (size_t i = 0; i < n && shown < NB_EVENT_TERMS; i++) {
		if (word[i].place != places)
			continue;
		nb_json_string(j, word[i].word);
		shown++;
	}
	nb_json_close(j, ']');
}

nb_status nb_row_terms(nb_rowmaker *m, const nb_published *p, const uint32_t *event,
		       size_t n_events)
{
	const nb_events *e = p->events;
	nb_status status = NB_OK;
	size_t n = 0;

	nb_arena_reset(&m->words);
	for (size_t i = 0; status == NB_OK && i < n_events; i++)
		for (size_t t = e->term_at[event[i]]; t < e->term_at[event[i] + 1]; t++)
			if (status == NB_OK && n < GATHERED_MOST)
				status = add_word(m, p->night, &e->term[t], &n);
	if (status != NB_OK)
		return status;
	n = merge_words(m->list, n);
	put_words(&m->json, "places", m->list, n, true);
	put_words(&m->json, "terms", m->list, n, false);
	return NB_OK;
}
