/* SPDX-License-Identifier: MIT
 *
 * test_pair_kernel.c - every instruction set against a scalar reference that shares no code with
 * it: it reads lanes one by one and knows nothing of planes or blocks.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/array.h"
#include "kernel/pair_kernel.h"

#define LANES NB_PAIR_LANES
#define DOCS  200

static uint64_t random_state = 20200925;

static uint64_t random64(void)
{
	uint64_t x = random_state += UINT64_C(0x9E3779B97F4A7C15);

	x = (x ^ (x >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
	x = (x ^ (x >> 27)) * UINT64_C(0x94D049BB133111EB);
	return x ^ (x >> 31);
}

static size_t random_below(size_t n)
{
	return random64() % n;
}

/* ---- the reference ------------------------------------------------------------------------- */

static uint32_t bound_reference(const uint8_t *a, const uint8_t *b, uint32_t lanes, uint32_t planes)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < lanes; i++)
		n += a[i] % (1u << planes) != b[i] % (1u << planes);
	return n;
}

static uint32_t distance_reference(const uint64_t *a, const uint64_t *b, uint32_t bits)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < bits; i++)
		n += (a[i / 64] >> (i % 64) & 1) != (b[i / 64] >> (i % 64) & 1);
	return n;
}

static size_t intersect_reference(const uint64_t *a, size_t n_a, const uint64_t *b, size_t n_b)
{
	size_t n = 0, j = 0;

	for (size_t i = 0; i < n_a; i++) {
		while (j < n_b && b[j] < a[i])
			j++;
		n += j < n_b && b[j] == a[i];
	}
	return n;
}

/* ---- data ---------------------------------------------------------------------------------- */

static const nb_pair_kernel *usable[NB_ISA_COUNT];
static int n_usable;
static uint8_t sketch[DOCS][LANES];

/* Change `many` lanes of a copy of sketch `from`; low: only the lowest bit, the hardest to see. */
static void near_copy(size_t to, size_t from, uint32_t many, int low)
{
	memcpy(sketch[to], sketch[from], LANES);
	for (uint32_t i = 0; i < many; i++)
		sketch[to][i] ^= (uint8_t)(low ? 1 : 1 + random_below(255));
}

/* Strangers, all-equal and all-zero sketches, and pairs just below, at and above every limit. */
static void make_sketches(void)
{
	for (size_t i = 0; i < DOCS; i++)
		for (size_t l = 0; l < LANES; l++)
			sketch[i][l] = (uint8_t)random64();
	for (size_t i = 20; i < 100; i++)
		near_copy(i, random_below(20), (uint32_t)random_below(LANES + 1), (int)(i & 1));
	for (size_t i = 100; i < 130; i++)
		near_copy(i, 0, 24 + (uint32_t)i % 5, (int)(i & 1));
	for (size_t i = 130; i < 160; i++)
		near_copy(i, 1, 62 + (uint32_t)i % 5, (int)(i & 1));
	memset(sketch[160], 0, LANES);
	memset(sketch[161], 0, LANES);
	memset(sketch[162], 0xFF, LANES);
	memset(sketch[163], 0xFF, LANES);
}

static int setup(void **state)
{
	(void)state;
	for (int isa = 0; isa < NB_ISA_COUNT; isa++) {
		const nb_pair_kernel *kernel = nb_pair_kernel_for((nb_isa)isa);

		if (kernel)
			usable[n_usable++] = kernel;
	}
	make_sketches();
	return 0;
}

static uint64_t *pack(size_t n, uint32_t lanes, uint32_t planes)
{
	size_t words = nb_pair_blocks(n) * 8 * nb_pair_words(lanes, planes);
	uint64_t *block = nb_block_alloc(words + 8, sizeof(*block));

	assert_non_null(block);
	memset(block, 0xA5, (words + 8) * sizeof(*block));
	nb_pair_pack((const uint8_t(*)[LANES])sketch, NULL, n, lanes, planes, block);
	assert_true(block[words] == UINT64_C(0xA5A5A5A5A5A5A5A5));
	return block;
}

