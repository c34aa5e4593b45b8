/* SPDX-License-Identifier: MIT
 *
 * warc_scan.c - where WARC records begin and end.
 *
 * A record's length is believed if an empty line or the next record follows.  If not, the record
 * goes on to the next line that may begin one, and whoever parses it sees that it is too long,
 * and looks for the records that it has swallowed (format_warc.c).
 */
#include <string.h>
#include <strings.h>

#include "read/web/warc.h"

#define HEADER_MOST (1u << 20)

enum state {
	BETWEEN,
	MAGIC,  /* in what should be "WARC/" */
	HEADER,
	BODY,
	BEHIND, /* the body has ended: line ends, or trouble */
	LOST,   /* looking for a line that begins with 'W' */
};

static const char magic[] = "WARC/";

uint64_t nb_warc_number(nb_str s)
{
	uint64_t n = 0;
	size_t i = 0;

	while (i < s.len && (s.ptr[i] == ' ' || s.ptr[i] == '\t'))
		i++;
	for (; i < s.len && s.ptr[i] >= '0' && s.ptr[i] <= '9'; i++)
		n = n > UINT64_MAX / 16 ? n : n * 10 + (uint64_t)(s.ptr[i] - '0');
	return n;
}

/* A line of the header is complete: whether it was the last. */
static bool take_line(nb_warc_scan *s)
{
	static const char name[] = "content-length:";
	size_t n = s->n_line;

	s->n_line = 0;
	if (n == 0 || (n == 1 && s->line[0] == '\r'))
		return true;
	if (n >= sizeof(name) && strncasecmp(s->line, name, sizeof(name) - 1) == 0) {
		s->left = nb_warc_number((nb_str){ s->line + sizeof(name) - 1,
						   n - (sizeof(name) - 1) });
		s->has_length = true;
	}
	return false;
}

static void take_header(nb_warc_scan *s, char c)
{
	if (++s->n_header > HEADER_MOST) {
		s->state = LOST;
		s->line_start = false;
	} else if (c != '\n') {
		if (s->n_line < sizeof(s->line))
			s->line[s->n_line++] = c;
	} else if (take_line(s)) {
		s->state = s->has_length ? BODY : LOST;
		s->line_start = true;
		s->feeds = 0;
	}
}

static void begin(nb_warc_scan *s)
{
	s->state = MAGIC;
	s->n_line = 0;
	s->n_header = 0;
	s->left = 0;
	s->has_length = false;
}

/* After a body: whether the record ends with what has been seen, before c if !*taken. */
static bool take_after(nb_warc_scan *s, char c, bool *taken)
{
	*taken = c == '\r' || c == '\n';
	if (*taken) {
		s->feeds = (uint8_t)(s->feeds + (c == '\n'));
		return s->feeds == 2;
	}
	if (s->feeds > 0 || c == 'W')
		return true;
	s->state = LOST;
	s->line_start = false;
	return false;
}

/* In "WARC/": false if it is something else.  Then a first mistake stays a record, which will be
 * rejected, and those after it are dropped. */
static bool take_magic(nb_warc_scan *s, char c)
{
	if (c == magic[s->n_line]) {
		s->line[s->n_line++] = c;
		if (magic[s->n_line] == '\0') {
			s->state = HEADER;
			s->lost = false;
		}
		return true;
	}
	s->state = LOST;
	s->line_start = c == '\n';
	return false;
}

/* Bytes of which nothing has to be known. */
static size_t pass_over(nb_warc_scan *s, const char *p, size_t n)
{
	const char *next;

	if (s->state == BODY) {
		n = s->left < n ? (size_t)s->left : n;
		s->left -= n;
		return n;
	}
	if (s->state != LOST || s->line_start)
		return 0;
	next = memchr(p, '\n', n);
	s->line_start = next != NULL;
	return next ? (size_t)(next - p) + 1 : n;
}

static nb_scan_event end_record(nb_warc_scan *s, nb_scan *scan, bool known)
{
	s->state = known ? BETWEEN : LOST;
	s->open = false;
	scan->place++;
	return NB_SCAN_END;
}

static nb_scan_event begin_record(nb_warc_scan *s)
{
	s->open = true;
	begin(s);
	return NB_SCAN_BEGIN;
}

/* One byte, or an event before it. */
static nb_scan_event step(nb_scan *scan, char c, size_t *at)
{
	nb_warc_scan *s = &scan->warc;
	bool taken;

	switch (s->state) {
	case BETWEEN:
		if (c != '\r' && c != '\n' && c != 0) {
			s->lost = false;
			return begin_record(s);
		}
		break;
	case MAGIC:
		if (!take_magic(s, c) && s->lost) {
			s->open = false;
			return NB_SCAN_DROP;
		}
		break;
	case HEADER:
		take_header(s, c);
		break;
	case BODY:
		s->state = BEHIND;
		return step(scan, c, at);
	case BEHIND:
		if (take_after(s, c, &taken)) {
			*at += taken;
			return end_record(s, scan, true);
		}
		break;
	case LOST:
		if (c == 'W' && s->line_start) {
			s->lost = true;
			return s->open ? end_record(s, scan, false) : begin_record(s);
		}
		s->line_start = c == '\n';
		break;
	}
	++*at;
	return NB_SCAN_MORE;
}

nb_scan_event nb_warc_scan_records(nb_scan *scan, const char *p, size_t n, size_t *at)
{
	nb_warc_scan *s = &scan->warc;

	while (*at < n) {
		nb_scan_event event;

		*at += pass_over(s, p + *at, n - *at);
		if (*at == n)
			break;
		event = step(scan, p[*at], at);
		if (event != NB_SCAN_MORE)
			return event;
	}
	return NB_SCAN_MORE;
}
