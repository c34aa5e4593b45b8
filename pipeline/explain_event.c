/* SPDX-License-Identifier: MIT
 *
 * explain_event.c - in which event and storyline articles are, and by what evidence.
 */
#include <stdlib.h>
#include <string.h>

#include "base/status.h"
#include "display.h"
#include "explain.h"
#include "top_rows.h"

#define MEMBERS_SHOWN 20u
#define EVENTS_SHOWN  20u
#define PAIRS_SHOWN   8u

static void print_cosines(const nb_node *edge)
{
	if (str_equal_c(node_text(edge, "method"), "related"))
		printf("  cosines: words %.2f, names and numbers %.2f, titles %.2f, leads %.2f\n",
		       node_real(edge, "words"), node_real(edge, "entities"),
		       node_real(edge, "title"), node_real(edge, "lead"));
}

/* ---- one article ----------------------------------------------------------------------------- */

static int by_time(const void *x, const void *y)
{
	return article_compare_time(*(const found_article *const *)x,
				    *(const found_article *const *)y);
}

static nb_status print_members(const explanation *e, nb_str event)
{
	const found_article **member = malloc((e->list.n + 1) * sizeof(*member));
	char lead[64];
	size_t n = 0;

	if (!member)
		return NB_ENOMEM;
	for (size_t i = 0; i < e->list.n; i++)
		if (str_equal(e->list.article[i].event, event))
			member[n++] = &e->list.article[i];
	if (n > 1)
		qsort(member, n, sizeof(*member), by_time);
	for (size_t i = 0; i < n && (e->full || i < MEMBERS_SHOWN); i++) {
		snprintf(lead, sizeof(lead), " %c%-11s %.2f  %-2s  ",
			 member[i] == e->article[0] ? '*' : ' ', printable(member[i]->event_role),
			 member[i]->centrality, printable(member[i]->lang));
		print_article(e, lead, member[i]);
	}
	if (!e->full && n > MEMBERS_SHOWN)
		printf("  ... and %zu more (--full)\n", n - MEMBERS_SHOWN);
	free(member);
	return NB_OK;
}

static nb_status find_event(void *context, const table *t)
{
	const explanation *e = context;
	const found_article *me = e->article[0];

	if (!str_equal(table_text(t, "id"), me->event))
		return NB_OK;
	if (table_real(t, "n_articles") < 2) {
		printf("It is the only report of its event.\n");
		return NB_ESTOP;
	}
	printf("Event %s, %.0f articles, %.0f of them no copies, cohesion %.2f; role, centrality:\n",
	       printable(me->event), table_real(t, "n_articles"), table_real(t, "n_reports"),
	       table_real(t, "cohesion"));
	return print_members(e, me->event) == NB_OK ? NB_ESTOP : NB_ENOMEM;
}

static void print_story_event(const explanation *e, const nb_node *event)
{
	nb_str id = node_text(event, "id");
	const found_article *first = article_by_id(&e->list, (nb_str){ id.ptr + 2, id.len - 2 });
	char when[HUMAN_TEXT];

	printf(" %c%-10.10s  %3.0f  ", str_equal(id, e->article[0]->event) ? '*' : ' ',
	       human_time(first ? article_time(first) : NB_NO_TIME, true, when),
	       node_real(event, "n_articles"));
	print_cut(stdout, node_text(event, "title"), e->width - 19);
	printf("\n");
}

static nb_status find_storyline(void *context, const table *t)
{
	const explanation *e = context;
	nb_node events, event;
	size_t n = 0;
	nb_walk walk;
	nb_str key;

	if (!str_equal(table_text(t, "id"), e->article[0]->storyline))
		return NB_OK;
	if (table_real(t, "n_events") < 2 || !table_field(t, "events", &events) ||
	    !nb_walk_begin(&events, &walk)) {
		printf("No other event is in its storyline.\n");
		return NB_ESTOP;
	}
	printf("Storyline %s, %.0f events:\n", printable(e->article[0]->storyline),
	       table_real(t, "n_events"));
	for (; nb_walk_next(&walk, &key, &event); n++)
		if (e->full || n < EVENTS_SHOWN)
			print_story_event(e, &event);
	if (!e->full && n > EVENTS_SHOWN)
		printf("  ... and %zu more (--full)\n", n - EVENTS_SHOWN);
	return NB_ESTOP;
}

/* The strongest pairs of a report. */
typedef struct pair_search {
	nb_str me;
	top_rows best;
} pair_search;

