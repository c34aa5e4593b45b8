/* SPDX-License-Identifier: MIT
 *
 * concept_neighbours.h - which lists of words may say the same, in whatever language: candidates by the cosine of
 * their concepts.
 */
#ifndef NB_ACROSS_CONCEPT_NEIGHBOURS_H
#define NB_ACROSS_CONCEPT_NEIGHBOURS_H

#include "across/concept_vector.h"

/* For each list the nearest of every language, its own included. */
#define NB_NEIGHBOURS_EACH 6u

/* What visiting posting lists may cost: postings a list; those of its rarest concepts come first.
 * What is lost is what shares only frequent concepts, see nb_neighbours_find. */
#define NB_NEIGHBOUR_POSTINGS 8192u

/* Two lists that were near, a < b. */
typedef struct nb_neighbour {
	uint32_t a, b;
	float cosine;
} nb_neighbour;

typedef struct nb_neighbours {
	nb_neighbour *near; /* sorted by (a, b), each pair once */
	size_t n;
} nb_neighbours;

/**
 * Find them.
 *
 * @param least  smallest cosine
 * @param out    out: free near with free()
 * @return NB_OK or NB_ENOMEM
 *
 * A concept that more than NB_NEIGHBOUR_POSTINGS lists share is looked up only while the budget
 * lasts, and then by those of them that are nearest in number, which is time.  Opens OpenMP
 * regions; the same result for any number of threads.  O(lists x NB_NEIGHBOUR_POSTINGS) at worst.
 */
nb_status nb_neighbours_find(const nb_concept_vectors *g, const nb_word_lists *l, float least,
			     nb_neighbours *out) NB_MUST_CHECK;

#endif
