/* SPDX-License-Identifier: MIT
 *
 * pair_avx512.c - the pair kernels with AVX-512, see pair_kernel.h.
 *
 * 512-bit integer work has two ports, p0 and p5; popcount only p5, maximum only p0.  The filter
 * counts *equal* lanes, one ternary-logic operation per plane word, acc | (q ^ d), the last one
 * inverted.  To see whether any of many counts reaches a threshold there are two ways:
 *   - keep the maximum: one operation per count;
 *   - if the threshold is at or above a power of two that random pairs practically never reach,
 *     OR the counts together, two in one ternary-logic operation, and look at the high bits: half
 *     an operation per count.
 * Either may only be too generous; a strip that looks warm is then gone through exactly.
 */
#include <immintrin.h>

#include "kernel/pair_body.h"

#define OR_XOR     0xF6 /* a | (b ^ c) */
#define NOT_OR_XOR 0x09 /* ~(a | (b ^ c)) */
#define NOT_XOR    0xC3 /* ~(a ^ b) */
#define OR3        0xFE
#define MAX_WASTED 8 /* one strip in so many may be looked at twice in vain */

/* Lanes of word w of a plane that differ, or (invert) agree; q has stride 1, d stride 8. */
static ALWAYS_INLINE __m512i differ(const __m512i *q, const uint64_t *d, size_t w, size_t width,
				    size_t planes, bool invert)
{
	__m512i x = _mm512_load_si512(d + 8 * w);

	if (planes == 1)
		return invert ? _mm512_ternarylogic_epi64(q[w], x, x, NOT_XOR)
			      : _mm512_xor_si512(q[w], x);
	x = _mm512_xor_si512(q[w], x);
	UNROLL
	for (size_t p = 1; p + 1 < planes; p++)
		x = _mm512_ternarylogic_epi64(x, q[p * width + w],
					      _mm512_load_si512(d + 8 * (p * width + w)), OR_XOR);
	w += (planes - 1) * width;
	return invert ? _mm512_ternarylogic_epi64(x, q[w], _mm512_load_si512(d + 8 * w), NOT_OR_XOR)
		      : _mm512_ternarylogic_epi64(x, q[w], _mm512_load_si512(d + 8 * w), OR_XOR);
}

/* Equal lanes of one query and the 8 documents of a block. */
static ALWAYS_INLINE __m512i equal8(const __m512i *q, const uint64_t *d, size_t width,
				    size_t planes)
{
	__m512i n = _mm512_popcnt_epi64(differ(q, d, 0, width, planes, true));

	UNROLL
	for (size_t w = 1; w < width; w++)
		n = _mm512_add_epi64(n, _mm512_popcnt_epi64(differ(q, d, w, width, planes, true)));
	return n;
}

/* Differing lanes minus 64: each inverted popcount brings -64 for nothing.  For 256 bits. */
static ALWAYS_INLINE __m512i excess8(const __m512i *q, const uint64_t *d)
{
	__m512i n = _mm512_popcnt_epi64(differ(q, d, 0, 4, 1, false));

	n = _mm512_add_epi64(n, _mm512_popcnt_epi64(differ(q, d, 1, 4, 1, false)));
	n = _mm512_add_epi64(n, _mm512_popcnt_epi64(differ(q, d, 2, 4, 1, false)));
	return _mm512_sub_epi64(n, _mm512_popcnt_epi64(differ(q, d, 3, 4, 1, true)));
}

/*
 * Least number of equal lanes, a power of two, that fewer than 1 in 50,000 random pairs reach;
 * 0 if none.  256 x 1 looks at the sign of excess8 instead: more than 192 equal bits.
 */
static ALWAYS_INLINE uint32_t rare(size_t width, size_t planes)
{
	if (width == 4)
		return 193;
	if (width == 2)
		return planes == 1 ? 0 : planes == 4 ? 32 : 64;
	return planes == 1 ? 0 : planes == 4 ? 16 : 32;
}

/* Blocks that share one look for hits: few where strangers may reach the threshold. */
static ALWAYS_INLINE size_t strip_of(size_t width, size_t planes)
{
	return width == 1 && planes > 1 ? 8 : 16;
}

static ALWAYS_INLINE void broadcast(const uint64_t *query, size_t i, __m512i *q, size_t words)
{
	UNROLL
	for (size_t w = 0; w < words; w++)
		q[w] = _mm512_set1_epi64((long long)query[8 * w + i]);
}

