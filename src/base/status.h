/* SPDX-License-Identifier: MIT
 *
 * status.h - steps that can fail, one after the other and side by side.
 */
#ifndef NB_BASE_STATUS_H
#define NB_BASE_STATUS_H

#include "newsbraid/nb.h"

/*
 * Take a step unless one before it has failed; what follows can still clean up.
 *
 *     nb_status status = open_file(&f);
 *
 *     NB_TRY(status, read_head(&f));
 *     NB_TRY(status, read_rows(&f));
 *     close_file(&f);
 *     return status;
 */
#define NB_TRY(status, step)                                                                       \
	do {                                                                                       \
		if ((status) == NB_OK)                                                             \
			(status) = (step);                                                         \
	} while (0)

/** The worse of two: any failure is worse than NB_OK. */
static inline nb_status nb_worse(nb_status a, nb_status b)
{
	return a < b ? a : b;
}

/*
 * The status of a parallel loop is the worst of its threads', whichever thread is first:
 *
 *     #pragma omp parallel for reduction(nb_worst : status)
 *     for (...)
 *             status = nb_worse(status, work(i));
 */
#pragma omp declare reduction(nb_worst : nb_status : omp_out = nb_worse(omp_out, omp_in)) \
	initializer(omp_priv = NB_OK)

#endif
