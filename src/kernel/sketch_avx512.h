/* SPDX-License-Identifier: MIT
 *
 * sketch_avx512.h - token hashes to sketch for AVX-512; the other half of text_avx512.c.
 */
#ifndef NB_KERNEL_SKETCH_AVX512_H
#define NB_KERNEL_SKETCH_AVX512_H

#include <immintrin.h>

#include "kernel/sketch_kernel_body.h"

INLINE __mmask64 first_bytes(size_t n)
{
	return _bzhi_u64(UINT64_MAX, (uint32_t)n);
}

INLINE __mmask8 first_words(size_t n)
{
	return (__mmask8)_bzhi_u32(0xFF, n < 8 ? (uint32_t)n : 8);
}

/* ---- shingles ---- */

INLINE __m512i finish_shingles(__m512i h)
{
	h = _mm512_xor_si512(h, _mm512_srli_epi64(h, 32));
	h = _mm512_mullo_epi64(h, _mm512_set1_epi64((int64_t)SHINGLE_FACTOR));
	return _mm512_xor_si512(h, _mm512_srli_epi64(h, 29));
}

INLINE __m512i mix_shingles(const uint64_t *token, __mmask8 k, uint32_t words, __m512i seed)
{
	__m512i h = seed;

	for (uint32_t i = 0; i < words; i++) {
		__m512i by = _mm512_set1_epi64((int64_t)(SHINGLE_TURN * i & 63));

		h = _mm512_add_epi64(h, _mm512_rolv_epi64(_mm512_maskz_loadu_epi64(k, token + i),
							  by));
	}
	return finish_shingles(h);
}

INLINE void mix_all(const uint64_t *token, size_t count, uint32_t words, uint64_t seed,
		    uint64_t *out)
{
	__m512i start = _mm512_set1_epi64((int64_t)seed);
	size_t i = 0;

	for (; i + 8 <= count; i += 8)
		_mm512_storeu_si512(out + i, mix_shingles(token + i, 0xFF, words, start));
	if (i < count) {
		__mmask8 k = first_words(count - i);

		_mm512_mask_storeu_epi64(out + i, k, mix_shingles(token + i, k, words, start));
	}
}

static void shingles_avx512(const uint64_t *token, size_t n, uint32_t words, uint64_t seed,
			    uint64_t *out)
{
	if (words == 5)
		mix_all(token, n - words + 1, 5, seed, out);
	else
		mix_all(token, n - words + 1, words, seed, out);
}

/* ---- MinHash ---- */

#define PACKED 1024 /* shingles whose round inputs are kept: more fill the lanes at once */

/* Bits 20..51 of n shingles, n <= PACKED; the rest of the last vector repeats the last shingle. */
INLINE void pack_inputs(const uint64_t *shingle, size_t n, uint32_t *input)
{
	size_t i = 0;

	for (; i + 8 <= n; i += 8)
		_mm256_storeu_si256((__m256i *)(input + i),
				    _mm512_cvtepi64_epi32(_mm512_srli_epi64(
					    _mm512_loadu_si512(shingle + i), 20)));
	for (; i < n; i++)
		input[i] = round_input(shingle[i]);
	for (; i % 16; i++)
		input[i] = round_input(shingle[n - 1]);
}

/* The lanes in `was_empty`, 4 x 32 bits, that y's hit. */
INLINE __mmask16 hits(__m512i y, __m512i was_empty)
{
	__m512i lane = _mm512_srli_epi32(y, 32 - LANE_BITS);
	__m512i word = _mm512_permutexvar_epi32(_mm512_srli_epi32(lane, 5), was_empty);

	return _mm512_test_epi32_mask(word, _mm512_rolv_epi32(_mm512_set1_epi32(1), lane));
}