/* ---- contract ------------------------------------------------------------------------------ */

static void tables_are_complete(void **state)
{
	(void)state;
	assert_true(n_usable >= 1);
	assert_ptr_equal(nb_pair_kernel_for(NB_ISA_PORTABLE), usable[0]);
	assert_ptr_equal(nb_pair_kernel_get(), nb_pair_kernel_for(nb_isa_get()));
	for (int k = 0; k < n_usable; k++) {
		assert_ptr_equal(nb_pair_kernel_for(usable[k]->isa), usable[k]);
		for (uint32_t lanes = 64; lanes <= 128; lanes += 64)
			for (uint32_t planes = 1; planes <= 4; planes++)
				assert_non_null(nb_pair_filter(usable[k], lanes, planes));
		assert_non_null(nb_pair_filter(usable[k], 256, 1));
		assert_null(nb_pair_filter(usable[k], 256, 2));
		assert_null(nb_pair_filter(usable[k], 64, 0));
		assert_null(nb_pair_filter(usable[k], 64, 5));
		assert_null(nb_pair_filter(usable[k], 96, 1));
		assert_non_null(nb_pair_hamming(usable[k], 256));
		assert_null(nb_pair_hamming(usable[k], 32));
	}
}

/* Bit i of word (p * lanes / 64 + w) is bit p of lane 64 w + i; 8 documents side by side. */
static void pack_follows_the_documented_layout(void **state)
{
	enum { N = 13, WORDS = 6 };
	uint32_t order[N];
	uint64_t *block = nb_block_alloc(16 * WORDS, sizeof(*block)), word[WORDS];

	(void)state;
	for (uint32_t i = 0; i < N; i++)
		order[i] = (i * 7 + 3) % DOCS;
	nb_pair_pack((const uint8_t(*)[LANES])sketch, order, N, 128, 3, block);
	for (uint32_t i = 0; i < 16; i++)
		for (uint32_t p = 0; p < 3; p++)
			for (uint32_t lane = 0; lane < LANES; lane++) {
				size_t at = i / 8 * 8 * WORDS + (p * 2 + lane / 64) * 8 + i % 8;
				uint64_t want = i < N ? sketch[order[i]][lane] >> p & 1 : 0;

				assert_int_equal(block[at] >> (lane % 64) & 1, want);
			}
	nb_pair_slice(sketch[order[9]], 128, 3, word);
	for (int w = 0; w < WORDS; w++)
		assert_true(word[w] == block[8 * WORDS + w * 8 + 1]);
	free(block);
}

static void masks_of_diagonal_and_tail(void **state)
{
	(void)state;
	for (uint32_t rows = 0; rows <= 8; rows++)
		for (uint32_t columns = 0; columns <= 8; columns++)
			for (uint32_t i = 0; i < 8; i++)
				for (uint32_t j = 0; j < 8; j++)
					assert_int_equal(nb_filter_tail(rows, columns) >>
								 (8 * i + j) & 1,
							 i < rows && j < columns);
	for (uint32_t i = 0; i < 8; i++)
		for (uint32_t j = 0; j < 8; j++)
			assert_int_equal(NB_FILTER_UPPER >> (8 * i + j) & 1, i < j);
}

/* ---- the filter ---------------------------------------------------------------------------- */

/* distance[i * n + j] of documents i < rows and j < n; hits must be those within the limit. */
static void check_hits(const nb_filter_hit *hit, size_t n_hit, const uint32_t *distance,
		       size_t rows, size_t n, uint32_t limit)
{
	size_t blocks = nb_pair_blocks(n), at = 0;

	for (size_t q = 0; q < nb_pair_blocks(rows); q++)
		for (size_t b = 0; b < blocks; b++) {
			uint32_t in_q = rows - 8 * q < 8 ? (uint32_t)(rows - 8 * q) : 8;
			uint32_t in_b = n - 8 * b < 8 ? (uint32_t)(n - 8 * b) : 8;
			uint64_t got = 0, want = 0;

			if (at < n_hit && hit[at].query == q && hit[at].block == b) {
				assert_true(hit[at].mask != 0);
				got = hit[at++].mask & nb_filter_tail(in_q, in_b);
			}
			for (uint32_t i = 0; i < in_q; i++)
				for (uint32_t j = 0; j < in_b; j++)
					want |= (uint64_t)(distance[(8 * q + i) * n + 8 * b + j] <=
							   limit)
						<< (8 * i + j);
			assert_true(got == want);
		}
	assert_int_equal(at, n_hit);
}

