/* SPDX-License-Identifier: MIT
 *
 * date_find.c - the first date in running text: nb_date_find of date.h.
 *
 * Months are known by the letters they begin with, in the languages most news is in; what stands
 * around them (a day, a year) keeps other words that begin so from being months.
 */
#include <string.h>

#include "newsbraid/date.h"
#include "text/language.h"

#define YEAR_FIRST 1900
#define YEAR_LAST  2100
#define GAP_MOST   16 /* bytes between a date and its time of the day: ", at ", " | " */

/* What is read, and the fields found. */
struct finder {
	const char *p, *end;
	int year, month, day;
	bool month_first;
};

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Letters, and every byte of a letter beyond ASCII. */
static bool is_letter(char c)
{
	return (unsigned char)c >= 0x80 ||
	       (((unsigned char)c | 32) >= 'a' && ((unsigned char)c | 32) <= 'z');
}

static int take_number(struct finder *f, size_t least, size_t most)
{
	const char *p = f->p;
	int value = 0;

	while (p < f->end && is_digit(*p) && (size_t)(p - f->p) <= most)
		value = value * 10 + (*p++ - '0');
	if ((size_t)(p - f->p) < least || (size_t)(p - f->p) > most)
		return -1;
	f->p = p;
	return value;
}

static bool take(struct finder *f, const char *text)
{
	size_t n = strlen(text);

	if ((size_t)(f->end - f->p) < n || memcmp(f->p, text, n) != 0)
		return false;
	f->p += n;
	return true;
}

/* A month's name, and the rest of its word. */
static bool take_month(struct finder *f)
{
	char word[24];
	size_t n = 0;
	const char *p = f->p;

	for (; p < f->end && is_letter(*p) && n < sizeof(word) - 1; p++)
		word[n++] = *p >= 'A' && *p <= 'Z' ? (char)(*p | 32) : *p;
	word[n] = '\0';
	if (n < 3 || (p < f->end && is_letter(*p)))
		return false;
	f->month = 0;
	/* the longest beginning decides: "juin", "juil" before "jul" */
	for (size_t i = 0, best = 0; i < nb_n_language_months; i++) {
		const nb_language_word *known = &nb_language_months[i];
		size_t len = strlen(known->text);

		if (len > best && len <= n && memcmp(known->text, word, len) == 0) {
			f->month = (int)known->value;
			best = len;
		}
	}
	f->p = p;
	return f->month > 0;
}

/* Blanks, marks and small words between the parts of a date. */
static void skip_between(struct finder *f)
{
	while (f->p < f->end && strchr(" .,-/\n", *f->p))
		f->p++;
	if (take(f, "de ") || take(f, "of ") || take(f, "del "))
		skip_between(f);
}

static void skip_ordinal(struct finder *f)
{
	if (!take(f, "st") && !take(f, "nd") && !take(f, "rd") && !take(f, "th") &&
	    !take(f, "er") && !take(f, "º"))
		take(f, "°");
}

static bool take_year(struct finder *f)
{
	f->year = take_number(f, 4, 4);
	return f->year >= YEAR_FIRST && f->year <= YEAR_LAST;
}

/* 19 November 2019, 19. Nov. 2019, 19 de noviembre de 2019 */
static bool day_month_name(struct finder *f)
{
	f->day = take_number(f, 1, 2);
	if (f->day < 1)
		return false;
	skip_ordinal(f);
	skip_between(f);
	if (!take_month(f))
		return false;
	skip_between(f);
	return take_year(f);
}

/* November 19, 2019 */
static bool month_name_day(struct finder *f)
{
	if (!take_month(f))
		return false;
	skip_between(f);
	f->day = take_number(f, 1, 2);
	if (f->day < 1)
		return false;
	skip_ordinal(f);
	skip_between(f);
	return take_year(f);
}

/* 19.11.2019, 19/11/2019, 11/19/2019 */
static bool day_month_year(struct finder *f)
{
	int first = take_number(f, 1, 2), second;
	char mark = f->p < f->end ? *f->p : 0;
	bool swap;

	if (first < 1 || (mark != '.' && mark != '/' && mark != '-'))
		return false;
	f->p++;
	while (f->p < f->end && *f->p == ' ')
		f->p++;
	second = take_number(f, 1, 2);
	if (second < 1 || f->p == f->end || *f->p++ != mark)
		return false;
	while (f->p < f->end && *f->p == ' ')
		f->p++;
	swap = second > 12 || (mark == '/' && f->month_first && first <= 12);
	f->day = swap ? second : first;
	f->month = swap ? first : second;
	return take_year(f);
}

