/* SPDX-License-Identifier: MIT
 *
 * found.c - see found.h.
 */
#include "found.h"

#include <stdlib.h>
#include <string.h>

#include "base/status.h"
#include "generate.h"
#include "progress.h"
#include "rows.h"

#define NOBODY UINT32_MAX /* leader of an article whose row was not seen */

void found_release(struct found *f)
{
	free(f->leader);
	free(f->edge);
	*f = (struct found){ 0 };
}

/* A copy group is called "c:" and the id of its leader. */
static nb_status take_article(void *to, nb_str row, nb_error *err)
{
	struct found *f = to;
	uint32_t i = gen_id_number(row_field(row, "id"));
	nb_str group = row_field(row, "copy");

	if (i >= f->n || f->leader[i] != NOBODY)
		return nb_fail(err, NB_EDATA, "articles.jsonl.zst", "unknown or repeated id");
	f->leader[i] = i;
	if (group.len > 2)
		f->leader[i] = gen_id_number((nb_str){ group.ptr + 2, group.len - 2 });
	if (f->leader[i] >= f->n)
		return nb_fail(err, NB_EDATA, "articles.jsonl.zst", "unknown copy group");
	f->n_copies += f->leader[i] != i;
	return NB_OK;
}

static nb_status take_edge(void *to, nb_str row, nb_error *err)
{
	struct found *f = to;
	nb_str relation = row_field(row, "relation");
	struct found_edge e = {
		.a = gen_id_number(row_field(row, "a")), .b = gen_id_number(row_field(row, "b")),
		.copy = relation.len == 4 && memcmp(relation.ptr, "copy", 4) == 0,
		.jaccard = row_number(row, "jaccard"),
		.containment = row_number(row, "containment"),
	};

	if (e.a >= f->n || e.b >= f->n || e.a == e.b)
		return nb_fail(err, NB_EDATA, "edges.jsonl.zst", "unknown id");
	if (e.jaccard < 0)
		return NB_OK; /* an edge of events or storylines: their texts were not compared */
	if (f->n_edges == f->capacity) {
		size_t capacity = f->capacity * 3 / 2 + 4096;
		struct found_edge *edge = realloc(f->edge, capacity * sizeof(*edge));

		if (!edge)
			return nb_fail(err, NB_ENOMEM, NULL, "no memory for edges");
		f->edge = edge;
		f->capacity = capacity;
	}
	f->edge[f->n_edges++] = e;
	return NB_OK;
}

static nb_status check_leaders(const struct found *f, const char *dir, nb_error *err)
{
	for (uint32_t i = 0; i < f->n; i++) {
		uint32_t l = f->leader[i];

		if (l == NOBODY)
			return nb_fail(err, NB_EDATA, dir, "an article has no row");
		if (f->leader[l] != l)
			return nb_fail(err, NB_EDATA, dir, "a leader is in another group");
	}
	return NB_OK;
}

nb_status found_load(struct found *f, const char *dir, uint32_t n, nb_error *err)
{
	struct progress *p;
	nb_status status;

	*f = (struct found){ .n = n, .leader = malloc(n * sizeof(*f->leader)) };
	if (!f->leader)
		return nb_fail(err, NB_ENOMEM, NULL, "no memory for articles");
	memset(f->leader, 0xff, n * sizeof(*f->leader));
	p = progress_begin("reading what was published", 0);
	status = rows_each(dir, "articles.jsonl.zst", f, take_article, err);
	NB_TRY(status, rows_each(dir, "edges.jsonl.zst", f, take_edge, err));
	progress_end(p);
	return status == NB_OK ? check_leaders(f, dir, err) : status;
}
