/* SPDX-License-Identifier: MIT
 *
 * test_date.c - the dates news comes with, and what is no date.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "newsbraid/date.h"

static nb_str str(const char *s)
{
	return (nb_str){ s, strlen(s) };
}

/* What a date means, as RFC 3339; "-": none. */
static const char *read_as(const char *s)
{
	static char out[NB_DATE_TEXT];
	int64_t time;

	if (!nb_date_parse(str(s), &time))
		return "-";
	nb_date_format(time, out);
	return out;
}

static void reads_the_forms_of_news(void **state)
{
	static const char *const form[][2] = {
		/* RFC 3339, ISO 8601 */
		{ "2020-09-25T07:00:00Z", "2020-09-25T07:00:00Z" },
		{ "2020-09-25T10:00:00+03:00", "2020-09-25T07:00:00Z" },
		{ "2020-09-25T10:00:00+0300", "2020-09-25T07:00:00Z" },
		{ "2020-09-25T10:00:00+03", "2020-09-25T07:00:00Z" },
		{ "2020-09-24T23:30:00-07:30", "2020-09-25T07:00:00Z" },
		{ "1987-02-26T15:01:01.79Z", "1987-02-26T15:01:01Z" },
		{ "2020-09-25 07:00:00", "2020-09-25T07:00:00Z" },
		{ "2020-09-25 07:00:00+00:00", "2020-09-25T07:00:00Z" },
		{ "2020-09-25 07:00:00 UTC", "2020-09-25T07:00:00Z" },
		{ "2020-09-25t07:00z", "2020-09-25T07:00:00Z" },
		{ "2020-09-25", "2020-09-25T00:00:00Z" },
		{ "  2020-09-25\n", "2020-09-25T00:00:00Z" },
		/* compact: NewsML 1.2, ninjs, GDELT */
		{ "20210516T080625Z", "2021-05-16T08:06:25Z" },
		{ "20210516T080625+0200", "2021-05-16T06:06:25Z" },
		{ "20210516T0806Z", "2021-05-16T08:06:00Z" },
		{ "20210516", "2021-05-16T00:00:00Z" },
		{ "20210516080625", "2021-05-16T08:06:25Z" },
		/* national */
		{ "2021.05.16 09:00:04", "2021-05-16T09:00:04Z" },
		{ "2021/05/16", "2021-05-16T00:00:00Z" },
		{ "16.05.2021 09:00", "2021-05-16T09:00:00Z" },
		{ "16/05/2021", "2021-05-16T00:00:00Z" },
		{ "4.5.2021", "2021-05-04T00:00:00Z" },
		/* RFC 822 and its descendants */
		{ "Fri, 25 Sep 2020 10:00:00 +0300", "2020-09-25T07:00:00Z" },
		{ "Fri, 25 Sep 2020 10:00:00 GMT", "2020-09-25T10:00:00Z" },
		{ "25 Sep 2020 10:00 EDT", "2020-09-25T14:00:00Z" },
		{ "25 September 2020", "2020-09-25T00:00:00Z" },
		{ "Fri, 25 Sep 20 10:00:00 PST", "2020-09-25T18:00:00Z" },
		{ "Fri, 25 Sep 87 10:00:00 UT", "1987-09-25T10:00:00Z" },
		{ "Fri, 25 Sep 2020 10:00:00 +0300 (MSK)", "2020-09-25T07:00:00Z" },
		/* epoch */
		{ "1601017200", "2020-09-25T07:00:00Z" },
		{ "1601017200123", "2020-09-25T07:00:00Z" },
		/* the edges of the calendar */
		{ "2000-02-29", "2000-02-29T00:00:00Z" },
		{ "2016-12-31T23:59:60Z", "2017-01-01T00:00:00Z" },
		{ "1600-01-01", "1600-01-01T00:00:00Z" },
		{ "2200-12-31", "2200-12-31T00:00:00Z" },
		{ "1969-12-31T23:59:59Z", "1969-12-31T23:59:59Z" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(form) / sizeof(form[0]); i++)
		assert_string_equal(read_as(form[i][0]), form[i][1]);
}

static void refuses_what_is_no_date(void **state)
{
	static const char *const none[] = {
		"",
		" ",
		"None",
		"null",
		"yesterday",
		"2020",
		"2020-09",
		"2020-9-5",
		"2020-13-01",
		"2020-02-30",
		"1900-02-29",
		"2021-02-29",
		"2020-00-10",
		"2020-01-00",
		"2020-01-32",
		"1599-12-31",
		"2201-01-01",
		"2020-09-25T",
		"2020-09-25T24:00:00Z",
		"2020-09-25T10:60:00Z",
		"2020-09-25T10:00:61Z",
		"2020-09-25T10",
		"2020-09-25T10:00:00+",
		"2020-09-25T10:00:00+3",
		"2020-09-25T10:00:00+24:00",
		"2020-09-25T10:00:00X",
		"2020-09-25T10:00:00.Z",
		"2020-09-25T10:00:00Z and more",
		"2020-09.25",
		"31/02/2021",
		"16.05.21",
		"Foo, 25 Sep 2020",
		"25 Sap 2020",
		"25 Sep",
		"Sep 25 2020 10:00:00",
		/* what programs write when they do not know */
		"1970-01-01T00:00:00Z",
		"1970-01-01",
		"0000000000",
		"0000000000000",
		/* numbers of no known length */
		"0",
		"160101720",
		"16010172001",
		"99999999999999999999999999",
		"9999999999999",
	};
	int64_t time = 42;

	(void)state;
	for (size_t i = 0; i < sizeof(none) / sizeof(none[0]); i++)
		if (nb_date_parse(str(none[i]), &time))
			fail_msg("\"%s\" was read as %s", none[i], read_as(none[i]));
	assert_false(nb_date_parse((nb_str){ 0 }, &time));
	assert_int_equal(time, 42); /* untouched */
}

/* Every day of the range, against the C library's calendar. */
static void knows_a_day_from_a_time_of_it(void **state)
{
	static const char *const days[] = { "2026-03-17", "20260317", "17.03.2026", " 17/03/2026 ",
					    "17 Mar 2026" };
	static const char *const times[] = { "2026-03-17T00:00:00Z", "20260317T000000Z",
					     "17.03.2026 00:00", "1773705600",
					     "Tue, 17 Mar 2026 00:00 GMT" };

	(void)state;
	for (size_t i = 0; i < 5; i++) {
		assert_true(nb_date_is_day(str(days[i])));
		assert_false(nb_date_is_day(str(times[i])));
	}
	assert_false(nb_date_is_day(str("yesterday")));
	assert_false(nb_date_is_day((nb_str){ 0 }));
}

static void agrees_with_the_calendar(void **state)
{
	(void)state;
	for (int64_t day = -135140; day < 84370; day++) {
		time_t t = (time_t)day * 86400 + 3723;
		struct tm tm;
		char want[64], got[NB_DATE_TEXT];
		int64_t back;

		gmtime_r(&t, &tm);
		strftime(want, sizeof(want), "%Y-%m-%dT%H:%M:%SZ", &tm);
		nb_date_format((int64_t)t, got);
		assert_string_equal(got, want);
		assert_true(nb_date_parse(str(got), &back));
		assert_int_equal(back, t);
	}
}

static void formats_unknown_and_absurd_times_as_nothing(void **state)
{
	static const int64_t absurd[] = { NB_NO_TIME, INT64_MAX, INT64_MIN + 1,
					  INT64_C(253402300800), -INT64_C(62167219201) };
	char out[NB_DATE_TEXT];

	(void)state;
	for (size_t i = 0; i < sizeof(absurd) / sizeof(absurd[0]); i++) {
		nb_date_format(absurd[i], out);
		assert_string_equal(out, "");
	}
	nb_date_format(INT64_C(253402300799), out);
	assert_string_equal(out, "9999-12-31T23:59:59Z");
}

/* Any bytes are safe, and what is accepted stays a date when it is written out. */
static void survives_any_bytes(void **state)
{
	static const char alphabet[] = "0123456789-+:./TZ ,SepFri(\xff";
	uint64_t x = 88172645463325252u;

	(void)state;
	for (int round = 0; round < 300000; round++) {
		char s[40], out[NB_DATE_TEXT];
		size_t n = 0;
		int64_t time, again;

		x ^= x << 13, x ^= x >> 7, x ^= x << 17;
		if (round % 2) /* a good date with one wrong character */
			n = (size_t)snprintf(s, sizeof(s), "2020-09-25T10:00:00+03:00");
		for (size_t i = n; i < x % 32; i++, n++) {
			x ^= x << 13, x ^= x >> 7, x ^= x << 17;
			s[i] = alphabet[x % (sizeof(alphabet) - 1)];
		}
		if (round % 2)
			s[(x >> 20) % n] = alphabet[(x >> 40) % (sizeof(alphabet) - 1)];
		if (!nb_date_parse((nb_str){ s, n }, &time))
			continue;
		nb_date_format(time, out);
		assert_true(nb_date_parse(str(out), &again));
		assert_int_equal(time, again);
	}
}

static void dates_are_found_in_running_text(void **state)
{
	static const struct {
		const char *text, *time, *words;
		bool month_first;
	} given[] = {
		{ "Posted on November 19, 2019 at 10:05 am", "2019-11-19T10:05:00Z",
		  "November 19, 2019 at 10:05 am", false },
		{ "Di., 19. Nov. 2019", "2019-11-19T00:00:00Z", "19. Nov. 2019", false },
		{ "19 de noviembre de 2019", "2019-11-19T00:00:00Z", "19 de noviembre de 2019",
		  false },
		{ "le 1er juin 2019 à 10h05", "2019-06-01T10:05:00Z", "1er juin 2019 à 10h05",
		  false },
		{ "3 июля 2019, 10:05", "2019-07-03T10:05:00Z", "3 июля 2019, 10:05", false },
		{ "发布时间:2019年11月19日 10:05", "2019-11-19T10:05:00Z", "2019年11月19日 10:05",
		  false },
		{ "入力 2019.11.19", "2019-11-19T00:00:00Z", "2019.11.19", false },
		{ "4/5/2019", "2019-05-04T00:00:00Z", "4/5/2019", false },
		{ "4/5/2019", "2019-04-05T00:00:00Z", "4/5/2019", true },
		{ "5/14/2019", "2019-05-14T00:00:00Z", "5/14/2019", false },
		{ "Vol. 12, 31.02.2019, 01.03.2019", "2019-03-01T00:00:00Z", "01.03.2019", false },
		{ "May I go to room 12 in 2019?", NULL, NULL, false },
		{ "192.168.10.2019", NULL, NULL, false },
		{ "12345-11-19", NULL, NULL, false },
		{ "June 31, 2019", NULL, NULL, false },
		{ "", NULL, NULL, false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(given) / sizeof(given[0]); i++) {
		nb_str text = { given[i].text, strlen(given[i].text) };
		char out[NB_DATE_TEXT];
		nb_date_found found;

		if (nb_date_find(text, given[i].month_first, &found) != (given[i].time != NULL))
			fail_msg("%s", given[i].text);
		if (!given[i].time)
			continue;
		nb_date_format(found.time, out);
		assert_string_equal(out, given[i].time);
		assert_int_equal(found.text.len, strlen(given[i].words));
		assert_memory_equal(found.text.ptr, given[i].words, found.text.len);
		assert_int_equal(found.day_only, strstr(given[i].time, "T00:00") != NULL);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_the_forms_of_news),
		cmocka_unit_test(refuses_what_is_no_date),
		cmocka_unit_test(knows_a_day_from_a_time_of_it),
		cmocka_unit_test(agrees_with_the_calendar),
		cmocka_unit_test(formats_unknown_and_absurd_times_as_nothing),
		cmocka_unit_test(survives_any_bytes),
		cmocka_unit_test(dates_are_found_in_running_text),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
