/* SPDX-License-Identifier: MIT
 *
 * furniture.c - nb_lines_mark: which lines are no part of the report.
 *
 * A page is read as head, report and tail.  In the head, lines that look like furniture go; if a
 * dateline shows where the report begins, so do names of sites before it.  After it, lists of
 * other stories go with their headings; in the tail, after the last paragraph, all that belongs to
 * a form for comments or a list.  Inside the report only lines that say themselves what they are.
 */
#include "text/lines.h"

#define SITE_WORDS    4 /* a line of so few words before a dateline is no summary */
#define HEADING_WORDS 6
#define REPORT_TIMES  2 /* a report is so much longer than a teaser after it */

static bool has(const nb_line *line, uint32_t flags)
{
	return line->flags & flags;
}

static bool is_phrase(const nb_line *line)
{
	return line->phrase != NB_WORD_KINDS;
}

/* A phrase that needs nothing beside it to be sure of. */
static bool is_sure_phrase(const nb_line *line)
{
	return is_phrase(line) && !has(line, NB_LINE_WEAK);
}

static void cut(nb_line *line, nb_cut_reason reason)
{
	if (line->cut == NB_LINE_KEPT)
		line->cut = (uint8_t)reason;
}

static nb_cut_reason phrase_reason(const nb_line *line)
{
	switch (line->phrase) {
	case NB_WORD_COMMENT:
		return NB_CUT_COMMENT;
	case NB_WORD_RELATED:
		return NB_CUT_TEASER;
	case NB_WORD_SHARE:
		return NB_CUT_SHARE;
	default:
		return NB_CUT_NOTICE;
	}
}

/* ---- head ------------------------------------------------------------------------------------ */

/* Furniture wherever the report has not begun, or is over. */
static bool cut_outside(nb_line *line, bool stamps)
{
	if (has(line, NB_LINE_BODY))
		return false;
	if (is_phrase(line))
		cut(line, phrase_reason(line));
	else if (has(line, NB_LINE_TITLE))
		cut(line, NB_CUT_TITLE);
	else if (has(line, NB_LINE_STAMP | NB_LINE_AGO) && stamps)
		cut(line, NB_CUT_STAMP);
	else if (has(line, NB_LINE_CRUMBS))
		cut(line, NB_CUT_NAVIGATION);
	else
		return false;
	return true;
}

static void mark_head(nb_lines *l)
{
	bool stamps = true; /* without a paragraph, only a stamp above all else is sure */

	for (size_t i = 0; i < l->start && i < l->n; i++) {
		nb_line *line = &l->line[i];

		if (cut_outside(line, stamps))
			continue;
		stamps = l->start < l->n;
		if (has(line, NB_LINE_BYLINE))
			cut(line, NB_CUT_BYLINE);
		else if (l->has_dateline && has(line, NB_LINE_LISTED) &&
			 line->n_words <= SITE_WORDS)
			cut(line, NB_CUT_NAVIGATION);
	}
}

/* ---- lists of other stories ------------------------------------------------------------------ */

/* May be an entry of a list of stories: a headline, a dispatch, a time. */
static bool is_entry(const nb_line *line)
{
	return has(line, NB_LINE_LISTED | NB_LINE_AGO | NB_LINE_DATELINE) || is_phrase(line);
}

/* A heading over the list that begins at line i: short, no statement, not yet cut. */
static void cut_heading(nb_lines *l, size_t i)
{
	nb_line *line = i > l->start + 1 ? &l->line[i - 1] : NULL;

	if (line && has(line, NB_LINE_LISTED) && !has(line, NB_LINE_DATELINE) &&
	    line->n_words <= HEADING_WORDS)
		cut(line, NB_CUT_TEASER);
}

/* "3 hours ago" stands under its story, or glued before the next one; above it if what stands
 * before it belongs to the report. */
static void mark_times(nb_lines *l)
{
	size_t last = 0; /* line of the time before */

	for (size_t i = l->start + 1; i < l->n; i++) {
		nb_line *line = &l->line[i], *before = line - 1;

		if (!has(line, NB_LINE_AGO))
			continue;
		cut(line, NB_CUT_TEASER);
		if (i - 1 > l->start && i - 1 != last &&
		    (has(before, NB_LINE_DATELINE | NB_LINE_LISTED) || (last && i - last == 2))) {
			bool first = before->cut == NB_LINE_KEPT;

			cut(before, NB_CUT_TEASER);
			if (first && !last)
				cut_heading(l, i - 1);
		} else if (i + 1 < l->n && !line->glued && has(&l->line[i + 1], NB_LINE_LISTED)) {
			cut(&l->line[i + 1], NB_CUT_TEASER);
		}
		last = i;
	}
}

