/* SPDX-License-Identifier: MIT
 *
 * bench_events.c - how well events inside one language are found, and the training of the scorer.
 *
 *     make bench-events                 the scorer learned anew by folds, on every set
 *     make bench-events ARGS=--quick    the same without the best stops
 *     make bench-events ARGS=--train    and a new src/data/scorer_table.c from all of them
 *     make bench-events ARGS=--cross    and learned on one kind of data alone
 *
 * Sets are ecbplus and gva-dev of the data folder, and what can be made of them: dates hidden, all
 * events moved into ten days, told as agencies do, small nights, titles alone; the sample night; and
 * articles that are mostly unrelated, ntrex (ntrex.jq says which are not) and udpud.  A pair is scored by a model that has seen no pair with
 * an event (for ecbplus: a topic) of either article's fold.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/array.h"
#include "bench.h"
#include "labelled.h"
#include "related/scorer.h"
#include "newsbraid/agreement.h"
#include "newsbraid/events.h"
#include "newsbraid/linkage.h"
#include "scorer_table.h"

enum { FOLDS = 4, KINDS = 4 };

typedef enum kind { MIXED, TREES, LINEAR, COSINES } kind;

static const char *const kind_name[KINDS] = { "mixed", "trees", "linear", "cosines" };

/* Two articles of a set. */
typedef struct pair {
	uint32_t a, b;
	bool same;
	nb_pair_kind kind;
	float feature[NB_PAIR_FEATURE_COUNT];
	float score[KINDS]; /* probabilities */
} pair;

/* A set, its pairs and what they were given. */
typedef struct event_set {
	const char *name, *file;
	labelled_how how;
	unsigned nights;  /* topics are divided among so many nights; 0: one */
	bool apart;       /* and the two events of a topic, too */
	double weight;    /* of all true pairs together in training (of all pairs where none is
			     true); 0: only measured */
	labelled gold;
	pair *pair;
	size_t n, room, n_same;
	double recall; /* of gold pairs, by the candidates */
	bool absent;
} event_set;

#define DATA "../shared/data/"
#define LEXICON "build/data/newsbraid.lex"

#define NTREX "build/bench/ntrex.jsonl"    /* and this */
#define UDPUD DATA "udpud.jsonl.zst"
#define GVA   DATA "gva-dev.jsonl.zst"
#define ECB   DATA "ecbplus.jsonl.zst"
#define SAMPLE "build/bench/sample.jsonl" /* tests/night, made by the Makefile */

/* Real dates say more than drawn ones, but nights are short and gva-dev is years. */
static event_set sets[] = {
	{ .name = "gva", .file = GVA, .how = { DATES_KEPT }, .weight = 2000 },
	{ .name = "gva, 10 d", .file = GVA, .how = { DATES_SQUEEZED, .days = 10 }, .weight = 1000 },
	{ .name = "gva, no dates", .file = GVA, .how = { DATES_HIDDEN }, .weight = 2000 },
	{ .name = "ecb+", .file = ECB, .how = { DATES_HIDDEN }, .weight = 6000 },
	{ .name = "ecb+, 10 d", .file = ECB, .how = { DATES_SQUEEZED, .days = 10 }, .weight = 2000 },
	{ .name = "gva, 10 d timed", .file = GVA, .how = { DATES_TIMED, .days = 10 }, .weight = 1000 },
	{ .name = "ecb+, 10 d timed", .file = ECB, .how = { DATES_TIMED, .days = 10 }, .weight = 1000 },
	{ .name = "gva, wire", .file = GVA, .how = { DATES_WIRE, .days = 2 }, .nights = 10, .weight = 1000 },
	{ .name = "ecb+, wire", .file = ECB, .how = { DATES_WIRE, .days = 2 }, .weight = 1000 },
	{ .name = "sample", .file = SAMPLE, .how = { DATES_KEPT, .by_language = true }, .weight = 700 },
	{ .name = "ecb+, small", .file = ECB, .how = { DATES_HIDDEN }, .nights = 12, .weight = 500 },
	{ .name = "gva, small", .file = GVA, .how = { DATES_HIDDEN }, .nights = 40, .weight = 500 },
	{ .name = "ecb+, 3 d, small", .file = ECB, .how = { DATES_TIMED, .days = 3 }, .nights = 12, .weight = 500 },
	{ .name = "gva, 3 d, small", .file = GVA, .how = { DATES_TIMED, .days = 3 }, .nights = 40, .weight = 300 },
	/* nothing but unrelated articles, and events whose siblings are not there */
	{ .name = "ecb+, apart", .file = ECB, .how = { DATES_HIDDEN }, .nights = 8, .apart = true, .weight = 300 },
	{ .name = "ntrex", .file = NTREX, .how = { DATES_HIDDEN, .by_language = true }, .weight = 300 },
	{ .name = "ntrex, 2 d", .file = NTREX, .how = { DATES_SQUEEZED, .days = 2, .by_language = true }, .weight = 200 },
	{ .name = "ntrex, wire", .file = NTREX, .how = { DATES_WIRE, .days = 2, .by_language = true }, .weight = 200 },
	{ .name = "udpud", .file = UDPUD, .how = { DATES_HIDDEN, .by_language = true }, .weight = 5000 },
	{ .name = "udpud, 2 d", .file = UDPUD, .how = { DATES_SQUEEZED, .days = 2, .by_language = true }, .weight = 4000 },
	{ .name = "udpud, wire", .file = UDPUD, .how = { DATES_WIRE, .days = 2, .by_language = true }, .weight = 4000 },
	{ .name = "gva, titles", .file = GVA, .how = { DATES_KEPT, .titles = true }, .weight = 1000 },
	{ .name = "ecb+, titles", .file = ECB, .how = { DATES_HIDDEN, .titles = true }, .weight = 500 },
	{ .name = "ecb+, titles apart", .file = ECB, .how = { DATES_HIDDEN, .titles = true }, .nights = 8, .apart = true, .weight = 500 },
};

