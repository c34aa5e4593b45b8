/* SPDX-License-Identifier: MIT
 *
 * sketch_kernel_body.h - token hashes to sketch in plain C, and what every instruction set shares.
 *
 * Included by text_<isa>.c after text_kernel_body.h; everything is static.
 */
#ifndef NB_KERNEL_SKETCH_KERNEL_BODY_H
#define NB_KERNEL_SKETCH_KERNEL_BODY_H

#define XXH_INLINE_ALL /* compiled for this instruction set; the shared library is for the oldest */
#include <xxhash.h>

#include "kernel/text_kernel_body.h"

/* ---- shingles ---- */

#define SHINGLE_TURN   13 /* odd: no two of 64 places share a rotation */
#define SHINGLE_FACTOR UINT64_C(0xD6E8FEB86659FD93)

INLINE uint64_t turn(uint64_t x, uint32_t by)
{
	by &= 63;
	return x << by | x >> (-by & 63);
}

INLINE uint64_t shingle_finish(uint64_t h)
{
	h ^= h >> 32;
	h *= SHINGLE_FACTOR;
	return h ^ h >> 29;
}

INLINE void shingles_body(const uint64_t *token, size_t n, uint32_t words, uint64_t seed,
			  uint64_t *out)
{
	for (size_t i = 0; i + words <= n; i++) {
		uint64_t h = seed;

		for (uint32_t k = 0; k < words; k++)
			h += turn(token[i + k], SHINGLE_TURN * k);
		out[i] = shingle_finish(h);
	}
}

UNUSED static void shingles_portable(const uint64_t *token, size_t n, uint32_t words,
				     uint64_t seed, uint64_t *out)
{
	if (words == 5)
		shingles_body(token, n, 5, seed, out);
	else
		shingles_body(token, n, words, seed, out);
}

/* ---- MinHash: Fast Similarity Sketching ----
 *
 * Round 0 throws every shingle into one lane; the smallest value stays.  Later rounds throw all of
 * them again, by another hash, and write only the lanes that were empty when the round began.  So a
 * lane holds the minimum over the set of (round, value): it is the same element for two sets
 * exactly when the least element of their union is in both, whatever the sizes of the sets.
 */

#define LANE_BITS  7
#define ROUNDS_MAX (8 * NB_MINHASH_LANES)
#define TABLES     4 /* neighbouring shingles write to different tables: no load waits */

typedef struct lanes {
	uint32_t value[NB_MINHASH_LANES];
	uint64_t empty[2]; /* bit set: no shingle has hit the lane yet */
} lanes;

/* Round 0 before its tables are merged; starts with all bits set. */
typedef struct first_tables {
	uint32_t value[TABLES][NB_MINHASH_LANES];
} first_tables;

INLINE uint32_t mix32(uint32_t x)
{
	x ^= x >> 16;
	x *= 0x7FEB352Du;
	x ^= x >> 15;
	x *= 0x846CA68Bu;
	return x ^ x >> 16;
}

INLINE uint32_t least(uint32_t a, uint32_t b)
{
	return a < b ? a : b;
}

INLINE void first_round(const uint64_t *shingle, size_t n, first_tables *t)
{
	size_t i = 0;

	for (; i + TABLES <= n; i += TABLES)
		for (size_t k = 0; k < TABLES; k++) {
			uint64_t x = shingle[i + k];
			uint32_t *to = &t->value[k][x >> (64 - LANE_BITS)];

			*to = least((uint32_t)x, *to);
		}
	for (; i < n; i++) {
		uint32_t *to = &t->value[0][shingle[i] >> (64 - LANE_BITS)];

		*to = least((uint32_t)shingle[i], *to);
	}
}

UNUSED static void merge_portable(const first_tables *t, lanes *l)
{
	uint8_t empty[NB_MINHASH_LANES];

	for (size_t j = 0; j < NB_MINHASH_LANES; j++) {
		l->value[j] = least(least(t->value[0][j], t->value[1][j]),
				    least(t->value[2][j], t->value[3][j]));
		empty[j] = l->value[j] == UINT32_MAX ? 0x80 : 0;
	}
	l->empty[0] = l->empty[1] = 0;
	for (size_t j = 0; j < NB_MINHASH_LANES; j += 8)
		l->empty[j / 64] |= gather_high(load64(empty + j)) << (j % 64);
}

/* The multiplier of a later round. */
INLINE uint32_t round_factor(uint32_t round)
{
	return mix32(round) | 1;
}

