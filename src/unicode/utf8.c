/* SPDX-License-Identifier: MIT
 *
 * utf8.c - see utf8.h.
 */
#include "newsbraid/utf8.h"

#include <string.h>

#include "foreign/utf8_shim.h"

/* What the bytes 0x80..0x9F mean in Windows-1252; 0xFFFD: nothing. */
static const uint16_t windows_1252[32] = {
	0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
	0x2039, 0x0152, 0xFFFD, 0x017D, 0xFFFD, 0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
	0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0xFFFD, 0x017E, 0x0178,
};

bool nb_utf8_valid(const char *text, size_t n)
{
	return n == 0 || nb_foreign_utf8_valid(text, n);
}

static bool is_tail(uint8_t c)
{
	return (c & 0xC0) == 0x80;
}

/* Length of the valid sequence at p[0..n), n >= 1, and its code point; 0 if it is not valid. */
static unsigned decode(const uint8_t *p, size_t n, uint32_t *cp)
{
	uint32_t c = p[0];

	if (c < 0x80) {
		*cp = c;
		return 1;
	}
	if (c >= 0xC2 && c < 0xE0 && n >= 2 && is_tail(p[1])) {
		*cp = (c & 0x1F) << 6 | (p[1] & 0x3Fu);
		return 2;
	}
	if (c >= 0xE0 && c < 0xF0 && n >= 3 && is_tail(p[1]) && is_tail(p[2])) {
		*cp = (c & 0x0F) << 12 | (p[1] & 0x3Fu) << 6 | (p[2] & 0x3Fu);
		return *cp < 0x800 || *cp - 0xD800 < 0x800 ? 0 : 3;
	}
	if (c >= 0xF0 && c < 0xF5 && n >= 4 && is_tail(p[1]) && is_tail(p[2]) && is_tail(p[3])) {
		*cp = (c & 0x07) << 18 | (p[1] & 0x3Fu) << 12 | (p[2] & 0x3Fu) << 6 |
		      (p[3] & 0x3Fu);
		return *cp - 0x10000 < 0x100000 ? 4 : 0;
	}
	return 0;
}

unsigned nb_utf8_decode(const char *text, size_t n, uint32_t *cp)
{
	unsigned length = decode((const uint8_t *)text, n, cp);

	if (length)
		return length;
	*cp = 0xFFFD;
	return 1;
}

/* Code points below 0x10000. */
static size_t encode(uint32_t cp, char *out)
{
	if (cp < 0x800) {
		out[0] = (char)(0xC0 | cp >> 6);
		out[1] = (char)(0x80 | (cp & 0x3F));
		return 2;
	}
	out[0] = (char)(0xE0 | cp >> 12);
	out[1] = (char)(0x80 | (cp >> 6 & 0x3F));
	out[2] = (char)(0x80 | (cp & 0x3F));
	return 3;
}

static size_t put_legacy(uint8_t c, char *out)
{
	return encode(c < 0xA0 ? windows_1252[c - 0x80] : c, out);
}

static bool is_control(uint8_t c)
{
	return (c < 0x20 && c != '\t' && c != '\n') || c == 0x7F;
}

/* Length of the printable ASCII that p[0..n) begins with; less than it is in the last 8 bytes. */
static size_t plain_run(const uint8_t *p, size_t n)
{
	const uint64_t each = UINT64_C(0x0101010101010101);
	size_t i = 0;

	for (uint64_t x; i + 8 <= n; i += 8) {
		memcpy(&x, p + i, 8);
		/* a byte below 0x20 borrows, 0x7F reaches its high bit: the lowest hit is a true one */
		x = (x | (x - each * 0x20) | (x + each)) & (each * 0x80);
		if (x)
			return i + (size_t)__builtin_ctzll(x) / 8;
	}
	return i;
}

/* Copy or mend the character at p[*at..n) and move on; returns the bytes written. */
static size_t repair_step(const uint8_t *p, size_t n, size_t *at, char *out, size_t *bad)
{
	uint32_t cp;
	unsigned length = decode(p + *at, n - *at, &cp);
	uint8_t c = p[*at];

	if (length == 1 && is_control(c)) {
		*at += c == '\r' && *at + 1 < n && p[*at + 1] == '\n' ? 2 : 1;
		*out = c == '\r' ? '\n' : ' ';
		return 1;
	}
	*at += length ? length : 1;
	if (!length) {
		(*bad)++;
		return put_legacy(c, out);
	}
	if (length == 2 && cp < 0xA0) /* a C1 control: Windows-1252 that was taken for Latin-1 */
		return put_legacy((uint8_t)cp, out);
	memcpy(out, p + *at - length, length);
	return length;
}

size_t nb_utf8_repair(const char *text, size_t n, char *out, size_t *repaired)
{
	const uint8_t *p = (const uint8_t *)text;
	size_t at = n >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0, to = 0, bad = 0;

	while (at < n) {
		size_t run = plain_run(p + at, n - at);

		if (run)
			memcpy(out + to, p + at, run);
		at += run;
		to += run;
		if (at < n)
			to += repair_step(p, n, &at, out + to, &bad);
	}
	if (repaired)
		*repaired = bad;
	return to;
}