/* Every hit list is the same as the portable one, padding included. */
static void check_filter(const uint64_t *block, uint32_t lanes, uint32_t planes, size_t rows,
			 size_t n, uint32_t limit, const uint32_t *distance)
{
	size_t nq = nb_pair_blocks(rows), nb = nb_pair_blocks(n);
	nb_filter_hit *first = calloc(nq * nb + 1, sizeof(*first));
	nb_filter_hit *hit = calloc(nq * nb + 1, sizeof(*hit));

	for (int k = 0; k < n_usable; k++) {
		size_t n_hit = nb_pair_filter(usable[k], lanes, planes)(block, nq, block, nb, limit,
									k ? hit : first);

		check_hits(k ? hit : first, n_hit, distance, rows, n, limit);
		for (size_t i = 0; k && i < n_hit; i++)
			assert_true(hit[i].mask == first[i].mask);
		assert_int_equal((k ? hit : first)[nq * nb].mask, 0);
	}
	free(first);
	free(hit);
}

static void filter_reports_exactly_the_pairs_within_the_limit(void **state)
{
	static uint32_t distance[DOCS * DOCS];

	(void)state;
	for (uint32_t lanes = 64; lanes <= 128; lanes += 64)
		for (uint32_t planes = 1; planes <= 4; planes++) {
			uint64_t *block = pack(DOCS, lanes, planes);

			for (size_t i = 0; i < DOCS; i++)
				for (size_t j = 0; j < DOCS; j++)
					distance[i * DOCS + j] = bound_reference(
						sketch[i], sketch[j], lanes, planes);
			for (uint32_t limit = 0; limit <= lanes + 1; limit++)
				check_filter(block, lanes, planes, 41, DOCS, limit, distance);
			check_filter(block, lanes, planes, DOCS, DOCS, UINT32_MAX, distance);
			free(block);
		}
}

/* Any number of query and document blocks, also none. */
static void filter_takes_ragged_sizes(void **state)
{
	static uint32_t distance[DOCS * DOCS];

	(void)state;
	for (size_t n = 0; n <= DOCS; n += n < 20 ? 1 : 23) {
		uint32_t lanes = n % 2 ? 64 : 128, planes = 1 + (uint32_t)n % 4;
		uint32_t limit = (uint32_t)random_below(lanes);
		uint64_t *block = pack(DOCS, lanes, planes);
		size_t rows = n < 30 ? n : 30;

		for (size_t i = 0; i < rows; i++)
			for (size_t j = 0; j < n; j++)
				distance[i * n + j] =
					bound_reference(sketch[i], sketch[j], lanes, planes);
		nb_pair_pack((const uint8_t(*)[LANES])sketch, NULL, n, lanes, planes, block);
		for (int k = 0; k < n_usable; k++) {
			nb_filter_hit *hit = calloc(4 * 25 + 1, sizeof(*hit));
			size_t n_hit = nb_pair_filter(usable[k], lanes, planes)(
				block, nb_pair_blocks(rows), block, nb_pair_blocks(n), limit, hit);
			size_t kept = 0;

			/* drop hits among padding only */
			for (size_t i = 0; i < n_hit; i++) {
				size_t q = rows - 8 * hit[i].query, b = n - 8 * hit[i].block;
				uint64_t tail = nb_filter_tail(q < 8 ? (uint32_t)q : 8,
							       b < 8 ? (uint32_t)b : 8);

				if (hit[i].mask & tail)
					hit[kept++] = hit[i];
			}
			check_hits(hit, kept, distance, rows, n, limit);
			free(hit);
		}
		free(block);
	}
}

