/* SPDX-License-Identifier: MIT
 *
 * event_detail.h - what is known of an event beyond who is in it: roles, the central report, terms,
 * and the pairs that show why.
 */
#ifndef NB_EVENTS_EVENT_DETAIL_H
#define NB_EVENTS_EVENT_DETAIL_H

#include "events/language_clusters.h"
#include "newsbraid/events.h"
#include "newsbraid/related.h"

/* What the stage has at hand when events are known. */
typedef struct nb_event_view {
	const nb_night *night;
	const nb_events_options *options;
	const nb_copies *copies;
	const nb_concept_vectors *vectors;
	const uint32_t *article; /* article[0..vectors->of.n): the reports */
	const uint32_t *report;  /* report[0..night->n): number of the report, UINT32_MAX for copies */
	const nb_language_clusters *parts;
	const nb_cluster_groups *groups; /* of parts: the events */
	const uint32_t *event_of_group; /* [0..groups->n) */
} nb_event_view;

/** The anchor kind of a word kind (enum nb_concept_word_kind). */
uint8_t nb_anchor_of_word(uint8_t word_kind);

/** centrality, cohesion, central, role.  NB_OK or NB_ENOMEM.  Opens OpenMP regions. */
nb_status nb_event_roles(const nb_event_view *v, nb_events *e) NB_MUST_CHECK;

/** term_at, term.  NB_OK or NB_ENOMEM. */
nb_status nb_event_terms(const nb_event_view *v, nb_events *e) NB_MUST_CHECK;

/**
 * edge, anchor.  Of one language pairs of options->related_stop and above, options->edges_each of each
 * report, cluster and event.
 *
 * @param related  pairs of one language, sorted by (b, a)
 * @param links    pairs of parts
 */
nb_status nb_event_edges(const nb_event_view *v, const nb_related_list *related,
			 const nb_cluster_links *links, nb_events *e) NB_MUST_CHECK;

#endif
