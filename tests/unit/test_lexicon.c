/* SPDX-License-Identifier: MIT
 *
 * test_lexicon.c - opening a lexicon, asking it, and files that are none or damaged.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "folder.h"
#include "lexicon/lex_format.h"
#include "lexicon_sample.h"
#include "newsbraid/concepts.h"

static char *sample(const char *folder, size_t *n)
{
	char *path = folder_path(folder, "sample.lex"), *bytes;

	lexicon_sample(path);
	bytes = lexicon_bytes(path, n);
	assert_non_null(bytes);
	free(path);
	return bytes;
}

/* Make the checksum right again, so that what is tested is what lies after it. */
static void sign(char *bytes, size_t n)
{
	nb_lex_header h;

	memcpy(&h, bytes, sizeof(h));
	h.size = n;
	memcpy(bytes, &h, sizeof(h));
	h.checksum = nb_lex_checksum(bytes, n);
	memcpy(bytes, &h, sizeof(h));
}

static void what_was_written_is_found(void **state)
{
	char *path = folder_path(*state, "sample.lex");
	static const char text[] = "De brug in Nederland";
	nb_lexicon *l;
	nb_concepts c = { 0 };
	nb_error err;

	lexicon_sample(path);
	assert_int_equal(nb_lexicon_open(path, &l, &err), NB_OK);
	assert_int_equal(nb_lexicon_words(l, "nl"), 1);
	assert_int_equal(nb_lexicon_words(l, "de"), 0);
	assert_int_equal(nb_lexicon_words(l, "xx"), 0);
	assert_int_equal(nb_lexicon_words(NULL, "nl"), 0);
	assert_int_equal(nb_concepts_text(&c, l, "nl", text, strlen(text)), NB_OK);
	assert_int_equal(c.n, 2); /* "in" is too short to be a name */
	assert_true(c.token[0].flags & NB_CONCEPT_KNOWN);
	assert_int_equal(c.concept[c.token[1].first].kind, NB_CONCEPT_COUNTRY);
	assert_int_equal(nb_concepts_text(&c, l, "zh", "大桥", 6), NB_OK);
	assert_int_equal(c.n, 1);
	nb_concepts_release(&c);
	nb_lexicon_free(l);
	free(path);
}

static void the_same_bytes_each_time(void **state)
{
	size_t n, m;
	char *a = sample(*state, &n), *b = sample(*state, &m);

	assert_int_equal(n, m);
	assert_memory_equal(a, b, n);
	free(a);
	free(b);
}

static void a_missing_file_and_no_file(void **state)
{
	char *path = folder_path(*state, "absent.lex");
	nb_lexicon *l = (nb_lexicon *)state;
	nb_error err;

	assert_int_equal(nb_lexicon_open(path, &l, &err), NB_EIO);
	assert_null(l);
	folder_write(*state, "empty.lex", "", 0);
	free(path);
	path = folder_path(*state, "empty.lex");
	assert_int_equal(nb_lexicon_open(path, &l, &err), NB_EDATA);
	free(path);
	folder_write(*state, "text.lex", "some text that is no lexicon at all", 35);
	path = folder_path(*state, "text.lex");
	assert_int_equal(nb_lexicon_open(path, &l, &err), NB_EDATA);
	assert_string_equal(err.reason, "no lexicon");
	free(path);
	nb_lexicon_free(NULL);
}

/* Ask everything of a file that says it is right; nothing may be read outside of it. */
static void ask(char *bytes, size_t n)
{
	static const char text[] = "De brug in Nederland en New York 1.506";
	nb_lexicon *l;
	nb_concepts c = { 0 };
	nb_error err;

	if (nb_lexicon_from_memory(bytes, n, &l, &err) != NB_OK) {
		assert_null(l);
		assert_non_null(err.reason);
		return;
	}
	assert_int_equal(nb_concepts_text(&c, l, "nl", text, strlen(text)), NB_OK);
	assert_int_equal(nb_concepts_text(&c, l, "zh", "大桥大桥", 12), NB_OK);
	nb_concepts_release(&c);
	nb_lexicon_free(l);
}

static void every_changed_byte_is_noticed(void **state)
{
	size_t n;
	char *bytes = sample(*state, &n);
	nb_lexicon *l;

	for (size_t i = 0; i < n; i++) {
		for (int bit = 0; bit < 8; bit++) {
			bytes[i] ^= (char)(1 << bit);
			assert_int_equal(nb_lexicon_from_memory(bytes, n, &l, NULL), NB_EDATA);
			bytes[i] ^= (char)(1 << bit);
		}
	}
	for (size_t i = 0; i < n; i++)
		assert_int_equal(nb_lexicon_from_memory(bytes, i, &l, NULL), NB_EDATA);
	free(bytes);
}

/* Emptied, and written over, while it is in use: nothing of it is asked of the file any more. */
static void what_happens_to_the_file_does_not_matter(void **state)
{
	static const char text[] = "De brug in Nederland";
	char *path = folder_path(*state, "sample.lex");
	nb_concepts c = { 0 };
	nb_lexicon *l;

	lexicon_sample(path);
	assert_int_equal(nb_lexicon_open(path, &l, NULL), NB_OK);
	for (int round = 0; round < 2; round++) {
		assert_int_equal(truncate(path, round * 100), 0);
		assert_int_equal(nb_lexicon_words(l, "nl"), 1);
		assert_int_equal(nb_concepts_text(&c, l, "nl", text, strlen(text)), NB_OK);
		assert_int_equal(c.n, 2);
	}
	nb_concepts_release(&c);
	nb_lexicon_free(l);
	free(path);
}

static void wrong_files_with_right_checksums_do_no_harm(void **state)
{
	size_t n;
	char *bytes = sample(*state, &n);

	/* each ask zeroes a cache of megabytes: one bit a byte, all eight in turn */
	for (size_t i = sizeof(nb_lex_header); i < n; i++) {
		bytes[i] ^= (char)(1 << i % 8);
		sign(bytes, n);
		ask(bytes, n);
		bytes[i] ^= (char)(1 << i % 8);
	}
	free(bytes);
}

#define test(f) cmocka_unit_test_setup_teardown(f, folder_setup, folder_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		test(what_was_written_is_found),
		test(the_same_bytes_each_time),
		test(a_missing_file_and_no_file),
		test(every_changed_byte_is_noticed),
		test(what_happens_to_the_file_does_not_matter),
		test(wrong_files_with_right_checksums_do_no_harm),
	};

	return cmocka_run_group_tests_name("lexicon", tests, NULL, NULL);
}
