/* SPDX-License-Identifier: MIT
 *
 * explain_copy.c - why articles are, or are not, copies.
 */
#include <inttypes.h>

#include "base/status.h"
#include "explain.h"
#include "log.h"
#include "newsbraid/json.h"
#include "sidebyside.h"

/* ---- one article ----------------------------------------------------------------------------- */

static void print_group(const explanation *e)
{
	const found_article *me = e->article[0];
	char lead[32];
	size_t n = 0;

	for (size_t i = 0; i < e->list.n; i++)
		n += str_equal(e->list.article[i].copy, me->copy);
	if (n < 2) {
		printf("It is in no copy group.\n");
		return;
	}
	printf("Copy group %s, %zu articles; every member was compared with the leader:\n",
	       printable(me->copy), n);
	for (size_t i = 0; i < e->list.n; i++)
		if (str_equal(e->list.article[i].copy, me->copy) && !e->list.article[i].copy_of.ptr)
			print_article(e, "  leader  ", &e->list.article[i]);
	for (size_t i = 0; i < e->list.n; i++) {
		const found_article *a = &e->list.article[i];

		if (!str_equal(a->copy, me->copy) || !a->copy_of.ptr)
			continue;
		snprintf(lead, sizeof(lead), "  %.4f  ", a->score);
		print_article(e, lead, a);
	}
}

/* The edges of one article as they go by. */
typedef struct edge_list {
	const explanation *e;
	size_t n;
} edge_list;

static nb_status print_edge(void *context, const table *t)
{
	edge_list *list = context;
	nb_str a = table_text(t, "a"), b = table_text(t, "b"), me = list->e->id[0];
	double facts = table_real(t, "numbers") + table_real(t, "names");
	nb_node jaccard;

	if (!str_equal(a, me) && !str_equal(b, me))
		return NB_OK;
	if (!table_field(t, "jaccard", &jaccard) || nb_node_kind_of(&jaccard) != NB_NODE_NUMBER)
		return NB_OK; /* a pair of reports: see explain_event.c */
	if (list->n++ == 0)
		printf("Verified pairs it is in:\n");
	printf("  %-8s %s  (%s: Jaccard %.4f, containment %.4f",
	       printable(table_text(t, "relation")), printable(str_equal(a, me) ? b : a),
	       printable(table_text(t, "method")), node_number(&jaccard),
	       table_real(t, "containment"));
	if (facts > 0)
		printf("; %.0f of %.0f numbers and names differ",
		       table_real(t, "numbers_differ") + table_real(t, "names_differ"), facts);
	printf(")\n");
	return NB_OK;
}

nb_status explain_group(const explanation *e, nb_error *err)
{
	edge_list list = { e, 0 };
	nb_status status;

	print_group(e);
	status = table_each(e->out, "edges.jsonl.zst", print_edge, &list, err);
	if (status == NB_OK && list.n == 0)
		printf("No text came near its own: no pair with it reached a threshold of copies.\n");
	return status;
}

/* ---- two articles ---------------------------------------------------------------------------- */

static const char *verdict(const nb_edge *edge)
{
	switch ((nb_relation)edge->relation) {
	case NB_RELATION_COPY:
		return edge->method == NB_METHOD_EXACT	   ? "Copies: the same words from end to end."
		       : edge->method == NB_METHOD_JACCARD ? "Copies: nearly the same text."
							   : "Copies: one text holds the other.";
	case NB_RELATION_SERIES:
		return "No copies: two reports of a series. The words agree, but the numbers or names differ.";
	case NB_RELATION_SHORT:
		return "No copies: alike, but too short for that to mean anything.";
	default:
		return "No copies: they share too little.";
	}
}

static const char *compared(double x, double threshold)
{
	return x >= threshold ? ">=" : "<";
}

static int64_t apart(const explanation *e)
{
	const found_article *a = e->article[0], *b = e->article[1];

	return nb_apart(article_time(a), a->day_only, article_time(b), b->day_only);
}

