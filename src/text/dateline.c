/* SPDX-License-Identifier: MIT
 *
 * dateline.c - see dateline.h.
 */
#include "text/dateline.h"

#include <string.h>

#include "text/marks.h"
#include "text/words.h"

#define CREDIT_FROM_MOST 110 /* bytes before the credit */
#define HEAD_WORDS_MOST  14
#define BRACKET_WORDS    14
#define YEAR_FIRST       1900u
#define YEAR_LAST        2100u

typedef struct parser {
	const char *s;
	size_t n;
	const nb_lex *lex;
	nb_dateline *out;
} parser;

/* ---- words and what stands between them ------------------------------------------------------ */

static size_t gap_begin(const parser *p, uint32_t i)
{
	return i ? p->lex->word[i - 1].end : 0;
}

static size_t gap_end(const parser *p, uint32_t i)
{
	if (i < p->lex->n)
		return p->lex->word[i].begin;
	return p->n < NB_LEX_BYTES ? p->n : NB_LEX_BYTES;
}

/* Marks before word i; i == n: after the last one. */
static uint32_t gap(const parser *p, uint32_t i)
{
	return nb_marks(p->s, gap_begin(p, i), gap_end(p, i));
}

static bool is_kind(const parser *p, uint32_t i, nb_phrase_kind kind)
{
	return i < p->lex->n && nb_word_at(p->lex, i, 1, kind) != NULL;
}

static bool is_number(const parser *p, uint32_t i)
{
	return i < p->lex->n && p->lex->word[i].kind == NB_LEX_NUMBER;
}

static bool is_own(const parser *p, uint32_t i, const char *character)
{
	const nb_lex_word *w = &p->lex->word[i];
	size_t n = strlen(character);

	return i < p->lex->n && w->kind == NB_LEX_OWN && (size_t)(w->stop - w->at) == n &&
	       memcmp(p->lex->folded + w->at, character, n) == 0;
}

static bool is_any_own(const parser *p, uint32_t i, const char *const *list)
{
	for (; *list; list++)
		if (is_own(p, i, *list))
			return true;
	return false;
}

/* "May" is a month beside a number only. */
static const nb_word_entry *month_at(const parser *p, uint32_t i)
{
	if (i >= p->lex->n || !(is_number(p, i + 1) || (i && is_number(p, i - 1)) ||
				is_kind(p, i + 1, NB_WORD_PARTICLE) ||
				(i && is_kind(p, i - 1, NB_WORD_PARTICLE))))
		return NULL;
	return nb_word_at(p->lex, i, 1, NB_WORD_MONTH);
}

/* Scripts that have no capitals: Hebrew, Arabic, and all from Devanagari on. */
static bool is_caseless(const parser *p, uint32_t i)
{
	return (unsigned char)p->lex->folded[p->lex->word[i].at] >= 0xD6;
}

/* ---- place and date: words [0, end) ---------------------------------------------------------- */

static bool may_be_head_word(const parser *p, uint32_t i)
{
	const nb_lex_word *w = &p->lex->word[i];

	switch (w->kind) {
	case NB_LEX_NUMBER:
		return w->value <= 59 || (w->value >= YEAR_FIRST && w->value <= YEAR_LAST);
	case NB_LEX_LOWER:
		return is_caseless(p, i) || is_kind(p, i, NB_WORD_PARTICLE) ||
		       is_kind(p, i, NB_WORD_MONTH) || is_kind(p, i, NB_WORD_WEEKDAY);
	default:
		return true;
	}
}

static bool may_be_head(const parser *p, uint32_t begin, uint32_t end)
{
	uint32_t caseless = 0;

	if (end - begin > HEAD_WORDS_MOST || (begin < p->lex->n && is_kind(p, begin, NB_WORD_SHOUT)))
		return false;
	for (uint32_t i = begin; i < end; i++) {
		uint32_t marks = i > begin ? gap(p, i) : 0;

		if (!may_be_head_word(p, i) ||
		    marks & (NB_MARK_HALT | NB_MARK_QUOTE | NB_MARK_RIGHTS))
			return false;
		caseless += p->lex->word[i].kind == NB_LEX_LOWER && is_caseless(p, i);
	}
	return caseless <= 6;
}

