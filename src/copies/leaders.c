/* SPDX-License-Identifier: MIT
 *
 * leaders.c - see copies.h.
 *
 * Articles with equal token sequences are set aside first: they need no candidates, and a night
 * that holds one text a million times stays linear.  What they repeat stands for them; once it has
 * found its leader, each is verified against that leader like every other member.
 */
#include "newsbraid/copies.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/clock.h"
#include "copies/components.h"
#include "copies/rounds.h"

void nb_copies_release(nb_copies *c)
{
	free(c->leader);
	free(c->size);
	free(c->edge);
	*c = (nb_copies){ 0 };
}

void nb_copies_options_init(nb_copies_options *o)
{
	*o = (nb_copies_options){ .mode = NB_MATCH_AUTO };
	nb_copy_params_init(&o->copy);
}

/* ---- leader clustering ----------------------------------------------------------------------- */

static nb_status copies_alloc(nb_copies *c, uint32_t n)
{
	*c = (nb_copies){ .n = n };
	c->leader = malloc((size_t)n * sizeof(*c->leader) + 1);
	c->size = calloc((size_t)n + 1, sizeof(*c->size));
	c->edge = malloc((size_t)n * sizeof(*c->edge) + 1);
	if (c->leader && c->size && c->edge)
		return NB_OK;
	nb_copies_release(c);
	return NB_ENOMEM;
}

nb_status nb_copies_cluster(uint32_t n, const nb_edges *edges, nb_copies *out)
{
	nb_status status = copies_alloc(out, n);
	size_t e = 0;

	if (status != NB_OK)
		return status;
	for (uint32_t i = 0; i < n; i++) {
		out->leader[i] = i;
		out->edge[i] = NB_NO_EDGE;
		/* edges are sorted by (b, a): the first leader among i's partners is the earliest */
		for (; e < edges->n && edges->edge[e].b == i; e++) {
			const nb_edge *edge = &edges->edge[e];

			if (edge->relation != NB_RELATION_COPY || out->leader[i] != i ||
			    out->leader[edge->a] != edge->a)
				continue;
			out->leader[i] = edge->a;
			out->edge[i] = e;
		}
		out->size[out->leader[i]]++;
		out->n_copies += out->leader[i] != i;
		out->n_groups += out->size[out->leader[i]] == 2;
	}
	return NB_OK;
}

/* ---- equal texts ----------------------------------------------------------------------------- */

typedef struct text_key {
	uint64_t hash;
	uint32_t n_tokens;
	uint32_t article;
} text_key;

static int by_text(const void *x, const void *y)
{
	const text_key *a = x, *b = y;

	if (a->hash != b->hash)
		return a->hash < b->hash ? -1 : 1;
	if (a->n_tokens != b->n_tokens)
		return a->n_tokens < b->n_tokens ? -1 : 1;
	return a->article < b->article ? -1 : a->article > b->article;
}

/* first[i]: the earliest article with the tokens of i; returns how many repeat an earlier one. */
static nb_status find_equal(const nb_sketches *s, uint32_t *first, uint32_t *n_equal)
{
	text_key *key = malloc(((size_t)s->n + 1) * sizeof(*key));

	if (!key)
		return NB_ENOMEM;
	for (uint32_t i = 0; i < s->n; i++)
		key[i] = (text_key){ s->text_hash[i], s->n_tokens[i], i };
	qsort(key, s->n, sizeof(*key), by_text);
	*n_equal = 0;
	for (uint32_t i = 0; i < s->n; i++) {
		bool equal = i > 0 && key[i].hash == key[i - 1].hash &&
			     key[i].n_tokens == key[i - 1].n_tokens && key[i].n_tokens > 0;

		first[key[i].article] = equal ? first[key[i - 1].article] : key[i].article;
		*n_equal += equal;
	}
	free(key);
	return NB_OK;
}

/* Sizes that keep repeated and short texts out of every candidate search. */
static uint32_t *live_sizes(const nb_sketches *s, const uint32_t *first, uint32_t min_shingles)
{
	uint32_t *size = malloc(((size_t)s->n + 1) * sizeof(*size));

	for (uint32_t i = 0; size && i < s->n; i++)
		size[i] = first[i] == i && s->n_shingles[i] >= min_shingles ? s->n_shingles[i] : 0;
	return size;
}

/* ---- the stage ------------------------------------------------------------------------------- */

