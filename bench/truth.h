/* SPDX-License-Identifier: MIT
 *
 * truth.h - what a run said about a generated night, held against the texts.  Part of
 * bench_night.c.
 *
 *   true pair       two articles made from one report whose texts pass the program's own test:
 *                   equal tokens, or exact Jaccard or containment at its threshold, neither text
 *                   too short
 *   found pair      one found group, or a published edge that says copy; an edge stands for all
 *                   articles with the same tokens as its two ends, the program publishes one
 *   recall          found pairs among the true pairs.  In units above PARTNERS_MOST members each
 *                   article is held against that many earlier ones, evenly chosen
 *   copies found    articles that exact leader clustering over all true pairs puts behind a leader,
 *                   and that the program puts behind an article of the same report
 *   precision       published copy edges that are true pairs, among all of them
 *   template pairs  two of a series (same text, other facts) that pass the test all the same:
 *                   they must not be joined
 */
#ifndef BENCH_TRUTH_H
#define BENCH_TRUTH_H

#include <omp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

#include "generate.h"
#include "newsbraid/publish.h"
#include "newsbraid/sketch.h"
#include "newsbraid/verify.h"

#define PARTNERS_MOST 64u
#define NOBODY        UINT32_MAX

/* ---- what the program published -------------------------------------------------------------- */

struct found_edge {
	uint32_t a, b;
	bool copy;
	double jaccard, containment;
};

struct found {
	uint32_t n;
	uint32_t *leader; /* [0..n): by article number, itself if alone; NOBODY: no row */
	struct found_edge *edge;
	size_t n_edges, capacity;
	uint32_t n_groups, n_copies;
};

static void found_release(struct found *f)
{
	free(f->leader);
	free(f->edge);
	*f = (struct found){ 0 };
}

/* The value of "key" in a row of one of our tables; a string without its quotes.  {NULL, 0}: absent
 * or null.  A quote inside a string is escaped there, so that "key": stands nowhere else. */
static nb_str field(nb_str row, const char *key)
{
	char pattern[32];
	int n = snprintf(pattern, sizeof(pattern), "\"%s\":", key);
	const char *at = memmem(row.ptr, row.len, pattern, (size_t)n), *end = row.ptr + row.len, *p;

	if (!at)
		return (nb_str){ 0 };
	at += n;
	if (at < end && *at == '"') {
		for (p = ++at; p < end && *p != '"'; p++)
			p += *p == '\\';
		return (nb_str){ at, (size_t)(p - at) };
	}
	for (p = at; p < end && *p != ',' && *p != '}' && *p != ']'; p++)
		;
	if (p - at == 4 && memcmp(at, "null", 4) == 0)
		return (nb_str){ 0 };
	return (nb_str){ at, (size_t)(p - at) };
}

static double field_number(nb_str row, const char *key)
{
	char text[40];
	nb_str s = field(row, key);

	snprintf(text, sizeof(text), "%.*s", (int)(s.len < 39 ? s.len : 39), s.ptr ? s.ptr : "");
	return s.ptr ? strtod(text, NULL) : -1;
}

/* A copy group is called "c:" and the id of its leader. */
static nb_status take_article(struct found *f, nb_str row, nb_error *err)
{
	uint32_t i = gen_id_number(field(row, "id"));
	nb_str group = field(row, "copy");

	if (i >= f->n || f->leader[i] != NOBODY)
		return nb_fail(err, NB_EDATA, "articles.jsonl.zst", "unknown or repeated id");
	f->leader[i] = i;
	if (group.len > 2)
		f->leader[i] = gen_id_number((nb_str){ group.ptr + 2, group.len - 2 });
	if (f->leader[i] >= f->n)
		return nb_fail(err, NB_EDATA, "articles.jsonl.zst", "unknown copy group");
	f->n_copies += f->leader[i] != i;
	return NB_OK;
}

