/* SPDX-License-Identifier: MIT
 *
 * agreement.h - how well found clusters agree with gold labels.
 *
 * BCubed (Bagga and Baldwin 1998), pairwise precision and recall, adjusted Rand index (Hubert and
 * Arabie 1985), all from contingency tables: O(n log n), never by pairs.
 *
 * Level: eval.  Pure functions.
 */
#ifndef NB_AGREEMENT_H
#define NB_AGREEMENT_H

#include "newsbraid/nb.h"

NB_API_BEGIN

/* Precision, recall and their harmonic mean, each in [0, 1]; 1 where there is nothing to find. */
typedef struct nb_prf {
	double p, r, f1;
} nb_prf;

typedef struct nb_agreement {
	size_t n;                  /* articles compared */
	size_t n_gold, n_found;    /* clusters, single ones included */
	nb_prf bcubed, pairwise;
	double ari;
	nb_prf cross_language;     /* pairwise, over pairs of different languages only */
	uint64_t cross_gold_pairs; /* such pairs that gold puts together */
} nb_agreement;

/**
 * Compare.
 *
 * @param gold, found, lang  [0..n): dense numbers of cluster and language; equal means together
 * @return NB_OK or NB_ENOMEM
 */
nb_status nb_agreement_measure(const uint32_t *gold, const uint32_t *found, const uint32_t *lang,
			       size_t n, nb_agreement *out) NB_MUST_CHECK;

NB_API_END

#endif
