/* SPDX-License-Identifier: MIT
 *
 * storylines_row.c - one row of the table of storylines.
 */
#include "base/status.h"
#include "publish/row.h"

static size_t event_size(const nb_events *e, uint32_t event)
{
	return e->member_at[event + 1] - e->member_at[event];
}

/* The event that gives the storyline its title: the largest, the earliest of equals. */
static uint32_t main_event(const nb_events *e, const uint32_t *event, size_t n)
{
	uint32_t most = event[0];

	for (size_t i = 1; i < n; i++)
		if (event_size(e, event[i]) > event_size(e, most))
			most = event[i];
	return most;
}

static int64_t event_begin(const nb_night *night, const nb_events *e, uint32_t event)
{
	return night->published_at[e->member[e->member_at[event]]];
}

static nb_status put_event(nb_rowmaker *m, const nb_published *p, uint32_t event)
{
	const nb_events *e = p->events;
	nb_status status;

	nb_json_open(&m->json, '{');
	status = nb_row_id(m, "id", 'e', p->night, e->member[e->member_at[event]]);
	NB_TRY(status, nb_row_headline(m, "title", p->night, e->central[event]));
	nb_row_time(&m->json, "begin", event_begin(p->night, e, event));
	nb_json_put_uint(&m->json, "n_articles", event_size(e, event));
	nb_json_close(&m->json, '}');
	return status;
}

/* In the order of time, as many as the row has room for. */
static nb_status put_events(nb_rowmaker *m, const nb_published *p, const uint32_t *event, size_t n,
			    size_t row_begin)
{
	nb_json *j = &m->json;
	nb_status status = NB_OK;
	size_t i = 0;

	nb_json_key(j, "events");
	nb_json_open(j, '[');
	for (; status == NB_OK && i < n && j->len - row_begin < NB_MEMBERS_MAX; i++)
		status = put_event(m, p, event[i]);
	nb_json_close(j, ']');
	nb_json_key(j, "events_cut");
	nb_json_bool(j, i < n);
	return status;
}

nb_status nb_row_storyline(nb_rowmaker *m, const nb_plan *plan, uint64_t row)
{
	const nb_published *p = plan->p;
	uint32_t story = plan->storyline[row];
	const uint32_t *event = nb_bin(&plan->story_events, story);
	const uint32_t *article = nb_bin(&plan->story_articles, story);
	size_t n_events = nb_bin_size(&plan->story_events, story), begin = m->json.len;
	size_t n = nb_bin_size(&plan->story_articles, story);
	nb_status status;

	nb_json_open(&m->json, '{');
	status = nb_row_id(m, "id", 's', p->night, article[0]);
	NB_TRY(status, nb_row_headline(m, "title", p->night,
				       p->events->central[main_event(p->events, event, n_events)]));
	NB_TRY(status, nb_row_who(m, p, article, n));
	NB_TRY(status, nb_row_terms(m, p, event, n_events));
	nb_row_times(&m->json, "begin", "end", p->night, article, n);
	nb_json_put_uint(&m->json, "n_events", n_events);
	nb_json_put_uint(&m->json, "n_articles", n);
	NB_TRY(status, put_events(m, p, event, n_events, begin));
	return status == NB_OK ? nb_row_end(&m->json) : status;
}
