/* SPDX-License-Identifier: MIT
 *
 * pair_avx2.c - the pair kernels with AVX2, see pair_kernel.h.
 *
 * Bits are counted by nibble lookup (Mula, Kurz, Lemire: "Faster population counts using AVX2
 * instructions", 2018).  The table of the high nibbles holds 8 - popcount, always at least the
 * other table's popcount, so that one sum of absolute differences gives 64 - popcount, the equal
 * lanes, without adding the two first.
 */
#include <immintrin.h>

#include "kernel/pair_body.h"

#define STRIP 8u /* blocks that share one look for hits */

/* One word of 4 documents: the lanes that differ from the query's; q has stride 1, d stride 8. */
static ALWAYS_INLINE __m256i differ(const __m256i *q, const uint64_t *d, size_t w, size_t width,
				    size_t planes)
{
	__m256i x = _mm256_xor_si256(q[w], _mm256_load_si256((const __m256i *)(d + 8 * w)));

	UNROLL
	for (size_t p = 1; p < planes; p++) {
		__m256i y = _mm256_load_si256((const __m256i *)(d + 8 * (p * width + w)));

		x = _mm256_or_si256(x, _mm256_xor_si256(q[p * width + w], y));
	}
	return x;
}

/* Equal lanes of one query and 4 documents, as 4 numbers of 64 bits. */
static ALWAYS_INLINE __m256i equal4(const __m256i *q, const uint64_t *d, size_t width,
				    size_t planes)
{
	const __m256i ones = _mm256_setr_epi8(0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4, 0, 1,
					      1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4);
	const __m256i rest = _mm256_setr_epi8(8, 7, 7, 6, 7, 6, 6, 5, 7, 6, 6, 5, 6, 5, 5, 4, 8, 7,
					      7, 6, 7, 6, 6, 5, 7, 6, 6, 5, 6, 5, 5, 4);
	const __m256i nibble = _mm256_set1_epi8(15);
	__m256i low = _mm256_setzero_si256(), high = _mm256_setzero_si256();

	UNROLL
	for (size_t w = 0; w < width; w++) {
		__m256i x = differ(q, d, w, width, planes);
		__m256i l = _mm256_shuffle_epi8(ones, _mm256_and_si256(x, nibble));
		__m256i h = _mm256_shuffle_epi8(
			rest, _mm256_and_si256(_mm256_srli_epi16(x, 4), nibble));

		low = w ? _mm256_add_epi8(low, l) : l;
		high = w ? _mm256_add_epi8(high, h) : h;
	}
	return _mm256_sad_epu8(high, low);
}

static ALWAYS_INLINE void broadcast(const uint64_t *query, size_t i, __m256i *q, size_t words)
{
	UNROLL
	for (size_t w = 0; w < words; w++)
		q[w] = _mm256_set1_epi64x((long long)query[8 * w + i]);
}

/* Whether any pair of the strip has `least` equal lanes; counts fit 16 bits, zeros above. */
static ALWAYS_INLINE bool warm(__m256i (*q)[8], const uint64_t *d, size_t n, uint32_t least,
			       size_t width, size_t planes)
{
	__m256i seen = _mm256_setzero_si256();

	if (!least)
		return true;
	for (size_t b = 0; b < n; b++, d += 8 * width * planes) {
		UNROLL
		for (size_t i = 0; i < 8; i++) {
			seen = _mm256_max_epi16(seen, equal4(q[i], d, width, planes));
			seen = _mm256_max_epi16(seen, equal4(q[i], d + 4, width, planes));
		}
	}
	seen = _mm256_cmpgt_epi64(seen, _mm256_set1_epi64x((long long)least - 1));
	return !_mm256_testz_si256(seen, seen);
}

