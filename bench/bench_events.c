/* SPDX-License-Identifier: MIT
 *
 * bench_events.c - how well events inside one language are found.
 *
 *     make bench-events                 the scorer learned anew by folds, on every set
 *     make bench-events ARGS=--quick    the same without the best stops
 *     make bench-events ARGS=--cross    and learned on one kind of data alone
 *
 * src/data/SETS.md describes the sets; `make train` learns the scorer that is shipped.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "newsbraid/events.h"
#include "tools/train/event_sets.h"

static const char *const kind_name[SCORES] = { "mixed", "trees", "linear", "cosines" };

static bool quick;  /* no best stops */
static double stop; /* what runs stop at */

/* The stop with the highest sum of both measures: optimistic, for comparison only. */
static double best_stop(const event_set *s, score_kind by)
{
	double best = 0, most = -1;

	for (double at = 0.02; at < 0.98; at += 0.02) {
		nb_agreement a = event_set_measure(s, by, at);

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
	m = event_set_measure(s, MIXED, stop);
	printf("%-18s", s->name);
	if (s->n_same == 0) {
		say_wrong(s);
		return;
	}
	for (int k = 0; k < SCORES; k++) {
		nb_agreement a = event_set_measure(s, (score_kind)k, stop);

		if (k != COSINES)
			printf("  %.3f/%.3f", a.bcubed.f1, a.pairwise.f1);
		if (!quick) {
			double best = best_stop(s, (score_kind)k);
			nb_agreement b = event_set_measure(s, (score_kind)k, best);

			printf(" (%.3f/%.3f at %.2f)", b.bcubed.f1, b.pairwise.f1, best);
		}
	}
	printf("  pairwise p %.2f r %.2f, %zu true, recall %.3f, %.0f pairs an article\n", m.pairwise.p,
	       m.pairwise.r, s->n_same, s->recall,
	       (double)s->n / s->gold.night.n);
	fflush(stdout);
}

static void say_all(const event_set *set, size_t n, const char *what)
{
	printf("\n%s: BCubed F1 / pairwise F1 at %.2f (at the set's own best)\n%-16s", what,
	       stop, "");
	for (int k = 0; k < SCORES; k++)
		printf("  %-33s", kind_name[k]);
	printf("\n");
	for (size_t k = 0; k < n; k++)
		say_set(&set[k]);
}

/* One kind of data teaches, the others are measured whole. */
static void cross(event_set *set, size_t n, const char *only, const train_options *o)
{
	trained *t = must(malloc(sizeof(*t)));
	char what[80];

	event_sets_learn(set, n, only, o, t);
	for (size_t k = 0; k < n; k++)
		if (!set[k].absent)
			event_set_score(&set[k], &t->scorer);
	snprintf(what, sizeof(what), "trained on %s alone (its own rows are fitted)", only);
	say_all(set, n, what);
	free(t);
}

int main(int argc, char **argv)
{
	train_options o;
	nb_events_options events;
	nb_lexicon *lexicon = event_sets_lexicon();
	bool across = false;
	event_set *set;
	size_t n;

	train_options_init(&o);
	nb_events_options_init(&events);
	stop = events.related_stop;
	for (int i = 1; i < argc; i++) {
		quick |= strcmp(argv[i], "--quick") == 0;
		across |= strcmp(argv[i], "--cross") == 0;
	}
	set = event_sets_open(lexicon, &n);
	event_sets_score_by_folds(set, n, &o);
	say_all(set, n, "folds");
	for (size_t k = 0; across && k < n; k++)
		if (!strcmp(set[k].name, "gva") || !strcmp(set[k].name, "ecb+"))
			cross(set, n, set[k].file, &o);
	event_sets_release(set, n);
	nb_lexicon_free(lexicon);
	return 0;
}
