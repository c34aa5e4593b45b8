/* SPDX-License-Identifier: MIT
 *
 * test_pairs.c - lists of candidate pairs, each article's earliest partners, sketch columns.
 */
#include <omp.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "copies/binomial.h"
#include "copies/candidate_lists.h"
#include "copies/size_bound.h"
#include "match_data.h"

static const int team[] = { 1, 2, 7 };

static void normalise_sorts_and_drops_doubles(void **state)
{
	nb_pair given[] = { { 3, 9 }, { 1, 2 }, { 0, 9 }, { 3, 9 }, { 0, 2 }, { 1, 2 } };
	const nb_pair want[] = { { 0, 2 }, { 1, 2 }, { 0, 9 }, { 3, 9 } };
	nb_pairs p = { given, 6, 6 }, nothing = { 0 };

	(void)state;
	assert_int_equal(nb_pairs_normalise(&p, 64), NB_OK);
	assert_int_equal(p.n, 4);
	assert_memory_equal(p.pair, want, sizeof(want));
	assert_int_equal(nb_pairs_normalise(&nothing, 64), NB_OK);
	assert_int_equal(nothing.n, 0);
}

static void normalise_keeps_the_earliest_partners(void **state)
{
	nb_pair given[] = { { 7, 9 }, { 5, 9 }, { 5, 9 }, { 6, 9 }, { 1, 4 }, { 0, 4 } };
	const nb_pair want[] = { { 0, 4 }, { 1, 4 }, { 5, 9 }, { 6, 9 } };
	nb_pairs p = { given, 6, 6 };

	(void)state;
	assert_int_equal(nb_pairs_normalise(&p, 2), NB_OK);
	assert_int_equal(p.n, 4);
	assert_memory_equal(p.pair, want, sizeof(want));
	assert_int_equal(nb_pairs_normalise(&p, 1), NB_OK);
	assert_int_equal(p.n, 2);
	assert_int_equal(p.pair[0].a, 0);
	assert_int_equal(p.pair[1].a, 5);
}

static void add_appends(void **state)
{
	nb_pairs p = { 0 }, more = { 0 };

	(void)state;
	push_pair(&more, 1, 2);
	assert_int_equal(nb_pairs_add(&p, &more), NB_OK);
	assert_int_equal(nb_pairs_add(&p, &more), NB_OK);
	assert_int_equal(p.n, 2);
	assert_int_equal(p.pair[1].b, 2);
	nb_pairs_release(&p);
	assert_null(p.pair);
	nb_pairs_release(&more);
}

/* What partners keeps is what normalise keeps, whoever brings which pair when. */
static void partners_do_as_normalise_does(void **state)
{
	enum { N = 300, M = 200000, MOST = 8 };
	uint64_t random = 1;

	(void)state;
	for (size_t t = 0; t < sizeof(team) / sizeof(*team); t++) {
		nb_candidate_lists partners;
		nb_pairs want = { 0 }, got = { 0 };
		uint32_t n_failed = 0;

		for (int i = 0; i < M; i++) {
			uint32_t a = below(&random, N), b = below(&random, N);

			if (a != b)
				push_pair(&want, a < b ? a : b, a < b ? b : a);
		}
		assert_int_equal(nb_candidate_lists_init(&partners, N, MOST), NB_OK);
		omp_set_num_threads(team[t]);
#pragma omp parallel for reduction(+ : n_failed)
		for (size_t i = 0; i < want.n; i++)
			if (want.pair[i].a < nb_candidate_lists_limit(&partners, want.pair[i].b))
				n_failed += nb_candidate_lists_add(&partners, want.pair[i].b,
								   want.pair[i].a, 1) != NB_OK;
		assert_int_equal(n_failed, 0);
		assert_int_equal(nb_candidate_lists_take(&partners, &got), NB_OK);
		assert_int_equal(nb_pairs_normalise(&want, MOST), NB_OK);
		assert_true(same_pairs(&got, &want));
		nb_candidate_lists_release(&partners);
		nb_pairs_release(&want);
		nb_pairs_release(&got);
	}
}

static void sizes_allow_what_can_reach_the_threshold(void **state)
{
	(void)state;
	assert_true(nb_sizes_allow(8, 10, 0.8));
	assert_true(nb_sizes_allow(10, 8, 0.8));
	assert_false(nb_sizes_allow(7, 9, 0.8));
	assert_true(nb_sizes_allow(5, 5, 1));
	for (uint32_t n = 1; n < 3000; n++)
		for (double j = 0.05; j <= 1; j += 0.05) {
			uint32_t reach = nb_sizes_reach(n, j);

			uint32_t low, high;

			nb_sizes_range(n, j, &low, &high);
			assert_true(low <= n && n <= high && high <= reach);
			assert_true(nb_sizes_allow(n, low, j) && nb_sizes_allow(n, high, j));
			assert_false(nb_sizes_allow(n, low - 1, j) && low > 1);
			assert_false(nb_sizes_allow(n, high + 1, j));
		}
}