static ALWAYS_INLINE uint64_t mask64(__m256i (*q)[8], const uint64_t *d, uint32_t least,
				     size_t width, size_t planes)
{
	__m256i below = _mm256_set1_epi64x((long long)least - 1);
	uint64_t mask = 0;

	for (int i = 0; i < 8; i++) {
		__m256i x = _mm256_cmpgt_epi64(equal4(q[i], d, width, planes), below);
		__m256i y = _mm256_cmpgt_epi64(equal4(q[i], d + 4, width, planes), below);
		int bits = _mm256_movemask_pd(_mm256_castsi256_pd(x)) |
			   _mm256_movemask_pd(_mm256_castsi256_pd(y)) << 4;

		mask |= (uint64_t)(unsigned)bits << (8 * i);
	}
	return mask;
}

static ALWAYS_INLINE size_t filter(const uint64_t *query, size_t n_query, const uint64_t *block,
				   size_t n_block, uint32_t limit, nb_filter_hit *hit, size_t width,
				   size_t planes)
{
	uint32_t lanes = (uint32_t)width * 64, least = limit < lanes ? lanes - limit : 0;
	size_t step = 8 * width * planes, n = 0;
	__m256i queries[8][8];

	for (size_t q = 0; q < n_query; q++, query += step) {
		for (size_t i = 0; i < 8; i++)
			broadcast(query, i, queries[i], width * planes);
		for (size_t b = 0; b < n_block; b += STRIP) {
			size_t end = n_block - b < STRIP ? n_block : b + STRIP;

			if (!warm(queries, block + b * step, end - b, least, width, planes))
				continue;
			for (size_t i = b; i < end; i++) {
				uint64_t mask = mask64(queries, block + i * step, least, width,
						       planes);

				if (mask)
					hit[n++] = (nb_filter_hit){ (uint32_t)q, (uint32_t)i,
								    mask };
			}
		}
	}
	return n;
}

/* 8 numbers of 64 bits, all below 2^16, to 8 of 16 bits. */
static ALWAYS_INLINE __m128i narrow(__m256i x, __m256i y)
{
	__m256i z = _mm256_packus_epi32(x, y);

	z = _mm256_packus_epi32(z, z);
	return _mm_unpacklo_epi32(_mm256_castsi256_si128(z), _mm256_extracti128_si256(z, 1));
}

static ALWAYS_INLINE void hamming(const uint64_t *query, const uint64_t *block, size_t n_block,
				  uint16_t *distance, size_t width)
{
	__m128i bits = _mm_set1_epi16((short)(64 * width));
	__m256i q[4];

	for (size_t w = 0; w < width; w++)
		q[w] = _mm256_set1_epi64x((long long)query[w]);
	for (size_t b = 0; b < n_block; b++, block += 8 * width, distance += 8) {
		__m128i n = narrow(equal4(q, block, width, 1), equal4(q, block + 4, width, 1));

		_mm_storeu_si128((__m128i *)distance, _mm_sub_epi16(bits, n));
	}
}

/* ---- counts -------------------------------------------------------------------------------- */

static ALWAYS_INLINE __m256i load(const uint8_t *p)
{
	return _mm256_loadu_si256((const __m256i *)p);
}

/* Equal lanes of a sketch, in 4 parts of 64 bits. */
static ALWAYS_INLINE __m256i equal_parts(const __m256i *q, const uint8_t *lane)
{
	__m256i n = _mm256_setzero_si256();

	UNROLL
	for (int i = 0; i < 4; i++)
		n = _mm256_sub_epi8(n, _mm256_cmpeq_epi8(q[i], load(lane + 32 * i)));
	return _mm256_sad_epu8(n, _mm256_setzero_si256());
}

static ALWAYS_INLINE uint8_t equal_to(const __m256i *q, const uint8_t *lane)
{
	__m256i n = equal_parts(q, lane);
	__m128i half = _mm_add_epi64(_mm256_castsi256_si128(n), _mm256_extracti128_si256(n, 1));

	return (uint8_t)(_mm_cvtsi128_si32(half) + _mm_extract_epi16(half, 4));
}

