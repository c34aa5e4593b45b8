/* SPDX-License-Identifier: MIT
 *
 * language.h - what is known of each language: src/data/languages.tsv as tables, made by
 * languages_gen.c when the library is built.
 *
 * Level: text.
 */
#ifndef NB_TEXT_LANGUAGE_H
#define NB_TEXT_LANGUAGE_H

#include <stdbool.h>
#include <stdint.h>

#include "newsbraid/nb.h"
#include "text/script.h"

/* With the names that the table gives them; src/data/README.md says what each one means. */
/* clang-format off */
#define NB_LANGUAGE_FLAGS(X)                                                                       \
	X(COMPOUNDS, compounds) X(DECLINES, declines) X(PREFIXES, prefixes)                        \
	X(UNSPACED, unspaced) X(CASELESS, caseless) X(NOUNS, nouns) X(POINT, point)                \
	X(ENDINGS, endings) X(DOTLESS, dotless) X(CONSONANTS, consonants) X(LATIN2, latin2)        \
	X(CAPITALS, capitals)
/* clang-format on */

enum nb_language_bit {
#define X(flag, name) NB_LANGUAGE_BIT_##flag,
	NB_LANGUAGE_FLAGS(X)
#undef X
	NB_LANGUAGE_BIT_LEXICON,
};

enum nb_language_flag {
#define X(flag, name) NB_LANGUAGE_##flag = 1 << NB_LANGUAGE_BIT_##flag,
	NB_LANGUAGE_FLAGS(X)
#undef X
	NB_LANGUAGE_LEXICON = 1 << NB_LANGUAGE_BIT_LEXICON, /* the lexicon has words of it */
};

typedef struct nb_language {
	char code[4];        /* ISO 639-1 */
	char relative[4];    /* whose dictionary helps where it has none of its own, or "" */
	const char *stemmer; /* Snowball's name, NULL: a prefix of five letters stands for a stem */
	nb_script script;
	uint32_t flags;
	float baseline; /* its share of a translation's alignment, 0 if unknown */
} nb_language;

#define NB_LANGUAGE_MOST 128 /* languages known, at most */

/* Sorted by code; the last entry stands for any other language and has no code. */
extern const nb_language nb_languages[];
extern const uint32_t nb_n_languages;

/* A word of some language and what it says. */
typedef struct nb_language_word {
	const char *text;
	uint32_t value;
} nb_language_word;

/* Numbers in words; value: 1 to 12. */
extern const nb_language_word nb_language_numbers[];
extern const uint32_t nb_n_language_numbers;
/* What the names of months begin with, ASCII in lower case; value: 1 to 12. */
extern const nb_language_word nb_language_months[];
extern const uint32_t nb_n_language_months;

/* What words begin with that make the number before them an age, folded; value: 0. */
extern const nb_language_word nb_language_ages[];
extern const uint32_t nb_n_language_ages;

/** Its place in nb_languages; that of the last entry if unknown.  Two letters count. */
uint32_t nb_language_find(const char lang[3]);

/** The script it is written in.  What is unknown is taken for Latin. */
nb_script nb_language_script(const char lang[3]);

/** The only language that is written in a script; "" if there are several. */
const char *nb_language_only(nb_script script);

/** The code for what a detector of languages calls a language; NULL: as the detector says. */
const char *nb_language_detected(const char *label);

/** ISO 639-1 code, NUL-terminated, of "en", "eng", "en-GB", "EN_us", "English"; false if none.
 *  Two letters that the table does not know are taken for a code. */
bool nb_language_code(nb_str field, char out[3]);

#endif
