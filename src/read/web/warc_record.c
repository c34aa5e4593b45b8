/* SPDX-License-Identifier: MIT
 *
 * warc_record.c - see warc.h: the header of a record, and of what it holds.
 */
#include <string.h>
#include <strings.h>

#include "read/strings.h"
#include "read/web/warc.h"

bool nb_header_is(nb_str name, const char *want)
{
	return name.len == strlen(want) && strncasecmp(name.ptr, want, name.len) == 0;
}

bool nb_header_line(nb_str header, size_t *at, nb_str *name, nb_str *value)
{
	while (*at < header.len) {
		const char *p = header.ptr + *at, *colon;
		const char *end = memchr(p, '\n', header.len - *at);
		size_t n = end ? (size_t)(end - p) : header.len - *at;

		*at += n + (end != NULL);
		while (n > 0 && p[n - 1] == '\r')
			n--;
		if (n == 0)
			return false;
		colon = memchr(p, ':', n);
		if (!colon) /* a status line, or nonsense */
			continue;
		*name = nb_trim((nb_str){ p, (size_t)(colon - p) });
		*value = nb_trim((nb_str){ colon + 1, (size_t)(p + n - colon - 1) });
		return true;
	}
	return false;
}

/* "<urn:uuid:...>" without its brackets. */
static nb_str unwrapped(nb_str s)
{
	if (s.len > 1 && s.ptr[0] == '<' && s.ptr[s.len - 1] == '>')
		return nb_trim((nb_str){ s.ptr + 1, s.len - 2 });
	return s;
}

static void take_field(nb_warc *out, nb_str name, nb_str value, uint64_t *length)
{
	if (nb_header_is(name, "warc-type"))
		out->type = value;
	else if (nb_header_is(name, "warc-record-id"))
		out->id = unwrapped(value);
	else if (nb_header_is(name, "warc-target-uri"))
		out->url = unwrapped(value);
	else if (nb_header_is(name, "warc-date"))
		out->date = value;
	else if (nb_header_is(name, "content-type"))
		out->content_type = value;
	else if (nb_header_is(name, "warc-identified-content-language"))
		out->language = value;
	else if (nb_header_is(name, "warc-truncated"))
		out->truncated = true;
	else if (nb_header_is(name, "content-length"))
		*length = nb_warc_number(value);
}

/* Whether nothing but line ends is left. */
static bool only_line_ends(nb_str s)
{
	for (size_t i = 0; i < s.len; i++)
		if (s.ptr[i] != '\r' && s.ptr[i] != '\n' && s.ptr[i] != 0)
			return false;
	return true;
}

const char *nb_warc_parse(nb_str record, nb_warc *out)
{
	uint64_t length = UINT64_MAX;
	nb_str name, value;
	size_t at = 0;

	*out = (nb_warc){ .end = record.len };
	if (record.len < 5 || memcmp(record.ptr, "WARC/", 5) != 0)
		return "no WARC record begins here";
	while (nb_header_line(record, &at, &name, &value))
		take_field(out, name, value, &length);
	out->body = (nb_str){ record.ptr + at, record.len - at };
	if (length == UINT64_MAX)
		return "a WARC record without Content-Length";
	if (length > out->body.len)
		return "a WARC record ends before its Content-Length";
	out->body.len = (size_t)length;
	out->end = at + (size_t)length;
	if (!only_line_ends((nb_str){ record.ptr + out->end, record.len - out->end }))
		return "a WARC record goes on after its Content-Length";
	return NULL;
}

size_t nb_warc_next(nb_str record, size_t from)
{
	static const char mark[] = "\nWARC/";

	while (from < record.len) {
		const char *p = memmem(record.ptr + from, record.len - from, mark,
				       sizeof(mark) - 1);

		if (!p)
			break;
		from = (size_t)(p - record.ptr) + 1;
		/* after an empty line, or nothing is said at all */
		if (from >= 2 && (p[-1] == '\n' || (p[-1] == '\r' && from >= 3 && p[-2] == '\n')))
			return from;
	}
	return record.len;
}
