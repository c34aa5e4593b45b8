/* SPDX-License-Identifier: MIT
 *
 * test_wire.c - text wires: header, text and date of messages, and those without an end.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "unit/reading.h"

static struct reading read_wire(void **state, const char *wire)
{
	return reading_bytes(*state, "in.wire", wire, strlen(wire));
}

static void iptc_7901(void **state)
{
	struct reading r = read_wire(
		state, "\x16\x16\x01"
		       "bdt0123 4 wi 217  abc 0456\r\n\x02"
		       "Ports/Strikes/Labour/\r\nDockers walk out in the north =\r\n\r\n"
		       "Utrecht (abc) - The work stood still,\r\nsaid a \xfcnion man.\r\n\x03"
		       "171230 Mar 98\r\n\x04\r\n"
		       "\x16\x16\x01"
		       "bdt0124 5 pl 3\r\n\x02Second message\r\n\x03\r\n\x04");

	assert_int_equal(r.n, 2);
	assert_int_equal(r.n_reject, 0);
	assert_string_equal(r.file[0].format, "wire");
	assert_str(r.article[0].id, "wire:bdt0123:1998-03-17");
	assert_str(r.article[0].source, "bdt");
	assert_str(r.article[0].subjects, "wi");
	assert_str(r.article[0].title, "Dockers walk out in the north");
	assert_str(r.article[0].text, "Utrecht (abc) - The work stood still,\nsaid a \u00fcnion man.");
	assert_str(r.article[0].published_raw, "171230 Mar 98");
	assert_int_equal(r.article[0].published_at, 890137800);
	assert_str(r.article[1].id, "wire:bdt0124");
	assert_str(r.article[1].text, "Second message");
	assert_int_equal(r.article[1].line, 2);
	reading_release(&r);
}

static void anpa_1312(void **state)
{
	struct reading r = read_wire(state, "\x01"
					    "a0473 r i BC-Ports-Strike 03-17 0217\r\n\x02"
					    "^Dockers walk out<\r\n^By ANN BEE=<\r\n"
					    "UTRECHT -- Work stood still.<\r\n\x03\r\n\x04");

	assert_int_equal(r.n, 1);
	assert_str(r.article[0].title, "Dockers walk out");
	assert_str(r.article[0].text, "By ANN BEE\nUTRECHT -- Work stood still.");
	assert_str(r.article[0].subjects, "i");
	assert_int_equal(r.article[0].date_source, NB_DATE_NONE);
	reading_release(&r);
}

static void a_message_without_an_end_loses_only_itself(void **state)
{
	struct reading r = read_wire(state, "\x01" "a1 1 x\r\n\x02One\r\ntwo\x03\x04"
					    "\x01" "a2 1 x\r\n\x02Three\r\nfour"
					    "\x01" "a3 1 x\r\n\x02" "Five\r\nsix\x03\x04"
					    "\x01" "a4 1 x");

	assert_int_equal(r.n, 2);
	assert_str(r.article[1].text, "six");
	assert_int_equal(r.n_reject, 2);
	assert_int_equal(r.reject[0].reason, NB_REJECT_MALFORMED);
	assert_int_equal(r.reject[0].line, 2);
	assert_int_equal(r.reject[1].line, 4);
	reading_release(&r);
}

#define test(f) cmocka_unit_test_setup_teardown(f, folder_setup, folder_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		test(iptc_7901),
		test(anpa_1312),
		test(a_message_without_an_end_loses_only_itself),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
