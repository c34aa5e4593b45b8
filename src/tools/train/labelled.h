/* SPDX-License-Identifier: MIT
 *
 * labelled.h - a set of articles with gold events, as a night, with its dates changed or not.
 */
#ifndef NB_TOOLS_LABELLED_H
#define NB_TOOLS_LABELLED_H

#include "newsbraid/night.h"

typedef enum labelled_dates {
	DATES_KEPT,
	DATES_HIDDEN,
	DATES_SQUEEZED, /* every event begins on one of `days` days; the gaps inside it are kept,
			   or drawn where there are no dates; only the day is known */
	DATES_TIMED,    /* the same to the second */
	DATES_WIRE,     /* to the second, and the gaps are drawn: hours, now and then days */
} labelled_dates;

typedef struct labelled_how {
	labelled_dates dates;
	unsigned days;    /* in which events begin, where dates are made */
	bool titles;      /* nothing but the titles; articles without one are left out */
	bool by_language; /* what is told in two languages is two events */
	size_t characters; /* only the first ones of each text; 0: all */
} labelled_how;

typedef struct labelled {
	nb_night night;
	uint32_t *event; /* [0..night.n): dense number of the gold event */
	uint32_t *topic; /* [0..night.n): hash of the event, or of its topic where it has one: what
			    must not be on both sides when a set is divided */
	uint32_t n_events;
} labelled;

/** Load FILE.  Returns 0; -1 if it is not there; -2 if it cannot be loaded (said on stderr). */
int labelled_load(const char *path, const labelled_how *how, labelled *out);
void labelled_release(labelled *l);

#endif
