/* SPDX-License-Identifier: MIT
 *
 * test_concepts.c - texts to concepts: without a lexicon, and with the one that was built (skipped
 * where there is none).
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "newsbraid/concepts.h"
#include "sample.h"

static nb_lexicon *lexicon; /* NULL if there is none */

static nb_concepts make(const nb_lexicon *l, const char *lang, const char *text)
{
	nb_concepts c = { 0 };
	char *exact = sample_exact(text, strlen(text));

	assert_int_equal(nb_concepts_text(&c, l, lang, exact, strlen(text)), NB_OK);
	free(exact);
	return c;
}

/* Whether two texts share a concept of this kind. */
static bool share(const nb_concepts *a, const nb_concepts *b, uint8_t kind)
{
	for (size_t i = 0; i < a->n_concepts; i++)
		for (size_t k = 0; k < b->n_concepts; k++)
			if (a->concept[i].id == b->concept[k].id && a->concept[i].kind == kind)
				return true;
	return false;
}

static bool meet(const char *lang_a, const char *a, const char *lang_b, const char *b, uint8_t kind)
{
	nb_concepts x = make(lexicon, lang_a, a), y = make(lexicon, lang_b, b);
	bool met = share(&x, &y, kind);

	nb_concepts_release(&x);
	nb_concepts_release(&y);
	return met;
}

/* The tokens as they stand in the text, "|" between them. */
static void check_tokens(const char *lang, const char *text, const char *want)
{
	nb_concepts c = make(lexicon, lang, text);
	char got[512] = "";

	for (size_t i = 0; i < c.n; i++)
		snprintf(got + strlen(got), sizeof(got) - strlen(got), "%s%.*s", i ? "|" : "",
			 (int)(c.token[i].end - c.token[i].begin), text + c.token[i].begin);
	assert_string_equal(got, want);
	nb_concepts_release(&c);
}

static void need_lexicon(void)
{
	if (!lexicon) {
		print_message("build/data/newsbraid.lex is absent, so this is skipped\n");
		skip();
	}
}

#define MEET(la, a, lb, b, kind)  assert_true(meet(la, a, lb, b, NB_CONCEPT_##kind))
#define APART(la, a, lb, b, kind) assert_false(meet(la, a, lb, b, NB_CONCEPT_##kind))

/* ---- without a lexicon ----------------------------------------------------------------------- */

static void no_text_has_no_concepts(void **state)
{
	nb_concepts c = make(NULL, "en", "");

	(void)state;
	assert_int_equal(c.n, 0);
	nb_concepts_release(&c);
	c = make(NULL, "", " ... !");
	assert_int_equal(c.n, 0);
	nb_concepts_release(&c);
}

static void names_and_numbers_need_no_lexicon(void **state)
{
	nb_concepts nl = make(NULL, "nl", "Gisteren sprak Poetin 1.506 mensen toe");
	nb_concepts ru = make(NULL, "ru", "Вчера Путин и 1506 человек");

	(void)state;
	assert_true(share(&nl, &ru, NB_CONCEPT_NAME));
	assert_true(share(&nl, &ru, NB_CONCEPT_NUMBER));
	assert_false(share(&nl, &ru, NB_CONCEPT_PLACE));
	nb_concepts_release(&nl);
	nb_concepts_release(&ru);
}