static nb_status take_edge(struct found *f, nb_str row, nb_error *err)
{
	nb_str relation = field(row, "relation");
	struct found_edge e = {
		.a = gen_id_number(field(row, "a")), .b = gen_id_number(field(row, "b")),
		.copy = relation.len == 4 && memcmp(relation.ptr, "copy", 4) == 0,
		.jaccard = field_number(row, "jaccard"),
		.containment = field_number(row, "containment"),
	};

	if (e.a >= f->n || e.b >= f->n || e.a == e.b)
		return nb_fail(err, NB_EDATA, "edges.jsonl.zst", "unknown id");
	if (f->n_edges == f->capacity) {
		size_t capacity = f->capacity * 3 / 2 + 4096;
		struct found_edge *edge = realloc(f->edge, capacity * sizeof(*edge));

		if (!edge)
			return nb_fail(err, NB_ENOMEM, NULL, "no memory for edges");
		f->edge = edge;
		f->capacity = capacity;
	}
	f->edge[f->n_edges++] = e;
	return NB_OK;
}

static nb_status each_row(const char *dir, const char *name, struct found *f,
			  nb_status (*take)(struct found *, nb_str, nb_error *), nb_error *err)
{
	char path[4096];
	nb_rows *rows = NULL;
	nb_str row;
	nb_status status;

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	status = nb_rows_open(path, &rows, err);
	while (status == NB_OK) {
		status = nb_rows_next(rows, &row, err);
		if (status != NB_OK || !row.ptr)
			break;
		status = take(f, row, err);
	}
	nb_rows_free(rows);
	return status;
}

/* Read the tables of OUT and check that they fit together. */
static nb_status found_load(struct found *f, const char *dir, uint32_t n, nb_error *err)
{
	nb_status status;

	*f = (struct found){ .n = n, .leader = malloc(n * sizeof(*f->leader)) };
	if (!f->leader)
		return nb_fail(err, NB_ENOMEM, NULL, "no memory for articles");
	memset(f->leader, 0xff, n * sizeof(*f->leader));
	status = each_row(dir, "articles.jsonl.zst", f, take_article, err);
	if (status == NB_OK)
		status = each_row(dir, "edges.jsonl.zst", f, take_edge, err);
	for (uint32_t i = 0; status == NB_OK && i < n; i++) {
		uint32_t l = f->leader[i];

		if (l == NOBODY)
			return nb_fail(err, NB_EDATA, dir, "an article has no row");
		if (f->leader[l] != l)
			return nb_fail(err, NB_EDATA, dir, "a leader is in another group");
	}
	return status;
}

/* ---- exact comparison ------------------------------------------------------------------------ */

/* An article as its exact set of shingles. */
struct exact {
	uint64_t *shingle; /* [0..n), ascending */
	uint32_t n;
	uint64_t tokens; /* hash of the token sequence */
	int64_t published_at;
	uint32_t number, instance;
	uint32_t first; /* number of the earliest of the unit with the same tokens */
	gen_kind kind;
};

/* What one thread needs. */
struct judge {
	gen_writer *writer;
	nb_sketcher sketcher;
	nb_sketch_params sketch;
	nb_copy_params copy;
	uint64_t *scratch;
	size_t capacity;
};

static int judge_init(struct judge *j, const gen_night *night)
{
	*j = (struct judge){ .writer = gen_writer_new(night) };
	nb_sketch_params_init(&j->sketch);
	nb_copy_params_init(&j->copy);
	return j->writer ? 0 : -1;
}

static void judge_release(struct judge *j)
{
	gen_writer_free(j->writer);
	nb_sketcher_release(&j->sketcher);
	free(j->scratch);
}

static int exact_make(struct judge *j, const gen_night *night, uint32_t i, struct exact *out)
{
	nb_sketcher *s = &j->sketcher;
	nb_article a;
	gen_truth t;

	gen_truth_get(night, i, &t);
	gen_article(j->writer, i, &a);
	if (nb_shingle_text(s, &j->sketch, a.text.ptr, a.text.len) != NB_OK)
		return -1;
	if (s->n_shingle > j->capacity) {
		free(j->scratch);
		j->capacity = s->n_shingle * 2;
		j->scratch = malloc(j->capacity * sizeof(*j->scratch));
	}
	*out = (struct exact){ .number = i, .instance = t.instance, .kind = t.kind,
			       .published_at = t.published_at };
	out->tokens = XXH3_64bits(s->tokens.hash, s->tokens.n * sizeof(*s->tokens.hash));
	out->n = (uint32_t)nb_shingle_set(s->shingle, s->n_shingle, j->scratch);
	out->shingle = malloc((out->n + 1) * sizeof(*out->shingle));
	if (!out->shingle || (!j->scratch && j->capacity))
		return -1;
	memcpy(out->shingle, s->shingle, out->n * sizeof(*out->shingle));
	return 0;
}

