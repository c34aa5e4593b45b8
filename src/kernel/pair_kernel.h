/* SPDX-License-Identifier: MIT
 *
 * pair_kernel.h - the innermost loops: how many lanes of two sketches agree, how far two SimHashes
 * are apart, how many values two sorted sets share.  Batches only: a call does thousands of pairs.
 *
 * Blocks.  The scanning kernels read documents as bit planes in blocks of 8.  A shape is
 *   lanes   64 or 128: the first lanes of the sketch; for SimHash its bits: 64, 128 or 256
 *   planes  1..4: the low bits of every lane that take part (8 for count_blocks; 1 for SimHash)
 * A document of a shape is nb_pair_words = planes * lanes / 64 words; bit i of word
 * (p * lanes / 64 + w) is bit p of lane 64 w + i.  A block holds word 0 of its 8 documents, then
 * word 1 of all 8, and so on: 8 * words uint64_t, 64-byte aligned.  One vector load brings one word
 * of 8 documents.  Queries are blocks of the same kind, so that one packed array serves as both.
 *
 * The filter.  Two lanes that differ in any plane differ, so
 *     bound(q, d) = bits set in OR over planes (q ^ d)
 * is at most the number of differing lanes: dropping pairs with bound > limit loses nothing.  For
 * one plane it is the Hamming distance.  filter reports, for each query block and document block
 * with any such pair, one nb_filter_hit whose bit 8 i + j stands for query i and document j.
 * Hits come ordered by query block, then block.  A caller keeps a tile of blocks in the first-level
 * cache and sends all its query blocks over it in one call:
 *
 *     n = filter(q + q0 * 8 * words, nq, b + b0 * 8 * words, nb, limit, hit);  nq * nb <= room
 *     for each hit: mask = hit.mask;
 *         on the diagonal block (the same 8 documents):  mask &= NB_FILTER_UPPER;  pairs i < j only
 *         in a last block of n < 8 documents:            mask &= nb_filter_tail(rows, columns);
 *         while (mask) { bit = ctz(mask); i = bit / 8; j = bit % 8; ...; mask &= mask - 1; }
 *
 * Padding documents of a last block are all zero and may well hit: the masks remove them.
 *
 * Every instruction set returns the same values.  No allocation, no errors; pure functions, safe
 * from any thread.
 *
 * Level: kernel.
 */
#ifndef NB_KERNEL_PAIR_KERNEL_H
#define NB_KERNEL_PAIR_KERNEL_H

#include <stddef.h>
#include <stdint.h>

#include "newsbraid/isa.h"

#define NB_PAIR_BLOCK  8u   /* documents in a block */
#define NB_PAIR_LANES  128u /* bytes of a sketch */
#define NB_PAIR_PLANES 8u   /* planes of the count_blocks shape, with all NB_PAIR_LANES lanes */

/* Pairs of a query block and a document block that are within the limit. */
typedef struct nb_filter_hit {
	uint32_t query; /* index of the query block in this call */
	uint32_t block; /* index of the document block in this call */
	uint64_t mask;  /* never 0; bit 8 i + j: query i, document j */
} nb_filter_hit;

/* Bits of a mask with i < j: what remains of a block against itself. */
#define NB_FILTER_UPPER UINT64_C(0x0080C0E0F0F8FCFE)

/** Bits of a mask with i < rows and j < columns (0..8 each). */
static inline uint64_t nb_filter_tail(uint32_t rows, uint32_t columns)
{
	uint64_t row_bits = rows < 8 ? (UINT64_C(1) << (8 * rows)) - 1 : UINT64_MAX;

	return row_bits & (UINT64_C(0x0101010101010101) * ((1u << columns) - 1));
}

/**
 * All pairs of 8 * n_query queries and 8 * n_block documents whose bound is at most limit.
 *
 * @param query  n_query blocks; @param block  n_block blocks, may be the same memory
 * @param limit  0..; at or above lanes every pair hits
 * @param hit    out, room for n_query * n_block
 * @return number of hits written
 *
 * Costs least when few pairs hit: a strip of 8 or 16 blocks with a hit is looked at twice.
 */
typedef size_t nb_filter_fn(const uint64_t *query, size_t n_query, const uint64_t *block,
			    size_t n_block, uint32_t limit, nb_filter_hit *hit);

