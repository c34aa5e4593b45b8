/* SPDX-License-Identifier: MIT
 *
 * concept_reader.h - one report to its distinct words, as any thread can read it.
 *
 * Level: across.
 */
#ifndef NB_ACROSS_CONCEPT_READER_H
#define NB_ACROSS_CONCEPT_READER_H

#include "across/small_set.h"
#include "across/vocabulary.h"

typedef struct nb_drawn_word {
	uint64_t key;    /* of nb_word_key */
	uint32_t number; /* in the vocabulary; NB_NO_WORD: it is new, and its concepts are kept */
	uint32_t concept, n_concepts; /* concept[concept..concept + n_concepts) */
	nb_word_place place;
} nb_drawn_word;

/* The words of one report in the order in which they come, each once. */
typedef struct nb_drawn {
	nb_drawn_word *word; /* [0..n) */
	size_t n;
	nb_concept *concept;
	/* private: */
	size_t n_concepts, capacity, concept_capacity;
} nb_drawn;

void nb_drawn_release(nb_drawn *d);

/* What one thread needs.  All zero bytes is a valid reader. */
typedef struct nb_concept_reader {
	nb_concepts concepts;
	nb_small_set seen;
	char *buffer;
	size_t capacity;
} nb_concept_reader;

void nb_concept_reader_release(nb_concept_reader *r);

/**
 * Read the opening and the title of an article.
 *
 * @param v     nobody changes it meanwhile
 * @param lang  number of its language
 * @param code  ISO 639-1
 * @param out   what it held is overwritten
 * @return NB_OK, NB_ENOMEM or what the text gave
 */
nb_status nb_concept_read(nb_concept_reader *r, const nb_night *night, const nb_lexicon *lexicon,
			  const nb_vocabulary *v, uint32_t article, uint8_t lang,
			  const char code[3], nb_drawn *out) NB_MUST_CHECK;

#endif
