/* SPDX-License-Identifier: MIT
 *
 * candidates.h - pairs of articles that are worth scoring.
 *
 * Level: related.
 */
#ifndef NB_RELATED_CANDIDATES_H
#define NB_RELATED_CANDIDATES_H

#include "newsbraid/related.h"

#define NB_CANDIDATES_MOST 200u /* most partners of an article */

/* The mix of cosines by which partners are ranked. */
#define NB_RANK_WORDS    0.6f
#define NB_RANK_ENTITIES 0.4f

/* What an article's partners are like: how near the best one is, how crowded it is around it. */
typedef struct nb_surroundings {
	float best_words; /* highest cosine of words */
	float best;       /* highest mix */
	float best_near;  /* highest mix, discounted by the time between */
	float density;    /* mean mix of the partners ranked 6 to 20 */
} nb_surroundings;

/** What the time between two articles leaves of their likeness; days: NAN if unknown. */
float nb_time_discount(double days);

/* Articles here are numbered as in nb_terms. */
typedef struct nb_candidates {
	uint64_t *pair; /* pair[0..n): later article << 32 | earlier one, ascending */
	size_t n;
	nb_surroundings *around; /* [0..articles) */
	uint64_t n_postings, n_dropped;
} nb_candidates;

void nb_candidates_release(nb_candidates *c);

/**
 * Find them: of each article the o->candidates partners with the highest mix of cosines, discounted
 * by the time between, among the articles that share most of its heaviest terms.
 *
 * @param day  day[0..t->n): days since 1970, NAN if unknown; articles should ascend by it
 */
nb_status nb_candidates_find(const nb_terms *t, const double *day, const nb_related_options *o,
			     nb_candidates *out) NB_MUST_CHECK;

#endif
