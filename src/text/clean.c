/* SPDX-License-Identifier: MIT
 *
 * clean.c - see clean.h: lines to spans.
 */
#include "newsbraid/clean.h"

#include <stdlib.h>
#include <string.h>

#include "text/lines.h"

const char *nb_cut_reason_name(nb_cut_reason reason)
{
	static const char *const name[NB_CUT_REASONS] = {
		"dateline", "title",   "navigation", "stamp",  "byline",
		"share",    "comment", "teaser",     "notice", "recurring",
	};

	return reason < NB_CUT_REASONS ? name[reason] : "notice";
}

void nb_cleaner_release(nb_cleaner *c)
{
	if (c->lines)
		free(c->lines->line);
	free(c->lines);
	*c = (nb_cleaner){ 0 };
}

/* Append a span; one that touches the last and has its reason prolongs it. */
static void add_cut(nb_cleaned *out, size_t begin, size_t end, nb_cut_reason reason)
{
	nb_cut *last = out->n_cuts ? &out->cut[out->n_cuts - 1] : NULL;

	if (last && begin < last->end)
		begin = last->end;
	if (begin >= end)
		return;
	if (last && last->end == begin && last->reason == reason)
		last->end = (uint32_t)end;
	else if (out->n_cuts < NB_CUTS_MAX)
		out->cut[out->n_cuts++] = (nb_cut){ (uint32_t)begin, (uint32_t)end, reason };
	else
		return;
	out->report_bytes -= (uint32_t)(end - begin);
}

/* The blanks between two lines go with the one that is cut; at both ends with what is cut there. */
static void emit_cuts(const nb_lines *l, const nb_cut *tail, nb_cleaned *out)
{
	size_t first = 0, last = l->n, len = l->page->text.len;

	while (first < l->n && l->line[first].cut != NB_LINE_KEPT)
		first++;
	while (last > first && l->line[last - 1].cut != NB_LINE_KEPT)
		last--;
	for (size_t i = 0; i < l->n; i++) {
		const nb_line *line = &l->line[i];
		size_t begin = i == 0 ? 0 : line->begin, end = i + 1 < l->n ? line[1].begin : len;

		if (line->cut != NB_LINE_KEPT) {
			if (i == last && last > first)
				begin = tail->begin && last == i ? tail->end : line[-1].end;
			add_cut(out, begin, end, (nb_cut_reason)line->cut);
			continue;
		}
		if (l->has_dateline && i == l->start)
			add_cut(out, line->begin, line->begin + l->dispatch.end, NB_CUT_DATELINE);
		if (tail->end && tail->begin >= line->begin && tail->end <= line->end)
			add_cut(out, tail->begin, tail->end, tail->reason);
	}
}

/* Keys of short lines at both ends of the report. */
static void emit_keys(const nb_lines *l, nb_cleaned *out)
{
	const char *text = l->page->text.ptr;
	size_t longest = 0, at = 0;

	for (size_t i = 0; i < l->n; i++) {
		const nb_line *line = &l->line[i];
		size_t n = line->end - line->begin;

		if (line->cut != NB_LINE_KEPT)
			continue;
		if (n > longest) {
			longest = n;
			at = line->begin;
		}
		if (l->wrapped || n > NB_LINE_KEY_BYTES || n < 2 || line == &l->line[l->start])
			continue;
		if (out->n_lines == NB_LINES_MAX) { /* the older ones of the second half give way */
			memmove(out->line + NB_LINES_MAX / 2, out->line + NB_LINES_MAX / 2 + 1,
				(NB_LINES_MAX / 2 - 1) * sizeof(*out->line));
			out->n_lines--;
		}
		out->line[out->n_lines++] = nb_line_key(text + line->begin, n);
	}
	out->longest = longest ? nb_line_key(text + at, longest) : 0;
}

nb_status nb_clean(nb_cleaner *c, const nb_page *page, nb_cleaned *out)
{
	nb_lines *l = c->lines;
	nb_cut tail;
	nb_str report = page->text;

	out->n_cuts = out->n_credits = out->n_lines = 0;
	out->report_bytes = (uint32_t)page->text.len;
	out->place = (nb_str){ 0 };
	out->month = out->day = 0;
	out->year = 0;
	out->longest = 0;
	*out->lang = '\0';
	if (!l) {
		l = c->lines = calloc(1, sizeof(*l));
		if (!l)
			return NB_ENOMEM;
	}
	if (nb_lines_read(l, page) != NB_OK)
		return NB_ENOMEM;
	nb_lines_mark(l);
	nb_lines_credit(l, out, &tail);
	if (l->has_dateline) {
		out->place = l->dispatch.place;
		out->month = l->dispatch.month;
		out->day = l->dispatch.day;
		out->year = l->dispatch.year;
	}
	emit_cuts(l, &tail, out);
	emit_keys(l, out);
	for (uint32_t i = 0, begin = 0; i <= out->n_cuts; i++) {
		uint32_t end = i < out->n_cuts ? out->cut[i].begin : (uint32_t)report.len;

		nb_credit_prose((nb_str){ report.ptr + begin, end - begin }, out);
		begin = i < out->n_cuts ? out->cut[i].end : begin;
	}
	return NB_OK;
}

size_t nb_cut_out(nb_str text, const nb_cut *cut, size_t n, char *out)
{
	size_t at = 0, to = 0;

	for (size_t i = 0; i <= n; i++) {
		size_t end = i < n ? cut[i].begin : text.len;

		if (end > at)
			memmove(out + to, text.ptr + at, end - at);
		to += end - at;
		at = i < n ? cut[i].end : at;
	}
	return to;
}
