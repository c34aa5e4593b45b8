/* SPDX-License-Identifier: MIT
 *
 * test_stop_words.c - words that say nothing, by the small lexicon of lexicon_sample.h.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

#include <cmocka.h>

#include "lexicon_sample.h"
#include "lexicon/stop_words.h"
#include "newsbraid/lexicon.h"

static const nb_str de = { "De", 2 }, brug = { "brug", 4 }, nl = { "nl", 2 }, en = { "en", 2 };

static void without_a_lexicon_none(void **state)
{
	nb_stop_words s = { 0 };

	(void)state;
	assert_int_equal(nb_stop_words_language(&s, nl), NB_OK);
	assert_false(nb_stop_words_has(&s, de));
	nb_stop_words_release(&s);
}

/* "de" says nothing in Dutch, whatever its case; the English of the sample has no list. */
static void by_language(void **state)
{
	char path[] = "/tmp/newsbraid_stops_XXXXXX";
	int file = mkstemp(path);
	nb_lexicon *lexicon;
	nb_stop_words s = { 0 };

	(void)state;
	assert_true(file >= 0);
	lexicon_sample(path);
	assert_int_equal(nb_lexicon_open(path, &lexicon, NULL), NB_OK);
	s.lexicon = lexicon;
	for (int again = 0; again < 2; again++) {
		assert_int_equal(nb_stop_words_language(&s, nl), NB_OK);
		assert_true(nb_stop_words_has(&s, de));
		assert_true(nb_stop_words_has(&s, de));
		assert_false(nb_stop_words_has(&s, brug));
		assert_int_equal(nb_stop_words_language(&s, en), NB_OK);
		assert_false(nb_stop_words_has(&s, de));
	}
	nb_stop_words_release(&s);
	nb_lexicon_free(lexicon);
	close(file);
	unlink(path);
}

/* Words that fold alike keep answers of their own, whichever comes first. */
static void by_what_stands_there(void **state)
{
	static const nb_str accented = { "d\xc3\xa9", 3 }, plain = { "de", 2 };
	char path[] = "/tmp/newsbraid_stops_XXXXXX";
	int file = mkstemp(path);
	nb_lexicon *lexicon;

	(void)state;
	assert_true(file >= 0);
	lexicon_sample(path);
	assert_int_equal(nb_lexicon_open(path, &lexicon, NULL), NB_OK);
	for (int first = 0; first < 2; first++) {
		nb_stop_words s = { .lexicon = lexicon };

		assert_int_equal(nb_stop_words_language(&s, nl), NB_OK);
		(void)nb_stop_words_has(&s, first ? plain : accented);
		assert_true(nb_stop_words_has(&s, plain));
		assert_false(nb_stop_words_has(&s, accented));
		nb_stop_words_release(&s);
	}
	nb_lexicon_free(lexicon);
	close(file);
	unlink(path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(without_a_lexicon_none),
		cmocka_unit_test(by_language),
		cmocka_unit_test(by_what_stands_there),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
