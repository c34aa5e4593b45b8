/* SPDX-License-Identifier: MIT
 *
 * test_csv.c - tables as inputs: marks, quotes, lines in cells, rows that do not fit.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "unit/reading.h"

static struct reading read_named(void **state, const char *name, const char *table)
{
	return reading_bytes(*state, name, table, strlen(table));
}

static struct reading read_csv(void **state, const char *table)
{
	struct reading r = read_named(state, "in.csv", table);

	assert_int_equal(r.n_files, 1);
	assert_string_equal(r.file[0].format, "table");
	return r;
}

static void columns_have_the_names_of_json_fields(void **state)
{
	struct reading r = read_csv(state, "uri,Headline,Body_Text,publishedAt,Language,event\n"
					   "a1,Strike,Dockers walked out.,2024-05-01,en-GB,77\n"
					   "a2,,They came back.,,,\n");

	assert_int_equal(r.n, 2);
	assert_int_equal(r.n_reject, 0);
	assert_str(r.article[0].id, "a1");
	assert_str(r.article[0].title, "Strike");
	assert_str(r.article[0].text, "Dockers walked out.");
	assert_str(r.article[0].published_raw, "2024-05-01");
	assert_str(r.article[0].lang, "en");
	assert_int_equal(r.article[0].line, 2);
	assert_str(r.article[1].title, NULL);
	assert_int_equal(r.article[1].line, 3);
	reading_release(&r);
}

static void marks_are_found_in_the_header(void **state)
{
	static const char *const table[] = {
		"title\ttext\nA, b\tOne; two | three.\n",
		"title;text\r\nA, b;\"One; two | three.\"\r\n",
		"title|text\nA, b|\"One; two | three.\"",
		"\xef\xbb\xbf\"title\",\"text\"\n\"A, b\",One; two | three.\n",
	};

	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		struct reading r = read_csv(state, table[i]);

		assert_int_equal(r.n, 1);
		assert_str(r.article[0].title, "A, b");
		assert_str(r.article[0].text, "One; two | three.");
		reading_release(&r);
	}
}

static void a_header_is_known_without_a_name(void **state)
{
	struct reading r = read_named(state, "in.txt", "id,title,text\n1,Strike,They left.\n");

	assert_string_equal(r.file[0].format, "table");
	assert_str(r.article[0].text, "They left.");
	reading_release(&r);
	r = read_named(state, "in.txt", "Title, and text\nGo on, as before.\n");
	assert_string_equal(r.file[0].format, "text");
	reading_release(&r);
}

static void quoted_cells_hold_lines_marks_and_quotes(void **state)
{
	struct reading r = read_csv(state, "title,text\r\n"
					   "\"He said \"\"no\"\", twice\",\"One.\r\n\r\nTwo.\\\"\r\n"
					   "B,\"C\"\r\n");

	assert_int_equal(r.n, 2);
	assert_str(r.article[0].title, "He said \"no\", twice");
	assert_str(r.article[0].text, "One.\n\nTwo.\\");
	assert_int_equal(r.article[1].line, 5);
	reading_release(&r);
}

static void a_quote_that_ends_nothing_is_a_character(void **state)
{
	struct reading r = read_csv(state, "title\ttext\n"
					   "\"We can\", she said\tThe text.\n"
					   "It is 5\" long\tAnother.\n");

	assert_int_equal(r.n, 2);
	assert_str(r.article[0].title, "\"We can\", she said");
	assert_str(r.article[1].title, "It is 5\" long");
	reading_release(&r);
}

static void a_stray_quote_swallows_no_rows(void **state)
{
	struct reading r = read_csv(state, "id,title,text\n"
					   "1,\"Broken,One.\n"
					   "2,Fine,Two.\n"
					   "3,\"Quoted, too\",Three.\n"
					   "4,\"Broken again,Four.\n"
					   "5,Fine,Five.\n");

	assert_int_equal(r.n, 5);
	assert_int_equal(r.n_reject, 0);
	for (size_t i = 0; i < 5; i++)
		assert_int_equal(r.article[i].line, i + 2);
	assert_str(r.article[0].title, "\"Broken");
	assert_str(r.article[2].title, "Quoted, too");
	reading_release(&r);
}

static void rows_that_do_not_fit_are_rejects(void **state)
{
	struct reading r = read_csv(state, "title,text\n\nA,B,C\nD\nE,F,,\n");

	assert_int_equal(r.n, 2); /* a headline alone is a report; empty cells are no cells */
	assert_int_equal(r.n_reject, 1);
	assert_int_equal(r.reject[0].reason, NB_REJECT_MALFORMED);
	assert_int_equal(r.reject[0].line, 3);
	assert_str(r.reject[0].sample, "A,B,C");
	reading_release(&r);
}

static void a_header_alone_is_nothing_and_a_giant_one_a_reject(void **state)
{
	size_t n = 100000;
	char *header = malloc(n);
	struct reading r = read_csv(state, "title,text");

	assert_int_equal(r.n + r.n_reject, 0);
	reading_release(&r);
	assert_non_null(header);
	memset(header, ',', n);
	header[n - 1] = '\n';
	r = reading_bytes(*state, "in.csv", header, n);
	assert_int_equal(r.n, 0);
	assert_int_equal(r.n_reject, 1);
	assert_int_equal(r.reject[0].reason, NB_REJECT_TOO_LONG);
	reading_release(&r);
	free(header);
}

#define test(f) cmocka_unit_test_setup_teardown(f, folder_setup, folder_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		test(columns_have_the_names_of_json_fields),
		test(marks_are_found_in_the_header),
		test(a_header_is_known_without_a_name),
		test(quoted_cells_hold_lines_marks_and_quotes),
		test(a_quote_that_ends_nothing_is_a_character),
		test(a_stray_quote_swallows_no_rows),
		test(rows_that_do_not_fit_are_rejects),
		test(a_header_alone_is_nothing_and_a_giant_one_a_reject),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
