/* SPDX-License-Identifier: MIT
 *
 * event_sets.c - see event_sets.h.
 */
#include "event_sets.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/array.h"
#include "newsbraid/linkage.h"

enum { FOLDS = 4 };

#define DATA "../shared/data/"
#define LEXICON "build/data/newsbraid.lex"

#define NTREX "build/bench/ntrex.jsonl" /* ntrex.jq says which are not unrelated */
#define UDPUD DATA "udpud.jsonl.zst"
#define GVA   DATA "gva-dev.jsonl.zst"
#define ECB   DATA "ecbplus.jsonl.zst"
#define SAMPLE "build/bench/sample.jsonl" /* the sample night, by sample.jq */

/* Real dates say more than drawn ones, but nights are short and gva-dev is years. */
static const event_set sets[] = {
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

_Noreturn void die(const char *what)
{
	fprintf(stderr, "newsbraid: %s\n", what);
	exit(1);
}

void *must(void *p)
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
		event_pair *p = &s->pair[s->n++];

		*p = (event_pair){ .a = article[i], .b = article[j] };
		p->same = s->gold.event[p->a] == s->gold.event[p->b];
		p->kind = nb_pair_kind_of(c, i, j);
		nb_pair_features(c, i, j, p->feature);
	}
}

/* The candidates among articles of one language. */
static void open_language(event_set *s, const nb_lexicon *lexicon, const uint32_t *article,
			  uint32_t n)
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
static void open_night(event_set *s, const nb_lexicon *lexicon, unsigned night)
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
			open_language(s, lexicon, article, n);
		last = next;
	} while (next < UINT64_MAX);
	free(article);
}

static void open_set(event_set *s, const nb_lexicon *lexicon)
{
	unsigned nights = s->nights ? s->nights : 1;
	int failed = labelled_load(s->file, &s->how, &s->gold);

	if (failed == -2)
		die("a set cannot be loaded");
	s->absent = failed != 0;
	for (unsigned k = 0; !s->absent && k < nights; k++)
		open_night(s, lexicon, k);
	for (size_t k = 0; k < s->n; k++)
		s->n_same += s->pair[k].same;
	s->recall = s->absent ? 0 : count_recall(s);
}

static size_t absent(const char *path)
{
	if (access(path, R_OK) == 0)
		return 0;
	fprintf(stderr, "%s is not there\n", path);
	return 1;
}

size_t event_sets_absent(void)
{
	size_t n = absent(LEXICON);

	for (size_t k = 0; k < SETS; k++) {
		bool asked = false;

		for (size_t before = 0; before < k; before++)
			asked |= strcmp(sets[before].file, sets[k].file) == 0;
		n += asked ? 0 : absent(sets[k].file);
	}
	return n;
}

nb_lexicon *event_sets_lexicon(void)
{
	nb_lexicon *lexicon = NULL;
	nb_error err = { 0 };

	if (nb_lexicon_open(LEXICON, &lexicon, &err) != NB_OK)
		fprintf(stderr, "no lexicon (%s): no stop words\n", LEXICON);
	return lexicon;
}

event_set *event_sets_open(const nb_lexicon *lexicon, size_t *n)
{
	event_set *set = must(malloc(sizeof(sets)));

	memcpy(set, sets, sizeof(sets));
	*n = SETS;
	for (size_t k = 0; k < *n; k++)
		open_set(&set[k], lexicon);
	return set;
}

void event_sets_release(event_set *set, size_t n)
{
	for (size_t k = 0; k < n; k++) {
		labelled_release(&set[k].gold);
		free(set[k].pair);
	}
	free(set);
}

/* ---- training ---- */

static bool touches(const event_set *s, const event_pair *p, int fold)
{
	return s->gold.topic[p->a] / 64 % FOLDS == (uint32_t)fold ||
	       s->gold.topic[p->b] / 64 % FOLDS == (uint32_t)fold;
}

/* Pairs of a set without two folds, all true ones together weighing what the set weighs. */
static void add_pairs(const event_set *s, int without, int nor, train_set out[NB_PAIR_KINDS])
{
	double each = s->weight / (double)(s->n_same ? s->n_same : s->n);

	for (size_t k = 0; k < s->n; k++) {
		const event_pair *p = &s->pair[k];

		if (touches(s, p, without) || touches(s, p, nor))
			continue;
		if (train_set_add(&out[p->kind], p->feature, p->same, (float)each) != 0)
			die("no memory");
	}
}

static void learn(const event_set *set, size_t n, int without, int nor, const char *only,
		  const train_options *o, trained *out)
{
	train_set part[NB_PAIR_KINDS] = { 0 };

	for (size_t k = 0; k < n; k++)
		if (!set[k].absent && set[k].weight > 0 && (!only || !strcmp(only, set[k].file)))
			add_pairs(&set[k], without, nor, part);
	if (train_scorer(part, o, out) != 0)
		die("training failed");
	for (int k = 0; k < NB_PAIR_KINDS; k++)
		train_set_release(&part[k]);
}

void event_sets_learn(const event_set *set, size_t n, const char *only, const train_options *o,
		      trained *out)
{
	learn(set, n, -1, -1, only, o, out);
}

/* ---- scoring ---- */

static void score_pair(event_pair *p, const nb_scorer *scorer)
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

void event_set_score(event_set *s, const nb_scorer *scorer)
{
	score_set(s, -1, -1, scorer);
}

/* One model for each two folds; they are learned side by side. */
void event_sets_score_by_folds(event_set *set, size_t n_sets, const train_options *o)
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

		learn(set, n_sets, fold[m][0], fold[m][1], NULL, o, t);
		for (size_t k = 0; k < n_sets; k++)
			if (!set[k].absent)
				score_set(&set[k], fold[m][0], fold[m][1], &t->scorer);
		free(t);
	}
}

/* ---- measuring ---- */

nb_agreement event_set_measure(const event_set *s, score_kind by, double stop)
{
	uint32_t n = s->gold.night.n;
	nb_link *link = must(malloc((s->n + 1) * sizeof(*link)));
	uint32_t *label = must(malloc((n + 1) * sizeof(*label)));
	uint32_t *lang = must(calloc(n + 1, sizeof(*lang)));
	nb_agreement a;

	for (size_t k = 0; k < s->n; k++)
		link[k] = (nb_link){ s->pair[k].a, s->pair[k].b, s->pair[k].score[by] };
	if (nb_linkage_average(n, link, s->n, NULL, stop, label) != NB_OK ||
	    nb_agreement_measure(s->gold.event, label, lang, n, &a) != NB_OK)
		die("clustering failed");
	free(link);
	free(label);
	free(lang);
	return a;
}
