/* SPDX-License-Identifier: MIT
 *
 * test_language.c - every fact of src/data/languages.tsv arrives where it is used.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "across/translation_baseline.h"
#include "lexicon/stem.h"
#include "newsbraid/date.h"
#include "newsbraid/token.h"
#include "text/language.h"
#include "text/number_word.h"
#include "tools/language_rows.h"

static language_rows rows; /* each test cuts up cells of its own columns */

static int read_rows(void **state)
{
	(void)state;
	language_rows_read(&rows, "src/data/languages.tsv");
	return 0;
}

static nb_str str(const char *s)
{
	return (nb_str){ s, strlen(s) };
}

static void expect_code(const char *field, const char *want)
{
	char code[3];

	if (!nb_language_code(str(field), code))
		fail_msg("\"%s\" is no language", field);
	assert_string_equal(code, want);
}

static void every_row_is_found_by_its_code(void **state)
{
	static const char none[][3] = { "qq", "--", "a", "", "zz" };

	(void)state;
	assert_int_equal(nb_n_languages, rows.n + 1);
	for (size_t i = 0; i < rows.n; i++) {
		const char *code = rows.row[i].cell[COLUMN_CODE];
		char region[8];

		assert_string_equal(nb_languages[nb_language_find(code)].code, code);
		expect_code(code, code);
		snprintf(region, sizeof(region), "%s-XX", code);
		expect_code(region, code);
	}
	for (size_t i = 0; i < sizeof(none) / sizeof(*none); i++)
		assert_string_equal(nb_languages[nb_language_find(none[i])].code, "");
}

static void every_name_stands_for_its_code(void **state)
{
	(void)state;
	for (size_t i = 0; i < rows.n; i++) {
		char *rest = rows.row[i].cell[COLUMN_NAMES], *name;

		while ((name = next_item(&rest, " "))) {
			expect_code(name, rows.row[i].cell[COLUMN_CODE]);
			*name = (char)(*name & ~32);
			expect_code(name, rows.row[i].cell[COLUMN_CODE]);
		}
	}
}

/* What feeds write that is no code of a language, but that of a country or one that ISO gave up. */
static void wrong_codes_of_feeds_are_understood(void **state)
{
	static const char *const said[][2] = { { "kr", "ko" }, { "jp", "ja" },   { "cz", "cs" },
					       { "gr", "el" }, { "ua", "uk" },   { "dk", "da" },
					       { "cn", "zh" }, { "vn", "vi" },   { "iw", "he" },
					       { "in", "id" }, { "UA-ua", "uk" } };
	char code[3];

	(void)state;
	for (size_t i = 0; i < sizeof(said) / sizeof(*said); i++)
		expect_code(said[i][0], said[i][1]);
	expect_code("qa", "qa"); /* a code that the table does not know */
	assert_false(nb_language_code(str("klingon"), code));
	assert_false(nb_language_code(str("None"), code));
	assert_false(nb_language_code(str("un"), code));
	assert_false(nb_language_code(str("e"), code));
	assert_false(nb_language_code(str("12"), code));
}

static void every_label_of_a_detector_is_folded(void **state)
{
	(void)state;
	for (size_t i = 0; i < rows.n; i++) {
		char *rest = rows.row[i].cell[COLUMN_DETECTED], *label;

		while ((label = next_item(&rest, " ")))
			assert_string_equal(nb_language_detected(label),
					    rows.row[i].cell[COLUMN_CODE]);
	}
	assert_null(nb_language_detected("en"));
}

static void a_script_of_one_language_names_it(void **state)
{
	(void)state;
	for (int s = 0; s < NB_SCRIPT_COUNT; s++) {
		const char *only = nb_language_only((nb_script)s);
		int n = 0;

		for (uint32_t i = 0; i + 1 < nb_n_languages; i++)
			n += nb_languages[i].script == (nb_script)s;
		assert_int_equal(*only != '\0', n == 1);
		if (*only)
			assert_int_equal(nb_language_script(only), s);
	}
	assert_string_equal(nb_language_only(NB_SCRIPT_HAN), "zh");
	assert_string_equal(nb_language_only(NB_SCRIPT_CYRILLIC), "");
	assert_int_equal(nb_language_script("qq"), NB_SCRIPT_LATIN);
}

