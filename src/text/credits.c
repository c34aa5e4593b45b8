/* SPDX-License-Identifier: MIT
 *
 * credits.c - who is credited: in dateline, bylines, tail, on the page, in running text.
 */
#include <string.h>

#include "text/lines.h"
#include "text/marks.h"

#define TAIL_LINES  4   /* lines after which no credit is looked for */
#define TAIL_BYTES  90  /* a credit at the end of a paragraph is no longer */
#define STAFF_WIDTH 300 /* "Reporting by ...; Editing by ..." */

void nb_credit_add(nb_cleaned *out, nb_agency agency, nb_agency_role role, nb_str words)
{
	uint32_t at = out->n_credits;

	for (uint32_t i = 0; i < out->n_credits; i++) {
		const nb_credit *c = &out->credit[i];

		if (agency ? c->agency == agency
			   : c->words.len == words.len && !memcmp(c->words.ptr, words.ptr, words.len))
			return; /* credits are found best first */
	}
	if (at == NB_CREDITS_MAX)
		return;
	out->n_credits++;
	for (; at > 0 && out->credit[at - 1].role > role; at--)
		out->credit[at] = out->credit[at - 1];
	out->credit[at] = (nb_credit){ agency, role, words };
}

static bool has_writer(const nb_cleaned *out)
{
	return out->n_credits && out->credit[0].role == NB_WROTE;
}

/* Who is named where writers are named: the first wrote, others are passed on. */
static void add_writer(nb_cleaned *out, nb_agency agency, nb_str words)
{
	nb_credit_add(out, agency, has_writer(out) ? NB_RELAYED : NB_WROTE, words);
}

/* All agencies of a short stretch. */
static bool add_writers(nb_cleaned *out, const nb_lex *lex, const char *text, uint32_t from)
{
	bool any = false;

	for (uint32_t i = from, n; i < lex->n; i += n) {
		const nb_word_entry *e = nb_word_longest(lex, i, NB_WORD_AGENCY, &n);
		size_t begin = lex->word[i].begin;

		if (!e) {
			n = 1;
			continue;
		}
		add_writer(out, e->value,
			   (nb_str){ text + begin, lex->word[i + n - 1].end - begin });
		any = true;
	}
	return any;
}

static const char *text_of(const nb_lines *l, size_t i)
{
	return l->page->text.ptr + l->line[i].begin;
}

/* ---- head and tail --------------------------------------------------------------------------- */

static void credit_head(nb_lines *l, nb_cleaned *out)
{
	for (size_t i = 0; i < l->start && i < l->n; i++)
		if ((l->line[i].flags & (NB_LINE_BYLINE | NB_LINE_PHOTO)) == NB_LINE_BYLINE)
			add_writers(out, nb_lines_lex(l, i), text_of(l, i), 0);
}

/* Whether words [from, n) are agencies and services of theirs, at least one. */
static bool are_credits(const nb_lex *lex, uint32_t from)
{
	bool agency = false;

	for (uint32_t i = from, n; i < lex->n; i += n) {
		if (nb_word_longest(lex, i, NB_WORD_AGENCY, &n))
			agency = true;
		else if (!nb_word_longest(lex, i, NB_WORD_WITH, &n) &&
			 !nb_word_longest(lex, i, NB_WORD_PARTICLE, &n))
			return false;
	}
	return agency;
}

/* "... said. (PAP)", "... /TASS/": a bracket at the end of a paragraph. */
static bool credit_end(nb_lines *l, size_t i, nb_cleaned *out, nb_cut *cut)
{
	const nb_line *line = &l->line[i];
	size_t n = line->end - line->begin, from = n > TAIL_BYTES ? n - TAIL_BYTES : 0, open = 0;
	const char *text = text_of(l, i) + from;
	nb_lex *lex = &l->lex;
	uint32_t first;

	while (from + open < n && ((unsigned char)*text & 0xC0) == 0x80) {
		text++;
		from++;
	}
	n -= from;
	nb_lex_read(lex, text, n);
	if (lex->n == 0 || !(nb_lex_gap(lex, lex->n, text, n) & (NB_MARK_CLOSE | NB_MARK_SLASH)))
		return false;
	for (first = lex->n - 1; first > 0; first--)
		if (nb_lex_gap(lex, first, text, n) & (NB_MARK_OPEN | NB_MARK_SLASH))
			if (nb_lex_gap(lex, first, text, n) & NB_MARK_BLANK)
				break;
	if (first == 0 || !are_credits(lex, first))
		return false;
	add_writers(out, lex, text, first);
	open = lex->word[first - 1].end;
	for (size_t length; open < lex->word[first].begin; open += length)
		if (nb_mark_at(text + open, n - open, &length) & (NB_MARK_OPEN | NB_MARK_SLASH))
			break;
	while (open > 0 && text[open - 1] == ' ')
		open--;
	*cut = (nb_cut){ (uint32_t)(line->begin + from + open), line->end, NB_CUT_BYLINE };
	return true;
}

