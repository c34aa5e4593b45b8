/* SPDX-License-Identifier: MIT
 *
 * components.h - verify candidates, one component of the candidate graph after the other.
 */
#ifndef NB_COPIES_COMPONENTS_H
#define NB_COPIES_COMPONENTS_H

#include "newsbraid/verify.h"

/**
 * Verify what decides: each article against the leaders among its candidates, the earliest first,
 * until it is a copy of one; then every candidate pair that ended in two different groups, so that
 * it can be said why.  A pair inside one group is not compared: both are copies of the leader.
 *
 * @param pairs  sorted by (b, a)
 * @param edges  out: sorted by (b, a)
 */
nb_status nb_verify_components(const nb_night *night, const nb_sketches *s, const nb_pairs *pairs,
			       const nb_copy_params *params, nb_edges *edges, nb_error *err)
	NB_MUST_CHECK;

#endif
