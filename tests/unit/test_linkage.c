/* SPDX-License-Identifier: MIT
 *
 * test_linkage.c - average linkage against the definition, worked out by brute force.
 */
#include "newsbraid/linkage.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { MOST = 60 };

static uint64_t next_random(uint64_t *state)
{
	uint64_t z = *state += UINT64_C(0x9e3779b97f4a7c15);

	z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
	return z ^ z >> 31;
}

/* A pair is in the list with this probability; scores are far from ties. */
static size_t random_links(uint64_t *seed, uint32_t n, double density, nb_link *link)
{
	size_t n_links = 0;

	for (uint32_t b = 1; b < n; b++)
		for (uint32_t a = 0; a < b; a++)
			if ((double)(next_random(seed) >> 11) * 0x1p-53 < density)
				link[n_links++] = (nb_link){
					a, b, (float)(next_random(seed) >> 40) * 0x1p-24f
				};
	return n_links;
}

/* The definition: look for the best of all pairs of clusters, join, again. */
static void by_definition(uint32_t n, const nb_link *link, size_t n_links, const uint32_t *weight,
			  double stop, uint32_t *label)
{
	static double score[MOST][MOST];

	memset(score, 0, sizeof(score));
	for (size_t i = 0; i < n_links; i++)
		score[link[i].a][link[i].b] = score[link[i].b][link[i].a] = link[i].score;
	for (uint32_t i = 0; i < n; i++)
		label[i] = i;
	for (;;) {
		double best = 0;
		uint32_t x = 0, y = 0;

		for (uint32_t a = 0; a < n; a++)
			for (uint32_t b = a + 1; b < n; b++) {
				double sum = 0, pairs = 0;

				if (label[a] != a || label[b] != b)
					continue;
				for (uint32_t i = 0; i < n; i++)
					for (uint32_t j = 0; j < n; j++)
						if (label[i] == a && label[j] == b) {
							double w = (double)weight[i] * weight[j];

							sum += w * score[i][j];
							pairs += w;
						}
				if (sum / pairs > best) {
					best = sum / pairs;
					x = a;
					y = b;
				}
			}
		if (best < stop)
			return;
		for (uint32_t i = 0; i < n; i++)
			if (label[i] == y)
				label[i] = x;
	}
}

static void equals_the_definition(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= 150; seed++) {
		uint64_t random = seed;
		uint32_t n = 2 + (uint32_t)(next_random(&random) % 38), weight[MOST];
		uint32_t found[MOST], wanted[MOST];
		nb_link link[MOST * MOST / 2];
		size_t n_links = random_links(&random, n, 0.05 + 0.9 * (double)(seed % 7) / 6, link);
		double stop = 0.05 + 0.1 * (double)(seed % 6);

		for (uint32_t i = 0; i < n; i++)
			weight[i] = seed % 2 ? 1 : 1 + (uint32_t)(next_random(&random) % 5);
		by_definition(n, link, n_links, weight, stop, wanted);
		assert_int_equal(nb_linkage_average(n, link, n_links, seed % 2 ? NULL : weight,
						    stop, found),
				 NB_OK);
		assert_memory_equal(found, wanted, n * sizeof(*found));
	}
}

static void order_of_links_does_not_matter(void **state)
{
	nb_link link[MOST * MOST / 2];
	uint32_t first[MOST], again[MOST];
	uint64_t random = 7;
	size_t n_links = random_links(&random, MOST, 0.3, link);

	(void)state;
	/* few different scores: many ties */
	for (size_t i = 0; i < n_links; i++)
		link[i].score = (float)(1 + (int)(link[i].score * 4)) / 4;
	assert_int_equal(nb_linkage_average(MOST, link, n_links, NULL, 0.3, first), NB_OK);
	for (int turn = 0; turn < 20; turn++) {
		for (size_t i = n_links - 1; i > 0; i--) {
			size_t j = next_random(&random) % (i + 1);
			nb_link swap = link[i];

			link[i] = link[j];
			link[j] = (nb_link){ swap.b, swap.a, swap.score };
		}
		assert_int_equal(nb_linkage_average(MOST, link, n_links, NULL, 0.3, again), NB_OK);
		assert_memory_equal(first, again, sizeof(first));
	}
}