static void later_round_packed(const uint32_t *input, size_t n, uint32_t factor,
			       const uint64_t was_empty[2], lanes *l)
{
	__m512i empty = _mm512_castsi128_si512(_mm_loadu_si128((const __m128i *)was_empty));
	__m512i by = _mm512_set1_epi32((int)factor);

	for (size_t i = 0; i < n; i += 16) {
		__m512i y = _mm512_mullo_epi32(_mm512_loadu_si512(input + i), by);
		__mmask16 hit = hits(y, empty);
		uint32_t found[16];

		if (!hit)
			continue;
		_mm512_storeu_si512(found, _mm512_maskz_compress_epi32(hit, y));
		for (uint32_t k = 0; k < (uint32_t)_mm_popcnt_u32(hit); k++)
			land(l, found[k]);
	}
}

static void later_rounds(const uint64_t *shingle, size_t n, lanes *l)
{
	uint32_t input[PACKED];

	if (n <= PACKED)
		pack_inputs(shingle, n, input);
	for (uint32_t r = 1; (l->empty[0] | l->empty[1]) && r <= ROUNDS_MAX; r++) {
		const uint64_t was_empty[2] = { l->empty[0], l->empty[1] };

		for (size_t i = 0; i < n; i += PACKED) {
			size_t count = n - i < PACKED ? n - i : PACKED;

			if (n > PACKED)
				pack_inputs(shingle + i, count, input);
			later_round_packed(input, count, round_factor(r), was_empty, l);
		}
	}
}

INLINE void merge_512(const first_tables *t, lanes *l)
{
	__m512i none = _mm512_set1_epi32(-1);
	uint64_t empty[2] = { 0, 0 };

	for (size_t j = 0; j < NB_MINHASH_LANES; j += 16) {
		__m512i a = _mm512_min_epu32(_mm512_loadu_si512(t->value[0] + j),
					     _mm512_loadu_si512(t->value[1] + j));
		__m512i b = _mm512_min_epu32(_mm512_loadu_si512(t->value[2] + j),
					     _mm512_loadu_si512(t->value[3] + j));

		a = _mm512_min_epu32(a, b);
		_mm512_storeu_si512(l->value + j, a);
		empty[j / 64] |= (uint64_t)_mm512_cmpeq_epi32_mask(a, none) << (j % 64);
	}
	memcpy(l->empty, empty, sizeof(empty));
}

static void minhash_avx512(const uint64_t *shingle, size_t n, uint8_t lane[NB_MINHASH_LANES])
{
	__attribute__((aligned(64))) first_tables t;
	__attribute__((aligned(64))) lanes l;

	for (size_t j = 0; j < NB_MINHASH_LANES; j += 16)
		for (size_t k = 0; k < TABLES; k++)
			_mm512_storeu_si512(t.value[k] + j, _mm512_set1_epi32(-1));
	first_round(shingle, n, &t);
	merge_512(&t, &l);
	if (l.empty[0] | l.empty[1])
		later_rounds(shingle, n, &l);
	if (l.empty[0] | l.empty[1])
		fill_rest(shingle, n, &l);
	finish_lanes(&l, lane);
}

/* ---- SimHash ---- */

#define XOR3     0x96
#define MAJORITY 0xE8

INLINE __m512i votes(__m512i token, __mmask8 k, __m512i key)
{
	__m512i x = _mm512_mullo_epi64(_mm512_xor_si512(token, key),
				       _mm512_set1_epi64((int64_t)VOTE_FACTOR));

	return _mm512_maskz_xor_epi64(k, x, _mm512_srli_epi64(x, 32));
}

/* a + b + c of one bit: the sum stays in *a, the carry is returned. */
INLINE __m512i add3_512(__m512i *a, __m512i b, __m512i c)
{
	__m512i carry = _mm512_ternarylogic_epi64(*a, b, c, MAJORITY);

	*a = _mm512_ternarylogic_epi64(*a, b, c, XOR3);
	return carry;
}

/* Add 8 vectors to the low planes; what carries out of them is returned. */
INLINE __m512i add8(const __m512i v[8], __m512i plane[LOW_PLANES])
{
	__m512i a = add3_512(&plane[0], v[0], v[1]), b = add3_512(&plane[0], v[2], v[3]);
	__m512i c = add3_512(&plane[0], v[4], v[5]), d = add3_512(&plane[0], v[6], v[7]);

	a = add3_512(&plane[1], a, b);
	b = add3_512(&plane[1], c, d);
	return add3_512(&plane[2], a, b);
}

