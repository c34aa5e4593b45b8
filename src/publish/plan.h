/* SPDX-License-Identifier: MIT
 *
 * plan.h - in which order the rows of each table stand, and who makes them.
 *
 * Rows are sorted by id although articles are numbered by time, so that a table of today and one of
 * yesterday can be compared line by line.
 */
#ifndef NB_PUBLISH_PLAN_H
#define NB_PUBLISH_PLAN_H

#include "newsbraid/json.h"
#include "newsbraid/publish.h"

typedef struct nb_plan {
	const nb_published *p;
	uint32_t *order;      /* order[0..n): article numbers in the byte order of their ids */
	uint64_t *edge;       /* edge[0..n_edges): edge indexes in the order of (id a, id b) */
	uint32_t *group;      /* group[0..n_groups): leaders of two and more, ids in byte order */
	uint32_t *member_at;  /* members of group g are member[member_at[g]..member_at[g + 1]) */
	uint32_t *member;     /* in time order, the leader first */
	uint32_t n_groups;
} nb_plan;

/** NB_OK or NB_ENOMEM.  Opens OpenMP regions. */
nb_status nb_plan_init(nb_plan *plan, const nb_published *p) NB_MUST_CHECK;
void nb_plan_release(nb_plan *plan);

/* What one thread needs to make rows.  All zero bytes is a valid empty object. */
typedef struct nb_rowmaker {
	nb_json json;
	char *text; /* scratch */
	size_t text_capacity;
	nb_str *name; /* scratch */
	size_t name_capacity;
} nb_rowmaker;

/** Append row number `row` of a table, with its line feed, to m->json. */
typedef nb_status nb_row_fn(nb_rowmaker *m, const nb_plan *plan, uint64_t row);

nb_row_fn nb_row_article, nb_row_copies, nb_row_edge, nb_row_text, nb_row_reject;

/* Longest escaped form of a string other than a text: eleven of them fit in a row. */
#define NB_FIELD_MAX ((size_t)1 << 20)

/** "key": s, cut to NB_FIELD_MAX. */
void nb_row_field(nb_json *j, const char *key, nb_str s);
/** "key": "c:ID", the id of the copy group that the article with this id leads. */
nb_status nb_row_group(nb_rowmaker *m, const char *key, nb_str leader) NB_MUST_CHECK;
/** "key": time in RFC 3339, or null. */
void nb_row_time(nb_json *j, const char *key, int64_t time);

#endif
