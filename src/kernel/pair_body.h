/* SPDX-License-Identifier: MIT
 *
 * pair_body.h - what every instruction set of the pair kernels shares.
 *
 * pair_<isa>.c includes it once, defines the static functions named at the end, and closes with
 * NB_PAIR_TABLE(isa, ISA), which makes one specialised function of each shape: width (words of a
 * plane) and planes become constants in always-inlined code.  All but the table is static, so that
 * nothing built for a newer CPU can be linked into older code.
 */
#ifndef NB_KERNEL_PAIR_BODY_H
#define NB_KERNEL_PAIR_BODY_H

#include <stdbool.h>
#include <string.h>

#include "kernel/pair_kernel.h"

#define ALWAYS_INLINE inline __attribute__((always_inline))
#define AHEAD         12u /* pairs that count_pairs fetches ahead: covers one trip to memory */
#define GALLOP        32u /* ratio of lengths from which searching beats merging */

#if defined(__clang__)
#define UNROLL _Pragma("unroll")
#else
#define UNROLL _Pragma("GCC unroll 64")
#endif

/* First index in [from, n) with a[index] >= value: doubling steps, then halving ones. */
static inline size_t gallop(const uint64_t *a, size_t from, size_t n, uint64_t value)
{
	size_t step = 1, low = from, count;

	while (low + step < n && a[low + step] < value) {
		low += step;
		step *= 2;
	}
	count = step < n - low ? step + 1 : n - low;
	while (count) {
		size_t half = count / 2;

		if (a[low + half] < value) {
			low += half + 1;
			count -= half + 1;
		} else {
			count = half;
		}
	}
	return low;
}

/* Common values of few (n_a) and many (n_b): O(n_a log(n_b / n_a)). */
static inline size_t intersect_gallop(const uint64_t *a, size_t n_a, const uint64_t *b, size_t n_b)
{
	size_t at = 0, n = 0;

	for (size_t i = 0; i < n_a && at < n_b; i++) {
		at = gallop(b, at, n_b, a[i]);
		n += at < n_b && b[at] == a[i];
	}
	return n;
}

/*
 * 1 if a <= b, else 0, hidden from the compiler, which would make a branch of two such tests; of
 * random data half the branches would be guessed wrong.
 */
static ALWAYS_INLINE size_t not_above(uint64_t a, uint64_t b)
{
	size_t is = a <= b;

	__asm__("" : "+r"(is));
	return is;
}

/* Branch-free merge of what is left of two arrays. */
static inline size_t intersect_merge(const uint64_t *a, size_t n_a, const uint64_t *b, size_t n_b)
{
	size_t i = 0, j = 0, n = 0;

	while (i < n_a && j < n_b) {
		uint64_t x = a[i], y = b[j];

		n += x == y;
		i += not_above(x, y);
		j += not_above(y, x);
	}
	return n;
}

/* The two sketches of pair i into the cache. */
static inline void fetch_pair(const uint8_t (*lane)[NB_PAIR_LANES], const uint32_t *pair, size_t i)
{
	for (size_t side = 0; side < 2; side++) {
		__builtin_prefetch(lane[pair[2 * i + side]]);
		__builtin_prefetch(lane[pair[2 * i + side]] + 64);
	}
}

/* count_pairs over any equal_lanes(a, b). */
#define NB_PAIR_COUNT_PAIRS                                                                        \
	static void count_pairs(const uint8_t (*lane)[NB_PAIR_LANES], const uint32_t *pair,        \
				size_t n, uint8_t *equal)                                          \
	{                                                                                          \
		for (size_t i = 0; i < n; i++) {                                                   \
			if (i + AHEAD < n)                                                         \
				fetch_pair(lane, pair, i + AHEAD);                                 \
			equal[i] = equal_lanes(lane[pair[2 * i]], lane[pair[2 * i + 1]]);          \
		}                                                                                  \
	}

/* count_tile, one query after the other. */
#define NB_PAIR_COUNT_TILE                                                                         \
	static void count_tile(const uint64_t *query, size_t n_query, const uint64_t *block,       \
			       size_t n_block, uint8_t *equal)                                     \
	{                                                                                          \
		for (size_t q = 0; q < n_query; q++)                                               \
			count_blocks(query + 16 * q, block, n_block, equal + 8 * n_block * q);     \
	}

#define NB_PAIR_FILTER(width, planes)                                                              \
	static size_t filter_##width##_##planes(const uint64_t *query, size_t n_query,             \
						const uint64_t *block, size_t n_block,             \
						uint32_t limit, nb_filter_hit *hit)                \
	{                                                                                          \
		return filter(query, n_query, block, n_block, limit, hit, width, planes);          \
	}

#define NB_PAIR_HAMMING(width)                                                                     \
	static void hamming_##width(const uint64_t *query, const uint64_t *block, size_t n_block,  \
				    uint16_t *distance)                                            \
	{                                                                                          \
		hamming(query, block, n_block, distance, width);                                   \
	}

/*
 * Needs: filter(query, n_query, block, n_block, limit, hit, width, planes),
 * hamming(query, block, n_block, distance, width), count, count_blocks, count_tile,
 * count_pairs, intersect.
 */
#define NB_PAIR_TABLE(name, ISA)                                                                   \
	NB_PAIR_FILTER(1, 1)                                                                       \
	NB_PAIR_FILTER(1, 2)                                                                       \
	NB_PAIR_FILTER(1, 3)                                                                       \
	NB_PAIR_FILTER(1, 4)                                                                       \
	NB_PAIR_FILTER(2, 1)                                                                       \
	NB_PAIR_FILTER(2, 2)                                                                       \
	NB_PAIR_FILTER(2, 3)                                                                       \
	NB_PAIR_FILTER(2, 4)                                                                       \
	NB_PAIR_FILTER(4, 1)                                                                       \
	NB_PAIR_HAMMING(1)                                                                         \
	NB_PAIR_HAMMING(2)                                                                         \
	NB_PAIR_HAMMING(4)                                                                         \
	extern const nb_pair_kernel nb_pair_kernel_##name;                                         \
	const nb_pair_kernel nb_pair_kernel_##name = {                                             \
		.isa = ISA,                                                                        \
		.filter = { { filter_1_1, filter_1_2, filter_1_3, filter_1_4 },                    \
			    { filter_2_1, filter_2_2, filter_2_3, filter_2_4 },                    \
			    { filter_4_1, NULL, NULL, NULL } },                                    \
		.hamming = { hamming_1, hamming_2, hamming_4 },                                    \
		.count = count,                                                                    \
		.count_blocks = count_blocks,                                                      \
		.count_tile = count_tile,                                                          \
		.count_pairs = count_pairs,                                                        \
		.intersect = intersect,                                                            \
	}

#endif
