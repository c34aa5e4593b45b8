/* SPDX-License-Identifier: MIT
 *
 * line_forms.c - see line_forms.h.
 */
#include "text/line_forms.h"

#include <string.h>

#include "base/ascii.h"
#include "text/marks.h"
#include "text/words.h"

#define HEADLINE_LINES 8 /* a headline below the head of a page is looked for in so many */
#define HEADLINE_WORDS 3

uint32_t nb_lex_gap(const nb_lex *lex, uint32_t i, const char *line, size_t n)
{
	size_t end = i < lex->n ? lex->word[i].begin : n < NB_LEX_BYTES ? n : NB_LEX_BYTES;

	return nb_marks(line, i ? lex->word[i - 1].end : 0, end);
}

/* What a stamp of time is made of. */
typedef struct stamp {
	uint32_t numbers, months, other;
	bool sure; /* a year, a weekday, "updated": no row of a table */
} stamp;

static bool is_year(const nb_lex_word *w)
{
	return w->kind == NB_LEX_NUMBER && w->value >= 1900 && w->value < 2200;
}

/* Take the words from i on that belong to a stamp; their number, 0: none. */
static uint32_t take_stamp(const nb_lex *lex, uint32_t i, stamp *s)
{
	static const uint8_t lists[] = { NB_WORD_AGO, NB_WORD_STAMP, NB_WORD_WEEKDAY,
					 NB_WORD_MONTH, NB_WORD_CLOCK };
	uint32_t words;

	for (size_t k = 0; k < sizeof(lists); k++)
		if (nb_word_longest(lex, i, lists[k], &words)) {
			s->months += lists[k] == NB_WORD_MONTH;
			s->sure |= lists[k] < NB_WORD_MONTH && lists[k] != NB_WORD_CLOCK;
			return words;
		}
	s->numbers += lex->word[i].kind == NB_LEX_NUMBER;
	s->sure |= is_year(&lex->word[i]);
	return lex->word[i].kind == NB_LEX_NUMBER;
}

/* "15.03.2026", "2026-03-15": three numbers joined by one mark, a year at either end. */
static bool is_date(const nb_lex *lex, uint32_t i, const char *text)
{
	const nb_lex_word *w = &lex->word[i];
	char mark;

	if (i + 2 >= lex->n || w[1].kind != NB_LEX_NUMBER || w[2].kind != NB_LEX_NUMBER)
		return false;
	mark = text[w[0].end];
	return strchr("./-", mark) && text[w[1].end] == mark && w[1].begin == w[0].end + 1 &&
	       w[2].begin - w[1].end <= 2 && w[1].value <= 31 &&
	       ((w[0].value <= 31 && w[2].value >= 1900 && w[2].value < 2200) ||
		(w[0].value >= 1900 && w[0].value < 2200 && w[2].value <= 31));
}

/* "Sunday , June 21 2026", "Posted: May 12, 2013 5:16 AM EST", "15.03.2026 13:15". */
bool nb_line_is_stamp(const nb_lex *lex, const char *text, size_t n)
{
	stamp s = { 0 };
	bool bar = false;

	if (!lex->whole || lex->n < 2)
		return false;
	for (uint32_t i = 0, words; i < lex->n; i += words) {
		if (is_date(lex, i, text) || (is_year(&lex->word[i]) && i + 1 < lex->n &&
					      lex->word[i + 1].kind == NB_LEX_OWN))
			s.months++;
		bar |= (nb_lex_gap(lex, i, text, n) & NB_MARK_BAR) != 0;
		words = take_stamp(lex, i, &s);
		if (words == 0) {
			s.other++;
			words = 1;
		}
	}
	return s.other <= (bar ? 2u : 0u) && s.sure && s.numbers >= 1 &&
	       s.numbers <= 6 * s.months && s.months <= 3;
}

/* A bar, slash or arrow with a blank on either side; quotation marks have one on one side only. */
static bool parts_crumbs(const nb_lex *lex, uint32_t i, const char *text)
{
	size_t begin = lex->word[i - 1].end, end = lex->word[i].begin;

	return end - begin >= 3 && text[begin] == ' ' && text[end - 1] == ' ' &&
	       nb_marks(text, begin, end) & (NB_MARK_BAR | NB_MARK_SLASH | NB_MARK_ARROW);
}

/* Segments between bars, slashes or arrows with blanks around them: "Home / WORLD / Title". */
bool nb_line_is_crumbs(const nb_lex *lex, const char *text)
{
	uint32_t segments = 1, words = 0, most = 0, sections = 0, skip = 0;

	if (!lex->whole || lex->n < 2)
		return false;
	for (uint32_t i = 0; i < lex->n; i++) {
		uint32_t len;

		if (i && parts_crumbs(lex, i, text)) {
			segments++;
			words = 0;
		}
		words++;
		most = words > most ? words : most;
		if (skip)
			skip--;
		else if (nb_word_longest(lex, i, NB_WORD_SECTION, &len)) {
			sections += len;
			skip = len - 1;
		}
	}
	/* a menu: names of sections and little else; or crumbs, of which the first are short */
	return (sections >= 3 && 2 * sections >= lex->n) ||
	       (segments >= 3 && (most <= 4 || sections)) ||
	       (segments == 2 && sections == lex->n);
}

/* ---- the headline of a page ------------------------------------------------------------------ */

/* The next line of *rest that is not empty, without the blanks around it; empty at the end. */
static nb_str take_line(nb_str *rest)
{
	const char *end;
	nb_str line;

	while (rest->len && nb_is_blank(*rest->ptr)) {
		rest->ptr++;
		rest->len--;
	}
	end = rest->len ? memchr(rest->ptr, '\n', rest->len) : NULL;
	line = (nb_str){ rest->ptr, end ? (size_t)(end - rest->ptr) : rest->len };
	rest->ptr += line.len;
	rest->len -= line.len;
	while (line.len && nb_is_blank(line.ptr[line.len - 1]))
		line.len--;
	return line;
}

nb_str nb_headline(nb_str text)
{
	nb_str first = take_line(&text), line = first;
	nb_lex lex;

	for (int i = 0; i < HEADLINE_LINES && line.len; i++) {
		nb_lex_read(&lex, line.ptr, line.len);
		if (!nb_line_is_stamp(&lex, line.ptr, line.len) &&
		    !nb_line_is_crumbs(&lex, line.ptr) &&
		    (i == 0 || lex.n >= HEADLINE_WORDS))
			return lex.whole || i == 0 ? line : first;
		line = take_line(&text);
	}
	return first;
}