static bool is_date_word(const parser *p, uint32_t i)
{
	return is_number(p, i) || month_at(p, i) || is_kind(p, i, NB_WORD_WEEKDAY);
}

static void take_number(nb_dateline *out, uint32_t value)
{
	if (value >= YEAR_FIRST)
		out->year = (uint16_t)value;
	else if (value >= 1 && value <= 31 && !out->day)
		out->day = (uint8_t)value;
}

/* "25/09", "25-9-2020": the second short number is the month, if no word is. */
static void take_dates(const parser *p, uint32_t begin, uint32_t end)
{
	nb_dateline *out = p->out;

	for (uint32_t i = begin; i < end; i++) {
		const nb_word_entry *month = month_at(p, i);
		uint32_t value = p->lex->word[i].value;

		if (month && !out->month)
			out->month = (uint8_t)month->value;
		if (!is_number(p, i))
			continue;
		if (out->day && !out->month && value >= 1 && value <= 12 &&
		    gap(p, i) & (NB_MARK_SLASH | NB_MARK_DASH | NB_MARK_DOT))
			out->month = (uint8_t)value;
		else if (is_own(p, i + 1, "\xE6\x9C\x88") && value <= 12) /* month */
			out->month = (uint8_t)value;
		else
			take_number(out, value);
	}
}

/* Words [begin, end) as place and date; false if they cannot be. */
static bool take_head(const parser *p, uint32_t begin, uint32_t end)
{
	uint32_t first = begin, stop;

	if (!may_be_head(p, begin, end))
		return false;
	for (stop = begin; stop < end && !is_date_word(p, stop);)
		stop++;
	if (stop == begin) /* the date first: "25 September, London" */
		for (first = begin; first < end && (is_date_word(p, first) ||
						    is_kind(p, first, NB_WORD_PARTICLE));)
			stop = ++first;
	if (first > begin)
		stop = end;
	take_dates(p, begin, end);
	while (stop > first && is_kind(p, stop - 1, NB_WORD_PARTICLE))
		stop--;
	if (stop > first) {
		size_t at = p->lex->word[first].begin;

		p->out->place = (nb_str){ p->s + at, p->lex->word[stop - 1].end - at };
	}
	return true;
}

/* ---- what ends a dateline --------------------------------------------------------------- */

static size_t skip_blanks(const parser *p, size_t at)
{
	size_t length;

	while (at < p->n && nb_mark_at(p->s + at, p->n - at, &length) == NB_MARK_BLANK)
		at += length;
	return at;
}

/* Step over blanks and the marks in `set`; *seen: those that stood there. */
static size_t skip_marks(const parser *p, size_t at, uint32_t set, uint32_t *seen)
{
	size_t length, next = skip_blanks(p, at);

	*seen = 0;
	while (next < p->n) {
		uint32_t mark = nb_mark_at(p->s + next, p->n - next, &length);

		if (!(mark & (set | NB_MARK_BLANK)))
			break;
		*seen |= mark & set;
		next += length;
	}
	return next;
}

#define ENDERS (NB_MARK_DASH | NB_MARK_COLON | NB_MARK_EQUALS | NB_MARK_BAR)

/* The dateline ends at `at` with a dash or the like, or with the line. */
static bool end_here(parser *p, size_t at, bool need)
{
	uint32_t seen;
	size_t next = skip_marks(p, at, ENDERS | NB_MARK_DOT, &seen);

	if (!(seen & ENDERS) && need && next < p->n)
		return false;
	p->out->end = next;
	return true;
}

static void add_credit(nb_dateline *out, nb_agency agency, const char *begin, size_t len)
{
	nb_agency_role role = out->n_credits ? NB_RELAYED : NB_WROTE;

	for (uint32_t i = 0; i < out->n_credits; i++)
		if (agency && out->credit[i].agency == agency)
			return;
	if (out->n_credits < NB_CREDITS_MAX)
		out->credit[out->n_credits++] = (nb_credit){ agency, role, { begin, len } };
}

