/* SPDX-License-Identifier: MIT
 *
 * event_edges.c - the pairs that show why reports are together, with the words that they share.
 *
 * Not every pair that was scored is kept: each report its nearest few, each part of an event its
 * nearest parts in other languages, each event its nearest events of the storyline.
 */
#include <omp.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "events/event_detail.h"
#include "across/concept_align.h"
#include "across/translation_baseline.h"

typedef struct edge_list {
	nb_event_edge *edge;
	size_t n, capacity;
} edge_list;

static nb_status add_edge(edge_list *list, nb_event_edge edge)
{
	if (NB_GROW(list->edge, &list->capacity, list->n + 1) != NB_OK)
		return NB_ENOMEM;
	list->edge[list->n++] = edge;
	return NB_OK;
}

/* ---- one language ---------------------------------------------------------------------------- */

static int likeliest_first(const void *x, const void *y)
{
	const nb_related *a = x, *b = y;

	if (a->p != b->p)
		return a->p > b->p ? -1 : 1;
	return a->a < b->a ? -1 : a->a > b->a;
}

/* The likeliest partners before report b: pairs [begin, end) are all its own. */
static nb_status add_partners(const nb_related_list *related, size_t begin, size_t end,
			      const nb_events_options *o, const nb_events *e, nb_related *scratch,
			      edge_list *list)
{
	size_t n = 0;
	nb_status status = NB_OK;

	for (size_t k = begin; k < end; k++)
		if (related->pair[k].p >= o->related_stop &&
		    e->event[related->pair[k].a] == e->event[related->pair[k].b])
			scratch[n++] = related->pair[k];
	qsort(scratch, n, sizeof(*scratch), likeliest_first);
	for (size_t k = 0; status == NB_OK && k < n && k < o->edges_each; k++)
		status = add_edge(list, (nb_event_edge){ .a = scratch[k].a,
							 .b = scratch[k].b,
							 .method = NB_EVENT_RELATED,
							 .score = scratch[k].p,
							 .words = scratch[k].words,
							 .entities = scratch[k].entities,
							 .title = scratch[k].title,
							 .lead = scratch[k].lead });
	return status;
}

static nb_status add_related(const nb_related_list *related, const nb_events_options *o,
			     const nb_events *e, edge_list *list)
{
	nb_related *scratch = malloc((related->n + 1) * sizeof(*scratch));
	nb_status status = scratch ? NB_OK : NB_ENOMEM;

	for (size_t begin = 0, end; status == NB_OK && begin < related->n; begin = end) {
		for (end = begin; end < related->n && related->pair[end].b == related->pair[begin].b;)
			end++;
		status = add_partners(related, begin, end, o, e, scratch, list);
	}
	free(scratch);
	return status;
}

/* ---- across languages and events --------------------------------------------------------------- */

/* Two clusters that a pair shows, and how near they are. */
typedef struct nearness {
	uint32_t of, to; /* numbers of parts or events */
	float share;
} nearness;

static int nearest_first(const void *x, const void *y)
{
	const nearness *a = x, *b = y;

	if (a->of != b->of)
		return a->of < b->of ? -1 : 1;
	if (a->share != b->share)
		return a->share > b->share ? -1 : 1;
	return a->to < b->to ? -1 : a->to > b->to;
}

/* The report of a part that stands for it: the most central one. */
static uint32_t spokesman(const nb_event_view *v, const nb_events *e, uint32_t part)
{
	const nb_language_clusters *p = v->parts;
	uint32_t best = v->article[p->member[p->member_at[part]]];

	for (uint32_t m = p->member_at[part] + 1; m < p->member_at[part + 1]; m++) {
		uint32_t article = v->article[p->member[m]];

		if (e->centrality[article] > e->centrality[best])
			best = article;
	}
	return best;
}

/* Links of parts by what they connect: parts of one event in two languages, or two events of one
 * storyline.  Each stands twice, once from either side. */
static size_t list_links(const nb_event_view *v, const nb_cluster_links *links, const nb_events *e,
			 nb_event_method method, nearness *out)
{
	size_t n = 0;

	for (size_t k = 0; k < links->n; k++) {
		const nb_cluster_link *l = &links->link[k];
		uint32_t a = v->event_of_group[v->groups->of[l->a]];
		uint32_t b = v->event_of_group[v->groups->of[l->b]];
		bool across = a == b && v->parts->words.lang[l->a] != v->parts->words.lang[l->b];
		bool story = a != b && e->storyline[a] == e->storyline[b];
		float share = l->score / l->gain;

		if (method == NB_EVENT_ACROSS ? !across : !story)
			continue;
		out[n++] = (nearness){ l->a, l->b, share };
		out[n++] = (nearness){ l->b, l->a, share };
	}
	qsort(out, n, sizeof(*out), nearest_first);
	return n;
}

static nb_status add_links(const nb_event_view *v, const nb_cluster_links *links,
			   const nb_events *e, nb_event_method method, edge_list *list)
{
	nearness *near = malloc((2 * links->n + 1) * sizeof(*near));
	nb_status status = near ? NB_OK : NB_ENOMEM;
	size_t n = near ? list_links(v, links, e, method, near) : 0;

	for (size_t k = 0, seen = 0; status == NB_OK && k < n; k++) {
		uint32_t a, b;

		seen = k > 0 && near[k].of == near[k - 1].of ? seen + 1 : 0;
		if (seen >= v->options->edges_each)
			continue;
		a = spokesman(v, e, near[k].of);
		b = spokesman(v, e, near[k].to);
		status = add_edge(list, (nb_event_edge){ .a = a < b ? a : b,
							 .b = a < b ? b : a,
							 .method = (uint8_t)method });
	}
	free(near);
	return status;
}

