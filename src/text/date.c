/* SPDX-License-Identifier: MIT
 *
 * date.c - see date.h.
 *
 * One cursor walks over the text; every taker either moves it over what it knows or fails.  The C
 * library's parsers are of no use here: they depend on the locale and accept half a date.
 */
#include "newsbraid/date.h"

#include <string.h>
#include <strings.h>

#include "base/ascii.h"

#define YEAR_FIRST 1600
#define YEAR_LAST  2200
#define DAY_S      INT64_C(86400)

/* What is still to be read, and the fields found so far. */
struct cursor {
	const char *p, *end;
	int year, month, day, hour, minute, second;
	int offset_s; /* local time minus UTC */
	bool clock;   /* a time of the day stood there */
};

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
	return ((unsigned char)c | 32) >= 'a' && ((unsigned char)c | 32) <= 'z';
}

static bool at_end(const struct cursor *c)
{
	return c->p == c->end;
}

static size_t count_digits(const struct cursor *c)
{
	size_t n = 0;

	while (c->p + n < c->end && is_digit(c->p[n]))
		n++;
	return n;
}

/* Take exactly n digits as a number. */
static bool take_digits(struct cursor *c, size_t n, int *out)
{
	int value = 0;

	if ((size_t)(c->end - c->p) < n)
		return false;
	for (size_t i = 0; i < n; i++) {
		if (!is_digit(c->p[i]))
			return false;
		value = value * 10 + (c->p[i] - '0');
	}
	c->p += n;
	*out = value;
	return true;
}

/* Take one or two digits. */
static bool take_short(struct cursor *c, int *out)
{
	size_t n = count_digits(c);

	return (n == 1 || n == 2) && take_digits(c, n, out);
}

static bool take_char(struct cursor *c, char wanted)
{
	if (at_end(c) || *c->p != wanted)
		return false;
	c->p++;
	return true;
}

static bool take_blanks(struct cursor *c)
{
	const char *before = c->p;

	while (!at_end(c) && nb_is_blank(*c->p))
		c->p++;
	return c->p > before;
}

/* Letters up to the next other character. */
static nb_str take_word(struct cursor *c)
{
	const char *before = c->p;

	while (!at_end(c) && is_letter(*c->p))
		c->p++;
	return (nb_str){ before, (size_t)(c->p - before) };
}

/* "Sep" or "September", also "Sept". */
static int month_number(nb_str word)
{
	static const char *const name[12] = { "January",   "February", "March",    "April",
					      "May",       "June",     "July",     "August",
					      "September", "October",  "November", "December" };

	if (word.len < 3)
		return 0;
	for (int i = 0; i < 12; i++)
		if (strncasecmp(word.ptr, name[i], word.len) == 0 && strlen(name[i]) >= word.len &&
		    (word.len <= 4 || word.len == strlen(name[i])))
			return i + 1;
	return 0;
}

static bool is_weekday(nb_str word)
{
	static const char *const name[7] = { "Monday", "Tuesday",  "Wednesday", "Thursday",
					     "Friday", "Saturday", "Sunday" };

	for (int i = 0; i < 7; i++)
		if ((word.len == 3 && strncasecmp(word.ptr, name[i], 3) == 0) ||
		    nb_same_word(word, name[i]))
			return true;
	return false;
}

static bool zone_offset(nb_str word, int *offset_s)
{
	static const struct {
		const char *name;
		int hours;
	} zone[] = { { "Z", 0 },    { "UTC", 0 },  { "GMT", 0 },  { "UT", 0 },
		     { "EST", -5 }, { "EDT", -4 }, { "CST", -6 }, { "CDT", -5 },
		     { "MST", -7 }, { "MDT", -6 }, { "PST", -8 }, { "PDT", -7 } };

	for (size_t i = 0; i < sizeof(zone) / sizeof(zone[0]); i++) {
		if (nb_same_word(word, zone[i].name)) {
			*offset_s = zone[i].hours * 3600;
			return true;
		}
	}
	return false;
}

/* "+0300", "+03:00", "+03", "-0500", after the sign has been seen. */
static bool take_numeric_offset(struct cursor *c)
{
	int sign = *c->p++ == '-' ? -1 : 1;
	int hours, minutes = 0;

	if (!take_digits(c, 2, &hours))
		return false;
	if (take_char(c, ':')) {
		if (!take_digits(c, 2, &minutes))
			return false;
	} else if (count_digits(c) == 2 && !take_digits(c, 2, &minutes)) {
		return false;
	}
	if (hours > 23 || minutes > 59)
		return false;
	c->offset_s = sign * (hours * 3600 + minutes * 60);
	return true;
}

