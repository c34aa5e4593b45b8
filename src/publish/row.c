/* SPDX-License-Identifier: MIT
 *
 * row.c - one row of each table but copies (see copies_row.c).  The schemas are in schema/.
 *
 * Every column stands in every row, in the same order, null where nothing is known.
 */
#include <math.h>
#include <string.h>

#include "base/array.h"
#include "newsbraid/utf8.h"
#include "publish/plan.h"

/* A text beside two fields and a few numbers. */
#define TEXT_MOST (NB_ROW_MAX - 2 * NB_FIELD_MAX - 1024)

void nb_row_field(nb_json *j, const char *key, nb_str s)
{
	nb_json_key(j, key);
	s.len = nb_json_fit(s, NB_FIELD_MAX);
	nb_json_string(j, s);
}

nb_status nb_row_group(nb_rowmaker *m, const char *key, nb_str leader)
{
	if (nb_reserve((void **)&m->text, &m->text_capacity, leader.len + 2, 1) != NB_OK)
		return NB_ENOMEM;
	memcpy(m->text, "c:", 2);
	memcpy(m->text + 2, leader.ptr, leader.len);
	nb_row_field(&m->json, key, (nb_str){ m->text, leader.len + 2 });
	return NB_OK;
}

void nb_row_time(nb_json *j, const char *key, int64_t time)
{
	char text[NB_DATE_TEXT];

	nb_json_key(j, key);
	nb_date_format(time, text);
	nb_json_cstring(j, time == NB_NO_TIME ? NULL : text);
}

static nb_status done(nb_json *j)
{
	nb_json_close(j, '}');
	nb_json_newline(j);
	return j->failed ? NB_ENOMEM : NB_OK;
}

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

/* ---- articles -------------------------------------------------------------------------------- */

/* Where article i stands in its copy group: copy, role, score, copy_of. */
static nb_status put_place(nb_rowmaker *m, const nb_published *p, uint32_t i)
{
	const nb_copies *c = p->copies;
	uint32_t leader = c->leader[i];
	bool copy = leader != i;
	double score = NAN; /* null */
	nb_str leader_id = nb_night_id(p->night, leader);
	nb_status status = nb_row_group(m, "copy", leader_id);

	if (copy && c->edge[i] != NB_NO_EDGE) {
		const nb_edge *edge = &p->edges->edge[c->edge[i]];

		score = fmax(edge->jaccard, edge->containment);
	}
	nb_json_put_text(&m->json, "role", copy ? "copy" : c->size[i] > 1 ? "leader" : "single");
	nb_json_put_real(&m->json, "score", score);
	nb_row_field(&m->json, "copy_of", copy ? leader_id : (nb_str){ 0 });
	return status;
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
	if (put_place(m, p, i) != NB_OK)
		return NB_ENOMEM;
	nb_row_field(j, "source", a.source);
	nb_row_field(j, "agency", a.agency);
	nb_row_field(j, "version", a.version);
	nb_row_field(j, "lang", a.lang);
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
	return done(j);
}

/* ---- edges ----------------------------------------------------------------------------------- */

static void put_spans(nb_json *j, const nb_span *span, size_t n)
{
	nb_json_key(j, "spans");
	nb_json_open(j, '[');
	for (size_t i = 0; i < n; i++) {
		nb_json_open(j, '[');
		nb_json_uint(j, span[i].a_begin);
		nb_json_uint(j, span[i].a_len);
		nb_json_uint(j, span[i].b_begin);
		nb_json_uint(j, span[i].b_len);
		nb_json_close(j, ']');
	}
	nb_json_close(j, ']');
}

nb_status nb_row_edge(nb_rowmaker *m, const nb_plan *plan, uint64_t row)
{
	const nb_published *p = plan->p;
	const nb_edge *e = &p->edges->edge[plan->edge[row]];
	nb_json *j = &m->json;

	nb_json_open(j, '{');
	nb_row_field(j, "a", nb_night_id(p->night, e->a));
	nb_row_field(j, "b", nb_night_id(p->night, e->b));
	nb_json_put_text(j, "relation", nb_relation_name((nb_relation)e->relation));
	nb_json_put_text(j, "method", nb_method_name((nb_method)e->method));
	nb_json_put_real(j, "jaccard", e->jaccard);
	nb_json_put_real(j, "containment", e->containment);
	nb_json_put_uint(j, "shared", e->shared);
	nb_json_put_uint(j, "simhash_distance", e->simhash_distance);
	nb_json_put_uint(j, "numbers", e->numbers);
	nb_json_put_uint(j, "numbers_differ", e->numbers_differ);
	nb_json_put_uint(j, "names", e->names);
	nb_json_put_uint(j, "names_differ", e->names_differ);
	put_spans(j, p->edges->span + e->span_at, e->n_spans);
	return done(j);
}

/* ---- texts ----------------------------------------------------------------------------------- */

nb_status nb_row_text(nb_rowmaker *m, const nb_plan *plan, uint64_t row)
{
	const nb_night *night = plan->p->night;
	uint32_t i = plan->order[row];
	nb_json *j = &m->json;
	nb_article a;
	nb_str text;
	nb_status status;
	size_t n;

	if (nb_reserve((void **)&m->text, &m->text_capacity, night->text_len[i], 1) != NB_OK)
		return NB_ENOMEM;
	status = nb_night_text(night, i, m->text, &text);
	if (status != NB_OK)
		return status;
	nb_night_article(night, i, &a);
	n = nb_json_fit(text, TEXT_MOST);
	nb_json_open(j, '{');
	nb_row_field(j, "id", a.id);
	nb_row_field(j, "title", a.title);
	nb_json_key(j, "text");
	nb_json_string(j, (nb_str){ text.ptr, n });
	nb_json_key(j, "text_cut");
	nb_json_bool(j, n < text.len);
	return done(j);
}

/* ---- rejects --------------------------------------------------------------------------------- */

/* File names are bytes of any kind. */
static nb_status put_path(nb_rowmaker *m, const char *path)
{
	nb_str s = { path, strlen(path) };

	if (!nb_utf8_valid(s.ptr, s.len)) {
		if (nb_reserve((void **)&m->text, &m->text_capacity, NB_UTF8_REPAIR_MAX(s.len),
			       1) != NB_OK)
			return NB_ENOMEM;
		s.len = nb_utf8_repair(path, s.len, m->text, NULL);
		s.ptr = m->text;
	}
	nb_row_field(&m->json, "file", s);
	return NB_OK;
}

nb_status nb_row_reject(nb_rowmaker *m, const nb_plan *plan, uint64_t row)
{
	const nb_reject *reject = &plan->p->reject[row];
	nb_json *j = &m->json;

	nb_json_open(j, '{');
	if (put_path(m, plan->p->path[reject->file]) != NB_OK)
		return NB_ENOMEM;
	nb_json_key(j, "line");
	if (reject->line)
		nb_json_uint(j, reject->line);
	else
		nb_json_null(j);
	nb_json_put_uint(j, "byte", reject->byte);
	nb_json_put_text(j, "reason", nb_reject_reason_name(reject->reason));
	nb_row_field(j, "detail", reject->detail);
	nb_row_field(j, "sample", reject->sample);
	return done(j);
}
