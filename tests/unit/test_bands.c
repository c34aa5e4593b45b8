/* SPDX-License-Identifier: MIT
 *
 * test_bands.c - locality-sensitive hashing: its S-curve, against a loop over all pairs that share
 * a band, against buckets made by sorting, and its recall measured by the scan.
 */
#include <math.h>
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

/* Pairs of articles with J spread over [0, 1], and a crowd around every tenth. */
static void make_night(corpus *c, uint32_t n, uint64_t seed)
{
	c->random = seed;
	while (c->n < n) {
		uint32_t base = corpus_random(c, 20 + below(&c->random, 300));
		uint32_t copies = c->n % 10 == 0 ? 12 : 1;

		while (copies--)
			corpus_edit(c, base, unit(&c->random) * 0.12);
	}
	corpus_shuffle(c);
	corpus_read(c);
}

static void choose_meets_the_recall_asked_for(void **state)
{
	(void)state;
	for (double j = 0.05; j <= 1; j += 0.05)
		for (double recall = 0.5; recall < 1; recall += 0.099) {
			uint32_t rows, bands;
			double got = nb_bands_choose(j, recall, &rows, &bands);
			double p = nb_binomial_lane(j);

			assert_true(rows >= 1 && rows <= 16 && rows * bands <= NB_LANES);
			assert_true(fabs(got - (1 - pow(1 - pow(p, rows), bands))) < 1e-12);
			assert_true(got >= recall || (rows == 1 && bands == NB_LANES));
			if (got < recall)
				continue;
			/* no band too many, and one more row cannot do it */
			assert_true(bands == 1 || 1 - pow(1 - pow(p, rows), bands - 1) < recall);
			assert_true(rows == 16 || 1 - pow(1 - pow(p, rows + 1),
							  NB_LANES / (rows + 1)) < recall);
		}
}

static void choose_known_values(void **state)
{
	uint32_t rows, bands;

	(void)state;
	assert_true(nb_bands_choose(0.8, 0.995, &rows, &bands) >= 0.995);
	assert_int_equal(rows, 6);
	assert_int_equal(bands, 18);
	assert_true(nb_bands_choose(1, 0.995, &rows, &bands) == 1);
	assert_int_equal(rows, 16);
	assert_int_equal(bands, 1);
	assert_true(nb_bands_choose(0.01, 0.995, &rows, &bands) < 0.995);
	assert_int_equal(rows, 1);
	assert_int_equal(bands, 128);
}

static void push_if_alike(nb_pairs *p, const nb_sketches *s, uint32_t a, uint32_t b, double jaccard,
			  uint32_t least)
{
	if (s->n_shingles[a] && s->n_shingles[b] &&
	    nb_sizes_allow(s->n_shingles[a], s->n_shingles[b], jaccard) &&
	    equal_lanes(s, a, b) >= least)
		push_pair(p, a, b);
}

/* In a night without crowds every bucket is small: bands is then all pairs that share a band. */
static nb_pairs share_a_band(const nb_sketches *s, double jaccard)
{
	uint32_t rows, bands, least = nb_binomial_lanes(jaccard);
	nb_pairs all = { 0 };

	nb_bands_choose(jaccard, 0.995, &rows, &bands);
	for (uint32_t b = 0; b < s->n; b++)
		for (uint32_t a = 0; a < b; a++) {
			bool share = false;

			for (uint32_t i = 0; i < bands && !share; i++)
				share = memcmp(s->lane[a] + i * rows, s->lane[b] + i * rows,
					       rows) == 0;
			if (share)
				push_if_alike(&all, s, a, b, jaccard, least);
		}
	return all;
}

static corpus shared_night;

static void bands_of_shared(nb_pairs *out)
{
	if (nb_match_bands(&shared_night.sketches, 0.7, out, NULL) != NB_OK)
		die("bands");
}

static void same_for_every_instruction_set(void **state)
{
	uint64_t portable;

	(void)state;
	make_night(&shared_night, 1500, 3);
	portable = digest_with("portable", bands_of_shared);
	for (int isa = 0; isa < NB_ISA_COUNT; isa++)
		if (nb_isa_usable((nb_isa)isa))
			assert_true(digest_with(nb_isa_name((nb_isa)isa), bands_of_shared) ==
				    portable);
	corpus_release(&shared_night);
}

