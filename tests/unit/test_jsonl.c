/* SPDX-License-Identifier: MIT
 *
 * test_jsonl.c - JSON lines, other JSON files and plain text: what is taken, what is repaired, what
 * is rejected and why.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "unit/reading.h"

static void assert_reject(const nb_reject *x, nb_reject_reason reason, uint64_t line, uint64_t byte)
{
	assert_string_equal(nb_reject_reason_name(x->reason), nb_reject_reason_name(reason));
	assert_int_equal(x->line, line);
	assert_int_equal(x->byte, byte);
	assert_true(x->detail.len > 0);
}

static void lines_in_order(void **state)
{
	struct reading r = reading_json(*state, "{\"id\":\"1\",\"text\":\"one\"}\n"
						"\n"
						"   \t \n"
						"{\"id\":\"2\",\"text\":\"two\"}\r\n"
						"{\"id\":\"3\",\"text\":\"three\"}");

	assert_int_equal(r.n, 3);
	assert_int_equal(r.n_reject, 0);
	for (int i = 0; i < 3; i++)
		assert_int_equal(r.article[i].id.ptr[0], '1' + i);
	assert_int_equal(r.article[0].line, 1);
	assert_int_equal(r.article[1].line, 4);
	assert_int_equal(r.article[2].line, 5); /* no final newline */
	assert_string_equal(r.file[0].format, "jsonl");
	assert_int_equal(r.file[0].n_records, 3);
	assert_int_equal(r.done, r.expected);
	reading_release(&r);
}

static void rejects_say_where_and_why(void **state)
{
	struct reading r = reading_json(*state, "{\"text\":\"one\"}\n"
						"{\"text\":\"broken\n"
						"[1,2]\n"
						"{\"title\":\"\",\"text\":\" \"}\n"
						"{\"text\":\"... !? --\"}\n"
						"\"a string\"\n"
						"{\"text\":\"last\"}{\"text\":\"and more\"}\n");

	assert_int_equal(r.n, 1);
	assert_int_equal(r.n_reject, 6);
	assert_reject(&r.reject[0], NB_REJECT_JSON, 2, 15);
	assert_str(r.reject[0].sample, "{\"text\":\"broken");
	assert_reject(&r.reject[1], NB_REJECT_SHAPE, 3, 31);
	assert_reject(&r.reject[2], NB_REJECT_NO_TEXT, 4, 37);
	assert_reject(&r.reject[3], NB_REJECT_NO_TOKEN, 5, 61);
	assert_reject(&r.reject[4], NB_REJECT_SHAPE, 6, 82);
	assert_reject(&r.reject[5], NB_REJECT_JSON, 7, 93);
	assert_int_equal(r.file[0].n_rejects, 6);
	assert_int_equal(r.n_repaired, 0);
	reading_release(&r);
}

static void samples_are_short_and_valid(void **state)
{
	struct bytes b = { 0 };
	struct reading r;

	bytes_add(&b, "{\"text\":\"ok\"}\n{", 15);
	for (int i = 0; i < 300; i++)
		bytes_add(&b, "\xd0\xbc\xff", 3);
	r = reading_bytes(*state, "in.jsonl", b.p, b.n);
	assert_int_equal(r.n_reject, 1);
	/* 0xff is y with diaeresis in Windows-1252: two bytes */
	assert_true(r.reject[0].sample.len <= NB_REJECT_SAMPLE * 3);
	assert_memory_equal(r.reject[0].sample.ptr, "{\xd0\xbc\xc3\xbf\xd0\xbc", 7);
	reading_release(&r);
	free(b.p);
}

/* A headline that is all there is. */
static void a_title_alone_is_a_flash(void **state)
{
	struct reading r = reading_json(*state, "{\"title\":\"Flash: it happened\",\"text\":null}");

	assert_int_equal(r.n, 1);
	assert_str(r.article[0].title, "Flash: it happened");
	assert_str(r.article[0].text, "Flash: it happened");
	reading_release(&r);
}

