/* SPDX-License-Identifier: MIT
 *
 * test_contain.c - articles that stand in others: recall against exact containment, crowds, texts
 * that repeat themselves.
 */
#include <omp.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "match_data.h"

static const int team[] = { 1, 2, 7 };

/* Wire stories; each is also cut from the bottom, put into a longer piece, and edited. */
static void make_night(corpus *c, uint32_t stories, uint64_t seed)
{
	c->random = seed;
	for (uint32_t k = 0; k < stories; k++) {
		uint32_t n = 40 + below(&c->random, 500), story = corpus_random(c, n);
		uint32_t half = n / 4 + below(&c->random, n / 2);

		corpus_cut(c, story, 0, half, 0, 0);
		corpus_cut(c, story, 0, n, 200 + below(&c->random, 900), below(&c->random, 400));
		corpus_edit(c, story, unit(&c->random) * 0.06);
		corpus_random(c, below(&c->random, 300));
	}
	corpus_shuffle(c);
	corpus_read(c);
}

static void contain(const corpus *c, double containment, uint32_t min_shingles, nb_pairs *out,
		    nb_match_stats *stats)
{
	nb_error err;

	assert_int_equal(nb_match_contain(&c->sketches, &c->night, containment, min_shingles, out,
					  stats, &err), NB_OK);
	assert_true(in_order(out));
	assert_int_equal(stats->n_pairs, out->n);
}

static corpus shared_night;

static void contain_in_shared(nb_pairs *out)
{
	if (nb_match_contain(&shared_night.sketches, &shared_night.night, 0.8, 30, out, NULL,
			     NULL) != NB_OK)
		die("contain");
}

static void same_for_every_instruction_set(void **state)
{
	uint64_t portable;

	(void)state;
	make_night(&shared_night, 200, 3);
	portable = digest_with("portable", contain_in_shared);
	for (int isa = 0; isa < NB_ISA_COUNT; isa++)
		if (nb_isa_usable((nb_isa)isa))
			assert_true(digest_with(nb_isa_name((nb_isa)isa), contain_in_shared) ==
				    portable);
	corpus_release(&shared_night);
}

static void refuses_a_threshold_that_is_none(void **state)
{
	corpus c = { 0 };
	nb_pairs got = { 0 };
	nb_match_stats stats;
	nb_error err = { 0 };

	(void)state;
	corpus_read(&c);
	assert_int_equal(nb_match_contain(&c.sketches, &c.night, 0, 1, &got, NULL, &err),
			 NB_EINVAL);
	assert_int_equal(err.status, NB_EINVAL);
	assert_non_null(err.reason);
	contain(&c, 0.8, 1, &got, &stats);
	assert_int_equal(got.n, 0);
	nb_pairs_release(&got);
	corpus_release(&c);
}

/*
 * Recall over all pairs whose exact containment reaches the threshold and whose shorter article is
 * long enough to be looked for.
 */
static void recall_of_contained_articles(void **state)
{
	static const double thresholds[] = { 0.5, 0.7, 0.8, 0.9 };
	enum { MIN_SHINGLES = 30 };

	(void)state;
	for (size_t t = 0; t < sizeof(thresholds) / sizeof(*thresholds); t++) {
		uint32_t n_due = 0, n_found = 0, n_wrong = 0;

		for (uint64_t seed = 0; seed < 4; seed++) {
			corpus c = { 0 };
			nb_pairs got = { 0 };
			nb_match_stats stats;
			uint32_t *both;

			make_night(&c, 300, seed);
			both = shared_of_all(&c);
			contain(&c, thresholds[t], MIN_SHINGLES, &got, &stats);
			for (uint32_t b = 0; b < c.n; b++)
				for (uint32_t a = 0; a < b; a++) {
					uint32_t least = c.n_set[a] < c.n_set[b] ? c.n_set[a]
										 : c.n_set[b];

					if (least < MIN_SHINGLES)
						continue;
					if (both[a * c.n + b] >= thresholds[t] * least) {
						n_due++;
						n_found += has_pair(&got, a, b);
					} else {
						n_wrong += has_pair(&got, a, b);
					}
				}
			assert_int_equal(stats.n_dropped, 0);
			free(both);
			nb_pairs_release(&got);
			corpus_release(&c);
		}
		print_message("# containment >= %.2f: %u of %u pairs found, %u more named\n",
			      thresholds[t], n_found, n_due, n_wrong);
		assert_true(n_due > 2000);
		assert_true(n_found >= 0.995 * n_due);
		assert_true(n_wrong < n_due);
	}
}

/* With c = 2 t / (1 + t) it finds Jaccard t too: then at least c of the smaller set is shared. */
static void finds_near_copies_too(void **state)
{
	static const double thresholds[] = { 0.5, 0.8, 0.9 };

	(void)state;
	for (size_t t = 0; t < sizeof(thresholds) / sizeof(*thresholds); t++) {
		double j = thresholds[t];
		uint32_t n_due = 0, n_found = 0;
		corpus c = { .random = t };
		nb_pairs got = { 0 };
		nb_match_stats stats;

		while (c.n < 4000) {
			uint32_t base = corpus_random(&c, 40 + below(&c.random, 400));

			corpus_edit(&c, base, unit(&c.random) * 0.3 * (1 - j));
		}
		corpus_read(&c);
		contain(&c, 2 * j / (1 + j), 1, &got, &stats);
		for (uint32_t i = 0; i < c.n; i += 2)
			if (exact_jaccard(&c, i, i + 1) >= j) {
				n_due++;
				n_found += has_pair(&got, i, i + 1);
			}
		print_message("# J >= %.2f: %u of %u pairs found\n", j, n_found, n_due);
		assert_true(n_due > 500);
		assert_true(n_found >= 0.998 * n_due);
		nb_pairs_release(&got);
		corpus_release(&c);
	}
}

