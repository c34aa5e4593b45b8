/* SPDX-License-Identifier: MIT
 *
 * event_set.h - labels of reports to numbered events with members, roles and storylines.
 */
#ifndef NB_EVENTS_EVENT_SET_H
#define NB_EVENTS_EVENT_SET_H

#include "newsbraid/events.h"

/**
 * Number clusters by their smallest member.
 *
 * @param label  in: label[0..n), equal means together, the label of a cluster is its smallest
 *               member; out: dense numbers in the order of those members
 * @return how many
 */
uint32_t nb_number_clusters(uint32_t n, uint32_t *label);

/**
 * List the members of each cluster, ascending: a counting sort.
 *
 * @param cluster    cluster[0..n): dense numbers below n_clusters
 * @param member_at  out: [0..n_clusters], all zero before; members of cluster k are
 *                   member[member_at[k]..member_at[k + 1])
 * @param member     out: [0..n)
 */
void nb_list_members(uint32_t n, const uint32_t *cluster, uint32_t n_clusters, uint32_t *member_at,
		     uint32_t *member);

/**
 * Fill the columns of out that follow from who is together: event, member_at, member, and room
 * for the others (zero; storyline: each its own; central: the first member).
 *
 * @param label  [0..copies->n): for leaders, the smallest leader of their event; others are
 *               ignored
 */
nb_status nb_event_set_init(const nb_copies *copies, const uint32_t *label, nb_events *out)
	NB_MUST_CHECK;

#endif
