/* SPDX-License-Identifier: MIT
 *
 * event_terms.c - the words and places that say what an event is about.
 *
 * They are taken from the part of the event that its central report is in, so that they are words of
 * one language, and shown where they stand in one of its reports.
 */
#include <stdlib.h>

#include "base/array.h"
#include "events/event_detail.h"

typedef struct term_list {
	nb_event_term *term;
	size_t n, capacity;
} term_list;

uint8_t nb_anchor_of_word(uint8_t word_kind)
{
	switch (word_kind) {
	case NB_WORD_NAME:
		return NB_ANCHOR_NAME;
	case NB_WORD_PLACE:
	case NB_WORD_COUNTRY:
		return NB_ANCHOR_PLACE;
	case NB_WORD_NUMBER:
		return NB_ANCHOR_NUMBER;
	default:
		return NB_ANCHOR_WORD;
	}
}

static bool find_in(const nb_event_view *v, uint32_t report, uint32_t word, nb_event_term *out)
{
	const nb_concept_vectors *g = v->vectors;

	for (uint64_t k = g->of.at[report]; k < g->of.at[report + 1]; k++) {
		if (g->of.word[k] != word || g->place[k].len == 0)
			continue;
		out->article = v->article[report];
		out->begin = g->place[k].begin;
		out->len = g->place[k].len;
		return true;
	}
	return false;
}

/* The central report is asked first. */
static bool find_word(const nb_event_view *v, uint32_t part, uint32_t central, uint32_t word,
		      nb_event_term *out)
{
	const nb_language_clusters *p = v->parts;

	if (find_in(v, central, word, out))
		return true;
	for (uint32_t m = p->member_at[part]; m < p->member_at[part + 1]; m++)
		if (find_in(v, p->member[m], word, out))
			return true;
	return false;
}

static nb_status add_terms(const nb_event_view *v, uint32_t central, term_list *list)
{
	uint32_t part = v->parts->of[central], n_terms = 0, n_places = 0;
	const nb_word_lists *l = &v->parts->words;

	if (NB_GROW(list->term, &list->capacity, list->n + 2 * NB_EVENT_TERMS) != NB_OK)
		return NB_ENOMEM;
	for (uint64_t k = l->at[part]; k < l->at[part + 1]; k++) {
		const nb_word *word = &v->vectors->word[l->word[k]];
		nb_event_term term = { .weight = word->weight, .kind = nb_anchor_of_word(word->kind) };
		uint32_t *n = term.kind == NB_ANCHOR_PLACE ? &n_places : &n_terms;

		if (*n < NB_EVENT_TERMS && find_word(v, part, central, l->word[k], &term)) {
			list->term[list->n++] = term;
			++*n;
		}
	}
	return NB_OK;
}

nb_status nb_event_terms(const nb_event_view *v, nb_events *e)
{
	term_list list = { 0 };
	nb_status status = NB_OK;

	for (uint32_t k = 0; status == NB_OK && k < e->n_events; k++) {
		e->term_at[k] = list.n;
		status = add_terms(v, v->report[e->central[k]], &list);
	}
	e->term_at[e->n_events] = list.n;
	e->term = list.term;
	return status;
}