static void same_for_every_number_of_threads(void **state)
{
	corpus c = { 0 };
	nb_pairs first = { 0 };
	nb_match_stats first_stats;

	(void)state;
	make_night(&c, 400, 9);
	contain(&c, 0.75, 20, &first, &first_stats);
	for (size_t t = 0; t < sizeof(team) / sizeof(*team); t++) {
		nb_pairs got = { 0 };
		nb_match_stats stats;

		omp_set_num_threads(team[t]);
		contain(&c, 0.75, 20, &got, &stats);
		assert_true(same_pairs(&got, &first));
		assert_memory_equal(&stats, &first_stats, sizeof(stats));
		nb_pairs_release(&got);
	}
	nb_pairs_release(&first);
	corpus_release(&c);
}

/* A longer text may come first or last; one below min_shingles is not looked for, but contains. */
static void both_directions_and_short_ones(void **state)
{
	corpus c = { .random = 1 };
	nb_pairs got = { 0 };
	nb_match_stats stats;
	uint32_t story, early, brief;

	(void)state;
	brief = corpus_random(&c, 100);              /* 0: stands in 1, which is later */
	corpus_cut(&c, brief, 0, 100, 300, 300);     /* 1 */
	story = corpus_random(&c, 700);              /* 2 */
	early = corpus_cut(&c, story, 0, 150, 0, 0); /* 3: stands in 2, which is earlier */
	corpus_cut(&c, early, 0, 24, 0, 0);          /* 4: 20 shingles, stands in 2 and 3 */
	corpus_read(&c);
	contain(&c, 0.9, 21, &got, &stats);
	assert_int_equal(got.n, 2);
	assert_true(has_pair(&got, 0, 1));
	assert_true(has_pair(&got, 2, 3));
	contain(&c, 0.9, 20, &got, &stats);
	assert_int_equal(got.n, 4);
	assert_true(has_pair(&got, 2, 4));
	assert_true(has_pair(&got, 3, 4));
	nb_pairs_release(&got);
	corpus_release(&c);
}

/* A text that says one sentence of another a hundred times does not contain the other. */
static void a_repeated_shingle_counts_once(void **state)
{
	corpus c = { .random = 1 };
	nb_pairs got = { 0 };
	nb_match_stats stats;
	uint32_t story = corpus_random(&c, 28), echo = corpus_new(&c, 1000); /* 24 shingles */

	(void)state;
	for (int i = 0; i < 100; i++)
		for (uint32_t w = 0; w < 7; w++) /* 3 of the shingles */
			put_word(&c.doc[echo], c.doc[story].word[w]);
	corpus_read(&c);
	contain(&c, 0.6, 20, &got, &stats);
	assert_int_equal(got.n, 0);
	assert_true(stats.n_compared >= 3);
	assert_true(stats.n_compared < 60);
	nb_pairs_release(&got);
	corpus_release(&c);
}

/* 20,000 articles of one template: bounded lists, and the earliest is everybody's partner. */
static void quadratic_trap_stays_bounded(void **state)
{
	enum { N = 20000 };
	corpus c = { .random = 1 };
	nb_pairs got = { 0 };
	nb_match_stats stats;
	uint32_t n_first = 0;

	(void)state;
	omp_set_num_threads(2);
	corpus_random(&c, 60);
	while (c.n < N)
		corpus_edit(&c, 0, 0.01);
	corpus_read(&c);
	contain(&c, 0.8, 20, &got, &stats);
	assert_true(got.n <= (size_t)N * NB_PAIRS_PER_ARTICLE);
	assert_true(stats.n_dropped > N);
	assert_true(stats.n_compared <= (uint64_t)N * NB_CONTAIN_KEYS * 64 * 2);
	for (size_t i = 0; i < got.n; i++)
		n_first += got.pair[i].a == 0;
	assert_true(n_first > N * 0.95);
	nb_pairs_release(&got);
	corpus_release(&c);
}

/* Behind a key that a thousand share there are others that name the article still. */
static void shared_furniture_does_not_hide_copies(void **state)
{
	enum { N = 1000 };
	corpus c = { .random = 1 };
	nb_pairs got = { 0 };
	nb_match_stats stats;
	uint32_t furniture = corpus_random(&c, 60), n_found = 0;

	(void)state;
	for (uint32_t i = 0; i < N; i++) { /* 60 words of furniture, 60 of its own */
		corpus_cut(&c, furniture, 0, 60, 0, 60);
		corpus_cut(&c, c.n - 1, 0, 120, 0, 40);
	}
	corpus_read(&c);
	contain(&c, 0.9, 20, &got, &stats);
	for (uint32_t i = 0; i < N; i++)
		n_found += has_pair(&got, 1 + 2 * i, 2 + 2 * i);
	assert_true(stats.n_dropped > 0);
	assert_true(n_found >= 0.99 * N);
	nb_pairs_release(&got);
	corpus_release(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(same_for_every_instruction_set), /* first: it forks */
		cmocka_unit_test(refuses_a_threshold_that_is_none),
		cmocka_unit_test(recall_of_contained_articles),
		cmocka_unit_test(finds_near_copies_too),
		cmocka_unit_test(same_for_every_number_of_threads),
		cmocka_unit_test(both_directions_and_short_ones),
		cmocka_unit_test(a_repeated_shingle_counts_once),
		cmocka_unit_test(quadratic_trap_stays_bounded),
		cmocka_unit_test(shared_furniture_does_not_hide_copies),
	};

	return cmocka_run_group_tests_name("contain", tests, NULL, NULL);
}
