/* SPDX-License-Identifier: MIT
 *
 * ceiling.h - how many pairs a second the ports or the loads of a core allow at most.
 *
 * Operations are counted from the algorithm, not from the object code: what the compiler adds shows
 * as a lower percentage.  How many a cycle the core does is measured (ports.h).
 */
#ifndef BENCH_CEILING_H
#define BENCH_CEILING_H

#include <stddef.h>

#include "newsbraid/isa.h"
#include "ports.h"

/* Operations for one vector of documents, and what else limits it. */
typedef struct cost {
	nb_isa isa;
	double pairs;           /* in one vector */
	double ops[PORT_KINDS]; /* ops[PORT_LOGIC]: all of them; the others: those of a kind */
	double bytes;           /* read for one vector, from the memory that `bandwidth` is of */
} cost;

/**
 * Differing lanes of one query and one vector of documents, width words x planes, then `look`
 * operations to see whether any count is of interest.
 */
cost bound_cost(nb_isa isa, double width, double planes, double look);

/** Pairs/s at this clock and read bandwidth; says how in `how`. */
double ceiling_of(const cost *c, double clock, double bandwidth, char *how, size_t room);

#endif
