/* SPDX-License-Identifier: MIT
 *
 * sketch_avx2.h - token hashes to sketch for AVX2; the other half of text_avx2.c.
 */
#ifndef NB_KERNEL_SKETCH_AVX2_H
#define NB_KERNEL_SKETCH_AVX2_H

#include <immintrin.h>

#include "kernel/sketch_kernel_body.h"

INLINE __m256i load(const void *p)
{
	return _mm256_loadu_si256((const __m256i *)p);
}

INLINE void store(void *p, __m256i v)
{
	_mm256_storeu_si256((__m256i *)p, v);
}

/* ---- 64-bit arithmetic that AVX2 lacks ---- */

INLINE __m256i multiply(__m256i a, uint64_t factor)
{
	__m256i low = _mm256_set1_epi64x((int64_t)factor);
	__m256i high = _mm256_set1_epi64x((int64_t)(factor >> 32));
	__m256i cross = _mm256_add_epi64(_mm256_mul_epu32(_mm256_srli_epi64(a, 32), low),
					 _mm256_mul_epu32(a, high));

	return _mm256_add_epi64(_mm256_mul_epu32(a, low), _mm256_slli_epi64(cross, 32));
}

/* Unsigned a > b of numbers whose top bit was flipped. */
INLINE __m256i flip(__m256i v)
{
	return _mm256_xor_si256(v, _mm256_set1_epi64x(INT64_MIN));
}

INLINE uint32_t mask4(__m256i v)
{
	return (uint32_t)_mm256_movemask_pd(_mm256_castsi256_pd(v));
}

/* ---- shingles ---- */

INLINE __m256i finish_shingles(__m256i h)
{
	h = _mm256_xor_si256(h, _mm256_srli_epi64(h, 32));
	h = multiply(h, SHINGLE_FACTOR);
	return _mm256_xor_si256(h, _mm256_srli_epi64(h, 29));
}

INLINE __m256i mix_shingles(const uint64_t *token, uint32_t words, __m256i seed)
{
	__m256i h = seed;

	for (uint32_t i = 0; i < words; i++) {
		int by = SHINGLE_TURN * i & 63;
		__m256i w = load(token + i);

		h = _mm256_add_epi64(h, _mm256_or_si256(_mm256_slli_epi64(w, by),
							_mm256_srli_epi64(w, 64 - by)));
	}
	return finish_shingles(h);
}

INLINE void mix_all(const uint64_t *token, size_t n, uint32_t words, uint64_t seed, uint64_t *out)
{
	size_t count = n - words + 1, i = 0;

	for (; i + 4 <= count; i += 4)
		store(out + i,
		      mix_shingles(token + i, words, _mm256_set1_epi64x((int64_t)seed)));
	shingles_body(token + i, n - i, words, seed, out + i);
}

static void shingles_avx2(const uint64_t *token, size_t n, uint32_t words, uint64_t seed,
			  uint64_t *out)
{
	if (words == 5)
		mix_all(token, n, 5, seed, out);
	else
		mix_all(token, n, words, seed, out);
}

/* ---- MinHash ---- */

#define PACKED 1024 /* shingles whose round inputs are kept: more fill the lanes at once */

/* Bits 20..51 of n shingles, n <= PACKED; the rest of the last vector repeats the last shingle. */
INLINE void pack_inputs(const uint64_t *shingle, size_t n, uint32_t *input)
{
	size_t i = 0;

	for (; i < n; i++)
		input[i] = round_input(shingle[i]);
	for (; i % 8; i++)
		input[i] = round_input(shingle[n - 1]);
}

