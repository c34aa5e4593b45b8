/* SPDX-License-Identifier: MIT
 *
 * text_avx512.c - the text kernels for AVX-512: 64 bytes, 16 or 8 hashes at a time.
 */
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

INLINE __mmask64 bytes_within(__m512i v, char low, uint32_t count)
{
	return _mm512_cmplt_epu8_mask(_mm512_sub_epi8(v, _mm512_set1_epi8(low)),
				      _mm512_set1_epi8((char)count));
}

INLINE __m512i lower64(__m512i v)
{
	return _mm512_mask_add_epi8(v, bytes_within(v, 'A', 26), v, _mm512_set1_epi8(0x20));
}

/* ---- fold ----
 *
 * Vectors do ASCII, the letters and signs of Latin-1 that become one ASCII byte, the dashes and
 * quotation marks of U+2010..U+2023 (a space) and the Russian alphabet: nearly all of European
 * text.  The rest goes through the table.  What is written here must be what the table says; the
 * tests try every code point.
 */

/* U+0080..U+00BF and U+00C0..U+00FF folded, 0: not one ASCII byte. */
static const char latin_c2[65] = "                                "
				 "          a  \0    23 \0   1o \0\0\0 ";
static const char latin_c3[65] = "aaaaaa\0ceeeeiiii\0nooooo \0uuuuy\0\0"
				 "aaaaaa\0ceeeeiiii\0nooooo \0uuuuy\0y";

INLINE __mmask64 is_byte(__m512i v, uint8_t byte)
{
	return _mm512_cmpeq_epi8_mask(v, _mm512_set1_epi8((char)byte));
}

/* Fold the characters of v, not all ASCII, up to the first one that needs the table. */
INLINE fold_run mixed_run(__m512i v, __mmask64 high, size_t n, uint8_t *out)
{
	__m512i c2 = _mm512_loadu_si512(latin_c2), c3 = _mm512_loadu_si512(latin_c3);
	/* bytes that may be the last of a character, by the bytes before them */
	__mmask64 tail = _mm512_cmplt_epi8_mask(v, _mm512_set1_epi8(-64));
	__mmask64 after_c2 = is_byte(v, 0xC2) << 1 & tail, after_c3 = is_byte(v, 0xC3) << 1 & tail;
	__mmask64 after_d0 = is_byte(v, 0xD0) << 1 & tail, after_d1 = is_byte(v, 0xD1) << 1 & tail;
	__mmask64 quote = (is_byte(v, 0xE2) << 1 & is_byte(v, 0x80)) << 1 &
			  bytes_within(v, (char)0x90, 0x14);
	__mmask64 upper = after_d0 & bytes_within(v, (char)0x90, 0x10);
	__mmask64 upper2 = after_d0 & bytes_within(v, (char)0xA0, 0x10);
	__mmask64 latin, russian, good, keep;
	size_t taken;

	v = lower64(v);
	v = _mm512_mask_permutexvar_epi8(v, after_c2, v, c2);
	v = _mm512_mask_permutexvar_epi8(v, after_c3, v, c3);
	latin = (after_c2 | after_c3) & _mm512_test_epi8_mask(v, v);
	russian = (after_d0 & _mm512_cmpge_epu8_mask(v, _mm512_set1_epi8((char)0x90))) |
		  (after_d1 & _mm512_cmplt_epu8_mask(v, _mm512_set1_epi8((char)0x90)));
	v = _mm512_mask_mov_epi8(v, quote, _mm512_set1_epi8(' '));
	v = _mm512_mask_add_epi8(v, upper, v, _mm512_set1_epi8(0x20));
	v = _mm512_mask_sub_epi8(v, upper2, v, _mm512_set1_epi8(0x20));
	v = _mm512_mask_add_epi8(v, upper2 >> 1, v, _mm512_set1_epi8(1));
	good = latin | russian | quote;
	good |= good >> 1 | quote >> 2;
	taken = (size_t)_tzcnt_u64(high & ~good);
	taken = taken < n ? taken : n;
	keep = first_bytes(taken) & ~(latin >> 1 | quote >> 1 | quote >> 2);
	_mm512_storeu_si512(out, _mm512_maskz_compress_epi8(keep, v));
	return (fold_run){ taken, (size_t)_mm_popcnt_u64(keep) };
}

