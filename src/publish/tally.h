/* SPDX-License-Identifier: MIT
 *
 * tally.h - which agencies, sources and languages a set of articles has.
 */
#ifndef NB_PUBLISH_TALLY_H
#define NB_PUBLISH_TALLY_H

#include "newsbraid/events.h"

/* A name, how many of the articles carry it, and two of those. */
typedef struct nb_tally {
	nb_str name;
	uint32_t n;
	uint32_t first;   /* the earliest */
	uint32_t central; /* the most central, the earliest of equals */
} nb_tally;

/* All zero bytes is a valid empty list. */
typedef struct nb_tallies {
	nb_tally *tally; /* [0..n) */
	size_t n, capacity;
} nb_tallies;

void nb_tallies_release(nb_tallies *t);

bool nb_same_name(nb_str a, nb_str b);

/* A column of an article: nb_of_agency, ... */
typedef nb_str nb_column_fn(const nb_article *a);

nb_column_fn nb_of_agency, nb_of_source, nb_of_lang;

/**
 * Tally a column over member[0..n), names in byte order; articles without a name are left out.
 *
 * @param centrality  by article, or NULL
 * @return NB_OK or NB_ENOMEM.  O(n log n).
 */
nb_status nb_tally_column(nb_tallies *t, const nb_night *night, const uint32_t *member, size_t n,
			  const float *centrality, nb_column_fn *column) NB_MUST_CHECK;

/** Sort by the earliest article, or by number of articles, most first. */
void nb_tally_sort_first(nb_tallies *t);
void nb_tally_sort_most(nb_tallies *t);

#endif
