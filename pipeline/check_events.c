/* SPDX-License-Identifier: MIT
 *
 * check_events.c - events partition the articles, storylines the events, and what the tables say of
 * them agrees.
 */
#include <inttypes.h>
#include <stdlib.h>

#include "base/array.h"
#include "check.h"

/* One row of the table of events. */
typedef struct known_event {
	nb_str id, storyline;
	double n_articles;
	bool seen; /* in its storyline */
} known_event;

typedef struct event_check {
	check *c;
	known_event *event; /* [0..n), sorted by id as they stand in the table */
	size_t n, capacity;
	nb_arena text;
	bool *seen;              /* by article: in an event */
	double n_cut, n_events_cut; /* members and events that rows had no room for */
	nb_str last;             /* id of the row before */
} event_check;

static known_event *event_by_id(const event_check *e, nb_str id)
{
	size_t low = 0, high = e->n;

	while (low < high) {
		size_t mid = low + (high - low) / 2;
		int c = str_compare(e->event[mid].id, id);

		if (c == 0)
			return &e->event[mid];
		if (c < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return NULL;
}

/* Whether a cluster's id is its letter and the id of this article. */
static bool is_named_for(nb_str cluster, nb_str article)
{
	return cluster.len == article.len + 2 &&
	       str_equal((nb_str){ cluster.ptr + 2, article.len }, article);
}

static void check_order(event_check *e, nb_str id, const char *name)
{
	if (e->last.ptr && str_compare(e->last, id) >= 0)
		problem(e->c, "%s: '%s' is out of order or twice there", name, printable(id));
}

/* ---- events ---------------------------------------------------------------------------------- */

/* One member; `before` is the one before it in the row. */
static const found_article *check_member(event_check *e, const table *t, const nb_node *member,
					 const found_article *before)
{
	nb_str event = table_text(t, "id"), id = node_text(member, "id");
	const found_article *a = article_by_id(&e->c->list, id);

	if (!a || !str_equal(a->event, event)) {
		problem(e->c, "events: '%s' is not an article of '%s'", printable(id),
			printable(event));
		return before;
	}
	if (e->seen[a - e->c->list.article])
		problem(e->c, "events: '%s' is twice there", printable(id));
	e->seen[a - e->c->list.article] = true;
	if (!str_equal(a->storyline, table_text(t, "storyline")) ||
	    !str_equal(a->event_role, node_text(member, "role")) ||
	    a->centrality != node_real(member, "score"))
		problem(e->c, "events: '%s' has another storyline, role or score in articles",
			printable(id));
	if (before && article_compare_time(before, a) >= 0)
		problem(e->c, "events: '%s' is out of the order of time", printable(id));
	return a;
}

/* The members of a row: how many, how many of them no copies. */
static void check_members(event_check *e, const table *t)
{
	nb_str id = table_text(t, "id");
	const found_article *first = NULL, *last = NULL;
	double n = 0, n_reports = 0, said = table_real(t, "n_articles");
	nb_node members, member, cut;
	nb_walk walk;
	nb_str key;

	if (!table_field(t, "members", &members) || !nb_walk_begin(&members, &walk)) {
		problem(e->c, "events: '%s' has no members", printable(id));
		return;
	}
	for (; nb_walk_next(&walk, &key, &member); n++) {
		last = check_member(e, t, &member, last);
		first = first ? first : last;
		n_reports += last && !last->copy_of.ptr;
	}
	if (!first || !is_named_for(id, first->id))
		problem(e->c, "events: '%s' is not named for its first member", printable(id));
	if (table_field(t, "members_cut", &cut) && n < said)
		e->n_cut += said - n;
	else if (n != said || n_reports != table_real(t, "n_reports"))
		problem(e->c, "events: '%s' has other numbers of members", printable(id));
}

/* The ids a row names beside its members. */
static void check_named(event_check *e, const table *t)
{
	nb_str id = table_text(t, "id"), central = table_text(t, "central");
	const found_article *a = article_by_id(&e->c->list, central);
	nb_node first;

	if (!a || !str_equal(a->event, id))
		problem(e->c, "events: '%s', central to '%s', is not in it", printable(central),
			printable(id));
	if (!table_field(t, "first", &first) || !is_named_for(id, node_text(&first, "id")))
		problem(e->c, "events: '%s' is not named for its first report", printable(id));
}

static nb_status check_event(void *context, const table *t)
{
	event_check *e = context;
	nb_status status = NB_GROW(e->event, &e->capacity, e->n + 1);
	known_event *known;

	if (status != NB_OK)
		return status;
	known = &e->event[e->n++];
	*known = (known_event){ .n_articles = table_real(t, "n_articles") };
	status = nb_arena_str(&e->text, table_text(t, "id"), &known->id);
	NB_TRY(status, nb_arena_str(&e->text, table_text(t, "storyline"), &known->storyline));
	if (status != NB_OK)
		return status;
	check_order(e, known->id, "events");
	e->last = known->id;
	check_members(e, t);
	check_named(e, t);
	e->c->counted.events += table_real(t, "n_reports") >= 2;
	return NB_OK;
}

static void check_articles(event_check *e)
{
	check *c = e->c;
	double n_unseen = 0;

	for (size_t i = 0; i < c->list.n; i++) {
		const found_article *a = &c->list.article[i], *leader;

		n_unseen += !e->seen[i];
		if (!event_by_id(e, a->event))
			problem(c, "articles: '%s' is in '%s', which is no event",
				printable(a->id), printable(a->event));
		if (!a->copy_of.ptr)
			continue;
		leader = article_by_id(&c->list, a->copy_of);
		if (leader && !str_equal(leader->event, a->event))
			problem(c, "articles: '%s' is in another event than its leader",
				printable(a->id));
		if (!str_equal(a->event_role, NB_STR("copy")))
			problem(c, "articles: '%s' is a copy, but not in its event",
				printable(a->id));
	}
	if (n_unseen != e->n_cut)
		problem(c, "events: %.0f articles are no member of an event", n_unseen);
}

/* ---- storylines ------------------------------------------------------------------------------ */

static void check_story_event(event_check *e, nb_str story, const nb_node *event)
{
	nb_str id = node_text(event, "id");
	known_event *known = event_by_id(e, id);

	if (!known || !str_equal(known->storyline, story)) {
		problem(e->c, "storylines: '%s' is not an event of '%s'", printable(id),
			printable(story));
		return;
	}
	if (known->seen || known->n_articles != node_real(event, "n_articles"))
		problem(e->c, "storylines: '%s' is twice there, or of another size", printable(id));
	known->seen = true;
}

static nb_status check_storyline(void *context, const table *t)
{
	event_check *e = context;
	nb_str id = table_text(t, "id"), first = { 0 }, key;
	double n = 0, said = table_real(t, "n_events");
	nb_node events, event, cut;
	nb_walk walk;

	check_order(e, id, "storylines");
	if (nb_arena_str(&e->text, id, &e->last) != NB_OK)
		return NB_ENOMEM;
	e->c->counted.storylines += said >= 2;
	if (!table_field(t, "events", &events) || !nb_walk_begin(&events, &walk)) {
		problem(e->c, "storylines: '%s' has no events", printable(id));
		return NB_OK;
	}
	for (; nb_walk_next(&walk, &key, &event); n++) {
		check_story_event(e, id, &event);
		first = first.ptr ? first : node_text(&event, "id");
	}
	if (first.len < 2 || !is_named_for(id, (nb_str){ first.ptr + 2, first.len - 2 }))
		problem(e->c, "storylines: '%s' is not named for its first event", printable(id));
	if (table_field(t, "events_cut", &cut) && n < said)
		e->n_events_cut += said - n;
	else if (n != said)
		problem(e->c, "storylines: '%s' has another number of events", printable(id));
	return NB_OK;
}

static void check_all_told(event_check *e)
{
	double n_unseen = 0;

	for (size_t i = 0; i < e->n; i++)
		n_unseen += !e->event[i].seen;
	if (n_unseen != e->n_events_cut)
		problem(e->c, "storylines: %.0f events are in no storyline", n_unseen);
}

nb_status check_events(check *c, nb_error *err)
{
	event_check e = { .c = c };
	nb_status status;

	e.seen = calloc(c->list.n + 1, sizeof(*e.seen));
	if (!e.seen)
		return nb_fail(err, NB_ENOMEM, c->out, "cannot check");
	status = check_each(c, "events.jsonl.zst", check_event, &e, err);
	if (status == NB_OK) {
		check_articles(&e);
		e.last = (nb_str){ 0 };
		status = check_each(c, "storylines.jsonl.zst", check_storyline, &e, err);
	}
	if (status == NB_OK)
		check_all_told(&e);
	free(e.event);
	free(e.seen);
	nb_arena_release(&e.text);
	return status;
}
