/* SPDX-License-Identifier: MIT
 *
 * lines.c - see lines.h: split and classify.
 *
 * Most lines of a news text are long paragraphs; for them two looks suffice, at the end and at the
 * length.  Only short lines, and beginnings that may hold a dateline, are read word by word.
 */
#include "text/lines.h"

#include <string.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "base/array.h"
#include "base/ascii.h"
#include "newsbraid/utf8.h"
#include "text/line_forms.h"
#include "text/marks.h"
#include "unicode/codepoints.h"

#define BODY_WIDTH    60  /* a sentence of this width is part of a report */
#define SURE_WIDTH    240 /* what is longer is, however it ends */
#define LISTED_WIDTH  150 /* entries of lists are no longer */
#define PHRASE_WIDTH  220 /* lines that begin with a phrase are no longer */
#define RIGHTS_WIDTH  300 /* those that begin with the sign of copyright */
#define TEASER_WIDTH  130 /* a headline after a phrase, if it ends as sentences do */
#define SHORT_BYTES   700 /* longer lines are not read word by word */
#define WRAP_WIDTH    40  /* a line that is broken is at least this wide */
#define CREDIT_BYTES  60  /* "(PAP)" at the end of a paragraph is shorter */
#define HEAD_LINES    16  /* a dateline is looked for in so many without a doubt */

const nb_lex *nb_lines_lex(nb_lines *l, size_t i)
{
	const nb_line *line = &l->line[i];

	nb_lex_read(&l->lex, l->page->text.ptr + line->begin, line->end - line->begin);
	return &l->lex;
}

/* ---- one line -------------------------------------------------------------------------------- */

static uint32_t width_of(const char *p, size_t n)
{
	uint32_t halves = 0;

	if (n > SHORT_BYTES)
		return SURE_WIDTH + 1;
	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)p[i];

		halves += (c & 0xC0) == 0x80 ? 0 : c >= 0xE3 && c <= 0xED ? 5 : 2;
	}
	return halves / 2;
}

/* The character that text[0..n) ends with, and its length. */
static uint32_t last_mark(const char *text, size_t n, size_t *length)
{
	size_t at = n - 1;

	while (at > 0 && n - at < 4 && ((unsigned char)text[at] & 0xC0) == 0x80)
		at--;
	return nb_mark_at(text + at, n - at, length);
}

static bool ends_sentence(const char *text, size_t n)
{
	while (n > 0) {
		size_t length;
		uint32_t mark = last_mark(text, n, &length);

		if (mark & (NB_MARK_DOT | NB_MARK_HALT))
			return true;
		if (!(mark & (NB_MARK_QUOTE | NB_MARK_CLOSE | NB_MARK_BLANK)))
			return false;
		n -= length;
	}
	return false;
}

/* Whether a line ends as sentences do, after quotation marks and brackets, a credit in one. */
static bool is_sentence(const char *text, size_t n)
{
	size_t length, at = n - 1;

	if (ends_sentence(text, n))
		return true;
	if (!(last_mark(text, n, &length) & (NB_MARK_CLOSE | NB_MARK_SLASH)))
		return false;
	while (at > 0 && n - at < CREDIT_BYTES && text[at - 1] != '(' && text[at - 1] != '/')
		at--;
	return at > 1 && n - at < CREDIT_BYTES && ends_sentence(text, at - 1);
}

static bool begins_lower(const char *p, size_t n)
{
	uint32_t cp, entry;

	if ((unsigned char)*p < 0x80)
		return *p >= 'a' && *p <= 'z';
	nb_utf8_decode(p, n, &cp);
	entry = nb_cp_lookup(cp, (unsigned char)*p);
	return (unsigned char)*p < 0xD6 && NB_CP_LEN(entry) > 0 && !(entry & NB_CP_UPPER) &&
	       !(nb_mark_at(p, n, &(size_t){ 0 }) & ~(uint32_t)NB_MARK_OTHER) && cp >= 0xC0;
}

uint64_t nb_line_key(const char *line, size_t n)
{
	return XXH3_64bits(line, n) << 1 | is_sentence(line, n);
}

/*
 * Whether a phrase that a line begins with may stand for the line.  The more words it has, the more
 * may follow; a single word needs a colon.  What ends as sentences do and is long is a sentence
 * that happens to begin so, if the phrase is short.
 */
