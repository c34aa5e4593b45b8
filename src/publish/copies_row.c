/* SPDX-License-Identifier: MIT
 *
 * copies_row.c - one row of the table of copy groups.  A group can have a million members: lists
 * are cut so that the row stays below NB_ROW_MAX, their true lengths stand beside them.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "publish/plan.h"

#define LIST_MOST    ((size_t)1 << 20) /* bytes of a list of names, its last one not counted */
#define MEMBERS_MOST (NB_ROW_MAX - NB_FIELD_MAX - 4096) /* of a row, before its last member */

/* The columns of an article that are listed once a group. */
static nb_str column_source(const nb_article *a)
{
	return a->source;
}

static nb_str column_lang(const nb_article *a)
{
	return a->lang;
}

static nb_str column_agency(const nb_article *a)
{
	return a->agency;
}

static const struct column {
	const char *count, *list;
	nb_str (*of)(const nb_article *a);
} columns[] = {
	{ "n_sources", "sources", column_source },
	{ "n_langs", "langs", column_lang },
	{ "n_agencies", "agencies", column_agency },
};

static int compare_names(const void *a, const void *b)
{
	const nb_str *x = a, *y = b;
	int c = memcmp(x->ptr, y->ptr, x->len < y->len ? x->len : y->len);

	return c ? c : (x->len > y->len) - (x->len < y->len);
}

/* Sort names, drop doubles. */
static size_t unique_names(nb_str *name, size_t n)
{
	size_t kept = 0;

	qsort(name, n, sizeof(*name), compare_names);
	for (size_t i = 0; i < n; i++)
		if (!kept || compare_names(&name[kept - 1], &name[i]))
			name[kept++] = name[i];
	return kept;
}

static nb_status put_column(nb_rowmaker *m, const nb_night *night, const uint32_t *member, size_t n,
			    const struct column *column)
{
	size_t n_names = 0, begin;
	nb_json *j = &m->json;

	if (nb_reserve((void **)&m->name, &m->name_capacity, n, sizeof(*m->name)) != NB_OK)
		return NB_ENOMEM;
	for (size_t i = 0; i < n; i++) {
		nb_article a;
		nb_str name;

		nb_night_article(night, member[i], &a);
		name = column->of(&a);
		if (name.len)
			m->name[n_names++] = name;
	}
	n_names = unique_names(m->name, n_names);
	nb_json_key(j, column->count);
	nb_json_uint(j, n_names);
	nb_json_key(j, column->list);
	nb_json_open(j, '[');
	begin = j->len;
	for (size_t i = 0; i < n_names && j->len - begin < LIST_MOST; i++) {
		m->name[i].len = nb_json_fit(m->name[i], NB_FIELD_MAX);
		nb_json_string(j, m->name[i]);
	}
	nb_json_close(j, ']');
	return NB_OK;
}

static void put_times(nb_json *j, const nb_night *night, const uint32_t *member, size_t n)
{
	int64_t first = NB_NO_TIME, last = NB_NO_TIME;

	for (size_t i = 0; i < n; i++) {
		int64_t t = night->published_at[member[i]];

		if (t == NB_NO_TIME)
			continue;
		if (first == NB_NO_TIME || t < first)
			first = t;
		if (last == NB_NO_TIME || t > last)
			last = t;
	}
	nb_row_time(j, "first_published_at", first);
	nb_row_time(j, "last_published_at", last);
}

static void put_member(nb_json *j, const nb_published *p, uint32_t leader, uint32_t i)
{
	const nb_edge *edge = NULL;
	int64_t t0 = p->night->published_at[leader], t = p->night->published_at[i];
	bool known = t0 != NB_NO_TIME && t != NB_NO_TIME && !p->night->day_only[leader] &&
		     !p->night->day_only[i];

	if (i != leader && p->copies->edge[i] != NB_NO_EDGE)
		edge = &p->edges->edge[p->copies->edge[i]];
	nb_json_open(j, '{');
	nb_row_field(j, "id", nb_night_id(p->night, i));
	nb_json_key(j, "method");
	nb_json_cstring(j, edge ? nb_method_name((nb_method)edge->method) : NULL);
	nb_json_key(j, "jaccard");
	nb_json_real(j, edge ? edge->jaccard : NAN); /* NAN is written as null */
	nb_json_key(j, "containment");
	nb_json_real(j, edge ? edge->containment : NAN);
	nb_json_key(j, "lag_s");
	if (known)
		nb_json_int(j, t - t0);
	else
		nb_json_null(j);
	nb_json_close(j, '}');
}

/* As many members as fit; returns their number. */
static size_t put_members(nb_json *j, const nb_published *p, const uint32_t *member, size_t n,
			  size_t row_begin)
{
	size_t i = 0;

	nb_json_key(j, "members");
	nb_json_open(j, '[');
	for (; i < n && j->len - row_begin < MEMBERS_MOST; i++)
		put_member(j, p, member[0], member[i]);
	nb_json_close(j, ']');
	return i;
}

nb_status nb_row_copies(nb_rowmaker *m, const nb_plan *plan, uint64_t row)
{
	const nb_published *p = plan->p;
	const uint32_t *member = plan->member + plan->member_at[row];
	size_t n = plan->member_at[row + 1] - plan->member_at[row], begin = m->json.len, listed;
	nb_json *j = &m->json;
	nb_article leader;

	nb_night_article(p->night, plan->group[row], &leader);
	nb_json_open(j, '{');
	if (nb_row_group(m, "id", leader.id) != NB_OK)
		return NB_ENOMEM;
	nb_row_field(j, "leader", leader.id);
	nb_row_field(j, "title", leader.title);
	nb_json_key(j, "n_articles");
	nb_json_uint(j, n);
	for (size_t i = 0; i < sizeof(columns) / sizeof(columns[0]); i++)
		if (put_column(m, p->night, member, n, &columns[i]) != NB_OK)
			return NB_ENOMEM;
	put_times(j, p->night, member, n);
	listed = put_members(j, p, member, n, begin);
	nb_json_key(j, "n_members_listed");
	nb_json_uint(j, listed);
	nb_json_close(j, '}');
	nb_json_newline(j);
	return j->failed ? NB_ENOMEM : NB_OK;
}