static void finds_all_that_share_a_band(void **state)
{
	static const double thresholds[] = { 0.35, 0.5, 0.8, 0.9, 0.97, 1 };
	corpus c = { .random = 5 };

	(void)state;
	while (c.n < 1800) {
		uint32_t base = corpus_random(&c, below(&c.random, 300));

		corpus_edit(&c, base, unit(&c.random) * 0.12);
	}
	corpus_shuffle(&c);
	corpus_read(&c);
	for (size_t i = 0; i < sizeof(thresholds) / sizeof(*thresholds); i++) {
		nb_pairs all = share_a_band(&c.sketches, thresholds[i]);

		for (size_t t = 0; t < sizeof(team) / sizeof(*team); t++) {
			nb_pairs got = { 0 };
			nb_match_stats stats;

			omp_set_num_threads(team[t]);
			assert_int_equal(nb_match_bands(&c.sketches, thresholds[i], &got, &stats),
					 NB_OK);
			assert_true(same_pairs(&got, &all));
			assert_int_equal(stats.n_dropped, 0);
			assert_int_equal(stats.n_pairs, got.n);
			assert_true(stats.n_passed >= got.n);
			nb_pairs_release(&got);
		}
		nb_pairs_release(&all);
	}
	corpus_release(&c);
}

/* With crowds, where buckets make chains: part of what scan finds, and nearly all that is due. */
static void recall_against_scan(void **state)
{
	static const double thresholds[] = { 0.5, 0.7, 0.8, 0.9 };
	corpus c = { 0 };

	(void)state;
	make_night(&c, 6000, 11);
	for (size_t i = 0; i < sizeof(thresholds) / sizeof(*thresholds); i++) {
		nb_pairs scan = { 0 }, got[3] = { { 0 } };
		uint32_t n_due = 0, n_found = 0;
		nb_match_stats stats;

		assert_int_equal(nb_match_scan(&c.sketches, thresholds[i], &scan, NULL), NB_OK);
		for (size_t t = 0; t < 3; t++) {
			omp_set_num_threads(team[t]);
			assert_int_equal(nb_match_bands(&c.sketches, thresholds[i], &got[t],
							&stats), NB_OK);
			assert_true(in_order(&got[t]));
			assert_true(same_pairs(&got[t], &got[0]));
		}
		for (size_t k = 0; k < got[0].n; k++)
			assert_true(has_pair(&scan, got[0].pair[k].a, got[0].pair[k].b));
		for (size_t k = 0; k < scan.n; k++) {
			nb_pair p = scan.pair[k];

			if (exact_jaccard(&c, p.a, p.b) < thresholds[i])
				continue;
			n_due++;
			n_found += has_pair(&got[0], p.a, p.b);
		}
		print_message("# J >= %.2f, %u x %u: %zu pairs of %zu, %u of %u due\n",
			      thresholds[i], stats.lanes, stats.planes, got[0].n, scan.n, n_found,
			      n_due);
		assert_true(n_due > 300);
		assert_true(n_found >= 0.99 * n_due);
		nb_pairs_release(&scan);
		for (size_t t = 0; t < 3; t++)
			nb_pairs_release(&got[t]);
	}
	corpus_release(&c);
}

static const nb_sketches *sorted_sketches;
static uint32_t sorted_at, sorted_rows;

static int by_band_then_number(const void *x, const void *y)
{
	uint32_t a = *(const uint32_t *)x, b = *(const uint32_t *)y;
	int order = memcmp(sorted_sketches->lane[a] + sorted_at,
			   sorted_sketches->lane[b] + sorted_at, sorted_rows);

	return order ? order : (a > b) - (a < b);
}

/* The contract word for word: each member of a bucket meets the four earliest and the one before
 * it, if their sketches agree enough. */
static nb_pairs meet_in_buckets(const nb_sketches *s, double jaccard)
{
	uint32_t rows, bands, least = nb_binomial_lanes(jaccard), n = 0;
	uint32_t *order = must(malloc((s->n + 1u) * sizeof(*order)));
	nb_pairs all = { 0 };

	nb_bands_choose(jaccard, 0.995, &rows, &bands);
	for (uint32_t i = 0; i < s->n; i++)
		if (s->n_shingles[i])
			order[n++] = i;
	for (uint32_t band = 0; band < bands; band++) {
		sorted_sketches = s, sorted_at = band * rows, sorted_rows = rows;
		qsort(order, n, sizeof(*order), by_band_then_number);
		for (uint32_t i = 0, first = 0; i < n; i++) {
			if (memcmp(s->lane[order[first]] + sorted_at,
				   s->lane[order[i]] + sorted_at, rows) != 0)
				first = i;
			for (uint32_t k = first; k < first + 4 && k < i; k++)
				push_if_alike(&all, s, order[k], order[i], jaccard, least);
			if (i > first + 4)
				push_if_alike(&all, s, order[i - 1], order[i], jaccard, least);
		}
	}
	free(order);
	if (nb_pairs_normalise(&all, NB_PAIRS_PER_ARTICLE) != NB_OK)
		die("normalise");
	return all;
}