static bool phrase_fits(const nb_lex *lex, const nb_word_entry *e, uint32_t words,
			const nb_line *line, const char *text, uint16_t *flags)
{
	uint32_t after = nb_lex_gap(lex, words, text, line->end - line->begin);
	bool colon = after & (NB_MARK_COLON | NB_MARK_HALT | NB_MARK_BAR) ||
		     text[line->end - line->begin - 1] == ':';
	bool own = lex->word[0].kind == NB_LEX_OWN, listed = line->flags & NB_LINE_LISTED;
	uint32_t weight = own ? words / 2 : words;

	*flags = words == lex->n && lex->whole ? NB_LINE_ALONE : 0;
	if (*flags)
		return words > 1 || !(line->flags & NB_LINE_SENTENCE) || colon;
	if (e->value == NB_PHRASE_WHOLE || line->width > PHRASE_WIDTH)
		return false;
	if (e->value == NB_PHRASE_COLON || weight <= 1)
		return colon && (listed || line->width <= TEASER_WIDTH);
	if (weight == 2 && !colon)
		*flags = NB_LINE_WEAK;
	return listed || line->width <= (weight == 2 ? BODY_WIDTH : TEASER_WIDTH) ||
	       (weight > 2 && e->kind != NB_WORD_RELATED);
}

static const uint8_t phrase_lists[] = { NB_WORD_COMMENT, NB_WORD_RELATED, NB_WORD_SHARE,
					NB_WORD_NOTICE };

/* "(c) 2016 Cox Media Group."; a long one may hold more, unless a phrase says that it is a notice. */
static void find_rights(const nb_lex *lex, nb_line *line, const char *text)
{
	uint32_t words;
	bool sure = line->width <= BODY_WIDTH || line->phrase == NB_WORD_NOTICE;

	if (line->width > RIGHTS_WIDTH ||
	    !(nb_lex_gap(lex, 0, text, line->end - line->begin) & NB_MARK_RIGHTS))
		return;
	for (uint32_t i = 0; i < lex->n && !sure; i++)
		sure = nb_word_longest(lex, i, NB_WORD_NOTICE, &words) != NULL;
	line->phrase = NB_WORD_NOTICE;
	line->flags |= sure ? 0 : NB_LINE_WEAK;
}

static void find_phrase(const nb_lex *lex, nb_line *line, const char *text)
{
	bool goes_on = line->flags & NB_LINE_SENTENCE &&
		       begins_lower(text, line->end - line->begin); /* from the line before */
	uint32_t longest = 0;

	for (size_t i = 0; i < sizeof(phrase_lists); i++) {
		uint32_t words = 0;
		uint16_t flags;
		const nb_word_entry *e = nb_word_longest(lex, 0, phrase_lists[i], &words);

		if (!e || words <= longest || (goes_on && words < lex->n) ||
		    !phrase_fits(lex, e, words, line, text, &flags))
			continue;
		longest = words;
		line->phrase = phrase_lists[i];
		line->flags = (uint16_t)((line->flags & ~(NB_LINE_ALONE | NB_LINE_WEAK)) | flags);
	}
	find_rights(lex, line, text);
}

/* "18 minutes ago", "Updated 6 minutes ago", "18 minuten geledenPARIJS (ANP) - ...". */
static void find_ago(const nb_lex *lex, nb_line *line)
{
	uint32_t from = 0, words = 0;

	if (nb_word_longest(lex, 0, NB_WORD_STAMP, &words))
		from = words;
	if (from >= lex->n || !nb_word_longest(lex, from, NB_WORD_AGO, &words))
		return;
	words += from;
	if (words == lex->n && lex->whole) {
		line->flags |= line->flags & NB_LINE_SENTENCE ? 0 : NB_LINE_AGO;
	} else if (words < lex->n && lex->word[words].begin == lex->word[words - 1].end &&
		   lex->word[words].kind != NB_LEX_OWN && lex->word[words].kind != NB_LEX_NUMBER) {
		line->flags |= NB_LINE_AGO;
		line->glued = lex->word[words].begin;
	}
}

/* All words are capitalised names, with particles between them. */
static bool is_names(const nb_lex *lex, uint32_t from)
{
	uint32_t names = 0;

	for (uint32_t i = from; i < lex->n; i++) {
		uint8_t kind = lex->word[i].kind;

		if (kind == NB_LEX_CAPITAL || kind == NB_LEX_UPPER)
			names++;
		else if (!nb_word_at(lex, i, 1, NB_WORD_PARTICLE))
			return false;
	}
	return names >= 1;
}

