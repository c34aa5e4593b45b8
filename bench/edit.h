/* SPDX-License-Identifier: MIT
 *
 * edit.h - what is done to a report before it is printed again.
 */
#ifndef BENCH_EDIT_H
#define BENCH_EDIT_H

#include "report.h"

/** Keep about `share` (in 65536) of the tokens, at least 8, up to the end of a sentence. */
void edit_cut(struct report *r, uint32_t share);

/**
 * Replace words at this rate (in 65536); one change in eight leaves the word out instead.  In one
 * report of three the first number is corrected.
 */
void edit_words(const struct words *w, struct report *r, uint32_t rate, struct rng *rng);

/* The rest write r, changed, over m->out, and draw from m what is new. */

/** One to three paragraphs swapped, dropped or inserted. */
void edit_rearrange(struct maker *m, const struct report *r, struct rng *rng);

/** A longer piece that holds the report somewhere. */
void edit_embed(struct maker *m, const struct report *r, struct rng *rng);

/** A line of the menu of this source (a seed), the report, and teasers of other stories. */
void edit_furnish(struct maker *m, const struct report *r, uint64_t source, struct rng *rng);

#endif
