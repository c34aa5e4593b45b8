/* SPDX-License-Identifier: MIT
 *
 * copies_row.c - one row of the table of copy groups.  A group can have a million members: lists
 * are cut so that the row stays below NB_ROW_MAX, their true lengths stand beside them.
 */
#include <math.h>

#include "publish/row.h"

static const struct column {
	const char *count, *list;
	nb_column_fn *of;
} columns[] = {
	{ "n_sources", "sources", nb_of_source },
	{ "n_langs", "langs", nb_of_lang },
	{ "n_agencies", "agencies", nb_of_agency },
};

static nb_status put_column(nb_rowmaker *m, const nb_night *night, const uint32_t *member, size_t n,
			    const struct column *column)
{
	if (nb_tally_column(&m->tallies, night, member, n, NULL, column->of) != NB_OK)
		return NB_ENOMEM;
	nb_json_put_uint(&m->json, column->count, m->tallies.n);
	nb_row_names(&m->json, column->list, &m->tallies);
	return NB_OK;
}

static void put_member(nb_json *j, const nb_published *p, uint32_t leader, uint32_t i)
{
	const nb_edge *edge = NULL;

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
	nb_row_lag(j, "lag_s", p->night, leader, i);
	nb_json_close(j, '}');
}

/* As many members as fit; returns their number. */
static size_t put_members(nb_json *j, const nb_published *p, const uint32_t *member, size_t n,
			  size_t row_begin)
{
	size_t i = 0;

	nb_json_key(j, "members");
	nb_json_open(j, '[');
	for (; i < n && j->len - row_begin < NB_MEMBERS_MAX; i++)
		put_member(j, p, member[0], member[i]);
	nb_json_close(j, ']');
	return i;
}

nb_status nb_row_copies(nb_rowmaker *m, const nb_plan *plan, uint64_t row)
{
	const nb_published *p = plan->p;
	uint32_t first = plan->group[row];
	const uint32_t *member = nb_bin(&plan->copies, first);
	size_t n = p->copies->size[first], begin = m->json.len, listed;
	nb_json *j = &m->json;
	nb_article leader;

	nb_night_article(p->night, first, &leader);
	nb_json_open(j, '{');
	if (nb_row_id(m, "id", 'c', p->night, first) != NB_OK)
		return NB_ENOMEM;
	nb_row_field(j, "leader", leader.id);
	nb_row_field(j, "title", leader.title);
	nb_json_key(j, "n_articles");
	nb_json_uint(j, n);
	for (size_t i = 0; i < sizeof(columns) / sizeof(columns[0]); i++)
		if (put_column(m, p->night, member, n, &columns[i]) != NB_OK)
			return NB_ENOMEM;
	nb_row_times(j, "first_published_at", "last_published_at", p->night, member, n);
	listed = put_members(j, p, member, n, begin);
	nb_json_key(j, "n_members_listed");
	nb_json_uint(j, listed);
	return nb_row_end(j);
}