static void credit_words(const parser *p, nb_agency agency, uint32_t from, uint32_t n)
{
	size_t begin = p->lex->word[from].begin;

	add_credit(p->out, agency, p->s + begin, p->lex->word[from + n - 1].end - begin);
}

/* ---- the forms ------------------------------------------------------------------------------- */

/* Every agency in words [i, end) of a bracket; false if too much else stands there. */
static bool take_credits(const parser *p, uint32_t i, uint32_t end)
{
	uint32_t strange = 0, n;

	while (i < end) {
		const nb_word_entry *e = nb_word_longest(p->lex, i, NB_WORD_AGENCY, &n);

		if (e && i + n <= end) {
			credit_words(p, e->value, i, n);
			i += n;
			continue;
		}
		/* services of an agency: "dpa/lno"; a longer word is something else */
		if (p->lex->word[i].kind != NB_LEX_OWN && !is_kind(p, i, NB_WORD_PARTICLE) &&
		    (p->lex->word[i].stop - p->lex->word[i].at > 4 || ++strange > 2))
			return false;
		i++;
	}
	return true;
}

/* "(Seoul=Yonhap) Hong Gildong gija = ": the byline belongs to it. */
static size_t skip_reporter(const parser *p, size_t at)
{
	size_t stop = at + 60 < p->n ? at + 60 : p->n, length;

	for (size_t i = at; i < stop; i += length)
		if (nb_mark_at(p->s + i, p->n - i, &length) & (NB_MARK_EQUALS | NB_MARK_DOT))
			return p->s[i] == '=' ? i : at;
	return at;
}

/* Where the bracket mark before word i ends. */
static size_t after_mark(const parser *p, uint32_t i, uint32_t mark)
{
	size_t at = gap_begin(p, i), end = gap_end(p, i), length;

	for (; at < end; at += length)
		if (nb_mark_at(p->s + at, end - at, &length) & mark)
			return at + length;
	return at;
}

/* The credit at words [i, i + k) stands in a bracket that opens before word `open`. */
static bool in_bracket(parser *p, uint32_t open, uint32_t i)
{
	uint32_t close = i + 1, inside = 0;
	bool wide = gap(p, open) & NB_MARK_WIDE, named = open < i;
	size_t at;

	while (close < p->lex->n && close - i < BRACKET_WORDS && !(gap(p, close) & NB_MARK_CLOSE))
		close++;
	if (!(gap(p, close) & NB_MARK_CLOSE))
		return false;
	for (uint32_t k = open; k < i; k++) /* the place inside: Japanese and Korean */
		inside += p->lex->word[k].kind == NB_LEX_OWN || is_number(p, k) || is_caseless(p, k);
	if (inside != i - open || !take_credits(p, i, close))
		return false;
	if (!(named ? open == 0 && take_head(p, open, i) : take_head(p, 0, open)))
		return false;
	at = after_mark(p, close, NB_MARK_CLOSE);
	if (named && !wide)
		at = skip_reporter(p, at);
	return end_here(p, at, !wide && !p->out->day);
}

/* "/Corr. TASS Ivan Petrov/.": names around the agency, between slashes. */
static bool in_slashes(parser *p, uint32_t open, uint32_t i, uint32_t k)
{
	uint32_t close = i + k;

	while (close < p->lex->n && close < i + k + 6 && !(gap(p, close) & NB_MARK_SLASH))
		close++;
	if (!(gap(p, close) & NB_MARK_SLASH) || !take_head(p, 0, open))
		return false;
	for (uint32_t w = open; w < close; w++)
		if (p->lex->word[w].kind == NB_LEX_LOWER && !is_kind(p, w, NB_WORD_PARTICLE))
			return false;
	credit_words(p, nb_word_at(p->lex, i, k, NB_WORD_AGENCY)->value, i, k);
	return end_here(p, after_mark(p, close, NB_MARK_SLASH), false);
}