static void bytes_are_repaired_once(void **state)
{
	static const struct {
		const char *json, *title;
		int repaired;
	} form[] = {
		{ "{\"title\":\"caf\xe9 \x96 x\",\"text\":\"x\"}", "caf\xc3\xa9 \xe2\x80\x93 x",
		  1 },
		{ "{\"title\":\"tab\there\",\"text\":\"x\"}", "tab here", 1 },
		{ "{\"title\":\"bell\x07 here\",\"text\":\"x\"}", "bell  here", 1 },
		{ "{\"title\":\"half \\ud83d pair\",\"text\":\"x\"}", "half \xef\xbf\xbd pair", 1 },
		{ "{\"title\":\"half \\uDE00\\n pair\",\"text\":\"x\"}", "half \xef\xbf\xbd pair",
		  1 },
		{ "{\"title\":\"\\ud83d\\ud83d\\ude00\",\"text\":\"x\"}",
		  "\xef\xbf\xbd\xf0\x9f\x98\x80", 1 },
		{ "{\"title\":\"\\\\ud83d\",\"text\":\"x\"}", "\\ud83d", 0 },
		{ "{\"title\":\"whole \\ud83d\\ude00\",\"text\":\"x\"}", "whole \xf0\x9f\x98\x80",
		  0 },
		/* valid JSON, but no characters of a title: cleaned, not counted */
		{ "{\"title\":\"  a\\u0000b\\nc \",\"text\":\"x\"}", "a b c", 0 },
		{ "\xef\xbb\xbf{\"title\":\"mark\",\"text\":\"x\"}", "mark", 0 },
		{ "{\"id\":\"\",\"text\":\"y\"}\n\xef\xbb\xbf{\"title\":\"second\",\"text\":\"x\"}",
		  "second", 1 },
	};

	for (size_t i = 0; i < sizeof(form) / sizeof(form[0]); i++) {
		struct reading r = reading_json(*state, form[i].json);

		assert_int_equal(r.n_reject, 0);
		assert_str(r.article[r.n - 1].title, form[i].title);
		assert_int_equal(r.n_repaired, form[i].repaired);
		reading_release(&r);
	}
}

static void nul_bytes_do_not_end_anything(void **state)
{
	static const char json[] = "{\"text\":\"before\0after\"}\n\0\0\0\0\n{\"text\":\"next\"}\n";
	struct reading r = reading_bytes(*state, "in.jsonl", json, sizeof(json) - 1);

	assert_int_equal(r.n, 2);
	assert_str(r.article[0].text, "before after");
	assert_int_equal(r.n_repaired, 1);
	assert_int_equal(r.n_reject, 0); /* zeros are blanks */
	assert_int_equal(r.article[1].line, 3);
	reading_release(&r);
}

static void texts_are_clean(void **state)
{
	struct reading r = reading_json(
		*state, "{\"text\":\"one\\r\\ntwo\\rthree\\u0000\\u0007\\tfour\\u007f\"}");

	assert_str(r.article[0].text, "one\ntwo\nthree  \tfour ");
	reading_release(&r);
}

static void short_fields_have_a_limit(void **state)
{
	struct bytes b = { 0 };
	struct reading r;

	bytes_add(&b, "{\"text\":\"x\",\"title\":\"", 21);
	for (int i = 0; i < 5000; i++)
		bytes_add(&b, "\xd0\xbc", 2);
	bytes_add(&b, "\",\"id\":\"", 8);
	for (int i = 0; i < 5000; i++)
		bytes_add(&b, "i", 1);
	bytes_add(&b, "\"}", 2);
	r = reading_bytes(*state, "in.jsonl", b.p, b.n);
	assert_int_equal(r.n, 1);
	assert_int_equal(r.article[0].title.len, 4096);
	assert_int_equal(r.article[0].id.len, 1024);
	reading_release(&r);
	free(b.p);
}

static struct bytes nested(size_t depth, const char *open, const char *close)
{
	struct bytes b = { 0 };

	bytes_add(&b, "{\"text\":\"x\",\"a\":", 16);
	for (size_t i = 0; i < depth; i++)
		bytes_add(&b, open, strlen(open));
	bytes_add(&b, "1", 1);
	for (size_t i = 0; i < depth; i++)
		bytes_add(&b, close, strlen(close));
	bytes_add(&b, "}\n{\"text\":\"after\"}\n", 19);
	return b;
}

