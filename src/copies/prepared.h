/* SPDX-License-Identifier: MIT
 *
 * prepared.h - a text made ready for exact comparison: tokens with their places, shingles, and a
 * table that finds a shingle's first place.
 */
#ifndef NB_COPIES_PREPARED_H
#define NB_COPIES_PREPARED_H

#include "newsbraid/verify.h"

/* The arrays lie after the struct, in one block: a block of pairs holds thousands of these. */
struct nb_prepared {
	nb_str text;
	uint32_t n_tokens;
	uint32_t n_shingles; /* in text order, duplicates kept */
	uint32_t n_distinct;
	uint32_t slot_mask;
	uint64_t *token;    /* [0..n_tokens): hashes */
	uint64_t *shingle;  /* [0..n_shingles) */
	uint32_t *begin;    /* [0..n_tokens): places in the text */
	uint32_t *end;
	uint32_t *distinct; /* [0..n_distinct): first places of the distinct shingles, ascending */
	uint32_t *slot;     /* open addressing: 1 + first place of a shingle, 0 for empty */
	uint8_t *kind;      /* [0..n_tokens): nb_token_kind */
	uint8_t *small;     /* [0..n_tokens): see nb_tokens */
	bool *sentence;     /* [0..n_tokens): opens a sentence */
};

#define NB_NO_PLACE UINT32_MAX

/** First place in p of the shingle, or NB_NO_PLACE. */
uint32_t nb_prepared_find(const nb_prepared *p, uint64_t shingle);

#endif
