/* SPDX-License-Identifier: MIT
 *
 * json.c - see json.h.  Strings are copied eight bytes at a time; nearly all of them are clean, so
 * the escapes are off the hot path.
 */
#include "newsbraid/json.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"

#define BLOCK      ((size_t)4096) /* bytes of a string escaped between two checks for room */
#define ESCAPE_MAX ((size_t)6)    /* \u001f */
#define WORD       sizeof(uint64_t)
#define ONES       UINT64_C(0x0101010101010101)
#define HIGHS      (ONES << 7)

static char *grow(nb_json *j, size_t n)
{
	if (n > SIZE_MAX - j->len || NB_GROW(j->text, &j->capacity, j->len + n) != NB_OK)
		j->failed = true;
	return j->failed ? NULL : j->text + j->len;
}

/* Room for n more bytes; NULL, and failed for good, if there is none. */
static inline char *room(nb_json *j, size_t n)
{
	return n <= j->capacity - j->len && !j->failed ? j->text + j->len : grow(j, n);
}

static void put(nb_json *j, const char *s, size_t n)
{
	char *out = room(j, n);

	if (!out)
		return;
	memcpy(out, s, n);
	j->len += n;
}

static inline void put_char(nb_json *j, char c)
{
	char *out = room(j, 1);

	if (!out)
		return;
	*out = c;
	j->len++;
}

static void new_line(nb_json *j)
{
	char *out = room(j, 1 + (size_t)j->indent * j->depth);

	if (!out)
		return;
	*out = '\n';
	memset(out + 1, ' ', (size_t)j->indent * j->depth);
	j->len += 1 + (size_t)j->indent * j->depth;
}

/* What stands between the text so far and a value or key. */
static inline void begin(nb_json *j)
{
	if (j->comma)
		put_char(j, ',');
	if (j->indent && j->len && strchr("{[,", j->text[j->len - 1]))
		new_line(j);
	j->comma = true;
}

static void put_value(nb_json *j, const char *s, size_t n)
{
	begin(j);
	put(j, s, n);
}

void nb_json_release(nb_json *j)
{
	free(j->text);
	*j = (nb_json){ 0 };
}

void nb_json_clear(nb_json *j)
{
	j->len = 0;
	j->depth = 0;
	j->comma = j->failed = false;
}

void nb_json_open(nb_json *j, char bracket)
{
	begin(j);
	put_char(j, bracket);
	j->comma = false;
	j->depth++;
}

void nb_json_close(nb_json *j, char bracket)
{
	j->depth--;
	if (j->indent && j->comma)
		new_line(j);
	put_char(j, bracket);
	j->comma = true;
}

void nb_json_key(nb_json *j, const char *key)
{
	size_t n = strlen(key);
	char *out;

	begin(j);
	out = room(j, n + 4);
	if (!out)
		return;
	out[0] = '"';
	memcpy(out + 1, key, n);
	out[n + 1] = '"';
	out[n + 2] = ':';
	out[n + 3] = ' ';
	j->len += n + (j->indent ? 4 : 3);
	j->comma = false;
}

/* The high bit of each byte that has to be escaped.  A byte after one of those may be marked too;
 * the first mark in memory order is always true. */
static uint64_t marks(uint64_t w)
{
	uint64_t quote = w ^ (ONES * '"'), backslash = w ^ (ONES * '\\');

	return (((w - ONES * 0x20) & ~w) | ((quote - ONES) & ~quote) |
		((backslash - ONES) & ~backslash)) &
	       HIGHS;
}

static bool is_clean(unsigned char c)
{
	return c >= 0x20 && c != '"' && c != '\\';
}

static char *escape(char *out, unsigned char c)
{
	static const char hex[] = "0123456789abcdef";
	static const char letter[0x20] = {
		['\b'] = 'b', ['\t'] = 't', ['\n'] = 'n', ['\f'] = 'f', ['\r'] = 'r'
	};

	*out++ = '\\';
	if (c >= 0x20 || letter[c]) {
		*out++ = (char)(c >= 0x20 ? c : (unsigned char)letter[c]);
		return out;
	}
	memcpy(out, "u00", 3);
	out[3] = hex[c >> 4];
	out[4] = hex[c & 15];
	return out + 5;
}

