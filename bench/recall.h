/* SPDX-License-Identifier: MIT
 *
 * recall.h - one unit of a night judged: the inner part of truth.h.
 */
#ifndef BENCH_RECALL_H
#define BENCH_RECALL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "exact.h"
#include "truth.h"

/**
 * Count the pairs, copies and edges of a unit.
 * @param f      or NULL: only count and write the true pairs
 * @param edge   edge[0..n): the edges of f inside the unit
 * @param pairs  as in truth_judge
 * @param t      the counts are added; t->failed if there is no memory
 */
void recall_unit(struct judge *j, const gen_night *night, uint32_t unit, const struct found *f,
		 const uint32_t *edge, size_t n, FILE *pairs, struct tally *t);

/**
 * Count a published edge whose ends are a and b.
 * @param apart   they are of two units
 * @param series  they are of one series
 */
void recall_edge(const struct found_edge *e, const struct exact *a, const struct exact *b,
		 bool apart, bool series, const nb_copy_params *p, struct tally *t);

#endif
