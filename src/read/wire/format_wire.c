/* SPDX-License-Identifier: MIT
 *
 * format_wire.c - text wires as teleprinters had them: IPTC 7901 and ANPA 1312.
 *
 * SOH header STX text ETX date EOT.  Of the header both have the service with the number of the
 * message, a priority and a category in front.  What agencies put into the text (keywords between
 * slashes, "^" and "<" around headlines, "=" after them) is known by its look.
 */
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "newsbraid/date.h"
#include "read/formats.h"

enum { SOH = 1, STX = 2, ETX = 3, EOT = 4, SYN = 0x16 };

static bool is(const nb_head *head)
{
	nb_str s = head->visible;

	while (s.len && *s.ptr == SYN) {
		s.ptr++;
		s.len--;
	}
	return s.len && *s.ptr == SOH && memchr(s.ptr, STX, s.len);
}

/* ---- messages -------------------------------------------------------------------------------- */

/* What stands between messages is filling; a message without an end ends where the next begins. */
static nb_scan_event scan_messages(nb_scan *scan, const char *p, size_t n, size_t *at)
{
	nb_wire_scan *s = &scan->wire;

	for (; *at < n; ++*at) {
		char c = p[*at];

		if (s->state == NB_WIRE_BETWEEN && c == SOH) {
			s->state = NB_WIRE_AT_BEGIN;
			return NB_SCAN_BEGIN;
		}
		if (s->state == NB_WIRE_INSIDE && (c == SOH || c == EOT)) {
			s->state = NB_WIRE_BETWEEN;
			scan->place++;
			*at += c == EOT;
			return NB_SCAN_END;
		}
		if (s->state == NB_WIRE_AT_BEGIN)
			s->state = NB_WIRE_INSIDE;
	}
	return NB_SCAN_MORE;
}

struct message {
	nb_str header, text, date; /* date: what stands after the text */
};

static bool take_apart(nb_str s, struct message *out)
{
	const char *stx = memchr(s.ptr, STX, s.len), *etx, *end = s.ptr + s.len;

	etx = stx ? memchr(stx, ETX, (size_t)(end - stx)) : NULL;
	if (!etx)
		return false;
	out->header = (nb_str){ s.ptr + 1, (size_t)(stx - s.ptr) - 1 };
	out->text = (nb_str){ stx + 1, (size_t)(etx - stx) - 1 };
	out->date = (nb_str){ etx + 1, (size_t)(end - etx) - 1 };
	return true;
}

/* ---- header and date ------------------------------------------------------------------------- */

static bool is_control(char c)
{
	return (unsigned char)c <= ' ';
}

/* The next word of s, which begins after it then. */
static nb_str next_word(nb_str *s)
{
	size_t n = 0;
	nb_str word;

	while (s->len && is_control(*s->ptr)) {
		s->ptr++;
		s->len--;
	}
	while (n < s->len && !is_control(s->ptr[n]))
		n++;
	word = (nb_str){ s->ptr, n };
	s->ptr += n;
	s->len -= n;
	return word;
}

static bool is_letter(char c)
{
	return (c | 32) >= 'a' && (c | 32) <= 'z';
}

static bool is_number(nb_str s, size_t n)
{
	for (size_t i = 0; i < s.len; i++)
		if (s.ptr[i] < '0' || s.ptr[i] > '9')
			return false;
	return s.len == n;
}

/* "bdt" of "bdt0123". */
static nb_str service_of(nb_str number)
{
	size_t n = 0;

	while (n < number.len && is_letter(number.ptr[n]))
		n++;
	return (nb_str){ number.ptr, n };
}

/* "171230 Mar 98": day, hour and minute, month, year; as "1998-03-17T12:30". */
static bool date_of(nb_str s, char out[32])
{
	static const char *const months[] = { "jan", "feb", "mar", "apr", "may", "jun",
					      "jul", "aug", "sep", "oct", "nov", "dec" };
	nb_str time = next_word(&s), month = next_word(&s), year = next_word(&s);
	const char *century;

	if (!is_number(time, 6) || month.len < 3 || !(is_number(year, 2) || is_number(year, 4)))
		return false;
	century = year.len == 4 ? "" : year.ptr[0] < '7' ? "20" : "19"; /* no wire is older */
	for (int m = 0; m < 12; m++)
		if (strncasecmp(month.ptr, months[m], 3) == 0) {
			snprintf(out, 32, "%s%.*s-%02d-%.2sT%.2s:%.2s:00Z", century,
				 (int)year.len, year.ptr, m + 1, time.ptr, time.ptr + 2,
				 time.ptr + 4);
			return true;
		}
	return false;
}