/* Queries [first, first + group) against n blocks; *seen collects counts, see the top. */
static ALWAYS_INLINE __m512i gather(__m512i seen, const uint64_t *query, size_t first, size_t group,
				    const uint64_t *d, size_t n, size_t width, size_t planes,
				    bool high_bits)
{
	size_t words = width * planes;
	__m512i q[8][8];

	UNROLL
	for (size_t i = 0; i < group; i++)
		broadcast(query, first + i, q[i], words);
	for (size_t b = 0; b < n; b++, d += 8 * words) {
		UNROLL
		for (size_t i = 0; i < group; i += 2) {
			__m512i x, y;

			if (high_bits && width == 4) {
				x = excess8(q[i], d);
				y = excess8(q[i + 1], d);
			} else {
				x = equal8(q[i], d, width, planes);
				y = equal8(q[i + 1], d, width, planes);
			}
			seen = high_bits ? _mm512_ternarylogic_epi64(seen, x, y, OR3)
					 : _mm512_max_epu32(_mm512_max_epu32(seen, x), y);
		}
	}
	return seen;
}

/* Whether any pair of the strip may reach `least` equal lanes. */
static ALWAYS_INLINE bool warm(const uint64_t *query, const uint64_t *d, size_t n, uint32_t least,
			       size_t width, size_t planes, bool high_bits)
{
	size_t words = width * planes, group = words <= 3 ? 8 : words <= 6 ? 4 : 2;
	__m512i seen = _mm512_setzero_si512();

	UNROLL
	for (size_t first = 0; first < 8; first += group)
		seen = gather(seen, query, first, group, d, n, width, planes, high_bits);
	if (high_bits) {
		uint64_t bits = width == 4 ? UINT64_C(1) << 63
					   : ~(uint64_t)(rare(width, planes) - 1);

		return _mm512_test_epi64_mask(seen, _mm512_set1_epi64((long long)bits)) != 0;
	}
	/* the upper halves are zero; the 64-bit maximum takes three cycles, this one one */
	return _mm512_cmpge_epu64_mask(seen, _mm512_set1_epi64(least)) != 0;
}

/* The pairs of one query block and one block with at least `least` equal lanes. */
static ALWAYS_INLINE uint64_t mask64(const uint64_t *query, const uint64_t *d, uint32_t least,
				     size_t width, size_t planes)
{
	__m512i want = _mm512_set1_epi64(least), q[8];
	uint64_t mask = 0;

	for (size_t i = 0; i < 8; i++) {
		broadcast(query, i, q, width * planes);
		mask |= (uint64_t)_mm512_cmpge_epu64_mask(equal8(q, d, width, planes), want)
			<< (8 * i);
	}
	return mask;
}

/* One query block against all blocks; *wasted counts warm strips without a hit. */
static ALWAYS_INLINE nb_filter_hit *scan_row(const uint64_t *query, uint32_t q,
					     const uint64_t *block, size_t n_block, uint32_t least,
					     nb_filter_hit *hit, size_t *wasted, size_t width,
					     size_t planes, bool high_bits)
{
	size_t step = 8 * width * planes, strip = strip_of(width, planes);

	for (size_t b = 0; b < n_block; b += strip) {
		size_t end = n_block - b < strip ? n_block : b + strip;
		nb_filter_hit *before = hit;

		if (!warm(query, block + b * step, end - b, least, width, planes, high_bits))
			continue;
		for (size_t i = b; i < end; i++) {
			uint64_t mask = mask64(query, block + i * step, least, width, planes);

			if (mask)
				*hit++ = (nb_filter_hit){ q, (uint32_t)i, mask };
		}
		*wasted += hit == before;
	}
	return hit;
}

static ALWAYS_INLINE size_t filter(const uint64_t *query, size_t n_query, const uint64_t *block,
				   size_t n_block, uint32_t limit, nb_filter_hit *hit, size_t width,
				   size_t planes)
{
	uint32_t lanes = (uint32_t)width * 64, least = limit < lanes ? lanes - limit : 0;
	uint32_t coarse = rare(width, planes);
	size_t step = 8 * width * planes, wasted = 0;
	nb_filter_hit *end = hit;

	for (size_t q = 0; q < n_query; q++, query += step) {
		/* documents that are no strangers reach the coarse threshold often: look exactly */
		if (coarse && least >= coarse &&
		    wasted * strip_of(width, planes) <= n_block * q / MAX_WASTED)
			end = scan_row(query, (uint32_t)q, block, n_block, least, end, &wasted,
				       width, planes, true);
		else
			end = scan_row(query, (uint32_t)q, block, n_block, least, end, &wasted,
				       width, planes, false);
	}
	return (size_t)(end - hit);
}

