/* SPDX-License-Identifier: MIT
 *
 * test_minhash.c - MinHash estimates Jaccard similarity, with an error below that of 128
 * independent hashes, for sets of equal and of unequal size.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "newsbraid/sketch.h"
#include "sample.h"

static void the_empty_set_has_zero_lanes(void **state)
{
	uint8_t lane[NB_LANES], zero[NB_LANES] = { 0 };

	(void)state;
	memset(lane, 1, sizeof(lane));
	nb_minhash(NULL, 0, lane);
	assert_memory_equal(lane, zero, sizeof(lane));
}

/* A set: the order of its members and how often they stand there change nothing. */
static void order_and_repeats_do_not_matter(void **state)
{
	enum { MOST = 2000 };
	static uint64_t value[2 * MOST];
	uint8_t a[NB_LANES], b[NB_LANES];
	uint64_t seed = 2;

	(void)state;
	for (size_t n = 1; n <= MOST; n += 1 + n / 4) {
		for (size_t i = 0; i < n; i++)
			value[i] = sample_random(&seed);
		nb_minhash(value, n, a);
		for (size_t i = 0; i < n; i++)
			value[n + i] = value[n - 1 - i];
		nb_minhash(value + n, n, b);
		assert_memory_equal(a, b, sizeof(a));
		nb_minhash(value, 2 * n, b);
		assert_memory_equal(a, b, sizeof(a));
	}
	/* values without any entropy end too, and are defined */
	memset(value, 0, sizeof(value));
	nb_minhash(value, 1, a);
	nb_minhash(value, MOST, b);
	assert_memory_equal(a, b, sizeof(a));
}

static uint32_t equal_lanes(const uint8_t a[NB_LANES], const uint8_t b[NB_LANES])
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < NB_LANES; i++)
		n += a[i] == b[i];
	return n;
}

static void chance_agreement_is_taken_off(void **state)
{
	(void)state;
	assert_true(nb_minhash_jaccard(0) == 0);
	assert_true(fabs(nb_minhash_jaccard(NB_LANES) - 1) < 1e-12);
	assert_true(fabs(nb_minhash_jaccard(64) - (0.5 - 1.0 / 256) / (1 - 1.0 / 256)) < 1e-12);
}

/* Error over many pairs of random sets of a and b members, `shared` of them in both. */
typedef struct error {
	double ratio; /* RMSE / sqrt(J (1 - J) / 128) */
	double bias;
} error;

static error measure(size_t a, size_t b, size_t shared, unsigned trials, uint64_t *seed)
{
	static uint64_t value[4000];
	double j = (double)shared / (double)(a + b - shared), sum = 0, squares = 0;

	for (unsigned t = 0; t < trials; t++) {
		uint8_t x[NB_LANES], y[NB_LANES];
		double e;

		for (size_t i = 0; i < a + b - shared; i++)
			value[i] = sample_random(seed);
		nb_minhash(value, a, x);
		nb_minhash(value + a - shared, b, y);
		/* the estimate without the cut at 0, which would hide a bias */
		e = (equal_lanes(x, y) / 128.0 - 1.0 / 256) / (1 - 1.0 / 256) - j;
		sum += e;
		squares += e * e;
	}
	return (error){ sqrt(squares / trials) / sqrt(j * (1 - j) / 128), sum / trials };
}

/*
 * Every cell: |bias| < 0.002 and the ratio at most 1, give or take two standard errors of the
 * measurement, 1 / sqrt(2 trials) each.  Over all cells: at most 0.97, no give.
 */
static void error_is_below_that_of_independent_hashes(void **state)
{
	static const size_t sizes[] = { 20, 50, 100, 300, 1000, 2000 };
	static const double similarity[] = { 0.2, 0.5, 0.8, 0.9 };
	enum { TRIALS = 6000 };
	const double give = 2 / sqrt(2.0 * TRIALS);
	double squares = 0;
	uint64_t seed = 1;
	int cells = 0;

	(void)state;
	for (size_t s = 0; s < sizeof(sizes) / sizeof(*sizes); s++)
		for (size_t times = 1; times <= 4; times *= 2)
			for (int k = 0; k < 4; k++) {
				size_t b = sizes[s], a = b / times;
				double j = similarity[k] <= 1.0 / (double)times ?
						   similarity[k] :
						   1.0 / (double)times;
				size_t shared = (size_t)lround(j * (double)(a + b) / (1 + j));
				error e;

				if (k > 0 && similarity[k - 1] >= 1.0 / (double)times)
					continue; /* the smaller set inside the larger is done */
				e = measure(a, b, shared, TRIALS, &seed);
				if (e.ratio > 1 + give || fabs(e.bias) >= 0.002)
					fail_msg("%zu:%zu J %.2f: ratio %.3f, bias %+.4f", a, b, j,
						 e.ratio, e.bias);
				squares += e.ratio * e.ratio;
				cells++;
			}
	assert_true(cells > 40);
	assert_true(sqrt(squares / cells) <= 0.97);
}

/* Sketches are stored and compared with those of other nights: these values may not change. */
static void golden_lanes(void **state)
{
	static const size_t sizes[] = { 1, 3, 40, 1000 };
	static const uint64_t want[4][2] = {
		{ UINT64_C(0xD97A3E4EED496A2B), UINT64_C(0xE2E5B435876FCA31) },
		{ UINT64_C(0xD72F39E568C91A95), UINT64_C(0x1A3D205493C35EB8) },
		{ UINT64_C(0xB316455770E4DB4C), UINT64_C(0x9E8EE048ECDA2247) },
		{ UINT64_C(0xE7560412ACAC0A9B), UINT64_C(0xD4C2494018FC6D1F) },
	};
	static uint64_t value[1000];
	uint64_t seed = 2020;

	(void)state;
	for (size_t i = 0; i < 1000; i++)
		value[i] = sample_random(&seed);
	for (int k = 0; k < 4; k++) {
		uint8_t lane[NB_LANES];
		uint64_t got[2] = { 0, 0 };

		nb_minhash(value, sizes[k], lane);
		for (uint32_t i = 0; i < NB_LANES; i++) /* all lanes count */
			got[i % 2] = (got[i % 2] ^ lane[i]) * UINT64_C(0x100000001B3);
		assert_true(got[0] == want[k][0] && got[1] == want[k][1]);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_empty_set_has_zero_lanes),
		cmocka_unit_test(order_and_repeats_do_not_matter),
		cmocka_unit_test(chance_agreement_is_taken_off),
		cmocka_unit_test(error_is_below_that_of_independent_hashes),
		cmocka_unit_test(golden_lanes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
