/* SPDX-License-Identifier: MIT
 *
 * pair_neon.c - the pair kernels for AArch64, see pair_kernel.h.
 *
 * Bits are counted in bytes; pairwise additions then bring the 8 documents of a block down to one
 * byte each, two queries at a time (counts above 255 cannot occur below 256 lanes, and 256-bit
 * distances are added in 16 bits).
 */
#include <arm_neon.h>

#include "kernel/pair_body.h"

/* Bits that differ, per byte, between one query and documents j and j + 1. */
static ALWAYS_INLINE uint8x16_t differ2(const uint64_t *q, const uint64_t *d, size_t w,
					size_t width, size_t planes)
{
	uint64x2_t x = veorq_u64(vdupq_n_u64(q[w]), vld1q_u64(d + 8 * w));

	UNROLL
	for (size_t p = 1; p < planes; p++)
		x = vorrq_u64(x, veorq_u64(vdupq_n_u64(q[p * width + w]),
					   vld1q_u64(d + 8 * (p * width + w))));
	return vcntq_u8(vreinterpretq_u8_u64(x));
}

/* Differing lanes of one query (stride 1) and 8 documents; two bytes a document, to be added. */
static ALWAYS_INLINE uint8x16_t differ8(const uint64_t *q, const uint64_t *d, size_t width,
					size_t planes)
{
	uint8x16_t n[4];

	UNROLL
	for (size_t j = 0; j < 4; j++) {
		n[j] = differ2(q, d + 2 * j, 0, width, planes);
		UNROLL
		for (size_t w = 1; w < width; w++)
			n[j] = vaddq_u8(n[j], differ2(q, d + 2 * j, w, width, planes));
	}
	return vpaddq_u8(vpaddq_u8(n[0], n[1]), vpaddq_u8(n[2], n[3]));
}

static ALWAYS_INLINE uint16x8_t distance8(const uint64_t *q, const uint64_t *d, size_t width,
					  size_t planes)
{
	return vpaddlq_u8(differ8(q, d, width, planes));
}

static ALWAYS_INLINE uint64_t mask64(uint64_t (*q)[8], const uint64_t *d, uint16_t most,
				     size_t width, size_t planes)
{
	static const uint16_t bit[8] = { 1, 2, 4, 8, 16, 32, 64, 128 };
	uint16x8_t limit = vdupq_n_u16(most), bits = vld1q_u16(bit);
	uint64_t mask = 0;

	for (int i = 0; i < 8; i++) {
		uint16x8_t in = vcleq_u16(distance8(q[i], d, width, planes), limit);

		mask |= (uint64_t)vaddvq_u16(vandq_u16(in, bits)) << (8 * i);
	}
	return mask;
}

static ALWAYS_INLINE bool warm(uint64_t (*q)[8], const uint64_t *d, uint16_t most,
			       size_t width, size_t planes)
{
	uint16x8_t least = vdupq_n_u16(UINT16_MAX);

	UNROLL
	for (int i = 0; i < 8; i++)
		least = vminq_u16(least, distance8(q[i], d, width, planes));
	return vminvq_u16(least) <= most;
}

static ALWAYS_INLINE size_t filter(const uint64_t *query, size_t n_query, const uint64_t *block,
				   size_t n_block, uint32_t limit, nb_filter_hit *hit, size_t width,
				   size_t planes)
{
	size_t words = width * planes, step = 8 * words, n = 0;
	uint16_t most = limit < 64 * width ? (uint16_t)limit : (uint16_t)(64 * width);
	uint64_t queries[8][8];

	for (size_t q = 0; q < n_query; q++, query += step) {
		for (size_t i = 0; i < 8 * words; i++)
			queries[i % 8][i / 8] = query[i];
		for (size_t b = 0; b < n_block; b++) {
			const uint64_t *d = block + b * step;

			if (warm(queries, d, most, width, planes))
				hit[n++] = (nb_filter_hit){
					(uint32_t)q, (uint32_t)b,
					mask64(queries, d, most, width, planes)
				};
		}
	}
	return n;
}

static ALWAYS_INLINE void hamming(const uint64_t *query, const uint64_t *block, size_t n_block,
				  uint16_t *distance, size_t width)
{
	for (size_t b = 0; b < n_block; b++)
		vst1q_u16(distance + 8 * b, distance8(query, block + b * 8 * width, width, 1));
}

static void count_blocks(const uint64_t *query, const uint64_t *block, size_t n_block,
			 uint8_t *equal)
{
	for (size_t b = 0; b < n_block; b++) {
		uint8x8_t n = vmovn_u16(distance8(query, block + b * 128, 2, 8));

		vst1_u8(equal + 8 * b, vsub_u8(vdup_n_u8(NB_PAIR_LANES), n));
	}
}

NB_PAIR_COUNT_TILE

static ALWAYS_INLINE uint8_t equal_lanes(const uint8_t *a, const uint8_t *b)
{
	uint8x16_t n = vdupq_n_u8(0);

	UNROLL
	for (size_t i = 0; i < NB_PAIR_LANES; i += 16)
		n = vsubq_u8(n, vceqq_u8(vld1q_u8(a + i), vld1q_u8(b + i)));
	return vaddvq_u8(n);
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

NB_PAIR_TABLE(neon, NB_ISA_NEON);
