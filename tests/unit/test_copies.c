/* SPDX-License-Identifier: MIT
 *
 * test_copies.c - leader clustering, and the whole copies stage against brute force.
 */
#include <omp.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "copies/components.h"
#include "copies/rounds.h"
#include "newsbraid/copies.h"

/* ---- leader clustering ----------------------------------------------------------------------- */

static nb_edge copy_edge(uint32_t a, uint32_t b)
{
	return (nb_edge){ .a = a, .b = b, .relation = NB_RELATION_COPY };
}

static void everyone_leads_without_edges(void **state)
{
	nb_edges none = { 0 };
	nb_copies c;

	(void)state;
	assert_int_equal(nb_copies_cluster(3, &none, &c), NB_OK);
	for (uint32_t i = 0; i < 3; i++) {
		assert_int_equal(c.leader[i], i);
		assert_int_equal(c.size[i], 1);
		assert_true(c.edge[i] == NB_NO_EDGE);
	}
	assert_int_equal(c.n_groups + c.n_copies, 0);
	nb_copies_release(&c);
}

/* 0 - 1 - 2 - 3 is a chain: 1 joins 0; 2 is like 1 only, and 1 leads nobody, so 2 leads; 3 joins 2. */
static void chains_do_not_grow(void **state)
{
	nb_edge edge[] = { copy_edge(0, 1), copy_edge(1, 2), copy_edge(2, 3) };
	nb_edges edges = { .edge = edge, .n = 3 };
	nb_copies c;

	(void)state;
	assert_int_equal(nb_copies_cluster(4, &edges, &c), NB_OK);
	assert_int_equal(c.leader[1], 0);
	assert_int_equal(c.leader[2], 2);
	assert_int_equal(c.leader[3], 2);
	assert_int_equal(c.n_groups, 2);
	assert_int_equal(c.n_copies, 2);
	assert_true(c.edge[3] == 2);
	nb_copies_release(&c);
}

static void the_earliest_leader_wins_and_series_do_not_join(void **state)
{
	nb_edge edge[] = { copy_edge(0, 1), copy_edge(0, 2), copy_edge(1, 2) };
	nb_edges edges = { .edge = edge, .n = 3 };
	nb_copies c;

	(void)state;
	edge[0].relation = NB_RELATION_SERIES;
	assert_int_equal(nb_copies_cluster(3, &edges, &c), NB_OK);
	assert_int_equal(c.leader[1], 1);
	assert_int_equal(c.leader[2], 0);
	assert_int_equal(c.size[0], 2);
	nb_copies_release(&c);
}

/* ---- the stage against brute force ----------------------------------------------------------- */

#define ARTICLES 240
#define ORIGINS  60

static uint32_t next(uint32_t *seed)
{
	*seed = *seed * 1664525u + 1013904223u;
	return *seed >> 8;
}

/* A report of its own vocabulary, so that unlike origins share nothing. */
static size_t write_report(char *out, uint32_t origin, uint32_t words, uint32_t *seed,
			   uint32_t edit_percent)
{
	size_t len = 0;

	for (uint32_t w = 0; w < words; w++) {
		uint32_t own = (origin * 7919u + w * 104729u) % 5000u;
		uint32_t word = next(seed) % 100 < edit_percent ? 9000u + next(seed) % 5000u : own;

		len += (size_t)sprintf(out + len, "w%uo%u ", word, origin);
	}
	return len;
}

typedef struct fixture {
	nb_night night;
	nb_sketches sketches;
} fixture;

static void add_article(fixture *f, const char *text, size_t len, uint32_t i)
{
	char id[16];
	nb_sketch sketch;
	nb_sketcher sketcher = { 0 };
	nb_article a = { .text = { text, len }, .published_at = 1000 + i };
	nb_error err;

	a.id = (nb_str){ id, (size_t)sprintf(id, "a%05u", i) };
	assert_int_equal(nb_night_append(&f->night, &a, &err), NB_OK);
	assert_int_equal(nb_sketch_text(&sketcher, &f->sketches.params, text, len, &sketch), NB_OK);
	assert_int_equal(nb_sketches_append(&f->sketches, &sketch, 1), NB_OK);
	nb_sketcher_release(&sketcher);
}