static void deep_json_is_refused(void **state)
{
	static const char *const bracket[][2] = { { "[", "]" }, { "{\"a\":", "}" } };

	for (int k = 0; k < 2; k++) {
		struct bytes b = nested(100000, bracket[k][0], bracket[k][1]);
		struct reading r = reading_bytes(*state, "in.jsonl", b.p, b.n);

		assert_int_equal(r.n, 1);
		assert_int_equal(r.n_reject, 1);
		assert_reject(&r.reject[0], NB_REJECT_TOO_DEEP, 1, 0);
		reading_release(&r);
		free(b.p);

		b = nested(NB_DEPTH_MAX - 10, bracket[k][0], bracket[k][1]);
		r = reading_bytes(*state, "in.jsonl", b.p, b.n);
		assert_int_equal(r.n, 2);
		reading_release(&r);
		free(b.p);
	}
	/* the same with the record spread over lines */
	{
		struct bytes b = nested(100000, "[\n", "]\n");
		struct reading r = reading_bytes(*state, "in.json", b.p, b.n);

		assert_int_equal(r.n, 1);
		assert_reject(&r.reject[0], NB_REJECT_TOO_DEEP, 1, 0);
		reading_release(&r);
		free(b.p);
	}
}

static void json_files_of_other_shapes(void **state)
{
	static const struct {
		const char *name, *content, *format, *lines;
	} form[] = {
		{ "a.json", "{\"text\":\"one\"}", "json", "1" },
		{ "a.json", "{\n  \"title\": \"T\",\n  \"text\": \"one\"\n}\n", "json", "1" },
		{ "a.json", "[{\"text\":\"one\"},\n {\"text\":\"two\"}]", "json", "12" },
		{ "a.json", "\n\n[\n  {\n \"text\":\"one ] } \\\" [\"\n },\n{\"text\":\"two\"}\n]",
		  "json", "47" },
		{ "a.json", "{\"text\":\"one\"}\n{\"text\":\"two\"}\n", "jsonl", "12" },
		{ "a.json", "{\n\"text\":\"one\"\n}\n{\n\"text\":\"two\"\n}\n", "json", "14" },
		{ "a.json", "\xef\xbb\xbf[{\"text\":\"one\"}]", "json", "1" },
		{ "noname", "{\"text\":\"one\"}\n", "jsonl", "1" },
		{ "noname", "[ {\"text\":\"one\"} ]", "json", "1" },
		{ "a.txt", "{\"text\":\"one\"}\n{\"text\":\"two\"}\n", "jsonl", "12" },
		{ "a.json", "[]", "json", "" },
		{ "a.jsonl", "{\"text\":\"one\", \"x\": {\n{\"text\":\"two\"}\n", "jsonl", "2!" },
		{ "a.jsonl", "garbage\n{\"text\":\"two\"}\n", "jsonl", "2!" },
		{ "noname", "xt\":\"half\"}\n{\"text\":\"two\"}\n{\"text\":\"three\"}\n", "jsonl",
		  "23!" },
		{ "a.json", "[1, {\"text\":\"one\"}, \"two, {}\", [3], {\"text\":\"x\"}]", "json",
		  "11!!!" },
		{ "a.json", "[{\"text\":\"one\"},{\"text\":", "json", "1!" },
		{ "a.json", "[{\"text\":\"one\"}", "json", "1!" },
	};

	for (size_t i = 0; i < sizeof(form) / sizeof(form[0]); i++) {
		struct reading r = reading_bytes(*state, form[i].name, form[i].content,
						 strlen(form[i].content));
		char got[16] = "";
		size_t n = 0;

		for (size_t k = 0; k < r.n; k++)
			got[n++] = (char)('0' + r.article[k].line);
		for (size_t k = 0; k < r.n_reject; k++)
			got[n++] = '!';
		if (strcmp(got, form[i].lines) != 0 ||
		    strcmp(r.file[0].format, form[i].format) != 0)
			fail_msg("%s was read as %s %s", form[i].content, r.file[0].format, got);
		reading_release(&r);
	}
}

/* A file that was preallocated and not filled: zeros are blanks here too. */
static void zeros_after_json_are_padding(void **state)
{
	static const char json[] = "[{\"text\":\"one\"}]\n\0\0\0\0\0\0\0\0";
	struct reading r = reading_bytes(*state, "a.json", json, sizeof(json));

	assert_int_equal(r.n, 1);
	assert_int_equal(r.n_reject, 0);
	reading_release(&r);
}