static void later_round_packed(const uint32_t *input, size_t n, uint32_t factor,
			       const uint64_t was_empty[2], lanes *l)
{
	__m256i empty = _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)was_empty));
	__m256i by = _mm256_set1_epi32((int)factor), last = _mm256_set1_epi32(31);

	for (size_t i = 0; i < n; i += 8) {
		__m256i y = _mm256_mullo_epi32(load(input + i), by);
		__m256i lane = _mm256_srli_epi32(y, 32 - LANE_BITS);
		__m256i word = _mm256_permutevar8x32_epi32(empty, _mm256_srli_epi32(lane, 5));
		__m256i top = _mm256_sllv_epi32(word, _mm256_andnot_si256(lane, last));
		uint32_t hit = (uint32_t)_mm256_movemask_ps(_mm256_castsi256_ps(top));

		for (; hit; hit = _blsr_u32(hit))
			land(l, input[i + _tzcnt_u32(hit)] * factor);
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

INLINE void merge_256(const first_tables *t, lanes *l)
{
	__m256i none = _mm256_set1_epi32(-1);
	uint64_t empty[2] = { 0, 0 };

	for (size_t j = 0; j < NB_MINHASH_LANES; j += 8) {
		__m256i a = _mm256_min_epu32(load(t->value[0] + j), load(t->value[1] + j));
		__m256i b = _mm256_min_epu32(load(t->value[2] + j), load(t->value[3] + j));
		__m256i is_empty;

		a = _mm256_min_epu32(a, b);
		store(l->value + j, a);
		is_empty = _mm256_cmpeq_epi32(a, none);
		empty[j / 64] |= (uint64_t)(uint32_t)_mm256_movemask_ps(
					 _mm256_castsi256_ps(is_empty))
				 << (j % 64);
	}
	memcpy(l->empty, empty, sizeof(empty));
}

static void minhash_avx2(const uint64_t *shingle, size_t n, uint8_t lane[NB_MINHASH_LANES])
{
	first_tables t;
	lanes l;

	for (size_t k = 0; k < TABLES; k++)
		for (size_t j = 0; j < NB_MINHASH_LANES; j += 8)
			store(t.value[k] + j, _mm256_set1_epi32(-1));
	first_round(shingle, n, &t);
	merge_256(&t, &l);
	if (l.empty[0] | l.empty[1])
		later_rounds(shingle, n, &l);
	if (l.empty[0] | l.empty[1])
		fill_rest(shingle, n, &l);
	finish_lanes(&l, lane);
}

/* ---- SimHash ---- */

INLINE __m256i votes(__m256i token, __m256i key)
{
	__m256i x = multiply(_mm256_xor_si256(token, key), VOTE_FACTOR);

	return _mm256_xor_si256(x, _mm256_srli_epi64(x, 32));
}

INLINE __m256i add3_256(__m256i *a, __m256i b, __m256i c)
{
	__m256i u = _mm256_xor_si256(*a, b);
	__m256i carry = _mm256_or_si256(_mm256_and_si256(*a, b), _mm256_and_si256(u, c));

	*a = _mm256_xor_si256(u, c);
	return carry;
}

/* Add 8 vectors to the low planes; what carries out of them is returned. */
INLINE __m256i add8(const __m256i v[8], __m256i plane[LOW_PLANES])
{
	__m256i a = add3_256(&plane[0], v[0], v[1]), b = add3_256(&plane[0], v[2], v[3]);
	__m256i c = add3_256(&plane[0], v[4], v[5]), d = add3_256(&plane[0], v[6], v[7]);

	a = add3_256(&plane[1], a, b);
	b = add3_256(&plane[1], c, d);
	return add3_256(&plane[2], a, b);
}

/* Sum the 4 words of every plane: twice the upper half is added to the lower one.  Returns how many
 * planes there are then. */
INLINE uint32_t sum_words(__m256i plane[PLANES], uint32_t n_planes, uint64_t out[PLANES])
{
	for (int step = 0; step < 2; step++) {
		__m256i carry = _mm256_setzero_si256();

		for (uint32_t p = 0; p < n_planes; p++) {
			__m256i upper = step ? _mm256_permute4x64_epi64(plane[p], 0x55) :
					       _mm256_permute4x64_epi64(plane[p], 0xEE);

			carry = add3_256(&plane[p], upper, carry);
		}
		if (n_planes < PLANES)
			plane[n_planes++] = carry;
	}
	for (uint32_t p = 0; p < n_planes; p++)
		out[p] = (uint64_t)_mm_cvtsi128_si64(_mm256_castsi256_si128(plane[p]));
	return n_planes;
}

/* The votes of 32 tokens. */
INLINE void take_votes(const uint64_t *token, uint64_t key, __m256i v[8])
{
	__m256i keys = _mm256_set1_epi64x((int64_t)key);

	for (int k = 0; k < 8; k++)
		v[k] = key ? votes(load(token + 4 * k), keys) : load(token + 4 * k);
}

/* Those of n < 32 tokens, and none of the others. */
INLINE void take_last_votes(const uint64_t *token, size_t n, uint64_t key, __m256i v[8])
{
	uint64_t few[32];

	for (size_t i = 0; i < 32; i++)
		few[i] = i < n ? vote(token[i], key) : 0;
	for (int k = 0; k < 8; k++)
		v[k] = load(few + 4 * k);
}

INLINE uint64_t simhash_by(const uint64_t *token, size_t n, uint64_t key)
{
	/* the low planes apart: indexed by constants only, they stay in registers */
	__m256i low[LOW_PLANES], plane[PLANES], v[8];
	uint64_t sum[PLANES];
	uint32_t n_planes = LOW_PLANES;
	size_t block = 0;

	low[0] = low[1] = low[2] = _mm256_setzero_si256();
	for (size_t i = 0; i < n; i += 32) {
		__m256i carry;

		if (n - i >= 32)
			take_votes(token + i, key, v);
		else
			take_last_votes(token + i, n - i, key, v);
		carry = add8(v, low);
		block++;
		if ((block & (block - 1)) == 0) /* the count of blocks has one more bit */
			plane[n_planes++] = _mm256_setzero_si256();
		for (uint32_t p = LOW_PLANES; p < n_planes; p++) {
			__m256i both = _mm256_and_si256(plane[p], carry);

			plane[p] = _mm256_xor_si256(plane[p], carry);
			carry = both;
		}
	}
	for (uint32_t p = 0; p < LOW_PLANES; p++)
		plane[p] = low[p];
	n_planes = sum_words(plane, n_planes, sum);
	return columns_above(sum, n_planes, n / 2);
}

static uint64_t simhash_avx2(const uint64_t *token, size_t n, uint64_t key)
{
	return key ? simhash_by(token, n, key) : simhash_by(token, n, 0);
}

/* ---- selection and counting ---- */

/* For a mask of 4: the 32-bit halves of the chosen words, first ones first. */
static const uint32_t choose[16][8] = {
	{ 0 },		      { 0, 1 },		    { 2, 3 },
	{ 0, 1, 2, 3 },	      { 4, 5 },		    { 0, 1, 4, 5 },
	{ 2, 3, 4, 5 },	      { 0, 1, 2, 3, 4, 5 }, { 6, 7 },
	{ 0, 1, 6, 7 },	      { 2, 3, 6, 7 },	    { 0, 1, 2, 3, 6, 7 },
	{ 4, 5, 6, 7 },	      { 0, 1, 4, 5, 6, 7 }, { 2, 3, 4, 5, 6, 7 },
	{ 0, 1, 2, 3, 4, 5, 6, 7 },
};

static size_t below_avx2(const uint64_t *value, size_t n, uint64_t limit, uint64_t *out)
{
	__m256i most = flip(_mm256_set1_epi64x((int64_t)limit));
	size_t count = 0, i = 0;

	for (; i + 4 <= n; i += 4) {
		__m256i v = load(value + i);
		uint32_t k = mask4(_mm256_cmpgt_epi64(flip(v), most)) ^ 15;

		store(out + count, _mm256_permutevar8x32_epi32(v, load(choose[k])));
		count += (size_t)_mm_popcnt_u32(k);
	}
	return count + below_portable(value + i, n - i, limit, out + count);
}

/* Equal values have one rank and meet in one place; the places after it stay unwritten. */
static size_t rank_few_avx2(const uint64_t *value, size_t n, uint64_t *out)
{
	size_t vectors = (n + 3) / 4, kept = 0;
	uint64_t padded[NB_RANK_MAX], place[NB_RANK_MAX], written = 0;

	memcpy(padded, value, n * sizeof(*value));
	for (size_t i = n; i < 4 * vectors; i++)
		padded[i] = 0;
	for (size_t v = 0; v < vectors; v++) {
		__m256i x = flip(load(padded + 4 * v)), rank = _mm256_setzero_si256();

		for (size_t j = 0; j < n; j++) {
			__m256i pivot = flip(_mm256_set1_epi64x((int64_t)value[j]));

			rank = _mm256_sub_epi64(rank, _mm256_cmpgt_epi64(x, pivot));
		}
		store(place + 4 * v, rank);
	}
	for (size_t i = 0; i < n; i++) {
		out[place[i]] = value[i];
		written |= UINT64_C(1) << place[i];
	}
	if ((size_t)_mm_popcnt_u64(written) == n)
		return n;
	for (; written; written &= written - 1)
		out[kept++] = out[_tzcnt_u64(written)];
	return kept;
}

#endif