/* Two groups of four, one strong pair between them: components would chain, the mean does not. */
static void one_strong_pair_does_not_chain(void **state)
{
	nb_link link[13];
	uint32_t label[8];
	size_t n = 0;

	(void)state;
	for (uint32_t group = 0; group < 8; group += 4)
		for (uint32_t b = 1; b < 4; b++)
			for (uint32_t a = 0; a < b; a++)
				link[n++] = (nb_link){ group + a, group + b, 0.9f };
	link[n++] = (nb_link){ 3, 4, 0.85f };
	assert_int_equal(nb_linkage_average(8, link, n, NULL, 0.35, label), NB_OK);
	for (uint32_t i = 0; i < 8; i++)
		assert_int_equal(label[i], i / 4 * 4);
}

static void weights_count_as_items(void **state)
{
	const nb_link link[] = { { 0, 1, 0.9f }, { 0, 2, 0.8f } };
	const uint32_t even[] = { 1, 1, 1 }, heavy[] = { 9, 1, 1 };
	uint32_t label[3];

	(void)state;
	assert_int_equal(nb_linkage_average(3, link, 2, even, 0.5, label), NB_OK);
	assert_int_equal(label[2], 2); /* (0.8 + 0) / 2 */
	assert_int_equal(nb_linkage_average(3, link, 2, heavy, 0.5, label), NB_OK);
	assert_int_equal(label[2], 0); /* (9 x 0.8 + 0) / 10 */
}

static void refuses_what_it_cannot_mean(void **state)
{
	const nb_link self = { 1, 1, 0.5f }, far = { 0, 9, 0.5f }, less = { 0, 1, -1.0f };
	const uint32_t none[] = { 1, 0 };
	uint32_t label[2];

	(void)state;
	assert_int_equal(nb_linkage_average(2, &self, 1, NULL, 0.5, label), NB_EINVAL);
	assert_int_equal(nb_linkage_average(2, &far, 1, NULL, 0.5, label), NB_EINVAL);
	assert_int_equal(nb_linkage_average(2, &less, 1, NULL, 0.5, label), NB_EINVAL);
	assert_int_equal(nb_linkage_average(2, NULL, 0, NULL, 0, label), NB_EINVAL);
	assert_int_equal(nb_linkage_average(2, NULL, 0, none, 0.5, label), NB_EINVAL);
	assert_int_equal(nb_linkage_average(0, NULL, 0, NULL, 0.5, label), NB_OK);
	assert_int_equal(nb_linkage_average(2, NULL, 0, NULL, 0.5, label), NB_OK);
	assert_int_equal(label[1], 1);
}

/* A hub linked to everything, the worst case for a list of neighbours. */
static void a_hub_costs_little(void **state)
{
	enum { N = 200000 };
	nb_link *link = malloc(N * sizeof(*link));
	uint32_t *label = malloc(N * sizeof(*label));

	(void)state;
	assert_true(link && label);
	for (uint32_t i = 1; i < N; i++)
		link[i - 1] = (nb_link){ 0, i, 0.9f };
	assert_int_equal(nb_linkage_average(N, link, N - 1, NULL, 0.4, label), NB_OK);
	assert_int_equal(label[1], 0);
	assert_int_equal(label[2], 0); /* .9 / 2 still reaches the stop, .9 / 3 does not */
	assert_int_equal(label[3], 3);
	free(link);
	free(label);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(equals_the_definition),
		cmocka_unit_test(order_of_links_does_not_matter),
		cmocka_unit_test(one_strong_pair_does_not_chain),
		cmocka_unit_test(weights_count_as_items),
		cmocka_unit_test(refuses_what_it_cannot_mean),
		cmocka_unit_test(a_hub_costs_little),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
