/* SPDX-License-Identifier: MIT
 *
 * token_scratch.h - what nb_token_hashes and nb_token_spans share.
 *
 * Level: text.
 */
#ifndef NB_TEXT_TOKEN_SCRATCH_H
#define NB_TEXT_TOKEN_SCRATCH_H

#include "kernel/text_kernel.h"
#include "newsbraid/token.h"
#include "text/number_word.h"

struct nb_token_scratch {
	const nb_text_kernel *kernel;
	uint8_t *block; /* NB_FOLD_FRONT spaces, folded text, spaces */
	size_t block_capacity;
	size_t n_folded;
	size_t hash_capacity;
	uint32_t edge[NB_EDGE_ROOM + 1];

	/* spans only */
	uint32_t *from; /* from[i], to[i]: the source character that byte i of block is made of */
	uint32_t *to;
	size_t from_capacity, to_capacity;
	uint32_t *place; /* folded [begin, end) of every token */
	size_t place_capacity;
	size_t begin_capacity, end_capacity, kind_capacity, small_capacity, sentence_capacity;
	nb_number_words *numbers;
};

/* The folded text, n_folded bytes and NB_FOLDED_PAD spaces. */
static inline uint8_t *nb_token_folded(const struct nb_token_scratch *s)
{
	return s->block + NB_FOLD_FRONT;
}

/** Use the kernels of one instruction set from now on (tests and benchmarks compare them). */
nb_status nb_tokens_use(nb_tokens *t, const nb_text_kernel *kernel);

/** Check the length, make t->scratch, empty t. */
nb_status nb_token_begin(nb_tokens *t, size_t len);

/** Room in the block for the folds of n more source bytes. */
nb_status nb_token_room(struct nb_token_scratch *s, size_t n);

/** Put spaces after the folded text. */
void nb_token_pad(struct nb_token_scratch *s);

/** Bytes of the next piece of text[at..len) to fold: some kilobytes, ends between characters. */
size_t nb_token_piece(const uint8_t *text, size_t at, size_t len);

/** Find and hash the tokens of the folded text; with `places`, also where they stand in it. */
nb_status nb_token_collect(nb_tokens *t, bool places);

#endif