enum { SETS = sizeof(sets) / sizeof(*sets) };

static bool quick;          /* no best stops */
static double stop;         /* what runs stop at */
static nb_lexicon *lexicon; /* NULL: there is none */

static void die(const char *what)
{
	fprintf(stderr, "bench_events: %s\n", what);
	exit(1);
}

static void *must(void *p)
{
	if (!p)
		die("no memory");
	return p;
}

/* ---- a set ---- */

static double count_recall(const event_set *s)
{
	uint32_t *size = must(calloc(s->gold.n_events + 1, sizeof(*size)));
	double pairs = 0;

	for (uint32_t i = 0; i < s->gold.night.n; i++)
		pairs += size[s->gold.event[i]]++;
	free(size);
	return (double)s->n_same / pairs;
}

static void add_candidates(event_set *s, const nb_pair_context *c, const uint32_t *article)
{
	if (NB_GROW(s->pair, &s->room, s->n + c->candidates.n) != NB_OK)
		die("no memory");
	for (size_t k = 0; k < c->candidates.n; k++) {
		uint32_t i = (uint32_t)c->candidates.pair[k];
		uint32_t j = (uint32_t)(c->candidates.pair[k] >> 32);
		pair *p = &s->pair[s->n++];

		*p = (pair){ .a = article[i], .b = article[j] };
		p->same = s->gold.event[p->a] == s->gold.event[p->b];
		p->kind = nb_pair_kind_of(c, i, j);
		nb_pair_features(c, i, j, p->feature);
	}
}

/* The candidates among articles of one language. */
static void open_language(event_set *s, const uint32_t *article, uint32_t n)
{
	nb_related_options o;
	nb_related_stats stats = { 0 };
	nb_pair_context c;
	nb_error err = { 0 };

	nb_related_options_init(&o);
	o.lexicon = lexicon;
	if (nb_pair_context_make(&s->gold.night, article, n, &o, &c, &stats, &err) != NB_OK)
		die(err.reason);
	add_candidates(s, &c, article);
	nb_pair_context_release(&c);
}

static uint64_t language_of(const event_set *s, uint32_t i)
{
	nb_article meta;

	nb_night_article(&s->gold.night, i, &meta);
	return nb_language_key(meta.lang);
}

static unsigned night_of(const event_set *s, uint32_t i)
{
	unsigned nights = s->nights ? s->nights : 1;

	/* events are numbered by label, so that the two of a topic are neighbours */
	return s->apart ? s->gold.event[i] % 2 + 2 * (s->gold.topic[i] % (nights / 2))
			: s->gold.topic[i] % nights;
}

/* The candidates of one of a set's nights. */
static void open_night(event_set *s, unsigned night)
{
	uint32_t *article = must(malloc((s->gold.night.n + 1) * sizeof(*article))), n;
	uint64_t last = 0, next;

	do {
		next = UINT64_MAX;
		n = 0;
		for (uint32_t i = 0; i < s->gold.night.n; i++) {
			uint64_t lang = language_of(s, i);

			if (lang == last && night_of(s, i) == night)
				article[n++] = i;
			if (lang > last && lang < next)
				next = lang;
		}
		if (n)
			open_language(s, article, n);
		last = next;
	} while (next < UINT64_MAX);
	free(article);
}

