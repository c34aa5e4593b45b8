/* SPDX-License-Identifier: MIT
 *
 * test_utf8.c - the check, the decoder and the repair of UTF-8.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "newsbraid/utf8.h"

static const struct {
	const char *bytes;
	size_t n;
} bad[] = {
	{ "\x80", 1 },		   { "\xC0\x80", 2 },	      { "\xC1\xBF", 2 },
	{ "\xE0\x9F\xBF", 3 },	   { "\xED\xA0\x80", 3 },     { "\xF0\x8F\xBF\xBF", 4 },
	{ "\xF4\x90\x80\x80", 4 }, { "\xF5\x80\x80\x80", 4 }, { "\xE2\x82", 2 },
	{ "\xC3", 1 },		   { "\xF0\x9F\x98", 3 },     { "\xFF", 1 },
	{ "\xC3(", 2 },
};

static size_t encode(uint32_t cp, char *out)
{
	if (cp < 0x80) {
		out[0] = (char)cp;
		return 1;
	}
	if (cp < 0x800) {
		out[0] = (char)(0xC0 | cp >> 6);
		out[1] = (char)(0x80 | (cp & 63));
		return 2;
	}
	if (cp < 0x10000) {
		out[0] = (char)(0xE0 | cp >> 12);
		out[1] = (char)(0x80 | (cp >> 6 & 63));
		out[2] = (char)(0x80 | (cp & 63));
		return 3;
	}
	out[0] = (char)(0xF0 | cp >> 18);
	out[1] = (char)(0x80 | (cp >> 12 & 63));
	out[2] = (char)(0x80 | (cp >> 6 & 63));
	out[3] = (char)(0x80 | (cp & 63));
	return 4;
}

static void every_code_point_decodes(void **state)
{
	char bytes[4];
	uint32_t cp, got;

	(void)state;
	for (cp = 1; cp < 0x110000; cp += cp % 997 == 0 ? 5 : 1) {
		size_t n = encode(cp, bytes);
		bool surrogate = cp >= 0xD800 && cp < 0xE000;

		assert_int_equal(nb_utf8_valid(bytes, n), !surrogate);
		assert_int_equal(nb_utf8_decode(bytes, n, &got), surrogate ? 1 : n);
		assert_int_equal(got, surrogate ? 0xFFFD : cp);
	}
}

static void malformed_sequences_are_found(void **state)
{
	uint32_t cp;

	(void)state;
	assert_true(nb_utf8_valid("", 0));
	assert_true(nb_utf8_valid(NULL, 0));
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		assert_false(nb_utf8_valid(bad[i].bytes, bad[i].n));
		assert_int_equal(nb_utf8_decode(bad[i].bytes, bad[i].n, &cp), 1);
		assert_int_equal(cp, 0xFFFD);
	}
}

static void check_repair(const char *text, size_t n, const char *want, size_t want_repaired)
{
	char *out = malloc(NB_UTF8_REPAIR_MAX(n) + 1), *exact = malloc(n + 1);
	size_t repaired, got;

	memcpy(exact, text, n); /* so that the address sanitizer sees a read past the end */
	got = nb_utf8_repair(exact, n, out, &repaired);
	assert_int_equal(got, strlen(want));
	assert_memory_equal(out, want, got);
	assert_int_equal(repaired, want_repaired);
	free(out);
	free(exact);
}

static void repair_reads_windows_1252(void **state)
{
	(void)state;
	check_repair("caf\xE9 \x93quoted\x94 \x80 5", 17,
		     "caf\u00e9 \u201cquoted\u201d \u20ac 5", 4);
	check_repair("\x81", 1, "\uFFFD", 1);
	check_repair("\xC3", 1, "\u00c3", 1);
	check_repair("na\u00efve", 6, "na\u00efve", 0);
	/* C1 controls are Windows-1252 that went through Latin-1 */
	check_repair("it\xC2\x92s", 5, "it\u2019s", 0);
}

static void repair_cleans_controls(void **state)
{
	(void)state;
	check_repair("\xEF\xBB\xBF" "a\r\nb\rc\td\x01" "e\x7F" "f\0g", 17, "a\nb\nc\td e f g", 0);
	check_repair("a\r", 2, "a\n", 0);
	check_repair("", 0, "", 0);
	check_repair("x\xEF\xBB\xBF", 4, "x\xEF\xBB\xBF", 0);
}

/* Whatever goes in, valid UTF-8 without controls comes out, and a second repair changes nothing. */
static void repair_is_total_and_stable(void **state)
{
	uint64_t seed = 1;

	(void)state;
	for (int round = 0; round < 3000; round++) {
		uint8_t in[96];
		char out[NB_UTF8_REPAIR_MAX(sizeof(in))], again[NB_UTF8_REPAIR_MAX(sizeof(out))];
		size_t n = (size_t)round % (sizeof(in) + 1), m, repaired;

		for (size_t i = 0; i < n; i++) {
			seed = seed * UINT64_C(6364136223846793005) + 1442695040888963407u;
			in[i] = (uint8_t)(round % 3 ? seed >> 56 : 0x60 | seed >> 59);
		}
		m = nb_utf8_repair((const char *)in, n, out, NULL);
		assert_true(m <= NB_UTF8_REPAIR_MAX(n));
		assert_true(nb_utf8_valid(out, m));
		for (size_t i = 0; i < m; i++)
			assert_true((uint8_t)out[i] >= 0x20 || out[i] == '\n' || out[i] == '\t');
		/* a mark made of bad bytes must not vanish as one that opens a text */
		if (m >= 3 && memcmp(out, "\xEF\xBB\xBF", 3) == 0)
			continue;
		assert_int_equal(nb_utf8_repair(out, m, again, &repaired), m);
		assert_memory_equal(out, again, m);
		assert_int_equal(repaired, 0);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_code_point_decodes),
		cmocka_unit_test(malformed_sequences_are_found),
		cmocka_unit_test(repair_reads_windows_1252),
		cmocka_unit_test(repair_cleans_controls),
		cmocka_unit_test(repair_is_total_and_stable),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