/* Sum the 8 words of every plane: three times the upper half is added to the lower one.  Returns how many
 * planes there are then. */
INLINE uint32_t sum_words(__m512i plane[PLANES], uint32_t n_planes, uint64_t out[PLANES])
{
	static const int64_t half[3][8] = { { 4, 5, 6, 7, 4, 5, 6, 7 },
					    { 2, 3, 2, 3, 2, 3, 2, 3 },
					    { 1, 1, 1, 1, 1, 1, 1, 1 } };

	for (int step = 0; step < 3; step++) {
		__m512i upper = _mm512_loadu_si512(half[step]), carry = _mm512_setzero_si512();

		for (uint32_t p = 0; p < n_planes; p++) {
			__m512i b = _mm512_permutexvar_epi64(upper, plane[p]);

			carry = add3_512(&plane[p], b, carry);
		}
		if (n_planes < PLANES)
			plane[n_planes++] = carry;
	}
	for (uint32_t p = 0; p < n_planes; p++)
		out[p] = (uint64_t)_mm_cvtsi128_si64(_mm512_castsi512_si128(plane[p]));
	return n_planes;
}

INLINE uint64_t simhash_by(const uint64_t *token, size_t n, uint64_t key)
{
	/* the low planes apart: indexed by constants only, they stay in registers */
	__m512i low[LOW_PLANES], plane[PLANES], v[8], keys = _mm512_set1_epi64((int64_t)key);
	uint64_t sum[PLANES];
	uint32_t n_planes = LOW_PLANES;
	size_t block = 0;

	low[0] = low[1] = low[2] = _mm512_setzero_si512();
	for (size_t i = 0; i < n; i += 64) {
		size_t left = n - i;
		__m512i carry;

		for (size_t j = 0; j < 8; j++) {
			__mmask8 k = left >= 64 ? 0xFF : first_words(left > 8 * j ? left - 8 * j :
										    0);

			v[j] = _mm512_maskz_loadu_epi64(k, token + i + 8 * j);
			v[j] = key ? votes(v[j], k, keys) : v[j];
		}
		carry = add8(v, low);
		block++;
		if ((block & (block - 1)) == 0) /* the count of blocks has one more bit */
			plane[n_planes++] = _mm512_setzero_si512();
		for (uint32_t p = LOW_PLANES; p < n_planes; p++) {
			__m512i both = _mm512_and_si512(plane[p], carry);

			plane[p] = _mm512_xor_si512(plane[p], carry);
			carry = both;
		}
	}
	for (uint32_t p = 0; p < LOW_PLANES; p++)
		plane[p] = low[p];
	n_planes = sum_words(plane, n_planes, sum);
	return columns_above(sum, n_planes, n / 2);
}

static uint64_t simhash_avx512(const uint64_t *token, size_t n, uint64_t key)
{
	return key ? simhash_by(token, n, key) : simhash_by(token, n, 0);
}

/* ---- selection and counting ---- */

static size_t below_avx512(const uint64_t *value, size_t n, uint64_t limit, uint64_t *out)
{
	__m512i most = _mm512_set1_epi64((int64_t)limit);
	size_t count = 0;

	for (size_t i = 0; i < n; i += 8) {
		__mmask8 k = first_words(n - i);
		__m512i v = _mm512_maskz_loadu_epi64(k, value + i);

		k = _mm512_mask_cmple_epu64_mask(k, v, most);
		_mm512_storeu_si512(out + count, _mm512_maskz_compress_epi64(k, v));
		count += (size_t)_mm_popcnt_u32(k);
	}
	return count;
}

/* rank += how many of the first n values are smaller than each of 8 * vectors. */
INLINE void rank_by(const uint64_t *value, size_t n, const __m512i *x, __m512i *rank,
		    size_t vectors)
{
	__m512i one = _mm512_set1_epi64(1);

	for (size_t j = 0; j < n; j++) {
		__m512i pivot = _mm512_set1_epi64((int64_t)value[j]);

		for (size_t v = 0; v < vectors; v++)
			rank[v] = _mm512_mask_add_epi64(rank[v],
							_mm512_cmpgt_epu64_mask(x[v], pivot),
							rank[v], one);
	}
}

