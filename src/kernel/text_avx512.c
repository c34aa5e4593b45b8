/* SPDX-License-Identifier: MIT
 *
 * text_avx512.c - the text kernels for AVX-512: 64 bytes, 16 or 8 hashes at a time.
 */
#include "kernel/sketch_avx512.h"

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

/* U+4E00..U+9FFF stay as they are, a space after each; returns the bytes taken. */
INLINE size_t han_run(nb_fold *f, const uint8_t *in, size_t n)
{
	/* first byte, second, third as one number */
	__m512i turn = _mm512_broadcast_i32x4(_mm_setr_epi8(2, 1, 0, -1, 6, 5, 4, -1, 10, 9, 8, -1,
							    14, 13, 12, -1));
	__m512i first = _mm512_set1_epi32(HAN_FIRST);
	__m512i count = _mm512_set1_epi32(HAN_LAST - HAN_FIRST);
	__m512i tails = _mm512_set1_epi32(0xC0C0), high = _mm512_set1_epi32(0x8080);
	size_t taken = 0, k = 16;

	while (k == 16 && n - taken >= 3) {
		size_t left = n - taken < 48 ? n - taken : 48;
		__m512i v = _mm512_maskz_expand_epi8(
			UINT64_C(0x7777777777777777),
			_mm512_maskz_loadu_epi8(first_bytes(left), in + taken));
		__m512i x = _mm512_shuffle_epi8(v, turn);
		__mmask16 good = _mm512_cmple_epu32_mask(_mm512_sub_epi32(x, first), count) &
				 _mm512_cmpeq_epi32_mask(_mm512_and_si512(x, tails), high);

		k = _tzcnt_u32(~(uint32_t)good);
		if (k == 0)
			break;
		*f->out = ' ';
		f->out += !f->own;
		_mm512_storeu_si512(f->out, _mm512_or_si512(v, _mm512_set1_epi32(' ' << 24)));
		f->out += 4 * k;
		f->own = 1;
		taken += 3 * k;
	}
	return taken;
}

static void fold_avx512(nb_fold *f, const uint8_t *in, size_t n)
{
	fold_body(f, in, n, plain_run, han_run);
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
	uint64_t n = (uint64_t)_mm_popcnt_u64(edge);

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
