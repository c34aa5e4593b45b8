/* SPDX-License-Identifier: MIT
 *
 * who.c - who reported an event or a storyline, in which languages, and who how long after the
 * first.
 */
#include "publish/row.h"

nb_status nb_tally_languages(nb_tallies *t, const nb_published *p, const uint32_t *member, size_t n)
{
	nb_status status = nb_tally_column(t, p->night, member, n, p->events->centrality,
					   nb_of_lang);

	nb_tally_sort_most(t);
	return status;
}

static void put_agency(nb_json *j, const nb_night *night, const nb_tally *agency, uint32_t first)
{
	nb_json_open(j, '{');
	nb_row_field(j, "agency", agency->name);
	nb_json_put_uint(j, "n", agency->n);
	nb_row_time(j, "first_at", night->published_at[agency->first]);
	nb_row_lag(j, "lag_s", night, first, agency->first);
	nb_json_close(j, '}');
}

static void put_language(nb_json *j, const nb_tally *lang)
{
	nb_json_open(j, '{');
	nb_row_field(j, "lang", lang->name);
	nb_json_put_uint(j, "n", lang->n);
	nb_json_close(j, '}');
}

nb_status nb_row_who(nb_rowmaker *m, const nb_published *p, const uint32_t *member, size_t n)
{
	nb_tallies *t = &m->tallies;
	nb_json *j = &m->json;
	size_t begin;

	if (nb_tally_column(t, p->night, member, n, NULL, nb_of_agency) != NB_OK)
		return NB_ENOMEM;
	nb_tally_sort_first(t);
	nb_json_key(j, "agencies");
	nb_json_open(j, '[');
	begin = j->len;
	for (size_t i = 0; i < t->n && j->len - begin < NB_LIST_MAX; i++)
		put_agency(j, p->night, &t->tally[i], member[0]);
	nb_json_close(j, ']');
	if (nb_tally_column(t, p->night, member, n, NULL, nb_of_source) != NB_OK)
		return NB_ENOMEM;
	nb_row_names(j, "sources", t);
	if (nb_tally_languages(t, p, member, n) != NB_OK)
		return NB_ENOMEM;
	nb_json_key(j, "languages");
	nb_json_open(j, '[');
	begin = j->len;
	for (size_t i = 0; i < t->n && j->len - begin < NB_LIST_MAX; i++)
		put_language(j, &t->tally[i]);
	nb_json_close(j, ']');
	return NB_OK;
}