/* The part of a shingle that later rounds hash. */
INLINE uint32_t round_input(uint64_t shingle)
{
	return (uint32_t)(shingle >> 20);
}

/* One hash of a later round lands in a lane that was empty: the bits below are its value. */
INLINE void land(lanes *l, uint32_t y)
{
	uint32_t lane = y >> (32 - LANE_BITS);

	l->empty[lane / 64] &= ~(UINT64_C(1) << (lane % 64));
	l->value[lane] = least(y << LANE_BITS, l->value[lane]);
}

UNUSED static void later_round_portable(const uint64_t *shingle, size_t n, uint32_t factor,
					lanes *l)
{
	const uint64_t was_empty[2] = { l->empty[0], l->empty[1] };
	bool empty[NB_MINHASH_LANES];

	for (size_t j = 0; j < NB_MINHASH_LANES; j++)
		empty[j] = was_empty[j / 64] >> (j % 64) & 1;
	for (size_t i = 0; i < n; i++) {
		uint32_t y = round_input(shingle[i]) * factor;

		if (empty[y >> (32 - LANE_BITS)])
			land(l, y);
	}
}

/* Lanes that all rounds left empty (sets of one or two): a hash of their own. */
UNUSED static void fill_rest(const uint64_t *shingle, size_t n, lanes *l)
{
	for (uint32_t j = 0; j < NB_MINHASH_LANES; j++) {
		if (!(l->empty[j / 64] >> (j % 64) & 1))
			continue;
		for (size_t i = 0; i < n; i++) {
			uint32_t v = mix32((uint32_t)shingle[i] ^ mix32(j + 1));

			l->value[j] = v < l->value[j] ? v : l->value[j];
		}
	}
}

/* Minima are small numbers: mix before cutting 8 bits out of them. */
INLINE void finish_lanes(const lanes *l, uint8_t lane[NB_MINHASH_LANES])
{
	for (size_t j = 0; j < NB_MINHASH_LANES; j++)
		lane[j] = (uint8_t)((l->value[j] * 0x9E3779B1u) >> 24);
}

UNUSED static void minhash_portable(const uint64_t *shingle, size_t n,
				    uint8_t lane[NB_MINHASH_LANES])
{
	first_tables t;
	lanes l;

	memset(&t, 0xFF, sizeof(t));
	first_round(shingle, n, &t);
	merge_portable(&t, &l);
	for (uint32_t r = 1; (l.empty[0] | l.empty[1]) && r <= ROUNDS_MAX; r++)
		later_round_portable(shingle, n, round_factor(r), &l);
	if (l.empty[0] | l.empty[1])
		fill_rest(shingle, n, &l);
	finish_lanes(&l, lane);
}

/* ---- SimHash: counters of 64 bit columns, held as bit planes ---- */

#define PLANES      32 /* counts below 2^32 */
#define LOW_PLANES  3  /* what eight vectors at a time are added to */
#define VOTE_FACTOR UINT64_C(0xC2B2AE3D27D4EB4F)

/* Key 0: a token hash is as good as a mix of it, and all that the first 64 columns need. */
INLINE uint64_t vote(uint64_t token, uint64_t key)
{
	uint64_t x = (token ^ key) * VOTE_FACTOR;

	return key ? x ^ x >> 32 : token;
}

/* Columns whose count is above the limit, which fits the planes: compare them from the top. */
INLINE uint64_t columns_above(const uint64_t *plane, uint32_t n_planes, uint64_t limit)
{
	uint64_t above = 0, equal = UINT64_MAX;

	for (uint32_t p = n_planes; p-- > 0;) {
		if (limit >> p & 1) {
			equal &= plane[p];
		} else {
			above |= equal & plane[p];
			equal &= ~plane[p];
		}
	}
	return above;
}

/* Add a one-bit number of weight 2^p to every column. */
INLINE void add_carry(uint64_t plane[PLANES], uint32_t p, uint64_t carry)
{
	for (; carry && p < PLANES; p++) {
		uint64_t both = plane[p] & carry;

		plane[p] ^= carry;
		carry = both;
	}
}

/* a + b + c of one bit: the sum stays in *a, the carry is returned. */
INLINE uint64_t add3(uint64_t *a, uint64_t b, uint64_t c)
{
	uint64_t u = *a ^ b, carry = (*a & b) | (u & c);

	*a = u ^ c;
	return carry;
}

