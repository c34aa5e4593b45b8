/* SPDX-License-Identifier: MIT
 *
 * markup.c - see markup.h.
 */
#include "read/markup.h"

#include <string.h>
#include <strings.h>

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool is_name(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool nb_markup_likely(nb_str text)
{
	size_t i = 0;

	while (i < text.len && is_blank(text.ptr[i]))
		i++;
	if (i + 1 >= text.len || text.ptr[i] != '<' ||
	    (!is_name(text.ptr[i + 1]) && text.ptr[i + 1] != '!' && text.ptr[i + 1] != '?'))
		return false;
	return memmem(text.ptr, text.len, "</", 2) || memmem(text.ptr, text.len, "/>", 2);
}

static bool name_in(const char *name, size_t len, const char *const *list)
{
	for (; *list; list++)
		if (strlen(*list) == len && strncasecmp(name, *list, len) == 0)
			return true;
	return false;
}

static bool is_block(const char *name, size_t len)
{
	static const char *const block[] = { "p",       "div",    "br",         "li",     "ul",
					     "ol",      "h1",     "h2",         "h3",     "h4",
					     "h5",      "h6",     "tr",         "hl2",    "table",
					     "section", "block",  "blockquote", "hr",     "pre",
					     "article", "header", "footer",     "figure", "td",
					     NULL };

	return name_in(name, len, block);
}

/* Elements whose content is no text. */
static bool is_hidden(const char *name, size_t len)
{
	static const char *const hidden[] = { "script", "style", "head", "noscript", NULL };

	return name_in(name, len, hidden);
}

/* Behind the end of a hidden element that begins at `at`; the end of the text if it has none. */
static size_t skip_hidden(nb_str text, size_t at, const char *name, size_t len)
{
	while (at < text.len) {
		const char *p = memchr(text.ptr + at, '<', text.len - at);

		if (!p)
			break;
		at = (size_t)(p - text.ptr) + 1;
		if (text.len - at > len + 1 && *(p + 1) == '/' &&
		    strncasecmp(p + 2, name, len) == 0) {
			p = memchr(p, '>', text.len - at);
			return p ? (size_t)(p - text.ptr) + 1 : text.len;
		}
	}
	return text.len;
}

/* The output so far; blanks are held back so that runs of them become one. */
struct writer {
	char *out;
	size_t n;
	bool blank, line;
};

static void put(struct writer *w, const char *p, size_t n)
{
	if (w->n > 0 && w->line)
		w->out[w->n++] = '\n';
	else if (w->n > 0 && w->blank)
		w->out[w->n++] = ' ';
	w->blank = w->line = false;
	memcpy(w->out + w->n, p, n);
	w->n += n;
}

/* A tag, comment or stray '<' at text.ptr[at]; where the text goes on. */
static size_t take_tag(nb_str text, size_t at, struct writer *w)
{
	const char *p = text.ptr + at, *end, *name = p + 1;
	size_t left = text.len - at, len = 0;

	if (left >= 4 && memcmp(p, "<!--", 4) == 0) {
		end = memmem(p + 4, left - 4, "-->", 3);
		return end ? (size_t)(end - text.ptr) + 3 : text.len;
	}
	if (left < 2 || (!is_name(p[1]) && p[1] != '/' && p[1] != '!' && p[1] != '?')) {
		put(w, p, 1);
		return at + 1;
	}
	if (*name == '/')
		name++;
	while (name + len < text.ptr + text.len && is_name(name[len]))
		len++;
	if (is_block(name, len))
		w->line = true;
	else if (len == 0 || is_hidden(name, len))
		w->blank = true;
	end = memchr(p, '>', left);
	if (!end)
		return text.len;
	at = (size_t)(end - text.ptr) + 1;
	return name == p + 1 && is_hidden(name, len) ? skip_hidden(text, at, name, len) : at;
}

static size_t encode(uint32_t cp, char out[4])
{
	if (cp < 0x80) {
		out[0] = (char)cp;
		return 1;
	}
	if (cp < 0x800) {
		out[0] = (char)(0xc0 | cp >> 6);
		out[1] = (char)(0x80 | (cp & 63));
		return 2;
	}
	if (cp < 0x10000) {
		out[0] = (char)(0xe0 | cp >> 12);
		out[1] = (char)(0x80 | (cp >> 6 & 63));
		out[2] = (char)(0x80 | (cp & 63));
		return 3;
	}
	out[0] = (char)(0xf0 | cp >> 18);
	out[1] = (char)(0x80 | (cp >> 12 & 63));
	out[2] = (char)(0x80 | (cp >> 6 & 63));
	out[3] = (char)(0x80 | (cp & 63));
	return 4;
}

/* The code point of "#8211", "#x2013" or "ndash"; 0 if we do not know it. */
static uint32_t reference(const char *p, size_t n)
{
	static const struct {
		const char *name;
		uint32_t cp;
	} known[] = {
		{ "amp", '&' },       { "lt", '<' },       { "gt", '>' },       { "quot", '"' },
		{ "apos", '\'' },     { "nbsp", ' ' },     { "ndash", 0x2013 }, { "mdash", 0x2014 },
		{ "lsquo", 0x2018 },  { "rsquo", 0x2019 }, { "ldquo", 0x201c }, { "rdquo", 0x201d },
		{ "hellip", 0x2026 }, { "euro", 0x20ac },  { "laquo", 0xab },   { "raquo", 0xbb },
		{ "auml", 0xe4 },     { "ouml", 0xf6 },    { "uuml", 0xfc },    { "Auml", 0xc4 },
		{ "Ouml", 0xd6 },     { "Uuml", 0xdc },    { "szlig", 0xdf },   { "eacute", 0xe9 },
		{ "egrave", 0xe8 },   { "aacute", 0xe1 },  { "agrave", 0xe0 },  { "iacute", 0xed },
		{ "oacute", 0xf3 },   { "uacute", 0xfa },  { "ntilde", 0xf1 },  { "ccedil", 0xe7 },
		{ "aring", 0xe5 },    { "oslash", 0xf8 },  { "aelig", 0xe6 },   { "euml", 0xeb }
	};
	uint32_t cp = 0;

	if (n > 1 && p[0] == '#') {
		bool hex = (p[1] | 32) == 'x';

		for (size_t i = hex ? 2 : 1; i < n && cp < 0x110000; i++) {
			char c = (char)(p[i] | 32);

			if (p[i] >= '0' && p[i] <= '9')
				cp = cp * (hex ? 16 : 10) + (uint32_t)(p[i] - '0');
			else if (hex && c >= 'a' && c <= 'f')
				cp = cp * 16 + (uint32_t)(c - 'a' + 10);
			else
				return 0;
		}
		if (cp < ' ' || cp == 0x7f || cp == 0xa0)
			return cp ? ' ' : 0;
		return cp < 0x110000 && (cp < 0xd800 || cp > 0xdfff) ? cp : 0;
	}
	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (strlen(known[i].name) == n && memcmp(known[i].name, p, n) == 0)
			return known[i].cp;
	return 0;
}

size_t nb_markup_reference(nb_str name, char utf8[4])
{
	uint32_t cp = reference(name.ptr, name.len);

	return cp ? encode(cp, utf8) : 0;
}

/* A character reference at text.ptr[at] == '&', never longer decoded than written. */
static size_t take_reference(nb_str text, size_t at, struct writer *w)
{
	const char *p = text.ptr + at + 1;
	size_t most = text.len - at - 1 < 12 ? text.len - at - 1 : 12;
	const char *end = memchr(p, ';', most);
	uint32_t cp = end ? reference(p, (size_t)(end - p)) : 0;
	char utf8[4];

	if (cp == 0) {
		put(w, "&", 1);
		return at + 1;
	}
	if (cp == ' ')
		w->blank = true;
	else
		put(w, utf8, encode(cp, utf8));
	return (size_t)(end - text.ptr) + 1;
}

size_t nb_markup_text(nb_str text, char *out)
{
	struct writer w = { .out = out };
	size_t at = 0;

	while (at < text.len) {
		char c = text.ptr[at];

		if (c == '<') {
			at = take_tag(text, at, &w);
		} else if (c == '&') {
			at = take_reference(text, at, &w);
		} else if (is_blank(c)) {
			w.blank = true;
			at++;
		} else {
			put(&w, &text.ptr[at], 1);
			at++;
		}
	}
	return w.n;
}