static ALWAYS_INLINE void hamming(const uint64_t *query, const uint64_t *block, size_t n_block,
				  uint16_t *distance, size_t width)
{
	__m512i q[4];

	for (size_t w = 0; w < width; w++)
		q[w] = _mm512_set1_epi64((long long)query[w]);
	for (size_t b = 0; b < n_block; b++, block += 8 * width, distance += 8) {
		__m512i n = _mm512_popcnt_epi64(differ(q, block, 0, width, 1, false));

		UNROLL
		for (size_t w = 1; w < width; w++)
			n = _mm512_add_epi64(
				n, _mm512_popcnt_epi64(differ(q, block, w, width, 1, false)));
		_mm_storeu_si128((__m128i *)distance, _mm512_cvtepi64_epi16(n));
	}
}

/* ---- counts -------------------------------------------------------------------------------- */

static ALWAYS_INLINE uint8_t equal_to(__m512i q0, __m512i q1, const uint8_t *lane)
{
	uint64_t m0 = _mm512_cmpeq_epi8_mask(q0, _mm512_loadu_si512(lane));
	uint64_t m1 = _mm512_cmpeq_epi8_mask(q1, _mm512_loadu_si512(lane + 64));

	return (uint8_t)(_mm_popcnt_u64(m0) + _mm_popcnt_u64(m1));
}

static ALWAYS_INLINE uint8_t equal_lanes(const uint8_t *a, const uint8_t *b)
{
	return equal_to(_mm512_loadu_si512(a), _mm512_loadu_si512(a + 64), b);
}

static void count(const uint8_t *query, const uint8_t (*lane)[NB_PAIR_LANES], size_t n,
		  uint8_t *equal)
{
	__m512i q0 = _mm512_loadu_si512(query), q1 = _mm512_loadu_si512(query + 64);

	for (size_t i = 0; i < n; i++)
		equal[i] = equal_to(q0, q1, lane[i]);
}

NB_PAIR_COUNT_PAIRS

/* Byte 8 j + k to byte 8 k + j: counts of 8 blocks from document order to block order. */
static ALWAYS_INLINE __m512i turn_bytes(__m512i x)
{
	uint8_t index[64];

	for (int i = 0; i < 64; i++)
		index[i] = (uint8_t)(i % 8 * 8 + i / 8);
	return _mm512_permutexvar_epi8(_mm512_loadu_si512(index), x);
}

static void count_blocks(const uint64_t *query, const uint64_t *block, size_t n_block,
			 uint8_t *equal)
{
	__m512i q[16];

	UNROLL
	for (size_t w = 0; w < 16; w++)
		q[w] = _mm512_set1_epi64((long long)query[w]);
	for (; n_block >= 8; n_block -= 8, block += 8 * 128, equal += 64) {
		__m512i all = equal8(q, block, 2, 8);

		UNROLL
		for (int k = 1; k < 7; k += 2) {
			__m512i x = equal8(q, block + 128 * k, 2, 8);
			__m512i y = equal8(q, block + 128 * (k + 1), 2, 8);

			x = _mm512_slli_epi64(x, 8 * (unsigned)k);
			y = _mm512_slli_epi64(y, 8 * (unsigned)(k + 1));
			all = _mm512_ternarylogic_epi64(all, x, y, OR3);
		}
		all = _mm512_or_si512(all,
				      _mm512_slli_epi64(equal8(q, block + 128 * 7, 2, 8), 56));
		_mm512_storeu_si512(equal, turn_bytes(all));
	}
	for (; n_block; n_block--, block += 128, equal += 8)
		_mm_storel_epi64((__m128i *)equal, _mm512_cvtepi64_epi8(equal8(q, block, 2, 8)));
}

/* A load that stays one instruction: compilers else repeat it inside each of its users. */
static ALWAYS_INLINE __m512i load_once(const uint64_t *d)
{
	__m512i x = _mm512_load_si512(d);

	__asm__("" : "+v"(x));
	return x;
}

