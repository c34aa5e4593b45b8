/* SPDX-License-Identifier: MIT
 *
 * binomial.h - what a sample lets expect: binomial tails and the thresholds made from them.
 *
 * Level: copies.  Pure functions.
 */
#ifndef NB_COPIES_BINOMIAL_H
#define NB_COPIES_BINOMIAL_H

#include <stdint.h>

/** Probability that at least k of n independent trials succeed, each with probability p. */
double nb_binomial_at_least(uint32_t n, double p, uint32_t k);

/** The most successes k that are reached with the chance that a normal variate stays above
 *  NB_SCAN_SIGMA standard errors below its mean: P(X >= k) >= 0.99865 for 3. */
uint32_t nb_binomial_threshold(uint32_t n, double p);

/** Probability that two 8-bit lanes agree when the Jaccard similarity is j. */
double nb_binomial_lane(double j);

/** Equal lanes that make two articles candidates at threshold j; at least 1. */
uint32_t nb_binomial_lanes(double j);

#endif
