/* SPDX-License-Identifier: MIT
 *
 * senses.c - see senses.h.
 */
#include "tools/lexicon/senses.h"

#include <string.h>

#include "base/ascii.h"
#include "newsbraid/utf8.h"

static bool is_digit(char c)
{
	return (unsigned char)(c - '0') < 10;
}

static nb_str trimmed(nb_str s)
{
	while (s.len && nb_is_blank(*s.ptr))
		s.ptr++, s.len--;
	while (s.len && nb_is_blank(s.ptr[s.len - 1]))
		s.len--;
	return s;
}

static nb_str take_line(nb_str *rest)
{
	const char *at = memchr(rest->ptr, '\n', rest->len);
	nb_str line = { rest->ptr, at ? (size_t)(at - rest->ptr) : rest->len };

	rest->len -= line.len + (at != NULL);
	rest->ptr += line.len + (at != NULL);
	return trimmed(line);
}

nb_str senses_headword(nb_str entry)
{
	nb_str line = take_line(&entry);

	for (size_t i = 0; i < line.len; i++) {
		if (line.ptr[i] == ',' || line.ptr[i] == '[')
			return (nb_str){ NULL, 0 };
		if (i && line.ptr[i - 1] == ' ' && (line.ptr[i] == '/' || line.ptr[i] == '<'))
			return trimmed((nb_str){ line.ptr, i });
	}
	return line;
}

/* ---- scripts --------------------------------------------------------------------------------- */

/* The script of a letter; Japanese is written in two. */
static nb_script script_of(uint32_t cp)
{
	nb_script script = nb_script_of(cp);

	return script == NB_SCRIPT_HAN ? NB_SCRIPT_KANA : script;
}

bool senses_in_script(nb_str phrase, nb_script to)
{
	bool some = false;
	uint32_t cp;

	for (size_t i = 0; i < phrase.len;) {
		nb_script found;

		i += nb_utf8_decode(phrase.ptr + i, phrase.len - i, &cp);
		found = script_of(cp);
		if (found != NB_SCRIPT_NONE && found != to)
			return false;
		some |= found == to;
	}
	return some;
}

/* ---- phrases --------------------------------------------------------------------------------- */

static size_t count_words(nb_str s)
{
	size_t n = 0;

	for (size_t i = 0; i < s.len; i++)
		n += !nb_is_blank(s.ptr[i]) && (i == 0 || nb_is_blank(s.ptr[i - 1]));
	return n;
}

static void add(senses *s, nb_str phrase, uint32_t rank, nb_script to)
{
	phrase = trimmed(phrase);
	if (phrase.len == 0 || s->n == SENSES_MOST || count_words(phrase) > SENSE_WORDS ||
	    memchr(phrase.ptr, '=', phrase.len) || !senses_in_script(phrase, to))
		return;
	s->sense[s->n++] = (sense){ phrase, rank };
}

/* Whether a phrase ends before line.ptr[i]. */
static bool ends_phrase(nb_str line, size_t i)
{
	char c = line.ptr[i];

	return c == ',' || c == ';' || c == '/' ||
	       (c == '.' && (i + 1 == line.len || nb_is_blank(line.ptr[i + 1])));
}

/* Add what stands between commas; returns whether anything was taken. */
static bool add_phrases(senses *s, nb_str line, uint32_t rank, nb_script to)
{
	size_t before = s->n, begin = 0;

	for (size_t i = 0; i <= line.len; i++) {
		if (i < line.len && !ends_phrase(line, i))
			continue;
		add(s, (nb_str){ line.ptr + begin, i - begin }, rank, to);
		begin = i + 1;
	}
	return s->n > before;
}

/* The line without (..), [..], {..}, <..> and stress marks; kept in s->clean. */
static nb_str without_brackets(senses *s, nb_str line)
{
	static const char open[] = "([{<", close[] = ")]}>";
	char *out = s->clean + s->n_clean;
	size_t n = 0;
	int depth = 0;

	for (size_t i = 0; i < line.len && s->n_clean + n < sizeof(s->clean); i++) {
		char c = line.ptr[i];

		if (strchr(open, c))
			depth++;
		else if (depth && strchr(close, c))
			depth--;
		else if (!depth && i + 1 < line.len && memcmp(line.ptr + i, "\xCC\x81", 2) == 0)
			i++;
		else if (!depth)
			out[n++] = c;
	}
	s->n_clean += n;
	return trimmed((nb_str){ out, n });
}

