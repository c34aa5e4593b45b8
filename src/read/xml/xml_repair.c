/* SPDX-License-Identifier: MIT
 *
 * xml_repair.c - see nb_xml_repair in xml.h.
 */
#include <string.h>

#include "read/xml/xml.h"

static bool is_letter(char c)
{
	return ((unsigned char)c | 32) >= 'a' && ((unsigned char)c | 32) <= 'z';
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* The length of the character reference at p[0] == '&', its ';' included; 0 if it is none.
 * *bad: it is one of a character that XML forbids. */
static size_t reference_at(const char *p, size_t n, bool *bad)
{
	bool number = n > 1 && p[1] == '#', hex = number && n > 2 && (p[2] | 32) == 'x';
	size_t begin = number ? 2 + hex : 1, i = begin;
	uint32_t cp = 0;

	for (; i < n && p[i] != ';'; i++) {
		char c = (char)(p[i] | 32);

		if (i - begin > 32)
			return 0;
		if (!number && !is_letter(p[i]) && !(is_digit(p[i]) && i > begin))
			return 0;
		if (number && !is_digit(p[i]) && !(hex && c >= 'a' && c <= 'f'))
			return 0;
		if (number && cp < 0x110000)
			cp = cp * (hex ? 16 : 10) +
			     (uint32_t)(is_digit(p[i]) ? p[i] - '0' : c - 'a' + 10);
	}
	if (i == n || i == begin)
		return 0;
	*bad = number && ((cp < 32 && cp != 9 && cp != 10 && cp != 13) ||
			  (cp >= 0xd800 && cp < 0xe000) || cp == 0xfffe || cp == 0xffff ||
			  cp >= 0x110000);
	return i + 1;
}

/* Whether '<' at p[0] begins a tag, as far as can be seen. */
static bool begins_tag(const char *p, size_t n)
{
	return n > 1 && (is_letter(p[1]) || p[1] == '/' || p[1] == '!' || p[1] == '?' ||
			 p[1] == '_' || (unsigned char)p[1] >= 0x80);
}

/* Where a CDATA section, in which nothing is markup, ends; n if it has no end. */
static size_t section_end(const char *p, size_t n)
{
	const char *end = memmem(p, n, "]]>", 3);

	return end ? (size_t)(end - p) + 3 : n;
}

size_t nb_xml_repair(nb_str xml, char *out)
{
	size_t at = 0, n = 0;

	while (at < xml.len) {
		const char *p = xml.ptr + at, *put = p;
		size_t left = xml.len - at, take = 1, length = 1;
		bool bad = false;

		if (*p == '&') {
			take = reference_at(p, left, &bad);
			length = take;
			if (take == 0) {
				take = 1;
				put = "&amp;";
				length = 5;
			} else if (bad) {
				put = " ";
				length = 1;
			}
		} else if (*p == '<' && left > 9 && memcmp(p, "<![CDATA[", 9) == 0) {
			take = length = section_end(p, left);
		} else if (*p == '<' && !begins_tag(p, left)) {
			put = "&lt;";
			length = 4;
		}
		if (out)
			memcpy(out + n, put, length);
		n += length;
		at += take;
	}
	return n;
}
