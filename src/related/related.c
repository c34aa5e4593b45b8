/* SPDX-License-Identifier: MIT
 *
 * related.c - see related.h.
 *
 * One language after the other, so that no more than the largest has to be in memory.
 */
#include "newsbraid/related.h"

#include <math.h>
#include <omp.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/clock.h"
#include "base/radix.h"
#include "related/scorer.h"

#define CHUNK           4096u /* pairs that are scored together */

/* Articles of one language after the other. */
typedef struct by_language {
	uint32_t *article; /* [0..n): ascending within a language */
	uint32_t *begin;   /* [0..n_languages] */
	uint32_t n_languages;
} by_language;

void nb_related_options_init(nb_related_options *o)
{
	*o = (nb_related_options){ .floor = 0.02,
				    .candidates = 60,
				    .postings = 100,
				    .sigma_days = 2 };
}

void nb_related_list_release(nb_related_list *l)
{
	free(l->pair);
	*l = (nb_related_list){ 0 };
}

static nb_status check(const nb_related_options *o, nb_error *err)
{
	if (!(o->floor >= 0 && o->floor <= 1) || o->candidates < 1 ||
	    o->candidates > NB_CANDIDATES_MOST || o->postings < 1 || !(o->sigma_days > 0))
		return nb_fail(err, NB_EINVAL, NULL, "an option of related pairs is out of range");
	return NB_OK;
}

/* ---- languages ---- */

static void by_language_release(by_language *l)
{
	free(l->article);
	free(l->begin);
}

uint64_t nb_language_key(nb_str lang)
{
	uint64_t key = 0;

	for (size_t i = 0; i < 8; i++)
		key = key << 8 | (i < lang.len ? (uint8_t)lang.ptr[i] : 0);
	return key;
}

static nb_status divide(const nb_night *night, const uint32_t *article, uint32_t n,
			by_language *out)
{
	nb_radix_item *item = malloc(((size_t)n + 1) * sizeof(*item));
	nb_radix_item *scratch = malloc(((size_t)n + 1) * sizeof(*scratch));
	nb_status status = NB_ENOMEM;

	out->article = malloc(((size_t)n + 1) * sizeof(*out->article));
	out->begin = malloc(((size_t)n + 1) * sizeof(*out->begin));
	if (item && scratch && out->article && out->begin) {
		for (uint32_t i = 0; i < n; i++) {
			nb_article meta;

			nb_night_article(night, article[i], &meta);
			item[i] = (nb_radix_item){ nb_language_key(meta.lang), article[i] };
		}
		nb_radix_sort_items(item, n, scratch);
		for (uint32_t i = 0; i < n; i++) {
			if (i == 0 || item[i].key != item[i - 1].key)
				out->begin[out->n_languages++] = i;
			out->article[i] = (uint32_t)item[i].value;
		}
		out->begin[out->n_languages] = n;
		status = NB_OK;
	}
	free(item);
	free(scratch);
	return status;
}

/* ---- scoring ---- */

static nb_related score(const nb_pair_context *c, const uint32_t *article, uint32_t i, uint32_t j)
{
	float f[NB_PAIR_FEATURE_COUNT];
	nb_related r = { .a = article[i], .b = article[j] };

	nb_pair_features(c, i, j, f);
	r.words = f[NB_PAIR_WORDS];
	r.entities = f[NB_PAIR_ENTITIES];
	r.title = f[NB_PAIR_TITLE];
	r.lead = f[NB_PAIR_LEAD];
	r.p = nb_pair_probability(c, i, j, f);
	return r;
}

/* Score candidates [begin, end) to the front of room; how many are likely enough. */
static size_t score_chunk(const nb_pair_context *c, const uint32_t *article, double floor,
			  size_t begin, size_t end, nb_related *room)
{
	size_t n = 0;

	for (size_t k = begin; k < end; k++) {
		uint64_t pair = c->candidates.pair[k];

		room[n] = score(c, article, (uint32_t)pair, (uint32_t)(pair >> 32));
		n += room[n].p >= floor;
	}
	return n;
}