/* Agencies and what stands around them in credits, nothing else: "By The Associated Press". */
static bool is_credit(const nb_lex *lex, bool *photo)
{
	bool agency = false;

	*photo = false;
	for (uint32_t i = 0, n; i < lex->n; i += n) {
		if (nb_word_longest(lex, i, NB_WORD_AGENCY, &n))
			agency = true;
		else if (nb_word_longest(lex, i, NB_WORD_PHOTO, &n))
			*photo = true;
		else if (!nb_word_longest(lex, i, NB_WORD_BY, &n) &&
			 !nb_word_longest(lex, i, NB_WORD_WITH, &n) &&
			 !nb_word_longest(lex, i, NB_WORD_PARTICLE, &n))
			return false;
	}
	return agency && lex->whole;
}

static uint16_t byline_flags(const nb_lex *lex)
{
	uint32_t n;
	bool photo;

	if (!lex->whole || lex->n > 10)
		return 0;
	if (is_credit(lex, &photo))
		return photo ? NB_LINE_BYLINE | NB_LINE_PHOTO : NB_LINE_BYLINE;
	return nb_word_longest(lex, 0, NB_WORD_BY, &n) && n < lex->n &&
			       lex->word[0].kind != NB_LEX_LOWER && is_names(lex, n) ?
		       NB_LINE_BYLINE : 0;
}

/* ---- the title ------------------------------------------------------------------------------- */

static bool same_words(const nb_lex *a, uint32_t a_from, uint32_t a_end, const nb_lex *b,
		       uint32_t b_from, uint32_t b_end)
{
	size_t x = a->word[a_from].at, n = a->word[a_end - 1].stop - x;
	size_t y = b->word[b_from].at;

	return b->word[b_end - 1].stop - y == n && !memcmp(a->folded + x, b->folded + y, n);
}

/* Whether the gap before word i parts a title: "Headline / News / Site", "Headline - Site". */
static bool parts_title(const nb_lex *lex, uint32_t i, nb_str title)
{
	uint32_t marks = nb_lex_gap(lex, i, title.ptr, title.len);

	return marks & NB_MARK_BLANK &&
	       marks & (NB_MARK_BAR | NB_MARK_SLASH | NB_MARK_ARROW | NB_MARK_DASH);
}

/* The line is the title, or its first part, or begins with the title and goes on with a site. */
static bool is_title(const nb_lines *l, const nb_lex *lex, const char *text, size_t n)
{
	const nb_lex *t = &l->title;
	uint32_t i;

	if (t->n < 2 || lex->n < 2 || !lex->whole || !t->whole)
		return false;
	if (lex->n == t->n)
		return same_words(lex, 0, lex->n, t, 0, t->n);
	if (lex->n < t->n) {
		if (lex->n < 3 || !parts_title(t, lex->n, l->page->title))
			return false;
		return same_words(lex, 0, lex->n, t, 0, lex->n);
	}
	if (t->n < 3 || lex->n > t->n + 6 || !same_words(lex, 0, t->n, t, 0, t->n))
		return false;
	i = t->n;
	return parts_title(lex, i, (nb_str){ text, n });
}

/* ---- all lines ------------------------------------------------------------------------------- */

/* A dateline is worth looking for: brackets, slashes or bars near the beginning. */
static bool may_dispatch(const char *text, size_t n)
{
	size_t near = n < 100 ? n : 100;
	unsigned char first = (unsigned char)*text;

	return memchr(text, '(', near) || memchr(text, '|', near) || memchr(text, '/', near) ||
	       memchr(text, '[', near) || first >= 0xE3 || memchr(text, 0xE2, near) ||
	       (first >= 0xD0 && memchr(text, '.', near)) || memchr(text, '-', near);
}

static void find_dispatch(nb_lines *l, size_t i, bool head)
{
	nb_line *line = &l->line[i];
	const char *text = l->page->text.ptr + line->begin + line->glued;
	size_t n = line->end - line->begin - line->glued;
	nb_dateline found;
	nb_lex lex;

	if (n == 0 || !may_dispatch(text, n))
		return;
	nb_lex_read(&lex, text, n < 240 ? n : 240);
	if (!nb_dateline_read(text, n, &lex, &found))
		return;
	line->flags |= NB_LINE_DATELINE;
	if (!head || l->has_dateline || line->glued)
		return;
	l->has_dateline = true;
	l->start = i;
	l->dispatch = found;
}

