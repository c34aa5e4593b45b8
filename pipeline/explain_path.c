/* SPDX-License-Identifier: MIT
 *
 * explain_path.c - the nearest path of pairs between two articles that were not compared.
 *
 * Bellman and Ford, a few rounds: each pair costs one, and more the weaker it is, so that the path
 * is short first and strong second.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/array.h"
#include "explain.h"
#include "top_rows.h"

#define PAIRS_MOST 8 /* in a path */

typedef struct link {
	uint32_t a, b;
	float cost;
	uint64_t line;
} link;

typedef struct path_search {
	const explanation *e;
	link *link; /* [0..n) */
	size_t n, capacity;
	float *cost;   /* by article */
	uint32_t *via; /* by article: the link that leads there */
	uint64_t line[PAIRS_MOST]; /* of the path, from its start */
	size_t n_lines;
	top_rows rows;
} path_search;

static nb_status take_link(void *context, const table *t)
{
	path_search *s = context;
	const article_list *list = &s->e->list;
	const found_article *a = article_by_id(list, table_text(t, "a"));
	const found_article *b = article_by_id(list, table_text(t, "b"));
	nb_str relation = table_text(t, "relation");
	double score = str_equal_c(relation, "copy") ? 1 : table_real(t, "score");

	if (!a || !b || str_equal_c(relation, "series") || str_equal_c(relation, "short"))
		return NB_OK;
	if (NB_GROW(s->link, &s->capacity, s->n + 1) != NB_OK)
		return NB_ENOMEM;
	s->link[s->n++] = (link){ (uint32_t)(a - list->article), (uint32_t)(b - list->article),
				  (float)(2 - score), t->line };
	return NB_OK;
}

static bool relax(path_search *s, uint32_t from, uint32_t to, uint32_t l)
{
	float cost = s->cost[from] + s->link[l].cost;

	if (cost >= s->cost[to])
		return false;
	s->cost[to] = cost;
	s->via[to] = l;
	return true;
}

static void find_path(path_search *s, uint32_t from)
{
	bool moved = true;

	for (size_t i = 0; i < s->e->list.n; i++)
		s->cost[i] = INFINITY;
	s->cost[from] = 0;
	for (int round = 0; moved && round < PAIRS_MOST; round++) {
		moved = false;
		for (uint32_t l = 0; l < s->n; l++) {
			moved |= relax(s, s->link[l].a, s->link[l].b, l);
			moved |= relax(s, s->link[l].b, s->link[l].a, l);
		}
	}
}

/* Walk back from the end; false if the path is longer than is told. */
static bool trace(path_search *s, uint32_t from, uint32_t to)
{
	uint64_t back[PAIRS_MOST];
	size_t n = 0;

	while (to != from && n < PAIRS_MOST) {
		const link *l = &s->link[s->via[to]];

		back[n++] = l->line;
		to = l->a == to ? l->b : l->a;
	}
	for (size_t i = 0; i < n; i++)
		s->line[i] = back[n - 1 - i];
	s->n_lines = n;
	return to == from;
}

static nb_status take_row(void *context, const table *t)
{
	path_search *s = context;

	for (size_t i = 0; i < s->n_lines; i++)
		if (s->line[i] == t->line)
			return top_rows_offer(&s->rows, t, -(double)i);
	return NB_OK;
}

static nb_str print_hop(const explanation *e, const nb_node *edge, nb_str at)
{
	bool swap = str_equal(node_text(edge, "b"), at);
	nb_str next = node_text(edge, swap ? "a" : "b");
	const found_article *a = article_by_id(&e->list, next);

	printf("      %s, %s %.2f: ", printable(node_text(edge, "relation")),
	       printable(node_text(edge, "method")),
	       fmax(node_real(edge, "score"),
		    fmax(node_real(edge, "jaccard"), node_real(edge, "containment"))));
	print_best_anchors(edge, swap);
	printf("\n");
	if (a)
		print_article(e, "  ", a);
	return a ? a->id : at;
}

static nb_status print_path(path_search *s, const found_article *from, nb_error *err)
{
	nb_doc *doc = nb_doc_new(16);
	nb_status status = doc ? NB_OK : NB_ENOMEM;
	nb_str at = from->id;
	nb_node edge;

	s->rows.most = s->n_lines;
	NB_TRY(status, table_each(s->e->out, "edges.jsonl.zst", take_row, s, err));
	printf("They were not compared with each other. The nearest path between them:\n");
	print_article(s->e, "  ", from);
	for (size_t i = 0; status == NB_OK && i < s->rows.n; i++) {
		status = top_rows_get(&s->rows, i, doc, &edge);
		if (status == NB_OK)
			at = print_hop(s->e, &edge, at);
	}
	nb_doc_free(doc);
	return status;
}

static nb_status search(path_search *s, const found_article *from, const found_article *to,
			nb_error *err)
{
	const found_article *base = s->e->list.article;
	uint32_t a = (uint32_t)(from - base), b = (uint32_t)(to - base);
	nb_status status = table_each(s->e->out, "edges.jsonl.zst", take_link, s, err);

	if (status != NB_OK)
		return status;
	find_path(s, a);
	if (isfinite(s->cost[b]) && trace(s, a, b))
		return print_path(s, from, err);
	printf("They were not compared with each other, and no path of %d pairs leads from one to the other.\n",
	       PAIRS_MOST);
	return NB_OK;
}

nb_status explain_path(const explanation *e, const found_article *from, const found_article *to,
		       nb_error *err)
{
	path_search s = { .e = e };
	nb_status status;

	s.cost = malloc((e->list.n + 1) * sizeof(*s.cost));
	s.via = malloc((e->list.n + 1) * sizeof(*s.via));
	status = s.cost && s.via ? search(&s, from, to, err)
				 : nb_fail(err, NB_ENOMEM, e->out, "cannot explain");
	free(s.cost);
	free(s.via);
	free(s.link);
	top_rows_release(&s.rows);
	return status;
}