struct likeness {
	double jaccard, containment;
	bool copy; /* passes the program's test */
};

static uint32_t shared_shingles(const struct exact *a, const struct exact *b)
{
	uint32_t i = 0, k = 0, shared = 0;

	while (i < a->n && k < b->n) {
		uint64_t x = a->shingle[i], y = b->shingle[k];

		shared += x == y;
		i += x <= y;
		k += y <= x;
	}
	return shared;
}

static struct likeness compare(const struct exact *a, const struct exact *b,
			       const nb_copy_params *p)
{
	uint32_t shared = shared_shingles(a, b), least = a->n < b->n ? a->n : b->n;
	struct likeness l = { 0 };

	if (least == 0)
		return l;
	l.jaccard = (double)shared / (double)(a->n + b->n - shared);
	l.containment = (double)shared / (double)least;
	l.copy = a->tokens == b->tokens;
	if (least >= p->min_shingles && l.jaccard >= p->jaccard)
		l.copy = true;
	if (least >= p->min_shingles && least >= p->contain_shingles &&
	    l.containment >= p->containment)
		l.copy = true;
	return l;
}

/* ---- one unit -------------------------------------------------------------------------------- */

struct tally {
	uint64_t true_pairs, found_pairs;
	uint64_t true_of[GEN_KINDS], found_of[GEN_KINDS]; /* by the kind of the later article */
	uint64_t copies, copies_found, groups;
	uint64_t template_pairs, topic_pairs;  /* pass the test, but are different reports */
	uint64_t edges, edges_true;            /* that say copy */
	uint64_t edges_template, edges_apart;  /* ... join two reports of a unit, two units */
	uint64_t edges_below;                  /* ... whose texts do not pass the test */
	uint64_t scores_wrong;                 /* published scores that the texts do not bear out */
	uint64_t failed;
};

static void tally_add(struct tally *to, const struct tally *from)
{
	uint64_t *a = (uint64_t *)to;
	const uint64_t *b = (const uint64_t *)from;

	for (size_t k = 0; k < sizeof(*to) / sizeof(*a); k++)
		a[k] += b[k];
}

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

/* A unit while it is judged. */
struct unit_case {
	gen_unit unit;
	struct exact *member; /* [0..unit.size), by time */
	uint64_t *edge;       /* [0..n_edges): pairs that edges say are copies, ascending */
	size_t n_edges;
	FILE *pairs; /* where true pairs are written, or NULL */
};

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
	struct likeness l = compare(a, b, p);

	if (!l.copy)
		return;
	if (a->instance != b->instance) {
		if (u->unit.kind == GEN_SERIES)
			t->template_pairs++;
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
				  compare(&u->member[leader[k]], m, p).copy))
			k++;
		if (k == n) {
			leader[n++] = b;
			continue;
		}
		t->groups += !led[k];
		led[k] = true;
		t->copies++;
		if (f->leader[m->number] == m->number)
			continue;
		for (uint32_t a = 0; a < u->unit.size; a++)
			t->copies_found += u->member[a].number == f->leader[m->number] &&
					   u->member[a].instance == m->instance;
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

