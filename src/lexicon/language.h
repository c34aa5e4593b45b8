/* SPDX-License-Identifier: MIT
 *
 * language.h - what the lexicon has to know about a language to look its words up.
 *
 * Level: lexicon.
 */
#ifndef NB_LEXICON_LANGUAGE_H
#define NB_LEXICON_LANGUAGE_H

#include <stdint.h>

#define NB_LANGUAGE_COMPOUNDS  1u  /* writes compounds as one word */
#define NB_LANGUAGE_DECLINES   2u  /* place names have case endings */
#define NB_LANGUAGE_PREFIXES   4u  /* Arabic: article, prepositions and "and" are written on */
#define NB_LANGUAGE_UNSPACED   8u  /* Chinese, Japanese: words have no blanks between them */
#define NB_LANGUAGE_CASELESS   16u /* its script has no capitals */
#define NB_LANGUAGE_NOUNS      32u /* German: every noun has a capital */
#define NB_LANGUAGE_POINT      64u /* decimals after a point, thousands after a comma */
#define NB_LANGUAGE_ENDINGS    128u /* Turkish, Finnish: several endings, one after the other */

typedef struct nb_language {
	char code[4];        /* ISO 639-1 */
	const char *stemmer; /* Snowball's name, NULL: a prefix of five letters stands for a stem */
	char relative[4];    /* whose dictionary helps where it has none of its own, or "" */
	uint32_t flags;
} nb_language;

#define NB_LANGUAGE_MOST 64 /* languages known, at most */

extern const nb_language nb_languages[];
extern const uint32_t nb_n_languages;

/** Its place in nb_languages; that of the last entry, a language without a name, if unknown. */
uint32_t nb_language_find(const char lang[3]);

#endif