static nb_status find_candidates(const nb_night *night, const nb_sketches *live,
				 const nb_copies_options *o, nb_pairs *pairs,
				 nb_copies_stats *stats, nb_error *err)
{
	nb_pairs contained = { 0 };
	double t0 = nb_clock_s(), t1;
	nb_status status;

	stats->mode = o->mode;
	if (o->mode == NB_MATCH_AUTO)
		stats->mode = nb_scan_cost(live, o->copy.jaccard) <= NB_AUTO_SCAN_PAIRS
				      ? NB_MATCH_SCAN
				      : NB_MATCH_BANDS;
	status = stats->mode == NB_MATCH_SCAN
			 ? nb_match_scan(live, o->copy.jaccard, pairs, &stats->jaccard)
			 : nb_match_bands(live, o->copy.jaccard, pairs, &stats->jaccard);
	t1 = nb_clock_s();
	NB_TRY(status, nb_match_contain(live, night, o->copy.containment, o->copy.contain_shingles,
					&contained, &stats->contain, err));
	NB_TRY(status, nb_pairs_add(pairs, &contained));
	NB_TRY(status, nb_pairs_normalise(pairs, NB_PAIRS_PER_ARTICLE));
	nb_pairs_release(&contained);
	stats->match_s = t1 - t0;
	stats->contain_s = nb_clock_s() - t1;
	return status;
}

/* Each repeated text against the leader of the text that it repeats. */
static nb_status pair_equal(const uint32_t *first, const nb_copies *c, nb_pairs *pairs)
{
	for (uint32_t i = 0; i < c->n; i++) {
		nb_status status;

		if (first[i] == i)
			continue;
		status = NB_GROW(pairs->pair, &pairs->capacity, pairs->n + 1);
		if (status != NB_OK)
			return status;
		pairs->pair[pairs->n++] = (nb_pair){ c->leader[first[i]], i };
	}
	return NB_OK;
}

static nb_status verify_equal(const nb_night *night, const nb_sketches *s, const uint32_t *first,
			      const nb_copy_params *params, const nb_copies *groups,
			      nb_edges *edges, nb_error *err)
{
	nb_pairs pairs = { 0 };
	nb_status status = pair_equal(first, groups, &pairs);

	NB_TRY(status, nb_verify(night, s, &pairs, params, edges, err));
	nb_edges_sort(edges);
	nb_pairs_release(&pairs);
	return status;
}

static void count_edges(const nb_edges *edges, nb_copies_stats *stats)
{
	memset(stats->n_edges, 0, sizeof(stats->n_edges));
	for (size_t i = 0; i < edges->n; i++)
		stats->n_edges[edges->edge[i].relation]++;
}

static nb_status verify_and_cluster(const nb_night *night, const nb_sketches *s,
				    const uint32_t *first, const nb_pairs *pairs,
				    const nb_copies_options *o, nb_edges *edges, nb_copies *out,
				    nb_copies_stats *stats, nb_error *err)
{
	double t0 = nb_clock_s(), t1;
	nb_status status = nb_verify_components(night, s, pairs, &o->copy, edges, err);

	NB_TRY(status, nb_copies_cluster(s->n, edges, out));
	NB_TRY(status, verify_equal(night, s, first, &o->copy, out, edges, err));
	t1 = nb_clock_s();
	nb_copies_release(out);
	NB_TRY(status, nb_copies_cluster(s->n, edges, out));
	stats->verify_s = t1 - t0;
	stats->cluster_s = nb_clock_s() - t1;
	count_edges(edges, stats);
	return status;
}

nb_status nb_copies_find(const nb_night *night, const nb_sketches *s, const nb_copies_options *o,
			 nb_edges *edges, nb_copies *out, nb_copies_stats *stats, nb_error *err)
{
	uint32_t *first = malloc(((size_t)s->n + 1) * sizeof(*first));
	nb_sketches live = *s;
	nb_pairs pairs = { 0 };
	nb_status status = first ? NB_OK : NB_ENOMEM;

	*stats = (nb_copies_stats){ 0 };
	*out = (nb_copies){ 0 };
	live.n_shingles = NULL;
	NB_TRY(status, find_equal(s, first, &stats->n_exact));
	if (status == NB_OK) {
		live.n_shingles = live_sizes(s, first, o->copy.min_shingles);
		status = live.n_shingles ? NB_OK : NB_ENOMEM;
	}
	NB_TRY(status, find_candidates(night, &live, o, &pairs, stats, err));
	NB_TRY(status, verify_and_cluster(night, s, first, &pairs, o, edges, out, stats, err));
	nb_pairs_release(&pairs);
	free(live.n_shingles);
	free(first);
	return status == NB_OK ? NB_OK : nb_fail(err, status, NULL, "cannot find copies");
}