/* Whether every pair with at most limit differing lanes, of all 128 and 8 bits, is reported. */
static void check_nothing_lost(nb_filter_fn *filter, const uint64_t *block, uint32_t limit)
{
	enum { BLOCKS = DOCS / 8 };
	nb_filter_hit hit[BLOCKS * BLOCKS];
	uint64_t seen[BLOCKS][BLOCKS] = { { 0 } };
	size_t n = filter(block, BLOCKS, block, BLOCKS, limit, hit);

	for (size_t i = 0; i < n; i++)
		seen[hit[i].query][hit[i].block] = hit[i].mask;
	for (size_t i = 0; i < DOCS; i++)
		for (size_t j = 0; j < DOCS; j++) {
			uint64_t bit = UINT64_C(1) << (8 * (i % 8) + j % 8);

			if (bound_reference(sketch[i], sketch[j], LANES, 8) <= limit)
				assert_true(seen[i / 8][j / 8] & bit);
		}
}

/* The promise that makes the filter exact: it never exceeds the number of differing lanes. */
static void filter_loses_no_pair(void **state)
{
	(void)state;
	for (uint32_t lanes = 64; lanes <= 128; lanes += 64)
		for (uint32_t planes = 1; planes <= 4; planes++) {
			uint64_t *block = pack(DOCS, lanes, planes);

			for (int k = 0; k < n_usable; k++) {
				nb_filter_fn *filter = nb_pair_filter(usable[k], lanes, planes);

				check_nothing_lost(filter, block, 26);
				check_nothing_lost(filter, block, 64);
			}
			free(block);
		}
}

/*
 * Every limit, with all other pairs as far apart as can be: nothing but the pair at the limit
 * itself makes its strip worth a look.  Planes are given as words, which covers SimHash too.
 */
static void filter_finds_a_lone_pair_at_the_limit(void **state)
{
	enum { BLOCKS = 19 };
	uint64_t *query = nb_block_zero(8 * 8, sizeof(*query));
	uint64_t *block = nb_block_alloc(BLOCKS * 8 * 8, sizeof(*block));

	(void)state;
	for (uint32_t lanes = 64; lanes <= 256; lanes *= 2)
		for (uint32_t planes = 1; planes <= (lanes == 256 ? 1 : 4); planes++)
			for (uint32_t limit = 0; limit < lanes; limit++) {
				size_t width = lanes / 64, words = width * planes;
				size_t b = random_below(BLOCKS), j = random_below(8);
				nb_filter_hit hit[BLOCKS];

				memset(block, 0xFF, BLOCKS * 8 * words * sizeof(*block));
				for (size_t w = 0; w < words; w++) {
					uint64_t *x = &block[(b * words + w) * 8 + j];
					size_t first = w % width * 64;

					*x = 0;
					for (size_t i = 0; i < 64 && first + i < limit; i++)
						*x |= (uint64_t)(i % planes == w / width) << i;
				}
				for (int k = 0; k < n_usable; k++) {
					nb_filter_fn *f = nb_pair_filter(usable[k], lanes, planes);

					assert_int_equal(f(query, 1, block, BLOCKS, limit, hit), 1);
					assert_int_equal(hit[0].block, b);
					assert_true(hit[0].mask ==
						    UINT64_C(0x0101010101010101) << j);
					if (limit)
						assert_int_equal(f(query, 1, block, BLOCKS,
								   limit - 1, hit), 0);
				}
			}
	free(query);
	free(block);
}

/* ---- SimHash ------------------------------------------------------------------------------- */