/* After a heading "Most read": its entries, up to the end or up to where the report goes on. */
static void mark_related(nb_lines *l)
{
	for (size_t i = l->start + 1; i < l->n; i++) {
		nb_line *line = &l->line[i];
		size_t end = i + 1, last;

		if (line->phrase != NB_WORD_RELATED || has(line, NB_LINE_BODY))
			continue;
		while (end < l->n && is_entry(&l->line[end]))
			end++;
		/* "More in comfort" may head a part of the report; over a list it does not */
		if (has(line, NB_LINE_WEAK) && (end < l->n || end == i + 1))
			continue;
		cut(line, NB_CUT_TEASER);
		if (end == l->n)
			last = l->n;
		else if (has(line, NB_LINE_ALONE)) /* the report goes on: the one nearest entry */
			last = i + 2 < end ? i + 2 : end;
		else
			last = i + 1;
		/* "Read also: a headline" says all on its line, unless nothing but entries follows */
		for (size_t k = i + 1; k < last && l->line[k].phrase != NB_WORD_COMMENT; k++)
			if (!is_phrase(&l->line[k]))
				cut(&l->line[k], NB_CUT_TEASER);
	}
}

/* Dispatches after the report of a page that has one: each a single paragraph, far shorter. */
static void mark_dispatches(nb_lines *l)
{
	size_t report = 0, longest = 0, bodies = 0, first = 0, i;

	for (i = l->start; i < l->n; i++) {
		const nb_line *line = &l->line[i];

		if (i > l->start && has(line, NB_LINE_DATELINE))
			break;
		report += has(line, NB_LINE_BODY) ? line->end - line->begin : 0;
		bodies += has(line, NB_LINE_BODY);
	}
	for (first = i; i < l->n; i++) {
		const nb_line *line = &l->line[i];

		if (has(line, NB_LINE_BODY) && !has(line, NB_LINE_DATELINE | NB_LINE_AGO))
			return; /* a second paragraph: not a teaser */
		if (line->end - line->begin > longest)
			longest = line->end - line->begin;
	}
	if (first == l->n || bodies < 2 || report < REPORT_TIMES * longest)
		return;
	cut_heading(l, first);
	for (i = first; i < l->n; i++)
		if (has(&l->line[i], NB_LINE_DATELINE))
			cut(&l->line[i], NB_CUT_TEASER);
}

/* ---- inside and tail ------------------------------------------------------------------------- */

static void mark_inside(nb_lines *l)
{
	for (size_t i = l->start + 1; i < l->n; i++) {
		nb_line *line = &l->line[i];

		if (!has(line, NB_LINE_BODY) && is_sure_phrase(line))
			cut(line, phrase_reason(line));
		else if (has(line, NB_LINE_TITLE))
			cut(line, NB_CUT_TITLE);
	}
}

static size_t tail_of(const nb_lines *l)
{
	size_t tail = l->n;

	while (tail > l->start + 1 && (l->line[tail - 1].cut != NB_LINE_KEPT ||
				       !has(&l->line[tail - 1], NB_LINE_BODY)))
		tail--;
	return tail;
}

/* After the last paragraph: a form for comments takes all that follows, menus and lists what is
 * short and no sentence. */
static void mark_tail(nb_lines *l)
{
	bool form = false, menu = false;

	for (size_t i = tail_of(l); i < l->n; i++) {
		nb_line *line = &l->line[i];

		if (i <= l->start)
			continue;
		form |= line->phrase == NB_WORD_COMMENT;
		cut_outside(line, menu);
		if (form)
			cut(line, NB_CUT_COMMENT);
		else if (menu && has(line, NB_LINE_LISTED) && line->n_words <= SITE_WORDS &&
			 !has(line, NB_LINE_BYLINE))
			cut(line, NB_CUT_NAVIGATION);
		menu = line->cut != NB_LINE_KEPT;
	}
}

/* The title is the report where nothing else is. */
static void keep_title(nb_lines *l)
{
	for (size_t i = 0; i < l->n; i++)
		if (l->line[i].cut == NB_LINE_KEPT)
			return;
	for (size_t i = 0; i < l->n; i++)
		if (l->line[i].cut == NB_CUT_TITLE) {
			l->line[i].cut = NB_LINE_KEPT;
			return;
		}
}

/* A line of broken text is a phrase only where it is a paragraph. */
static void mark_wrapped(nb_lines *l)
{
	const char *text = l->page->text.ptr;

	for (size_t i = 0; i < l->n; i++) {
		nb_line *line = &l->line[i];
		bool before = i == 0 || (line->begin >= 2 && text[line->begin - 1] == '\n' &&
					 text[line->begin - 2] == '\n');
		bool after =
			i + 1 == l->n || (text[line->end] == '\n' && text[line->end + 1] == '\n');

		if (is_sure_phrase(line) && before && after && !has(line, NB_LINE_BODY))
			cut(line, phrase_reason(line));
	}
}

void nb_lines_mark(nb_lines *l)
{
	if (l->n == 0)
		return;
	if (l->wrapped) {
		mark_wrapped(l);
	} else {
		mark_head(l);
		if (l->has_dateline)
			mark_dispatches(l);
		mark_times(l);
		mark_related(l);
		mark_inside(l);
		mark_tail(l);
	}
	keep_title(l);
}