static void classify(nb_lines *l, nb_line *line)
{
	const char *text = l->page->text.ptr + line->begin;
	size_t n = line->end - line->begin;
	const nb_lex *lex = &l->lex;

	line->phrase = NB_WORD_KINDS;
	line->cut = NB_LINE_KEPT;
	line->width = width_of(text, n);
	if (is_sentence(text, n))
		line->flags |= NB_LINE_SENTENCE;
	else if (line->width <= LISTED_WIDTH)
		line->flags |= NB_LINE_LISTED;
	if (line->width > RIGHTS_WIDTH) {
		line->flags |= NB_LINE_BODY;
		/* "18 minuten geledenPARIJS (ANP) - ..." may be a long line */
		if ((unsigned char)*text - '0' > 9 && (unsigned char)*text < 0x80)
			return;
		nb_lex_read(&l->lex, text, 80);
		find_ago(lex, line);
		return;
	}
	nb_lex_read(&l->lex, text, n);
	line->n_words = (uint16_t)lex->n;
	if (lex->n == 0)
		return;
	find_phrase(lex, line, text);
	find_ago(lex, line);
	if (line->width <= LISTED_WIDTH) {
		line->flags |= line->flags & NB_LINE_LISTED && nb_line_is_stamp(lex, text, n) ?
				       NB_LINE_STAMP : 0;
		line->flags |= line->flags & NB_LINE_LISTED && nb_line_is_crumbs(lex, text) ?
				       NB_LINE_CRUMBS : 0;
		line->flags |= byline_flags(lex);
	}
	line->flags |= is_title(l, lex, text, n) ? NB_LINE_TITLE : 0;
	if (line->phrase == NB_WORD_KINDS &&
	    ((line->flags & NB_LINE_SENTENCE && line->width >= BODY_WIDTH) ||
	     line->width > SURE_WIDTH))
		line->flags |= NB_LINE_BODY;
}

static nb_status split(nb_lines *l)
{
	const char *text = l->page->text.ptr, *end = text + l->page->text.len;

	l->n = 0;
	for (const char *p = text; p < end;) {
		const char *line_end = memchr(p, '\n', (size_t)(end - p)), *next;

		if (!line_end)
			line_end = end;
		next = line_end < end ? line_end + 1 : end;
		while (p < line_end && nb_is_blank(*p))
			p++;
		while (line_end > p && nb_is_blank(line_end[-1]))
			line_end--;
		if (p < line_end) {
			if (NB_GROW(l->line, &l->capacity, l->n + 1) != NB_OK)
				return NB_ENOMEM;
			l->line[l->n++] = (nb_line){ .begin = (uint32_t)(p - text),
						     .end = (uint32_t)(line_end - text) };
		}
		p = next;
	}
	return NB_OK;
}

/*
 * Lines broken at a fixed width: often a line that is no sentence is followed, without an empty
 * line between, by one that begins with a small letter.
 */
static void find_wrapped(nb_lines *l)
{
	const char *text = l->page->text.ptr;
	size_t pairs = 0, broken = 0;

	for (size_t i = 0; i + 1 < l->n; i++) {
		const nb_line *a = &l->line[i], *b = &l->line[i + 1];

		if (memchr(text + a->end, '\n', b->begin - a->end) !=
		    memrchr(text + a->end, '\n', b->begin - a->end))
			continue;
		pairs++;
		broken += !(a->flags & NB_LINE_SENTENCE) && a->width >= WRAP_WIDTH &&
			  a->width <= LISTED_WIDTH && !(b->flags & NB_LINE_AGO) &&
			  begins_lower(text + b->begin, b->end - b->begin);
	}
	l->wrapped = broken >= 1 && 5 * broken >= pairs && 2 * pairs + 1 >= l->n;
}

nb_status nb_lines_read(nb_lines *l, const nb_page *page)
{
	size_t bodies = 0;

	l->page = page;
	l->has_dateline = l->wrapped = false;
	l->start = 0;
	nb_lex_read(&l->title, page->title.ptr, page->title.len);
	if (split(l) != NB_OK)
		return NB_ENOMEM;
	for (size_t i = 0; i < l->n; i++) {
		classify(l, &l->line[i]);
		find_dispatch(l, i, bodies == 0 && i < HEAD_LINES);
		bodies += (l->line[i].flags & NB_LINE_BODY) != 0;
	}
	find_wrapped(l);
	if (!l->has_dateline)
		while (l->start < l->n && !(l->line[l->start].flags & NB_LINE_BODY))
			l->start++;
	return NB_OK;
}