INLINE fold_run plain_run(const uint8_t *in, size_t n, uint8_t *out)
{
	fold_run run = { 0, 0 };

	while (run.taken < n) {
		size_t left = n - run.taken < 64 ? n - run.taken : 64;
		__m512i v = _mm512_maskz_loadu_epi8(first_bytes(left), in + run.taken);
		__mmask64 high = _mm512_movepi8_mask(v);
		fold_run more = { left, left };

		if (high)
			more = mixed_run(v, high, left, out + run.written);
		else
			_mm512_storeu_si512(out + run.written, lower64(v));
		run.taken += more.taken;
		run.written += more.written;
		if (more.taken + 3 < left || more.taken == 0)
			break;
	}
	return run;
}

static void fold_avx512(nb_fold *f, const uint8_t *in, size_t n)
{
	fold_body(f, in, n, plain_run);
}

/* ---- edges ---- */

INLINE byte_masks classify(__m512i v)
{
	__mmask64 digit = bytes_within(v, '0', 10);
	__m512i v2 = _mm512_or_si512(v, _mm512_set1_epi8(2)); /* ',' and '.' differ in this bit */

	return (byte_masks){
		.token = _mm512_movepi8_mask(v) | bytes_within(v, 'a', 26) | digit,
		.digit = digit,
		.joint = _mm512_cmpeq_epi8_mask(v2, _mm512_set1_epi8('.')) |
			 _mm512_cmpeq_epi8_mask(v, _mm512_set1_epi8(':')),
	};
}

INLINE void store_wide(uint32_t *out, __m128i bytes, __m512i base)
{
	_mm512_storeu_si512(out, _mm512_add_epi32(_mm512_cvtepu8_epi32(bytes), base));
}

/* Compress the numbers of the set bits, then widen: two stores unless a block is full of edges. */
INLINE uint32_t *put_compressed(uint32_t *out, uint64_t edge, uint32_t at, __m512i number)
{
	__m512i bits = _mm512_maskz_compress_epi8(edge, number), base = _mm512_set1_epi32((int)at);
	uint64_t n = _mm_popcnt_u64(edge);

	store_wide(out, _mm512_castsi512_si128(bits), base);
	store_wide(out + 16, _mm512_extracti32x4_epi32(bits, 1), base);
	if (__builtin_expect(n > 32, 0)) {
		store_wide(out + 32, _mm512_extracti32x4_epi32(bits, 2), base);
		store_wide(out + 48, _mm512_extracti32x4_epi32(bits, 3), base);
	}
	return out + n;
}

static size_t edges_avx512(const uint8_t *folded, size_t begin, size_t end, nb_edge_state *state,
			   uint32_t *edge)
{
	static const uint8_t count_up[64] = {
		0,  1,	2,  3,	4,  5,	6,  7,	8,  9,	10, 11, 12, 13, 14, 15,
		16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31,
		32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47,
		48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63,
	};
	__m512i number = _mm512_loadu_si512(count_up);
	nb_edge_state s = *state;
	uint32_t *out = edge;

	for (size_t at = begin; at < end; at += 64) {
		byte_masks m = classify(_mm512_loadu_si512(folded + at));

		out = put_compressed(out, edges_of(m, folded[at + 64], &s), (uint32_t)at, number);
	}
	*state = s;
	return (size_t)(out - edge);
}

/* ---- hashes ---- */

/* fold_product of 8 pairs, from four products of halves. */
INLINE __m512i fold_product8(__m512i a, __m512i b)
{
	__m512i half = _mm512_set1_epi64(UINT32_MAX);
	__m512i a1 = _mm512_srli_epi64(a, 32), b1 = _mm512_srli_epi64(b, 32);
	__m512i ll = _mm512_mul_epu32(a, b), hh = _mm512_mul_epu32(a1, b1);
	__m512i hl = _mm512_mul_epu32(a1, b), lh = _mm512_mul_epu32(a, b1);
	__m512i mid = _mm512_add_epi64(_mm512_srli_epi64(ll, 32), hl);
	__m512i mid2 = _mm512_add_epi64(lh, _mm512_and_si512(mid, half));
	__m512i high = _mm512_add_epi64(_mm512_add_epi64(hh, _mm512_srli_epi64(mid, 32)),
					_mm512_srli_epi64(mid2, 32));

	/* low half of ll, low half of mid2 above it */
	return _mm512_xor_si512(high, _mm512_mask_shuffle_epi32(ll, 0xAAAA, mid2,
								_MM_PERM_CCAA));
}

/* All ones in the low n bytes of each word, n 0..8. */
INLINE __m512i keep8(__m512i n)
{
	__m512i drop = _mm512_slli_epi64(_mm512_sub_epi64(_mm512_set1_epi64(8), n), 3);

	return _mm512_srlv_epi64(_mm512_set1_epi64(-1), drop);
}

