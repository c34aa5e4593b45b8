/* SPDX-License-Identifier: MIT
 *
 * test_senses.c - the translations in dictionary entries of many habits, and what is none.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "tools/lexicon/dictd.h"
#include "tools/lexicon/english.h"
#include "tools/lexicon/mo.h"
#include "tools/lexicon/senses.h"

static nb_str str(const char *text)
{
	return (nb_str){ text, strlen(text) };
}

/* The phrases with their ranks: "0 house|1 home". */
static void check(const senses *s, const char *want)
{
	char got[512] = "";

	for (size_t i = 0; i < s->n; i++)
		snprintf(got + strlen(got), sizeof(got) - strlen(got), "%s%u %.*s", i ? "|" : "",
			 (unsigned)s->sense[i].rank, (int)s->sense[i].phrase.len,
			 s->sense[i].phrase.ptr);
	assert_string_equal(got, want);
}

static void check_entry(const char *entry, nb_script to, const char *want)
{
	static senses s;

	senses_freedict(&s, str(entry), to);
	check(&s, want);
}

static void commas_and_numbered_lines(void **state)
{
	(void)state;
	check_entry("brug /x/\nbridge, overpass\n", NB_SCRIPT_LATIN, "0 bridge|0 overpass");
	check_entry("blik\n1. tin, can\n2. look; glance\n", NB_SCRIPT_LATIN,
		    "0 tin|0 can|1 look|1 glance");
	check_entry("ladder /x/\nI.  <N>  drabina\nII. <V> puszczać\n", NB_SCRIPT_LATIN,
		    "0 drabina|1 puszczać");
	check_entry("x\n", NB_SCRIPT_LATIN, "");
	check_entry("", NB_SCRIPT_LATIN, "");
}

static void definitions_and_remarks_are_no_translations(void **state)
{
	(void)state;
	check_entry("most /x/ <n>\nbridge\nbudowla nad rzeką\n", NB_SCRIPT_LATIN, "0 bridge");
	check_entry("most <n>\n1. bridge\nbudowla\n2. deck\nna statku\n", NB_SCRIPT_LATIN,
		    "0 bridge|1 deck");
	check_entry("most\n(budownictwo) cos\nbridge\n", NB_SCRIPT_LATIN, "0 cos");
	check_entry("Haus <neut>\nhouse <n>\n   Synonym: {Heim}\n\n see: {Hof}\n", NB_SCRIPT_LATIN,
		    "0 house");
	check_entry("Haus\nhouse\n  \"Ich gehe\" - I go\n  Note: of stone\n", NB_SCRIPT_LATIN,
		    "0 house");
}

static void grammar_alone_on_a_line_is_passed(void **state)
{
	(void)state;
	check_entry("家\n1. (noun (common))\nhouse, home\n2. (いえ)\n{見よ}family\n", NB_SCRIPT_LATIN,
		    "0 house|0 home|1 family");
}

static void another_script_is_a_definition(void **state)
{
	(void)state;
	check_entry("brug <n>\n1. мост, мостик\n1. een bouwwerk over water\n2. бридж\n",
		    NB_SCRIPT_CYRILLIC, "0 мост|0 мостик|1 бридж");
	check_entry("salt <n>\nсол 2.\na white thing\n", NB_SCRIPT_CYRILLIC, "0 сол");
	check_entry("salt\nсо\xCC\x81л\n", NB_SCRIPT_CYRILLIC, "0 сол");
}

static void long_phrases_explain(void **state)
{
	(void)state;
	check_entry("polder\nland that was won from the sea, polder\n", NB_SCRIPT_LATIN, "0 polder");
}

static void mueller_has_habits_of_its_own(void **state)
{
	static senses s;

	(void)state;
	senses_mueller(&s, str("bridge\n   [brɪdʒ]\n   1. _n.\n      1) мост; to cross the bridge "
			       "перейти мост\n      2) _мор. мостик (капитанский), рубка\n   2. _v. "
			       "соединять мостом\n"));
	check(&s, "0 мост|1 мостик|1 рубка|2 соединять мостом");
}