/* Numbers begin again every day: the date makes them ids. */
static nb_str keep_id(nb_maker *m, nb_str number, const char *date)
{
	char id[128];
	int n = snprintf(id, sizeof(id), "wire:%.*s%s%.10s",
			 (int)(number.len < 64 ? number.len : 64), number.ptr, *date ? ":" : "",
			 date);

	return nb_keep_bytes(m, (nb_str){ id, (size_t)n }, NB_ID_MAX);
}

static void take_header(nb_parse *p, const struct message *message, nb_article *a)
{
	nb_str rest = message->header, number = next_word(&rest);
	nb_str priority = next_word(&rest), category = next_word(&rest);
	char date[32] = "";

	if (date_of(message->date, date) &&
	    nb_date_parse((nb_str){ date, strlen(date) }, &a->published_at)) {
		a->published_raw = nb_keep_bytes(p->m, nb_trim(message->date), NB_DATE_MAX);
		a->date_source = NB_DATE_PUBLISHER;
	} else {
		*date = '\0';
	}
	a->source = nb_keep_bytes(p->m, service_of(number), NB_SHORT_MAX);
	a->id = number.len ? keep_id(p->m, number, date) : (nb_str){ 0 };
	if (priority.len == 1 && category.len && category.len <= 3 && is_letter(*category.ptr))
		a->subjects = nb_keep_bytes(p->m, category, NB_SHORT_MAX);
}

/* ---- text ------------------------------------------------------------------------------------ */

/* A line without the marks of typesetting around it. */
static nb_str bare(nb_str line)
{
	line = nb_trim(line);
	while (line.len && strchr("^<>", *line.ptr)) {
		line.ptr++;
		line.len--;
	}
	while (line.len && strchr("^<>=", line.ptr[line.len - 1]))
		line.len--;
	return nb_trim(line);
}

/* "Trials/Banks/": keywords, not a headline. */
static bool is_keywords(nb_str line)
{
	return line.len > 1 && line.ptr[line.len - 1] == '/' && memchr(line.ptr, '/', line.len - 1);
}

/* The lines of text, bare, into out; the first that is no line of keywords is the title. */
static size_t put_lines(nb_str text, char *out, nb_str *title)
{
	size_t n = 0;

	for (size_t at = 0, end; at < text.len; at = end + 1) {
		const char *feed = memchr(text.ptr + at, '\n', text.len - at);
		nb_str line;

		end = feed ? (size_t)(feed - text.ptr) : text.len;
		line = bare((nb_str){ text.ptr + at, end - at });
		if (!title->len) {
			if (!is_keywords(line))
				*title = line;
			continue;
		}
		memcpy(out + n, line.ptr, line.len);
		n += line.len;
		out[n++] = '\n';
	}
	return n;
}

static void take_text(nb_parse *p, nb_str bytes, nb_article *a)
{
	nb_maker *m = p->m;
	nb_str title = { 0 };
	nb_decoded d;
	char *out;
	size_t n;

	if (nb_charset_to_utf8(&m->charset, bytes, (nb_str){ 0 }, (nb_str){ 0 }, &d) != NB_OK ||
	    !(out = nb_scratch_room(&m->joined, d.text.len + 2))) {
		m->no_memory = true;
		return;
	}
	n = put_lines(d.text, out, &title);
	a->title = nb_keep_bytes(m, title, NB_SHORT_MAX);
	a->text = nb_keep_text(m, nb_trim((nb_str){ out, n }), false);
	if (d.damaged)
		nb_parse_repaired(p);
}

static void parse(nb_parse *p, const nb_record *at)
{
	nb_article a = { .published_at = NB_NO_TIME };
	struct message message;

	if (!take_apart(at->bytes, &message)) {
		nb_parse_reject(p, NB_REJECT_MALFORMED, "a wire message without STX and ETX", at);
		return;
	}
	take_header(p, &message, &a);
	take_text(p, message.text, &a);
	if (!p->m->no_memory)
		nb_parse_article(p, &a, at);
	nb_maker_shrink(p->m);
}

const nb_format nb_format_wire = {
	.name = "wire",
	.is = is,
	.cut = NB_CUT_RECORDS,
	.scan = scan_messages,
	.parse = parse,
};
