/* SPDX-License-Identifier: MIT
 *
 * linkage.h - scored pairs to clusters, by average linkage.
 *
 * Starting from single items, the two clusters whose mean score is highest are joined, again and
 * again, until no two reach the stop (Sokal and Michener 1958, UPGMA).  The mean runs over all
 * pairs of the two clusters; a pair that is not in the list counts 0.  So one strong pair cannot
 * chain two large clusters, which connected components allow.
 *
 * Level: events.  Pure function; may be called from several threads.
 */
#ifndef NB_LINKAGE_H
#define NB_LINKAGE_H

#include "newsbraid/nb.h"

NB_API_BEGIN

/* Two items and how likely they belong together. */
typedef struct nb_link {
	uint32_t a, b; /* a != b */
	float score;   /* finite, >= 0; a link below the stop still counts in the mean */
} nb_link;

/**
 * Cluster items 0..n - 1.
 *
 * @param link    link[0..n_links): each pair at most once, in any order; not read for n == 0
 * @param weight  weight[0..n): how many items each stands for, at least 1; NULL: all 1
 * @param stop    lowest mean score at which clusters are joined, > 0
 * @param label   out: label[0..n): the smallest item of the cluster that an item is in
 * @return NB_OK; NB_EINVAL (an item out of range or linked to itself, a score that is negative or
 *         not finite, a weight of 0, stop not above 0); NB_ENOMEM.  label is undefined on failure.
 *
 * Of clusters that are equally near, those with the smaller items are joined first.  The order of
 * the links does not matter.  A join re-keys the shorter of two lists of neighbours:
 * O(links x log(links) x log(n)) at worst.
 */
nb_status nb_linkage_average(uint32_t n, const nb_link *link, size_t n_links,
			     const uint32_t *weight, double stop, uint32_t *label) NB_MUST_CHECK;

NB_API_END

#endif
