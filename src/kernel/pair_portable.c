/* SPDX-License-Identifier: MIT
 *
 * pair_portable.c - the pair kernels in plain C, see pair_kernel.h.
 *
 * Loops over the 8 documents of a block are written so that a compiler can turn them into whatever
 * vectors the build may use.  Bits are counted by adding neighbours, the same way on every machine:
 * a build that may not assume a population-count instruction would call a function for each.
 */
#include "kernel/pair_body.h"

/* One word of 8 documents: bits set, in bytes (0..8 each). */
static ALWAYS_INLINE uint64_t bits_in_bytes(uint64_t x)
{
	x -= (x >> 1) & UINT64_C(0x5555555555555555);
	x = (x & UINT64_C(0x3333333333333333)) + ((x >> 2) & UINT64_C(0x3333333333333333));
	return (x + (x >> 4)) & UINT64_C(0x0F0F0F0F0F0F0F0F);
}

/* Sum of bytes, at most 256; shifts rather than a product, which most vector units lack. */
static ALWAYS_INLINE uint64_t sum_of_bytes(uint64_t x)
{
	x = (x & UINT64_C(0x00FF00FF00FF00FF)) + ((x >> 8) & UINT64_C(0x00FF00FF00FF00FF));
	x += x >> 16;
	return (x + (x >> 32)) & 0xFFFF;
}

/* Differing lanes of one query (q has the given stride) and the 8 documents of a block. */
static ALWAYS_INLINE void differ8(const uint64_t *q, size_t stride, const uint64_t *d, size_t width,
				  size_t planes, uint64_t *n)
{
	for (size_t j = 0; j < 8; j++) {
		uint64_t sum = 0;

		UNROLL
		for (size_t w = 0; w < width; w++) {
			uint64_t x = 0;

			UNROLL
			for (size_t p = 0; p < planes; p++)
				x |= q[stride * (p * width + w)] ^ d[8 * (p * width + w) + j];
			sum += bits_in_bytes(x);
		}
		n[j] = sum_of_bytes(sum);
	}
}

static ALWAYS_INLINE uint64_t mask64(const uint64_t *query, const uint64_t *d, uint32_t limit,
				     size_t width, size_t planes)
{
	uint64_t mask = 0;

	for (size_t i = 0; i < 8; i++) {
		uint64_t n[8], row = 0;

		differ8(query + i, 8, d, width, planes, n);
		for (size_t j = 0; j < 8; j++)
			row |= (uint64_t)(n[j] <= limit) << j;
		mask |= row << (8 * i);
	}
	return mask;
}

/* The least number of differing lanes between 8 queries and a block is at most limit. */
static ALWAYS_INLINE bool warm(const uint64_t *query, const uint64_t *d, uint32_t limit,
			       size_t width, size_t planes)
{
	uint64_t above[8] = { 0 }, all = 0;

	/* bit 16 of limit + 2^16 - n is set while n <= limit */
	for (size_t i = 0; i < 8; i++) {
		uint64_t n[8];

		differ8(query + i, 8, d, width, planes, n);
		for (size_t j = 0; j < 8; j++)
			above[j] |= limit + UINT64_C(0x10000) - n[j];
	}
	for (size_t j = 0; j < 8; j++)
		all |= above[j];
	return all >> 16 & 1;
}

static ALWAYS_INLINE size_t filter(const uint64_t *query, size_t n_query, const uint64_t *block,
				   size_t n_block, uint32_t limit, nb_filter_hit *hit, size_t width,
				   size_t planes)
{
	size_t step = 8 * width * planes, n = 0;
	uint32_t most = limit < 64 * width ? limit : (uint32_t)(64 * width);

	for (size_t q = 0; q < n_query; q++)
		for (size_t b = 0; b < n_block; b++) {
			uint64_t mask;

			if (!warm(query + q * step, block + b * step, most, width, planes))
				continue;
			mask = mask64(query + q * step, block + b * step, most, width, planes);
			if (mask)
				hit[n++] = (nb_filter_hit){ (uint32_t)q, (uint32_t)b, mask };
		}
	return n;
}

static ALWAYS_INLINE void hamming(const uint64_t *query, const uint64_t *block, size_t n_block,
				  uint16_t *distance, size_t width)
{
	for (size_t b = 0; b < n_block; b++) {
		uint64_t n[8];

		differ8(query, 1, block + b * 8 * width, width, 1, n);
		for (size_t j = 0; j < 8; j++)
			distance[8 * b + j] = (uint16_t)n[j];
	}
}

static void count_blocks(const uint64_t *query, const uint64_t *block, size_t n_block,
			 uint8_t *equal)
{
	for (size_t b = 0; b < n_block; b++) {
		uint64_t n[8];

		differ8(query, 1, block + b * 128, 2, 8, n);
		for (size_t j = 0; j < 8; j++)
			equal[8 * b + j] = (uint8_t)(NB_PAIR_LANES - n[j]);
	}
}

NB_PAIR_COUNT_TILE

/* 16 counters side by side, which compilers turn into a vector. */
static ALWAYS_INLINE uint8_t equal_lanes(const uint8_t *a, const uint8_t *b)
{
	uint8_t part[16] = { 0 };
	uint64_t low, high;

	for (size_t i = 0; i < NB_PAIR_LANES; i += 16)
		for (size_t j = 0; j < 16; j++)
			part[j] = (uint8_t)(part[j] + (a[i + j] == b[i + j]));
	memcpy(&low, part, 8);
	memcpy(&high, part + 8, 8);
	return (uint8_t)sum_of_bytes(low + high);
}

static void count(const uint8_t *query, const uint8_t (*lane)[NB_PAIR_LANES], size_t n,
		  uint8_t *equal)
{
	for (size_t i = 0; i < n; i++)
		equal[i] = equal_lanes(query, lane[i]);
}

NB_PAIR_COUNT_PAIRS

static size_t intersect(const uint64_t *a, size_t n_a, const uint64_t *b, size_t n_b)
{
	if (n_a > n_b)
		return intersect(b, n_b, a, n_a);
	if (n_a < n_b / GALLOP)
		return intersect_gallop(a, n_a, b, n_b);
	return intersect_merge(a, n_a, b, n_b);
}

NB_PAIR_TABLE(portable, NB_ISA_PORTABLE);
