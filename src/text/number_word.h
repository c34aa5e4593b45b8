/* SPDX-License-Identifier: MIT
 *
 * number_word.h - small numbers in words: "six", "zes", "шесть" are 6.
 *
 * Level: text.
 */
#ifndef NB_TEXT_NUMBER_WORD_H
#define NB_TEXT_NUMBER_WORD_H

#include "newsbraid/nb.h"

#define NB_NUMBER_LAST  12u
#define NB_NUMBER_SLOTS 512u /* a power of two, some times as many as there are words */

/* Open addressing by the hash of a token; value 0 ends a search. */
typedef struct nb_number_words {
	uint64_t token[NB_NUMBER_SLOTS];
	uint8_t value[NB_NUMBER_SLOTS];
} nb_number_words;

/** Make the table; release with free.  NB_OK or NB_ENOMEM (*out is then NULL). */
nb_status nb_number_words_new(nb_number_words **out) NB_MUST_CHECK;

/** 1 to 12 if the token is that number, in digits or as a word; else 0. */
static inline uint8_t nb_number_word(const nb_number_words *w, uint64_t token)
{
	uint32_t at = (uint32_t)token % NB_NUMBER_SLOTS;

	while (w->value[at] && w->token[at] != token)
		at = (at + 1) % NB_NUMBER_SLOTS;
	return w->value[at];
}

#endif
