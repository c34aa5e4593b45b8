/* SPDX-License-Identifier: MIT
 *
 * printable.c - see printable.h.
 */
#include "printable.h"

#include <stdbool.h>
#include <string.h>

#include "base/array.h"
#include "newsbraid/utf8.h"

#define ESCAPE_MOST 16 /* bytes that take the place of a character */

static bool is_harmful(uint32_t cp)
{
	static const struct {
		uint32_t first, last;
	} range[] = {
		{ 0x0000, 0x001f }, /* C0 */
		{ 0x007f, 0x009f }, /* DEL, C1 */
		{ 0x2028, 0x202e }, /* line and paragraph ends, embeddings, overrides */
		{ 0x2066, 0x206f }, /* isolates, deprecated format characters */
		{ 0xfeff, 0xfeff }, { 0xfff9, 0xfffb }, /* byte order, annotations */
		{ 0xe0000, 0xe007f }, /* tags */
	};

	for (size_t i = 0; i < sizeof(range) / sizeof(*range); i++)
		if (cp <= range[i].last)
			return cp >= range[i].first;
	return false;
}

/* The next character of s; *bad: it is no UTF-8. */
static unsigned next(nb_str s, uint32_t *cp, bool *bad)
{
	unsigned n = nb_utf8_decode(s.ptr, s.len, cp);

	*bad = *cp == 0xfffd && n == 1;
	if (*bad)
		*cp = (unsigned char)*s.ptr;
	return n;
}

static size_t escape(uint32_t cp, bool bad, char *out)
{
	static const char letter[0x20] = { ['\n'] = 'n', ['\r'] = 'r', ['\t'] = 't' };

	if (cp < 0x20 && letter[cp])
		return (size_t)snprintf(out, ESCAPE_MOST, "\\%c", letter[cp]);
	if (bad || cp < 0x100)
		return (size_t)snprintf(out, ESCAPE_MOST, "\\x%02x", cp);
	return (size_t)snprintf(out, ESCAPE_MOST, "\\u{%x}", cp);
}

/* One text that is being shown. */
typedef struct turn {
	char *text;
	size_t capacity;
} turn;

static nb_str show(nb_str s, bool flat)
{
	static _Thread_local turn turns[PRINTABLE_TURNS];
	static _Thread_local unsigned at;
	turn *t = &turns[at++ % PRINTABLE_TURNS];
	size_t len = 0;

	while (s.len) {
		uint32_t cp;
		bool bad;
		unsigned n = next(s, &cp, &bad);

		if (NB_GROW(t->text, &t->capacity, len + ESCAPE_MOST + 1) != NB_OK)
			return NB_STR("?");
		if (flat && (cp == '\n' || cp == '\t')) {
			t->text[len++] = ' ';
		} else if (bad || is_harmful(cp)) {
			len += escape(cp, bad, t->text + len);
		} else {
			memcpy(t->text + len, s.ptr, n);
			len += n;
		}
		s = (nb_str){ s.ptr + n, s.len - n };
	}
	if (NB_GROW(t->text, &t->capacity, len + 1) != NB_OK)
		return NB_STR("?");
	t->text[len] = '\0';
	return (nb_str){ t->text, len };
}

const char *printable(nb_str s)
{
	return show(s, false).ptr;
}

const char *printable_c(const char *s)
{
	return printable((nb_str){ s, strlen(s) });
}

nb_str printable_flat(nb_str s)
{
	return s.ptr ? show(s, true) : s;
}

/* JSON has no controls but line feeds between rows, and is valid UTF-8. */
int print_json(FILE *to, const char *json, size_t len)
{
	nb_str s = { json, len };
	const char *begin = json;

	while (s.len) {
		bool plain = (unsigned char)*s.ptr < 0x7f, bad = false;
		uint32_t cp = 0;
		unsigned n = plain ? 1 : next(s, &cp, &bad);

		if (!plain && is_harmful(cp)) {
			fwrite(begin, 1, (size_t)(s.ptr - begin), to);
			if (cp > 0xffff)
				fprintf(to, "\\u%04x\\u%04x", 0xd7c0 + (cp >> 10),
					0xdc00 + (cp & 0x3ff));
			else
				fprintf(to, "\\u%04x", cp);
			begin = s.ptr + n;
		}
		s = (nb_str){ s.ptr + n, s.len - n };
	}
	fwrite(begin, 1, (size_t)(s.ptr - begin), to);
	return ferror(to) ? -1 : 0;
}
