/* SPDX-License-Identifier: MIT
 *
 * labelled.h - a set of articles with gold events, as a night, with its dates changed or not.
 */
#ifndef BENCH_LABELLED_H
#define BENCH_LABELLED_H

#include "newsbraid/night.h"

enum { LABELLED_FOLDS = 4 };

typedef enum labelled_dates {
	DATES_KEPT,
	DATES_HIDDEN,
	DATES_SQUEEZED, /* every event begins on one of `days` days; the gaps inside it are kept,
			   or drawn where there are no dates */
} labelled_dates;

typedef struct labelled_how {
	labelled_dates dates;
	unsigned days;    /* for DATES_SQUEEZED */
	bool titles;      /* nothing but the titles; articles without one are left out */
	uint64_t part, parts; /* only events of this part, by hash; 0, 0: all */
	size_t characters; /* only the first ones of each text; 0: all */
} labelled_how;

typedef struct labelled {
	nb_night night;
	uint32_t *event; /* [0..night.n): dense number of the gold event */
	uint8_t *fold;   /* [0..night.n): by event, or by topic where events have one */
	uint32_t n_events;
} labelled;

/** Load FILE.  Returns 0; -1 if it is not there; -2 if it cannot be loaded (said on stderr). */
int labelled_load(const char *path, const labelled_how *how, labelled *out);
void labelled_release(labelled *l);

#endif