static ALWAYS_INLINE uint8_t equal_lanes(const uint8_t *a, const uint8_t *b)
{
	__m256i q[4] = { load(a), load(a + 32), load(a + 64), load(a + 96) };

	return equal_to(q, b);
}

static void count(const uint8_t *query, const uint8_t (*lane)[NB_PAIR_LANES], size_t n,
		  uint8_t *equal)
{
	__m256i q[4] = { load(query), load(query + 32), load(query + 64), load(query + 96) };
	size_t i = 0;

	/* the 4 parts of 4 sketches are added in one go: words 2 j, 2 j + 1 belong to sketch j */
	for (; i + 4 <= n; i += 4) {
		__m256i x = _mm256_packus_epi32(equal_parts(q, lane[i]),
						equal_parts(q, lane[i + 1]));
		__m256i y = _mm256_packus_epi32(equal_parts(q, lane[i + 2]),
						equal_parts(q, lane[i + 3]));
		__m256i z = _mm256_packus_epi32(x, y);
		__m128i sum = _mm_add_epi16(_mm256_castsi256_si128(z),
					    _mm256_extracti128_si256(z, 1));
		int four;

		sum = _mm_hadd_epi16(sum, sum);
		sum = _mm_packus_epi16(sum, sum);
		four = _mm_cvtsi128_si32(sum);
		memcpy(equal + i, &four, sizeof(four));
	}
	for (; i < n; i++)
		equal[i] = equal_to(q, lane[i]);
}

NB_PAIR_COUNT_PAIRS

static void count_blocks(const uint64_t *query, const uint64_t *block, size_t n_block,
			 uint8_t *equal)
{
	__m256i q[16];

	for (size_t w = 0; w < 16; w++)
		q[w] = _mm256_set1_epi64x((long long)query[w]);
	for (size_t b = 0; b < n_block; b++, block += 128, equal += 8) {
		__m128i n = narrow(equal4(q, block, 2, 8), equal4(q, block + 4, 2, 8));

		_mm_storel_epi64((__m128i *)equal, _mm_packus_epi16(n, n));
	}
}

NB_PAIR_COUNT_TILE

/* ---- intersection -------------------------------------------------------------------------- */

/* Values of x that are among b[0..4). */
static ALWAYS_INLINE __m256i among4(__m256i x, const uint64_t *b)
{
	__m256i any = _mm256_cmpeq_epi64(x, _mm256_set1_epi64x((long long)b[0]));

	UNROLL
	for (int k = 1; k < 4; k++)
		any = _mm256_or_si256(
			any, _mm256_cmpeq_epi64(x, _mm256_set1_epi64x((long long)b[k])));
	return any;
}

/* 4 values of a against 4 of b; the array whose last value is smaller moves on. */
static size_t intersect(const uint64_t *a, size_t n_a, const uint64_t *b, size_t n_b)
{
	size_t i = 0, j = 0, n = 0;

	if (n_a > n_b)
		return intersect(b, n_b, a, n_a);
	if (n_a < n_b / GALLOP)
		return intersect_gallop(a, n_a, b, n_b);
	while (i + 4 <= n_a && j + 4 <= n_b) {
		__m256i x = _mm256_loadu_si256((const __m256i *)(a + i));
		uint64_t last_a = a[i + 3], last_b = b[j + 3];
		__m256i any = among4(x, b + j);
		unsigned found;

		found = (unsigned)_mm256_movemask_pd(_mm256_castsi256_pd(any));
		n += (unsigned)_mm_popcnt_u32(found);
		i += 4 * not_above(last_a, last_b);
		j += 4 * not_above(last_b, last_a);
	}
	return n + intersect_merge(a + i, n_a - i, b + j, n_b - j);
}

NB_PAIR_TABLE(avx2, NB_ISA_AVX2);
