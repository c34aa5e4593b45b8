/* SPDX-License-Identifier: MIT
 *
 * bench_events.c - how well events inside one language are found, and the training of the scorer.
 *
 *     make bench-events                 the scorer learned anew by folds, on every set
 *     make bench-events ARGS=--quick    the same without the best stops
 *     make bench-events ARGS=--train    and a new src/match/scorer_table.c from all of them
 *     make bench-events ARGS=--cross    and learned on one kind of data alone
 *
 * Sets are ecbplus and gva-dev of the data folder, and what can be made of them: dates hidden, all
 * events moved into ten days, titles alone.  A pair is scored by a model that has seen no pair with
 * an event (for ecbplus: a topic) of either article's fold.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "bench.h"
#include "labelled.h"
#include "match/scorer.h"
#include "newsbraid/agreement.h"
#include "newsbraid/linkage.h"
#include "scorer_table.h"

enum { FOLDS = LABELLED_FOLDS, KINDS = 4 };

typedef enum kind { MIXED, TREES, LINEAR, COSINES } kind;

static const char *const kind_name[KINDS] = { "mixed", "trees", "linear", "cosines" };

/* A set, its pairs and what they were given. */
typedef struct event_set {
	const char *name, *file;
	labelled_how how;
	bool trains; /* is trained on; all are measured */
	labelled gold;
	nb_pair_context context;
	float (*feature)[NB_PAIR_FEATURE_COUNT];
	float *score[KINDS]; /* by pair: probability */
	size_t n;
	double recall; /* of gold pairs, by the candidates */
	bool absent;
} event_set;

#define DATA "../shared/data/"

static event_set sets[] = {
	{ .name = "gva", .file = "gva-dev", .trains = true },
	{ .name = "gva, ten days", .file = "gva-dev", .how = { DATES_SQUEEZED, .days = 10 }, .trains = true },
	{ .name = "gva, no dates", .file = "gva-dev", .how = { DATES_HIDDEN }, .trains = true },
	{ .name = "ecb+", .file = "ecbplus", .how = { DATES_HIDDEN }, .trains = true },
	{ .name = "ecb+, ten days", .file = "ecbplus", .how = { DATES_SQUEEZED, .days = 10 }, .trains = true },
	{ .name = "gva, titles", .file = "gva-dev", .how = { DATES_KEPT, .titles = true } },
	{ .name = "ecb+, titles", .file = "ecbplus", .how = { DATES_HIDDEN, .titles = true } },
};

enum { SETS = sizeof(sets) / sizeof(*sets) };

static bool quick; /* no best stops */

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

static uint32_t pair_a(const event_set *s, size_t k)
{
	return (uint32_t)s->context.candidates.pair[k];
}

static uint32_t pair_b(const event_set *s, size_t k)
{
	return (uint32_t)(s->context.candidates.pair[k] >> 32);
}

static bool same_event(const event_set *s, size_t k)
{
	return s->gold.event[pair_a(s, k)] == s->gold.event[pair_b(s, k)];
}

static double count_recall(const event_set *s)
{
	uint32_t *size = must(calloc(s->gold.n_events + 1, sizeof(*size)));
	double pairs = 0, found = 0;

	for (uint32_t i = 0; i < s->gold.night.n; i++)
		pairs += size[s->gold.event[i]]++;
	for (size_t k = 0; k < s->n; k++)
		found += same_event(s, k);
	free(size);
	return found / pairs;
}

static void open_set(event_set *s)
{
	char path[512];
	nb_related_options o;
	nb_related_stats stats = { 0 };
	nb_error err = { 0 };
	uint32_t *article;
	int failed;

	snprintf(path, sizeof(path), DATA "%s.jsonl.zst", s->file);
	failed = labelled_load(path, &s->how, &s->gold);
	if (failed == -2)
		die("a set cannot be loaded");
	s->absent = failed != 0;
	if (s->absent)
		return;
	article = must(malloc((s->gold.night.n + 1) * sizeof(*article)));
	for (uint32_t i = 0; i < s->gold.night.n; i++)
		article[i] = i;
	nb_related_options_init(&o);
	if (nb_pair_context_make(&s->gold.night, article, s->gold.night.n, &o, &s->context, &stats,
				 &err) != NB_OK)
		die(err.reason);
	s->n = s->context.candidates.n;
	s->feature = must(malloc((s->n + 1) * sizeof(*s->feature)));
	for (int k = 0; k < KINDS; k++)
		s->score[k] = must(calloc(s->n + 1, sizeof(float)));
	for (size_t k = 0; k < s->n; k++)
		nb_pair_features(&s->context, pair_a(s, k), pair_b(s, k), s->feature[k]);
	s->recall = count_recall(s);
	free(article);
}

static bool is_dated(const event_set *s)
{
	return s->how.dates != DATES_HIDDEN;
}

/* ---- training ---- */

/* Pairs of a set without two folds, all positive ones together weighing `total`. */
static void add_pairs(const event_set *s, int without, int nor, double total, train_set *out)
{
	double positive = 0;

	for (size_t k = 0; k < s->n; k++)
		positive += same_event(s, k);
	for (size_t k = 0; k < s->n; k++) {
		int a = s->gold.fold[pair_a(s, k)], b = s->gold.fold[pair_b(s, k)];

		if (a == without || a == nor || b == without || b == nor)
			continue;
		if (train_set_add(out, s->feature[k], same_event(s, k),
				  (float)(total / positive)) != 0)
			die("no memory");
	}
}

/* Real dates say more than drawn ones, but nights are short and gva-dev is years. */
static double weight_of(const event_set *s)
{
	return s->how.dates == DATES_SQUEEZED ? 1000 : 2000;
}