static void simhash_distances_and_hits(void **state)
{
	enum { N = 61 };
	static uint64_t hash[N * 4];
	static uint32_t distance[N * N];
	static uint16_t got[64];
	uint64_t *block = nb_block_alloc(64 * 4, sizeof(*block));

	(void)state;
	for (uint32_t bits = 64; bits <= 256; bits *= 2) {
		uint32_t words = bits / 64;

		for (size_t i = 0; i < N * words; i++)
			hash[i] = random64();
		for (size_t i = 30; i < N; i++) { /* 0..14 or 56..71 bits away from the first */
			size_t away = i < 45 ? i - 30 : i + 11;

			memcpy(hash + i * words, hash, words * 8);
			for (size_t k = 0, bit = 0; k < away; k++, bit = 5 * k % bits)
				hash[i * words + bit / 64] ^= UINT64_C(1) << bit % 64;
		}
		memset(hash + 28 * words, 0, words * 8);
		memset(hash + 29 * words, 0xFF, words * 8);
		for (size_t i = 0; i < N * N; i++)
			distance[i] = distance_reference(hash + i / N * words, hash + i % N * words,
							 bits);
		nb_pair_pack_simhash(hash, NULL, N, bits, block);
		for (uint32_t limit = 0; limit <= bits; limit++)
			check_filter(block, bits, 1, N, N, limit, distance);
		for (int k = 0; k < n_usable; k++)
			for (size_t i = 0; i < N; i++) {
				memset(got, 0xA5, sizeof(got));
				nb_pair_hamming(usable[k], bits)(hash + i * words, block, 8, got);
				for (size_t j = 0; j < N; j++)
					assert_int_equal(got[j], distance[i * N + j]);
			}
	}
	free(block);
}

/* ---- counts -------------------------------------------------------------------------------- */

static uint32_t equal_reference(size_t i, size_t j)
{
	return LANES - bound_reference(sketch[i], sketch[j], LANES, 8);
}

static void counts_of_equal_lanes(void **state)
{
	const uint8_t(*lane)[LANES] = (const uint8_t(*)[LANES])sketch;
	uint64_t *block = pack(DOCS, 128, 8), word[16];
	uint8_t equal[DOCS + 1];

	(void)state;
	for (int k = 0; k < n_usable; k++)
		for (size_t n = 0; n <= DOCS; n++) {
			size_t q = random_below(DOCS);

			memset(equal, 0xA5, sizeof(equal));
			usable[k]->count(sketch[q], lane, n, equal);
			for (size_t i = 0; i < n; i++)
				assert_int_equal(equal[i], equal_reference(q, i));
			assert_int_equal(equal[n], 0xA5);

			memset(equal, 0xA5, sizeof(equal));
			nb_pair_slice(sketch[q], 128, 8, word);
			usable[k]->count_blocks(word, block, n / 8, equal);
			for (size_t i = 0; i < n / 8 * 8; i++)
				assert_int_equal(equal[i], equal_reference(q, i));
			assert_int_equal(equal[n / 8 * 8], 0xA5);
		}
	free(block);
}

static void counts_of_many_queries(void **state)
{
	enum { QUERIES = 5 };
	uint64_t *block = pack(DOCS, 128, 8), word[QUERIES * 16];
	uint8_t equal[QUERIES * DOCS + 1];

	(void)state;
	for (size_t q = 0; q < QUERIES; q++)
		nb_pair_slice(sketch[17 * q], 128, 8, word + 16 * q);
	for (int k = 0; k < n_usable; k++)
		for (size_t n_query = 0; n_query <= QUERIES; n_query++)
			for (size_t n_block = 0; n_block <= DOCS / 8; n_block++) {
				size_t n = n_block * 8;

				memset(equal, 0xA5, sizeof(equal));
				usable[k]->count_tile(word, n_query, block, n_block, equal);
				for (size_t i = 0; i < n_query * n; i++)
					assert_int_equal(equal[i],
							 equal_reference(i / n * 17, i % n));
				assert_int_equal(equal[n_query * n], 0xA5);
			}
	free(block);
}

static void counts_of_listed_pairs(void **state)
{
	enum { N = 500 };
	uint32_t pair[2 * N];
	uint8_t equal[N + 1];

	(void)state;
	for (size_t i = 0; i < 2 * N; i++)
		pair[i] = (uint32_t)random_below(DOCS);
	for (int k = 0; k < n_usable; k++)
		for (size_t n = 0; n <= N; n += n < 30 ? 1 : 47) {
			memset(equal, 0xA5, sizeof(equal));
			usable[k]->count_pairs((const uint8_t(*)[LANES])sketch, pair, n, equal);
			for (size_t i = 0; i < n; i++)
				assert_int_equal(equal[i],
						 equal_reference(pair[2 * i], pair[2 * i + 1]));
			assert_int_equal(equal[n], 0xA5);
		}
}

