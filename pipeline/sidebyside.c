/* SPDX-License-Identifier: MIT
 *
 * sidebyside.c - see sidebyside.h.
 */
#include "sidebyside.h"

#include <stdlib.h>
#include <string.h>

#include "display.h"

#define SHARED_SHOWN 160u /* bytes of a shared passage that are shown at either end */
#define ELLIPSIS     " [...] "

static void skip_blanks(nb_str *c)
{
	while (c->len > 0 && (*c->ptr == ' ' || *c->ptr == '\n' || *c->ptr == '\t'))
		c->ptr++, c->len--;
}

/* The next line of a column, filled with blanks. */
static void print_line(FILE *to, nb_str *c, int width)
{
	int used = 0;
	size_t n;

	skip_blanks(c);
	n = display_line(*c, width, &used);
	print_flat(to, (nb_str){ c->ptr, n });
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

static void print_passage(const layout *l, char mark, nb_str left, nb_str right)
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

static size_t cut_before(const nb_str *c, size_t at)
{
	while (at > 0 && ((unsigned char)c->ptr[at] & 0xc0) == 0x80)
		at--;
	return at;
}

/* A long passage as its two ends.  The copy is freed by the caller. */
static char *shorten(nb_str *c)
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
	*c = (nb_str){ text, head + sizeof(ELLIPSIS) - 1 + (c->len - tail) };
	return text;
}

static void print_shared(const layout *l, char mark, nb_str left, nb_str right)
{
	char *a = l->full ? NULL : shorten(&left), *b = l->full ? NULL : shorten(&right);

	print_passage(l, mark, left, right);
	free(a);
	free(b);
}

static layout layout_of(FILE *to, int width, bool full, bool colour)
{
	return (layout){ to, width > 43 ? (width - 3) / 2 : 20, full, colour };
}

void print_beside(FILE *to, nb_str left, nb_str right, int width)
{
	layout l = layout_of(to, width, true, false);

	print_passage(&l, ' ', left, right);
}

nb_status print_side_by_side(FILE *to, const nb_prepared *a, const nb_prepared *b, int width,
			     bool full, bool colour)
{
	static const char marks[] = {
		[NB_PASSAGE_SHARED] = '=', [NB_PASSAGE_MOVED] = '~',  [NB_PASSAGE_REPLACED] = '|',
		[NB_PASSAGE_FACTS] = '#',  [NB_PASSAGE_ONLY_A] = '<', [NB_PASSAGE_ONLY_B] = '>',
	};
	layout l = layout_of(to, width, full, colour);
	nb_passage *passage = malloc(NB_PASSAGES * sizeof(*passage));
	size_t n = 0;
	nb_status status = passage ? nb_passages(a, b, passage, &n) : NB_ENOMEM;

	for (size_t i = 0; i < n; i++) {
		const nb_passage *p = &passage[i];

		if (p->kind == NB_PASSAGE_SHARED || p->kind == NB_PASSAGE_MOVED)
			print_shared(&l, marks[p->kind], p->a, p->b);
		else
			print_passage(&l, marks[p->kind], p->a, p->b);
	}
	free(passage);
	return status;
}
