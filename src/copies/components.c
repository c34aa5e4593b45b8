/* SPDX-License-Identifier: MIT
 *
 * components.c - see components.h.
 *
 * Articles of different components never meet, so components are independent: threads take one
 * after the other, prepare its texts once and run leader clustering in it, comparing only what is
 * asked for.  Very large components (masses of one template) would make one thread work alone and
 * keep too many texts prepared; they go through waves.
 */
#include "copies/components.h"

#include <omp.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "copies/rounds.h"
#include "copies/compare.h"

#define PAIRS_MOST 20000u             /* of a component that one thread takes */
#define TEXT_MOST  ((size_t)16 << 20) /* bytes of its texts */

/* Candidate pairs [begin, end) of the sorted list. */
typedef struct component {
	size_t begin, end;
} component;

/* What one thread needs, and what it found. */
typedef struct worker {
	nb_preparer preparer;
	uint32_t *article; /* [0..n): sorted, unique */
	nb_prepared **prepared;
	uint32_t *leader; /* [0..n): place of the leader */
	bool *done;       /* [0..pairs of the component) */
	size_t article_capacity, prepared_capacity, leader_capacity, done_capacity;
	size_t n;
	nb_edges edges;
	nb_pairs large; /* pairs of components that are too large */
	nb_status status;
} worker;

typedef struct task {
	const nb_night *night;
	const nb_sketches *s;
	const nb_copy_params *params;
} task;

static void worker_release(worker *w)
{
	nb_preparer_release(&w->preparer);
	free(w->article);
	free(w->prepared);
	free(w->leader);
	free(w->done);
	nb_edges_release(&w->edges);
	nb_pairs_release(&w->large);
}

/* ---- one component --------------------------------------------------------------------------- */

static int by_number(const void *x, const void *y)
{
	uint32_t a = *(const uint32_t *)x, b = *(const uint32_t *)y;

	return a < b ? -1 : a > b;
}

static nb_status make_room(worker *w, size_t n_pairs)
{
	size_t n = 2 * n_pairs;

	if (NB_GROW(w->article, &w->article_capacity, n) ||
	    NB_GROW(w->prepared, &w->prepared_capacity, n) ||
	    NB_GROW(w->leader, &w->leader_capacity, n) ||
	    NB_GROW(w->done, &w->done_capacity, n_pairs))
		return NB_ENOMEM;
	return NB_OK;
}

/* The articles of the pairs; returns the bytes of their texts. */
static size_t collect_articles(worker *w, const nb_night *night, const nb_pair *pair, size_t n)
{
	size_t unique = 0, bytes = 0;

	for (size_t i = 0; i < n; i++) {
		w->article[2 * i] = pair[i].a;
		w->article[2 * i + 1] = pair[i].b;
	}
	qsort(w->article, 2 * n, sizeof(*w->article), by_number);
	for (size_t i = 0; i < 2 * n; i++) {
		if (unique > 0 && w->article[i] == w->article[unique - 1])
			continue;
		w->article[unique++] = w->article[i];
		bytes += night->text_len[w->article[i]];
	}
	w->n = unique;
	return bytes;
}

static uint32_t place_of(const worker *w, uint32_t article)
{
	const uint32_t *at = bsearch(&article, w->article, w->n, sizeof(*at), by_number);

	return (uint32_t)(at - w->article);
}

static nb_status prepare_all(worker *w, const task *t)
{
	nb_status status = NB_OK;

	memset(w->prepared, 0, w->n * sizeof(*w->prepared));
	for (size_t i = 0; status == NB_OK && i < w->n; i++)
		status = nb_prepare_article(&w->preparer, t->night, &t->s->params, w->article[i],
					    &w->prepared[i]);
	return status;
}

static nb_status compare(worker *w, const task *t, nb_pair pair, uint32_t a, uint32_t b,
			 bool *is_copy)
{
	nb_span span[NB_EDGE_SPANS];
	nb_edge edge;
	nb_status status = nb_compare_articles(t->night, t->s, t->params, pair, w->prepared[a],
					       w->prepared[b], &edge, span);

	*is_copy = status == NB_OK && edge.relation == NB_RELATION_COPY;
	if (status != NB_OK || edge.relation == NB_RELATION_NONE)
		return status;
	return nb_edges_append(&w->edges, &edge, span);
}

/* Pairs come sorted by (b, a), so every a is settled before it is asked for. */
static nb_status follow_leaders(worker *w, const task *t, const nb_pair *pair, size_t n)
{
	for (uint32_t i = 0; i < w->n; i++)
		w->leader[i] = i;
	for (size_t i = 0; i < n; i++) {
		uint32_t a = place_of(w, pair[i].a), b = place_of(w, pair[i].b);
		bool is_copy;
		nb_status status;

		w->done[i] = w->leader[b] == b && w->leader[a] == a;
		if (!w->done[i])
			continue;
		status = compare(w, t, pair[i], a, b, &is_copy);
		if (status != NB_OK)
			return status;
		if (is_copy)
			w->leader[b] = a;
	}
	return NB_OK;
}

static nb_status compare_rest(worker *w, const task *t, const nb_pair *pair, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		uint32_t a = place_of(w, pair[i].a), b = place_of(w, pair[i].b);
		bool is_copy;
		nb_status status;

		if (w->done[i] || w->leader[a] == w->leader[b])
			continue;
		status = compare(w, t, pair[i], a, b, &is_copy);
		if (status != NB_OK)
			return status;
	}
	return NB_OK;
}