static void count_edge(const struct found_edge *e, const struct exact *a, const struct exact *b,
		       bool apart, bool series, const nb_copy_params *p, struct tally *t)
{
	struct likeness l = compare(a, b, p);

	t->scores_wrong += differs(e->jaccard, l.jaccard) || differs(e->containment, l.containment);
	if (!e->copy)
		return;
	t->edges++;
	t->edges_below += !l.copy;
	t->edges_apart += apart;
	t->edges_template += !apart && series && a->instance != b->instance;
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

/* edge[0..n) are the edges inside the unit. */
static void judge_unit(struct judge *j, const gen_night *night, uint32_t unit,
		       const struct found *f, const uint32_t *edge, size_t n, FILE *pairs,
		       struct tally *t)
{
	struct unit_case u = { .pairs = pairs };

	if (gen_unit_get(night, unit).size == 1)
		return;
	u.edge = malloc((n + 1) * sizeof(*u.edge));
	if (!u.edge || make_members(j, night, unit, &u) < 0) {
		t->failed++;
		goto out;
	}
	for (size_t k = 0; k < n; k++) {
		const struct found_edge *e = &f->edge[edge[k]];

		if (e->copy)
			u.edge[u.n_edges++] = pair_key(e->a, e->b);
		count_edge(e, find_member(&u, e->a), find_member(&u, e->b), false,
			   u.unit.kind == GEN_SERIES, &j->copy, t);
	}
	qsort(u.edge, u.n_edges, sizeof(*u.edge), by_pair);
	count_pairs(f, &u, &j->copy, t);
	if (f)
		count_copies(f, &u, &j->copy, t);
out:
	for (uint32_t k = 0; u.member && k < u.unit.size; k++)
		free(u.member[k].shingle);
	free(u.member);
	free(u.edge);
}

/* ---- a night --------------------------------------------------------------------------------- */

/* Edges by unit: index[first[u]..first[u + 1]) are those inside unit u, those behind
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
		count_edge(e, &a, &b, true, false, &j->copy, t);
	free(a.shingle);
	free(b.shingle);
}

/**
 * Judge a run.
 * @param f      what it published, or NULL: only count and write the true pairs
 * @param pairs  file for all true pairs (earlier id, later id, Jaccard, containment, 1 if their
 *               tokens are equal), or NULL
 */
static int truth_judge(const gen_night *night, const struct found *f, FILE *pairs,
		       struct tally *out)
{
	uint32_t n_units = gen_n_units(night);
	struct edge_order o = { 0 };
	int failed = order_edges(night, f, &o);

	*out = (struct tally){ 0 };
#pragma omp parallel if (!failed)
	{
		struct tally t = { 0 };
		struct judge j;
		int ready = failed ? -1 : judge_init(&j, night);

#pragma omp for schedule(dynamic, 64)
		for (uint32_t u = 0; u < n_units; u++)
			if (ready == 0)
				judge_unit(&j, night, u, f, o.index + o.first[u],
					   o.first[u + 1] - o.first[u], pairs, &t);
#pragma omp for schedule(dynamic, 64)
		for (uint32_t k = failed ? 0 : o.first[n_units];
		     k < (failed ? 0 : o.first[n_units + 1]); k++)
			if (ready == 0)
				judge_apart(&j, night, &f->edge[o.index[k]], &t);
		t.failed += ready < 0;
		if (!failed)
			judge_release(&j);
#pragma omp critical(tally)
		tally_add(out, &t);
	}
	free(o.index);
	free(o.first);
	return failed || out->failed ? -1 : 0;
}

/* Articles of different units among the first n, all pairs compared. */
struct unrelated {
	double jaccard, containment; /* largest of texts long enough to be compared */
	uint64_t pairs, copies;      /* pairs compared; pairs that pass the test */
};

static int truth_unrelated(const gen_night *night, uint32_t n, struct unrelated *out)
{
	struct exact *e = calloc(n, sizeof(*e));
	struct judge j;
	double jaccard = 0, containment = 0;
	uint64_t pairs = 0, copies = 0;
	int failed = !e || judge_init(&j, night) < 0;

	for (uint32_t i = 0; !failed && i < n; i++)
		failed = exact_make(&j, night, i, &e[i]) < 0;
#pragma omp parallel for schedule(dynamic, 8) reduction(max : jaccard, containment)                \
	reduction(+ : pairs, copies)
	for (uint32_t b = 1; b < (failed ? 0 : n); b++) {
		gen_truth tb, ta;

		gen_truth_get(night, b, &tb);
		for (uint32_t a = 0; a < b; a++) {
			struct likeness l;

			gen_truth_get(night, a, &ta);
			if (ta.unit == tb.unit)
				continue;
			l = compare(&e[a], &e[b], &j.copy);
			pairs++;
			copies += l.copy;
			if (e[a].n < j.copy.min_shingles || e[b].n < j.copy.min_shingles)
				continue; /* likeness means nothing there, only equality counts */
			jaccard = l.jaccard > jaccard ? l.jaccard : jaccard;
			containment = l.containment > containment ? l.containment : containment;
		}
	}
	*out = (struct unrelated){ jaccard, containment, pairs, copies };
	for (uint32_t i = 0; e && i < n; i++)
		free(e[i].shingle);
	free(e);
	judge_release(&j);
	return failed ? -1 : 0;
}

#endif
