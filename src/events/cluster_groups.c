/* SPDX-License-Identifier: MIT
 *
 * cluster_groups.c - groups of parts, and how near they are: see language_clusters.h.
 */
#include <omp.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/radix.h"
#include "events/event_set.h"
#include "events/language_clusters.h"
#include "across/concept_align.h"
#include "across/translation_baseline.h"

#define DAY 86400.0

void nb_cluster_groups_release(nb_cluster_groups *k)
{
	free(k->of);
	free(k->part_at);
	free(k->part);
	*k = (nb_cluster_groups){ 0 };
}

/* Lists of parts from k->of; k->n groups. */
static nb_status list_parts(nb_cluster_groups *k, uint32_t n_parts)
{
	k->part_at = calloc((size_t)k->n + 1, sizeof(*k->part_at));
	k->part = malloc(((size_t)n_parts + 1) * sizeof(*k->part));
	if (!k->part_at || !k->part)
		return NB_ENOMEM;
	nb_list_members(n_parts, k->of, k->n, k->part_at, k->part);
	return NB_OK;
}

nb_status nb_cluster_groups_init(nb_cluster_groups *k, uint32_t n_parts)
{
	*k = (nb_cluster_groups){ .n = n_parts };
	k->of = malloc(((size_t)n_parts + 1) * sizeof(*k->of));
	for (uint32_t p = 0; k->of && p < n_parts; p++)
		k->of[p] = p;
	if (k->of && list_parts(k, n_parts) == NB_OK)
		return NB_OK;
	nb_cluster_groups_release(k);
	return NB_ENOMEM;
}

nb_status nb_cluster_groups_join(nb_cluster_groups *k, const uint32_t *label)
{
	uint32_t n_parts = k->part_at[k->n];
	uint32_t *dense = malloc(((size_t)k->n + 1) * sizeof(*dense));

	if (!dense)
		return NB_ENOMEM;
	memcpy(dense, label, k->n * sizeof(*dense));
	k->n = nb_number_clusters(k->n, dense);
	for (uint32_t p = 0; p < n_parts; p++)
		k->of[p] = dense[k->of[p]];
	free(dense);
	free(k->part_at);
	free(k->part);
	return list_parts(k, n_parts);
}

/* ---- which groups ---------------------------------------------------------------------------- */

/* Two groups as one number, for every link of this share at least; returns how many. */
static size_t list_pairs(const nb_cluster_links *links, const nb_cluster_groups *k, double least,
			 uint64_t *pair)
{
	size_t n = 0;

	for (size_t i = 0; i < links->n; i++) {
		const nb_cluster_link *l = &links->link[i];
		uint64_t a = k->of[l->a], b = k->of[l->b];

		if (a != b && l->score >= least * l->gain)
			pair[n++] = a < b ? a << 32 | b : b << 32 | a;
	}
	return n;
}

/* Every two groups that such a link connects, once. */
static nb_status connected(const nb_cluster_links *links, const nb_cluster_groups *k, double least,
			   nb_group_links *out)
{
	uint64_t *pair = nb_block_alloc(2 * links->n + 1, sizeof(*pair));
	size_t n;

	*out = (nb_group_links){ 0 };
	if (!pair)
		return NB_ENOMEM;
	n = list_pairs(links, k, least, pair);
	nb_radix_sort(pair, n, pair + n);
	out->link = malloc((n + 1) * sizeof(*out->link));
	for (size_t i = 0; out->link && i < n; i++)
		if (i == 0 || pair[i] != pair[i - 1])
			out->link[out->n++] = (nb_group_link){ .a = (uint32_t)(pair[i] >> 32),
							       .b = (uint32_t)pair[i] };
	free(pair);
	return out->link ? NB_OK : NB_ENOMEM;
}

/* ---- comparing them -------------------------------------------------------------------------- */

static int by_parts(const void *x, const void *y)
{
	const nb_cluster_link *a = x, *b = y;

	if (a->a != b->a)
		return a->a < b->a ? -1 : 1;
	return a->b < b->b ? -1 : a->b > b->b;
}

/* What comparing takes beside the two groups. */
typedef struct comparer {
	const nb_concept_vectors *g;
	const nb_language_clusters *p;
	const nb_cluster_links *links;
	const nb_events_options *o;
	nb_concept_aligner *aligner;
} comparer;

static nb_status compare_parts(comparer *c, uint32_t a, uint32_t b, nb_cluster_link *out)
{
	nb_cluster_link key = { .a = a < b ? a : b, .b = a < b ? b : a };
	const nb_cluster_link *known =
		bsearch(&key, c->links->link, c->links->n, sizeof(*c->links->link), by_parts);
	nb_concept_alignment found;
	nb_status status;

	if (known) {
		*out = *known;
		return NB_OK;
	}
	status = nb_concept_align_from(c->aligner, &c->p->words, key.a);
	if (status != NB_OK)
		return status;
	found = nb_concept_align_to(c->aligner, &c->p->words, key.b);
	key.score = found.score;
	key.gain = nb_translation_baseline(c->g->language[c->p->words.lang[a]],
					   c->g->language[c->p->words.lang[b]]);
	key.n_anchors = (uint16_t)found.n_anchors;
	key.n_names = (uint16_t)found.n_names;
	*out = key;
	return NB_OK;
}

