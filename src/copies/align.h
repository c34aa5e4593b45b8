/* SPDX-License-Identifier: MIT
 *
 * align.h - the passages two texts share, and the facts in which they differ.
 */
#ifndef NB_COPIES_ALIGN_H
#define NB_COPIES_ALIGN_H

#include "copies/prepared.h"

/* A maximal run of equal tokens, at least one shingle long: a[a..a + n) equals b[b..b + n). */
typedef struct nb_shared_run {
	uint32_t a, b, n;
} nb_shared_run;

#define NB_RUNS 4096u /* runs kept; a pair broken into more is told by its first ones */

/**
 * Shared passages in order of b, each token of b in at most one.
 *
 * @param run  out: room for NB_RUNS
 * @return number of runs
 *
 * Greedy: at each place of b the passage that continues the one before it, else the first that
 * starts there.  O(|a| + |b|) table look-ups.
 */
size_t nb_align_runs(const nb_prepared *a, const nb_prepared *b, nb_shared_run *run);

/* Facts of two texts: numbers, and words capitalised inside a sentence. */
typedef struct nb_facts {
	uint32_t numbers, numbers_differ; /* compared, and how many of them differ */
	uint32_t names, names_differ;
} nb_facts;

/**
 * Compare the facts of two texts.
 *
 * Facts inside runs agree.  Between two runs that follow each other in both texts, a short stretch
 * was replaced by another: there a number facing another number, or a name facing another name, is
 * a fact that differs, once however often it is repeated.  What was only added or only cut differs
 * in nothing.  Where the openings of
 * the texts face each other, words that open a sentence count too: whom a report is about stands
 * there.  Openings and ends are looked at only where they are very short, else they may be the
 * furniture of a page; or where they have the same words beside their numbers, as tables do.
 */
nb_facts nb_align_facts(const nb_prepared *a, const nb_prepared *b, const nb_shared_run *run,
			size_t n_runs);

/** Facts that differ where tokens [a0, a1) of a were replaced by [b0, b1) of b; none if a stretch
 * is too long to be a replacement, or begins after its end (a passage that moved). */
nb_facts nb_align_replaced(const nb_prepared *a, uint32_t a0, uint32_t a1, const nb_prepared *b,
			   uint32_t b0, uint32_t b1);

#endif
