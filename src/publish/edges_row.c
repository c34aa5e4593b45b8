/* SPDX-License-Identifier: MIT
 *
 * edges_row.c - one row of the table of edges: a verified pair of copies, or a scored pair of
 * reports.
 */
#include <math.h>

#include "base/status.h"
#include "publish/row.h"

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

/* The pair, what it is, and how that was found. */
static void put_pair(nb_json *j, const nb_night *night, uint32_t a, uint32_t b,
		     const char *relation, const char *method)
{
	nb_row_field(j, "a", nb_night_id(night, a));
	nb_row_field(j, "b", nb_night_id(night, b));
	nb_json_put_text(j, "relation", relation);
	nb_json_put_text(j, "method", method);
}

static void put_nulls(nb_json *j, const char *const *key, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		nb_json_key(j, key[i]);
		nb_json_null(j);
	}
}

static void put_empty_list(nb_json *j, const char *key)
{
	nb_json_key(j, key);
	nb_json_open(j, '[');
	nb_json_close(j, ']');
}

static const char *const copy_columns[] = { "jaccard", "containment", "shared", "simhash_distance",
					    "numbers", "numbers_differ", "names", "names_differ" };
static const char *const event_columns[] = { "score", "words", "entities", "title", "lead" };

#define LENGTH(array) (sizeof(array) / sizeof(*(array)))

static void put_copy_edge(nb_json *j, const nb_published *p, const nb_edge *e)
{
	put_pair(j, p->night, e->a, e->b, nb_relation_name((nb_relation)e->relation),
		 nb_method_name((nb_method)e->method));
	nb_json_put_real(j, "jaccard", e->jaccard);
	nb_json_put_real(j, "containment", e->containment);
	nb_json_put_uint(j, "shared", e->shared);
	nb_json_put_uint(j, "simhash_distance", e->simhash_distance);
	nb_json_put_uint(j, "numbers", e->numbers);
	nb_json_put_uint(j, "numbers_differ", e->numbers_differ);
	nb_json_put_uint(j, "names", e->names);
	nb_json_put_uint(j, "names_differ", e->names_differ);
	put_spans(j, p->edges->span + e->span_at, e->n_spans);
	put_nulls(j, event_columns, LENGTH(event_columns));
	put_empty_list(j, "anchors");
}

/* ---- scored pairs of reports ----------------------------------------------------------------- */

static const char *relation_of(const nb_events *e, const nb_event_edge *edge)
{
	uint32_t a = e->event[edge->a], b = e->event[edge->b];

	return a == b ? "event" : e->storyline[a] == e->storyline[b] ? "storyline" : "near";
}

/* One side of an anchor: the word, and where it stands. */
static void put_word(nb_json *j, const char *const key[3], nb_str report, uint32_t begin,
		     uint32_t len)
{
	nb_str word = nb_row_word(report, begin, len);

	nb_json_key(j, key[0]);
	nb_json_string(j, word);
	nb_json_put_uint(j, key[1], begin);
	nb_json_put_uint(j, key[2], len);
}

static void put_anchor(nb_json *j, const nb_anchor *x, nb_str a, nb_str b)
{
	static const char *const of_a[] = { "a", "a_begin", "a_len" };
	static const char *const of_b[] = { "b", "b_begin", "b_len" };

	nb_json_open(j, '{');
	nb_json_put_text(j, "kind", nb_anchor_kind_name((nb_anchor_kind)x->kind));
	nb_json_put_real(j, "weight", x->weight);
	put_word(j, of_a, a, x->span.a_begin, x->span.a_len);
	put_word(j, of_b, b, x->span.b_begin, x->span.b_len);
	nb_json_close(j, '}');
}

static nb_status put_anchors(nb_rowmaker *m, const nb_published *p, const nb_event_edge *edge)
{
	const nb_anchor *anchor = p->events->anchor + edge->anchor_at;
	nb_str a = { 0 }, b = { 0 };
	nb_status status = NB_OK;

	if (edge->n_anchors > 0) {
		status = nb_row_report_of(m, 0, p->night, edge->a, &a);
		NB_TRY(status, nb_row_report_of(m, 1, p->night, edge->b, &b));
	}
	nb_json_key(&m->json, "anchors");
	nb_json_open(&m->json, '[');
	for (uint32_t i = 0; status == NB_OK && i < edge->n_anchors; i++)
		put_anchor(&m->json, &anchor[i], a, b);
	nb_json_close(&m->json, ']');
	return status;
}

static nb_status put_event_edge(nb_rowmaker *m, const nb_published *p, const nb_event_edge *e)
{
	nb_json *j = &m->json;
	bool related = e->method == NB_EVENT_RELATED;

	put_pair(j, p->night, e->a, e->b, relation_of(p->events, e),
		 nb_event_method_name((nb_event_method)e->method));
	put_nulls(j, copy_columns, LENGTH(copy_columns));
	put_empty_list(j, "spans");
	nb_json_put_real(j, "score", e->score);
	nb_json_put_real(j, "words", related ? e->words : NAN); /* NAN is written as null */
	nb_json_put_real(j, "entities", related ? e->entities : NAN);
	nb_json_put_real(j, "title", related ? e->title : NAN);
	nb_json_put_real(j, "lead", related ? e->lead : NAN);
	return put_anchors(m, p, e);
}

nb_status nb_row_edge(nb_rowmaker *m, const nb_plan *plan, uint64_t row)
{
	const nb_published *p = plan->p;
	uint64_t e = plan->edge[row];
	nb_status status = NB_OK;

	nb_json_open(&m->json, '{');
	if (e < p->edges->n)
		put_copy_edge(&m->json, p, &p->edges->edge[e]);
	else
		status = put_event_edge(m, p, &p->events->edge[e - p->edges->n]);
	return status == NB_OK ? nb_row_end(&m->json) : status;
}