/* The same arithmetic as hashes_portable, 8 tokens at a time. */
static void hashes_avx512(const uint8_t *folded, const uint32_t *edge, size_t n, uint64_t *hash)
{
	__m512i eight = _mm512_set1_epi64(8), sixteen = _mm512_set1_epi64(16);
	size_t i = 0;

	for (; i + 8 <= n; i += 8) {
		__m512i pair = _mm512_loadu_si512(edge + 2 * i);
		__m512i at = _mm512_and_si512(pair, _mm512_set1_epi64(UINT32_MAX));
		__m512i length = _mm512_sub_epi64(_mm512_srli_epi64(pair, 32), at);
		__m512i tail = _mm512_sub_epi64(_mm512_max_epu64(length, eight), eight);
		__m512i low = _mm512_and_si512(_mm512_i64gather_epi64(at, folded, 1),
					       keep8(_mm512_min_epu64(length, eight)));
		__m512i high = _mm512_and_si512(_mm512_i64gather_epi64(at, folded + 8, 1),
						keep8(_mm512_min_epu64(tail, eight)));
		uint32_t big = _mm512_cmpgt_epu64_mask(length, sixteen);

		low = _mm512_xor_si512(low, _mm512_set1_epi64((int64_t)WORD_LOW));
		high = _mm512_ternarylogic_epi64(high, _mm512_set1_epi64((int64_t)WORD_HIGH),
						 length, 0x96);
		_mm512_storeu_si512(hash + i, fold_product8(low, high));
		for (; big; big = _blsr_u32(big)) {
			size_t k = i + _tzcnt_u32(big);

			hash[k] = hash_long(folded + edge[2 * k], edge[2 * k + 1] - edge[2 * k]);
		}
	}
	hashes_portable(folded, edge + 2 * i, n - i, hash + i);
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

#define PACKED 1024 /* shingles whose round inputs are kept: longer texts fill their lanes at once */

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

/* Add 8 vectors to planes 0..2; what carries into plane 3 is returned. */
INLINE __m512i add8(const __m512i v[8], __m512i plane[3])
{
	__m512i a = add3_512(&plane[0], v[0], v[1]), b = add3_512(&plane[0], v[2], v[3]);
	__m512i c = add3_512(&plane[0], v[4], v[5]), d = add3_512(&plane[0], v[6], v[7]);

	a = add3_512(&plane[1], a, b);
	b = add3_512(&plane[1], c, d);
	return add3_512(&plane[2], a, b);
}

/* Sum the 8 words of every plane: three times the upper half is added to the lower one. */
INLINE void sum_words(__m512i plane[PLANES], uint32_t n_planes, uint64_t out[PLANES])
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
}

static uint64_t simhash_avx512(const uint64_t *token, size_t n, uint64_t key)
{
	__m512i plane[PLANES], v[8], keys = _mm512_set1_epi64((int64_t)key);
	uint64_t sum[PLANES] = { 0 };
	uint32_t n_planes = 3;
	size_t block = 0;

	plane[0] = plane[1] = plane[2] = _mm512_setzero_si512();
	for (size_t i = 0; i < n; i += 64) {
		size_t left = n - i;
		__m512i carry;

		for (size_t j = 0; j < 8; j++) {
			__mmask8 k = left >= 64 ? 0xFF : first_words(left > 8 * j ? left - 8 * j :
										    0);

			v[j] = votes(_mm512_maskz_loadu_epi64(k, token + i + 8 * j), k, keys);
		}
		carry = add8(v, plane);
		block++;
		if ((block & (block - 1)) == 0) /* the count of blocks has one more bit */
			plane[n_planes++] = _mm512_setzero_si512();
		for (uint32_t p = 3; p < n_planes; p++) {
			__m512i both = _mm512_and_si512(plane[p], carry);

			plane[p] = _mm512_xor_si512(plane[p], carry);
			carry = both;
		}
	}
	sum_words(plane, n_planes, sum);
	return columns_above(sum, n / 2);
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

/* Equal values have one rank and meet in one place; the places behind it stay unwritten. */
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

/* Indices of values [i, i + 16) that do not own their slot, behind the n in loser. */
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

extern const nb_text_kernel nb_text_kernel_avx512;
const nb_text_kernel nb_text_kernel_avx512 = {
	.isa = NB_ISA_AVX512,
	.fold = fold_avx512,
	.edges = edges_avx512,
	.hashes = hashes_avx512,
	.shingles = shingles_avx512,
	.minhash = minhash_avx512,
	.simhash = simhash_avx512,
	.text_hash = text_hash,
	.rank_few = rank_few_avx512,
	.below = below_avx512,
	.take_slots = take_slots,
	.settle = settle_avx512,
};