/* ---- FreeDict -------------------------------------------------------------------------------- */

/* Bytes of "1. ", "2) " or "II. " at the start of a line, 0 if there is none. */
static size_t number_length(nb_str line)
{
	size_t i = 0;

	while (i < line.len && is_digit(line.ptr[i]))
		i++;
	if (i == 0)
		while (i < line.len && strchr("IVX", line.ptr[i]))
			i++;
	if (i == 0 || i == line.len || (line.ptr[i] != '.' && line.ptr[i] != ')'))
		return 0;
	i++;
	return i == line.len || nb_is_blank(line.ptr[i]) ? i : 0;
}

/* "Note: ...", "Synonyms: ...", "see: ...", examples in quotes, idioms after a dash. */
static bool is_remark(nb_str line)
{
	size_t i = 0;

	if (line.len == 0 || *line.ptr == '"' || *line.ptr == '-')
		return true;
	while (i < line.len && (line.ptr[i] | 32) >= 'a' && (line.ptr[i] | 32) <= 'z')
		i++;
	return i > 1 && i < line.len && line.ptr[i] == ':';
}

/* "... 2." at the end of a line is the number of the definition below. */
static nb_str without_last_number(nb_str line)
{
	size_t n = line.len;

	if (n < 3 || line.ptr[n - 1] != '.' || !is_digit(line.ptr[n - 2]))
		return line;
	for (n--; n && is_digit(line.ptr[n - 1]);)
		n--;
	return trimmed((nb_str){ line.ptr, n });
}

void senses_freedict(senses *s, nb_str entry, nb_script to)
{
	bool open = true; /* the next line may be one of translations */
	uint32_t rank = 0;

	s->n = s->n_clean = 0;
	take_line(&entry);
	while (entry.len) {
		nb_str line = take_line(&entry);
		size_t number = number_length(line);

		line = trimmed((nb_str){ line.ptr + number, line.len - number });
		open |= number > 0;
		if (!open || is_remark(line))
			continue;
		line = without_last_number(without_brackets(s, line));
		if (line.len == 0) /* only grammar stood there */
			continue;
		if (add_phrases(s, line, rank, to))
			rank++;
		open = false;
	}
}

/* ---- Mueller --------------------------------------------------------------------------------- */

/* "_v.", "_xx.": abbreviations of grammar and field. */
static size_t mark_length(const char *p, const char *end)
{
	const char *q = p + 1;

	if (*p != '_')
		return 0;
	while (q < end && !nb_is_blank(*q) && *q != '.' && *q != ';' && *q != ',')
		q++;
	return (size_t)(q - p) + (q < end && *q == '.');
}

/* Bytes of the sense mark "1)", "1>", "1." or the Cyrillic letter and ")" at p, 0 if none. */
static size_t sense_mark_length(const char *p, const char *end)
{
	const char *q = p;

	while (q < end && is_digit(*q))
		q++;
	if (q == p && q + 2 < end && ((unsigned char)*q == 0xD0 || (unsigned char)*q == 0xD1))
		return q[2] == ')' && nb_is_blank(p[-1]) ? 3 : 0;
	return q > p && q < end && (*q == ')' || *q == '.' || *q == '>') ? (size_t)(q - p) + 1 : 0;
}

/* One line without brackets and grammar; a line end stands before every sense. */
static nb_str flattened(senses *s, nb_str entry)
{
	nb_str line = without_brackets(s, entry);
	const char *end = line.ptr + line.len;
	char *out = s->clean + s->n_clean;
	size_t n = 0;

	for (const char *p = line.ptr; p < end && s->n_clean + n + 1 < sizeof(s->clean);) {
		size_t mark = mark_length(p, end);
		size_t number = p > line.ptr && nb_is_blank(p[-1]) ? sense_mark_length(p, end) : 0;

		if (number)
			out[n++] = '\n';
		if (!mark && !number)
			out[n++] = nb_is_blank(*p) ? ' ' : *p;
		p += mark + number ? mark + number : 1;
	}
	s->n_clean += n;
	return (nb_str){ out, n };
}

void senses_mueller(senses *s, nb_str entry)
{
	uint32_t rank = 0;
	nb_str text;

	s->n = s->n_clean = 0;
	take_line(&entry);
	text = flattened(s, entry);
	while (text.len)
		rank += add_phrases(s, take_line(&text), rank, NB_SCRIPT_CYRILLIC);
}