/* Strangers, near copies of any of them, and crowds: some buckets hold thousands. */
static nb_sketches make_crowds(uint32_t n, uint64_t random)
{
	static nb_sketch one;
	nb_sketch_params params;
	nb_sketches s;

	nb_sketch_params_init(&params);
	nb_sketches_init(&s, &params);
	for (uint32_t i = 0; i < n; i++) {
		double share = i ? unit(&random) : 1, noise = unit(&random) * 0.2;
		uint32_t from = i ? below(&random, share < 0.2 && i > 9 ? 9 : i) : 0;

		for (uint32_t l = 0; l < NB_LANES; l++)
			one.lane[l] = share < 0.5 && unit(&random) >= noise
					      ? s.lane[from][l] : (uint8_t)next_random(&random);
		one.n_shingles = below(&random, 100) ? 280 + below(&random, 40) : 0;
		if (nb_sketches_append(&s, &one, 1) != NB_OK)
			die("sketches");
	}
	return s;
}

static void crowds_meet_the_first_and_the_latest(void **state)
{
	static const double thresholds[] = { 0.5, 0.8, 0.855, 0.97 };
	nb_sketches s = make_crowds(20000, 17);

	(void)state;
	for (size_t i = 0; i < sizeof(thresholds) / sizeof(*thresholds); i++) {
		nb_pairs want = meet_in_buckets(&s, thresholds[i]);

		assert_true(want.n > 5000);
		for (size_t t = 0; t < sizeof(team) / sizeof(*team); t++) {
			nb_pairs got = { 0 };

			omp_set_num_threads(team[t]);
			assert_int_equal(nb_match_bands(&s, thresholds[i], &got, NULL), NB_OK);
			assert_true(same_pairs(&got, &want));
			nb_pairs_release(&got);
		}
		nb_pairs_release(&want);
	}
	nb_sketches_release(&s);
}

/* Equal sketches: one bucket holds all of them. */
static void quadratic_trap_stays_bounded(void **state)
{
	enum { N = 50000 };
	nb_sketch_params params;
	nb_sketch one = { .n_shingles = 300 };
	nb_match_stats stats;
	nb_pairs got = { 0 };
	nb_sketches s;

	(void)state;
	omp_set_num_threads(2);
	nb_sketch_params_init(&params);
	nb_sketches_init(&s, &params);
	for (uint32_t i = 0; i < N; i++) {
		one.lane[i % NB_LANES] = (uint8_t)(i >> 7);
		assert_int_equal(nb_sketches_append(&s, &one, 1), NB_OK);
	}
	assert_int_equal(nb_match_bands(&s, 0.8, &got, &stats), NB_OK);
	assert_true(got.n <= (size_t)N * NB_PAIRS_PER_ARTICLE);
	assert_true(stats.n_passed <= 5 * stats.n_compared);
	assert_true(in_order(&got));
	nb_pairs_release(&got);
	nb_sketches_release(&s);
}

static void finds_nothing_in_nothing(void **state)
{
	nb_sketch_params params;
	nb_sketch empty = { 0 };
	nb_pairs got = { 0 };
	nb_sketches s;

	(void)state;
	nb_sketch_params_init(&params);
	nb_sketches_init(&s, &params);
	assert_int_equal(nb_match_bands(&s, 2, &got, NULL), NB_EINVAL);
	assert_int_equal(nb_match_bands(&s, 0.5, &got, NULL), NB_OK);
	for (int i = 0; i < 20; i++)
		assert_int_equal(nb_sketches_append(&s, &empty, 1), NB_OK);
	assert_int_equal(nb_match_bands(&s, 0.5, &got, NULL), NB_OK);
	assert_int_equal(got.n, 0);
	nb_pairs_release(&got);
	nb_sketches_release(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(same_for_every_instruction_set), /* first: it forks */
		cmocka_unit_test(choose_meets_the_recall_asked_for),
		cmocka_unit_test(choose_known_values),
		cmocka_unit_test(finds_nothing_in_nothing),
		cmocka_unit_test(finds_all_that_share_a_band),
		cmocka_unit_test(recall_against_scan),
		cmocka_unit_test(crowds_meet_the_first_and_the_latest),
		cmocka_unit_test(quadratic_trap_stays_bounded),
	};

	return cmocka_run_group_tests_name("bands", tests, NULL, NULL);
}