/* From one part of a group of n that is compared to the next: of a large group only some are,
 * evenly spread, so that comparing two giants stays cheap. */
static uint32_t stride(const comparer *c, uint32_t n)
{
	return (n - 1) / c->o->across_compared + 1;
}

static void widen(int64_t *begin, int64_t *end, const nb_language_clusters *p,
		  const nb_cluster_groups *k, uint32_t group)
{
	*begin = *end = NB_NO_TIME;
	for (uint32_t m = k->part_at[group]; m < k->part_at[group + 1]; m++) {
		uint32_t part = k->part[m];

		if (p->begin[part] == NB_NO_TIME)
			continue;
		if (*begin == NB_NO_TIME || p->begin[part] < *begin)
			*begin = p->begin[part];
		if (*end == NB_NO_TIME || p->end[part] > *end)
			*end = p->end[part];
	}
}

static double days_apart(const nb_language_clusters *p, const nb_cluster_groups *k, uint32_t a,
			 uint32_t b)
{
	int64_t a_begin, a_end, b_begin, b_end, gap;

	widen(&a_begin, &a_end, p, k, a);
	widen(&b_begin, &b_end, p, k, b);
	if (a_begin == NB_NO_TIME || b_begin == NB_NO_TIME)
		return -1;
	gap = a_begin > b_end ? a_begin - b_end : b_begin > a_end ? b_begin - a_end : 0;
	return (double)gap / DAY;
}

/* Bit l: a part of the group is of a language whose number is l modulo 64. */
static uint64_t languages(const nb_language_clusters *p, const nb_cluster_groups *k, uint32_t group)
{
	uint64_t set = 0;

	for (uint32_t m = k->part_at[group]; m < k->part_at[group + 1]; m++)
		set |= UINT64_C(1) << p->words.lang[k->part[m]] % 64;
	return set;
}

static float shared_languages(uint64_t a, uint64_t b)
{
	int n_a = __builtin_popcountll(a), n_b = __builtin_popcountll(b);

	return (float)__builtin_popcountll(a & b) / (float)(n_a < n_b ? n_a : n_b);
}

static nb_status compare_groups(comparer *c, const nb_cluster_groups *k, nb_group_link *l)
{
	const uint32_t *at = k->part_at;
	uint32_t a_step = stride(c, at[l->a + 1] - at[l->a]);
	uint32_t b_step = stride(c, at[l->b + 1] - at[l->b]);
	double score = 0, timed = 0, gain = 0;

	for (uint32_t i = at[l->a]; i < at[l->a + 1]; i += a_step) {
		for (uint32_t j = at[l->b]; j < at[l->b + 1]; j += b_step) {
			nb_cluster_link pair;
			nb_status status = compare_parts(c, k->part[i], k->part[j], &pair);

			if (status != NB_OK)
				return status;
			score += pair.score;
			timed += pair.score * nb_language_clusters_discount(c->p, c->o, pair.a, pair.b);
			gain += pair.gain;
			l->across |= c->p->words.lang[pair.a] != c->p->words.lang[pair.b];
			if (pair.n_anchors > l->n_anchors)
				l->n_anchors = pair.n_anchors;
			if (pair.n_names > l->n_names)
				l->n_names = pair.n_names;
		}
	}
	l->score = (float)(score / gain);
	l->timed = (float)(timed / gain);
	l->shared = shared_languages(languages(c->p, k, l->a), languages(c->p, k, l->b));
	l->apart = days_apart(c->p, k, l->a, l->b);
	return NB_OK;
}

nb_status nb_cluster_groups_compare(const nb_concept_vectors *g, const nb_language_clusters *p,
				    const nb_cluster_links *links, const nb_events_options *o,
				    const nb_cluster_groups *k, double least, nb_group_links *out)
{
	nb_status status = connected(links, k, least, out);

#pragma omp parallel reduction(nb_worst : status) if (status == NB_OK)
	{
		comparer c = { g, p, links, o, nb_concept_aligner_new(g) };
		nb_status mine = c.aligner ? NB_OK : NB_ENOMEM;

#pragma omp for schedule(dynamic, 256)
		for (size_t i = 0; i < out->n; i++)
			if (mine == NB_OK)
				mine = compare_groups(&c, k, &out->link[i]);
		nb_concept_aligner_free(c.aligner);
		status = nb_worse(status, mine);
	}
	if (status != NB_OK) {
		free(out->link);
		*out = (nb_group_links){ 0 };
	}
	return status;
}
