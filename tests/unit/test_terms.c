/* SPDX-License-Identifier: MIT
 *
 * test_terms.c - what articles say, counted.
 */
#include "newsbraid/terms.h"

#include <math.h>
#include <omp.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "related/term_reader.h"

static nb_night night;

static int open_night(void **state)
{
	(void)state;
	return nb_night_init(&night, (size_t)1 << 28, NULL) != NB_OK;
}

static int close_night(void **state)
{
	(void)state;
	nb_night_release(&night);
	return 0;
}

static void add(const char *title, const char *text)
{
	nb_article a = { .text = { text, strlen(text) }, .published_at = NB_NO_TIME };

	if (title)
		a.title = (nb_str){ title, strlen(title) };
	assert_int_equal(nb_night_append(&night, &a, NULL), NB_OK);
}

static nb_terms count_all(void)
{
	uint32_t *article = malloc((night.n + 1) * sizeof(*article));
	nb_terms t;

	assert_non_null(article);
	for (uint32_t i = 0; i < night.n; i++)
		article[i] = i;
	assert_int_equal(nb_terms_count(&night, NULL, article, night.n, &t, NULL), NB_OK);
	free(article);
	return t;
}

static nb_terms_article read_one(const char *title, const char *text, nb_term_reader *r)
{
	nb_terms_article facts;

	add(title, text);
	assert_int_equal(nb_term_reader_read(r, &night, night.n - 1, &facts), NB_OK);
	return facts;
}

static bool names_age(const nb_terms_article *a, unsigned age)
{
	return a->age[age / 64] >> age % 64 & 1;
}

static void finds_ages(void **state)
{
	nb_term_reader r = { 0 };
	nb_terms_article a = read_one(NULL,
				      "A 17-year-old boy and Ann Bell, 34, met Jan Smit (61). "
				      "The 12-minute talk cost 45 euros, 1,500 in all; 200 came.",
				      &r);

	(void)state;
	assert_true(names_age(&a, 17));
	assert_true(names_age(&a, 34));
	assert_true(names_age(&a, 61));
	assert_int_equal(__builtin_popcountll(a.age[0]) + __builtin_popcountll(a.age[1]), 3);
	nb_term_reader_release(&r);
}

static unsigned marked(const nb_term_reader *r, unsigned mark)
{
	unsigned n = 0;

	for (size_t i = 0; i < r->n; i++)
		n += (r->term[i].counts.mark & mark) != 0;
	return n;
}

static unsigned named(const nb_term_reader *r)
{
	unsigned n = 0;

	for (size_t i = 0; i < r->n; i++)
		n += r->term[i].counts.n_name > 0 && !(r->term[i].counts.mark & NB_TERM_NUMBER);
	return n;
}

static void tells_names_by_capitals_inside_sentences(void **state)
{
	nb_term_reader r = { 0 };
	nb_terms_article a = read_one("The mayor of Lisse resigns over a failed harbour plan",
				      "Yesterday mayor Petra Vos left. Her house in Lisse is sold.", &r);

	(void)state;
	assert_int_equal(named(&r), 3); /* Lisse, Petra, Vos */
	assert_int_equal(marked(&r, NB_TERM_PAIR), 1);
	assert_int_equal(a.n_places, 1);
	assert_int_equal(a.n_title, 10);
	/* a title in which most words have a capital names nobody */
	read_one("Mayor Resigns Over Failed Harbour Plan", "all gone", &r);
	assert_int_equal(named(&r), 0);
	nb_term_reader_release(&r);
}

static void characters_without_spaces_go_in_twos(void **state)
{
	nb_term_reader r = { 0 };

	(void)state;
	read_one(NULL, "莫斯科 地震", &r); /* two bigrams and one */
	assert_int_equal(r.n, 3);
	nb_term_reader_release(&r);
}

static void a_lone_title_is_a_headline(void **state)
{
	nb_term_reader r = { 0 };

	(void)state;
	assert_true(read_one(NULL, "Storm hits the coast", &r).headline);
	assert_true(read_one("Storm hits the coast", "Storm hits the coast", &r).headline);
	assert_false(read_one("Storm hits the coast", "Trees fell on the road to Delft.", &r).headline);
	nb_term_reader_release(&r);
}

/* Words that all have and that only one has weigh nothing in a night of some size. */
static void weights_leave_out_the_common_and_the_lone(void **state)
{
	nb_terms t;
	char text[200];

	(void)state;
	for (int i = 0; i < 400; i++) {
		snprintf(text, sizeof(text), "meeting about harbour%d lone%dword and topic%c", i / 4,
			 i, 'a' + i % 20);
		add("", text);
	}
	t = count_all();
	for (uint32_t i = 0; i < t.n; i++)
		for (uint32_t k = 0; k < t.article[i].n; k++) {
			uint32_t df = t.df[t.term[t.article[i].at + k].id];

			assert_in_range(df, 2, 80);
		}
	nb_terms_release(&t);
}

/* In a night of two, a shared word may be everything there is. */
static void a_night_of_two_has_weights(void **state)
{
	nb_terms t;

	(void)state;
	add(NULL, "Earthquake shakes Lima, hundreds flee their homes");
	add(NULL, "Hundreds flee as earthquake shakes Lima");
	t = count_all();
	assert_true(t.article[0].n >= 5);
	assert_true(t.article[0].norm[NB_VECTOR_WORDS] > 0);
	nb_terms_release(&t);
}

static void same_for_any_number_of_threads(void **state)
{
	int before = omp_get_max_threads();
	nb_terms one, many;
	char text[2000];

	(void)state;
	for (int i = 0; i < 300; i++) {
		size_t len = 0;

		for (int w = 0; w < 200; w++)
			len += (size_t)sprintf(text + len, "w%dx ", (i * 31 + w * w * 7) % 900);
		add("Some title", text);
	}
	omp_set_num_threads(1);
	one = count_all();
	omp_set_num_threads(4);
	many = count_all();
	omp_set_num_threads(before);
	assert_int_equal(one.n_kept, many.n_kept);
	assert_int_equal(one.n_ids, many.n_ids);
	assert_memory_equal(one.term, many.term, one.n_kept * sizeof(*one.term));
	assert_memory_equal(one.weight, many.weight, one.n_ids * sizeof(*one.weight));
	for (uint32_t i = 0; i < one.n; i++) {
		assert_true(one.article[i].n <= NB_TERMS_KEPT);
		for (uint32_t k = 1; k < one.article[i].n; k++)
			assert_true(one.term[one.article[i].at + k - 1].id <
				    one.term[one.article[i].at + k].id);
	}
	nb_terms_release(&one);
	nb_terms_release(&many);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, open_night, close_night)
	const struct CMUnitTest tests[] = {
		TEST(finds_ages),
		TEST(tells_names_by_capitals_inside_sentences),
		TEST(characters_without_spaces_go_in_twos),
		TEST(a_lone_title_is_a_headline),
		TEST(weights_leave_out_the_common_and_the_lone),
		TEST(a_night_of_two_has_weights),
		TEST(same_for_any_number_of_threads),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