INLINE uint64_t scatter_ranked(const uint64_t *value, size_t n, size_t vectors, uint64_t *out)
{
	__m512i x[NB_RANK_MAX / 8], rank[NB_RANK_MAX / 8];
	uint64_t written = 0;

	for (size_t v = 0; v < vectors; v++) {
		x[v] = _mm512_maskz_loadu_epi64(first_words(n > 8 * v ? n - 8 * v : 0),
						value + 8 * v);
		rank[v] = _mm512_setzero_si512();
	}
	rank_by(value, n, x, rank, vectors);
	for (size_t v = 0; v < vectors; v++) {
		uint64_t place[8];

		_mm512_storeu_si512(place, rank[v]);
		for (size_t i = 0; i < 8 && 8 * v + i < n; i++) {
			out[place[i]] = value[8 * v + i];
			written |= UINT64_C(1) << place[i];
		}
	}
	return written;
}

/* Equal values have one rank and meet in one place; the places after it stay unwritten. */
static size_t rank_few_avx512(const uint64_t *value, size_t n, uint64_t *out)
{
	uint64_t written;
	size_t kept = 0;

	if (n <= 32)
		written = scatter_ranked(value, n, 4, out);
	else if (n <= 40)
		written = scatter_ranked(value, n, 5, out);
	else
		written = scatter_ranked(value, n, 8, out);
	if ((size_t)_mm_popcnt_u64(written) == n)
		return n;
	for (; written; written &= written - 1)
		out[kept++] = out[_tzcnt_u64(written)];
	return kept;
}

/* Indices of values [i, i + 16) that do not own their slot, after the n in loser. */
INLINE size_t put_losers(const uint64_t *value, size_t i, __mmask16 k, const uint16_t *slot,
			 __m128i shift, uint32_t *loser, size_t n)
{
	__m512i a = _mm512_srl_epi64(_mm512_maskz_loadu_epi64((__mmask8)k, value + i), shift);
	__m512i b = _mm512_srl_epi64(_mm512_maskz_loadu_epi64((__mmask8)(k >> 8), value + i + 8),
				     shift);
	__m512i at = _mm512_inserti64x4(_mm512_castsi256_si512(_mm512_cvtepi64_epi32(a)),
					_mm512_cvtepi64_epi32(b), 1);
	__m512i own = _mm512_add_epi32(_mm512_set1_epi32((int)i),
				       _mm512_set_epi32(15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3,
							2, 1, 0));
	__m512i owner = _mm512_and_si512(_mm512_mask_i32gather_epi32(own, k, at, slot, 2),
					 _mm512_set1_epi32(0xFFFF));
	__mmask16 lost = _mm512_mask_cmpneq_epi32_mask(k, own, owner);

	_mm512_storeu_si512(loser + n, _mm512_maskz_compress_epi32(lost, own));
	return n + (size_t)_mm_popcnt_u32(lost);
}

static size_t settle_avx512(const uint64_t *value, size_t n, const uint16_t *slot, uint32_t shift,
			    uint64_t *rest, size_t *kept)
{
	__m128i by = _mm_cvtsi32_si128((int)shift);
	uint32_t loser[SETTLE + 16];
	size_t n_rest = 0, n_lost = 0;

	for (size_t from = 0; from < n; from += SETTLE) {
		size_t to = n - from < SETTLE ? n : from + SETTLE, count = 0;

		for (size_t i = from; i < to; i += 16)
			count = put_losers(value, i,
					   (__mmask16)_bzhi_u32(0xFFFF, to - i < 16 ?
								      (uint32_t)(to - i) : 16),
					   slot, by, loser, count);
		n_rest += put_rest(value, slot, shift, loser, count, rest + n_rest);
		n_lost += count;
	}
	*kept = n - n_lost;
	return n_rest;
}

#endif
