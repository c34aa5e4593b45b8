/* SPDX-License-Identifier: MIT
 *
 * prepared.h - a text made ready for exact comparison: tokens with their places, shingles, and a
 * table that finds a shingle's first place.
 */
#ifndef NB_MATCH_PREPARED_H
#define NB_MATCH_PREPARED_H

#include "newsbraid/verify.h"

struct nb_prepared {
	nb_str text;
	nb_tokens tokens;   /* with spans */
	uint64_t *shingle;  /* [0..n_shingle): in text order, duplicates kept */
	size_t n_shingle, shingle_capacity;
	uint32_t words;     /* tokens in a shingle; all of them in a shorter text */
	uint32_t *slot;     /* open addressing: 1 + first place of a shingle, 0 for empty */
	size_t slot_mask, slot_capacity;
	uint32_t *distinct; /* [0..n_distinct): first places of the distinct shingles, ascending */
	size_t n_distinct, distinct_capacity;
};

#define NB_NO_PLACE UINT32_MAX

/** First place in p of the shingle, or NB_NO_PLACE. */
uint32_t nb_prepared_find(const nb_prepared *p, uint64_t shingle);

#endif
