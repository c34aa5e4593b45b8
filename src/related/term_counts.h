/* SPDX-License-Identifier: MIT
 *
 * term_counts.h - the seven vectors that are read off one list of terms.
 *
 * Level: related.
 */
#ifndef NB_RELATED_TERM_COUNTS_H
#define NB_RELATED_TERM_COUNTS_H

#include "newsbraid/terms.h"

/** How often a term counts in each vector. */
static inline void nb_term_counts(const nb_term *t, uint8_t n[NB_VECTOR_COUNT])
{
	bool pair = t->mark & NB_TERM_PAIR;

	n[NB_VECTOR_WORDS] = pair ? 0 : t->n;
	n[NB_VECTOR_TITLE] = t->mark & NB_TERM_TITLE;
	n[NB_VECTOR_LEAD] = t->n_lead;
	n[NB_VECTOR_ENTITIES] = t->n_name;
	n[NB_VECTOR_NAMES] = pair ? t->n : 0;
	n[NB_VECTOR_PLACES] = t->mark & NB_TERM_PLACE ? t->n_name : 0;
	n[NB_VECTOR_NUMBERS] = t->mark & NB_TERM_NUMBER ? t->n_name : 0;
}

#endif
