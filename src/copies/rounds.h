/* SPDX-License-Identifier: MIT
 *
 * rounds.h - verify candidates of large components, all articles at a time.
 */
#ifndef NB_COPIES_ROUNDS_H
#define NB_COPIES_ROUNDS_H

#include "newsbraid/verify.h"

/**
 * As nb_verify_components, the same edges, for components of any size.
 *
 * @param pairs  sorted by (b, a)
 * @param edges  edges are appended; all are then sorted by (b, a)
 */
nb_status nb_verify_rounds(const nb_night *night, const nb_sketches *s, const nb_pairs *pairs,
			   const nb_copy_params *params, nb_edges *edges,
			   nb_error *err) NB_MUST_CHECK;

/** Sort edges by (b, a); the spans stay where they are. */
void nb_edges_sort(nb_edges *edges);

#endif
