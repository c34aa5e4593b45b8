/* SPDX-License-Identifier: MIT
 *
 * vocabulary.h - words and meanings as they come, each with a dense number.
 */
#ifndef NB_ACROSS_VOCABULARY_H
#define NB_ACROSS_VOCABULARY_H

#include "across/concept_vector.h"

/* A table from 64-bit keys to dense numbers in the order in which keys came. */
typedef struct nb_number_table {
	uint64_t *key;
	uint32_t *number;
	size_t mask, used; /* mask: slots - 1, or 0 if empty */
} nb_number_table;

typedef struct nb_vocabulary {
	nb_number_table words, meanings, concepts;
	nb_word *word;
	nb_sense *sense;
	size_t word_capacity, n_senses, sense_capacity;
} nb_vocabulary;

void nb_vocabulary_release(nb_vocabulary *v);

/** What makes a token of a language a word: equal for tokens that mean the same things. */
uint64_t nb_word_key(uint8_t lang, const nb_concept_token *token);

#define NB_NO_WORD UINT32_MAX

/** The number of a word, NB_NO_WORD if it has none yet.  Any thread, while nobody adds words. */
uint32_t nb_vocabulary_known(const nb_vocabulary *v, uint64_t key);

/**
 * The number of a word; it is taken up if it is new.
 * @param key  of nb_word_key
 * @return NB_OK, NB_ENOMEM or NB_ELIMIT
 */
nb_status nb_vocabulary_word(nb_vocabulary *v, uint64_t key, uint8_t lang,
			     const nb_concept *concept, size_t n_concepts, uint32_t *number)
	NB_MUST_CHECK;

#endif
