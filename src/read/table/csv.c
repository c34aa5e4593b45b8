/* SPDX-License-Identifier: MIT
 *
 * csv.c - see csv.h.
 */
#include "read/table/csv.h"

#include <string.h>

#include "read/value.h"

#define N_MARKS (sizeof(NB_TABLE_MARKS) - 1)

/* ---- rows ------------------------------------------------------------------------------------ */

static int mark_of(char c)
{
	const char *p = c ? strchr(NB_TABLE_MARKS, c) : NULL;

	return p ? (int)(p - NB_TABLE_MARKS) : -1;
}

/* The mark seen most. */
static char most_seen(const uint32_t seen[N_MARKS])
{
	size_t best = 0;

	for (size_t i = 1; i < N_MARKS; i++)
		if (seen[i] > seen[best])
			best = i;
	return seen[best] ? NB_TABLE_MARKS[best] : 0;
}

/* In the header every mark ends a cell, until it is known which one does. */
static nb_table_state header_step(nb_table_state state, char c, uint32_t seen[N_MARKS])
{
	int mark = mark_of(c);

	if (mark >= 0 && state != NB_TABLE_QUOTED)
		seen[mark]++;
	return nb_table_step(state, c, mark >= 0);
}

char nb_table_separator(nb_str header)
{
	nb_table_state state = NB_TABLE_START;
	uint32_t seen[N_MARKS] = { 0 };

	for (size_t i = 0; i < header.len && state != NB_TABLE_END; i++)
		state = header_step(state, header.ptr[i], seen);
	return most_seen(seen);
}

/* Bytes after p that leave a quoted cell open. */
static size_t quoted_run(nb_scan *scan, const char *p, size_t n)
{
	const char *end = memchr(p, '"', n);
	size_t run = end ? (size_t)(end - p) : n;

	for (const char *feed = p; (feed = memchr(feed, '\n', (size_t)(p + run - feed))); feed++)
		scan->place++;
	return run;
}

nb_scan_event nb_table_scan_rows(nb_scan *scan, const char *p, size_t n, size_t *at)
{
	nb_table_scan *s = &scan->table;

	for (; *at < n; ++*at) {
		char c = p[*at];

		if (!s->inside) {
			if (c != '\n' && c != '\r') {
				s->inside = true;
				s->state = NB_TABLE_START;
				return NB_SCAN_BEGIN;
			}
			scan->place += c == '\n';
			continue;
		}
		if (s->state == NB_TABLE_QUOTED) {
			*at += quoted_run(scan, p + *at, n - *at);
			if (*at == n)
				break;
			c = p[*at];
		}
		s->state =
			(uint8_t)(s->separator ? nb_table_step((nb_table_state)s->state, c,
							       c == s->separator)
					       : header_step((nb_table_state)s->state, c, s->seen));
		if (s->state == NB_TABLE_END) {
			if (!s->separator)
				s->separator = most_seen(s->seen);
			if (!s->separator) /* one column: nothing is between cells */
				s->separator = '\n';
			scan->place++;
			s->inside = false;
			++*at;
			return NB_SCAN_END;
		}
	}
	return NB_SCAN_MORE;
}

/* ---- cells ----------------------------------------------------------------------------------- */

static nb_str without_line_end(nb_str s)
{
	while (s.len && (s.ptr[s.len - 1] == '\n' || s.ptr[s.len - 1] == '\r'))
		s.len--;
	return s;
}

/* Between its quotes, if it ended with one. */
static nb_table_cell cell_of(nb_str bytes, nb_table_state last)
{
	bytes = without_line_end(bytes);
	if (last != NB_TABLE_QUOTE || bytes.len < 2)
		return (nb_table_cell){ bytes, false };
	return (nb_table_cell){ { bytes.ptr + 1, bytes.len - 2 }, true };
}

bool nb_table_next(nb_table_row *row, nb_table_cell *out)
{
	nb_table_state state = row->quotes ? NB_TABLE_START : NB_TABLE_PLAIN, last = state;
	bool feed = false;
	size_t i = 0;

	if (row->ended)
		return false;
	for (; i < row->rest.len; i++) {
		char c = row->rest.ptr[i];

		last = state;
		state = nb_table_step(state, c, c == row->separator && c != '\n');
		if (state == NB_TABLE_START || state == NB_TABLE_END)
			break;
		feed |= c == '\n';
		row->strayed |= feed && last == NB_TABLE_QUOTE && state == NB_TABLE_PLAIN;
	}
	if (i == row->rest.len) {
		last = state;
		row->unclosed |= state == NB_TABLE_QUOTED;
	}
	*out = cell_of((nb_str){ row->rest.ptr, i }, last);
	row->ended = i == row->rest.len || state == NB_TABLE_END;
	if (!row->ended)
		row->rest = (nb_str){ row->rest.ptr + i + 1, row->rest.len - i - 1 };
	return true;
}
