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
#include "match/stop_words.h"
#include "newsbraid/lexicon.h"

static const nb_str de = { "De", 2 }, brug = { "brug", 4 }, nl = { "nl", 2 }, en = { "en", 2 };

static void without_a_lexicon_none(void **state)
{
	nb_stop_words s = { 0 };

	(void)state;
	assert_int_equal(nb_stop_words_language(&s, nl), NB_OK);
	assert_false(nb_stop_words_has(&s, 1, de));
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
		assert_true(nb_stop_words_has(&s, 1, de));
		assert_true(nb_stop_words_has(&s, 1, de));
		assert_false(nb_stop_words_has(&s, 2, brug));
		assert_int_equal(nb_stop_words_language(&s, en), NB_OK);
		assert_false(nb_stop_words_has(&s, 1, de));
	}
	nb_stop_words_release(&s);
	nb_lexicon_free(lexicon);
	close(file);
	unlink(path);
}

/* A hash of nothing but zeros is an answer like any other. */
static void any_hash(void **state)
{
	nb_stop_words s = { .known = calloc(8192, sizeof(uint64_t)) };

	(void)state;
	assert_non_null(s.known);
	assert_false(nb_stop_words_has(&s, 0, brug));
	assert_false(nb_stop_words_has(&s, UINT64_MAX, brug));
	nb_stop_words_release(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(without_a_lexicon_none),
		cmocka_unit_test(by_language),
		cmocka_unit_test(any_hash),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
