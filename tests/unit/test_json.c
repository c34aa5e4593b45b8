/* SPDX-License-Identifier: MIT
 *
 * test_json.c - the JSON writer: punctuation, escapes, numbers.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "newsbraid/json.h"

/* The text so far equals `want`; then start afresh. */
static void expect(nb_json *j, const char *want)
{
	assert_false(j->failed);
	assert_int_equal(j->len, strlen(want));
	assert_memory_equal(j->text, want, j->len);
	nb_json_clear(j);
}

static void commas_stand_between_values_only(void **state)
{
	nb_json j = { 0 };

	(void)state;
	nb_json_open(&j, '{');
	nb_json_key(&j, "a"), nb_json_uint(&j, 1);
	nb_json_key(&j, "b"), nb_json_open(&j, '[');
	nb_json_bool(&j, true), nb_json_bool(&j, false), nb_json_null(&j);
	nb_json_open(&j, '{'), nb_json_close(&j, '}');
	nb_json_open(&j, '['), nb_json_close(&j, ']');
	nb_json_close(&j, ']');
	nb_json_key(&j, "c"), nb_json_cstring(&j, NULL);
	nb_json_key(&j, "d"), nb_json_cstring(&j, "");
	nb_json_close(&j, '}');
	expect(&j, "{\"a\":1,\"b\":[true,false,null,{},[]],\"c\":null,\"d\":\"\"}");
	nb_json_release(&j);
}

static void rows_are_lines(void **state)
{
	nb_json j = { 0 };

	(void)state;
	for (unsigned i = 0; i < 3; i++) {
		nb_json_open(&j, '{');
		nb_json_key(&j, "i"), nb_json_uint(&j, i);
		nb_json_close(&j, '}');
		nb_json_newline(&j);
	}
	expect(&j, "{\"i\":0}\n{\"i\":1}\n{\"i\":2}\n");
	nb_json_release(&j);
}

static void indented_text_is_for_people(void **state)
{
	nb_json j = { .indent = 2 };

	(void)state;
	nb_json_open(&j, '{');
	nb_json_key(&j, "a"), nb_json_cstring(&j, "x");
	nb_json_key(&j, "b"), nb_json_open(&j, '[');
	nb_json_uint(&j, 1), nb_json_uint(&j, 2);
	nb_json_close(&j, ']');
	nb_json_key(&j, "none"), nb_json_open(&j, '['), nb_json_close(&j, ']');
	nb_json_key(&j, "one"), nb_json_open(&j, '{');
	nb_json_key(&j, "z"), nb_json_cstring(&j, "[");
	nb_json_close(&j, '}');
	nb_json_close(&j, '}');
	nb_json_newline(&j);
	expect(&j, "{\n  \"a\": \"x\",\n  \"b\": [\n    1,\n    2\n  ],\n  \"none\": [],\n"
		   "  \"one\": {\n    \"z\": \"[\"\n  }\n}\n");
	nb_json_release(&j);
}

static void rfc8259_escapes_and_no_others(void **state)
{
	nb_json j = { 0 };

	(void)state;
	nb_json_string(&j, NB_STR("\" \\ / \b\t\n\f\r \x01\x1f \x7f \xd0\x9f \xe2\x80\xa8"));
	expect(&j, "\"\\\" \\\\ / \\b\\t\\n\\f\\r \\u0001\\u001f \x7f \xd0\x9f \xe2\x80\xa8\"");
	nb_json_string(&j, (nb_str){ "\0x", 2 });
	expect(&j, "\"\\u0000x\"");
	nb_json_release(&j);
}

/* The plainest escaper there is. */
static size_t escape_slowly(const unsigned char *s, size_t n, char *out)
{
	static const char names[] = "\bb\tt\nn\ff\rr\"\"\\\\";
	char *p = out;

	*p++ = '"';
	for (size_t i = 0; i < n; i++) {
		const char *name = NULL;

		for (size_t k = 0; k < sizeof(names) - 1; k += 2)
			if ((unsigned char)names[k] == s[i])
				name = names + k + 1;
		if (name)
			p += sprintf(p, "\\%c", *name);
		else if (s[i] < 0x20)
			p += sprintf(p, "\\u%04x", s[i]);
		else
			*p++ = (char)s[i];
	}
	*p++ = '"';
	return (size_t)(p - out);
}

