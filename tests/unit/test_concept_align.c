/* SPDX-License-Identifier: MIT
 *
 * Alignment of words of two languages by their concepts.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "across/concept_align.h"
#include "concept_vectors.h"

#define NEAR(a, b) assert_true(fabs((double)(a) - (double)(b)) < 1e-5)

enum { EN = 1, NL = 2 };

static nb_concept_alignment align(const hand *h, uint32_t a, uint32_t b)
{
	nb_concept_aligner *x = nb_concept_aligner_new(&h->g);
	nb_concept_alignment out;

	assert_non_null(x);
	assert_int_equal(nb_concept_align_from(x, &h->g.of, a), NB_OK);
	out = nb_concept_align_to(x, &h->g.of, b);
	nb_concept_aligner_free(x);
	return out;
}

static void a_word_for_word_translation_scores_one(void **state)
{
	hand h;
	uint32_t en[3], nl[3];

	(void)state;
	hand_init(&h);
	for (uint32_t c = 0; c < 3; c++) {
		en[c] = hand_plain(&h, EN, c);
		nl[c] = hand_plain(&h, NL, c);
	}
	hand_list(&h, EN, en, 3);
	hand_list(&h, NL, nl, 3);
	NEAR(align(&h, 0, 1).score, 1);
	assert_int_equal(align(&h, 0, 1).n_anchors, 3);
	assert_int_equal(align(&h, 0, 1).n_names, 0);
}

static void nothing_in_common_scores_nothing(void **state)
{
	hand h;
	uint32_t en, nl;

	(void)state;
	hand_init(&h);
	en = hand_plain(&h, EN, 0);
	nl = hand_plain(&h, NL, 1);
	hand_list(&h, EN, &en, 1);
	hand_list(&h, NL, &nl, 1);
	assert_true(align(&h, 0, 1).score == 0);
}

/* A Dutch word with five English synonyms, all of them in the English text, is one word. */
static void a_word_with_many_translations_counts_once(void **state)
{
	const uint32_t concept[5] = { 0, 1, 2, 3, 4 };
	const float fit[5] = { 1, .9f, .8f, .7f, .6f };
	hand h;
	uint32_t en[5], nl[2];

	(void)state;
	hand_init(&h);
	for (uint32_t c = 0; c < 5; c++)
		en[c] = hand_plain(&h, EN, c);
	nl[0] = hand_word(&h, NL, NB_WORD_PLAIN, 1, concept, fit, 5);
	nl[1] = hand_plain(&h, NL, 9);
	hand_list(&h, EN, en, 5);
	hand_list(&h, NL, nl, 2);
	/* English is covered to (1 + .9 + .8 + .7 + .6) / 5, Dutch to 1 / 2 */
	NEAR(align(&h, 0, 1).score, sqrt(.8 * .5));
	assert_int_equal(align(&h, 0, 1).n_anchors, 1);
	NEAR(align(&h, 1, 0).score, align(&h, 0, 1).score);
}

static void countries_are_no_anchors_and_names_are_counted(void **state)
{
	hand h;
	uint32_t en[2], nl[2];

	(void)state;
	hand_init(&h);
	for (uint32_t c = 0; c < 2; c++) {
		uint8_t kind = c == 0 ? NB_WORD_COUNTRY : NB_WORD_NAME;

		en[c] = hand_word(&h, EN, kind, 1, &c, &(float){ 1 }, 1);
		nl[c] = hand_word(&h, NL, kind, 1, &c, &(float){ 1 }, 1);
	}
	hand_list(&h, EN, en, 2);
	hand_list(&h, NL, nl, 2);
	NEAR(align(&h, 0, 1).score, 1);
	assert_int_equal(align(&h, 0, 1).n_anchors, 1);
	assert_int_equal(align(&h, 0, 1).n_names, 1);
}

/* Names without vowels meet by chance unless one of the languages writes none. */
static void consonants_count_only_where_vowels_are_not_written(void **state)
{
	hand h;
	uint32_t w[3];

	(void)state;
	hand_init(&h);
	for (uint8_t lang = 1; lang < 4; lang++) {
		w[lang - 1] = hand_word(&h, lang, NB_WORD_NAME, 1, &(uint32_t){ 0 }, &(float){ 1 }, 1);
		h.sense[h.n_senses - 1].consonants = true;
		hand_list(&h, lang, &w[lang - 1], 1);
	}
	assert_true(align(&h, 0, 1).score == 0);
	assert_true(align(&h, 0, 2).score > 0);
}

/* One aligner, many lists: nothing of the last comparison stays. */
static void an_aligner_can_be_used_again(void **state)
{
	hand h;
	uint32_t w[3];
	nb_concept_aligner *x;
	const nb_counterpart *pair;

	(void)state;
	hand_init(&h);
	for (uint32_t c = 0; c < 3; c++) {
		w[c] = hand_plain(&h, EN, c);
		hand_list(&h, EN, &w[c], 1);
	}
	x = nb_concept_aligner_new(&h.g);
	assert_int_equal(nb_concept_align_from(x, &h.g.of, 0), NB_OK);
	NEAR(nb_concept_align_to(x, &h.g.of, 0).score, 1);
	NEAR(nb_concept_align_to(x, &h.g.of, 1).score, 0);
	assert_int_equal(nb_concept_align_from(x, &h.g.of, 1), NB_OK);
	NEAR(nb_concept_align_to(x, &h.g.of, 0).score, 0);
	NEAR(nb_concept_align_to(x, &h.g.of, 1).score, 1);
	assert_int_equal(nb_concept_align_counterparts(x, &pair), 1);
	NEAR(pair[0].value, 1);
	nb_concept_aligner_free(x);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_word_for_word_translation_scores_one),
		cmocka_unit_test(nothing_in_common_scores_nothing),
		cmocka_unit_test(a_word_with_many_translations_counts_once),
		cmocka_unit_test(countries_are_no_anchors_and_names_are_counted),
		cmocka_unit_test(consonants_count_only_where_vowels_are_not_written),
		cmocka_unit_test(an_aligner_can_be_used_again),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
