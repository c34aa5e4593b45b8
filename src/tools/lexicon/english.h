/* SPDX-License-Identifier: MIT
 *
 * english.h - English phrases, demonyms and place names as concepts.
 */
#ifndef NB_TOOLS_LEXICON_ENGLISH_H
#define NB_TOOLS_LEXICON_ENGLISH_H

#include <stdbool.h>

#include "tools/lexicon/strings.h"
#include "lexicon/stem.h"
#include "newsbraid/concepts.h"

/* What English words are to the builder.  All zero bytes is a valid empty object. */
typedef struct english {
	strings phrases;  /* translations, by number; after them what they are */
	strings names;    /* forms of places, countries, demonyms: tokens with a blank between */
	uint64_t *id;     /* id[0..names.n): their concepts */
	size_t id_capacity;
	strings stops;    /* forms */
	nb_stemmers stemmers;
	nb_tokens tokens;
} english;

void english_release(english *e);

/** What a name means; what was said first stands. */
void english_name(english *e, nb_str name, uint64_t id);

/** The concept of a name, 0 if it is none. */
uint64_t english_find_name(english *e, nb_str name);

#define ENGLISH_CONCEPTS 12 /* most of one phrase */

/* How the phrases of a dictionary are written. */
typedef enum english_style {
	ENGLISH_PLAIN,    /* capitals mark names */
	ENGLISH_CAPITALS, /* every phrase has one: they say nothing */
	ENGLISH_NAMES,    /* capitals mark names, and names are worth their keys: Chinese, Japanese */
} english_style;

/** The number of a phrase, for words_add.  The style is kept with it. */
uint32_t english_phrase(english *e, nb_str phrase, english_style style);

/** The number of a concept that needs no words, for words_add. */
uint32_t english_concept(english *e, uint64_t id);

/** The concepts of a phrase; returns how many. */
size_t english_concepts(english *e, uint32_t phrase, nb_concept out[ENGLISH_CONCEPTS]);

/** The forms of a text's tokens, a blank between; returns the number of tokens. */
size_t english_forms(english *e, uint32_t language, nb_str text, char *out, size_t room,
		     size_t *n);

#endif
