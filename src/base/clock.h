/* SPDX-License-Identifier: MIT
 *
 * clock.h - elapsed wall time, for statistics only.
 */
#ifndef NB_BASE_CLOCK_H
#define NB_BASE_CLOCK_H

#include <time.h>

/* Seconds since some fixed moment. */
static inline double nb_clock_s(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

#endif
