/* SPDX-License-Identifier: MIT
 *
 * concept_id.h - the number of a concept: a hash of its text, its kind in the lowest bits.
 *
 * Level: lexicon.
 */
#ifndef NB_LEXICON_CONCEPT_ID_H
#define NB_LEXICON_CONCEPT_ID_H

#include "lexicon/form.h"
#include "newsbraid/concepts.h"

#define NB_CONCEPT_KIND_BITS 7u

static inline uint64_t nb_concept_id(enum nb_concept_kind kind, const char *text, size_t n)
{
	uint64_t id = (nb_form_key(text, n) & ~(uint64_t)NB_CONCEPT_KIND_BITS) | kind;

	return id > NB_CONCEPT_KIND_BITS ? id : id + NB_CONCEPT_KIND_BITS + 1;
}

static inline uint8_t nb_concept_kind_of(uint64_t id)
{
	return (uint8_t)(id & NB_CONCEPT_KIND_BITS);
}

#endif