/* An offset or nothing, then the end of the text; RFC 822 allows a comment "(CEST)" after it. */
static bool take_zone_and_end(struct cursor *c)
{
	take_blanks(c);
	if (at_end(c))
		return true;
	if (*c->p == '+' || *c->p == '-') {
		if (!take_numeric_offset(c))
			return false;
	} else if (!zone_offset(take_word(c), &c->offset_s)) {
		return false;
	}
	take_blanks(c);
	if (take_char(c, '(')) {
		while (!at_end(c) && *c->p != ')')
			c->p++;
		if (!take_char(c, ')'))
			return false;
	}
	return at_end(c);
}

/* "09:00", "09:00:04", "09:00:04.79"; RFC 822 hours may have one digit. */
static bool take_clock(struct cursor *c)
{
	c->clock = true;
	if (!take_short(c, &c->hour) || !take_char(c, ':') || !take_digits(c, 2, &c->minute))
		return false;
	if (!take_char(c, ':'))
		return true;
	if (!take_digits(c, 2, &c->second))
		return false;
	if (take_char(c, '.') || take_char(c, ',')) {
		size_t n = count_digits(c);

		c->p += n;
		return n > 0;
	}
	return true;
}

/* What stands after a date: nothing, or 'T' or blanks, a clock and an offset. */
static bool take_rest(struct cursor *c)
{
	if (at_end(c))
		return true;
	if (!take_char(c, 'T') && !take_char(c, 't') && !take_blanks(c))
		return false;
	return take_clock(c) && take_zone_and_end(c);
}

/* YYYYMMDD, YYYYMMDDhhmmss, YYYYMMDD'T'hhmm[ss], the latter two with offset. */
static bool take_compact(struct cursor *c)
{
	bool joined = count_digits(c) == 14;

	if (!take_digits(c, 4, &c->year) || !take_digits(c, 2, &c->month) ||
	    !take_digits(c, 2, &c->day))
		return false;
	if (at_end(c))
		return true;
	if (!joined && !take_char(c, 'T') && !take_char(c, 't') && !take_blanks(c))
		return false;
	if (!joined && !at_end(c) && count_digits(c) == 2)
		return take_clock(c) && take_zone_and_end(c);
	c->clock = true;
	if (!take_digits(c, 2, &c->hour) || !take_digits(c, 2, &c->minute))
		return false;
	if (count_digits(c) == 2 && !take_digits(c, 2, &c->second))
		return false;
	if (take_char(c, '.'))
		c->p += count_digits(c);
	return take_zone_and_end(c);
}

/* 2020-09-25, 2021.05.16, 2021/05/16 and what may follow. */
static bool take_year_first(struct cursor *c)
{
	char mark;

	if (!take_digits(c, 4, &c->year) || at_end(c))
		return false;
	mark = *c->p++;
	if (mark != '-' && mark != '.' && mark != '/')
		return false;
	return take_digits(c, 2, &c->month) && take_char(c, mark) && take_digits(c, 2, &c->day) &&
	       take_rest(c);
}

/* 16.05.2021, 16/05/2021, 16-05-2021 and what may follow. */
static bool take_day_first(struct cursor *c)
{
	char mark;

	if (!take_short(c, &c->day) || at_end(c))
		return false;
	mark = *c->p++;
	if (mark != '.' && mark != '/' && mark != '-')
		return false;
	return take_short(c, &c->month) && take_char(c, mark) && count_digits(c) == 4 &&
	       take_digits(c, 4, &c->year) && take_rest(c);
}

/* [Fri,] 25 Sep 2020 [10:00[:00] [zone]] */
static bool take_rfc822(struct cursor *c)
{
	size_t n;

	if (!at_end(c) && is_letter(*c->p)) {
		if (!is_weekday(take_word(c)))
			return false;
		take_char(c, ',');
		take_blanks(c);
	}
	if (!take_short(c, &c->day) || !take_blanks(c))
		return false;
	c->month = month_number(take_word(c));
	if (c->month == 0 || !take_blanks(c))
		return false;
	n = count_digits(c);
	if ((n != 2 && n != 4) || !take_digits(c, n, &c->year))
		return false;
	if (n == 2)
		c->year += c->year < 50 ? 2000 : 1900;
	if (at_end(c))
		return true;
	return take_blanks(c) && take_clock(c) && take_zone_and_end(c);
}