static void every_stemmer_stems(void **state)
{
	nb_stemmers stemmers = { 0 };

	(void)state;
	for (uint32_t i = 0; i < nb_n_languages; i++) {
		nb_form stem;

		assert_int_equal(nb_stem(&stemmers, i, "informatie", 10, &stem), NB_OK);
		assert_in_range(stem.n, 1, 10);
		assert_int_equal(stemmers.of[i] != NULL, nb_languages[i].stemmer != NULL);
	}
	nb_stemmers_release(&stemmers);
}

static void every_relative_has_words(void **state)
{
	(void)state;
	for (uint32_t i = 0; i < nb_n_languages; i++) {
		const nb_language *l = &nb_languages[i], *relative;

		if (!*l->relative)
			continue;
		relative = &nb_languages[nb_language_find(l->relative)];
		assert_true(relative != l);
		assert_true(relative->flags & NB_LANGUAGE_LEXICON);
		assert_string_equal(relative->relative, ""); /* one step leads to a dictionary */
	}
}

/* Every word, as the tokens of a text have it. */
static void every_number_word_is_its_number(void **state)
{
	static const char text[] = "12 шесть Zwölf 13 onze sei";
	nb_number_words *w;
	nb_tokens t = { 0 };

	(void)state;
	assert_int_equal(nb_number_words_new(&w), NB_OK);
	for (uint32_t i = 0; i < nb_n_language_numbers; i++) {
		const nb_language_word *number = &nb_language_numbers[i];

		assert_int_equal(nb_token_hashes(&t, number->text, strlen(number->text)), NB_OK);
		assert_int_equal(t.n, 1);
		assert_int_equal(nb_number_word(w, t.hash[0]), number->value);
	}
	assert_int_equal(nb_token_hashes(&t, text, strlen(text)), NB_OK);
	assert_int_equal(nb_number_word(w, t.hash[0]), 12);
	assert_int_equal(nb_number_word(w, t.hash[1]), 6);
	assert_int_equal(nb_number_word(w, t.hash[2]), 12);
	for (size_t i = 3; i < t.n; i++)
		assert_int_equal(nb_number_word(w, t.hash[i]), 0);
	nb_tokens_release(&t);
	free(w);
}

static void every_month_is_found_in_a_date(void **state)
{
	(void)state;
	for (uint32_t i = 0; i < nb_n_language_months; i++) {
		const nb_language_word *month = &nb_language_months[i];
		char text[64], want[NB_DATE_TEXT], got[NB_DATE_TEXT];
		nb_date_found found;

		snprintf(text, sizeof(text), "5 %s 2019", month->text);
		snprintf(want, sizeof(want), "2019-%02u-05T00:00:00Z", month->value % 100);
		if (!nb_date_find(str(text), false, &found))
			fail_msg("no date: %s", text);
		nb_date_format(found.time, got);
		assert_string_equal(got, want);
	}
}

static void every_baseline_counts(void **state)
{
	(void)state;
	for (size_t i = 0; i < rows.n; i++) {
		const char *code = rows.row[i].cell[COLUMN_CODE];
		double share = strtod(rows.row[i].cell[COLUMN_BASELINE], NULL);
		double english = strcmp(code, "en") == 0 ? .5 : share * .70;

		if (share > 0)
			assert_float_equal(nb_translation_baseline(code, "en"), english, 1e-6);
	}
	assert_float_equal(nb_translation_baseline("qq", "en"), nb_translation_baseline("", "en"),
			   1e-6);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_row_is_found_by_its_code),
		cmocka_unit_test(every_name_stands_for_its_code),
		cmocka_unit_test(wrong_codes_of_feeds_are_understood),
		cmocka_unit_test(every_label_of_a_detector_is_folded),
		cmocka_unit_test(a_script_of_one_language_names_it),
		cmocka_unit_test(every_stemmer_stems),
		cmocka_unit_test(every_relative_has_words),
		cmocka_unit_test(every_number_word_is_its_number),
		cmocka_unit_test(every_month_is_found_in_a_date),
		cmocka_unit_test(every_baseline_counts),
	};

	return cmocka_run_group_tests(tests, read_rows, NULL);
}
