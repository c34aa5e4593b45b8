/* SPDX-License-Identifier: MIT
 *
 * gen_language.h - what the generator knows of each language: letters, syllables, its most frequent
 * words, and how it writes quotes, numbers and dates.
 *
 * Only facts of the languages stand here.  Everything else is made from a seed, so that the
 * nights hold no text that belongs to anybody.
 */
#ifndef BENCH_GEN_LANGUAGE_H
#define BENCH_GEN_LANGUAGE_H

#include <stdbool.h>
#include <stdint.h>

#define N_LANGUAGES 7u

struct language {
	const char *code;   /* ISO 639-1 */
	unsigned share;     /* articles in a hundred */
	const char *agency; /* as the dateline and the metadata name it */
	/* lists, blank between items, "_" is the empty item */
	const char *onset, *nucleus, *coda;
	const char *frequent; /* words, most frequent first */
	const char *month;    /* twelve */
	const char *quote[2]; /* open, close */
	const char *group;    /* between thousands */
	char decimal;
	bool cyrillic; /* the lists are spelt in the letters of cyrillic[] */
	bool han;      /* no spaces, a word is one to three characters */
	bool nouns;    /* nouns have a capital inside sentences */
};

/* By dense number, as gen_truth has it. */
extern const struct language languages[N_LANGUAGES];

/* One Latin letter for each Cyrillic one, so that the lists stay readable; 0: none. */
extern const uint16_t cyrillic[128];

#endif
