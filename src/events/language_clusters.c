/* SPDX-License-Identifier: MIT
 *
 * language_clusters.c - see language_clusters.h.
 */
#include "events/language_clusters.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "events/event_set.h"

#define DAY_S      86399 /* from the first second of a day to its last */

void nb_language_clusters_release(nb_language_clusters *p)
{
	free(p->of);
	free(p->member_at);
	free(p->member);
	nb_word_lists_release(&p->words);
	free(p->begin);
	free(p->end);
	*p = (nb_language_clusters){ 0 };
}

/* ---- members --------------------------------------------------------------------------------- */

static nb_status parts_alloc(nb_language_clusters *p, uint32_t n_reports, const uint32_t *label)
{
	size_t n;

	p->of = malloc(((size_t)n_reports + 1) * sizeof(*p->of));
	p->member = malloc(((size_t)n_reports + 1) * sizeof(*p->member));
	if (!p->of || !p->member)
		return NB_ENOMEM;
	if (n_reports > 0)
		memcpy(p->of, label, n_reports * sizeof(*label));
	p->n = nb_number_clusters(n_reports, p->of);
	n = (size_t)p->n + 1;
	p->member_at = calloc(n + 1, sizeof(*p->member_at));
	p->begin = malloc(n * sizeof(*p->begin));
	p->end = malloc(n * sizeof(*p->end));
	p->words.lang = malloc(n);
	p->words.at = calloc(n + 1, sizeof(*p->words.at));
	p->words.word = nb_block_alloc(n * NB_CONCEPT_WORDS, sizeof(*p->words.word));
	p->words.n = p->n;
	return p->member_at && p->begin && p->end && p->words.lang && p->words.at && p->words.word
		       ? NB_OK
		       : NB_ENOMEM;
}

static void set_span(const nb_night *night, const uint32_t *article, nb_language_clusters *p)
{
	for (uint32_t k = 0; k < p->n; k++) {
		p->begin[k] = p->end[k] = NB_NO_TIME;
		for (uint32_t m = p->member_at[k]; m < p->member_at[k + 1]; m++) {
			uint32_t i = article[p->member[m]];
			int64_t begin = night->published_at[i];
			int64_t end = night->day_only && night->day_only[i] ? begin + DAY_S : begin;

			if (begin == NB_NO_TIME)
				continue;
			if (p->begin[k] == NB_NO_TIME || begin < p->begin[k])
				p->begin[k] = begin;
			if (p->end[k] == NB_NO_TIME || end > p->end[k])
				p->end[k] = end;
		}
	}
}

/* ---- words ----------------------------------------------------------------------------------- */

typedef struct counted {
	float weight;
	uint32_t word, n;
} counted;

static int by_word(const void *x, const void *y)
{
	const counted *a = x, *b = y;

	return a->word < b->word ? -1 : a->word > b->word;
}

static int heaviest_first(const void *x, const void *y)
{
	const counted *a = x, *b = y;

	if (a->weight != b->weight)
		return a->weight > b->weight ? -1 : 1;
	return by_word(x, y);
}

/* The words of all members, each with the number of members that have it. */
static nb_status count_words(const nb_concept_vectors *g, const nb_language_clusters *p, uint32_t k,
			     counted **list, size_t *capacity, size_t *n)
{
	size_t kept = 0;

	*n = 0;
	for (uint32_t m = p->member_at[k]; m < p->member_at[k + 1]; m++) {
		const uint64_t *at = &g->of.at[p->member[m]];

		if (NB_GROW(*list, capacity, *n + (at[1] - at[0]) + 1) != NB_OK)
			return NB_ENOMEM;
		for (uint64_t w = at[0]; w < at[1]; w++)
			(*list)[(*n)++] = (counted){ 0, g->of.word[w], 1 };
	}
	qsort(*list, *n, sizeof(**list), by_word);
	for (size_t i = 0; i < *n; i++) {
		if (kept > 0 && (*list)[i].word == (*list)[kept - 1].word)
			(*list)[kept - 1].n++;
		else
			(*list)[kept++] = (*list)[i];
	}
	*n = kept;
	return NB_OK;
}

/* The words of a single report are its gist as it stands. */
static void copy_words(const nb_concept_vectors *g, nb_language_clusters *p, uint32_t k)
{
	uint32_t report = p->member[p->member_at[k]];
	uint64_t n = g->of.at[report + 1] - g->of.at[report];

	if (n > 0)
		memcpy(p->words.word + (size_t)k * NB_CONCEPT_WORDS,
		       g->of.word + g->of.at[report], n * sizeof(*p->words.word));
	p->words.at[k + 1] = n;
}

static nb_status merge_words(const nb_concept_vectors *g, nb_language_clusters *p, uint32_t k,
			     counted **list, size_t *capacity)
{
	uint32_t *word = p->words.word + (size_t)k * NB_CONCEPT_WORDS;
	size_t n;
	nb_status status = count_words(g, p, k, list, capacity, &n);

	if (status != NB_OK)
		return status;
	for (size_t i = 0; i < n; i++)
		(*list)[i].weight = g->word[(*list)[i].word].weight * sqrtf((float)(*list)[i].n);
	qsort(*list, n, sizeof(**list), heaviest_first);
	n = n < NB_CONCEPT_WORDS ? n : NB_CONCEPT_WORDS;
	for (size_t i = 0; i < n; i++)
		word[i] = (*list)[i].word;
	p->words.at[k + 1] = n;
	return NB_OK;
}

static nb_status set_words(const nb_concept_vectors *g, nb_language_clusters *p)
{
	nb_status status = NB_OK;
	uint64_t end = 0;

#pragma omp parallel reduction(nb_worst : status)
	{
		counted *list = NULL;
		size_t capacity = 0;

#pragma omp for schedule(dynamic, 256)
		for (uint32_t k = 0; k < p->n; k++) {
			nb_status one = NB_OK;

			p->words.lang[k] = g->of.lang[p->member[p->member_at[k]]];
			if (p->member_at[k + 1] - p->member_at[k] == 1)
				copy_words(g, p, k);
			else
				one = merge_words(g, p, k, &list, &capacity);
			status = nb_worse(status, one);
		}
		free(list);
	}
	for (uint32_t k = 0; k < p->n; k++) {
		uint64_t n = p->words.at[k + 1];

		memmove(p->words.word + end, p->words.word + (size_t)k * NB_CONCEPT_WORDS,
			n * sizeof(*p->words.word));
		p->words.at[k] = end;
		end += n;
	}
	p->words.at[p->n] = end;
	return status;
}

nb_status nb_language_clusters_make(const nb_night *night, const nb_concept_vectors *g,
				    const uint32_t *article, const uint32_t *label,
				    nb_language_clusters *out)
{
	nb_status status;

	*out = (nb_language_clusters){ 0 };
	status = parts_alloc(out, g->of.n, label);
	if (status == NB_OK) {
		nb_list_members(g->of.n, out->of, out->n, out->member_at, out->member);
		set_span(night, article, out);
		status = set_words(g, out);
	}
	if (status != NB_OK)
		nb_language_clusters_release(out);
	return status;
}

nb_status nb_language_clusters_single(const nb_night *night, const nb_concept_vectors *g,
				      const uint32_t *article, nb_language_clusters *out)
{
	uint32_t n = g->of.n, *self = malloc(((size_t)n + 1) * sizeof(*self));
	nb_status status;

	*out = (nb_language_clusters){ 0 };
	if (!self)
		return NB_ENOMEM;
	for (uint32_t i = 0; i < n; i++)
		self[i] = i;
	status = nb_language_clusters_make(night, g, article, self, out);
	free(self);
	return status;
}
