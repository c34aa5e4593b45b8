/* SPDX-License-Identifier: MIT
 *
 * series.h - reports of a series are not reports of one event, however alike they read.
 *
 * Level: events.
 */
#ifndef NB_EVENTS_SERIES_H
#define NB_EVENTS_SERIES_H

#include "newsbraid/copies.h"
#include "newsbraid/linkage.h"

/**
 * Take away the probability of pairs that the copies stage found to be the same text with other
 * numbers: rates of two days, the weather of two towns.
 *
 * @param report  report[0..copies->n): number of the report that a leader is
 * @param other   share of the compared numbers that differs in a series
 * @param link    link[0..n): sorted by (b, a), a < b; in and out
 * @return NB_OK or NB_ENOMEM.  O(edges + n)
 */
nb_status nb_cluster_series(const nb_edges *edges, const nb_copies *copies, const uint32_t *report,
			    double other, nb_link *link, size_t n) NB_MUST_CHECK;

#endif