static nb_status take_pair(void *context, const table *t)
{
	pair_search *s = context;
	nb_node score;

	if (!str_equal(table_text(t, "a"), s->me) && !str_equal(table_text(t, "b"), s->me))
		return NB_OK;
	if (!table_field(t, "score", &score) || nb_node_kind_of(&score) != NB_NODE_NUMBER)
		return NB_OK;
	return top_rows_offer(&s->best, t, node_number(&score));
}

static void print_pair(const explanation *e, const nb_node *edge, nb_str me)
{
	bool swap = str_equal(node_text(edge, "b"), me);
	const found_article *other = article_by_id(&e->list, node_text(edge, swap ? "a" : "b"));
	char lead[64];

	snprintf(lead, sizeof(lead), "  %-9s %.2f  ", printable(node_text(edge, "relation")),
		 node_real(edge, "score"));
	if (other)
		print_article(e, lead, other);
	printf("                    %s: ", printable(node_text(edge, "method")));
	print_best_anchors(edge, swap);
	printf("\n");
}

static nb_status print_pairs(const explanation *e, const pair_search *s)
{
	nb_doc *doc = nb_doc_new(16);
	nb_status status = doc ? NB_OK : NB_ENOMEM;
	nb_node edge;

	for (size_t i = 0; status == NB_OK && i < s->best.n; i++) {
		status = top_rows_get(&s->best, i, doc, &edge);
		if (status == NB_OK)
			print_pair(e, &edge, s->me);
	}
	nb_doc_free(doc);
	return status;
}

static nb_status explain_pairs(const explanation *e, nb_error *err)
{
	const found_article *report = report_of(e, e->article[0]);
	pair_search s = { .me = report->id, .best = { .most = PAIRS_SHOWN } };
	nb_status status = table_each(e->out, "edges.jsonl.zst", take_pair, &s, err);

	if (status == NB_OK && s.best.n == 0) {
		printf("No report came near it: no pair with it was scored and kept.\n");
	} else if (status == NB_OK) {
		printf("The strongest pairs %s%s%s is in, and the words they agree on:\n",
		       report == e->article[0] ? "" : "its leader ", printable(report->id),
		       report == e->article[0] ? "" : " (which stands for its copies)");
		status = print_pairs(e, &s);
	}
	top_rows_release(&s.best);
	return status;
}

nb_status explain_event(const explanation *e, nb_error *err)
{
	nb_status status = table_each(e->out, "events.jsonl.zst", find_event, (void *)e, err);

	NB_TRY(status, table_each(e->out, "storylines.jsonl.zst", find_storyline, (void *)e, err));
	return status == NB_OK ? explain_pairs(e, err) : status;
}

/* ---- two articles ---------------------------------------------------------------------------- */

static void print_where(const explanation *e)
{
	const found_article *a = e->article[0], *b = e->article[1];

	if (str_equal(a->event, b->event))
		printf("One event, %s.\n", printable(a->event));
	else if (str_equal(a->storyline, b->storyline))
		printf("Two events of one storyline, %s.\n", printable(a->storyline));
	else
		printf("Two storylines: what they report was not put together.\n");
	for (size_t i = 0; i < 2; i++)
		if (e->article[i]->copy_of.ptr)
			printf("%s is a copy of %s, which stands for it.\n",
			       printable(e->article[i]->id), printable(e->article[i]->copy_of));
}

/* The scored pair of two reports. */
typedef struct link_search {
	const explanation *e;
	const found_article *left, *right;
	bool found;
} link_search;

static nb_status print_link(void *context, const table *t)
{
	link_search *s = context;
	nb_str a = table_text(t, "a"), b = table_text(t, "b");
	bool swap = str_equal(a, s->right->id) && str_equal(b, s->left->id);
	nb_node score;

	if (!swap && !(str_equal(a, s->left->id) && str_equal(b, s->right->id)))
		return NB_OK;
	if (!table_field(t, "score", &score) || nb_node_kind_of(&score) != NB_NODE_NUMBER)
		return NB_OK;
	s->found = true;
	printf("They were compared (%s): score %.4f, relation %s\n",
	       printable(table_text(t, "method")), node_number(&score),
	       printable(table_text(t, "relation")));
	print_cosines(&t->row);
	print_anchors(s->e, &t->row, swap);
	return NB_OK;
}

nb_status explain_link(const explanation *e, nb_error *err)
{
	link_search s = { .e = e, .left = report_of(e, e->article[0]),
			  .right = report_of(e, e->article[1]) };
	nb_status status;

	print_where(e);
	status = table_each(e->out, "edges.jsonl.zst", print_link, &s, err);
	if (status == NB_OK && !s.found)
		status = explain_path(e, s.left, s.right, err);
	return status;
}
