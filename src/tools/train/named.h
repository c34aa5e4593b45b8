/* SPDX-License-Identifier: MIT
 *
 * named.h - what a name in common weighs against the share of a translation's alignment, when two
 * texts of different languages are asked whether they report one event: the coefficients behind
 * across_named of nb_events_options.
 */
#ifndef NB_TOOLS_NAMED_H
#define NB_TOOLS_NAMED_H

#include <stdbool.h>

enum { NAMED_SETS = 8, NAMED_TERMS = 3 }; /* one, share, root of the names */

/* A link between two texts. */
typedef struct named_row {
	double x[NAMED_TERMS];
	bool same;
	unsigned set;
} named_row;

typedef struct named_rows {
	named_row *row;
	unsigned long n, room;
	unsigned long of_set[NAMED_SETS]; /* rows of each */
} named_rows;

/** One link: its share, the names in common, and what gold says.  0; -1: no memory. */
int named_add(named_rows *r, unsigned set, double share, unsigned names, bool same);

/** Logistic regression in which each set weighs as much as another; coefficient[0..NAMED_TERMS).  Rows of set `without` are left out. */
void named_fit(const named_rows *r, unsigned without, double *coefficient);

/** Best F1 over all thresholds on the rows of one set; names_too: by the whole model, else by share. */
double named_f1(const named_rows *r, unsigned set, const double *coefficient, bool names_too);

void named_release(named_rows *r);

#endif
