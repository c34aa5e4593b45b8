/* SPDX-License-Identifier: MIT
 *
 * found.c - see found.h.
 *
 * Rows are searched for their keys, not parsed: the tables are our own, and a benchmark of a
 * million articles should not wait for its own bookkeeping.
 */
#include "found.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "generate.h"
#include "newsbraid/publish.h"
#include "progress.h"

#define NOBODY UINT32_MAX /* leader of an article whose row was not seen */

void found_release(struct found *f)
{
	free(f->leader);
	free(f->edge);
	*f = (struct found){ 0 };
}

/* The value of "key" in a row of one of our tables; a string without its quotes.  {NULL, 0}: absent
 * or null.  A quote inside a string is escaped there, so that "key": stands nowhere else. */
static nb_str field(nb_str row, const char *key)
{
	char pattern[32];
	int n = snprintf(pattern, sizeof(pattern), "\"%s\":", key);
	const char *at = memmem(row.ptr, row.len, pattern, (size_t)n), *end = row.ptr + row.len, *p;

	if (!at)
		return (nb_str){ 0 };
	at += n;
	if (at < end && *at == '"') {
		for (p = ++at; p < end && *p != '"'; p++)
			p += *p == '\\';
		return (nb_str){ at, (size_t)(p - at) };
	}
	for (p = at; p < end && *p != ',' && *p != '}' && *p != ']'; p++)
		;
	if (p - at == 4 && memcmp(at, "null", 4) == 0)
		return (nb_str){ 0 };
	return (nb_str){ at, (size_t)(p - at) };
}

static double field_number(nb_str row, const char *key)
{
	char text[40];
	nb_str s = field(row, key);

	snprintf(text, sizeof(text), "%.*s", (int)(s.len < 39 ? s.len : 39), s.ptr ? s.ptr : "");
	return s.ptr ? strtod(text, NULL) : -1;
}

/* A copy group is called "c:" and the id of its leader. */
static nb_status take_article(struct found *f, nb_str row, nb_error *err)
{
	uint32_t i = gen_id_number(field(row, "id"));
	nb_str group = field(row, "copy");

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

static nb_status take_edge(struct found *f, nb_str row, nb_error *err)
{
	nb_str relation = field(row, "relation");
	struct found_edge e = {
		.a = gen_id_number(field(row, "a")), .b = gen_id_number(field(row, "b")),
		.copy = relation.len == 4 && memcmp(relation.ptr, "copy", 4) == 0,
		.jaccard = field_number(row, "jaccard"),
		.containment = field_number(row, "containment"),
	};

	if (e.a >= f->n || e.b >= f->n || e.a == e.b)
		return nb_fail(err, NB_EDATA, "edges.jsonl.zst", "unknown id");
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

static nb_status each_row(const char *dir, const char *name, struct found *f,
			  nb_status (*take)(struct found *, nb_str, nb_error *), nb_error *err)
{
	char path[4096];
	nb_rows *rows = NULL;
	nb_str row;
	nb_status status;

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	status = nb_rows_open(path, &rows, err);
	while (status == NB_OK) {
		status = nb_rows_next(rows, &row, err);
		if (status != NB_OK || !row.ptr)
			break;
		status = take(f, row, err);
	}
	nb_rows_free(rows);
	return status;
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
	status = each_row(dir, "articles.jsonl.zst", f, take_article, err);
	if (status == NB_OK)
		status = each_row(dir, "edges.jsonl.zst", f, take_edge, err);
	progress_end(p);
	return status == NB_OK ? check_leaders(f, dir, err) : status;
}
