/* SPDX-License-Identifier: MIT
 *
 * text_kernel_body.h - text to token hashes in plain C, and what every instruction set shares.
 *
 * Included by text_<isa>.c, compiled with the flags of that object.  Everything is static: no code
 * made for a newer CPU can be linked into another object.
 */
#ifndef NB_KERNEL_TEXT_KERNEL_BODY_H
#define NB_KERNEL_TEXT_KERNEL_BODY_H

#include "kernel/text_kernel.h"

#define INLINE static inline __attribute__((always_inline))
#define UNUSED __attribute__((unused))
#define EACH   UINT64_C(0x0101010101010101) /* times a byte: that byte in each place */

INLINE uint64_t load64(const void *p)
{
	uint64_t x;

	memcpy(&x, p, sizeof(x));
	return x;
}

/* ---- bytes eight at a time; the high bit of a byte is its truth ---- */

/* Bytes in [low, high]; all bytes of x must be < 0x80. */
INLINE uint64_t in_range(uint64_t x, uint8_t low, uint8_t high)
{
	return (x + EACH * (0x80u - low)) & ~(x + EACH * (0x7Fu - high)) & (EACH * 0x80);
}

/* High bits of 8 bytes to 8 adjacent bits. */
INLINE uint64_t gather_high(uint64_t x)
{
	return ((x >> 7 & EACH) * UINT64_C(0x0102040810204080)) >> 56;
}

INLINE uint64_t lower8(uint64_t x)
{
	uint64_t seven = x & (EACH * 0x7F);

	return x | (in_range(seven, 'A', 'Z') & ~x) >> 2;
}

/* Source bytes taken and folded bytes written. */
typedef struct fold_run {
	size_t taken, written;
} fold_run;

/* Copy the ASCII bytes that in[0..n) begins with, in lower case; returns how many. */
UNUSED static size_t ascii_run_portable(const uint8_t *in, size_t n, uint8_t *out)
{
	size_t i = 0;

	for (; i + 8 <= n; i += 8) {
		uint64_t x = load64(in + i), high = x & (EACH * 0x80);

		x = lower8(x);
		memcpy(out + i, &x, 8);
		if (high)
			return i + (size_t)__builtin_ctzll(high) / 8;
	}
	for (; i < n && in[i] < 0x80; i++)
		out[i] = (uint8_t)(in[i] | (uint32_t)(in[i] - (uint32_t)'A' < 26) << 5);
	return i;
}

/* Whether the next bytes are worth a run whatever was before. */
INLINE int ascii_ahead(const uint8_t *in)
{
	return !(load64(in) & (EACH * 0x80));
}

/* UTF-8 of U+4E00 and U+9FFF as numbers, first byte highest. */
#define HAN_FIRST 0xE4B880
#define HAN_LAST  0xE9BFBF

/* No vectors for Han. */
UNUSED static size_t han_run_none(nb_fold *f, const uint8_t *in, size_t n)
{
	(void)f, (void)in, (void)n;
	return 0;
}

/*
 * Fold with the given runs over characters that vectors can do: ASCII at least, and Han, each of
 * which is a token of its own.  What stops a run is folded one by one.  The next attempt is made at once after a long run, else when ASCII lies ahead
 * or some characters later, ever more of them: a script the run does not know costs few attempts.
 */
INLINE void fold_body(nb_fold *to, const uint8_t *in, size_t n,
		      fold_run (*plain_run)(const uint8_t *, size_t, uint8_t *),
		      size_t (*han_run)(nb_fold *, const uint8_t *, size_t))
{
	const uint8_t *end = in + n;
	nb_fold f = *to;
	uint32_t wait = 1;

	while (in < end) {
		fold_run run = plain_run(in, (size_t)(end - in), f.out);
		uint32_t steps;

		wait = run.taken >= 16 ? 1 : wait < 64 ? wait * 4 : wait;
		f.own = run.taken ? 0 : f.own;
		in += run.taken;
		f.out += run.written;
		for (steps = wait; steps && end - in >= 8 && !ascii_ahead(in); steps--) {
			size_t took = han_run(&f, in, (size_t)(end - in));

			in += took ? took : nb_fold_step(&f, in, 8);
		}
		for (; steps && end - in < 8 && in < end; steps--)
			in += nb_fold_step(&f, in, (size_t)(end - in));
	}
	*to = f;
}

/* ---- edges ---- */

/* Bit i of each mask speaks of byte i of 64. */
typedef struct byte_masks {
	uint64_t token, digit, joint; /* joint: '.', ',' or ':' */
} byte_masks;

/* Bit 8 i + j of each word to bit 8 j + i: bytes of truths to a mask. */
INLINE uint64_t transpose8(uint64_t x)
{
	uint64_t t = (x ^ x >> 7) & UINT64_C(0x00AA00AA00AA00AA);

	x ^= t ^ t << 7;
	t = (x ^ x >> 14) & UINT64_C(0x0000CCCC0000CCCC);
	x ^= t ^ t << 14;
	t = (x ^ x >> 28) & UINT64_C(0x00000000F0F0F0F0);
	return x ^ t ^ t << 28;
}

UNUSED static uint64_t joints_portable(const uint8_t *p)
{
	uint64_t mask = 0;

	for (int i = 0; i < 8; i++) {
		uint64_t x = load64(p + 8 * i), seven = x & (EACH * 0x7F);
		/* ',' and '.' differ in one bit */
		uint64_t joint = in_range(seven | EACH * 2, '.', '.') | in_range(seven, ':', ':');

		mask |= gather_high(joint & ~x) << (8 * i);
	}
	return mask;
}