static void make_night(fixture *f, uint32_t seed)
{
	static char text[1 << 16];
	nb_sketch_params params;
	uint32_t from[ARTICLES];
	nb_error err;

	nb_sketch_params_init(&params);
	nb_sketches_init(&f->sketches, &params);
	assert_int_equal(nb_night_init(&f->night, 1 << 30, NULL), NB_OK);
	for (uint32_t i = 0; i < ARTICLES; i++) {
		uint32_t origin = next(&seed) % ORIGINS, words = 60 + origin * 5;
		uint32_t kept = next(&seed) % 3 ? words : words * (20 + next(&seed) % 80) / 100;
		uint32_t edit = next(&seed) % 2 ? 0 : next(&seed) % 14;

		add_article(f, text, write_report(text, origin, kept, &seed, edit), i);
	}
	assert_int_equal(nb_night_order(&f->night, from, &err), NB_OK);
	for (uint32_t i = 0; i < ARTICLES; i++)
		assert_int_equal(from[i], i);
}

static void release(fixture *f)
{
	nb_night_release(&f->night);
	nb_sketches_release(&f->sketches);
}

/* Every pair through the verifier. */
static void brute_force(const fixture *f, const nb_copy_params *params, nb_edges *edges)
{
	nb_pairs pairs = { 0 };
	nb_error err;

	pairs.pair = malloc(ARTICLES * ARTICLES * sizeof(*pairs.pair));
	for (uint32_t b = 0; b < ARTICLES; b++)
		for (uint32_t a = 0; a < b; a++)
			pairs.pair[pairs.n++] = (nb_pair){ a, b };
	assert_int_equal(nb_verify(&f->night, &f->sketches, &pairs, params, edges, &err), NB_OK);
	free(pairs.pair);
}

static size_t count_copies(const nb_edges *e)
{
	size_t n = 0;

	for (size_t i = 0; i < e->n; i++)
		n += e->edge[i].relation == NB_RELATION_COPY;
	return n;
}

static void groups_are_those_of_brute_force(void **state)
{
	static const nb_match_mode modes[] = { NB_MATCH_AUTO, NB_MATCH_SCAN, NB_MATCH_BANDS };

	(void)state;
	for (uint32_t seed = 1; seed <= 6; seed++) {
		fixture f;
		nb_edges all = { 0 };
		nb_copies want;
		nb_copies_options o;
		uint32_t same = 0;

		make_night(&f, seed);
		nb_copies_options_init(&o);
		brute_force(&f, &o.copy, &all);
		assert_true(count_copies(&all) > 100);
		assert_int_equal(nb_copies_cluster(ARTICLES, &all, &want), NB_OK);
		for (int m = 0; m < 3; m++) {
			nb_edges edges = { 0 };
			nb_copies got;
			nb_copies_stats stats;
			nb_error err;

			o.mode = modes[m];
			same = 0;
			assert_int_equal(nb_copies_find(&f.night, &f.sketches, &o, &edges, &got,
							&stats, &err),
					 NB_OK);
			for (uint32_t i = 0; i < ARTICLES; i++)
				same += got.leader[i] == want.leader[i];
			/* the sketch may lose a pair right at the threshold, no more */
			assert_true(same >= ARTICLES - 2);
			nb_edges_release(&edges);
			nb_copies_release(&got);
		}
		nb_copies_release(&want);
		nb_edges_release(&all);
		release(&f);
	}
}