/* Room for a round of chunks, filled by all threads and then appended in order. */
static nb_status score_all(const nb_pair_context *c, const uint32_t *article, double floor,
			   nb_related_list *out)
{
	size_t n = c->candidates.n, round = 4 * (size_t)omp_get_max_threads();
	nb_related *room = malloc(round * CHUNK * sizeof(*room));
	size_t *n_kept = malloc(round * sizeof(*n_kept));
	nb_status status = room && n_kept ? NB_OK : NB_ENOMEM;

	for (size_t begin = 0; status == NB_OK && begin < n; begin += round * CHUNK) {
#pragma omp parallel for schedule(dynamic, 1)
		for (size_t k = 0; k < round; k++) {
			size_t first = begin + k * CHUNK;
			size_t last = first + CHUNK < n ? first + CHUNK : n;

			n_kept[k] = first < n ? score_chunk(c, article, floor, first, last,
							    room + k * CHUNK)
					      : 0;
		}
		for (size_t k = 0; status == NB_OK && k < round; k++) {
			status = NB_GROW(out->pair, &out->capacity, out->n + n_kept[k]);
			if (status == NB_OK && n_kept[k])
				memcpy(out->pair + out->n, room + k * CHUNK,
				       n_kept[k] * sizeof(*room));
			out->n += status == NB_OK ? n_kept[k] : 0;
		}
	}
	free(room);
	free(n_kept);
	return status;
}

static nb_status find_in_language(const nb_night *night, const uint32_t *article, uint32_t n,
				  const nb_related_options *o, nb_related_list *out,
				  nb_related_stats *stats, nb_error *err)
{
	nb_pair_context c;
	nb_status status = nb_pair_context_make(night, article, n, o, &c, stats, err);
	double t0 = nb_clock_s();

	if (status != NB_OK)
		return status;
	if (score_all(&c, article, o->floor, out) != NB_OK)
		status = nb_fail(err, NB_ENOMEM, NULL, "no memory for related pairs");
	stats->score_s += nb_clock_s() - t0;
	nb_pair_context_release(&c);
	return status;
}

/* Languages follow one another; bring their pairs in one order. */
static nb_status sort_pairs(nb_related_list *l)
{
	nb_radix_item *item = nb_block_alloc(l->n + 1, sizeof(*item));
	nb_radix_item *scratch = nb_block_alloc(l->n + 1, sizeof(*scratch));
	nb_related *sorted = nb_block_alloc(l->n + 1, sizeof(*sorted));
	nb_status status = item && scratch && sorted ? NB_OK : NB_ENOMEM;

	for (size_t i = 0; status == NB_OK && i < l->n; i++)
		item[i] = (nb_radix_item){ (uint64_t)l->pair[i].b << 32 | l->pair[i].a, i };
	if (status == NB_OK)
		nb_radix_sort_items(item, l->n, scratch);
	for (size_t i = 0; status == NB_OK && i < l->n; i++)
		sorted[i] = l->pair[item[i].value];
	if (status == NB_OK) {
		free(l->pair);
		l->pair = sorted;
		l->capacity = l->n + 1;
	} else {
		free(sorted);
	}
	free(item);
	free(scratch);
	return status;
}

nb_status nb_related_find(const nb_night *night, const uint32_t *article, uint32_t n,
			  const nb_related_options *o, nb_related_list *out,
			  nb_related_stats *stats, nb_error *err)
{
	nb_related_stats ignored;
	by_language l = { 0 };
	nb_status status = check(o, err);

	*out = (nb_related_list){ 0 };
	stats = stats ? stats : &ignored;
	*stats = (nb_related_stats){ 0 };
	if (status == NB_OK && divide(night, article, n, &l) != NB_OK)
		status = nb_fail(err, NB_ENOMEM, NULL, "no memory to compare articles");
	for (uint32_t k = 0; status == NB_OK && k < l.n_languages; k++)
		status = find_in_language(night, l.article + l.begin[k],
					  l.begin[k + 1] - l.begin[k], o, out, stats, err);
	by_language_release(&l);
	if (status == NB_OK && l.n_languages > 1 && sort_pairs(out) != NB_OK)
		status = nb_fail(err, NB_ENOMEM, NULL, "no memory for related pairs");
	if (status != NB_OK)
		nb_related_list_release(out);
	stats->n_pairs = out->n;
	return status;
}
