/* SPDX-License-Identifier: MIT
 *
 * radix.c - see radix.h.
 *
 * The input is cut into one chunk a thread, in order.  In each pass every thread counts its chunk,
 * the counts are summed bucket by bucket and, inside a bucket, chunk by chunk; so each thread knows
 * where its keys go, and the order is that of a serial stable sort whatever the number of chunks.
 *
 * One body serves bare keys (one word a record) and items (two words): it is inlined with a
 * constant record size.
 */
#include "base/radix.h"

#include <omp.h>
#include <string.h>

#define DIGIT      8
#define BUCKETS    (1u << DIGIT)
#define FEW        48 /* insertion sort up to here */
#define WORTH_TEAM ((size_t)1 << 16)
#define CHUNKS     64

#define INLINE static inline __attribute__((always_inline))

INLINE void copy_record(uint64_t *to, const uint64_t *from, size_t words)
{
	to[0] = from[0];
	if (words == 2)
		to[1] = from[1];
}

INLINE void sort_few(uint64_t *r, size_t n, size_t words)
{
	for (size_t i = 1; i < n; i++) {
		uint64_t moving[2];
		size_t at = i;

		copy_record(moving, r + i * words, words);
		for (; at > 0 && r[(at - 1) * words] > moving[0]; at--)
			copy_record(r + at * words, r + (at - 1) * words, words);
		copy_record(r + at * words, moving, words);
	}
}

/* The bits in which the keys are not all alike. */
INLINE uint64_t varying_bits(const uint64_t *r, size_t begin, size_t end, size_t words)
{
	uint64_t bits = 0;

	for (size_t i = begin; i < end; i++)
		bits |= r[i * words] ^ r[0];
	return bits;
}

INLINE void count_digits(const uint64_t *r, size_t begin, size_t end, size_t words, int shift,
			 size_t count[BUCKETS])
{
	memset(count, 0, BUCKETS * sizeof(*count));
	for (size_t i = begin; i < end; i++)
		count[(r[i * words] >> shift) & (BUCKETS - 1)]++;
}

INLINE void scatter(const uint64_t *r, size_t begin, size_t end, size_t words, int shift,
		    size_t place[BUCKETS], uint64_t *out)
{
	for (size_t i = begin; i < end; i++) {
		size_t at = place[(r[i * words] >> shift) & (BUCKETS - 1)]++;

		copy_record(out + at * words, r + i * words, words);
	}
}

/* Counts of each chunk to the places where its first record of each bucket goes. */
static void counts_to_places(size_t (*count)[BUCKETS], size_t n_chunks)
{
	size_t sum = 0;

	for (size_t bucket = 0; bucket < BUCKETS; bucket++) {
		for (size_t c = 0; c < n_chunks; c++) {
			size_t here = count[c][bucket];

			count[c][bucket] = sum;
			sum += here;
		}
	}
}

/* The lowest digit at or above `from` that varies, -1 if none does. */
static int next_shift(uint64_t varying, int from)
{
	if (from >= 64 || !(varying >> from))
		return -1;
	return from + __builtin_ctzll(varying >> from);
}

INLINE void sort_serial(uint64_t *r, size_t n, uint64_t *scratch, size_t words)
{
	uint64_t varying, *from = r, *to = scratch, *swap;
	size_t count[1][BUCKETS];

	if (n <= FEW) {
		sort_few(r, n, words);
		return;
	}
	varying = varying_bits(r, 0, n, words);
	for (int s = next_shift(varying, 0); s >= 0; s = next_shift(varying, s + DIGIT)) {
		count_digits(from, 0, n, words, s, count[0]);
		counts_to_places(count, 1);
		scatter(from, 0, n, words, s, count[0], to);
		swap = from, from = to, to = swap;
	}
	if (from != r)
		memcpy(r, from, n * words * sizeof(*r));
}

INLINE void sort_parallel(uint64_t *r, size_t n, uint64_t *scratch, size_t words)
{
	size_t count[CHUNKS][BUCKETS], n_chunks = (size_t)omp_get_max_threads();
	uint64_t varying = 0, *from = r, *to = scratch, *swap;

	if (n < WORTH_TEAM || n_chunks == 1) {
		sort_serial(r, n, scratch, words);
		return;
	}
	if (n_chunks > CHUNKS)
		n_chunks = CHUNKS;
#pragma omp parallel for schedule(static) reduction(| : varying)
	for (size_t c = 0; c < n_chunks; c++)
		varying |= varying_bits(r, n * c / n_chunks, n * (c + 1) / n_chunks, words);
	for (int s = next_shift(varying, 0); s >= 0; s = next_shift(varying, s + DIGIT)) {
#pragma omp parallel for schedule(static)
		for (size_t c = 0; c < n_chunks; c++)
			count_digits(from, n * c / n_chunks, n * (c + 1) / n_chunks, words, s,
				     count[c]);
		counts_to_places(count, n_chunks);
#pragma omp parallel for schedule(static)
		for (size_t c = 0; c < n_chunks; c++)
			scatter(from, n * c / n_chunks, n * (c + 1) / n_chunks, words, s, count[c],
				to);
		swap = from, from = to, to = swap;
	}
	if (from != r)
		memcpy(r, from, n * words * sizeof(*r));
}

void nb_radix_sort(uint64_t *key, size_t n, uint64_t *scratch)
{
	sort_parallel(key, n, scratch, 1);
}

void nb_radix_sort_serial(uint64_t *key, size_t n, uint64_t *scratch)
{
	sort_serial(key, n, scratch, 1);
}

_Static_assert(sizeof(nb_radix_item) == 2 * sizeof(uint64_t), "an item is two words");

void nb_radix_sort_items(nb_radix_item *item, size_t n, nb_radix_item *scratch)
{
	if (n > 1)
		sort_parallel(&item->key, n, &scratch->key, 2);
}

void nb_radix_sort_items_serial(nb_radix_item *item, size_t n, nb_radix_item *scratch)
{
	if (n > 1)
		sort_serial(&item->key, n, &scratch->key, 2);
}