/* Learn from every set that trains and whose file is `only` (NULL: all). */
static void learn(int without, int nor, const char *only, const train_options *o, trained *out)
{
	train_set part[2] = { 0 };

	for (int k = 0; k < SETS; k++)
		if (!sets[k].absent && sets[k].trains && (!only || !strcmp(only, sets[k].file)))
			add_pairs(&sets[k], without, nor, weight_of(&sets[k]), &part[is_dated(&sets[k])]);
	if (train_scorer(&part[0], &part[1], o, out) != 0)
		die("training failed");
	train_set_release(&part[0]);
	train_set_release(&part[1]);
}

/* ---- scoring ---- */

static void score_pair(event_set *s, size_t k, const nb_scorer *scorer)
{
	const float *f = s->feature[k];
	uint32_t a = pair_a(s, k), b = pair_b(s, k);
	bool dated = nb_pair_dated(&s->context, a, b);
	const nb_score_model *m = dated ? scorer->dated : scorer->undated;
	double days = s->context.day[a] - s->context.day[b];

	s->score[TREES][k] = nb_probability(nb_score_trees(scorer, m, f));
	s->score[LINEAR][k] = nb_probability(nb_score_linear(m, f));
	s->score[MIXED][k] = nb_pair_headline(&s->context, a, b)
				     ? nb_headline_probability(f[NB_PAIR_WORDS], days)
				     : nb_probability(nb_score_mixed(scorer, dated, f));
	s->score[COSINES][k] = (0.6f * f[NB_PAIR_WORDS] + 0.4f * f[NB_PAIR_ENTITIES]) *
			       (dated ? f[NB_PAIR_DAYS_7] : 1);
}

/* Pairs between two folds, or all of them (-1). */
static void score_set(event_set *s, int x, int y, const nb_scorer *scorer)
{
	for (size_t k = 0; k < s->n; k++) {
		int a = s->gold.fold[pair_a(s, k)], b = s->gold.fold[pair_b(s, k)];

		if (x < 0 || (a == x && b == y) || (a == y && b == x))
			score_pair(s, k, scorer);
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

static nb_agreement measure(const event_set *s, kind by, double stop)
{
	uint32_t n = s->gold.night.n;
	nb_link *link = must(malloc((s->n + 1) * sizeof(*link)));
	uint32_t *label = must(malloc((n + 1) * sizeof(*label)));
	uint32_t *lang = must(calloc(n + 1, sizeof(*lang)));
	nb_agreement a;

	for (size_t k = 0; k < s->n; k++)
		link[k] = (nb_link){ pair_a(s, k), pair_b(s, k), s->score[by][k] };
	if (nb_linkage_average(n, link, s->n, NULL, stop, label) != NB_OK ||
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

	for (double stop = 0.02; stop < 0.98; stop += 0.02) {
		nb_agreement a = measure(s, by, stop);

		if (a.bcubed.f1 + a.pairwise.f1 > most) {
			most = a.bcubed.f1 + a.pairwise.f1;
			best = stop;
		}
	}
	return best;
}

static void say_set(const event_set *s)
{
	if (s->absent) {
		printf("%-16s skipped: " DATA "%s.jsonl.zst is not there\n", s->name, s->file);
		return;
	}
	printf("%-16s", s->name);
	for (int k = 0; k < KINDS; k++) {
		nb_agreement a = measure(s, (kind)k, NB_RELATED_STOP);

		if (k != COSINES)
			printf("  %.3f/%.3f", a.bcubed.f1, a.pairwise.f1);
		if (!quick) {
			double best = best_stop(s, (kind)k);
			nb_agreement b = measure(s, (kind)k, best);

			printf(" (%.3f/%.3f at %.2f)", b.bcubed.f1, b.pairwise.f1, best);
		}
	}
	printf("  recall %.3f, %.0f pairs an article\n", s->recall,
	       (double)s->n / s->gold.night.n);
	fflush(stdout);
}

static void say_all(const char *what)
{
	printf("\n%s: BCubed F1 / pairwise F1 at %.2f (at the set's own best)\n%-16s", what,
	       NB_RELATED_STOP, "");
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
	FILE *out = fopen("src/match/scorer_table.c", "w");

	if (!out)
		die("src/match/scorer_table.c cannot be written: run from the top folder");
	learn(-1, -1, NULL, o, t);
	scorer_table_write(t, figures, out);
	if (fclose(out) != 0)
		die("src/match/scorer_table.c cannot be written");
	free(t);
}

int main(int argc, char **argv)
{
	train_options o;
	char figures[4096] = "";
	bool train = false, across = false;

	train_options_init(&o);
	for (int i = 1; i < argc; i++) {
		quick |= strcmp(argv[i], "--quick") == 0;
		train |= strcmp(argv[i], "--train") == 0;
		across |= strcmp(argv[i], "--cross") == 0;
	}
	for (int k = 0; k < SETS; k++)
		open_set(&sets[k]);
	score_by_folds(&o);
	say_all("folds");
	for (int k = 0; k < SETS; k++) {
		nb_agreement a;

		if (sets[k].absent)
			continue;
		a = measure(&sets[k], MIXED, NB_RELATED_STOP);
		snprintf(figures + strlen(figures), sizeof(figures) - strlen(figures),
			 "%-16s %.3f / %.3f\n", sets[k].name, a.bcubed.f1, a.pairwise.f1);
	}
	if (train)
		write_table(&o, figures);
	if (across) {
		cross("gva-dev", &o);
		cross("ecbplus", &o);
	}
	for (int k = 0; k < SETS; k++) {
		nb_pair_context_release(&sets[k].context);
		labelled_release(&sets[k].gold);
		free(sets[k].feature);
		for (int j = 0; j < KINDS; j++)
			free(sets[k].score[j]);
	}
	return 0;
}
