/* SPDX-License-Identifier: MIT
 *
 * cross_linkage.h - events of one language to events of all languages, and events to storylines.
 *
 * Clusters are linked, not articles: a cluster says what its reports agree on, and there are fewer
 * of them (Rupnik et al. 2016).  Rounds with falling thresholds (Pouliquen et al. 2008 link clusters
 * of a day likewise): what is sure is joined first, and joined clusters are compared anew.
 */
#ifndef NB_EVENTS_CROSS_LINKAGE_H
#define NB_EVENTS_CROSS_LINKAGE_H

#include "events/language_clusters.h"
#include "newsbraid/events.h"

/**
 * Join groups of parts that report one event.
 *
 * @param o  what is called across_ in it
 * @param k  in: each part a group; out: events
 * @return NB_OK or NB_ENOMEM.  Opens OpenMP regions.
 */
nb_status nb_link_across(const nb_concept_vectors *g, const nb_language_clusters *p,
			 const nb_cluster_links *links, const nb_events_options *o,
			 nb_cluster_groups *k) NB_MUST_CHECK;

/**
 * Storylines of events.
 *
 * @param o       what is called story_ in it
 * @param events  groups of parts
 * @param label   out: label[0..events->n): the smallest event of the storyline
 */
nb_status nb_link_storylines(const nb_concept_vectors *g, const nb_language_clusters *p,
			     const nb_cluster_links *links, const nb_events_options *o,
			     const nb_cluster_groups *events, uint32_t *label) NB_MUST_CHECK;

#endif
