/* SPDX-License-Identifier: MIT
 *
 * text_avx2.c - the text kernels for AVX2: 32 bytes, 8 or 4 hashes at a time.
 */
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
	__m256i lead2 = _mm256_alignr_epi8(_mm256_permute2x128_si256(upper2, zero, 0x21), upper2, 1);
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

static void fold_avx2(nb_fold *f, const uint8_t *in, size_t n)
{
	fold_body(f, in, n, plain_run);
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

		h = _mm256_add_epi64(h, _mm256_or_si256(_mm256_sll_epi64(w, _mm_cvtsi32_si128(by)),
							_mm256_srl_epi64(w, _mm_cvtsi32_si128(
									    64 - by))));
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

#define PACKED 1024 /* shingles whose round inputs are kept: longer texts fill their lanes at once */

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

/* Add 8 vectors of votes to planes 0..2; what carries into plane 3 is returned. */
INLINE __m256i add8(const uint64_t *token, __m256i key, __m256i plane[3])
{
	__m256i a, b, c, d;

	a = add3_256(&plane[0], votes(load(token), key), votes(load(token + 4), key));
	b = add3_256(&plane[0], votes(load(token + 8), key), votes(load(token + 12), key));
	c = add3_256(&plane[0], votes(load(token + 16), key), votes(load(token + 20), key));
	d = add3_256(&plane[0], votes(load(token + 24), key), votes(load(token + 28), key));
	a = add3_256(&plane[1], a, b);
	b = add3_256(&plane[1], c, d);
	return add3_256(&plane[2], a, b);
}

static uint64_t simhash_avx2(const uint64_t *token, size_t n, uint64_t key)
{
	__m256i plane[PLANES], keys = _mm256_set1_epi64x((int64_t)key);
	uint64_t sum[PLANES] = { 0 };
	uint32_t n_planes = 3;
	size_t block = 0, i = 0;

	plane[0] = plane[1] = plane[2] = _mm256_setzero_si256();
	for (; i + 32 <= n; i += 32) {
		__m256i carry = add8(token + i, keys, plane);

		block++;
		if ((block & (block - 1)) == 0) /* the count of blocks has one more bit */
			plane[n_planes++] = _mm256_setzero_si256();
		for (uint32_t p = 3; p < n_planes; p++) {
			__m256i both = _mm256_and_si256(plane[p], carry);

			plane[p] = _mm256_xor_si256(plane[p], carry);
			carry = both;
		}
	}
	for (uint32_t p = 0; p < n_planes; p++) {
		uint64_t word[4];

		store(word, plane[p]);
		for (int k = 0; k < 4; k++)
			add_carry(sum, p, word[k]);
	}
	for (; i < n; i++)
		add_carry(sum, 0, vote(token[i], key));
	return columns_above(sum, n / 2);
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

/* Equal values have one rank and meet in one place; the places behind it stay unwritten. */
static size_t rank_few_avx2(const uint64_t *value, size_t n, uint64_t *out)
{
	size_t vectors = (n + 3) / 4, kept = 0;
	uint64_t padded[NB_RANK_MAX] = { 0 }, place[NB_RANK_MAX], written = 0;

	memcpy(padded, value, n * sizeof(*value));
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
