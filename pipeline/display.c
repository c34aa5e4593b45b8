/* SPDX-License-Identifier: MIT
 *
 * display.c - see display.h.
 */
#include "display.h"

#include <inttypes.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unicode/uloc.h>
#include <unistd.h>
#include <wchar.h>

#include "newsbraid/date.h"
#include "newsbraid/utf8.h"
#include "printable.h"

#define WIDTH_OTHERWISE 100
#define ELLIPSIS	"..."

int terminal_width(void)
{
	struct winsize size;

	setlocale(LC_CTYPE, "C.UTF-8");
	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
		return size.ws_col;
	return WIDTH_OTHERWISE;
}

static int columns_of(uint32_t cp)
{
	int w = wcwidth((wchar_t)cp);

	return cp == '\n' || cp == '\t' ? 1 : w < 0 ? 0 : w;
}

size_t display_fit(nb_str s, int width, int *used)
{
	size_t at = 0;

	*used = 0;
	while (at < s.len) {
		uint32_t cp;
		unsigned n = nb_utf8_decode(s.ptr + at, s.len - at, &cp);
		int w = columns_of(cp);

		if (*used + w > width)
			break;
		*used += w;
		at += n;
	}
	return at;
}

static bool breaks_line(char c)
{
	return c == ' ' || c == '\n' || c == '\t';
}

size_t display_line(nb_str s, int width, int *used)
{
	size_t n = display_fit(s, width, used), end = n;

	if (n == s.len)
		return n;
	while (end > 0 && !breaks_line(s.ptr[end]))
		end--;
	if (end == 0)
		return n;
	return display_fit((nb_str){ s.ptr, end }, width, used);
}

int display_width(nb_str s)
{
	int used;

	display_fit(s, INT32_MAX - 2, &used);
	return used;
}

static void put(FILE *to, const char *text, size_t n)
{
	if (n)
		fwrite(text, 1, n, to);
}

void print_flat(FILE *to, nb_str s)
{
	s = printable_flat(s);
	put(to, s.ptr, s.len);
}

int print_cut(FILE *to, nb_str s, int width)
{
	const int dots = (int)sizeof(ELLIPSIS) - 1;
	int used;
	size_t n;

	s = printable_flat(s);
	n = display_fit(s, width, &used);
	if (n == s.len || width <= dots) {
		put(to, s.ptr, n);
		return used;
	}
	n = display_fit(s, width - dots, &used);
	put(to, s.ptr, n);
	fputs(ELLIPSIS, to);
	return used + dots;
}

void print_column(FILE *to, nb_str s, int width)
{
	fprintf(to, "%*s", width - print_cut(to, s, width), "");
}

void print_wrapped(FILE *to, nb_str s, int indent, int width)
{
	s = printable_flat(s);
	while (s.len > 0) {
		int used;
		size_t n = display_line(s, width - indent, &used);

		n = n ? n : s.len; /* narrower than a character */

		fprintf(to, "%*s", indent, "");
		put(to, s.ptr, n);
		fputc('\n', to);
		while (n < s.len && breaks_line(s.ptr[n]))
			n++;
		s = (nb_str){ s.ptr + n, s.len - n };
	}
}

const char *human_time(int64_t time, bool day_only, char out[HUMAN_TEXT])
{
	time_t t = (time_t)time;
	struct tm tm;

	if (time == NB_NO_TIME || !gmtime_r(&t, &tm))
		return "no time";
	strftime(out, HUMAN_TEXT, day_only ? "%a %d %b" : "%a %d %b %H:%M", &tm);
	return out;
}

const char *human_lag(int64_t s, char out[HUMAN_TEXT])
{
	const int64_t hour = 3600, day = 24 * hour;

	if (s < hour)
		snprintf(out, HUMAN_TEXT, "+%" PRId64 "min", s / 60);
	else if (s < day)
		snprintf(out, HUMAN_TEXT, "+%" PRId64 "h%02" PRId64, s / hour, s % hour / 60);
	else
		snprintf(out, HUMAN_TEXT, "+%" PRId64 "d%" PRId64 "h", s / day, s % day / hour);
	return out;
}

bool is_language(const char *code)
{
	return strlen(code) == 2 && *uloc_getISO3Language(code);
}

const char *reader_language(char out[3])
{
	static const char *const names[] = { "LC_ALL", "LC_MESSAGES", "LANG" };
	const char *value = NULL;

	for (size_t i = 0; i < 3 && (!value || !*value); i++)
		value = getenv(names[i]);
	if (value && strlen(value) >= 2 && value[0] >= 'a' && value[0] <= 'z' && value[1] >= 'a' &&
	    value[1] <= 'z' && (value[2] == '\0' || strchr("_.@", value[2])))
		snprintf(out, 3, "%.2s", value);
	else
		snprintf(out, 3, "en");
	return out;
}
