/* SPDX-License-Identifier: MIT
 *
 * binomial.c - see binomial.h.
 */
#include "copies/binomial.h"

#include <math.h>

#include "newsbraid/match.h"

/* P(X <= most) for p <= 1/2, where the first term, (1 - p)^n, cannot vanish for n <= 1000. */
static double at_most(uint32_t n, double p, uint32_t most)
{
	double term = pow(1 - p, n), sum = 0;

	for (uint32_t k = 0; k <= most && k <= n; k++) {
		sum += term;
		term *= (double)(n - k) / (k + 1) * (p / (1 - p));
	}
	return sum > 1 ? 1 : sum;
}

double nb_binomial_at_least(uint32_t n, double p, uint32_t k)
{
	if (k == 0)
		return 1;
	if (k > n)
		return 0;
	if (p > 0.5)
		return at_most(n, 1 - p, n - k);
	/* the far tail by itself: 1 minus nearly 1 would lose it */
	if (k > n * p) {
		double term = pow(1 - p, n), sum = 0;

		for (uint32_t i = 0; i <= n; i++) {
			sum += i >= k ? term : 0;
			term *= (double)(n - i) / (i + 1) * (p / (1 - p));
		}
		return sum;
	}
	return 1 - at_most(n, p, k - 1);
}

uint32_t nb_binomial_threshold(uint32_t n, double p)
{
	double luck = 0.5 * erfc(-NB_SCAN_SIGMA / sqrt(2));
	uint32_t k = n;

	/* not n * p less so many standard errors: near p = 1 the binomial is skewed, and more than
	 * the normal share lies below that */
	while (k > 0 && nb_binomial_at_least(n, p, k) < luck)
		k--;
	return k;
}

double nb_binomial_lane(double j)
{
	return j + (1 - j) / 256;
}

uint32_t nb_binomial_lanes(double j)
{
	uint32_t least = nb_binomial_threshold(NB_LANES, nb_binomial_lane(j));

	return least ? least : 1;
}