/* Equal lanes of two queries in word w of 8 planes; the documents' planes are loaded once. */
static ALWAYS_INLINE void equal_two(__m512i (*q)[8], const uint64_t *d, __m512i *n)
{
	__m512i x = load_once(d), a = _mm512_xor_si512(q[0][0], x);
	__m512i b = _mm512_xor_si512(q[1][0], x);

	UNROLL
	for (size_t p = 1; p < 7; p++) {
		x = load_once(d + 16 * p);
		a = _mm512_ternarylogic_epi64(a, q[0][p], x, OR_XOR);
		b = _mm512_ternarylogic_epi64(b, q[1][p], x, OR_XOR);
	}
	x = load_once(d + 112);
	n[0] = _mm512_popcnt_epi64(_mm512_ternarylogic_epi64(a, q[0][7], x, NOT_OR_XOR));
	n[1] = _mm512_popcnt_epi64(_mm512_ternarylogic_epi64(b, q[1][7], x, NOT_OR_XOR));
}

/*
 * Word w (0, 1: the lower or upper 64 lanes) of two queries against 8 blocks: equal lanes in bytes,
 * blocks from low to high.  One load for two operations: with one for each, the two vector ports
 * were measured to do 1.5 operations a cycle, with one for two 1.9.
 */
static ALWAYS_INLINE void count_half(const uint64_t *query, size_t w, const uint64_t *block,
				     __m512i *equal)
{
	__m512i q[2][8];

	UNROLL
	for (size_t p = 0; p < 8; p++) {
		q[0][p] = _mm512_set1_epi64((long long)query[2 * p + w]);
		q[1][p] = _mm512_set1_epi64((long long)query[16 + 2 * p + w]);
	}
	equal[0] = equal[1] = _mm512_setzero_si512();
	UNROLL
	for (int b = 6; b >= 0; b -= 2) {
		__m512i x[2], y[2];

		equal_two(q, block + 128 * b + 8 * w, x);
		equal_two(q, block + 128 * (b + 1) + 8 * w, y);
		for (int i = 0; i < 2; i++)
			equal[i] = _mm512_ternarylogic_epi64(_mm512_slli_epi64(equal[i], 16), x[i],
							     _mm512_slli_epi64(y[i], 8), OR3);
	}
}

static void count_two(const uint64_t *query, const uint64_t *block, size_t n_block, uint8_t *equal)
{
	size_t n = n_block / 8 * 8;
	uint8_t *second = equal + 8 * n_block;

	for (size_t b = 0; b < n; b += 8) {
		__m512i low[2], high[2];

		count_half(query, 0, block + 128 * b, low);
		count_half(query, 1, block + 128 * b, high);
		_mm512_storeu_si512(equal + 8 * b, turn_bytes(_mm512_add_epi8(low[0], high[0])));
		_mm512_storeu_si512(second + 8 * b, turn_bytes(_mm512_add_epi8(low[1], high[1])));
	}
	count_blocks(query, block + 128 * n, n_block - n, equal + 8 * n);
	count_blocks(query + 16, block + 128 * n, n_block - n, second + 8 * n);
}

static void count_tile(const uint64_t *query, size_t n_query, const uint64_t *block, size_t n_block,
		       uint8_t *equal)
{
	size_t q = 0;

	for (; q + 2 <= n_query; q += 2)
		count_two(query + 16 * q, block, n_block, equal + 8 * n_block * q);
	if (q < n_query)
		count_blocks(query + 16 * q, block, n_block, equal + 8 * n_block * q);
}

/* ---- intersection -------------------------------------------------------------------------- */

/* 8 values of a against 8 of b; the array whose last value is smaller moves on. */
static size_t intersect(const uint64_t *a, size_t n_a, const uint64_t *b, size_t n_b)
{
	size_t i = 0, j = 0, n = 0;

	if (n_a > n_b)
		return intersect(b, n_b, a, n_a);
	if (n_a < n_b / GALLOP)
		return intersect_gallop(a, n_a, b, n_b);
	while (i + 8 <= n_a && j + 8 <= n_b) {
		__m512i x = _mm512_loadu_si512(a + i);
		uint64_t last_a = a[i + 7], last_b = b[j + 7];
		__mmask8 none = 0xFF;

		UNROLL
		for (size_t k = 0; k < 8; k++)
			none = _mm512_mask_cmpneq_epu64_mask(
				none, x, _mm512_set1_epi64((long long)b[j + k]));
		n += 8u - (unsigned)_mm_popcnt_u32(none);
		i += 8 * not_above(last_a, last_b);
		j += 8 * not_above(last_b, last_a);
	}
	return n + intersect_merge(a + i, n_a - i, b + j, n_b - j);
}

NB_PAIR_TABLE(avx512, NB_ISA_AVX512);
