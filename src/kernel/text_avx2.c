/* SPDX-License-Identifier: MIT
 *
 * text_avx2.c - the text kernels for AVX2: 32 bytes, 8 or 4 hashes at a time.
 */
#include "kernel/sketch_avx2.h"

/* Bytes in [low, low + count): the saturated distance is below count. */
INLINE __m256i within(__m256i v, char low, char count)
{
	__m256i d = _mm256_sub_epi8(v, _mm256_set1_epi8(low));

	return _mm256_cmpeq_epi8(_mm256_min_epu8(d, _mm256_set1_epi8((char)(count - 1))), d);
}

INLINE __m256i lower32(__m256i v)
{
	return _mm256_or_si256(v, _mm256_and_si256(within(v, 'A', 26), _mm256_set1_epi8(0x20)));
}

/* ---- fold ---- */

INLINE __m256i is_byte(__m256i v, uint8_t byte)
{
	return _mm256_cmpeq_epi8(v, _mm256_set1_epi8((char)byte));
}

/*
 * Fold ASCII and the Russian alphabet, U+0410..U+044F, up to the first other character; what is
 * written must be what the table says.
 */
INLINE uint32_t russian_run(__m256i v, uint32_t high, uint8_t *out)
{
	__m256i zero = _mm256_setzero_si256();
	__m256i before = _mm256_alignr_epi8(v, _mm256_permute2x128_si256(v, v, 0x08), 15);
	__m256i tail_d0 = _mm256_and_si256(is_byte(before, 0xD0), within(v, (char)0x90, 0x30));
	__m256i tail_d1 = _mm256_and_si256(is_byte(before, 0xD1), within(v, (char)0x80, 0x10));
	__m256i upper = _mm256_and_si256(tail_d0, within(v, (char)0x90, 0x10));
	__m256i upper2 = _mm256_and_si256(tail_d0, within(v, (char)0xA0, 0x10));
	/* the bytes before those of upper2 */
	__m256i lead2 =
		_mm256_alignr_epi8(_mm256_permute2x128_si256(upper2, zero, 0x21), upper2, 1);
	uint32_t tail = (uint32_t)_mm256_movemask_epi8(_mm256_or_si256(tail_d0, tail_d1));

	v = lower32(v);
	v = _mm256_add_epi8(v, _mm256_and_si256(upper, _mm256_set1_epi8(0x20)));
	v = _mm256_sub_epi8(v, _mm256_and_si256(upper2, _mm256_set1_epi8(0x20)));
	store(out, _mm256_sub_epi8(v, lead2));
	return _tzcnt_u32(high & ~(tail | tail >> 1));
}

INLINE fold_run plain_run(const uint8_t *in, size_t n, uint8_t *out)
{
	size_t i = 0, more;

	while (i + 32 <= n) {
		__m256i v = load(in + i);
		uint32_t high = (uint32_t)_mm256_movemask_epi8(v), taken = 32;

		if (high)
			taken = russian_run(v, high, out + i);
		else
			store(out + i, lower32(v));
		i += taken;
		if (taken < 31)
			return (fold_run){ i, i };
	}
	more = ascii_run_portable(in + i, n - i, out + i);
	return (fold_run){ i + more, i + more };
}

/* U+4E00..U+9FFF stay as they are, a space after each; returns the bytes taken. */
INLINE size_t han_run(nb_fold *f, const uint8_t *in, size_t n)
{
	__m256i spread = _mm256_broadcastsi128_si256(
		_mm_setr_epi8(0, 1, 2, -1, 3, 4, 5, -1, 6, 7, 8, -1, 9, 10, 11, -1));
	/* first byte, second, third as one number */
	__m256i turn = _mm256_broadcastsi128_si256(
		_mm_setr_epi8(2, 1, 0, -1, 5, 4, 3, -1, 8, 7, 6, -1, 11, 10, 9, -1));
	__m256i below = _mm256_set1_epi32(HAN_FIRST - 1), above = _mm256_set1_epi32(HAN_LAST + 1);
	__m256i tails = _mm256_set1_epi32(0xC0C0), high = _mm256_set1_epi32(0x8080);
	size_t taken = 0, k = 8;

	for (; k == 8 && n - taken >= 28; taken += 3 * k) {
		__m256i v = _mm256_loadu2_m128i((const __m128i *)(in + taken + 12),
						(const __m128i *)(in + taken));
		__m256i x = _mm256_shuffle_epi8(v, turn);
		__m256i good = _mm256_cmpeq_epi32(_mm256_and_si256(x, tails), high);

		good = _mm256_and_si256(good, _mm256_and_si256(_mm256_cmpgt_epi32(x, below),
							       _mm256_cmpgt_epi32(above, x)));
		k = _tzcnt_u32(~(uint32_t)_mm256_movemask_ps(_mm256_castsi256_ps(good)));
		if (k == 0)
			break;
		*f->out = ' ';
		f->out += !f->own;
		store(f->out, _mm256_or_si256(_mm256_shuffle_epi8(v, spread),
					      _mm256_set1_epi32(' ' << 24)));
		f->out += 4 * k;
		f->own = 1;
	}
	return taken;
}

