/* SPDX-License-Identifier: MIT
 *
 * cluster_links.c - parts compared with one another: see language_clusters.h.
 */
#include <math.h>
#include <stdlib.h>

#include "base/array.h"
#include "base/radix.h"
#include "events/language_clusters.h"
#include "across/concept_align.h"
#include "across/translation_baseline.h"

#define DAY_S 86400

double nb_language_clusters_discount(const nb_language_clusters *p, const nb_events_options *o,
				     uint32_t a, uint32_t b)
{
	int64_t gap = 0;
	double sigmas;

	if (p->begin[a] == NB_NO_TIME || p->begin[b] == NB_NO_TIME)
		return 1;
	if (p->begin[a] > p->end[b])
		gap = p->begin[a] - p->end[b];
	else if (p->begin[b] > p->end[a])
		gap = p->begin[b] - p->end[a];
	sigmas = (double)gap / (o->across_sigma_days * DAY_S);
	return exp(-sigmas * sigmas / 2);
}

/* ---- alignments ------------------------------------------------------------------------------ */

static nb_cluster_link compare_to(nb_concept_aligner *x, const nb_concept_vectors *g,
				  const nb_language_clusters *p, uint32_t a, uint32_t b)
{
	nb_concept_alignment found = nb_concept_align_to(x, &p->words, b);

	return (nb_cluster_link){ a,
				  b,
				  found.score,
				  nb_translation_baseline(g->language[p->words.lang[a]],
							  g->language[p->words.lang[b]]),
				  (uint16_t)found.n_anchors,
				  (uint16_t)found.n_names };
}

/* Align the parts of those links that have no gain yet; links are sorted by a. */
static nb_status align(const nb_concept_vectors *g, const nb_language_clusters *p,
		       nb_cluster_links *l)
{
	nb_status status = NB_OK;

#pragma omp parallel reduction(nb_worst : status)
	{
		nb_concept_aligner *x = nb_concept_aligner_new(g);
		uint32_t from = UINT32_MAX;
		nb_status mine = x ? NB_OK : NB_ENOMEM;

#pragma omp for schedule(dynamic, 1024)
		for (size_t k = 0; k < l->n; k++) {
			nb_cluster_link *one = &l->link[k];

			if (one->gain > 0)
				continue;
			if (mine == NB_OK && one->a != from)
				mine = nb_concept_align_from(x, &p->words, from = one->a);
			if (mine == NB_OK)
				*one = compare_to(x, g, p, one->a, one->b);
		}
		nb_concept_aligner_free(x);
		status = nb_worse(status, mine);
	}
	return status;
}

static nb_status align_or_release(const nb_concept_vectors *g, const nb_language_clusters *p,
				  nb_cluster_links *l)
{
	nb_status status = align(g, p, l);

	if (status != NB_OK) {
		free(l->link);
		*l = (nb_cluster_links){ 0 };
	}
	return status;
}

nb_status nb_language_clusters_compare(const nb_concept_vectors *g, const nb_language_clusters *p,
				       const nb_events_options *o, nb_cluster_links *out)
{
	nb_neighbours near;
	nb_status status = nb_neighbours_find(g, &p->words, (float)o->across_neighbour, &near);

	*out = (nb_cluster_links){ 0 };
	if (status == NB_OK)
		out->link = calloc(near.n + 1, sizeof(*out->link));
	if (!out->link) {
		free(near.near);
		return NB_ENOMEM;
	}
	for (size_t k = 0; k < near.n; k++)
		out->link[out->n++] = (nb_cluster_link){ .a = near.near[k].a, .b = near.near[k].b };
	free(near.near);
	return align_or_release(g, p, out);
}

/* ---- from reports to parts ------------------------------------------------------------------- */

/* Links between reports of different parts, by those parts; returns how many. */
static size_t list_lifted(const nb_cluster_links *reports, const nb_language_clusters *p,
			  nb_radix_item *item)
{
	size_t n = 0;

	for (size_t k = 0; k < reports->n; k++) {
		uint32_t a = p->of[reports->link[k].a], b = p->of[reports->link[k].b];

		if (a != b)
			item[n++] = (nb_radix_item){ a < b ? (uint64_t)a << 32 | b
							   : (uint64_t)b << 32 | a,
						     k };
	}
	return n;
}

static bool is_single(const nb_language_clusters *p, uint32_t part)
{
	return p->member_at[part + 1] - p->member_at[part] == 1;
}

/* Each two parts once; what is known of two single reports is kept, the others have no gain yet. */
static void lift(const nb_radix_item *item, size_t n, const nb_cluster_links *reports,
		 const nb_language_clusters *p, nb_cluster_links *out)
{
	for (size_t k = 0; k < n; k++) {
		uint32_t a = (uint32_t)(item[k].key >> 32), b = (uint32_t)item[k].key;
		nb_cluster_link one = { 0 };

		if (k > 0 && item[k].key == item[k - 1].key)
			continue;
		if (is_single(p, a) && is_single(p, b))
			one = reports->link[item[k].value];
		one.a = a;
		one.b = b;
		out->link[out->n++] = one;
	}
}

nb_status nb_language_clusters_lift(const nb_concept_vectors *g, const nb_cluster_links *reports,
				    const nb_language_clusters *p, nb_cluster_links *out)
{
	nb_radix_item *item = nb_block_alloc(2 * reports->n + 1, sizeof(*item));
	size_t n;

	*out = (nb_cluster_links){ .link = nb_block_alloc(reports->n + 1, sizeof(*out->link)) };
	if (!item || !out->link) {
		free(item);
		free(out->link);
		*out = (nb_cluster_links){ 0 };
		return NB_ENOMEM;
	}
	n = list_lifted(reports, p, item);
	nb_radix_sort_items(item, n, item + n);
	lift(item, n, reports, p, out);
	free(item);
	return align_or_release(g, p, out);
}