static bool is_staff(const nb_lex *lex, const nb_line *line)
{
	uint32_t n;
	const nb_word_entry *e = nb_word_longest(lex, 0, NB_WORD_BY, &n);

	return e && e->value == NB_PHRASE_MORE && line->width <= STAFF_WIDTH;
}

/* The last lines of the report: "Reuter", "Avec AFP", "(Reporting by ...)". */
static void credit_tail(nb_lines *l, nb_cleaned *out, nb_cut *tail)
{
	size_t left = TAIL_LINES, first = l->start < l->n ? l->start : 0;

	for (size_t i = l->n; i-- > first && left > 0;) {
		nb_line *line = &l->line[i];
		const nb_lex *lex;

		if (line->cut != NB_LINE_KEPT)
			continue;
		left--;
		lex = nb_lines_lex(l, i);
		if (i > first && line->width <= 120 && lex->whole && are_credits(lex, 0)) {
			add_writers(out, lex, text_of(l, i), 0);
			line->cut = NB_CUT_BYLINE;
		} else if (i > first && is_staff(lex, line)) {
			line->cut = NB_CUT_BYLINE;
		} else {
			credit_end(l, i, out, tail);
			break;
		}
	}
}

/* "(c) 2016 The Associated Press. All rights reserved." */
static void credit_rights(nb_lines *l, nb_cleaned *out)
{
	for (size_t i = 0; i < l->n && !has_writer(out); i++)
		if (l->line[i].phrase == NB_WORD_NOTICE && l->line[i].cut == NB_CUT_NOTICE)
			add_writers(out, nb_lines_lex(l, i), text_of(l, i), 0);
}

/* ---- "News agency NAME" ---------------------------------------------------------------------- */

static bool is_name_word(const nb_lex *lex, uint32_t i)
{
	return i < lex->n && (lex->word[i].kind == NB_LEX_CAPITAL ||
			      lex->word[i].kind == NB_LEX_UPPER || lex->word[i].kind == NB_LEX_OWN);
}

/* Words joined to words [from, end) by blanks alone. */
static uint32_t name_after(const nb_lex *lex, const char *text, size_t n, uint32_t from)
{
	uint32_t end = from;

	while (end < from + 3 && is_name_word(lex, end) &&
	       (nb_lex_gap(lex, end, text, n) & ~(uint32_t)(NB_MARK_BLANK | NB_MARK_QUOTE)) == 0)
		end++;
	/* "InfoSea" is one word to readers */
	while (end > from && end < lex->n && lex->word[end].begin == lex->word[end - 1].end)
		end++;
	return end;
}

static void name_agency(nb_cleaned *out, const nb_lex *lex, const char *text, size_t n)
{
	for (uint32_t i = 0, words; i < lex->n; i++) {
		uint32_t from, end, known;
		const nb_word_entry *e;
		size_t begin;

		if (!nb_word_longest(lex, i, NB_WORD_AGENCY_NOUN, &words))
			continue;
		from = i + words;
		end = name_after(lex, text, n, from);
		if (end == from && i > 0 && is_name_word(lex, i - 1)) {
			from = i - 1;
			end = i;
			while (from > 0 && lex->word[from - 1].end == lex->word[from].begin)
				from--;
		}
		if (end == from)
			continue;
		begin = lex->word[from].begin;
		e = nb_word_longest(lex, from, NB_WORD_AGENCY, &known);
		add_writer(out, e ? e->value : NB_AGENCY_NONE,
			   (nb_str){ text + begin, lex->word[end - 1].end - begin });
		return;
	}
}

/* What a page says of itself stands in its title and in what was cut from it. */
static void credit_page(nb_lines *l, nb_cleaned *out)
{
	const nb_page *page = l->page;

	if (page->title.len)
		name_agency(out, &l->title, page->title.ptr, page->title.len);
	for (size_t i = 0; i < l->n && !has_writer(out); i++) {
		const nb_line *line = &l->line[i];

		if (line->cut == NB_CUT_NAVIGATION || line->cut == NB_CUT_TITLE)
			name_agency(out, nb_lines_lex(l, i), text_of(l, i),
				    line->end - line->begin);
	}
}

void nb_lines_credit(nb_lines *l, nb_cleaned *out, nb_cut *tail)
{
	const nb_page *page = l->page;
	nb_agency own;
	nb_lex lex;

	*tail = (nb_cut){ 0 };
	if (l->has_dateline)
		for (uint32_t i = 0; i < l->dispatch.n_credits; i++)
			nb_credit_add(out, l->dispatch.credit[i].agency, l->dispatch.credit[i].role,
				      l->dispatch.credit[i].words);
	credit_head(l, out);
	if (page->byline.len) {
		nb_lex_read(&lex, page->byline.ptr, page->byline.len);
		add_writers(out, &lex, page->byline.ptr, 0);
	}
	credit_tail(l, out, tail);
	if (!has_writer(out) && (own = nb_agency_of_source(page->source)))
		nb_credit_add(out, own, NB_WROTE, page->source);
	credit_rights(l, out);
	if (!has_writer(out))
		credit_page(l, out);
}
