/* SPDX-License-Identifier: MIT
 *
 * recall.c - see recall.h.
 */
#include "recall.h"

#include <stdlib.h>

#define PARTNERS_MOST 64u /* earlier articles that one of a large unit is held against */

/* A unit while it is judged. */
struct unit_case {
	gen_unit unit;
	struct exact *member; /* [0..unit.size), by time */
	uint64_t *edge;       /* [0..n_edges): pairs that edges say are copies, ascending */
	size_t n_edges;
	FILE *pairs; /* where true pairs are written, or NULL */
};

static int by_time(const void *x, const void *y)
{
	const struct exact *a = x, *b = y;

	if (a->published_at != b->published_at)
		return a->published_at < b->published_at ? -1 : 1;
	return a->number < b->number ? -1 : a->number > b->number;
}

static int by_pair(const void *x, const void *y)
{
	uint64_t a = *(const uint64_t *)x, b = *(const uint64_t *)y;

	return a < b ? -1 : a > b;
}

static uint64_t pair_key(uint32_t a, uint32_t b)
{
	return a < b ? (uint64_t)a << 32 | b : (uint64_t)b << 32 | a;
}

static bool is_found(const struct found *f, const struct unit_case *u, const struct exact *a,
		     const struct exact *b)
{
	uint64_t key = pair_key(a->first, b->first);

	return f->leader[a->number] == f->leader[b->number] ||
	       bsearch(&key, u->edge, u->n_edges, sizeof(key), by_pair);
}

static void count_pair(const struct found *f, const struct unit_case *u, const struct exact *a,
		       const struct exact *b, const nb_copy_params *p, struct tally *t)
{
	struct likeness l = exact_compare(a, b, p);

	if (!l.copy)
		return;
	if (a->instance != b->instance) {
		if (u->unit.kind == GEN_SERIES)
			t->series_pairs++;
		else
			t->topic_pairs++;
		return;
	}
	t->true_pairs++;
	t->true_of[b->kind]++;
	if (f && is_found(f, u, a, b)) {
		t->found_pairs++;
		t->found_of[b->kind]++;
	}
	if (u->pairs) {
#pragma omp critical(pairs)
		fprintf(u->pairs, "n%09u\tn%09u\t%.6f\t%.6f\t%d\n", a->number, b->number,
			l.jaccard, l.containment, a->tokens == b->tokens);
	}
}

static void count_pairs(const struct found *f, const struct unit_case *u, const nb_copy_params *p,
			struct tally *t)
{
	uint32_t most = u->pairs ? u->unit.size : PARTNERS_MOST;

	for (uint32_t b = 1; b < u->unit.size; b++) {
		uint32_t n = b < most ? b : most;

		for (uint32_t k = 0; k < n; k++)
			count_pair(f, u, &u->member[(uint64_t)k * b / n], &u->member[b], p, t);
	}
}

/* Whether the program puts m after an article of the same report. */
static bool has_own_leader(const struct found *f, const struct unit_case *u, const struct exact *m)
{
	uint32_t leader = f->leader[m->number];

	if (leader == m->number)
		return false;
	for (uint32_t a = 0; a < u->unit.size; a++)
		if (u->member[a].number == leader)
			return u->member[a].instance == m->instance;
	return false;
}

/* Leader clustering over all true pairs: what a program that misses nothing would say. */
static void count_copies(const struct found *f, const struct unit_case *u, const nb_copy_params *p,
			 struct tally *t)
{
	uint32_t *leader = malloc(u->unit.size * sizeof(*leader)), n = 0;
	bool *led = calloc(u->unit.size, sizeof(*led));

	for (uint32_t b = 0; leader && led && b < u->unit.size; b++) {
		const struct exact *m = &u->member[b];
		uint32_t k = 0;

		while (k < n && !(u->member[leader[k]].instance == m->instance &&
				  exact_compare(&u->member[leader[k]], m, p).copy))
			k++;
		if (k == n) {
			leader[n++] = b;
			continue;
		}
		t->groups += !led[k];
		led[k] = true;
		t->copies++;
		t->copies_found += has_own_leader(f, u, m);
	}
	t->failed += !leader || !led;
	free(leader);
	free(led);
}

static const struct exact *find_member(const struct unit_case *u, uint32_t number)
{
	for (uint32_t k = 0; k < u->unit.size; k++)
		if (u->member[k].number == number)
			return &u->member[k];
	return NULL;
}

static bool differs(double published, double exact)
{
	double d = published - exact;

	return d > 2e-6 || d < -2e-6;
}

void recall_edge(const struct found_edge *e, const struct exact *a, const struct exact *b,
		 bool apart, bool series, const nb_copy_params *p, struct tally *t)
{
	struct likeness l = exact_compare(a, b, p);

	t->scores_wrong += differs(e->jaccard, l.jaccard) || differs(e->containment, l.containment);
	if (!e->copy)
		return;
	t->edges++;
	t->edges_below += !l.copy;
	t->edges_apart += apart;
	t->edges_series += !apart && series && a->instance != b->instance;
	t->edges_true += l.copy && !apart && a->instance == b->instance;
}

static int make_members(struct judge *j, const gen_night *night, uint32_t unit, struct unit_case *u)
{
	int failed = 0;

	u->unit = gen_unit_get(night, unit);
	u->member = calloc(u->unit.size, sizeof(*u->member));
	if (!u->member)
		return -1;
	for (uint32_t k = 0; k < u->unit.size; k++)
		failed |= exact_make(j, night, gen_unit_article(night, unit, k), &u->member[k]);
	qsort(u->member, u->unit.size, sizeof(*u->member), by_time);
	for (uint32_t b = 0; b < u->unit.size; b++) {
		uint32_t a = 0;

		while (u->member[a].tokens != u->member[b].tokens)
			a++;
		u->member[b].first = u->member[a].number;
	}
	return failed;
}

/* Count the edges of the unit and keep those that say copy. */
static void take_edges(const struct found *f, const uint32_t *edge, size_t n,
		       const nb_copy_params *p, struct unit_case *u, struct tally *t)
{
	for (size_t k = 0; k < n; k++) {
		const struct found_edge *e = &f->edge[edge[k]];

		if (e->copy)
			u->edge[u->n_edges++] = pair_key(e->a, e->b);
		recall_edge(e, find_member(u, e->a), find_member(u, e->b), false,
			    u->unit.kind == GEN_SERIES, p, t);
	}
	qsort(u->edge, u->n_edges, sizeof(*u->edge), by_pair);
}

static void release_case(struct unit_case *u)
{
	for (uint32_t k = 0; u->member && k < u->unit.size; k++)
		free(u->member[k].shingle);
	free(u->member);
	free(u->edge);
}

void recall_unit(struct judge *j, const gen_night *night, uint32_t unit, const struct found *f,
		 const uint32_t *edge, size_t n, FILE *pairs, struct tally *t)
{
	struct unit_case u = { .pairs = pairs };

	if (gen_unit_get(night, unit).size == 1)
		return;
	u.edge = malloc((n + 1) * sizeof(*u.edge));
	if (!u.edge || make_members(j, night, unit, &u) < 0) {
		t->failed++;
		goto out;
	}
	take_edges(f, edge, n, &j->copy, &u, t);
	count_pairs(f, &u, &j->copy, t);
	if (f)
		count_copies(f, &u, &j->copy, t);
out:
	release_case(&u);
}
