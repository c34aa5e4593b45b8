/* SPDX-License-Identifier: MIT
 *
 * test_scan.c - the pair scan: against a loop over all pairs, against exact similarity, and with a
 * mass of like articles.
 */
#include <omp.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "copies/binomial.h"
#include "copies/size_bound.h"
#include "match_data.h"

static const int team[] = { 1, 2, 7 };

/* Articles of all lengths with copies at all distances, some of one word, some of none. */
static void make_night(corpus *c, uint32_t n, uint64_t seed)
{
	c->random = seed;
	while (c->n < n) {
		uint32_t most = c->n % 16 == 0 ? 6 : c->n % 7 == 0 ? 700 : 200;
		uint32_t base = corpus_random(c, below(&c->random, most));
		uint32_t copies = below(&c->random, 5);

		while (copies--)
			corpus_edit(c, base, unit(&c->random) * 0.15);
	}
	corpus_shuffle(c);
	corpus_read(c);
}

/* Sketches without texts: many articles from few templates, a few lanes changed in each. */
static void make_mass(nb_sketches *s, uint32_t n, uint32_t templates, uint64_t seed)
{
	nb_sketch_params params;
	nb_sketch *kind = must(calloc(templates, sizeof(*kind)));

	nb_sketch_params_init(&params);
	nb_sketches_init(s, &params);
	for (uint32_t t = 0; t < templates; t++)
		for (uint32_t i = 0; i < NB_LANES; i++)
			kind[t].lane[i] = (uint8_t)next_random(&seed);
	for (uint32_t i = 0; i < n; i++) {
		nb_sketch one = kind[below(&seed, templates)];

		one.n_shingles = 400 + below(&seed, 20);
		for (int k = 0; k < 6; k++)
			one.lane[below(&seed, NB_LANES)] = (uint8_t)next_random(&seed);
		if (nb_sketches_append(s, &one, 1) != NB_OK)
			die("append");
	}
	free(kind);
}

/* Every pair that scan must return, by looking at all of them. */
static nb_pairs look_at_all(const nb_sketches *s, double jaccard, uint64_t *possible)
{
	uint32_t least = nb_binomial_lanes(jaccard);
	nb_pairs all = { 0 };

	*possible = 0;
	for (uint32_t b = 0; b < s->n; b++)
		for (uint32_t a = 0; a < b; a++) {
			if (!s->n_shingles[a] || !s->n_shingles[b] ||
			    !nb_sizes_allow(s->n_shingles[a], s->n_shingles[b], jaccard))
				continue;
			++*possible;
			if (equal_lanes(s, a, b) >= least)
				push_pair(&all, a, b);
		}
	return all;
}

static void check_against_all(const nb_sketches *s, double jaccard)
{
	uint64_t possible;
	nb_pairs all = look_at_all(s, jaccard, &possible);
	size_t n_all = all.n;

	assert_int_equal(nb_pairs_normalise(&all, NB_PAIRS_PER_ARTICLE), NB_OK);
	assert_true(nb_scan_cost(s, jaccard) == possible);
	for (size_t t = 0; t < sizeof(team) / sizeof(*team); t++) {
		nb_pairs got = { 0 };
		nb_match_stats stats;

		omp_set_num_threads(team[t]);
		assert_int_equal(nb_match_scan(s, jaccard, &got, &stats), NB_OK);
		assert_true(same_pairs(&got, &all));
		assert_true(stats.n_possible == possible);
		assert_true(stats.n_compared >= possible);
		assert_true(stats.n_passed >= n_all);
		assert_int_equal(stats.n_pairs, got.n);
		assert_int_equal(stats.n_dropped, n_all - got.n);
		nb_pairs_release(&got);
	}
	nb_pairs_release(&all);
}

static corpus shared_night;

static void scan_shared(nb_pairs *out)
{
	if (nb_match_scan(&shared_night.sketches, 0.6, out, NULL) != NB_OK)
		die("scan");
}

static void same_for_every_instruction_set(void **state)
{
	nb_pairs got = { 0 };
	uint64_t portable;

	(void)state;
	make_night(&shared_night, 1500, 3);
	portable = digest_with("portable", scan_shared);
	for (int isa = 0; isa < NB_ISA_COUNT; isa++)
		if (nb_isa_usable((nb_isa)isa))
			assert_true(digest_with(nb_isa_name((nb_isa)isa), scan_shared) == portable);
	scan_shared(&got);
	assert_true(digest(&got) == portable);
	assert_true(got.n > 100);
	nb_pairs_release(&got);
	corpus_release(&shared_night);
}

static void refuses_a_threshold_that_is_none(void **state)
{
	nb_sketches s = { 0 };
	nb_pairs got = { 0 };

	(void)state;
	assert_int_equal(nb_match_scan(&s, 0, &got, NULL), NB_EINVAL);
	assert_int_equal(nb_match_scan(&s, 1.01, &got, NULL), NB_EINVAL);
	assert_int_equal(nb_match_scan(&s, 0.0 / 0.0, &got, NULL), NB_EINVAL);
}

