/* SPDX-License-Identifier: MIT
 *
 * format.c - see format.h.
 */
#include "read/format.h"

#include <string.h>
#include <strings.h>

#include "newsbraid/utf8.h"

/* What is left of the head: bytes from p on. */
struct view {
	const char *p, *end;
};

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool is_letter(char c)
{
	return ((unsigned char)c | 32) >= 'a' && ((unsigned char)c | 32) <= 'z';
}

/* The first character that is not blank, from p on; 0 if there is none. */
static char next_visible(const char *p, const char *end)
{
	while (p < end && is_blank(*p))
		p++;
	return p < end ? *p : 0;
}

/* Whether the name, less an ending for its compression, ends so. */
static bool named(const char *path, const char *ending)
{
	static const char *const packed[] = { ".zst", ".zstd", ".gz" };
	size_t n = strlen(path), k = strlen(ending);

	for (size_t i = 0; i < sizeof(packed) / sizeof(packed[0]); i++) {
		size_t e = strlen(packed[i]);

		if (n > e && strcasecmp(path + n - e, packed[i]) == 0) {
			n -= e;
			break;
		}
	}
	return n >= k && strncasecmp(path + n - k, ending, k) == 0;
}

static bool named_packed(const char *path)
{
	size_t n = strlen(path);

	return (n > 4 && strcasecmp(path + n - 4, ".zst") == 0) ||
	       (n > 5 && strcasecmp(path + n - 5, ".zstd") == 0) ||
	       (n > 3 && strcasecmp(path + n - 3, ".gz") == 0);
}

/*
 * Whether an object goes on behind its first line as printed objects do: the line ends inside it
 * but outside a string, and the next one continues it.  A broken JSON line is followed by '{'.
 */
static bool is_printed_object(struct view v)
{
	bool in_string = false;
	char last = 0, next;
	int depth = 0;

	for (; v.p < v.end && *v.p != '\n'; v.p++) {
		char c = *v.p;

		if (in_string && c == '\\' && v.p + 1 < v.end)
			v.p++;
		else if (c == '"')
			in_string = !in_string;
		else if (!in_string && (c == '{' || c == '['))
			depth++;
		else if (!in_string && (c == '}' || c == ']'))
			depth--;
		if (!is_blank(c))
			last = c;
	}
	next = next_visible(v.p, v.end);
	if (v.p == v.end || in_string || depth <= 0)
		return false;
	return next != '{' || last == '[' || last == ':';
}

/* Whether most complete lines begin as JSON objects do: lines whose first one is damaged. */
static bool mostly_objects(struct view v)
{
	size_t objects = 0, others = 0;

	while (v.p < v.end) {
		const char *line = v.p, *next = memchr(line, '\n', (size_t)(v.end - line));

		if (!next)
			break;
		v.p = next + 1;
		if (v.p - line > 2 && line[0] == '{' && line[1] == '"')
			objects++;
		else if (next_visible(line, next))
			others++;
	}
	return objects >= 2 && objects > others;
}

static bool only_one_line(struct view v)
{
	const char *p = memchr(v.p, '\n', (size_t)(v.end - v.p));

	return !p || !next_visible(p, v.end);
}

/* NB_FORMAT_UNKNOWN: no JSON. */
static nb_format json_format(const char *path, struct view v, bool whole)
{
	bool json = named(path, ".json");
	char second = next_visible(v.p + 1, v.end);

	if (*v.p == '{' && (second == '"' || second == '}')) {
		if (is_printed_object(v) || (json && whole && only_one_line(v)))
			return NB_FORMAT_JSON;
		return NB_FORMAT_LINES;
	}
	if (*v.p == '[' && (second == '{' || second == ']'))
		return NB_FORMAT_JSON;
	if (*v.p == '[' && json && second)
		return NB_FORMAT_JSON;
	if (json || named(path, ".jsonl") || named(path, ".ndjson") || mostly_objects(v))
		return NB_FORMAT_LINES;
	return NB_FORMAT_UNKNOWN;
}

/* Formats that would pass for text, or deserve a better word than "binary". */
static const char *known_stranger(const char *path, struct view v)
{
	static const struct {
		const char *begin, *what;
	} stranger[] = {
		{ "WARC/", "a web archive (WARC), which is not read yet" },
		{ "filedesc://", "a web archive (ARC), which is not read" },
		{ "%PDF-", "a PDF document" },
		{ "PK\x03\x04", "a zip archive" },
		{ "BZh", "bzip2-compressed: unpack it first" },
		{ "\xfd"
		  "7zXZ",
		  "xz-compressed: unpack it first" },
		{ "PAR1", "a Parquet file, which is not read" },
		{ "\xff\xfe", "UTF-16 text: convert it to UTF-8" },
		{ "\xfe\xff", "UTF-16 text: convert it to UTF-8" },
	};
	size_t n = (size_t)(v.end - v.p);

	for (size_t i = 0; i < sizeof(stranger) / sizeof(stranger[0]); i++) {
		size_t k = strlen(stranger[i].begin);

		if (n >= k && memcmp(v.p, stranger[i].begin, k) == 0)
			return stranger[i].what;
	}
	if (n > 2 && v.p[0] == '<' && (is_letter(v.p[1]) || v.p[1] == '!' || v.p[1] == '?') &&
	    (v.p[1] == '?' || v.p[1] == '!' || memmem(v.p, n, "</", 2) || memmem(v.p, n, "/>", 2)))
		return "XML or HTML, which is not read yet";
	if (named(path, ".csv") || named(path, ".tsv"))
		return "a table (CSV, TSV), which is not read yet";
	return NULL;
}

static size_t count_controls(struct view v)
{
	size_t n = 0;

	for (; v.p < v.end; v.p++)
		n += ((unsigned char)*v.p < 32 && !is_blank(*v.p) && *v.p != '\f' &&
		      *v.p != '\x1b') ||
		     *v.p == 127;
	return n;
}

static bool valid_utf8(struct view v, bool whole)
{
	size_t n = (size_t)(v.end - v.p);

	/* the head may end inside a character */
	for (int i = 0; !whole && i < 3 && n > 0 && (v.p[n - 1] & 0x80); i++)
		n--;
	return nb_utf8_valid(v.p, n);
}

nb_format nb_format_of(const char *path, const char *head, size_t n, bool whole, bool unpacked,
		       const char **why)
{
	struct view v = { head, head + n }, all;
	nb_format format;

	*why = NULL;
	if (n >= 3 && memcmp(head, "\xef\xbb\xbf", 3) == 0)
		v.p += 3;
	all = v;
	while (v.p < v.end && is_blank(*v.p))
		v.p++;
	if (v.p < v.end) {
		format = json_format(path, v, whole);
		if (format != NB_FORMAT_UNKNOWN)
			return format;
		*why = known_stranger(path, v);
		if (!*why && count_controls(all) * 50 > n + 100)
			*why = "binary data of no known format";
		if (!*why && !unpacked && named_packed(path) &&
		    (count_controls(all) || !valid_utf8(all, whole)))
			*why = "not compressed as its name says, and no text either";
	}
	return *why ? NB_FORMAT_NONE : NB_FORMAT_TEXT;
}

const char *nb_format_name(nb_format format)
{
	switch (format) {
	case NB_FORMAT_LINES:
		return "jsonl";
	case NB_FORMAT_JSON:
		return "json";
	case NB_FORMAT_TEXT:
		return "text";
	case NB_FORMAT_UNKNOWN:
	case NB_FORMAT_NONE:
		break;
	}
	return "";
}