static void fold_avx2(nb_fold *f, const uint8_t *in, size_t n)
{
	fold_body(f, in, n, plain_run, han_run);
}

/* ---- edges ---- */

INLINE uint64_t mask64(__m256i low, __m256i high)
{
	return (uint32_t)_mm256_movemask_epi8(low) |
	       (uint64_t)(uint32_t)_mm256_movemask_epi8(high) << 32;
}

INLINE __m256i joints(__m256i v)
{
	/* ',' and '.' differ in one bit */
	__m256i v2 = _mm256_or_si256(v, _mm256_set1_epi8(2));

	return _mm256_or_si256(_mm256_cmpeq_epi8(v2, _mm256_set1_epi8('.')),
			       _mm256_cmpeq_epi8(v, _mm256_set1_epi8(':')));
}

INLINE byte_masks classify(const uint8_t *p)
{
	__m256i a = load(p), b = load(p + 32);
	__m256i digit_a = within(a, '0', 10), digit_b = within(b, '0', 10);
	__m256i token_a = _mm256_or_si256(_mm256_or_si256(a, digit_a), within(a, 'a', 26));
	__m256i token_b = _mm256_or_si256(_mm256_or_si256(b, digit_b), within(b, 'a', 26));

	return (byte_masks){ .token = mask64(token_a, token_b),
			     .digit = mask64(digit_a, digit_b),
			     .joint = mask64(joints(a), joints(b)) };
}

/*
 * The places of the set bits of a byte, lowest first, one byte each.  An entry is put together from
 * those of its two halves: A and B are the places of a half in bits 0..3 and 4..7, C their number.
 */
#define A0 0u
#define A1 0u
#define A2 1u
#define A3 0x0100u
#define A4 2u
#define A5 0x0200u
#define A6 0x0201u
#define A7 0x020100u
#define A8 3u
#define A9 0x0300u
#define AA 0x0301u
#define AB 0x030100u
#define AC 0x0302u
#define AD 0x030200u
#define AE 0x030201u
#define AF 0x03020100u
#define C0 0
#define C1 1
#define C2 1
#define C3 2
#define C4 1
#define C5 2
#define C6 2
#define C7 3
#define C8 1
#define C9 2
#define CA 2
#define CB 3
#define CC 2
#define CD 3
#define CE 3
#define CF 4
#define B(h)	   ((uint64_t)A##h + 0x04040404u)
#define PLACE(h, l) ((uint64_t)A##l | B(h) << (8 * C##l))
#define ROW(h)                                                                                     \
	PLACE(h, 0), PLACE(h, 1), PLACE(h, 2), PLACE(h, 3), PLACE(h, 4), PLACE(h, 5), PLACE(h, 6), \
		PLACE(h, 7), PLACE(h, 8), PLACE(h, 9), PLACE(h, A), PLACE(h, B), PLACE(h, C),      \
		PLACE(h, D), PLACE(h, E), PLACE(h, F)

static const uint64_t places[256] = { ROW(0), ROW(1), ROW(2), ROW(3), ROW(4), ROW(5),
				      ROW(6), ROW(7), ROW(8), ROW(9), ROW(A), ROW(B),
				      ROW(C), ROW(D), ROW(E), ROW(F) };

/* Eight bits at a time: look up their places, add the base, move on by their number. */
INLINE uint32_t *put_places(uint32_t *out, uint64_t edge, uint32_t at)
{
	__m256i base = _mm256_set1_epi32((int)at);

	for (int i = 0; i < 8; i++) {
		uint8_t byte = (uint8_t)(edge >> (8 * i));
		__m128i place = _mm_loadl_epi64((const __m128i *)&places[byte]);

		store(out, _mm256_add_epi32(_mm256_cvtepu8_epi32(place), base));
		out += _mm_popcnt_u32(byte);
		base = _mm256_add_epi32(base, _mm256_set1_epi32(8));
	}
	return out;
}

static size_t edges_avx2(const uint8_t *folded, size_t begin, size_t end, nb_edge_state *state,
			 uint32_t *edge)
{
	nb_edge_state s = *state;
	uint32_t *out = edge;

	for (size_t at = begin; at < end; at += 64)
		out = put_places(out, edges_of(classify(folded + at), folded[at + 64], &s),
				  (uint32_t)at);
	*state = s;
	return (size_t)(out - edge);
}

extern const nb_text_kernel nb_text_kernel_avx2;
const nb_text_kernel nb_text_kernel_avx2 = {
	.isa = NB_ISA_AVX2,
	.fold = fold_avx2,
	.edges = edges_avx2,
	.hashes = hashes_portable, /* same source: here it compiles to mulx */
	.shingles = shingles_avx2,
	.minhash = minhash_avx2,
	.simhash = simhash_avx2,
	.text_hash = text_hash,
	.rank_few = rank_few_avx2,
	.below = below_avx2,
	.take_slots = take_slots,
	.settle = settle_portable,
};