/**
 * Hamming distances of one SimHash to 8 * n_block others.
 * @param query  its 1, 2 or 4 words;  @param distance  out, [0..8 * n_block)
 */
typedef void nb_hamming_fn(const uint64_t *query, const uint64_t *block, size_t n_block,
			   uint16_t *distance);

typedef struct nb_pair_kernel {
	nb_isa isa;
	nb_filter_fn *filter[3][4]; /* see nb_pair_filter */
	nb_hamming_fn *hamming[3];  /* 64, 128, 256 bits */

	/**
	 * Equal lanes of one sketch and n others, sketches as they are stored (128 bytes each).
	 * @param equal  out, [0..n), each 0..128
	 */
	void (*count)(const uint8_t *query, const uint8_t (*lane)[NB_PAIR_LANES], size_t n,
		      uint8_t *equal);

	/**
	 * The same from blocks of shape 128 lanes x 8 planes: the fast way when all are counted.
	 * @param query  16 words, as nb_pair_slice makes them
	 * @param equal  out, [0..8 * n_block)
	 */
	void (*count_blocks)(const uint64_t *query, const uint64_t *block, size_t n_block,
			     uint8_t *equal);

	/**
	 * count_blocks for n_query queries, two at a time where that saves loads.
	 * @param query  [n_query][16];  @param equal  out, [n_query][8 * n_block]
	 */
	void (*count_tile)(const uint64_t *query, size_t n_query, const uint64_t *block,
			   size_t n_block, uint8_t *equal);

	/**
	 * Equal lanes of listed pairs, fetched ahead: bound by memory, fastest sorted by pair[2 i].
	 * @param pair   documents pair[2 i] and pair[2 i + 1], i < n
	 * @param equal  out, [0..n)
	 */
	void (*count_pairs)(const uint8_t (*lane)[NB_PAIR_LANES], const uint32_t *pair, size_t n,
			    uint8_t *equal);

	/** Number of values that two ascending arrays without doubles share. */
	size_t (*intersect)(const uint64_t *a, size_t n_a, const uint64_t *b, size_t n_b);
} nb_pair_kernel;

/** The table of nb_isa_get(). */
const nb_pair_kernel *nb_pair_kernel_get(void);

/** The table of one instruction set, NULL if this build or CPU cannot run it. */
const nb_pair_kernel *nb_pair_kernel_for(nb_isa isa);

/** The filter of a shape, NULL if there is none: {64, 128} lanes x 1..4 planes, 256 lanes x 1. */
nb_filter_fn *nb_pair_filter(const nb_pair_kernel *kernel, uint32_t lanes, uint32_t planes);

/** The distance function of a SimHash of 64, 128 or 256 bits, NULL for other widths. */
nb_hamming_fn *nb_pair_hamming(const nb_pair_kernel *kernel, uint32_t bits);

/** uint64_t words of one document of a shape. */
static inline size_t nb_pair_words(uint32_t lanes, uint32_t planes)
{
	return (size_t)planes * (lanes / 64);
}

/** Blocks of n documents. */
static inline size_t nb_pair_blocks(size_t n)
{
	return n / NB_PAIR_BLOCK + (n % NB_PAIR_BLOCK != 0);
}

/** One sketch to its words: lanes 64 or 128, planes 1..8; word[0..nb_pair_words) contiguous. */
void nb_pair_slice(const uint8_t *lane, uint32_t lanes, uint32_t planes, uint64_t *word);

/**
 * Sketches to blocks.
 *
 * @param lane    the sketches
 * @param order   place i gets sketch order[i]; NULL: i
 * @param block   out, nb_pair_blocks(n) * 8 * nb_pair_words(lanes, planes) words; the places past n
 *                in the last block are zero
 */
void nb_pair_pack(const uint8_t (*lane)[NB_PAIR_LANES], const uint32_t *order, size_t n,
		  uint32_t lanes, uint32_t planes, uint64_t *block);

/** SimHashes of bits / 64 words each to blocks of shape bits x 1; order and block as above. */
void nb_pair_pack_simhash(const uint64_t *simhash, const uint32_t *order, size_t n, uint32_t bits,
			  uint64_t *block);

#endif
