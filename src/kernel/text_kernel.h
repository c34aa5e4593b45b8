/* SPDX-License-Identifier: MIT
 *
 * text_kernel.h - the inner loops from text to sketch, one table per instruction set.
 *
 *     text --fold--> folded text --edges--> ends of tokens --hashes--> token hashes
 *          --shingles--> shingles --minhash, simhash, below, distinct--> sketch
 *
 * Every instruction set returns the same bytes.  Batches only: one call handles a text, or some
 * kilobytes of a long one.  No allocation, no errors; pure functions, safe from any thread.
 *
 * Level: kernel.
 */
#ifndef NB_KERNEL_TEXT_KERNEL_H
#define NB_KERNEL_TEXT_KERNEL_H

#include "newsbraid/isa.h"
#include "newsbraid/nb.h"

#include "unicode/fold.h"

#define NB_MINHASH_LANES 128u

/* Folded bytes in one call of edges, and room for what it may find (a write may run over). */
#define NB_EDGE_BATCH 4096u
#define NB_EDGE_ROOM  (NB_EDGE_BATCH + 64u)

/* Bytes that must be readable after the last folded byte: spaces. */
#define NB_FOLDED_PAD 192u

/* Most values that rank_few takes. */
#define NB_RANK_MAX 64u

/* Most values that settle takes: their indices are kept in 16 bits. */
#define NB_SETTLE_MAX 65536u

/* What edges carries from one block to the next; starts as all zero. */
typedef struct nb_edge_state {
	uint64_t token; /* 1: the last byte belongs to a token */
	uint64_t digit; /* 1: the last byte is a digit */
} nb_edge_state;

typedef struct nb_text_kernel {
	nb_isa isa;

	/**
	 * Fold in[0..n) after f->out; never reads past in + n.
	 * @param f  room for NB_FOLD_MAX(n) + NB_FOLD_SLACK bytes, NB_FOLD_FRONT before the first
	 */
	void (*fold)(nb_fold *f, const uint8_t *in, size_t n);

	/**
	 * Positions where tokens begin and end, in turn, of folded[begin..end).
	 *
	 * @param begin, end  multiples of 64, at most NB_EDGE_BATCH apart; folded[end] is readable
	 * @param edge        out, room for NB_EDGE_ROOM
	 * @return how many
	 */
	size_t (*edges)(const uint8_t *folded, size_t begin, size_t end, nb_edge_state *state,
			uint32_t *edge);

	/** Hash tokens folded[edge[2 i]..edge[2 i + 1]), i < n; reads up to 16 bytes past each. */
	void (*hashes)(const uint8_t *folded, const uint32_t *edge, size_t n, uint64_t *hash);

	/** Mix every run of `words` tokens; n >= words, writes n - words + 1. */
	void (*shingles)(const uint64_t *token, size_t n, uint32_t words, uint64_t seed,
			 uint64_t *out);

	/** See nb_minhash. */
	void (*minhash)(const uint64_t *shingle, size_t n, uint8_t lane[NB_MINHASH_LANES]);

	/** 64 bits of SimHash: votes of mix(token ^ key), or of the tokens themselves if key is 0. */
	uint64_t (*simhash)(const uint64_t *token, size_t n, uint64_t key);

	/** Copy the values <= limit, in order; out has room for n + 8.  Returns how many. */
	size_t (*below)(const uint64_t *value, size_t n, uint64_t limit, uint64_t *out);

	/**
	 * Sort value[0..n), n <= NB_RANK_MAX, without repeats; out has room for NB_RANK_MAX.
	 * @return number of distinct values
	 */
	size_t (*rank_few)(const uint64_t *value, size_t n, uint64_t *out);

	/** XXH3 of the token hashes. */
	uint64_t (*text_hash)(const uint64_t *token, size_t n, uint64_t seed);

	/**
	 * Counting distinct values, one round: every value writes its index into the slot that its
	 * top bits name.  Apart from settle so that the stores drain while something else is done.
	 *
	 * @param n      at most NB_SETTLE_MAX
	 * @param slot   out, 2^(64 - shift) entries and one more
	 */
	void (*take_slots)(const uint64_t *value, size_t n, uint16_t *slot, uint32_t shift);

	/**
	 * Who still owns his slot is distinct; who equals the owner of his slot is a repeat; all
	 * others go to `rest`, for another round by other bits.
	 *
	 * @param rest   out, room for n + 8; no value of it is equal to one that kept a slot
	 * @param kept   out: number of values that kept their slot
	 * @return number of values in rest
	 */
	size_t (*settle)(const uint64_t *value, size_t n, const uint16_t *slot, uint32_t shift,
			 uint64_t *rest, size_t *kept);
} nb_text_kernel;

/** The table of nb_isa_get(). */
const nb_text_kernel *nb_text_kernel_get(void);

/** The table of one instruction set; NULL if this build or CPU cannot run it. */
const nb_text_kernel *nb_text_kernel_for(nb_isa isa);

#endif
