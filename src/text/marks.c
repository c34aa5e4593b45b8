/* SPDX-License-Identifier: MIT
 *
 * marks.c - see marks.h.
 */
#include "text/marks.h"

#include "newsbraid/utf8.h"

static uint32_t ascii_mark(char c)
{
	switch (c) {
	case ' ':
	case '\t':
	case '\n':
		return NB_MARK_BLANK;
	case '(':
	case '[':
		return NB_MARK_OPEN;
	case ')':
	case ']':
		return NB_MARK_CLOSE;
	case '/':
		return NB_MARK_SLASH;
	case '|':
		return NB_MARK_BAR;
	case '-':
		return NB_MARK_DASH;
	case '.':
		return NB_MARK_DOT;
	case ':':
		return NB_MARK_COLON;
	case '=':
		return NB_MARK_EQUALS;
	case ',':
		return NB_MARK_COMMA;
	case '>':
		return NB_MARK_ARROW;
	case '"':
	case '\'':
		return NB_MARK_QUOTE;
	case '?':
	case '!':
	case ';':
		return NB_MARK_HALT;
	default:
		return NB_MARK_OTHER;
	}
}

static uint32_t wide_mark(uint32_t cp)
{
	switch (cp) {
	case 0xA0:
	case 0x3000:
	case 0x200B:
	case 0x200E:
	case 0x200F:
	case 0xFEFF:
		return NB_MARK_BLANK;
	case 0xFF08:
	case 0x3014:
		return NB_MARK_OPEN;
	case 0x3010:
	case 0xFF3B:
		return NB_MARK_OPEN | NB_MARK_WIDE;
	case 0xFF09:
	case 0x3015:
		return NB_MARK_CLOSE;
	case 0x3011:
	case 0xFF3D:
		return NB_MARK_CLOSE | NB_MARK_WIDE;
	case 0xFF0F:
		return NB_MARK_SLASH;
	case 0xFF5C:
		return NB_MARK_BAR;
	case 0xFF1A:
		return NB_MARK_COLON;
	case 0xFF1D:
		return NB_MARK_EQUALS;
	case 0xFF0C:
	case 0x3001:
	case 0x60C:
		return NB_MARK_COMMA;
	case 0x3002:
	case 0xFF0E:
		return NB_MARK_DOT;
	case 0xAB:
	case 0xBB:
	case 0x203A: /* also arrows of bread crumbs; a quotation mark all the same */
		return NB_MARK_QUOTE | NB_MARK_ARROW;
	case 0x2022:
	case 0xB7:
	case 0x30FB:
	case 0x2192:
	case 0x25B6:
	case 0x25BA:
		return NB_MARK_ARROW;
	case 0xFF01:
	case 0xFF1B:
	case 0xFF1F:
	case 0x61B:
	case 0x61F:
	case 0x2026:
		return NB_MARK_HALT;
	case 0xA9:
		return NB_MARK_RIGHTS;
	}
	if (cp - 0x2010 < 6 || cp == 0x2212)
		return NB_MARK_DASH;
	if (cp - 0x2018 < 8 || cp == 0x2039 || cp - 0x300C < 4)
		return NB_MARK_QUOTE;
	return NB_MARK_OTHER;
}

uint32_t nb_mark_at(const char *text, size_t n, size_t *length)
{
	uint32_t cp;

	if ((unsigned char)*text < 0x80) {
		*length = 1;
		return ascii_mark(*text);
	}
	*length = nb_utf8_decode(text, n, &cp);
	return wide_mark(cp);
}

uint32_t nb_marks(const char *text, size_t begin, size_t end)
{
	uint32_t marks = 0;

	for (size_t length; begin < end; begin += length)
		marks |= nb_mark_at(text + begin, end - begin, &length);
	return marks;
}
