/* SPDX-License-Identifier: MIT
 *
 * explain_print.c - an article, and the words of a pair, as newsbraid explain shows them.
 */
#include <string.h>

#include "display.h"
#include "explain.h"

#define ANCHORS_SHOWN 4u /* on one line */

void print_article(const explanation *e, const char *lead, const found_article *a)
{
	nb_str who = a->agency.ptr ? a->agency : a->source, when = article_time_text(a);
	char text[512];
	int used;

	snprintf(text, sizeof(text), "%s%s  %s  %s  ", lead, printable(a->id),
		 printable(when.ptr ? when : NB_STR("no time")), printable(who.ptr ? who : NB_STR("-")));
	used = display_width((nb_str){ text, strlen(text) });
	printf("%s", text);
	print_cut(stdout, a->title, e->width - used > 20 ? e->width - used : 20);
	printf("\n");
}

bool has_texts(const explanation *e)
{
	return stored_table(&e->stored, "texts.jsonl.zst") != NULL;
}

const found_article *report_of(const explanation *e, const found_article *a)
{
	const found_article *leader = a->copy_of.ptr ? article_by_id(&e->list, a->copy_of) : NULL;

	return leader ? leader : a;
}

/* ---- the words of a pair --------------------------------------------------------------------- */

/* Letters that are written from the right: what stands after them must not change sides. */
static bool runs_leftwards(nb_str s)
{
	for (size_t i = 0; i < s.len; i++)
		if ((unsigned char)s.ptr[i] >= 0xd6 && (unsigned char)s.ptr[i] <= 0xdf)
			return true;
	return false;
}

static void print_anchor_row(const nb_node *anchor, bool swap, int width)
{
	static const char left_to_right[] = "\xe2\x80\x8e";
	nb_str left = node_text(anchor, swap ? "b" : "a"), right = node_text(anchor, swap ? "a" : "b");

	printf("  %6.3f  %-6s  ", node_real(anchor, "weight"),
	       printable(node_text(anchor, "kind")));
	print_column(stdout, left, width);
	printf("%s  ", runs_leftwards(left) ? left_to_right : "");
	print_cut(stdout, right, width);
	printf("\n");
}

void print_anchors(const explanation *e, const nb_node *edge, bool swap)
{
	int width = (e->width - 20) / 2 < 30 ? (e->width - 20) / 2 : 30;
	nb_node anchors, anchor;
	bool first = true;
	nb_walk walk;
	nb_str key;

	if (!node_member(edge, "anchors", &anchors) || !nb_walk_begin(&anchors, &walk))
		return;
	for (; nb_walk_next(&walk, &key, &anchor); first = false) {
		if (first)
			printf("  weight  kind    %-*s  %s\n", width, "left", "right");
		print_anchor_row(&anchor, swap, width);
	}
}

void print_best_anchors(const nb_node *edge, bool swap)
{
	nb_node anchors, anchor;
	size_t n = 0;
	nb_walk walk;
	nb_str key;

	if (!node_member(edge, "anchors", &anchors) || !nb_walk_begin(&anchors, &walk))
		return;
	for (; n < ANCHORS_SHOWN && nb_walk_next(&walk, &key, &anchor); n++) {
		nb_str a = node_text(&anchor, swap ? "b" : "a"), b = node_text(&anchor, swap ? "a" : "b");

		printf("%s", n ? ", " : "");
		print_cut(stdout, a, 30);
		if (!str_equal(a, b)) {
			printf(" = ");
			print_cut(stdout, b, 30);
		}
	}
}