static void print_scores(const explanation *e, const nb_edge *edge, const nb_prepared *a,
			 const nb_prepared *b)
{
	const nb_copy_params *p = &e->stored.set.copies.copy;
	bool far_apart = apart(e) != NB_NO_TIME && apart(e) >= p->series_gap_s;

	printf("%s\n", verdict(edge));
	printf("  Jaccard      %.4f  (%s %.2f)   %" PRIu32 " shared shingles of %" PRIu32 " tokens\n",
	       edge->jaccard, compared(edge->jaccard, p->jaccard), p->jaccard, edge->shared,
	       e->stored.set.sketch.shingle_tokens);
	printf("  containment  %.4f  (%s %.2f)\n", edge->containment,
	       compared(edge->containment, p->containment), p->containment);
	if (edge->relation == NB_RELATION_NONE)
		return;
	printf("  facts        %" PRIu32 " of %" PRIu32 " numbers and %" PRIu32 " of %" PRIu32
	       " names differ (a series from %.0f %% of all or %.0f %% of the numbers%s)\n",
	       edge->numbers_differ, edge->numbers, edge->names_differ, edge->names,
	       100 * (far_apart ? p->series_facts_far : p->series_facts),
	       100 * (far_apart ? p->series_numbers_far : p->series_numbers),
	       far_apart ? ", these being published far apart" : "");
	printf("  tokens       %zu and %zu\n", nb_prepared_tokens(a), nb_prepared_tokens(b));
}

/* In one group without an edge of their own, they are there through the leader. */
static void print_membership(const explanation *e, const nb_edge *edge)
{
	const found_article *a = e->article[0], *b = e->article[1];

	if (!str_equal(a->copy, b->copy)) {
		if (edge->relation == NB_RELATION_COPY)
			printf("They are in different groups: each joined the earliest leader it was a copy of.\n");
		return;
	}
	if (edge->relation != NB_RELATION_COPY)
		printf("Both are in group %s: each is a copy of its leader.\n", printable(a->copy));
}

/* Texts that share nothing tell nothing side by side. */
static nb_status print_texts(const explanation *e, const nb_edge *edge, const nb_prepared *a,
			     const nb_prepared *b)
{
	if (edge->relation == NB_RELATION_NONE &&
	    !str_equal(e->article[0]->copy, e->article[1]->copy))
		return NB_OK;
	printf("\n  = in both   | replaced   # other numbers or names   "
	       "< only left   > only right   ~ moved\n\n");
	return print_side_by_side(stdout, a, b, e->width, e->full, log_colour(stdout));
}

void explain_beginnings(const explanation *e)
{
	const size_t lead = 600;
	nb_str left = e->body[0], right = e->body[1];

	if (!left.ptr || !right.ptr)
		return;
	if (!e->full) {
		left.len = nb_json_fit(left, lead);
		right.len = nb_json_fit(right, lead);
	}
	printf("\nHow they %s:\n\n", e->full ? "read" : "begin");
	print_beside(stdout, left, right, e->width);
}

static nb_status compare_prepared(const explanation *e, const nb_prepared *a, const nb_prepared *b,
				  bool *alike)
{
	nb_span span[NB_EDGE_SPANS];
	nb_edge edge;
	nb_status status = nb_verify_text(a, b, &e->stored.set.copies.copy, apart(e), &edge, span);

	if (status != NB_OK)
		return status;
	print_scores(e, &edge, a, b);
	print_membership(e, &edge);
	print_texts(e, &edge, a, b);
	*alike |= edge.relation != NB_RELATION_NONE;
	return NB_OK;
}

nb_status explain_copies(const explanation *e, bool *alike, nb_error *err)
{
	nb_prepared *a = NULL, *b = NULL;
	nb_tokens scratch = { 0 };
	nb_status status = NB_OK;

	*alike = str_equal(e->article[0]->copy, e->article[1]->copy);
	if (!e->body[0].ptr || !e->body[1].ptr) {
		printf("The output has no texts (run --no-texts); this is what its edges say:\n");
		return explain_group(e, err);
	}
	status = nb_prepare(&scratch, &e->stored.set.sketch, e->body[0], &a);
	NB_TRY(status, nb_prepare(&scratch, &e->stored.set.sketch, e->body[1], &b));
	NB_TRY(status, compare_prepared(e, a, b, alike));
	nb_prepared_free(a);
	nb_prepared_free(b);
	nb_tokens_release(&scratch);
	return status == NB_OK ? NB_OK : nb_fail(err, status, e->out, "cannot compare");
}
