/* SPDX-License-Identifier: MIT
 *
 * shingle.c - shingles and their sets, see sketch.h.
 */
#include <string.h>

#include "sketch/on_kernel.h"

#define FEW       24 /* insertion sort up to here */
#define BITS_MAX  10 /* of one distribution pass: its counts stay in the first-level cache */
#define KEY_BITS  64

static uint64_t mix64(uint64_t x)
{
	x = (x ^ x >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
	x = (x ^ x >> 27) * UINT64_C(0x94D049BB133111EB);
	return x ^ x >> 31;
}

size_t nb_shingle_count(size_t n, uint32_t words)
{
	if (n == 0)
		return 0;
	return n > words ? n - words + 1 : 1;
}

void nb_shingles_on(const nb_text_kernel *kernel, const uint64_t *token, size_t n, uint32_t words,
		    uint64_t seed, uint64_t *out)
{
	if (n == 0)
		return;
	if (words > n)
		words = (uint32_t)n;
	kernel->shingles(token, n, words, mix64(seed), out);
}

void nb_shingles(const uint64_t *token, size_t n, uint32_t words, uint64_t seed, uint64_t *out)
{
	nb_shingles_on(nb_text_kernel_get(), token, n, words, seed, out);
}

/* ---- sets ---- */

static void sort_few(uint64_t *x, size_t n)
{
	for (size_t i = 1; i < n; i++) {
		uint64_t moving = x[i];
		size_t at = i;

		for (; at > 0 && x[at - 1] > moving; at--)
			x[at] = x[at - 1];
		x[at] = moving;
	}
}

/* Bits to distribute n values by: about two to a bucket if they are hashes. */
static uint32_t digit_bits(size_t n)
{
	uint32_t bits = KEY_BITS - 1 - (uint32_t)__builtin_clzll(n);

	return bits > BITS_MAX ? BITS_MAX : bits;
}

/* Distribute x[0..n) by the `bits` bits below the top `done`; start[b] is where bucket b begins. */
static void distribute(uint64_t *x, size_t n, uint32_t done, uint32_t bits, uint64_t *scratch,
		       size_t start[(1 << BITS_MAX) + 1])
{
	size_t place[1 << BITS_MAX], buckets = (size_t)1 << bits;
	uint32_t shift = KEY_BITS - bits;

	memset(start, 0, (buckets + 1) * sizeof(*start));
	for (size_t i = 0; i < n; i++)
		start[(x[i] << done >> shift) + 1]++;
	for (size_t b = 0; b < buckets; b++) {
		start[b + 1] += start[b];
		place[b] = start[b];
	}
	for (size_t i = 0; i < n; i++)
		scratch[place[x[i] << done >> shift]++] = x[i];
	memcpy(x, scratch, n * sizeof(*x));
}

/*
 * Most significant bits first: hashes fall into buckets of two or three at once.  Whatever the
 * input, every pass consumes bits of the key, so equal or crafted values cost passes, never a
 * square.
 */
static void sort_below(uint64_t *x, size_t n, uint32_t done, uint64_t *scratch)
{
	size_t start[(1 << BITS_MAX) + 1];
	uint32_t bits;

	if (n <= FEW) {
		sort_few(x, n);
		return;
	}
	if (done == KEY_BITS)
		return;
	bits = digit_bits(n);
	if (bits > KEY_BITS - done)
		bits = KEY_BITS - done;
	distribute(x, n, done, bits, scratch, start);
	for (size_t b = 0; b < (size_t)1 << bits; b++)
		if (start[b + 1] - start[b] > 1)
			sort_below(x + start[b], start[b + 1] - start[b], done + bits, scratch);
}

size_t nb_shingle_set(uint64_t *shingle, size_t n, uint64_t *scratch)
{
	size_t kept = 0;

	sort_below(shingle, n, 0, scratch);
	for (size_t i = 0; i < n; i++) {
		uint64_t x = shingle[i];

		if (kept == 0 || shingle[kept - 1] != x)
			shingle[kept++] = x;
	}
	return kept;
}
