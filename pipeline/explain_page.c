/* SPDX-License-Identifier: MIT
 *
 * explain_page.c - what was read off the page of an article, and what was cut from it.
 */
#include <inttypes.h>
#include <string.h>

#include "display.h"
#include "explain.h"

#define CUT_LEAD 25 /* columns before the text of a cut */

/* "Language nl (detected); written in MOSKOU; ANP wrote, Reuters relayed." */
static nb_status print_page(void *context, const table *t)
{
	explanation *e = context;
	nb_str place = table_text(t, "located"), lang = table_text(t, "lang"), key;
	bool field = str_equal(table_text(t, "lang_source"), NB_STR("field"));
	const char *between = "; ";
	nb_node credits, credit;
	nb_walk walk;

	if (!str_equal(table_text(t, "id"), e->id[0]))
		return NB_OK;
	if (lang.len)
		printf("Language %s%s", printable(lang), field ? "" : " (detected)");
	else
		printf("Language not known");
	if (place.len)
		printf("; written in %s", printable(place));
	if (table_field(t, "credits", &credits) && nb_walk_begin(&credits, &walk))
		for (; nb_walk_next(&walk, &key, &credit); between = ", ")
			printf("%s%s %s", between, printable(node_text(&credit, "agency")),
			       printable(node_text(&credit, "role")));
	printf(".\n");
	return NB_ESTOP;
}

static void print_cut_row(const explanation *e, const nb_node *cut)
{
	nb_node part[3];
	nb_str key, text, reason;
	nb_walk walk;
	int n = 0;

	if (!nb_walk_begin(cut, &walk))
		return;
	while (n < 3 && nb_walk_next(&walk, &key, &part[n]))
		n++;
	if (n < 3)
		return;
	text = nb_node_string(&part[1]);
	reason = nb_node_string(&part[2]);
	printf("  %-10s %6zu bytes  ", printable(reason), text.len);
	while (text.len && strchr(" \n", *text.ptr)) {
		text.ptr++;
		text.len--;
	}
	if (e->full)
		print_flat(stdout, text);
	else
		print_cut(stdout, text, e->width - CUT_LEAD > 20 ? e->width - CUT_LEAD : 20);
	printf("\n");
}

static nb_status print_cuts(void *context, const table *t)
{
	const explanation *e = context;
	nb_node cuts, cut;
	nb_walk walk;
	nb_str key;
	bool first = true;

	if (!str_equal(table_text(t, "id"), e->id[0]))
		return NB_OK;
	if (table_field(t, "cut", &cuts) && nb_walk_begin(&cuts, &walk))
		for (; nb_walk_next(&walk, &key, &cut); first = false) {
			if (first)
				printf("Cut from its text before anything was compared:\n");
			print_cut_row(e, &cut);
		}
	return NB_ESTOP;
}

nb_status explain_page(explanation *e, nb_error *err)
{
	nb_status status = table_each(e->out, "articles.jsonl.zst", print_page, e, err);

	if (status != NB_OK || !has_texts(e))
		return status;
	return table_each(e->out, "texts.jsonl.zst", print_cuts, e, err);
}