/* "/TASS/.", "| XINHUA |", "- RIA Novosti.": set off on both sides. */
static bool set_off(parser *p, uint32_t i, uint32_t k)
{
	uint32_t left = gap(p, i), right = gap(p, i + k);
	bool framed = left & right & (NB_MARK_SLASH | NB_MARK_BAR);
	bool dashed = left & (NB_MARK_DASH | NB_MARK_DOT | NB_MARK_SLASH) &&
		      right & (NB_MARK_DASH | NB_MARK_DOT | NB_MARK_COLON | NB_MARK_EQUALS);

	if (i == 0 || (!framed && !dashed) || !take_head(p, 0, i))
		return false;
	/* without a frame, only capitals, a date or a script without case make sure */
	if (!framed && !p->out->day && p->lex->word[0].kind != NB_LEX_UPPER && !is_caseless(p, 0))
		return false;
	credit_words(p, nb_word_at(p->lex, i, k, NB_WORD_AGENCY)->value, i, k);
	if (framed)
		return end_here(p, after_mark(p, i + k, NB_MARK_SLASH | NB_MARK_BAR), false);
	return end_here(p, p->lex->word[i + k - 1].end, false);
}

/* Xinhua Beijing 9 yue 25 ri dian: no marks at all, "dian" or "xun" ends it. */
static bool without_marks(parser *p, uint32_t i, uint32_t k)
{
	static const char *const wire[] = { "\xE7\x94\xB5", "\xE9\x9B\xBB", "\xE8\xAE\xAF",
					    "\xE8\xA8\x8A", NULL };
	static const char *const by[] = { "\xE6\x8D\xAE", "\xE6\x93\x9A", NULL };
	uint32_t end = i + k, seen;
	bool quoted = gap(p, 0) & NB_MARK_OPEN, dated;
	size_t at;

	if (p->lex->word[i].kind != NB_LEX_OWN || i > 1 || (i == 1 && !is_any_own(p, 0, by)))
		return false;
	while (end < p->lex->n && end < i + k + 20 && !is_any_own(p, end, wire)) {
		if (gap(p, end) & ~(uint32_t)NB_MARK_BLANK && end > i + k)
			return false;
		end++;
	}
	if (end == p->lex->n || !is_any_own(p, end, wire) || !take_head(p, i + k, end))
		return false;
	at = p->lex->word[end].end;
	dated = p->out->day;
	if (!dated && !gap(p, end + 1)) /* "dianshi" is television */
		return false;
	if (gap(p, end + 1) & NB_MARK_OPEN && !quoted) { /* who reports */
		uint32_t close = end + 2;

		while (close < p->lex->n && close < end + 24 && !(gap(p, close) & NB_MARK_CLOSE))
			close++;
		if (gap(p, close) & NB_MARK_CLOSE)
			at = after_mark(p, close, NB_MARK_CLOSE);
	}
	credit_words(p, nb_word_at(p->lex, i, k, NB_WORD_AGENCY)->value, i, k);
	p->out->end = skip_marks(p, at, NB_MARK_CLOSE | NB_MARK_COLON | NB_MARK_DASH, &seen);
	return true;
}

/* "(ANSA) - ROMA, 25 SET - ": the place after the credit. */
static void take_place_after(parser *p)
{
	uint32_t begin = 0, i;
	uint32_t seen;

	while (begin < p->lex->n && p->lex->word[begin].begin < p->out->end)
		begin++;
	for (i = begin; i < p->lex->n && i < begin + HEAD_WORDS_MOST; i++) {
		uint8_t kind = p->lex->word[i].kind;

		if (i > begin && gap(p, i) & NB_MARK_DASH)
			break;
		if (kind != NB_LEX_UPPER && kind != NB_LEX_NUMBER &&
		    !is_kind(p, i, NB_WORD_MONTH))
			return;
	}
	if (i == begin || i >= p->lex->n || !(gap(p, i) & NB_MARK_DASH) || !take_head(p, begin, i))
		return;
	p->out->end = skip_marks(p, p->lex->word[i - 1].end, ENDERS | NB_MARK_DOT, &seen);
}