static void headwords_end_before_their_sound(void **state)
{
	nb_str h = senses_headword(str("Aral Sea /ˈaɹəl/ <n>\nx\n"));

	(void)state;
	assert_int_equal(h.len, 8);
	assert_null(senses_headword(str("縦, たて /x/\nx\n")).ptr);
}

static void numbers_of_an_index(void **state)
{
	uint64_t n;

	(void)state;
	assert_true(dictd_number(str("A"), &n) && n == 0);
	assert_true(dictd_number(str("BA"), &n) && n == 64);
	assert_true(dictd_number(str("/"), &n) && n == 63);
	assert_false(dictd_number(str(""), &n));
	assert_false(dictd_number(str("A-"), &n));
	assert_false(dictd_number(str("AAAAAAAAAAAA"), &n));
}

static void count(void *context, nb_str message, nb_str translation)
{
	(void)message;
	(void)translation;
	++*(int *)context;
}

static void damaged_catalogues_are_left_out(void **state)
{
	/* one message, at byte 44, whose translation says it is longer than the file */
	uint32_t word[13] = { 0x950412DE, 0, 1, 28, 36, 0, 0, 2, 44, 900, 46, 0, 0 };
	nb_str file = { (const char *)word, sizeof(word) };
	int n = 0;

	(void)state;
	assert_true(mo_read(file, count, &n));
	assert_int_equal(n, 0);
	word[9] = 2;
	assert_true(mo_read(file, count, &n));
	assert_int_equal(n, 1);
	assert_false(mo_read((nb_str){ file.ptr, 20 }, count, &n));
	word[0] = 7;
	assert_false(mo_read(file, count, &n));
}

static size_t concepts(english *e, const char *phrase, english_style style,
		       nb_concept out[ENGLISH_CONCEPTS])
{
	return english_concepts(e, english_phrase(e, str(phrase), style), out);
}

static void english_phrases_mean_their_words(void **state)
{
	english e = { 0 };
	nb_concept a[ENGLISH_CONCEPTS], b[ENGLISH_CONCEPTS];

	(void)state;
	assert_int_equal(concepts(&e, "to guarantee", ENGLISH_PLAIN, a), 1);
	assert_int_equal(concepts(&e, "guarantees", ENGLISH_PLAIN, b), 1);
	assert_true(a[0].id == b[0].id && a[0].weight == 1);
	assert_int_equal(concepts(&e, "power station", ENGLISH_PLAIN, a), 2);
	assert_true(a[0].weight > .70f && a[0].weight < .71f);
	english_release(&e);
}

static void lost_blanks_are_mended_and_demonyms_are_countries(void **state)
{
	english e = { 0 };
	nb_concept a[ENGLISH_CONCEPTS];
	uint64_t country = 64 + NB_CONCEPT_COUNTRY;

	(void)state;
	assert_int_equal(concepts(&e, "PacificOcean", ENGLISH_PLAIN, a), 2);
	english_name(&e, str("Ruritanian"), country);
	english_name(&e, str("Ruritanian"), 128 + NB_CONCEPT_COUNTRY);
	assert_int_equal(concepts(&e, "Ruritanian", ENGLISH_PLAIN, a), 1);
	assert_true(a[0].id == country);
	assert_int_equal(concepts(&e, "Ruritanian minister", ENGLISH_PLAIN, a), 2);
	assert_int_equal(concepts(&e, "ruritanian", ENGLISH_PLAIN, a), 1);
	assert_int_equal(a[0].kind, NB_CONCEPT_WORD);
	english_release(&e);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(commas_and_numbered_lines),
		cmocka_unit_test(definitions_and_remarks_are_no_translations),
		cmocka_unit_test(grammar_alone_on_a_line_is_passed),
		cmocka_unit_test(another_script_is_a_definition),
		cmocka_unit_test(long_phrases_explain),
		cmocka_unit_test(mueller_has_habits_of_its_own),
		cmocka_unit_test(headwords_end_before_their_sound),
		cmocka_unit_test(numbers_of_an_index),
		cmocka_unit_test(damaged_catalogues_are_left_out),
		cmocka_unit_test(english_phrases_mean_their_words),
		cmocka_unit_test(lost_blanks_are_mended_and_demonyms_are_countries),
	};

	return cmocka_run_group_tests_name("senses", tests, NULL, NULL);
}
