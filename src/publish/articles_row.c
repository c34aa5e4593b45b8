/* SPDX-License-Identifier: MIT
 *
 * articles_row.c - one row of the table of articles.
 */
#include <math.h>
#include <string.h>

#include "base/status.h"
#include "publish/row.h"

/* An array of the lines of s; lines beyond the room for a field are left out. */
static void put_lines(nb_json *j, const char *key, nb_str s)
{
	nb_json_key(j, key);
	nb_json_open(j, '[');
	s.len = nb_json_fit(s, NB_FIELD_MAX);
	while (s.len) {
		const char *end = memchr(s.ptr, '\n', s.len);
		size_t len = end ? (size_t)(end - s.ptr) : s.len;

		nb_json_string(j, (nb_str){ s.ptr, len });
		s = (nb_str){ s.ptr + len + !!end, s.len - len - !!end };
	}
	nb_json_close(j, ']');
}

/* Where article i stands in its copy group: copy, role, score, copy_of. */
static nb_status put_place(nb_rowmaker *m, const nb_published *p, uint32_t i)
{
	const nb_copies *c = p->copies;
	uint32_t leader = c->leader[i];
	bool copy = leader != i;
	double score = NAN; /* null */
	nb_str leader_id = nb_night_id(p->night, leader);
	nb_status status = nb_row_id(m, "copy", 'c', p->night, leader);

	if (copy && c->edge[i] != NB_NO_EDGE) {
		const nb_edge *edge = &p->edges->edge[c->edge[i]];

		score = fmax(edge->jaccard, edge->containment);
	}
	nb_json_put_text(&m->json, "role", copy ? "copy" : c->size[i] > 1 ? "leader" : "single");
	nb_json_put_real(&m->json, "score", score);
	nb_row_field(&m->json, "copy_of", copy ? leader_id : (nb_str){ 0 });
	return status;
}

/* Where it stands in its event: event, storyline, event_role, centrality. */
static nb_status put_event(nb_rowmaker *m, const nb_plan *plan, uint32_t i)
{
	const nb_events *e = plan->p->events;
	uint32_t event = e->event[i];
	nb_status status = nb_row_id(m, "event", 'e', plan->p->night,
				     e->member[e->member_at[event]]);

	NB_TRY(status, nb_row_id(m, "storyline", 's', plan->p->night,
				 nb_bin(&plan->story_articles, e->storyline[event])[0]));
	nb_json_put_text(&m->json, "event_role", nb_event_role_name(e->role[i]));
	nb_json_put_real(&m->json, "centrality", e->centrality[i]);
	return status;
}

/* Agencies and what the article owes to each. */
static void put_credits(nb_json *j, const nb_night *night, uint32_t i)
{
	nb_cleaned cleaned;

	nb_night_cleaned(night, i, &cleaned);
	nb_json_key(j, "credits");
	nb_json_open(j, '[');
	for (uint32_t k = 0; k < cleaned.n_credits; k++) {
		const nb_credit *c = &cleaned.credit[k];

		nb_json_open(j, '{');
		nb_row_field(j, "agency", c->agency ? nb_agency_name(c->agency) : c->words);
		nb_json_put_text(j, "role", nb_agency_role_name(c->role));
		nb_json_close(j, '}');
	}
	nb_json_close(j, ']');
}

nb_status nb_row_article(nb_rowmaker *m, const nb_plan *plan, uint64_t row)
{
	const nb_published *p = plan->p;
	uint32_t i = plan->order[row];
	nb_json *j = &m->json;
	nb_article a;

	nb_night_article(p->night, i, &a);
	nb_json_open(j, '{');
	nb_row_field(j, "id", a.id);
	if (put_place(m, p, i) != NB_OK || put_event(m, plan, i) != NB_OK)
		return NB_ENOMEM;
	nb_row_field(j, "source", a.source);
	nb_row_field(j, "agency", a.agency);
	put_credits(j, p->night, i);
	nb_row_field(j, "version", a.version);
	nb_row_field(j, "lang", a.lang);
	nb_json_put_text(j, "lang_source", !a.lang.len ? NULL : a.lang_detected ? "detected" : "field");
	nb_row_time(j, "published_at", p->night->published_at[i]);
	nb_json_put_text(j, "published_precision", a.published_at == NB_NO_TIME ? NULL
					   : a.day_only			 ? "day"
									 : "second");
	nb_row_field(j, "published_raw", a.published_raw);
	nb_json_put_text(j, "date_source", nb_date_source_name(p->night->date_source[i]));
	nb_row_field(j, "title", a.title);
	nb_row_field(j, "byline", a.byline);
	nb_row_field(j, "url", a.url);
	nb_row_field(j, "located", a.located);
	put_lines(j, "subjects", a.subjects);
	nb_json_put_text(j, "pub_status", nb_pub_status_name(a.pub_status));
	nb_row_time(j, "embargo", a.embargo ? a.embargo : NB_NO_TIME);
	nb_row_field(j, "origin", a.origin.len ? a.origin : (nb_str){ 0 });
	nb_json_put_uint(j, "n_tokens", p->sketches->n_tokens[i]);
	nb_json_put_uint(j, "n_shingles", p->sketches->n_shingles[i]);
	nb_json_put_uint(j, "text_bytes", p->night->text_len[i]);
	nb_json_put_uint(j, "cut_bytes", p->night->cut_bytes[i]);
	return nb_row_end(j);
}
