/* SPDX-License-Identifier: MIT
 *
 * gen_vocabulary.h - the made-up words of each language.
 *
 * 40,000 words a language, drawn by rank with Zipf-Mandelbrot frequencies, so that two unrelated
 * texts share about as few five-word runs as real ones.
 */
#ifndef BENCH_GEN_VOCABULARY_H
#define BENCH_GEN_VOCABULARY_H

#include <stdint.h>

#include "gen_language.h"

#define N_WORDS   40000u /* ordinary words of a language, most frequent first */
#define N_NAMES   20000u /* after them: names */
#define ZIPF_BITS 16

struct word {
	char text[31]; /* lower case */
	uint8_t len;
};

struct vocabulary {
	struct word *word; /* [0..N_WORDS + N_NAMES) */
	struct word month[12];
	uint8_t *noun; /* [0..N_WORDS): whether it has a capital inside sentences */
};

/* Immutable once made: any number of threads may use it. */
struct words {
	uint64_t seed;
	uint16_t zipf[(1 << ZIPF_BITS) + 1]; /* smallest rank at each quantile */
	struct vocabulary of[N_LANGUAGES];
};

/**
 * Make the words of all languages.  Opens an OpenMP region.
 * @return 0, or -1: no memory; words_release in any case
 */
int words_init(struct words *w, uint64_t seed);
void words_release(struct words *w);

/** The rank of a word, in [0, N_WORDS), by 32 random bits. */
uint32_t draw_word(const struct words *w, uint32_t bits);

#endif
