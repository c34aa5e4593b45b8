/* SPDX-License-Identifier: MIT
 *
 * events_row.c - one row of the table of events.
 */
#include "base/status.h"
#include "publish/row.h"

/* The title of the event, and one a language: that of its most central report there. */
static nb_status put_titles(nb_rowmaker *m, const nb_published *p, uint32_t central)
{
	nb_status status = nb_row_headline(m, "title", p->night, central);
	nb_json *j = &m->json;
	nb_article a;
	size_t begin;

	nb_night_article(p->night, central, &a);
	nb_json_key(j, "titles");
	nb_json_open(j, '[');
	begin = j->len;
	for (size_t i = 0; i < m->tallies.n && j->len - begin < NB_LIST_MAX; i++) {
		const nb_tally *lang = &m->tallies.tally[i];
		bool same = nb_same_name(a.lang, lang->name);

		nb_json_open(j, '{');
		nb_row_field(j, "lang", lang->name);
		NB_TRY(status,
		       nb_row_headline(m, "title", p->night, same ? central : lang->central));
		nb_json_close(j, '}');
	}
	nb_json_close(j, ']');
	return status;
}

static void put_first(nb_json *j, const nb_night *night, uint32_t first)
{
	nb_article a;

	nb_night_article(night, first, &a);
	nb_json_key(j, "first");
	nb_json_open(j, '{');
	nb_row_field(j, "id", a.id);
	nb_row_field(j, "source", a.source);
	nb_row_field(j, "agency", a.agency);
	nb_row_time(j, "published_at", a.published_at);
	nb_json_close(j, '}');
}

static void put_member(nb_json *j, const nb_published *p, uint32_t i)
{
	nb_article a;

	nb_night_article(p->night, i, &a);
	nb_json_open(j, '{');
	nb_row_field(j, "id", a.id);
	nb_json_put_text(j, "role", nb_event_role_name((nb_event_role)p->events->role[i]));
	nb_json_put_real(j, "score", p->events->centrality[i]);
	nb_row_field(j, "lang", a.lang);
	nb_json_close(j, '}');
}

/* As many members as the row has room for. */
static void put_members(nb_json *j, const nb_published *p, const uint32_t *member, size_t n,
			size_t row_begin)
{
	size_t i = 0;

	nb_json_key(j, "members");
	nb_json_open(j, '[');
	for (; i < n && j->len - row_begin < NB_MEMBERS_MAX; i++)
		put_member(j, p, member[i]);
	nb_json_close(j, ']');
	nb_json_key(j, "members_cut");
	nb_json_bool(j, i < n);
}

static uint32_t count_reports(const nb_copies *copies, const uint32_t *member, size_t n)
{
	uint32_t reports = 0;

	for (size_t i = 0; i < n; i++)
		reports += copies->leader[member[i]] == member[i];
	return reports;
}

static nb_status put_head(nb_rowmaker *m, const nb_plan *plan, uint32_t event)
{
	const nb_night *night = plan->p->night;
	const nb_events *e = plan->p->events;
	uint32_t first = e->member[e->member_at[event]];

	if (nb_row_id(m, "id", 'e', night, first) != NB_OK)
		return NB_ENOMEM;
	return nb_row_id(m, "storyline", 's', night,
			 nb_bin(&plan->story_articles, e->storyline[event])[0]);
}

nb_status nb_row_event(nb_rowmaker *m, const nb_plan *plan, uint64_t row)
{
	const nb_published *p = plan->p;
	const nb_events *e = p->events;
	uint32_t event = plan->event[row];
	const uint32_t *member = e->member + e->member_at[event];
	size_t n = e->member_at[event + 1] - e->member_at[event], begin = m->json.len;
	nb_status status;

	nb_json_open(&m->json, '{');
	status = put_head(m, plan, event);
	NB_TRY(status, nb_tally_languages(&m->tallies, p, member, n));
	NB_TRY(status, put_titles(m, p, e->central[event]));
	if (status != NB_OK)
		return status;
	nb_row_field(&m->json, "central", nb_night_id(p->night, e->central[event]));
	put_first(&m->json, p->night, member[0]);
	status = nb_row_who(m, p, member, n);
	NB_TRY(status, nb_row_terms(m, p, &event, 1));
	nb_row_times(&m->json, "begin", "end", p->night, member, n);
	nb_json_put_uint(&m->json, "n_articles", n);
	nb_json_put_uint(&m->json, "n_reports", count_reports(p->copies, member, n));
	nb_json_put_real(&m->json, "cohesion", e->cohesion[event]);
	put_members(&m->json, p, member, n, begin);
	return status == NB_OK ? nb_row_end(&m->json) : status;
}
