/* SPDX-License-Identifier: MIT
 *
 * train_scorer.c - learns the scorer of related.h: src/data/scorer.txt.
 *
 *     make train
 *
 * Every set must be there: a scorer that was learned from some of them is another scorer.  The same
 * sets, lexicon and source give the same bytes.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "event_sets.h"
#include "newsbraid/events.h"
#include "scorer_text.h"

#define OUTPUT "src/data/scorer.txt"

/* A line for each set with true pairs. */
static void list_figures(const event_set *set, size_t n, char *out, size_t room)
{
	nb_events_options o;
	size_t used = 0;

	nb_events_options_init(&o);
	*out = '\0';
	for (size_t k = 0; k < n && used < room; k++) {
		nb_agreement a;

		if (set[k].n_same == 0)
			continue;
		a = event_set_measure(&set[k], MIXED, o.related_stop);
		used += (size_t)snprintf(out + used, room - used, "%-18s %.3f / %.3f\n", set[k].name,
					 a.bcubed.f1, a.pairwise.f1);
	}
}

static void write_scorer(const event_set *set, size_t n, const train_options *o)
{
	trained *t = must(malloc(sizeof(*t)));
	char figures[4096];
	FILE *out;

	list_figures(set, n, figures, sizeof(figures));
	event_sets_learn(set, n, NULL, o, t);
	out = fopen(OUTPUT ".tmp", "w");
	if (!out)
		die(OUTPUT " cannot be written: run from the top folder");
	scorer_text_write(t, figures, out);
	if (ferror(out) | fclose(out) || rename(OUTPUT ".tmp", OUTPUT) != 0)
		die(OUTPUT " cannot be written");
	free(t);
}

int main(void)
{
	train_options o;
	nb_lexicon *lexicon;
	event_set *set;
	size_t n;

	if (event_sets_absent() > 0)
		die("the scorer is learned from all of its sets or not at all; src/data/SETS.md says "
		    "where they come from");
	lexicon = event_sets_lexicon();
	set = event_sets_open(lexicon, &n);
	train_options_init(&o);
	event_sets_score_by_folds(set, n, &o);
	write_scorer(set, n, &o);
	event_sets_release(set, n);
	nb_lexicon_free(lexicon);
	return 0;
}