/* One component after the other, or all articles in waves: the same comparisons. */
static void components_and_waves_agree(void **state)
{
	(void)state;
	for (uint32_t seed = 20; seed < 24; seed++) {
		fixture f;
		nb_copy_params params;
		nb_edges all = { 0 }, one = { 0 }, two = { 0 };
		nb_pairs pairs = { 0 };
		nb_error err;

		make_night(&f, seed);
		nb_copy_params_init(&params);
		brute_force(&f, &params, &all);
		pairs.pair = malloc(all.n * sizeof(*pairs.pair));
		for (size_t i = 0; i < all.n; i++)
			pairs.pair[pairs.n++] = (nb_pair){ all.edge[i].a, all.edge[i].b };
		assert_int_equal(nb_verify_components(&f.night, &f.sketches, &pairs, &params, &one,
						      &err),
				 NB_OK);
		assert_int_equal(
			nb_verify_rounds(&f.night, &f.sketches, &pairs, &params, &two, &err),
			NB_OK);
		assert_true(one.n > 0 && one.n < all.n);
		assert_int_equal(one.n, two.n);
		for (size_t i = 0; i < one.n; i++) {
			assert_int_equal(one.edge[i].a, two.edge[i].a);
			assert_int_equal(one.edge[i].b, two.edge[i].b);
			assert_int_equal(one.edge[i].relation, two.edge[i].relation);
		}
		nb_edges_release(&all);
		nb_edges_release(&one);
		nb_edges_release(&two);
		nb_pairs_release(&pairs);
		release(&f);
	}
}

static void the_number_of_threads_changes_nothing(void **state)
{
	static const int threads[] = { 1, 2, 7 };
	fixture f;
	nb_edges edges[3] = { 0 };
	nb_copies copies[3];

	(void)state;
	make_night(&f, 99);
	for (int t = 0; t < 3; t++) {
		nb_copies_options o;
		nb_copies_stats stats;
		nb_error err;

		omp_set_num_threads(threads[t]);
		nb_copies_options_init(&o);
		assert_int_equal(nb_copies_find(&f.night, &f.sketches, &o, &edges[t], &copies[t],
						&stats, &err),
				 NB_OK);
		assert_int_equal(edges[t].n, edges[0].n);
		for (size_t i = 0; i < edges[t].n; i++) {
			assert_int_equal(edges[t].edge[i].a, edges[0].edge[i].a);
			assert_int_equal(edges[t].edge[i].b, edges[0].edge[i].b);
			assert_true(edges[t].edge[i].jaccard == edges[0].edge[i].jaccard);
		}
		assert_memory_equal(copies[t].leader, copies[0].leader,
				    ARTICLES * sizeof(uint32_t));
	}
	for (int t = 0; t < 3; t++) {
		nb_edges_release(&edges[t]);
		nb_copies_release(&copies[t]);
	}
	release(&f);
}

/* A thousand times one text is one group, and takes no candidate search. */
static void equal_texts_cost_nothing(void **state)
{
	static char text[1 << 16];
	fixture f;
	nb_sketch_params params;
	nb_copies_options o;
	nb_copies_stats stats;
	nb_edges edges = { 0 };
	nb_copies c;
	nb_error err;
	uint32_t seed = 5;
	size_t len = write_report(text, 1, 200, &seed, 0);

	(void)state;
	nb_sketch_params_init(&params);
	nb_sketches_init(&f.sketches, &params);
	assert_int_equal(nb_night_init(&f.night, 1 << 30, NULL), NB_OK);
	for (uint32_t i = 0; i < 1000; i++)
		add_article(&f, text, len, i);
	nb_copies_options_init(&o);
	assert_int_equal(nb_copies_find(&f.night, &f.sketches, &o, &edges, &c, &stats, &err), NB_OK);
	assert_int_equal(stats.n_exact, 999);
	assert_int_equal(stats.jaccard.n_pairs, 0);
	assert_int_equal(c.n_groups, 1);
	assert_int_equal(c.size[0], 1000);
	assert_int_equal(edges.n, 999);
	assert_int_equal(edges.edge[998].method, NB_METHOD_EXACT);
	nb_edges_release(&edges);
	nb_copies_release(&c);
	release(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(everyone_leads_without_edges),
		cmocka_unit_test(chains_do_not_grow),
		cmocka_unit_test(the_earliest_leader_wins_and_series_do_not_join),
		cmocka_unit_test(groups_are_those_of_brute_force),
		cmocka_unit_test(components_and_waves_agree),
		cmocka_unit_test(the_number_of_threads_changes_nothing),
		cmocka_unit_test(equal_texts_cost_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
