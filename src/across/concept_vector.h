/* SPDX-License-Identifier: MIT
 *
 * concept_vector.h - what reports say, in words that carry concepts: the view in which reports of
 * different languages can be compared.
 *
 * A *word* is a token of one language with all it can mean; a *meaning* is a concept as one
 * language uses it, rare there or common; a *concept vector* is the list of the heaviest words in a
 * report's title and opening.
 */
#ifndef NB_ACROSS_CONCEPT_VECTOR_H
#define NB_ACROSS_CONCEPT_VECTOR_H

#include "newsbraid/concepts.h"
#include "newsbraid/night.h"

#define NB_CONCEPT_WORDS 64u /* most words of a concept vector */
/*
 * Of the report's opening, title not counted.  With 900 the nearest report of another language has
 * the topic of bsnlp's label for .70 instead of .63 of the reports, and events of the sample night
 * reach .968 instead of .954; but ntrex falls from .934 to .922, and a long report is no longer
 * found in the storyline of which it tells in its second half.  1000 lies between in everything.
 */
#define NB_CONCEPT_CHARACTERS 1200u
#define NB_NO_LANGUAGE     0u    /* number of the language "" */

/* One thing a word can mean.  All that comparing asks for stands here: one line of the cache. */
typedef struct nb_sense {
	uint32_t concept; /* dense number, the same in every language */
	float fit;        /* how surely, in (0, 1]: the square root of the translation's weight */
	float rarity;     /* of the meaning among the reports of the language, in (0, 1] */
	uint32_t meaning : 31;
	uint32_t consonants : 1; /* a name without vowels: see nb_concepts_by_consonants */
} nb_sense;

/* nb_word.kind */
enum nb_concept_word_kind {
	NB_WORD_PLAIN,
	NB_WORD_NAME,
	NB_WORD_PLACE,
	NB_WORD_COUNTRY,
	NB_WORD_NUMBER
};

typedef struct nb_word {
	uint32_t sense_at;
	uint16_t n_senses;
	uint8_t lang; /* number of its language */
	uint8_t kind; /* enum nb_concept_word_kind */
	uint32_t df;  /* reports that have it */
	float weight; /* rarity in its language, in (0, 1]; 1 for all while there are few reports */
} nb_word;

/* Lists of words, each of one language: the vectors of reports, or of clusters of them. */
typedef struct nb_word_lists {
	uint32_t n;
	uint8_t *lang;  /* [0..n): number of the language */
	uint64_t *at;   /* [0..n]: words of list i are word[at[i]..at[i + 1]) */
	uint32_t *word; /* indexes into nb_concept_vectors.word, heaviest first, each once */
} nb_word_lists;

void nb_word_lists_release(nb_word_lists *l);

/* Where a word of a concept vector stands first in its report. */
typedef struct nb_word_place {
	uint16_t begin, len; /* bytes in the report; len 0: only in its title */
} nb_word_place;

/* The vectors of reports.  All zero bytes is a valid empty object. */
typedef struct nb_concept_vectors {
	nb_word_lists of;     /* list i: the concept vector of report i */
	nb_word_place *place; /* beside of.word */
	nb_word *word;
	uint32_t n_words;
	nb_sense *sense; /* of word w: sense[w.sense_at..w.sense_at + w.n_senses) */
	uint32_t n_meanings, n_concepts;
	char (*language)[4]; /* [0..n_languages): ISO 639-1 codes, NUL-terminated */
	uint32_t n_languages;
} nb_concept_vectors;

void nb_concept_vectors_release(nb_concept_vectors *g);

/**
 * Read the reports and weigh their words.
 *
 * @param lexicon  may be NULL: names and numbers only
 * @param article  article[0..n): numbers of the reports, ascending
 * @param out      out: release with nb_concept_vectors_release
 * @return NB_OK, NB_ENOMEM, NB_ELIMIT (256 languages, 2^32 words) or what a text gave
 *
 * Opens OpenMP regions; the result does not depend on the number of threads.
 */
nb_status nb_concept_vectors_make(const nb_night *night, const nb_lexicon *lexicon,
				  const uint32_t *article, uint32_t n, nb_concept_vectors *out,
				  nb_error *err) NB_MUST_CHECK;

/**
 * The part of a report that its concept vector is made of.
 *
 * @param text  the report
 * @return text cut after NB_CONCEPT_CHARACTERS characters, at a character
 */
nb_str nb_report_opening(nb_str text);

#endif