static uint64_t next_random(uint64_t *x)
{
	*x += UINT64_C(0x9e3779b97f4a7c15);
	uint64_t z = (*x ^ (*x >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);

	z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
	return z ^ (z >> 31);
}

/* Every length around the word and block sizes, specials anywhere. */
static void strings_equal_a_byte_by_byte_escaper(void **state)
{
	static unsigned char s[10000];
	static char want[6 * sizeof(s) + 2];
	uint64_t seed = 7;

	(void)state;
	for (int round = 0; round < 3000; round++) {
		size_t n = next_random(&seed) % (round % 100 ? 70 : sizeof(s)), len;
		unsigned dense = (unsigned)(next_random(&seed) % 4);
		nb_json j = { 0 };

		for (size_t i = 0; i < n; i++) {
			uint64_t r = next_random(&seed);

			s[i] = (unsigned char)(dense == 0 ? r : r % 8 ? 'a' + r % 26 : r >> 8);
			if (dense == 2 && (r >> 20) % 4 == 0)
				s[i] = (unsigned char)"\"\\\n!#[]\x1f\x20\xff\x80"[(r >> 32) % 11];
		}
		len = escape_slowly(s, n, want);
		nb_json_string(&j, (nb_str){ (char *)s, n });
		assert_int_equal(j.len, len);
		assert_memory_equal(j.text, want, len);
		nb_json_release(&j);
	}
}

static void integers_to_their_last_value(void **state)
{
	nb_json j = { 0 };

	(void)state;
	nb_json_open(&j, '[');
	nb_json_uint(&j, 0), nb_json_uint(&j, UINT64_MAX);
	nb_json_int(&j, -1), nb_json_int(&j, INT64_MAX), nb_json_int(&j, INT64_MIN);
	nb_json_close(&j, ']');
	expect(&j, "[0,18446744073709551615,-1,9223372036854775807,-9223372036854775808]");
	nb_json_release(&j);
}

static void reals_have_six_digits(void **state)
{
	nb_json j = { 0 };

	(void)state;
	nb_json_open(&j, '[');
	nb_json_real(&j, 0), nb_json_real(&j, 1), nb_json_real(&j, 0.1);
	nb_json_real(&j, 2.0 / 3), nb_json_real(&j, -0.5), nb_json_real(&j, 1e-7);
	nb_json_real(&j, -1e-9), nb_json_real(&j, 0.9999999), nb_json_real(&j, 123456789.125);
	nb_json_real(&j, 0x1p63), nb_json_real(&j, 0.0 / 0.0), nb_json_real(&j, -1 / 0.0);
	nb_json_close(&j, ']');
	expect(&j, "[0.000000,1.000000,0.100000,0.666667,-0.500000,0.000000,0.000000,1.000000,"
		   "123456789.125000,9223372036854775808.000000,null,null]");
	nb_json_real(&j, 1.7976931348623157e308);
	assert_int_equal(j.len, 309 + 7);
	nb_json_release(&j);
}

/* printf rounds the exact binary value; so do we, up to halves that no double can be. */
static void reals_equal_printf(void **state)
{
	uint64_t seed = 11;
	nb_json j = { 0 };

	(void)state;
	for (int round = 0; round < 20000; round++) {
		double x = (double)(next_random(&seed) >> 11) * 0x1p-53;
		char want[64];

		if (round % 2)
			x *= (double)(next_random(&seed) % 1000000);
		snprintf(want, sizeof(want), "%.6f", x);
		nb_json_real(&j, x);
		expect(&j, want);
	}
	nb_json_release(&j);
}

/* nb_json_fit: the prefix fits, ends between characters, and one character more would not fit. */
static void the_longest_prefix_that_fits(void **state)
{
	static const char text[] = "a\"\xc3\xa9\n\x01\xe4\xb8\xad\xf0\x9f\x98\x80z";
	const nb_str s = { text, sizeof(text) - 1 };
	size_t before = 0;

	(void)state;
	for (size_t most = 0; most < 40; most++) {
		size_t n = nb_json_fit(s, most);
		nb_json j = { 0 };

		assert_true(n == s.len || ((unsigned char)text[n] & 0xc0) != 0x80);
		nb_json_string(&j, (nb_str){ text, n });
		assert_true(j.len - 2 <= most);
		assert_true(n >= before);
		before = n;
		nb_json_release(&j);
	}
	assert_int_equal(nb_json_fit(s, 2), 1);
	assert_int_equal(nb_json_fit(s, 3), 2);
	assert_int_equal(nb_json_fit(s, 4), 2); /* half of e acute */
	assert_int_equal(nb_json_fit(s, 5), 4);
	assert_int_equal(nb_json_fit(s, 12), 5); /* \u0001 takes six */
	assert_int_equal(nb_json_fit(s, 13), 6);
	assert_int_equal(nb_json_fit(s, 19), 9);
	assert_int_equal(nb_json_fit(s, 20), 13);
	assert_int_equal(nb_json_fit(s, 21), 14);
	assert_int_equal(nb_json_fit(s, 100), s.len);
	assert_int_equal(nb_json_fit((nb_str){ 0 }, 0), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(commas_stand_between_values_only),
		cmocka_unit_test(rows_are_lines),
		cmocka_unit_test(indented_text_is_for_people),
		cmocka_unit_test(rfc8259_escapes_and_no_others),
		cmocka_unit_test(strings_equal_a_byte_by_byte_escaper),
		cmocka_unit_test(integers_to_their_last_value),
		cmocka_unit_test(reals_have_six_digits),
		cmocka_unit_test(reals_equal_printf),
		cmocka_unit_test(the_longest_prefix_that_fits),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
