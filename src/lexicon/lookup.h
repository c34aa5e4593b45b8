/* SPDX-License-Identifier: MIT
 *
 * lookup.h - questions to an open lexicon.
 *
 * Whatever the file says, nothing outside of it is read and every question takes O(1).
 *
 * Level: lexicon.
 */
#ifndef NB_LEXICON_LOOKUP_H
#define NB_LEXICON_LOOKUP_H

#include "lexicon/lex_format.h"
#include "text/language.h"
#include "newsbraid/concepts.h"

/* Concepts of one key. */
typedef struct nb_links {
	const uint32_t *link; /* link[0..n) */
	uint32_t n;
} nb_links;

/** What a key means; n == 0 if it is not there.  kind: WORDS, STEMS or PLACES. */
nb_links nb_lexicon_links(const nb_lexicon *l, uint32_t language, enum nb_lex_kind kind,
			  uint64_t key);

/** The value of a key of LENGTHS, 0 if it is not there. */
uint32_t nb_lexicon_lengths(const nb_lexicon *l, uint32_t language, uint64_t key);

bool nb_lexicon_stops(const nb_lexicon *l, uint32_t language, uint64_t key);

/** The concept of a link; id 0 if the file is wrong. */
nb_concept nb_lexicon_concept(const nb_lexicon *l, uint32_t link);

/** Whether it has words of its own for this language. */
bool nb_lexicon_knows(const nb_lexicon *l, uint32_t language);

#endif