UNUSED static byte_masks classify_portable(const uint8_t *p)
{
	byte_masks m = { 0, 0, 0 };

	for (int i = 0; i < 8; i++) {
		uint64_t x = load64(p + 8 * i), seven = x & (EACH * 0x7F);
		uint64_t digit = in_range(seven, '0', '9') & ~x;
		uint64_t token = (x | digit | in_range(seven, 'a', 'z')) & (EACH * 0x80);

		m.token |= token >> (7 - i);
		m.digit |= digit >> (7 - i);
	}
	m.token = transpose8(m.token);
	if (m.digit) {
		m.digit = transpose8(m.digit);
		m.joint = joints_portable(p);
	}
	return m;
}

/* Bits where a token begins or ends; a joint between two digits belongs to their token. */
INLINE uint64_t edges_of(byte_masks m, uint8_t next, nb_edge_state *state)
{
	uint64_t after = m.digit << 1 | state->digit;
	uint64_t before = m.digit >> 1 | (uint64_t)((uint32_t)next - '0' < 10) << 63;
	uint64_t token = m.token | (m.joint & after & before);
	uint64_t edge = token ^ (token << 1 | state->token);

	state->token = token >> 63;
	state->digit = m.digit >> 63;
	return edge;
}

INLINE uint32_t *put_edges(uint32_t *out, uint64_t edge, uint32_t base)
{
	for (; edge; edge &= edge - 1)
		*out++ = base + (uint32_t)__builtin_ctzll(edge);
	return out;
}

UNUSED static size_t edges_portable(const uint8_t *folded, size_t begin, size_t end,
				    nb_edge_state *state, uint32_t *edge)
{
	nb_edge_state s = *state;
	uint32_t *out = edge;

	for (size_t at = begin; at < end; at += 64)
		out = put_edges(out,
				edges_of(classify_portable(folded + at), folded[at + 64], &s),
				(uint32_t)at);
	*state = s;
	return (size_t)(out - edge);
}

/* ---- hashes ----
 *
 * Two words of 8 bytes, masked to the token, one full multiplication.  The constants hold bytes
 * that folded text never has, so no factor becomes zero and the length tells "a" from "a\0".
 */

#define WORD_LOW   UINT64_C(0x9E37FFB97F4AFFC1)
#define WORD_HIGH  UINT64_C(0xD1FFC3B5FF8E6A2B)
#define ROUND_LOW  UINT64_C(0xA076FF43E4D8FF2D)
#define ROUND_HIGH UINT64_C(0xE7FF5AD9C2FFB1A3)

INLINE uint64_t fold_product(uint64_t a, uint64_t b)
{
#if defined(__SIZEOF_INT128__)
	__extension__ typedef unsigned __int128 wide;
	wide p = (wide)a * b;

	return (uint64_t)p ^ (uint64_t)(p >> 64);
#else
	uint64_t a0 = (uint32_t)a, a1 = a >> 32, b0 = (uint32_t)b, b1 = b >> 32;
	uint64_t low = a0 * b0, mid = a1 * b0 + (low >> 32), mid2 = a0 * b1 + (uint32_t)mid;

	return (mid2 << 32 | (uint32_t)low) ^ (a1 * b1 + (mid >> 32) + (mid2 >> 32));
#endif
}

/* The low `n` bytes of x, n 0..8 and more. */
INLINE uint64_t low_bytes(uint64_t x, uint64_t n)
{
	return n >= 8 ? x : x & ((UINT64_C(1) << (8 * n)) - 1);
}

UNUSED static uint64_t hash_long(const uint8_t *p, uint64_t length)
{
	uint64_t carry = 0, left = length;

	for (; left > 16; left -= 16, p += 16)
		carry = fold_product(load64(p) ^ ROUND_LOW ^ carry, load64(p + 8) ^ ROUND_HIGH);
	return fold_product(low_bytes(load64(p), left) ^ WORD_LOW ^ carry,
			    low_bytes(load64(p + 8), left > 8 ? left - 8 : 0) ^ WORD_HIGH ^
				    length);
}

/* Masks for 8 bytes of a token by its length, from `low` for the first and `high` for the next. */
#define KEEP(n) (UINT64_MAX >> (64 - 8 * (n)))
static const uint64_t keep_low[17] = { 0, KEEP(1), KEEP(2), KEEP(3), KEEP(4), KEEP(5),
				       KEEP(6), KEEP(7), KEEP(8), KEEP(8), KEEP(8), KEEP(8),
				       KEEP(8), KEEP(8), KEEP(8), KEEP(8), KEEP(8) };
static const uint64_t keep_high[17] = { 0, 0, 0, 0, 0, 0, 0, 0, 0, KEEP(1), KEEP(2), KEEP(3),
					KEEP(4), KEEP(5), KEEP(6), KEEP(7), KEEP(8) };

UNUSED static void hashes_portable(const uint8_t *folded, const uint32_t *edge, size_t n,
				   uint64_t *hash)
{
	for (size_t i = 0; i < n; i++) {
		const uint8_t *p = folded + edge[2 * i];
		uint64_t length = edge[2 * i + 1] - edge[2 * i];

		if (__builtin_expect(length > 16, 0)) {
			hash[i] = hash_long(p, length);
			continue;
		}
		hash[i] = fold_product((load64(p) & keep_low[length]) ^ WORD_LOW,
				       (load64(p + 8) & keep_high[length]) ^ WORD_HIGH ^ length);
	}
}

#endif
