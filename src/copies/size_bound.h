/* SPDX-License-Identifier: MIT
 *
 * size_bound.h - what the sizes of two sets allow: J(A, B) <= min(|A|, |B|) / max(|A|, |B|).
 *
 * Level: copies.  Pure functions.
 */
#ifndef NB_COPIES_SIZE_BOUND_H
#define NB_COPIES_SIZE_BOUND_H

#include <stdbool.h>
#include <stdint.h>

/* Thresholds such as 0.8 are not exact in binary: a pair of 8 and 10 must be allowed. */
#define NB_SIZES_SLACK 1e-6

/** Whether sets of x and y elements can have a Jaccard similarity of j. */
static inline bool nb_sizes_allow(uint32_t x, uint32_t y, double j)
{
	uint32_t small = x < y ? x : y, large = x < y ? y : x;

	return large * j <= small + NB_SIZES_SLACK;
}

/** A size that no partner of a set of n elements passes. */
static inline uint32_t nb_sizes_reach(uint32_t n, double j)
{
	double most = (n + 1.0) / j;

	return most < UINT32_MAX ? (uint32_t)most : UINT32_MAX;
}

/** The sizes [*low, *high] that nb_sizes_allow allows beside n >= 1. */
static inline void nb_sizes_range(uint32_t n, double j, uint32_t *low, uint32_t *high)
{
	uint32_t least = (uint32_t)(n * j), most = nb_sizes_reach(n, j);

	while (!nb_sizes_allow(least, n, j))
		least++;
	while (!nb_sizes_allow(n, most, j))
		most--;
	*low = least;
	*high = most;
}

#endif