/* ---- evidence -------------------------------------------------------------------------------- */

static int by_pair(const void *x, const void *y)
{
	const nb_event_edge *a = x, *b = y;

	if (a->b != b->b)
		return a->b < b->b ? -1 : 1;
	if (a->a != b->a)
		return a->a < b->a ? -1 : 1;
	return (int)a->method - (int)b->method;
}

static void sort_edges(edge_list *list)
{
	size_t n = 0;

	if (list->n > 0)
		qsort(list->edge, list->n, sizeof(*list->edge), by_pair);
	for (size_t k = 0; k < list->n; k++)
		if (k == 0 || by_pair(&list->edge[k], &list->edge[n - 1]) != 0)
			list->edge[n++] = list->edge[k];
	list->n = n;
}

static int heaviest_first(const void *x, const void *y)
{
	const nb_anchor *a = x, *b = y;

	if (a->weight != b->weight)
		return a->weight > b->weight ? -1 : 1;
	return a->span.a_begin < b->span.a_begin ? -1 : a->span.a_begin > b->span.a_begin;
}

/* The counterparts that stand in both reports, heaviest first; returns how many. */
static uint32_t list_anchors(const nb_concept_vectors *g, const nb_concept_aligner *x, uint32_t a,
			     uint32_t b, nb_anchor *out)
{
	const nb_counterpart *pair;
	uint32_t n_words = nb_concept_align_counterparts(x, &pair), n = 0;
	float sum = 0;

	for (uint32_t k = 0; k < n_words; k++) {
		uint64_t at_a = g->of.at[a] + pair[k].a, at_b = g->of.at[b] + pair[k].b;
		const nb_word_place *pa = &g->place[at_a], *pb = &g->place[at_b];

		sum += pair[k].value;
		if (pair[k].value > 0 && pa->len && pb->len)
			out[n++] = (nb_anchor){ { pa->begin, pa->len, pb->begin, pb->len },
						pair[k].value,
						nb_anchor_of_word(g->word[g->of.word[at_a]].kind) };
	}
	for (uint32_t k = 0; k < n; k++)
		out[k].weight /= sum;
	qsort(out, n, sizeof(*out), heaviest_first);
	return n < NB_EDGE_ANCHORS ? n : NB_EDGE_ANCHORS;
}

/* Score (where concepts are what counts) and anchors of one edge. */
static nb_status prove(const nb_event_view *v, nb_concept_aligner *x, nb_event_edge *edge,
		       nb_anchor *room)
{
	const nb_concept_vectors *g = v->vectors;
	nb_anchor all[NB_CONCEPT_WORDS];
	uint32_t a = v->report[edge->a], b = v->report[edge->b];
	nb_status status = nb_concept_align_from(x, &g->of, a);
	float share;

	if (status != NB_OK)
		return status;
	share = nb_concept_align_to(x, &g->of, b).score /
		nb_translation_baseline(g->language[g->of.lang[a]], g->language[g->of.lang[b]]);
	if (edge->method != NB_EVENT_RELATED)
		edge->score = share < 1 ? share : 1;
	edge->n_anchors = list_anchors(g, x, a, b, all);
	memcpy(room, all, edge->n_anchors * sizeof(*room));
	return NB_OK;
}

static nb_status prove_all(const nb_event_view *v, edge_list *list, nb_anchor *anchor)
{
	nb_status status = NB_OK;

#pragma omp parallel reduction(nb_worst : status)
	{
		nb_concept_aligner *x = nb_concept_aligner_new(v->vectors);
		nb_status mine = x ? NB_OK : NB_ENOMEM;

#pragma omp for schedule(dynamic, 256)
		for (size_t k = 0; k < list->n; k++)
			if (mine == NB_OK)
				mine = prove(v, x, &list->edge[k], anchor + k * NB_EDGE_ANCHORS);
		nb_concept_aligner_free(x);
		status = nb_worse(status, mine);
	}
	return status;
}

/* Anchors close up. */
static void pack_anchors(edge_list *list, nb_anchor *anchor)
{
	size_t end = 0;

	for (size_t k = 0; k < list->n; k++) {
		memmove(anchor + end, anchor + k * NB_EDGE_ANCHORS,
			list->edge[k].n_anchors * sizeof(*anchor));
		list->edge[k].anchor_at = end;
		end += list->edge[k].n_anchors;
	}
}

nb_status nb_event_edges(const nb_event_view *v, const nb_related_list *related,
			 const nb_cluster_links *links, nb_events *e)
{
	edge_list list = { 0 };
	nb_status status = add_related(related, v->options, e, &list);

	NB_TRY(status, add_links(v, links, e, NB_EVENT_ACROSS, &list));
	NB_TRY(status, add_links(v, links, e, NB_EVENT_STORY, &list));
	if (status == NB_OK && list.n > 0) {
		sort_edges(&list);
		e->anchor = nb_block_alloc(list.n * NB_EDGE_ANCHORS, sizeof(*e->anchor));
		status = e->anchor ? prove_all(v, &list, e->anchor) : NB_ENOMEM;
	}
	if (status == NB_OK)
		pack_anchors(&list, e->anchor);
	e->edge = list.edge;
	e->n_edges = list.n;
	return status;
}
