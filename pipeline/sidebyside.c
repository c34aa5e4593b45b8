/* SPDX-License-Identifier: MIT
 *
 * sidebyside.c - see sidebyside.h.
 */
#include "sidebyside.h"

#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "match/align.h"
#include "newsbraid/utf8.h"

#define SHARED_SHOWN 160u /* bytes of a shared passage that are shown at either end */
#define ELLIPSIS     " [...] "

/* Part of a text that is being laid out in a column. */
typedef struct column {
	const char *ptr;
	size_t len;
} column;

static int display_width(uint32_t cp)
{
	int w = wcwidth((wchar_t)cp);

	return w < 0 ? 0 : w;
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\n' || c == '\t';
}

static void skip_blanks(column *c)
{
	while (c->len > 0 && is_blank(*c->ptr))
		c->ptr++, c->len--;
}

/* How many bytes fit into `width`, cut at a blank if there is one; *used: columns they take. */
static size_t fit(const column *c, int width, int *used)
{
	size_t at = 0, last_blank = 0;
	int w = 0, blank_w = 0;

	while (at < c->len) {
		uint32_t cp;
		unsigned n = nb_utf8_decode(c->ptr + at, c->len - at, &cp);
		int cw = is_blank(c->ptr[at]) ? 1 : display_width(cp);

		if (w + cw > width)
			break;
		if (is_blank(c->ptr[at]))
			last_blank = at, blank_w = w;
		at += n;
		w += cw;
	}
	if (at == c->len || last_blank == 0) {
		*used = w;
		return at;
	}
	*used = blank_w;
	return last_blank;
}

static void print_line(FILE *to, column *c, int width)
{
	int used = 0;
	size_t n;

	skip_blanks(c);
	n = fit(c, width, &used);
	for (size_t i = 0; i < n; i++)
		fputc(is_blank(c->ptr[i]) ? ' ' : c->ptr[i], to);
	fprintf(to, "%*s", width - used, "");
	c->ptr += n;
	c->len -= n;
}

static const char *colour_of(char mark)
{
	switch (mark) {
	case '=':
		return "\033[32m";
	case '#':
		return "\033[1;31m";
	case '~':
		return "\033[36m";
	default:
		return "\033[33m";
	}
}

/* How the passages are printed. */
typedef struct layout {
	FILE *to;
	int width; /* of one column */
	bool full, colour;
} layout;

static void print_passage(const layout *l, char mark, column left, column right)
{
	skip_blanks(&left);
	skip_blanks(&right);
	while (left.len > 0 || right.len > 0) {
		if (l->colour)
			fputs(colour_of(mark), l->to);
		print_line(l->to, &left, l->width);
		fprintf(l->to, " %c ", mark);
		print_line(l->to, &right, l->width);
		fputs(l->colour ? "\033[0m\n" : "\n", l->to);
		skip_blanks(&left);
		skip_blanks(&right);
	}
}

/* The text of tokens [begin, end), up to where the next token starts, so that no mark is lost. */
static column stretch(const nb_prepared *p, uint32_t begin, uint32_t end)
{
	size_t from = begin == 0 ? 0 : begin < p->n_tokens ? p->begin[begin] : p->text.len;
	size_t to = end < p->n_tokens ? p->begin[end] : p->text.len;

	return begin < end ? (column){ p->text.ptr + from, to - from } : (column){ 0 };
}

static size_t cut_before(const column *c, size_t at)
{
	while (at > 0 && ((unsigned char)c->ptr[at] & 0xc0) == 0x80)
		at--;
	return at;
}

/* A long passage as its two ends.  The copy is freed by the caller. */
static char *shorten(column *c)
{
	size_t head, tail;
	char *text;

	if (c->len <= 2 * SHARED_SHOWN + sizeof(ELLIPSIS))
		return NULL;
	head = cut_before(c, SHARED_SHOWN);
	tail = cut_before(c, c->len - SHARED_SHOWN);
	text = malloc(head + sizeof(ELLIPSIS) + (c->len - tail));
	if (!text)
		return NULL;
	memcpy(text, c->ptr, head);
	memcpy(text + head, ELLIPSIS, sizeof(ELLIPSIS) - 1);
	memcpy(text + head + sizeof(ELLIPSIS) - 1, c->ptr + tail, c->len - tail);
	*c = (column){ text, head + sizeof(ELLIPSIS) - 1 + (c->len - tail) };
	return text;
}

static void print_shared(const layout *l, char mark, column left, column right)
{
	char *a = l->full ? NULL : shorten(&left), *b = l->full ? NULL : shorten(&right);

	print_passage(l, mark, left, right);
	free(a);
	free(b);
}

static char gap_mark(const nb_prepared *a, uint32_t a0, uint32_t a1, const nb_prepared *b,
		     uint32_t b0, uint32_t b1)
{
	nb_facts f;

	if (a0 >= a1)
		return '>';
	if (b0 >= b1)
		return '<';
	f = nb_align_replaced(a, a0, a1, b, b0, b1);
	return f.numbers_differ + f.names_differ > 0 ? '#' : '|';
}

void print_side_by_side(FILE *to, const nb_prepared *a, const nb_prepared *b, int width, bool full,
			bool colour)
{
	layout l = { to, width > 43 ? (width - 3) / 2 : 20, full, colour };
	nb_run *run = malloc(NB_RUNS * sizeof(*run));
	size_t n = run ? nb_align_runs(a, b, run) : 0;
	uint32_t a_end = 0, b_end = 0;

	for (size_t r = 0; r <= n; r++) {
		uint32_t a0 = r < n ? run[r].a : a->n_tokens;
		uint32_t b0 = r < n ? run[r].b : b->n_tokens;
		bool moved = a0 < a_end;

		if (moved)
			a0 = a_end;
		print_passage(&l, gap_mark(a, a_end, a0, b, b_end, b0), stretch(a, a_end, a0),
			      stretch(b, b_end, b0));
		if (r == n)
			break;
		print_shared(&l, moved ? '~' : '=', stretch(a, run[r].a, run[r].a + run[r].n),
			     stretch(b, run[r].b, run[r].b + run[r].n));
		if (!moved)
			a_end = run[r].a + run[r].n;
		b_end = run[r].b + run[r].n;
	}
	free(run);
}