static void open_set(event_set *s)
{
	unsigned nights = s->nights ? s->nights : 1;
	int failed = labelled_load(s->file, &s->how, &s->gold);

	if (failed == -2)
		die("a set cannot be loaded");
	s->absent = failed != 0;
	for (unsigned k = 0; !s->absent && k < nights; k++)
		open_night(s, k);
	for (size_t k = 0; k < s->n; k++)
		s->n_same += s->pair[k].same;
	s->recall = s->absent ? 0 : count_recall(s);
}

/* ---- training ---- */

static bool touches(const event_set *s, const pair *p, int fold)
{
	return s->gold.topic[p->a] / 64 % FOLDS == (uint32_t)fold ||
	       s->gold.topic[p->b] / 64 % FOLDS == (uint32_t)fold;
}

/* Pairs of a set without two folds, all true ones together weighing what the set weighs. */
static void add_pairs(const event_set *s, int without, int nor, train_set out[NB_PAIR_KINDS])
{
	double each = s->weight / (double)(s->n_same ? s->n_same : s->n);

	for (size_t k = 0; k < s->n; k++) {
		const pair *p = &s->pair[k];

		if (touches(s, p, without) || touches(s, p, nor))
			continue;
		if (train_set_add(&out[p->kind], p->feature, p->same, (float)each) != 0)
			die("no memory");
	}
}

/* Learn from every set that weighs something and whose file is `only` (NULL: all). */
static void learn(int without, int nor, const char *only, const train_options *o, trained *out)
{
	train_set part[NB_PAIR_KINDS] = { 0 };

	for (int k = 0; k < SETS; k++)
		if (!sets[k].absent && sets[k].weight > 0 && (!only || !strcmp(only, sets[k].file)))
			add_pairs(&sets[k], without, nor, part);
	if (train_scorer(part, o, out) != 0)
		die("training failed");
	for (int k = 0; k < NB_PAIR_KINDS; k++)
		train_set_release(&part[k]);
}

/* ---- scoring ---- */

static void score_pair(pair *p, const nb_scorer *scorer)
{
	const float *f = p->feature;
	const nb_score_model *m = scorer->model[p->kind];

	p->score[TREES] = nb_probability(nb_score_trees(scorer, m, f));
	p->score[LINEAR] = nb_probability(nb_score_linear(m, f));
	p->score[MIXED] = nb_probability(nb_score_mixed(scorer, p->kind, f));
	p->score[COSINES] = (0.6f * f[NB_PAIR_WORDS] + 0.4f * f[NB_PAIR_ENTITIES]) *
			    (p->kind != NB_PAIR_UNDATED ? f[NB_PAIR_DAYS_7] : 1);
}

/* Pairs between two folds, or all of them (-1). */
static void score_set(event_set *s, int x, int y, const nb_scorer *scorer)
{
	for (size_t k = 0; k < s->n; k++) {
		int a = (int)(s->gold.topic[s->pair[k].a] / 64 % FOLDS);
		int b = (int)(s->gold.topic[s->pair[k].b] / 64 % FOLDS);

		if (x < 0 || (a == x && b == y) || (a == y && b == x))
			score_pair(&s->pair[k], scorer);
	}
}

/* One model for each two folds; they are learned side by side. */
static void score_by_folds(const train_options *o)
{
	enum { MODELS = FOLDS * (FOLDS + 1) / 2 };
	int fold[MODELS][2], n = 0;

	for (int x = 0; x < FOLDS; x++)
		for (int y = x; y < FOLDS; y++, n++) {
			fold[n][0] = x;
			fold[n][1] = y;
		}
#pragma omp parallel for schedule(dynamic, 1)
	for (int m = 0; m < MODELS; m++) {
		trained *t = must(malloc(sizeof(*t)));

		learn(fold[m][0], fold[m][1], NULL, o, t);
		for (int k = 0; k < SETS; k++)
			if (!sets[k].absent)
				score_set(&sets[k], fold[m][0], fold[m][1], &t->scorer);
		free(t);
	}
}

/* ---- measuring ---- */

static nb_agreement measure(const event_set *s, kind by, double least)
{
	uint32_t n = s->gold.night.n;
	nb_link *link = must(malloc((s->n + 1) * sizeof(*link)));
	uint32_t *label = must(malloc((n + 1) * sizeof(*label)));
	uint32_t *lang = must(calloc(n + 1, sizeof(*lang)));
	nb_agreement a;

	for (size_t k = 0; k < s->n; k++)
		link[k] = (nb_link){ s->pair[k].a, s->pair[k].b, s->pair[k].score[by] };
	if (nb_linkage_average(n, link, s->n, NULL, least, label) != NB_OK ||
	    nb_agreement_measure(s->gold.event, label, lang, n, &a) != NB_OK)
		die("clustering failed");
	free(link);
	free(label);
	free(lang);
	return a;
}

