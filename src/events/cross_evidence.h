/* SPDX-License-Identifier: MIT
 *
 * cross_evidence.h - what other languages say about a pair of reports in one.
 *
 * Two reports of one event have the same counterparts in other languages.  If each has one of its own,
 * and neither is near the other's, they report two events, however alike they read: sister events of
 * one storyline are told in the same words in every language.
 */
#ifndef NB_EVENTS_CROSS_EVIDENCE_H
#define NB_EVENTS_CROSS_EVIDENCE_H

#include "events/language_clusters.h"
#include "newsbraid/events.h"
#include "newsbraid/linkage.h"

/**
 * Lower the probabilities of pairs whose counterparts differ.
 *
 * @param single   every report a part of its own
 * @param links    of nb_language_clusters_compare of those
 * @param o        what is called evidence_ in it
 * @param link     link[0..n): pairs of reports of one language with their probability; in and out
 * @return NB_OK or NB_ENOMEM.  Opens OpenMP regions; the same result for any number of threads.
 *
 * Nothing happens where there is one language.
 */
nb_status nb_cross_evidence_weigh(const nb_concept_vectors *g, const nb_language_clusters *single,
				  const nb_cluster_links *links, const nb_events_options *o,
				  nb_link *link, size_t n) NB_MUST_CHECK;

#endif