/* Days from 1970-01-01 of a proleptic Gregorian date; years are counted from March, so that the
 * leap day is a year's last. */
static int64_t days_of(int64_t year, int month, int day)
{
	int64_t y = month <= 2 ? year - 1 : year;
	int64_t era = (y >= 0 ? y : y - 399) / 400;
	int64_t of_era = y - era * 400;
	int64_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;

	return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

static void date_of(int64_t days, int64_t *year, int *month, int *day)
{
	int64_t z = days + 719468;
	int64_t era = (z >= 0 ? z : z - 146096) / 146097;
	int64_t of_era = z - era * 146097;
	int64_t y = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
	int64_t of_year = of_era - (365 * y + y / 4 - y / 100);
	int64_t m = (5 * of_year + 2) / 153;

	*day = (int)(of_year - (153 * m + 2) / 5 + 1);
	*month = (int)(m < 10 ? m + 3 : m - 9);
	*year = y + era * 400 + (*month <= 2);
}

static int days_in_month(int year, int month)
{
	static const int days[12] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

	return days[month - 1] + (month == 2 && leap);
}

static bool fields_to_time(const struct cursor *c, int64_t *time)
{
	if (c->year < YEAR_FIRST || c->year > YEAR_LAST || c->month < 1 || c->month > 12 ||
	    c->day < 1 || c->day > days_in_month(c->year, c->month) || c->hour > 23 ||
	    c->minute > 59 || c->second > 60)
		return false;
	*time = days_of(c->year, c->month, c->day) * DAY_S + c->hour * 3600 + c->minute * 60 +
		c->second - c->offset_s;
	return true;
}

static bool epoch_to_time(struct cursor *c, size_t n, int64_t *time)
{
	int64_t value = 0;

	c->clock = true;
	for (size_t i = 0; i < n; i++)
		value = value * 10 + (c->p[i] - '0');
	*time = n == 13 ? value / 1000 : value;
	return *time < days_of(YEAR_LAST + 1, 1, 1) * DAY_S;
}

static bool parse(struct cursor *c, int64_t *time)
{
	size_t n = count_digits(c);
	bool taken;

	if (c->p + n == c->end && (n == 10 || n == 13))
		return epoch_to_time(c, n, time);
	if (n == 8 || n == 14)
		taken = take_compact(c);
	else if (n == 4)
		taken = take_year_first(c);
	else if (n > 0 && c->p + n < c->end && !nb_is_blank(c->p[n]))
		taken = take_day_first(c);
	else
		taken = take_rfc822(c);
	return taken && at_end(c) && fields_to_time(c, time);
}

static bool read_date(nb_str s, struct cursor *c, int64_t *time)
{
	if (!s.ptr)
		return false;
	*c = (struct cursor){ .p = s.ptr, .end = s.ptr + s.len };
	take_blanks(c);
	while (c->end > c->p && nb_is_blank(c->end[-1]))
		c->end--;
	return parse(c, time) && *time != 0;
}

bool nb_date_parse(nb_str s, int64_t *time)
{
	struct cursor c;
	int64_t found = 0;

	if (!read_date(s, &c, &found))
		return false;
	*time = found;
	return true;
}

bool nb_date_is_day(nb_str s)
{
	struct cursor c;
	int64_t found = 0;

	return read_date(s, &c, &found) && !c.clock;
}

static void put_digits(char *out, int64_t value, int n)
{
	while (n-- > 0) {
		out[n] = (char)('0' + value % 10);
		value /= 10;
	}
}

void nb_date_format(int64_t time, char out[NB_DATE_TEXT])
{
	const int64_t first = days_of(0, 1, 1) * DAY_S, last = days_of(10000, 1, 1) * DAY_S;
	int64_t days, rest, year;
	int month, day;

	out[0] = '\0';
	if (time < first || time >= last)
		return;
	days = time / DAY_S - (time % DAY_S < 0);
	rest = time - days * DAY_S;
	date_of(days, &year, &month, &day);
	memcpy(out, "0000-00-00T00:00:00Z", 21);
	put_digits(out, year, 4);
	put_digits(out + 5, month, 2);
	put_digits(out + 8, day, 2);
	put_digits(out + 11, rest / 3600, 2);
	put_digits(out + 14, rest / 60 % 60, 2);
	put_digits(out + 17, rest % 60, 2);
}
