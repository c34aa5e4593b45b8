/* SPDX-License-Identifier: MIT
 *
 * test_agreement.c - agreement of clusters with gold, against counting every pair.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "newsbraid/agreement.h"

#define NEAR(a, b) assert_true(fabs((a) - (b)) < 1e-9)

/* ---- the definitions, by hand ---------------------------------------------------------------- */

static void perfect_agreement_is_one(void **state)
{
	const uint32_t label[] = { 0, 0, 1, 2, 2, 2 }, lang[] = { 0, 1, 0, 0, 1, 0 };
	nb_agreement a;

	(void)state;
	assert_int_equal(nb_agreement_measure(label, label, lang, 6, &a), NB_OK);
	NEAR(a.bcubed.f1, 1);
	NEAR(a.pairwise.f1, 1);
	NEAR(a.ari, 1);
	NEAR(a.cross_language.f1, 1);
	assert_int_equal(a.n_gold, 3);
	assert_int_equal(a.n_found, 3);
	assert_int_equal(a.cross_gold_pairs, 3);
}

/* Two articles joined that should not be: one of three found pairs is right. */
static void one_wrong_join(void **state)
{
	const uint32_t gold[] = { 0, 0, 1 }, found[] = { 0, 0, 0 }, lang[] = { 0, 0, 0 };
	nb_agreement a;

	(void)state;
	assert_int_equal(nb_agreement_measure(gold, found, lang, 3, &a), NB_OK);
	NEAR(a.pairwise.p, 1.0 / 3);
	NEAR(a.pairwise.r, 1);
	NEAR(a.bcubed.p, (2.0 / 3 + 2.0 / 3 + 1.0 / 3) / 3);
	NEAR(a.bcubed.r, 1);
}

static void nothing_to_find_counts_as_found(void **state)
{
	const uint32_t label[] = { 0, 1, 2 }, lang[] = { 0, 0, 0 };
	nb_agreement a;

	(void)state;
	assert_int_equal(nb_agreement_measure(label, label, lang, 3, &a), NB_OK);
	NEAR(a.pairwise.f1, 1);
	NEAR(a.cross_language.f1, 1);
	assert_int_equal(nb_agreement_measure(label, label, lang, 0, &a), NB_OK);
	NEAR(a.ari, 1);
}

/* ---- against brute force --------------------------------------------------------------------- */

#define N 60

static uint32_t next(uint32_t *seed)
{
	*seed = *seed * 1664525u + 1013904223u;
	return *seed >> 16;
}

/* Pairs for which both / gold / found say "together", all or across languages only. */
static void count_pairs(const uint32_t *gold, const uint32_t *found, const uint32_t *lang,
			int cross, double *both, double *in_gold, double *in_found)
{
	*both = *in_gold = *in_found = 0;
	for (int i = 0; i < N; i++) {
		for (int j = 0; j < i; j++) {
			if (cross && lang[i] == lang[j])
				continue;
			*in_gold += gold[i] == gold[j];
			*in_found += found[i] == found[j];
			*both += gold[i] == gold[j] && found[i] == found[j];
		}
	}
}

static double bcubed_precision(const uint32_t *gold, const uint32_t *found)
{
	double sum = 0;

	for (int i = 0; i < N; i++) {
		double together = 0, right = 0;

		for (int j = 0; j < N; j++) {
			together += found[i] == found[j];
			right += found[i] == found[j] && gold[i] == gold[j];
		}
		sum += right / together;
	}
	return sum / N;
}

static void equals_counting_every_pair(void **state)
{
	(void)state;
	for (uint32_t seed = 1; seed <= 50; seed++) {
		uint32_t gold[N], found[N], lang[N], s = seed;
		double both, in_gold, in_found;
		nb_agreement a;

		for (int i = 0; i < N; i++) {
			gold[i] = next(&s) % 12;
			found[i] = next(&s) % 3 ? gold[i] : next(&s) % 12;
			lang[i] = next(&s) % 3;
		}
		assert_int_equal(nb_agreement_measure(gold, found, lang, N, &a), NB_OK);
		count_pairs(gold, found, lang, 0, &both, &in_gold, &in_found);
		NEAR(a.pairwise.p, both / in_found);
		NEAR(a.pairwise.r, both / in_gold);
		NEAR(a.bcubed.p, bcubed_precision(gold, found));
		NEAR(a.bcubed.r, bcubed_precision(found, gold));
		{
			double all = N * (N - 1) / 2.0, expected = in_gold * in_found / all;

			NEAR(a.ari, (both - expected) / ((in_gold + in_found) / 2 - expected));
		}
		count_pairs(gold, found, lang, 1, &both, &in_gold, &in_found);
		NEAR(a.cross_language.p, both / in_found);
		NEAR(a.cross_language.r, both / in_gold);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(perfect_agreement_is_one),
		cmocka_unit_test(one_wrong_join),
		cmocka_unit_test(nothing_to_find_counts_as_found),
		cmocka_unit_test(equals_counting_every_pair),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
