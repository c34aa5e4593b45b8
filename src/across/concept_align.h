/* SPDX-License-Identifier: MIT
 *
 * concept_align.h - how much of what one list of words says the other says too.
 *
 * Every word counts once and takes its best counterpart:
 *
 *     cover(A, B) = sum_a w(a) max_c [ fit(a, c) rarity_B(c) fit(B, c) ] / sum_a w(a)
 *     score       = sqrt(cover(A, B) cover(B, A))
 *
 * A cosine of concepts would count a word with five translations five times.
 */
#ifndef NB_ACROSS_CONCEPT_ALIGN_H
#define NB_ACROSS_CONCEPT_ALIGN_H

#include "across/concept_vector.h"

/* A word of A and its counterpart in B. */
typedef struct nb_counterpart {
	uint32_t a, b; /* positions in the two lists */
	float value;   /* w(a) times how well b renders a; 0: a has none */
} nb_counterpart;

typedef struct nb_concept_alignment {
	float score;
	uint32_t n_anchors; /* words of B that are counterparts, countries not counted */
	uint32_t n_names;   /* those of them that are names, places or numbers */
} nb_concept_alignment;

/* Compares one list with many.  One object a thread. */
typedef struct nb_concept_aligner nb_concept_aligner;

/** NULL if there is no memory: 4 bytes a concept of g, and little more. */
nb_concept_aligner *nb_concept_aligner_new(const nb_concept_vectors *g);
void nb_concept_aligner_free(nb_concept_aligner *x);

/** Set A: list i of l.  NB_OK or NB_ENOMEM. */
nb_status nb_concept_align_from(nb_concept_aligner *x, const nb_word_lists *l,
				uint32_t i) NB_MUST_CHECK;

/** Compare A with B: list i of l.  O(senses of B). */
nb_concept_alignment nb_concept_align_to(nb_concept_aligner *x, const nb_word_lists *l, uint32_t i);

/** After nb_concept_align_to: A's words with their counterparts, in the order of A; valid until A
 * is set anew.  @return how many words A has */
uint32_t nb_concept_align_counterparts(const nb_concept_aligner *x, const nb_counterpart **out);

#endif