INLINE uint64_t simhash_body(const uint64_t *token, size_t n, uint64_t key)
{
	uint64_t plane[PLANES], ones = 0, twos = 0, fours = 0;
	uint32_t n_planes = LOW_PLANES;
	size_t i = 0;

	while (n >> n_planes)
		n_planes++;
	for (uint32_t p = LOW_PLANES; p < n_planes; p++)
		plane[p] = 0;

	for (; i + 8 <= n; i += 8) {
		const uint64_t *t = token + i;
		uint64_t a = add3(&ones, vote(t[0], key), vote(t[1], key));
		uint64_t b = add3(&ones, vote(t[2], key), vote(t[3], key));
		uint64_t c = add3(&ones, vote(t[4], key), vote(t[5], key));
		uint64_t d = add3(&ones, vote(t[6], key), vote(t[7], key));

		a = add3(&twos, a, b);
		b = add3(&twos, c, d);
		add_carry(plane, 3, add3(&fours, a, b));
	}
	plane[0] = ones;
	plane[1] = twos;
	plane[2] = fours;
	for (; i < n; i++)
		add_carry(plane, 0, vote(token[i], key));
	return columns_above(plane, n_planes, n / 2);
}

UNUSED static uint64_t simhash_portable(const uint64_t *token, size_t n, uint64_t key)
{
	return key ? simhash_body(token, n, key) : simhash_body(token, n, 0);
}

/* ---- selection and counting ---- */

UNUSED static size_t below_portable(const uint64_t *value, size_t n, uint64_t limit, uint64_t *out)
{
	size_t k = 0;

	for (size_t i = 0; i < n; i++) {
		out[k] = value[i];
		k += value[i] <= limit;
	}
	return k;
}

UNUSED static size_t drop_repeats(uint64_t *sorted, size_t n)
{
	size_t kept = 0;

	for (size_t i = 0; i < n; i++) {
		uint64_t x = sorted[i];

		kept += kept == 0 || sorted[kept - 1] != x;
		sorted[kept - 1] = x;
	}
	return kept;
}

/* Rank by counting smaller ones: a square of few, without branches. */
UNUSED static size_t rank_few_portable(const uint64_t *value, size_t n, uint64_t *out)
{
	uint32_t rank[NB_RANK_MAX];

	for (size_t i = 0; i < n; i++) {
		uint64_t x = value[i];
		uint32_t sum = 0;

		for (size_t j = 0; j < i; j++) {
			uint32_t above = value[j] > x;

			rank[j] += above;
			sum += 1 - above;
		}
		rank[i] = sum;
	}
	for (size_t i = 0; i < n; i++)
		out[rank[i]] = value[i];
	return drop_repeats(out, n);
}

static uint64_t text_hash(const uint64_t *token, size_t n, uint64_t seed)
{
	return XXH3_64bits_withSeed(token, n * sizeof(*token), seed);
}

/* Every value writes its index; kept from becoming a vector scatter, which is slower. */
static void take_slots(const uint64_t *value, size_t n, uint16_t *slot, uint32_t shift)
{
	for (size_t i = 0; i < n; i++) {
		slot[value[i] >> shift] = (uint16_t)i;
		__asm__("" : "+r"(i));
	}
}

#define SETTLE 1024 /* values between two looks at the losers */

/* Values whose slot another one owns: equal to it they are repeats, else to be settled again. */
INLINE size_t put_rest(const uint64_t *value, const uint16_t *slot, uint32_t shift,
		       const uint32_t *loser, size_t n, uint64_t *rest)
{
	size_t n_rest = 0;

	for (size_t i = 0; i < n; i++) {
		uint64_t x = value[loser[i]];

		rest[n_rest] = x;
		n_rest += value[slot[x >> shift]] != x;
	}
	return n_rest;
}

UNUSED static size_t settle_portable(const uint64_t *value, size_t n, const uint16_t *slot,
				     uint32_t shift, uint64_t *rest, size_t *kept)
{
	uint32_t loser[SETTLE + 1];
	size_t n_rest = 0, n_lost = 0;

	for (size_t from = 0; from < n; from += SETTLE) {
		size_t to = n - from < SETTLE ? n : from + SETTLE, count = 0;

		for (size_t i = from; i < to; i++) {
			loser[count] = (uint32_t)i;
			count += slot[value[i] >> shift] != i;
		}
		n_rest += put_rest(value, slot, shift, loser, count, rest + n_rest);
		n_lost += count;
	}
	*kept = n - n_lost;
	return n_rest;
}

#endif
