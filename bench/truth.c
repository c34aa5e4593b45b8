/* SPDX-License-Identifier: MIT
 *
 * truth.c - see truth.h.
 */
#include "truth.h"

#include <stdlib.h>

#include "exact.h"
#include "progress.h"
#include "recall.h"

static void tally_add(struct tally *to, const struct tally *from)
{
	uint64_t *a = (uint64_t *)to;
	const uint64_t *b = (const uint64_t *)from;

	for (size_t k = 0; k < sizeof(*to) / sizeof(*a); k++)
		a[k] += b[k];
}

/* ---- edges ----------------------------------------------------------------------------------- */

/* Edges by unit: index[first[u]..first[u + 1]) are those inside unit u, those after
 * first[n_units] join two units. */
struct edge_order {
	uint32_t *index, *first;
};

static uint32_t unit_of_edge(const gen_night *night, const struct found_edge *e)
{
	gen_truth a, b;

	gen_truth_get(night, e->a, &a);
	gen_truth_get(night, e->b, &b);
	return a.unit == b.unit ? a.unit : gen_n_units(night);
}

static int order_edges(const gen_night *night, const struct found *f, struct edge_order *o)
{
	uint32_t n_units = gen_n_units(night);
	size_t n = f ? f->n_edges : 0;

	o->index = malloc((n + 1) * sizeof(*o->index));
	o->first = calloc((size_t)n_units + 3, sizeof(*o->first));
	if (!o->index || !o->first)
		return -1;
	for (size_t k = 0; k < n; k++)
		o->first[unit_of_edge(night, &f->edge[k]) + 2]++;
	for (uint32_t u = 0; u < n_units + 1; u++)
		o->first[u + 2] += o->first[u + 1];
	for (size_t k = 0; k < n; k++)
		o->index[o->first[unit_of_edge(night, &f->edge[k]) + 1]++] = (uint32_t)k;
	return 0;
}

static void judge_apart(struct judge *j, const gen_night *night, const struct found_edge *e,
			struct tally *t)
{
	struct exact a = { 0 }, b = { 0 };

	if (exact_make(j, night, e->a, &a) < 0 || exact_make(j, night, e->b, &b) < 0)
		t->failed++;
	else
		recall_edge(e, &a, &b, true, false, &j->copy, t);
	free(a.shingle);
	free(b.shingle);
}

/* ---- a night --------------------------------------------------------------------------------- */

static void judge_all(const gen_night *night, const struct found *f, const struct reports *reports,
		      const struct edge_order *o, FILE *pairs, struct tally *out)
{
	uint32_t n_units = gen_n_units(night);
	struct progress *p = progress_begin("computing the truth", n_units);

#pragma omp parallel
	{
		struct tally t = { 0 };
		struct judge j;
		int ready = judge_init(&j, night, reports);

#pragma omp for schedule(dynamic, 64)
		for (uint32_t u = 0; u < n_units; u++) {
			if (ready == 0)
				recall_unit(&j, night, u, f, o->index + o->first[u],
					    o->first[u + 1] - o->first[u], pairs, &t);
			progress_add(p, 1);
		}
#pragma omp for schedule(dynamic, 64)
		for (uint32_t k = o->first[n_units]; k < o->first[n_units + 1]; k++)
			if (ready == 0)
				judge_apart(&j, night, &f->edge[o->index[k]], &t);
		t.failed += ready < 0;
		judge_release(&j);
#pragma omp critical(tally)
		tally_add(out, &t);
	}
	progress_end(p);
}

static bool has_furniture(gen_kind kind)
{
	return kind == GEN_FURNITURE || kind == GEN_MIXED;
}

static void count_cuts(const gen_night *night, const struct reports *r, struct tally *t)
{
	for (uint32_t i = 0; i < r->n; i++) {
		gen_truth truth;

		gen_truth_get(night, i, &truth);
		if (has_furniture(truth.kind))
			continue;
		t->plain++;
		for (unsigned k = 0; k < NB_CUT_REASONS; k++)
			t->plain_cut[k] += r->cut[i] >> k & 1;
	}
}

int truth_judge(const gen_night *night, const struct found *f, const struct reports *reports,
		FILE *pairs, struct tally *out)
{
	struct edge_order o = { 0 };
	int failed = order_edges(night, f, &o);

	*out = (struct tally){ 0 };
	if (!failed)
		judge_all(night, f, reports, &o, pairs, out);
	if (!failed && reports)
		count_cuts(night, reports, out);
	free(o.index);
	free(o.first);
	return failed || out->failed ? -1 : 0;
}

/* ---- unrelated articles ---------------------------------------------------------------------- */

static double larger(double a, double b)
{
	return a > b ? a : b;
}

/* Compare article b with those before it that are of other units. */
static void compare_earlier(const gen_night *night, const struct exact *e, uint32_t b,
			    const nb_copy_params *p, struct unrelated *u)
{
	gen_truth ta, tb;

	gen_truth_get(night, b, &tb);
	for (uint32_t a = 0; a < b; a++) {
		struct likeness l;

		gen_truth_get(night, a, &ta);
		if (ta.unit == tb.unit)
			continue;
		l = exact_compare(&e[a], &e[b], p);
		u->pairs++;
		u->copies += l.copy;
		if (e[a].n < p->min_shingles || e[b].n < p->min_shingles)
			continue; /* likeness means nothing there, only equality counts */
		u->jaccard = larger(u->jaccard, l.jaccard);
		u->containment = larger(u->containment, l.containment);
	}
}

static void compare_all(const gen_night *night, const struct exact *e, uint32_t n,
			const nb_copy_params *p, struct unrelated *out)
{
	struct progress *progress = progress_begin("comparing unrelated articles", 0);

#pragma omp parallel
	{
		struct unrelated u = { 0 };

#pragma omp for schedule(dynamic, 8)
		for (uint32_t b = 1; b < n; b++)
			compare_earlier(night, e, b, p, &u);
#pragma omp critical(unrelated)
		{
			out->pairs += u.pairs;
			out->copies += u.copies;
			out->jaccard = larger(out->jaccard, u.jaccard);
			out->containment = larger(out->containment, u.containment);
		}
	}
	progress_end(progress);
}

int truth_unrelated(const gen_night *night, uint32_t n, struct unrelated *out)
{
	struct exact *e = calloc(n, sizeof(*e));
	struct judge j;
	int failed = judge_init(&j, night, NULL) < 0 || !e;

	*out = (struct unrelated){ 0 };
	for (uint32_t i = 0; !failed && i < n; i++)
		failed = exact_make(&j, night, i, &e[i]) < 0;
	if (!failed)
		compare_all(night, e, n, &j.copy, out);
	for (uint32_t i = 0; e && i < n; i++)
		free(e[i].shingle);
	free(e);
	judge_release(&j);
	return failed ? -1 : 0;
}