/* ---- intersection -------------------------------------------------------------------------- */

static int by_value(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return (x > y) - (x < y);
}

/* At most n ascending values without doubles, below range (0: any). */
static uint64_t *random_set(size_t n, uint64_t range, size_t *n_out)
{
	uint64_t *value = malloc(n ? n * sizeof(*value) : 1);
	size_t kept = 0;

	for (size_t i = 0; i < n; i++)
		value[i] = range ? random64() % range : random64();
	qsort(value, n, sizeof(*value), by_value);
	for (size_t i = 0; i < n; i++)
		if (!i || value[i] != value[i - 1])
			value[kept++] = value[i];
	*n_out = kept;
	return value;
}

static void check_intersect(const uint64_t *a, size_t n_a, const uint64_t *b, size_t n_b)
{
	for (int k = 0; k < n_usable; k++) {
		assert_int_equal(usable[k]->intersect(a, n_a, b, n_b),
				 intersect_reference(a, n_a, b, n_b));
		assert_int_equal(usable[k]->intersect(b, n_b, a, n_a),
				 intersect_reference(a, n_a, b, n_b));
	}
}

static void intersect_counts_common_values(void **state)
{
	(void)state;
	for (int round = 0; round < 3000; round++) {
		size_t n_a = random_below(round % 3 ? 40 : 300), n_b = random_below(300);
		uint64_t range = round % 4 ? 1 + random_below(900) : 0;
		uint64_t *a = random_set(n_a, range, &n_a), *b = random_set(n_b, range, &n_b);

		check_intersect(a, n_a, b, n_b);
		check_intersect(a, n_a, a, n_a);
		free(a);
		free(b);
	}
}

static void intersect_of_unequal_lengths(void **state)
{
	(void)state;
	for (size_t n_a = 0; n_a < 60; n_a++) {
		size_t n_b = 5000, few = n_a;
		uint64_t *b = random_set(n_b, 100000, &n_b), *a = random_set(few, 100000, &few);

		for (size_t i = 0; i < few; i += 2) /* half of them surely common */
			a[i] = b[random_below(n_b)];
		qsort(a, few, sizeof(*a), by_value);
		size_t kept = 0;
		for (size_t i = 0; i < few; i++)
			if (!i || a[i] != a[kept - 1])
				a[kept++] = a[i];
		check_intersect(a, kept, b, n_b);
		free(a);
		free(b);
	}
}

static void intersect_at_the_ends_of_the_range(void **state)
{
	uint64_t a[16], b[16];

	(void)state;
	for (size_t i = 0; i < 16; i++) {
		a[i] = UINT64_MAX - 15 + i;
		b[i] = i < 8 ? i : UINT64_MAX - 15 + i;
	}
	check_intersect(a, 16, b, 16);
	assert_int_equal(usable[n_usable - 1]->intersect(a, 16, b, 16), 8);
	check_intersect(a, 0, b, 16);
	check_intersect(a, 8, a + 8, 8);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tables_are_complete),
		cmocka_unit_test(pack_follows_the_documented_layout),
		cmocka_unit_test(masks_of_diagonal_and_tail),
		cmocka_unit_test(filter_reports_exactly_the_pairs_within_the_limit),
		cmocka_unit_test(filter_takes_ragged_sizes),
		cmocka_unit_test(filter_loses_no_pair),
		cmocka_unit_test(filter_finds_a_lone_pair_at_the_limit),
		cmocka_unit_test(simhash_distances_and_hits),
		cmocka_unit_test(counts_of_equal_lanes),
		cmocka_unit_test(counts_of_many_queries),
		cmocka_unit_test(counts_of_listed_pairs),
		cmocka_unit_test(intersect_counts_common_values),
		cmocka_unit_test(intersect_of_unequal_lengths),
		cmocka_unit_test(intersect_at_the_ends_of_the_range),
	};

	return cmocka_run_group_tests(tests, setup, NULL);
}
