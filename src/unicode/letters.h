/* SPDX-License-Identifier: MIT
 *
 * letters.h - what a letter is in lower case, and how it is written with Latin letters.
 *
 * A constant table made from ICU and from our own spellings of Cyrillic, Greek and Arabic letters
 * when the library is built (letters_gen.c); a run needs no ICU.
 *
 * Level: unicode.
 */
#ifndef NB_UNICODE_LETTERS_H
#define NB_UNICODE_LETTERS_H

#include <stdint.h>

#define NB_LETTER_LIMIT 0x3100u /* code points of the table */

typedef struct nb_letter {
	uint16_t lower; /* its lower case, spelling variants made one; 0: dropped (marks) */
	char latin[6];  /* a-z, zero-padded; "" if it has no sound of its own */
} nb_letter;

/* A letter and a mark that are one letter. */
typedef struct nb_letter_pair {
	uint16_t first, mark, both;
} nb_letter_pair;

extern const nb_letter nb_letters[NB_LETTER_LIMIT];
extern const nb_letter_pair nb_letter_pairs[]; /* ascending by first, mark; lower case only */
extern const uint32_t nb_letter_n_pairs;

#endif
