/* SPDX-License-Identifier: MIT
 *
 * test_shingle.c - shingles and their sets.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "newsbraid/sketch.h"
#include "sample.h"

enum { MANY = 300000 };

static int ascending(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return x < y ? -1 : x > y;
}

static void counts(void **state)
{
	(void)state;
	assert_int_equal(nb_shingle_count(0, 5), 0);
	assert_int_equal(nb_shingle_count(1, 5), 1);
	assert_int_equal(nb_shingle_count(4, 5), 1);
	assert_int_equal(nb_shingle_count(5, 5), 1);
	assert_int_equal(nb_shingle_count(6, 5), 2);
	assert_int_equal(nb_shingle_count(100, 1), 100);
}

/* A shingle depends on its tokens, their order and the seed, not on where it stands. */
static void shingles_are_positionless(void **state)
{
	uint64_t token[100], got[100], one[1], seed = 1;

	(void)state;
	for (size_t i = 0; i < 100; i++)
		token[i] = sample_random(&seed) % 7 * UINT64_C(0x9E3779B97F4A7C15);
	for (uint32_t words = 1; words <= NB_SHINGLE_MAX; words++) {
		nb_shingles(token, 100, words, 42, got);
		for (size_t i = 0; i + words <= 100; i++) {
			nb_shingles(token + i, words, words, 42, one);
			assert_true(one[0] == got[i]);
		}
		nb_shingles(token, words, words, 43, one);
		assert_true(one[0] != got[0]);
	}
	/* order counts */
	token[0] = 1, token[1] = 2;
	nb_shingles(token, 2, 2, 0, got);
	token[0] = 2, token[1] = 1;
	nb_shingles(token, 2, 2, 0, one);
	assert_true(got[0] != one[0]);
}

static void short_texts_have_one(void **state)
{
	uint64_t token[5] = { 11, 22, 33, 44, 55 }, three[1], wide[1];

	(void)state;
	nb_shingles(token, 3, 3, 7, three);
	nb_shingles(token, 3, 5, 7, wide);
	assert_true(three[0] == wide[0]);
	wide[0] = 99;
	nb_shingles(token, 0, 5, 7, wide);
	assert_true(wide[0] == 99);
}

/* All shingles of few words differ, and their bits are balanced. */
static void shingles_are_mixed(void **state)
{
	enum { N = 50000 };
	nb_sketcher s = { .n_shingle = 0 };
	nb_sketch_params p;
	uint64_t *scratch = malloc(N * sizeof(*scratch)), seed = 4;
	char *text = malloc(N * 4);
	uint32_t set[64] = { 0 };
	size_t n = 0;

	(void)state;
	nb_sketch_params_init(&p);
	for (size_t i = 0; i < N; i++) { /* 40 words: 40^5 shingles */
		uint64_t w = sample_random(&seed) % 40;

		text[n++] = (char)('a' + w / 7);
		text[n++] = (char)('a' + w % 7);
		text[n++] = ' ';
	}
	assert_int_equal(nb_shingle_text(&s, &p, text, n), NB_OK);
	assert_int_equal(s.n_shingle, N - 4);
	for (size_t i = 0; i < s.n_shingle; i++)
		for (int b = 0; b < 64; b++)
			set[b] += s.shingle[i] >> b & 1;
	for (int b = 0; b < 64; b++)
		assert_in_range(set[b], N / 2 - 700, N / 2 + 700);
	/* 50,000 draws from 1.024e8: about 12 repeats */
	assert_in_range(nb_shingle_set(s.shingle, s.n_shingle, scratch), N - 4 - 40, N - 4);
	nb_sketcher_release(&s);
	free(scratch);
	free(text);
}

static void check_set(const uint64_t *value, size_t n)
{
	uint64_t *got = malloc((n + 1) * sizeof(*got)), *want = malloc((n + 1) * sizeof(*want));
	uint64_t *scratch = malloc((n + 1) * sizeof(*scratch));
	size_t kept = 0;

	memcpy(got, value, n * sizeof(*got));
	memcpy(want, value, n * sizeof(*want));
	qsort(want, n, sizeof(*want), ascending);
	for (size_t i = 0; i < n; i++)
		if (kept == 0 || want[kept - 1] != want[i])
			want[kept++] = want[i];
	assert_int_equal(nb_shingle_set(got, n, scratch), kept);
	assert_memory_equal(got, want, kept * sizeof(*got));
	free(got);
	free(want);
	free(scratch);
}

/*
 * Hashes, and what a distribution sort dislikes: all equal, few values, numbers alike in the high
 * bits, powers of two, almost all in one bucket.  A square would not end at this size.
 */
static void sets_are_sorted_and_distinct(void **state)
{
	uint64_t *value = malloc(MANY * sizeof(*value)), seed = 8;

	(void)state;
	for (int how = 0; how < 8; how++) {
		for (size_t i = 0; i < MANY; i++) {
			uint64_t r = sample_random(&seed);

			value[i] = how == 0 ? r :
				   how == 1 ? 77 :
				   how == 2 ? r % 3 :
				   how == 3 ? r >> 44 :
				   how == 4 ? UINT64_C(1) << r % 64 :
				   how == 5 ? (r % 100 ? 5 : r) :
				   how == 6 ? r << 44 :
					      UINT64_MAX - i;
		}
		for (size_t n = 0; n < 200; n++)
			check_set(value, n);
		check_set(value, 5000);
		check_set(value, MANY);
	}
	free(value);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(counts),
		cmocka_unit_test(shingles_are_positionless),
		cmocka_unit_test(short_texts_have_one),
		cmocka_unit_test(shingles_are_mixed),
		cmocka_unit_test(sets_are_sorted_and_distinct),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