/* Tails against a sum of Pascal's triangle; the threshold against its definition. */
static void chances_are_binomial(void **state)
{
	double row[25] = { 1 }, p = 0.3;

	(void)state;
	for (int n = 1; n <= 24; n++)
		for (int k = n; k >= 0; k--)
			row[k] = row[k] * (1 - p) + (k > 0 ? row[k - 1] * p : 0);
	for (int k = 0; k <= 24; k++) {
		double sum = 0, got = nb_binomial_at_least(24, p, (uint32_t)k);

		for (int i = 24; i >= k; i--)
			sum += row[i];
		assert_true(got > sum * (1 - 1e-9) - 1e-15 && got < sum * (1 + 1e-9) + 1e-15);
	}
	assert_true(nb_binomial_at_least(128, 0.95, 0) == 1);
	assert_true(nb_binomial_at_least(128, 0.95, 129) == 0);
	assert_true(nb_binomial_at_least(128, 1, 128) == 1);
	assert_int_equal(nb_binomial_threshold(128, 1), 128);
	for (uint32_t n = 1; n <= 128; n += 9) /* one success more would be too unlikely */
		for (double q = 0.05; q < 1; q += 0.05) {
			uint32_t k = nb_binomial_threshold(n, q);

			assert_true(nb_binomial_at_least(n, q, k) >= 0.99865);
			assert_true(k == n || nb_binomial_at_least(n, q, k + 1) < 0.99866);
		}
	assert_int_equal(nb_binomial_lanes(1), 128);
	assert_int_equal(nb_binomial_lanes(0.8), 88);
	assert_int_equal(nb_binomial_lanes(1e-9), 1);
}

/* A sketch whose every field says which number it had. */
static nb_sketch numbered(uint32_t i)
{
	nb_sketch s = { .simhash = { i, i + 1, i + 2, i + 3 }, .text_hash = i * 3u,
			.n_tokens = i + 5, .n_shingles = i, .n_keys = i % (NB_CONTAIN_KEYS + 1) };

	memset(s.lane, (int)(i & 0xff), NB_LANES);
	for (uint32_t k = 0; k < s.n_keys; k++)
		s.key[k] = i * 1000u + k;
	return s;
}

static void check_columns(const nb_sketches *s, uint32_t at, uint32_t i, uint32_t n_words)
{
	nb_sketch want = numbered(i);

	assert_memory_equal(s->lane[at], want.lane, NB_LANES);
	assert_memory_equal(s->simhash + (size_t)at * n_words, want.simhash, n_words * 8);
	assert_true(s->text_hash[at] == want.text_hash);
	assert_int_equal(s->n_tokens[at], want.n_tokens);
	assert_int_equal(s->n_shingles[at], want.n_shingles);
	assert_int_equal(s->key_at[at + 1] - s->key_at[at], want.n_keys);
	assert_memory_equal(s->key + s->key_at[at], want.key, want.n_keys * 8);
}

static void columns_hold_what_was_appended(void **state)
{
	enum { N = 1000 };

	(void)state;
	for (uint32_t bits = 64; bits <= 256; bits *= 2) {
		nb_sketch_params params = { 5, bits, 0 };
		nb_sketch batch[7];
		nb_sketches s;
		uint32_t n = 0;

		nb_sketches_init(&s, &params);
		while (n < N) {
			for (uint32_t i = 0; i < 7; i++)
				batch[i] = numbered(n + i);
			assert_int_equal(nb_sketches_append(&s, batch, 7), NB_OK);
			n += 7;
			assert_int_equal(s.n, n);
		}
		assert_int_equal((uintptr_t)s.lane % 64, 0);
		for (uint32_t i = 0; i < n; i++)
			check_columns(&s, i, i, bits / 64);
		nb_sketches_release(&s);
	}
}

static void permute_moves_every_column(void **state)
{
	enum { N = 1001 };
	nb_sketch_params params = { 5, 128, 0 };
	uint32_t from[N];
	uint64_t random = 7;
	nb_sketches s;

	(void)state;
	nb_sketches_init(&s, &params);
	assert_int_equal(nb_sketches_permute(&s, from), NB_OK); /* of nothing */
	for (uint32_t i = 0; i < N; i++) {
		nb_sketch one = numbered(i);
		uint32_t j = below(&random, i + 1);

		assert_int_equal(nb_sketches_append(&s, &one, 1), NB_OK);
		from[i] = from[j];
		from[j] = i;
	}
	assert_int_equal(nb_sketches_permute(&s, from), NB_OK);
	for (uint32_t i = 0; i < N; i++)
		check_columns(&s, i, from[i], 2);
	/* and columns still grow afterwards */
	for (uint32_t i = 0; i < N; i++) {
		nb_sketch one = numbered(i);

		assert_int_equal(nb_sketches_append(&s, &one, 1), NB_OK);
	}
	check_columns(&s, 5, from[5], 2);
	check_columns(&s, N + 5, 5, 2);
	nb_sketches_release(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(normalise_sorts_and_drops_doubles),
		cmocka_unit_test(normalise_keeps_the_earliest_partners),
		cmocka_unit_test(add_appends),
		cmocka_unit_test(partners_do_as_normalise_does),
		cmocka_unit_test(sizes_allow_what_can_reach_the_threshold),
		cmocka_unit_test(chances_are_binomial),
		cmocka_unit_test(columns_hold_what_was_appended),
		cmocka_unit_test(permute_moves_every_column),
	};

	return cmocka_run_group_tests_name("pairs", tests, NULL, NULL);
}
