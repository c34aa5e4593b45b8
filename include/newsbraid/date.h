/* SPDX-License-Identifier: MIT
 *
 * date.h - publication dates in the forms news comes with.
 *
 * Level: text.  Pure functions, safe from any thread, no locale, no time zone database.
 */
#ifndef NB_DATE_H
#define NB_DATE_H

#include <stdbool.h>

#include "newsbraid/nb.h"

NB_API_BEGIN

/* A time that is not known. */
#define NB_NO_TIME INT64_MIN

/**
 * Read a date.
 *
 * Accepted, with blanks around them: RFC 3339 and ISO 8601 with 'T' or blank, with or without
 * seconds, fraction, and offset ("Z", "+0000", "+00:00", "+00"); YYYYMMDD'T'hhmmss with offset;
 * YYYY-MM-DD and YYYYMMDD; "2021.05.16 09:00:04"; "16.05.2021 09:00"; "16/05/2021" (day first);
 * RFC 822/2822 ("Fri, 25 Sep 2020 10:00:00 +0300", zone names UT GMT EST..PDT); seconds or
 * milliseconds since 1970 (10 or 13 digits).  A time without offset is taken as UTC.
 *
 * @param s     any bytes
 * @param time  out: seconds since 1970-01-01 UTC, fractions cut; untouched on failure
 * @return whether s is such a date, entirely, with every field in its range, between the years
 *         1600 and 2200.  "None", "null", "" and 1970-01-01T00:00:00Z (what programs write when
 *         they do not know) are not.
 */
bool nb_date_parse(nb_str s, int64_t *time);

/** Whether s is a date that names a day and no time of it. */
bool nb_date_is_day(nb_str s);

/* A date that stands in running text. */
typedef struct nb_date_found {
	nb_str text;   /* the words it was read from */
	int64_t time;  /* seconds since 1970 UTC; a time of the day is taken as UTC */
	bool day_only; /* no time of the day stands there: time is midnight */
} nb_date_found;

/**
 * Find the first full date in running text: "Posted on November 19, 2019 at 10:05 am",
 * "19. Nov. 2019", "19 de noviembre de 2019", "19.11.2019 | 10:05", "2019年11月19日".
 *
 * @param text         valid UTF-8
 * @param month_first  whether 4/5/2019 is April, as in the USA
 * @param out          untouched content undefined unless found
 * @return whether there is one, with its year between 1900 and 2100
 *
 * Months in Arabic, Czech, Danish, Dutch, English, French, German, Italian, Norwegian, Polish,
 * Portuguese, Russian, Spanish, Swedish, Turkish, Ukrainian.  O(text).
 */
bool nb_date_find(nb_str text, bool month_first, nb_date_found *out);

/** Room for nb_date_format, its NUL included. */
#define NB_DATE_TEXT 24

/** Write time as RFC 3339 UTC, "2020-09-25T07:00:00Z", NUL-terminated.  NB_NO_TIME gives "". */
void nb_date_format(int64_t time, char out[NB_DATE_TEXT]);

NB_API_END

#endif