static nb_status put_aside(worker *w, const nb_pair *pair, size_t n)
{
	const nb_pairs more = { .pair = (nb_pair *)pair, .n = n };

	return nb_pairs_add(&w->large, &more);
}

static nb_status verify_component(worker *w, const task *t, const nb_pair *pair, size_t n)
{
	nb_status status;

	if (n > PAIRS_MOST)
		return put_aside(w, pair, n);
	status = make_room(w, n);
	if (status != NB_OK)
		return status;
	if (collect_articles(w, t->night, pair, n) > TEXT_MOST)
		return put_aside(w, pair, n);
	status = prepare_all(w, t);
	NB_TRY(status, follow_leaders(w, t, pair, n));
	NB_TRY(status, compare_rest(w, t, pair, n));
	for (size_t i = 0; i < w->n; i++)
		nb_prepared_free(w->prepared[i]);
	return status;
}

/* ---- the components -------------------------------------------------------------------------- */

/* The candidate graph cut into components: pairs sorted by (root, b, a). */
typedef struct graph {
	uint32_t *root;  /* [0..n): smallest article of the component, once it is found */
	size_t *begin;   /* [0..n]: pairs of the component of root r start at begin[r] */
	nb_pair *pair;
	component *part; /* [0..n_parts) */
	size_t n_parts;
} graph;

static void graph_release(graph *g)
{
	free(g->root);
	free(g->begin);
	free(g->pair);
	free(g->part);
}

static uint32_t find_root(uint32_t *root, uint32_t i)
{
	while (root[i] != i) {
		root[i] = root[root[i]];
		i = root[i];
	}
	return i;
}

static void join(graph *g, const nb_pairs *pairs)
{
	for (size_t i = 0; i < pairs->n; i++) {
		uint32_t a = find_root(g->root, pairs->pair[i].a);
		uint32_t b = find_root(g->root, pairs->pair[i].b);

		if (a < b)
			g->root[b] = a;
		else
			g->root[a] = b;
	}
}

/* Counting sort by root; it is stable, so (b, a) order stays inside each component. */
static void sort_pairs(graph *g, const nb_pairs *pairs, uint32_t n)
{
	size_t at = 0;

	for (size_t i = 0; i < pairs->n; i++)
		g->begin[find_root(g->root, pairs->pair[i].b)]++;
	for (uint32_t r = 0; r < n; r++) {
		size_t count = g->begin[r];

		if (count > 0)
			g->part[g->n_parts++] = (component){ at, at + count };
		g->begin[r] = at;
		at += count;
	}
	for (size_t i = 0; i < pairs->n; i++)
		g->pair[g->begin[find_root(g->root, pairs->pair[i].b)]++] = pairs->pair[i];
}

static nb_status graph_init(graph *g, uint32_t n, const nb_pairs *pairs)
{
	*g = (graph){ 0 };
	g->root = malloc(((size_t)n + 1) * sizeof(*g->root));
	g->begin = calloc((size_t)n + 1, sizeof(*g->begin));
	g->pair = malloc((pairs->n + 1) * sizeof(*g->pair));
	g->part = malloc((pairs->n + 1) * sizeof(*g->part));
	if (!g->root || !g->begin || !g->pair || !g->part)
		return NB_ENOMEM;
	for (uint32_t i = 0; i < n; i++)
		g->root[i] = i;
	join(g, pairs);
	sort_pairs(g, pairs, n);
	return NB_OK;
}

static void verify_all(const graph *g, const task *t, worker *workers)
{
#pragma omp parallel for schedule(dynamic, 4)
	for (size_t i = 0; i < g->n_parts; i++) {
		worker *w = &workers[omp_get_thread_num()];
		component c = g->part[i];

		if (w->status == NB_OK)
			w->status = verify_component(w, t, g->pair + c.begin, c.end - c.begin);
	}
}

/* What the threads found, into one list; their large components, into another. */
static nb_status gather(const worker *w, nb_edges *edges, nb_pairs *large)
{
	nb_status status = w->status;

	for (size_t i = 0; status == NB_OK && i < w->edges.n; i++)
		status = nb_edges_append(edges, &w->edges.edge[i],
					 w->edges.span + w->edges.edge[i].span_at);
	return status == NB_OK ? nb_pairs_add(large, &w->large) : status;
}

nb_status nb_verify_components(const nb_night *night, const nb_sketches *s, const nb_pairs *pairs,
			       const nb_copy_params *params, nb_edges *edges, nb_error *err)
{
	const task t = { night, s, params };
	int n_workers = omp_get_max_threads();
	worker *workers = calloc((size_t)n_workers, sizeof(*workers));
	nb_pairs large = { 0 };
	graph g;
	nb_status status = graph_init(&g, s->n, pairs);

	if (!workers)
		status = NB_ENOMEM;
	if (status == NB_OK)
		verify_all(&g, &t, workers);
	for (int i = 0; status == NB_OK && i < n_workers; i++)
		status = gather(&workers[i], edges, &large);
	NB_TRY(status, nb_pairs_normalise(&large, UINT32_MAX));
	if (status == NB_OK && large.n > 0)
		status = nb_verify_rounds(night, s, &large, params, edges, err);
	nb_edges_sort(edges);
	for (int i = 0; workers && i < n_workers; i++)
		worker_release(&workers[i]);
	free(workers);
	graph_release(&g);
	nb_pairs_release(&large);
	return status == NB_OK ? NB_OK : nb_fail(err, status, NULL, "cannot verify candidates");
}