/* 2019-11-19, 2019/11/19, 2019年11月19日, 2019년 11월 19일 */
static bool year_first(struct finder *f)
{
	if (!take_year(f))
		return false;
	if (!take(f, "-") && !take(f, "/") && !take(f, ".") && !take(f, "年") && !take(f, "년"))
		return false;
	take(f, " ");
	f->month = take_number(f, 1, 2);
	if (!take(f, "-") && !take(f, "/") && !take(f, ".") && !take(f, "月") && !take(f, "월"))
		return false;
	take(f, " ");
	f->day = take_number(f, 1, 2);
	if (!take(f, "日"))
		take(f, "일");
	return f->day > 0;
}

/* A clock a few marks or small words after the date; -1 if none. */
static int take_minutes(struct finder *f)
{
	const char *stop = f->end - f->p > GAP_MOST ? f->p + GAP_MOST : f->end;
	int hour, minute;
	bool pm;

	while (f->p < stop && !is_digit(*f->p))
		f->p++;
	hour = take_number(f, 1, 2);
	if (hour < 0 || hour > 23 || f->p == f->end || !strchr(":.hH", *f->p))
		return -1;
	f->p++;
	minute = take_number(f, 2, 2);
	if (minute < 0 || minute > 59)
		return -1;
	if (f->p < f->end && *f->p == ':') {
		f->p++;
		take_number(f, 2, 2);
	}
	while (f->p < f->end && *f->p == ' ')
		f->p++;
	pm = f->end - f->p >= 2 && (f->p[0] | 32) == 'p' && strchr("mM.", f->p[1]);
	if (pm || (f->end - f->p >= 2 && (f->p[0] | 32) == 'a' && strchr("mM.", f->p[1]))) {
		if (hour > 12)
			return -1;
		hour = hour % 12 + (pm ? 12 : 0);
		f->p += 2;
	}
	return hour * 60 + minute;
}

static void put(char *out, int value, int n)
{
	while (n-- > 0) {
		out[n] = (char)('0' + value % 10);
		value /= 10;
	}
}

/* The fields as a date, with a time of the day if one follows; false if there is no such day. */
static bool finish(struct finder *f, const char *begin, nb_date_found *out)
{
	struct finder clock = *f;
	int minutes = take_minutes(&clock);
	char iso[] = "0000-00-00T00:00:00Z";

	put(iso, f->year, 4);
	put(iso + 5, f->month, 2);
	put(iso + 8, f->day, 2);
	if (minutes >= 0) {
		put(iso + 11, minutes / 60, 2);
		put(iso + 14, minutes % 60, 2);
		f->p = clock.p;
	}
	out->day_only = minutes < 0;
	out->text = (nb_str){ begin, (size_t)(f->p - begin) };
	return nb_date_parse((nb_str){ iso, 20 }, &out->time);
}

/* A date that begins at p. */
static bool date_at(const char *p, const char *end, bool month_first, nb_date_found *out)
{
	bool (*const digits[])(struct finder *) = { year_first, day_month_year, day_month_name };
	struct finder f = { .p = p, .end = end, .month_first = month_first };

	if (!is_digit(*p))
		return month_name_day(&f) && finish(&f, p, out);
	for (size_t i = 0; i < sizeof(digits) / sizeof(digits[0]); i++) {
		f.p = p;
		if (digits[i](&f) && !(f.p < end && is_digit(*f.p)) && finish(&f, p, out))
			return true;
	}
	return false;
}

bool nb_date_find(nb_str text, bool month_first, nb_date_found *out)
{
	const char *p = text.ptr, *end = p + text.len;

	while (p < end) {
		bool digit = is_digit(*p);

		if (!digit && !is_letter(*p)) {
			p++;
			continue;
		}
		if (date_at(p, end, month_first, out))
			return true;
		/* dates begin where words and numbers do; scripts without blanks have no words */
		if (digit)
			while (p < end && is_digit(*p))
				p++;
		else
			while (p < end && is_letter(*p))
				p++;
	}
	return false;
}