static bool with_agency(parser *p, uint32_t i, uint32_t k)
{
	uint32_t open = i;
	nb_dateline *out = p->out;

	while (open > 0 && !(gap(p, open) & NB_MARK_OPEN) && i - open < 12)
		open--;
	*out = (nb_dateline){ 0 };
	if (gap(p, open) & NB_MARK_OPEN && in_bracket(p, open, i)) {
		if (!out->place.len)
			take_place_after(p);
		return true;
	}
	*out = (nb_dateline){ 0 };
	if (without_marks(p, i, k))
		return true;
	for (open = i; open > 0 && i - open < 3 && !(gap(p, open) & NB_MARK_SLASH);)
		open--;
	*out = (nb_dateline){ 0 };
	if (open > 0 && gap(p, open) & NB_MARK_SLASH && gap(p, open) & NB_MARK_BLANK &&
	    in_slashes(p, open, i, k))
		return true;
	*out = (nb_dateline){ 0 };
	return set_off(p, i, k);
}

/* "CUMBERLAND, Ind. (WISH) -": a credit that is no agency we know, and surely a dateline. */
static bool with_other_credit(parser *p, uint32_t i)
{
	const nb_lex_word *w = &p->lex->word[i];
	bool comma = false;

	*p->out = (nb_dateline){ 0 };
	if (i == 0 || w->kind != NB_LEX_UPPER || w->end - w->begin > 8 ||
	    !(gap(p, i) & NB_MARK_OPEN) || !(gap(p, i + 1) & NB_MARK_CLOSE) ||
	    p->lex->word[0].kind != NB_LEX_UPPER || !take_head(p, 0, i))
		return false;
	for (uint32_t k = 1; k < i; k++)
		comma |= (gap(p, k) & NB_MARK_COMMA) != 0;
	if (!comma && !p->out->day)
		return false;
	credit_words(p, NB_AGENCY_NONE, i, 1);
	return end_here(p, after_mark(p, i + 1, NB_MARK_CLOSE), true);
}

static size_t place_end(const parser *p)
{
	return (size_t)(p->out->place.ptr + p->out->place.len - p->s);
}

/* "ROMA, 25 SET -": no credit. */
static bool with_date_alone(parser *p, uint32_t i)
{
	*p->out = (nb_dateline){ 0 };
	if (i < 3 || !(gap(p, i) & NB_MARK_DASH) || !(gap(p, i) & NB_MARK_BLANK) ||
	    p->lex->word[0].kind != NB_LEX_UPPER || !take_head(p, 0, i))
		return false;
	if (!p->out->day || !p->out->month || !p->out->place.len)
		return false;
	for (uint32_t k = i; k-- > 0 && p->lex->word[k].begin >= place_end(p);) /* the date is its end */
		if (!is_date_word(p, k) && !is_kind(p, k, NB_WORD_PARTICLE))
			return false;
	return end_here(p, p->lex->word[i - 1].end, true);
}

bool nb_dateline_read(const char *line, size_t n, const nb_lex *lex, nb_dateline *out)
{
	parser p = { line, n, lex, out };
	bool agency = false;
	uint32_t i;

	for (i = 0; i < lex->n && lex->word[i].begin <= CREDIT_FROM_MOST; i++) {
		uint32_t marks = gap(&p, i), k;

		/* what cannot be names and dates ends the search */
		if (marks & (NB_MARK_HALT | NB_MARK_QUOTE | NB_MARK_RIGHTS))
			break;
		if (nb_word_longest(lex, i, NB_WORD_AGENCY, &k)) {
			agency = true;
			if (with_agency(&p, i, k))
				return true;
		}
		if (!may_be_head_word(&p, i))
			break;
	}
	for (uint32_t k = 1; !agency && k < i && k <= HEAD_WORDS_MOST; k++)
		if (with_other_credit(&p, k) || with_date_alone(&p, k))
			return true;
	*out = (nb_dateline){ 0 };
	return false;
}