static void marks_of_numbers_follow_the_language(void **state)
{
	static const struct {
		const char *lang, *text, *other_lang, *other;
		bool same;
	} rows[] = {
		{ "en", "1,506", "de", "1.506", true },
		{ "en", "1,234,567", "fr", "1.234.567", true },
		{ "en", "2.5", "nl", "2,5", true },
		{ "en", "1.506", "nl", "1.506", false },
		{ "en", "1.506", "nl", "1,506", true },
		{ "en", "25th", "de", "25", true },
		{ "ar", "٢٥", "en", "25", true },
		{ "en", "2019", "ru", "2020", false },
		{ "en", "4:2", "en", "42", false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		nb_concepts a = make(NULL, rows[i].lang, rows[i].text);
		nb_concepts b = make(NULL, rows[i].other_lang, rows[i].other);

		if (share(&a, &b, NB_CONCEPT_NUMBER) != rows[i].same)
			fail_msg("%s %s", rows[i].text, rows[i].other);
		nb_concepts_release(&a);
		nb_concepts_release(&b);
	}
}

static void a_digit_weighs_less(void **state)
{
	nb_concepts c = make(NULL, "en", "7 17");

	(void)state;
	assert_int_equal(c.n, 2);
	assert_true(c.concept[0].weight < .5f && c.concept[1].weight == 1);
	nb_concepts_release(&c);
}

static void consonants_count_only_where_vowels_are_not_written(void **state)
{
	(void)state;
	assert_true(nb_concepts_by_consonants("en", "ar"));
	assert_true(nb_concepts_by_consonants("ja", "ru"));
	assert_false(nb_concepts_by_consonants("en", "nl"));
	assert_false(nb_concepts_by_consonants("ar", "ja"));
}

/* ---- with the lexicon ------------------------------------------------------------------------ */

static void words_meet_their_translations(void **state)
{
	(void)state;
	need_lexicon();
	MEET("nl", "verkiezingen", "en", "elections", WORD);
	MEET("de", "Sicherheit", "en", "security", WORD);
	MEET("ru", "выборы", "en", "election", WORD);
	MEET("uk", "президент", "en", "president", WORD);
	MEET("zh", "声明", "en", "statement", WORD);
	MEET("ar", "الرئيس", "en", "president", WORD);
	MEET("es", "gobierno", "fr", "gouvernement", WORD);
	MEET("pl", "wybory", "en", "election", WORD);
	MEET("tr", "seçim", "en", "election", WORD);
	APART("nl", "verkiezingen", "en", "weather", WORD);
}

static void parts_of_compounds_are_looked_up(void **state)
{
	(void)state;
	need_lexicon();
	MEET("nl", "communicatietechnologie", "en", "communication technology", WORD);
}

static void countries_and_their_people_are_one(void **state)
{
	(void)state;
	need_lexicon();
	MEET("nl", "de Russische president", "en", "the Russian president", COUNTRY);
	MEET("nl", "in Rusland", "ru", "в России", COUNTRY);
	MEET("ru", "Соединенных Штатов", "nl", "de Verenigde Staten", COUNTRY);
	MEET("en", "in the U.S. and", "nl", "de VS is", COUNTRY);
	MEET("ru", "США", "es", "EE.UU.", COUNTRY);
	MEET("zh", "美国总统", "en", "the American president", COUNTRY);
	APART("en", "let us go", "nl", "de VS is", COUNTRY);
	APART("en", "in Germany", "en", "in France", COUNTRY);
}

static void places_meet_in_every_language(void **state)
{
	(void)state;
	need_lexicon();
	MEET("nl", "in Moskou", "en", "in Moscow", PLACE);
	MEET("ru", "в Москве", "en", "in Moscow", PLACE);
	MEET("zh", "在莫斯科", "en", "in Moscow", PLACE);
	MEET("ar", "في موسكو", "en", "in Moscow", PLACE);
	MEET("pl", "w Moskwie", "en", "in Moscow", PLACE);
	MEET("fr", "l'Union européenne", "en", "the EU said", PLACE);
	MEET("ru", "ООН", "en", "the United Nations", PLACE);
	MEET("es", "la OTAN", "nl", "de NAVO", PLACE);
}

static void chinese_names_meet_by_the_dictionary(void **state)
{
	(void)state;
	need_lexicon();
	MEET("zh", "普京", "nl", "toen Poetin", NAME);
	MEET("zh", "特朗普", "ru", "когда Трамп", SOUND);
}

static void stop_words_are_left_out_and_names_span_words(void **state)
{
	(void)state;
	need_lexicon();
	check_tokens("en", "He is in New York and the United States.", "New York|United States");
	check_tokens("zh", "俄罗斯总统普京", "俄罗斯|总统|普京");
}

static void what_was_looked_up_before_changes_nothing(void **state)
{
	static const char text[] = "President Putin said in Moscow. Putin, president of Russia";
	nb_concepts fresh = make(lexicon, "en", text), used = make(lexicon, "nl", text);

	(void)state;
	assert_int_equal(nb_concepts_text(&used, lexicon, "en", text, strlen(text)), NB_OK);
	assert_int_equal(used.n, fresh.n);
	assert_int_equal(used.n_concepts, fresh.n_concepts);
	for (size_t i = 0; i < fresh.n; i++)
		assert_true(used.token[i].hash == fresh.token[i].hash &&
			    used.token[i].flags == fresh.token[i].flags);
	for (size_t i = 0; i < fresh.n_concepts; i++)
		assert_true(used.concept[i].id == fresh.concept[i].id);
	nb_concepts_release(&fresh);
	nb_concepts_release(&used);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_text_has_no_concepts),
		cmocka_unit_test(names_and_numbers_need_no_lexicon),
		cmocka_unit_test(marks_of_numbers_follow_the_language),
		cmocka_unit_test(a_digit_weighs_less),
		cmocka_unit_test(consonants_count_only_where_vowels_are_not_written),
		cmocka_unit_test(words_meet_their_translations),
		cmocka_unit_test(parts_of_compounds_are_looked_up),
		cmocka_unit_test(countries_and_their_people_are_one),
		cmocka_unit_test(places_meet_in_every_language),
		cmocka_unit_test(chinese_names_meet_by_the_dictionary),
		cmocka_unit_test(stop_words_are_left_out_and_names_span_words),
		cmocka_unit_test(what_was_looked_up_before_changes_nothing),
	};
	int failed;

	if (nb_lexicon_open("build/data/newsbraid.lex", &lexicon, NULL) != NB_OK)
		lexicon = NULL;
	failed = cmocka_run_group_tests_name("concepts", tests, NULL, NULL);
	nb_lexicon_free(lexicon);
	return failed;
}