/* The stop with the highest sum of both measures: optimistic, for comparison only. */
static double best_stop(const event_set *s, kind by)
{
	double best = 0, most = -1;

	for (double at = 0.02; at < 0.98; at += 0.02) {
		nb_agreement a = measure(s, by, at);

		if (a.bcubed.f1 + a.pairwise.f1 > most) {
			most = a.bcubed.f1 + a.pairwise.f1;
			best = at;
		}
	}
	return best;
}

/* Where no pair is right. */
static void say_wrong(const event_set *s)
{
	for (int by = 0; by < COSINES; by++) {
		size_t n = 0;

		for (size_t k = 0; k < s->n; k++)
			n += s->pair[k].score[by] >= stop;
		printf("  %zu wrong  ", n);
	}
	printf(" of %zu pairs, %u articles\n", s->n, s->gold.night.n);
}

static void say_set(const event_set *s)
{
	nb_agreement m;

	if (s->absent) {
		printf("%-18s skipped: %s is not there\n", s->name, s->file);
		return;
	}
	m = measure(s, MIXED, stop);
	printf("%-18s", s->name);
	if (s->n_same == 0) {
		say_wrong(s);
		return;
	}
	for (int k = 0; k < KINDS; k++) {
		nb_agreement a = measure(s, (kind)k, stop);

		if (k != COSINES)
			printf("  %.3f/%.3f", a.bcubed.f1, a.pairwise.f1);
		if (!quick) {
			double best = best_stop(s, (kind)k);
			nb_agreement b = measure(s, (kind)k, best);

			printf(" (%.3f/%.3f at %.2f)", b.bcubed.f1, b.pairwise.f1, best);
		}
	}
	printf("  pairwise p %.2f r %.2f, %zu true, recall %.3f, %.0f pairs an article\n", m.pairwise.p,
	       m.pairwise.r, s->n_same, s->recall,
	       (double)s->n / s->gold.night.n);
	fflush(stdout);
}

static void say_all(const char *what)
{
	printf("\n%s: BCubed F1 / pairwise F1 at %.2f (at the set's own best)\n%-16s", what,
	       stop, "");
	for (int k = 0; k < KINDS; k++)
		printf("  %-33s", kind_name[k]);
	printf("\n");
	for (int k = 0; k < SETS; k++)
		say_set(&sets[k]);
}

/* One kind of data teaches, the others are measured whole. */
static void cross(const char *only, const train_options *o)
{
	trained *t = must(malloc(sizeof(*t)));
	char what[80];

	learn(-1, -1, only, o, t);
	for (int k = 0; k < SETS; k++)
		if (!sets[k].absent)
			score_set(&sets[k], -1, -1, &t->scorer);
	snprintf(what, sizeof(what), "trained on %s alone (its own rows are fitted)", only);
	say_all(what);
	free(t);
}

static void write_table(const train_options *o, const char *figures)
{
	trained *t = must(malloc(sizeof(*t)));
	FILE *out = fopen("src/data/scorer_table.c", "w");

	if (!out)
		die("src/data/scorer_table.c cannot be written: run from the top folder");
	learn(-1, -1, NULL, o, t);
	scorer_table_write(t, figures, out);
	if (fclose(out) != 0)
		die("src/data/scorer_table.c cannot be written");
	free(t);
}

int main(int argc, char **argv)
{
	train_options o;
	nb_events_options events;
	char figures[4096] = "";
	bool train = false, across = false;
	nb_error err = { 0 };

	train_options_init(&o);
	nb_events_options_init(&events);
	stop = events.related_stop;
	for (int i = 1; i < argc; i++) {
		quick |= strcmp(argv[i], "--quick") == 0;
		train |= strcmp(argv[i], "--train") == 0;
		across |= strcmp(argv[i], "--cross") == 0;
	}
	if (nb_lexicon_open(LEXICON, &lexicon, &err) != NB_OK)
		printf("no lexicon (%s): no stop words\n", LEXICON);
	for (int k = 0; k < SETS; k++)
		open_set(&sets[k]);
	score_by_folds(&o);
	say_all("folds");
	for (int k = 0; k < SETS; k++) {
		nb_agreement a;

		if (sets[k].absent || sets[k].n_same == 0)
			continue;
		a = measure(&sets[k], MIXED, stop);
		snprintf(figures + strlen(figures), sizeof(figures) - strlen(figures),
			 "%-18s %.3f / %.3f\n", sets[k].name, a.bcubed.f1, a.pairwise.f1);
	}
	if (train)
		write_table(&o, figures);
	if (across) {
		cross(GVA, &o);
		cross(ECB, &o);
	}
	for (int k = 0; k < SETS; k++) {
		labelled_release(&sets[k].gold);
		free(sets[k].pair);
	}
	nb_lexicon_free(lexicon);
	return 0;
}
