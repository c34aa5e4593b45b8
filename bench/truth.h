/* SPDX-License-Identifier: MIT
 *
 * truth.h - what a run said about a generated night, held against the texts.
 *
 *   text            what the program says the report is (reports.h): furniture is off
 *   true pair       two articles made from one report whose texts pass the program's own test:
 *                   equal tokens, or exact Jaccard or containment at its threshold, neither text
 *                   too short
 *   found pair      one found group, or a published edge that says copy; an edge stands for all
 *                   articles with the same tokens as its two ends, the program publishes one
 *   recall          found pairs among the true pairs.  Each article is held
 *                   against at most 64 earlier ones of its unit, evenly chosen
 *   copies found    articles that exact leader clustering over all true pairs puts after a leader,
 *                   and that the program puts after an article of the same report
 *   precision       published copy edges that are true pairs, among all of them
 *   series pairs    two of a series (same text, other facts) that pass the test all the same:
 *                   they must not be joined
 *
 * found.h and reports.h read what was published, exact.h compares texts, recall.h judges one unit.
 */
#ifndef BENCH_TRUTH_H
#define BENCH_TRUTH_H

#include <stdint.h>
#include <stdio.h>

#include "found.h"
#include "generate.h"
#include "reports.h"

/* Counts of a night or a part of one; only uint64_t, so that they can be added up. */
struct tally {
	uint64_t true_pairs, found_pairs;
	uint64_t true_of[GEN_KINDS], found_of[GEN_KINDS]; /* by the kind of the later article */
	uint64_t copies, copies_found, groups;
	uint64_t series_pairs, topic_pairs;    /* pass the test, but are different reports */
	uint64_t edges, edges_true;            /* that say copy */
	uint64_t edges_series, edges_apart;    /* ... join two reports of a unit, two units */
	uint64_t edges_below;                  /* ... whose texts do not pass the test */
	uint64_t scores_wrong;                 /* published scores that the texts do not bear out */
	uint64_t plain;                     /* articles that were given no furniture */
	uint64_t plain_cut[NB_CUT_REASONS]; /* ... of which something was cut, by reason */
	uint64_t failed;
};

/* Articles of different units among the first n, all pairs compared. */
struct unrelated {
	double jaccard, containment; /* largest of texts long enough to be compared */
	uint64_t pairs, copies;      /* pairs compared; pairs that pass the test */
};

/**
 * Judge a run.  Opens an OpenMP region; the counts are the same for every number of threads.
 * @param f      what it published, or NULL: only count and write the true pairs
 * @param reports  what it took for the reports, or NULL: the texts as they were made
 * @param pairs  file for all true pairs (earlier id, later id, Jaccard, containment, 1 if their
 *               tokens are equal), in no particular order, or NULL
 * @return 0, or -1: no memory
 */
int truth_judge(const gen_night *night, const struct found *f, const struct reports *reports,
		FILE *pairs, struct tally *out);

/** Compare the first n articles of the night by brute force; -1: no memory. */
int truth_unrelated(const gen_night *night, uint32_t n, struct unrelated *out);

#endif