static void finds_nothing_in_nothing(void **state)
{
	nb_sketch_params params;
	nb_sketch empty = { 0 }, full = { .n_shingles = 3, .lane = { 1, 2, 3 } };
	nb_sketches s;
	nb_pairs got = { 0 };

	(void)state;
	nb_sketch_params_init(&params);
	nb_sketches_init(&s, &params);
	assert_int_equal(nb_match_scan(&s, 0.5, &got, NULL), NB_OK);
	assert_int_equal(got.n, 0);
	for (int i = 0; i < 20; i++) /* equal sketches, but of articles without a shingle */
		assert_int_equal(nb_sketches_append(&s, &empty, 1), NB_OK);
	assert_int_equal(nb_sketches_append(&s, &full, 1), NB_OK);
	assert_int_equal(nb_match_scan(&s, 0.5, &got, NULL), NB_OK);
	assert_int_equal(got.n, 0);
	assert_int_equal(nb_sketches_append(&s, &full, 1), NB_OK);
	assert_int_equal(nb_match_scan(&s, 1, &got, NULL), NB_OK);
	assert_int_equal(got.n, 1);
	assert_int_equal(got.pair[0].a, 20);
	assert_int_equal(got.pair[0].b, 21);
	nb_pairs_release(&got);
	nb_sketches_release(&s);
}

/* Sizes around the tile and block bounds, thresholds that need every filter shape. */
static void finds_exactly_what_a_loop_finds(void **state)
{
	static const uint32_t sizes[] = { 2, 7, 8, 9, 511, 513, 1100 };
	static const double thresholds[] = { 0.2, 0.35, 0.5, 0.65, 0.8, 0.9, 0.97, 1 };

	(void)state;
	for (size_t i = 0; i < sizeof(sizes) / sizeof(*sizes); i++) {
		corpus c = { 0 };

		make_night(&c, sizes[i], i);
		for (size_t t = 0; t < sizeof(thresholds) / sizeof(*thresholds); t++)
			check_against_all(&c.sketches, thresholds[t]);
		corpus_release(&c);
	}
}

static void mass_of_like_articles_equals_the_loop(void **state)
{
	nb_sketches s;

	(void)state;
	make_mass(&s, 1500, 1, 1);
	check_against_all(&s, 0.8);
	nb_sketches_release(&s);
	make_mass(&s, 1500, 9, 2);
	check_against_all(&s, 0.7);
	nb_sketches_release(&s);
}

/* 200 million candidates, of which each article may keep its 64 earliest. */
static void quadratic_trap_stays_bounded(void **state)
{
	enum { N = 20000 };
	nb_sketches s;
	nb_pairs got = { 0 }, again = { 0 };
	nb_match_stats stats, stats_again;

	(void)state;
	make_mass(&s, N, 1, 1);
	omp_set_num_threads(7);
	assert_int_equal(nb_match_scan(&s, 0.8, &again, &stats_again), NB_OK);
	omp_set_num_threads(2);
	assert_int_equal(nb_match_scan(&s, 0.8, &got, &stats), NB_OK);
	assert_true(same_pairs(&got, &again));
	assert_memory_equal(&stats, &stats_again, sizeof(stats));
	nb_pairs_release(&again);
	assert_true(got.n <= (size_t)N * NB_PAIRS_PER_ARTICLE);
	assert_true(got.capacity <= (size_t)2 * N * NB_PAIRS_PER_ARTICLE);
	assert_true(in_order(&got));
	assert_true(stats.n_passed > UINT64_C(190000000));
	assert_true(stats.n_dropped > N);
	for (uint32_t b = 1; b < NB_PAIRS_PER_ARTICLE; b++) /* the first ones keep all */
		for (uint32_t a = 0; a < b; a++)
			assert_true(has_pair(&got, a, b));
	nb_pairs_release(&got);
	nb_sketches_release(&s);
}

/* Pairs at or a little above the threshold: the hardest to keep. */
static void recall_is_what_it_says(void **state)
{
	static const double thresholds[] = { 0.5, 0.8, 0.9 };

	(void)state;
	for (size_t t = 0; t < sizeof(thresholds) / sizeof(*thresholds); t++) {
		uint32_t n_due = 0, n_found = 0;

		for (uint64_t seed = 0; seed < 6; seed++) {
			corpus c = { .random = seed };
			nb_pairs got = { 0 };
			nb_match_stats stats;

			while (c.n < 1000) {
				uint32_t base = corpus_random(&c, 30 + below(&c.random, 500));

				corpus_edit(&c, base, unit(&c.random) * 0.3 * (1 - thresholds[t]));
			}
			corpus_read(&c);
			assert_int_equal(nb_match_scan(&c.sketches, thresholds[t], &got, &stats),
					 NB_OK);
			for (uint32_t i = 0; i < c.n; i += 2)
				if (exact_jaccard(&c, i, i + 1) >= thresholds[t]) {
					n_due++;
					n_found += has_pair(&got, i, i + 1);
				}
			assert_true(stats.expected_recall > 0.998);
			nb_pairs_release(&got);
			corpus_release(&c);
		}
		print_message("# J >= %.2f: %u of %u pairs found\n", thresholds[t], n_found, n_due);
		assert_true(n_due > 500);
		assert_true(n_found >= 0.998 * n_due);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(same_for_every_instruction_set), /* first: it forks */
		cmocka_unit_test(refuses_a_threshold_that_is_none),
		cmocka_unit_test(finds_nothing_in_nothing),
		cmocka_unit_test(finds_exactly_what_a_loop_finds),
		cmocka_unit_test(mass_of_like_articles_equals_the_loop),
		cmocka_unit_test(quadratic_trap_stays_bounded),
		cmocka_unit_test(recall_is_what_it_says),
	};

	return cmocka_run_group_tests_name("scan", tests, NULL, NULL);
}
