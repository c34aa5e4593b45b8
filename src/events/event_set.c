/* SPDX-License-Identifier: MIT
 *
 * event_set.c - see event_set.h.
 */
#include "events/event_set.h"

#include <stdlib.h>

void nb_events_release(nb_events *e)
{
	free(e->event);
	free(e->role);
	free(e->centrality);
	free(e->member_at);
	free(e->member);
	free(e->central);
	free(e->cohesion);
	free(e->storyline);
	free(e->term_at);
	free(e->term);
	free(e->edge);
	free(e->anchor);
	*e = (nb_events){ 0 };
}

const char *nb_event_role_name(nb_event_role role)
{
	static const char *const name[NB_ROLE_COUNT] = { "first", "copy", "report", "translation",
							 "update" };

	return name[role];
}

const char *nb_event_method_name(nb_event_method method)
{
	static const char *const name[NB_EVENT_METHOD_COUNT] = { "related", "across", "story" };

	return name[method];
}

const char *nb_anchor_kind_name(nb_anchor_kind kind)
{
	static const char *const name[NB_ANCHOR_COUNT] = { "word", "name", "place", "number" };

	return name[kind];
}

uint32_t nb_number_clusters(uint32_t n, uint32_t *label)
{
	uint32_t next = 0;

	for (uint32_t i = 0; i < n; i++)
		label[i] = label[i] == i ? next++ : label[label[i]];
	return next;
}

static nb_status article_columns(nb_events *e, uint32_t n)
{
	*e = (nb_events){ .n = n };
	e->event = malloc(((size_t)n + 1) * sizeof(*e->event));
	e->role = calloc((size_t)n + 1, sizeof(*e->role));
	e->centrality = calloc((size_t)n + 1, sizeof(*e->centrality));
	e->member = malloc(((size_t)n + 1) * sizeof(*e->member));
	return e->event && e->role && e->centrality && e->member ? NB_OK : NB_ENOMEM;
}

static nb_status event_columns(nb_events *e)
{
	size_t n = (size_t)e->n_events + 1;

	e->member_at = calloc(n, sizeof(*e->member_at));
	e->central = malloc(n * sizeof(*e->central));
	e->cohesion = calloc(n, sizeof(*e->cohesion));
	e->storyline = malloc(n * sizeof(*e->storyline));
	e->term_at = calloc(n, sizeof(*e->term_at));
	return e->member_at && e->central && e->cohesion && e->storyline && e->term_at ? NB_OK
										       : NB_ENOMEM;
}

void nb_list_members(uint32_t n, const uint32_t *cluster, uint32_t n_clusters, uint32_t *member_at,
		     uint32_t *member)
{
	uint32_t *at = member_at + 1;

	for (uint32_t i = 0; i < n; i++)
		if (cluster[i] + 1 < n_clusters)
			at[cluster[i] + 1]++;
	for (uint32_t k = 1; k < n_clusters; k++)
		at[k] += at[k - 1];
	for (uint32_t i = 0; i < n; i++)
		member[at[cluster[i]]++] = i;
}

nb_status nb_event_set_init(const nb_copies *copies, const uint32_t *label, nb_events *out)
{
	uint32_t n = copies->n;
	nb_status status = article_columns(out, n);

	if (status == NB_OK) {
		for (uint32_t i = 0; i < n; i++)
			out->event[i] = label[copies->leader[i]];
		out->n_events = nb_number_clusters(n, out->event);
		status = event_columns(out);
	}
	if (status != NB_OK) {
		nb_events_release(out);
		return status;
	}
	nb_list_members(n, out->event, out->n_events, out->member_at, out->member);
	out->n_storylines = out->n_events;
	for (uint32_t k = 0; k < out->n_events; k++) {
		out->storyline[k] = k;
		out->central[k] = out->member[out->member_at[k]];
	}
	return NB_OK;
}

nb_status nb_events_of_copies(const nb_copies *copies, nb_events *out)
{
	nb_status status = nb_event_set_init(copies, copies->leader, out);

	for (uint32_t i = 0; status == NB_OK && i < copies->n; i++) {
		bool leads = copies->leader[i] == i;

		out->role[i] = leads ? NB_ROLE_FIRST : NB_ROLE_COPY;
		out->centrality[i] = 1;
	}
	for (uint32_t k = 0; status == NB_OK && k < out->n_events; k++)
		out->cohesion[k] = 1;
	return status;
}
