/* SPDX-License-Identifier: MIT
 *
 * events.c - see events.h.
 */
#include "newsbraid/events.h"

#include <stdlib.h>

#include "cluster/event_set.h"

/* The first member is first, copies are copies, the others reports of their own. */
static void set_roles(const nb_copies *copies, nb_events *e)
{
	for (uint32_t i = 0; i < e->n; i++) {
		bool first = e->member[e->member_at[e->event[i]]] == i;

		e->role[i] = first			? NB_ROLE_FIRST
			     : copies->leader[i] != i ? NB_ROLE_COPY
						      : NB_ROLE_REPORT;
		e->centrality[i] = 1;
	}
	for (uint32_t k = 0; k < e->n_events; k++)
		e->cohesion[k] = 1;
}

nb_status nb_events_find(const nb_night *night, const nb_copies *copies, nb_events *out,
			 nb_events_stats *stats, nb_error *err)
{
	nb_status status;

	(void)night;
	*stats = (nb_events_stats){ 0 };
	status = nb_event_set_init(copies, copies->leader, out);
	if (status != NB_OK)
		return nb_fail(err, status, NULL, "no memory for events");
	for (uint32_t i = 0; i < copies->n; i++)
		stats->n_reports += copies->leader[i] == i;
	set_roles(copies, out);
	return NB_OK;
}
