/* SPDX-License-Identifier: MIT
 *
 * show_storylines.c - the largest storylines, each with its events in the order of time.
 */
#include <stdlib.h>

#include "base/array.h"
#include "display.h"
#include "show.h"

#define EVENTS_SHOWN 5u

static nb_status take_storyline(void *context, const table *t)
{
	shown *s = context;

	return table_real(t, "n_events") > 1 ? top_rows_offer(&s->storylines, t, weight_of(t))
					     : NB_OK;
}

/* ---- which of its events are shown ----------------------------------------------------------- */

/* The first, and the latest: whatever lies between is counted. */
static bool is_shown(size_t i, size_t n)
{
	return n <= EVENTS_SHOWN || i == 0 || i + EVENTS_SHOWN - 1 > n;
}

static size_t count_items(const nb_node *list)
{
	nb_walk walk;
	nb_node one;
	nb_str key;
	size_t n = 0;

	if (nb_walk_begin(list, &walk))
		while (nb_walk_next(&walk, &key, &one))
			n++;
	return n;
}

/* The event whose title the storyline has. */
static nb_str main_event(const nb_node *events)
{
	double most = 0;
	nb_str id = { 0 }, key;
	nb_walk walk;
	nb_node one;

	if (!nb_walk_begin(events, &walk))
		return id;
	while (nb_walk_next(&walk, &key, &one)) {
		if (node_real(&one, "n_articles") <= most)
			continue;
		most = node_real(&one, "n_articles");
		id = node_text(&one, "id");
	}
	return id;
}

static nb_status want(shown *s, nb_str event)
{
	nb_status status = NB_GROW(s->wanted, &s->wanted_capacity, s->n_wanted + 1);

	if (status != NB_OK)
		return status;
	s->wanted[s->n_wanted] = (wanted_title){ 0 };
	return nb_arena_str(&s->text, event, &s->wanted[s->n_wanted++].event);
}

static nb_status want_titles(shown *s, const nb_node *row)
{
	nb_status status;
	nb_node events, one;
	nb_walk walk;
	size_t n, i = 0;
	nb_str key;

	if (!node_member(row, "events", &events) || !nb_walk_begin(&events, &walk))
		return NB_OK;
	n = count_items(&events);
	status = want(s, main_event(&events));
	for (; status == NB_OK && nb_walk_next(&walk, &key, &one); i++)
		if (is_shown(i, n))
			status = want(s, node_text(&one, "id"));
	return status;
}

nb_status load_storylines(shown *s, nb_error *err)
{
	nb_status status = table_each(s->out, "storylines.jsonl.zst", take_storyline, s, err);
	nb_node row;

	for (size_t i = 0; status == NB_OK && i < s->storylines.n; i++) {
		status = top_rows_get(&s->storylines, i, s->doc, &row);
		NB_TRY(status, want_titles(s, &row));
	}
	return status;
}

/* ---- printing -------------------------------------------------------------------------------- */

static nb_str wanted_title_of(const shown *s, nb_str event, nb_str otherwise)
{
	for (size_t i = 0; i < s->n_wanted; i++)
		if (str_equal(s->wanted[i].event, event) && s->wanted[i].title.ptr)
			return s->wanted[i].title;
	return otherwise;
}

static void print_story_event(const shown *s, const nb_node *event)
{
	const found_article *first;
	char when[HUMAN_TEXT], end[HUMAN_TEXT];
	nb_str id = node_text(event, "id");
	int room;

	first = article_by_id(&s->list, (nb_str){ id.ptr + 2, id.len - 2 });
	printf("    %-10.10s  ", human_time(first ? article_time(first) : NB_NO_TIME, true, when));
	room = s->width - 16 - snprintf(end, sizeof(end), "  %.0f", node_real(event, "n_articles"));
	print_cut(stdout, wanted_title_of(s, id, node_text(event, "title")), room);
	printf("%s\n", end);
}

static void print_storyline(const shown *s, const nb_node *row)
{
	nb_node events, one;
	size_t n, i = 0;
	nb_walk walk;
	nb_str key;

	if (!node_member(row, "events", &events) || !nb_walk_begin(&events, &walk))
		return;
	n = count_items(&events);
	printf("\n  ");
	print_cut(stdout, wanted_title_of(s, main_event(&events), node_text(row, "title")),
		  s->width - 2);
	printf("\n    %.0f events, %.0f articles; ", node_real(row, "n_events"),
	       node_real(row, "n_articles"));
	print_languages(row);
	printf("\n");
	for (; nb_walk_next(&walk, &key, &one); i++) {
		if (is_shown(i, n))
			print_story_event(s, &one);
		else if (i == 1)
			printf("    ... %zu events more ...\n", n - EVENTS_SHOWN);
	}
}

nb_status print_storylines(const shown *s)
{
	nb_status status = NB_OK;
	nb_node row;

	if (s->storylines.n > 0)
		printf("\nStorylines (most articles x languages first; their events, how many articles):\n");
	for (size_t i = 0; status == NB_OK && i < s->storylines.n; i++) {
		status = top_rows_get(&s->storylines, i, s->doc, &row);
		if (status == NB_OK)
			print_storyline(s, &row);
	}
	if (s->stored.n_storylines > s->storylines.n && s->storylines.n > 0)
		printf("\n  ... and %llu storylines more (show --storylines N)\n",
		       (unsigned long long)(s->stored.n_storylines - s->storylines.n));
	return status;
}
