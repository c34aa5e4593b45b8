/* SPDX-License-Identifier: MIT
 *
 * threads.h - how many threads a parallel region gets.  Whoever is asked to use so many says so in
 * the region itself (num_threads): the caller's OpenMP settings are his own.
 */
#ifndef NB_BASE_THREADS_H
#define NB_BASE_THREADS_H

#include <omp.h>

/** `threads`; if that is 0, as many as OpenMP would take. */
static inline int nb_threads(int threads)
{
	return threads > 0 ? threads : omp_get_max_threads();
}

#endif
