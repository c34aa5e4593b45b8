/* SPDX-License-Identifier: MIT
 *
 * What reports say, as lists of words with meanings.  Without a lexicon: names and numbers.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "across/concept_align.h"
#include "across/concept_vector.h"

static nb_str str(const char *s)
{
	return (nb_str){ s, strlen(s) };
}

static void add(nb_night *night, const char *lang, const char *title, const char *text)
{
	nb_article a = { .published_at = NB_NO_TIME, .lang = str(lang), .title = str(title),
			 .text = str(text) };

	assert_int_equal(nb_night_append(night, &a, NULL), NB_OK);
}

static void make(const nb_night *night, nb_concept_vectors *g)
{
	uint32_t article[16];

	for (uint32_t i = 0; i < night->n; i++)
		article[i] = i;
	assert_int_equal(nb_concept_vectors_make(night, NULL, article, night->n, g, NULL), NB_OK);
}

static void the_opening_is_cut_at_a_character(void **state)
{
	char text[3 * NB_CONCEPT_CHARACTERS + 30];
	size_t n = 0;

	(void)state;
	while (n + 2 < sizeof(text)) {
		memcpy(text + n, "\xe2\x82\xac", 3); /* the euro sign */
		n += 3;
	}
	assert_int_equal(nb_report_opening((nb_str){ text, n }).len, 3 * NB_CONCEPT_CHARACTERS);
	assert_int_equal(nb_report_opening((nb_str){ text, 9 }).len, 9);
	assert_int_equal(nb_report_opening((nb_str){ text, 0 }).len, 0);
}

static void names_and_numbers_meet_across_languages(void **state)
{
	nb_night night;
	nb_concept_vectors g;
	nb_concept_aligner *x;

	(void)state;
	assert_int_equal(nb_night_init(&night, 1 << 20, NULL), NB_OK);
	add(&night, "en", "", "In 1987 minister Gorbachev met Reagan in Reykjavik.");
	add(&night, "nl", "", "In 1987 trof minister Gorbatsjov Reagan in Reykjavik.");
	add(&night, "nl", "", "De bakker op de hoek sluit na veertig jaar.");
	make(&night, &g);
	assert_int_equal(g.n_languages, 3); /* "" is the first */
	assert_int_equal(g.of.lang[1], g.of.lang[2]);
	x = nb_concept_aligner_new(&g);
	assert_int_equal(nb_concept_align_from(x, &g.of, 0), NB_OK);
	assert_true(nb_concept_align_to(x, &g.of, 1).n_names >= 3);
	assert_true(nb_concept_align_to(x, &g.of, 1).score >
		    4 * nb_concept_align_to(x, &g.of, 2).score);
	nb_concept_aligner_free(x);
	nb_concept_vectors_release(&g);
	nb_night_release(&night);
}

/* A word of the title is shown where the report has it, and nowhere if it has not. */
static void places_are_those_of_the_report(void **state)
{
	static const char text[] = "On Tuesday the tower of Pisa moved.";
	nb_night night;
	nb_concept_vectors g;
	unsigned in_title = 0;

	(void)state;
	assert_int_equal(nb_night_init(&night, 1 << 20, NULL), NB_OK);
	add(&night, "en", "Pisa trembles", text);
	make(&night, &g);
	for (uint64_t k = g.of.at[0]; k < g.of.at[1]; k++) {
		assert_true(g.place[k].begin + g.place[k].len < sizeof(text));
		in_title += g.place[k].len == 0;
	}
	assert_int_equal(in_title, 1); /* "trembles" */
	nb_concept_vectors_release(&g);
	nb_night_release(&night);
}

static void while_reports_are_few_all_words_weigh_about_the_same(void **state)
{
	nb_night night;
	nb_concept_vectors g;

	(void)state;
	assert_int_equal(nb_night_init(&night, 1 << 20, NULL), NB_OK);
	add(&night, "en", "", "Alpha bravo charlie delta");
	add(&night, "en", "", "Alpha echo foxtrot golf");
	make(&night, &g);
	for (uint32_t w = 0; w < g.n_words; w++)
		assert_true(g.word[w].weight > 0.8 && g.word[w].weight <= 1);
	nb_concept_vectors_release(&g);
	nb_night_release(&night);
}

static void a_night_without_reports_has_no_gists(void **state)
{
	nb_night night;
	nb_concept_vectors g;

	(void)state;
	assert_int_equal(nb_night_init(&night, 1 << 20, NULL), NB_OK);
	make(&night, &g);
	assert_int_equal(g.of.n, 0);
	assert_int_equal(g.n_words, 0);
	nb_concept_vectors_release(&g);
	nb_night_release(&night);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_opening_is_cut_at_a_character),
		cmocka_unit_test(names_and_numbers_meet_across_languages),
		cmocka_unit_test(places_are_those_of_the_report),
		cmocka_unit_test(while_reports_are_few_all_words_weigh_about_the_same),
		cmocka_unit_test(a_night_without_reports_has_no_gists),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
