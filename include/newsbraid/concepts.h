/* SPDX-License-Identifier: MIT
 *
 * concepts.h - the words of a text as concepts that mean the same in every language.
 *
 * A concept is a number.  "Russische", "русский" and "Russian" have the same one (a country),
 * "verkiezing" and "election" share one (a word), "Poetin" and "Путин" share one (a sound), "1.506"
 * and "1,506" have the same one (a number).  A token has as many concepts as it may mean; which one
 * it means, the other text tells (match/align_concepts).
 *
 * Level: lexicon.
 */
#ifndef NB_CONCEPTS_H
#define NB_CONCEPTS_H

#include "newsbraid/lexicon.h"
#include "newsbraid/token.h"

NB_API_BEGIN

/* What a concept was made from.  Concepts of different kinds are never equal. */
enum nb_concept_kind {
	NB_CONCEPT_WORD = 0,       /* the stem of an English word; weight .8^rank of the translation,
	                              1 / sqrt(words) of a phrase, .7 by parts of a compound */
	NB_CONCEPT_NAME = 1,       /* a name, spelling habits folded (key F); weight 1 */
	NB_CONCEPT_SOUND = 2,      /* a name, all vowels one (key S); weight .6 */
	NB_CONCEPT_CONSONANTS = 3, /* a name without vowels (keys X and J); weight .5; counts only
	                              where nb_concepts_by_consonants says so */
	NB_CONCEPT_PLACE = 4,      /* a city, region, or organisation of states; weight 1 */
	NB_CONCEPT_COUNTRY = 5,    /* a country, its people or adjective; weight 1 */
	NB_CONCEPT_NUMBER = 6,     /* a number; weight 1, of one digit .3 */
	NB_CONCEPT_KINDS = 7,
};

typedef struct nb_concept {
	uint64_t id;  /* not 0; the kind is part of it */
	float weight; /* (0, 1]; the names of a word that the dictionary knows weigh .25 of the above,
	                 of an unknown word without a capital .5 */
	uint8_t kind; /* enum nb_concept_kind */
} nb_concept;

/* What a token looks like. */
#define NB_CONCEPT_CAPITAL 1u /* a capital that opens no sentence (never in German nouns' way) */
#define NB_CONCEPT_DIGITS  2u /* a number */
#define NB_CONCEPT_PLACED  4u /* a place or country of the gazetteer, may span several words */
#define NB_CONCEPT_KNOWN   8u /* the dictionary has it */
#define NB_CONCEPT_OPENS  16u /* the first of a sentence */

typedef struct nb_concept_token {
	uint64_t hash;       /* identity in its language: stem, number or place; for document
	                        frequencies */
	uint64_t senses;     /* hash of its concepts, whatever they weigh */
	uint32_t begin, end; /* bytes in the text */
	uint32_t first, n;   /* its concepts: concept[first..first + n), n >= 1 */
	uint8_t flags;       /* NB_CONCEPT_CAPITAL and so on */
} nb_concept_token;

/*
 * The concepts of one text, and the scratch memory to find them; reuse one object for many texts.
 * Not to be used by two threads at the same time.  All zero bytes is a valid empty object.
 */
typedef struct nb_concepts {
	size_t n;                /* number of tokens */
	nb_concept_token *token; /* token[0..n), in text order, stop words left out; a word that
	                            occurs twice stands twice */
	size_t n_concepts;
	nb_concept *concept;              /* concept[0..n_concepts) */
	struct nb_concepts_scratch *scratch; /* private */
} nb_concepts;

/** Free what c holds; c is empty afterwards and may be used again. */
void nb_concepts_release(nb_concepts *c);

/**
 * Find the concepts of a text.
 *
 * @param c        out; earlier content is overwritten
 * @param lexicon  may be NULL: stems, names and numbers only.  Must outlive c or the next call with
 *                 another one
 * @param lang     ISO 639-1, or "" if unknown
 * @param text     text[0..len): valid UTF-8; other bytes separate words
 * @param len      0..NB_TOKEN_TEXT_MAX
 * @return NB_OK, NB_ELIMIT or NB_ENOMEM (c->n is then 0)
 *
 * O(len).  The same result on every machine, whatever was looked up before.
 */
nb_status nb_concepts_text(nb_concepts *c, const nb_lexicon *lexicon, const char lang[3],
			   const char *text, size_t len) NB_MUST_CHECK;

/**
 * Whether names without vowels may be compared between these two languages: only if exactly one of
 * them is written without vowels (Arabic) or in kana (Japanese).  Elsewhere they meet by chance.
 */
bool nb_concepts_by_consonants(const char a[3], const char b[3]);

NB_API_END

#endif