static void plain_text(void **state)
{
	struct reading r = reading_bytes(*state, "a.txt",
					 "\n  Headline here \r\n\r\nFirst line.\r\nSecond.\n", 42);

	assert_int_equal(r.n, 1);
	assert_str(r.article[0].title, "Headline here");
	assert_str(r.article[0].text, "First line.\nSecond.");
	assert_str(r.article[0].id, "file:a.txt");
	assert_int_equal(r.article[0].line, 1);
	assert_int_equal(r.article[0].published_at, NB_NO_TIME);
	assert_string_equal(r.file[0].format, "text");
	reading_release(&r);

	r = reading_bytes(*state, "noname", "Only one line", 13);
	assert_str(r.article[0].title, "Only one line");
	assert_str(r.article[0].text, "Only one line");
	reading_release(&r);

	r = reading_bytes(*state, "a.txt",
			  "\xef\xbb\xbf"
			  "caf\xe9\nna\xefve text",
			  18);
	assert_str(r.article[0].title, "caf\xc3\xa9");
	assert_str(r.article[0].text, "na\xc3\xafve text");
	assert_int_equal(r.n_repaired, 1);
	reading_release(&r);

	r = reading_bytes(*state, "a.txt", "[Reuters] A report\nfrom {somewhere}", 35);
	assert_str(r.article[0].title, "[Reuters] A report");
	reading_release(&r);

	r = reading_bytes(*state, "a.txt", " \n \n", 4);
	assert_int_equal(r.n, 0);
	assert_reject(&r.reject[0], NB_REJECT_NO_TEXT, 1, 0);
	reading_release(&r);
}

static void strangers_are_named(void **state)
{
	static const struct {
		const char *name, *content;
		size_t n;
		const char *says;
	} form[] = {
		{ "a", "<?xml version=\"1.0\"?><kml/>", 27, "XML" },
		{ "a", "filedesc://a.arc 0.0.0.0 20240501 text/plain 9\n", 47, "ARC" },
		{ "a.pdf", "%PDF-1.4\n%", 10, "PDF" },
		{ "a",
		  "\x7f"
		  "ELF\x02\x01\x01\0\0\0\0\0\0\0\0\0",
		  16, "binary" },
		{ "a.gz", "\xe9 no gzip header, and no UTF-8 text either", 42, "name" },
	};

	for (size_t i = 0; i < sizeof(form) / sizeof(form[0]); i++) {
		struct reading r = reading_bytes(*state, form[i].name, form[i].content, form[i].n);

		assert_int_equal(r.n, 0);
		assert_int_equal(r.n_reject, 1);
		assert_reject(&r.reject[0], NB_REJECT_UNREADABLE, 0, 0);
		if (!strstr(r.reject[0].detail.ptr, form[i].says))
			fail_msg("%s: %s", form[i].name, r.reject[0].detail.ptr);
		assert_string_equal(r.file[0].format, "");
		reading_release(&r);
	}
}

static void an_empty_file_is_nothing(void **state)
{
	struct reading r = reading_bytes(*state, "a.jsonl", "", 0);

	assert_int_equal(r.n + r.n_reject, 0);
	assert_int_equal(r.n_files, 1);
	reading_release(&r);
}

static void texts_have_a_limit(void **state)
{
	struct bytes b = { 0 };
	char *big = malloc(NB_TEXT_MAX + 1);
	struct reading r;

	assert_non_null(big);
	memset(big, 'x', NB_TEXT_MAX + 1);
	bytes_add(&b, "{\"text\":\"", 9);
	bytes_add(&b, big, NB_TEXT_MAX);
	bytes_add(&b, "\"}\n{\"text\":\"", 12);
	bytes_add(&b, big, NB_TEXT_MAX + 1);
	bytes_add(&b, "\"}\n{\"text\":\"after\"}", 19);
	r = reading_bytes(*state, "in.jsonl", b.p, b.n);
	assert_int_equal(r.n, 2);
	assert_int_equal(r.article[0].text.len, NB_TEXT_MAX);
	assert_int_equal(r.n_reject, 1);
	assert_reject(&r.reject[0], NB_REJECT_TOO_LONG, 2, NB_TEXT_MAX + 12);
	assert_str(r.article[1].text, "after");
	reading_release(&r);
	free(b.p);
	free(big);
}

#define test(f) cmocka_unit_test_setup_teardown(f, folder_setup, folder_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		test(lines_in_order),
		test(rejects_say_where_and_why),
		test(samples_are_short_and_valid),
		test(a_title_alone_is_a_flash),
		test(bytes_are_repaired_once),
		test(nul_bytes_do_not_end_anything),
		test(texts_are_clean),
		test(short_fields_have_a_limit),
		test(deep_json_is_refused),
		test(json_files_of_other_shapes),
		test(zeros_after_json_are_padding),
		test(plain_text),
		test(strangers_are_named),
		test(an_empty_file_is_nothing),
		test(texts_have_a_limit),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