/* Escape s[0..n) to out; returns the end.  Up to WORD bytes after it may be overwritten. */
static char *escape_block(const char *s, size_t n, char *out)
{
	const char *end = s + n;

	while ((size_t)(end - s) >= WORD) {
		uint64_t w;

		memcpy(&w, s, WORD);
		memcpy(out, &w, WORD);
		if (!marks(w)) {
			s += WORD;
			out += WORD;
			continue;
		}
		while (is_clean((unsigned char)*s))
			*out++ = *s++;
		out = escape(out, (unsigned char)*s++);
	}
	for (; s < end; s++) {
		if (is_clean((unsigned char)*s))
			*out++ = *s;
		else
			out = escape(out, (unsigned char)*s);
	}
	return out;
}

void nb_json_string(nb_json *j, nb_str s)
{
	if (!s.ptr) {
		nb_json_null(j);
		return;
	}
	begin(j);
	put_char(j, '"');
	do {
		size_t n = s.len < BLOCK ? s.len : BLOCK;
		char *out = room(j, ESCAPE_MAX * n + WORD), *end;

		if (!out)
			return;
		end = escape_block(s.ptr, n, out);
		s.ptr += n;
		s.len -= n;
		if (!s.len)
			*end++ = '"';
		j->len += (size_t)(end - out);
	} while (s.len);
}

size_t nb_json_fit(nb_str s, size_t most)
{
	char out[2 * ESCAPE_MAX];
	size_t n = 0, used = 0;

	if (s.len <= most / ESCAPE_MAX)
		return s.len;
	for (; n < s.len; n++) {
		unsigned char c = (unsigned char)s.ptr[n];

		used += is_clean(c) ? 1 : (size_t)(escape(out, c) - out);
		if (used > most)
			break;
	}
	while (n && n < s.len && ((unsigned char)s.ptr[n] & 0xc0) == 0x80)
		n--;
	return n;
}

void nb_json_cstring(nb_json *j, const char *s)
{
	nb_json_string(j, s ? (nb_str){ s, strlen(s) } : (nb_str){ 0 });
}

/* The decimal digits of x before *end, at least `least` of them; returns the first. */
static char *digits(char *end, uint64_t x, int least)
{
	for (; x || least > 0; x /= 10, least--)
		*--end = (char)('0' + x % 10);
	return end;
}

void nb_json_uint(nb_json *j, uint64_t x)
{
	char buffer[20], *end = buffer + sizeof(buffer), *p = digits(end, x, 1);

	put_value(j, p, (size_t)(end - p));
}

void nb_json_int(nb_json *j, int64_t x)
{
	char buffer[20], *end = buffer + sizeof(buffer);
	char *p = digits(end, x < 0 ? 0 - (uint64_t)x : (uint64_t)x, 1);

	if (x < 0)
		*--p = '-';
	put_value(j, p, (size_t)(end - p));
}

/* Doubles of 2^63 and more are whole numbers, so printf cannot put a locale's decimal comma. */
static void put_huge(nb_json *j, double x)
{
	char buffer[400];
	int n = snprintf(buffer, sizeof(buffer), "%.0f", x);

	put_value(j, buffer, (size_t)n);
	put(j, ".000000", 7);
}

/* Own digits instead of printf's: a tenth of the time and no locale.  x - whole is exact. */
void nb_json_real(nb_json *j, double x)
{
	char buffer[32], *end = buffer + sizeof(buffer), *p;
	double size = fabs(x);
	uint64_t whole, micro;

	if (!isfinite(x)) {
		nb_json_null(j);
		return;
	}
	if (size >= 0x1p63) {
		put_huge(j, x);
		return;
	}
	whole = (uint64_t)size;
	micro = (uint64_t)llrint((size - (double)whole) * 1e6);
	if (micro == 1000000) {
		whole++;
		micro = 0;
	}
	p = digits(end, micro, 6);
	*--p = '.';
	p = digits(p, whole, 1);
	if (x < 0 && (whole || micro))
		*--p = '-';
	put_value(j, p, (size_t)(end - p));
}

void nb_json_number(nb_json *j, const char *text)
{
	put_value(j, text, strlen(text));
}

void nb_json_bool(nb_json *j, bool x)
{
	put_value(j, x ? "true" : "false", x ? 4 : 5);
}

void nb_json_null(nb_json *j)
{
	put_value(j, "null", 4);
}

void nb_json_newline(nb_json *j)
{
	put_char(j, '\n');
	j->comma = false;
}

void nb_json_put_uint(nb_json *j, const char *key, uint64_t x)
{
	nb_json_key(j, key);
	nb_json_uint(j, x);
}

void nb_json_put_real(nb_json *j, const char *key, double x)
{
	nb_json_key(j, key);
	nb_json_real(j, x);
}

void nb_json_put_text(nb_json *j, const char *key, const char *text)
{
	nb_json_key(j, key);
	nb_json_cstring(j, text);
}
