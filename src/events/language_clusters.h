/* SPDX-License-Identifier: MIT
 *
 * language_clusters.h - the reports of one event in one language, as one: what is linked across languages.
 */
#ifndef NB_EVENTS_LANGUAGE_CLUSTERS_H
#define NB_EVENTS_LANGUAGE_CLUSTERS_H

#include "across/concept_neighbours.h"
#include "newsbraid/events.h"

typedef struct nb_language_clusters {
	uint32_t n;
	uint32_t *of;        /* [0..n_reports): the part of a report */
	uint32_t *member_at; /* [0..n]: reports of part p are member[member_at[p]..member_at[p + 1]) */
	uint32_t *member;    /* ascending */
	nb_word_lists words; /* list p: the words that most of its reports share, the rarest first */
	int64_t *begin, *end; /* [0..n): first and last publication; NB_NO_TIME if none is known */
} nb_language_clusters;

void nb_language_clusters_release(nb_language_clusters *p);

/**
 * Make parts of clusters.
 *
 * @param article  article[0..g->of.n): article numbers of the reports
 * @param label    label[0..g->of.n): the smallest report of the cluster, equal only for reports of
 *                 one language
 * @return NB_OK or NB_ENOMEM
 */
nb_status nb_language_clusters_make(const nb_night *night, const nb_concept_vectors *g,
				    const uint32_t *article, const uint32_t *label,
				    nb_language_clusters *out) NB_MUST_CHECK;

/** Every report a part of its own.  NB_OK or NB_ENOMEM. */
nb_status nb_language_clusters_single(const nb_night *night, const nb_concept_vectors *g,
				      const uint32_t *article,
				      nb_language_clusters *out) NB_MUST_CHECK;

/* ---- links between parts ----------------------------------------------------------------------- */

/* Two parts that were compared, a < b. */
typedef struct nb_cluster_link {
	uint32_t a, b;
	float score, gain; /* alignment, and that of a translation between their languages */
	uint16_t n_anchors, n_names;
} nb_cluster_link;

typedef struct nb_cluster_links {
	nb_cluster_link *link; /* sorted by (a, b) */
	size_t n;
} nb_cluster_links;

/** Compare every two parts whose words are near (o->across_neighbour).  out: free link with free().
 *  Opens OpenMP regions.  NB_OK or NB_ENOMEM. */
nb_status nb_language_clusters_compare(const nb_concept_vectors *g, const nb_language_clusters *p,
				       const nb_events_options *o,
				       nb_cluster_links *out) NB_MUST_CHECK;

/**
 * Links between single reports to links between the parts they are in: two parts are compared if
 * any two of their reports were.  Single reports are not aligned again.
 *
 * @param reports  of nb_language_clusters_compare, with every report a part of its own
 * @param out      out: free link with free()
 * @return NB_OK or NB_ENOMEM.  Opens OpenMP regions.
 */
nb_status nb_language_clusters_lift(const nb_concept_vectors *g, const nb_cluster_links *reports,
				    const nb_language_clusters *p,
				    nb_cluster_links *out) NB_MUST_CHECK;

/** What the time between two parts leaves of their likeness (o->across_sigma_days), in (0, 1]; 1 if a
 *  time is not known. */
double nb_language_clusters_discount(const nb_language_clusters *p, const nb_events_options *o, uint32_t a, uint32_t b);

/* ---- groups of parts --------------------------------------------------------------------------- */

/* Parts grouped by a label: what events and storylines are on the way. */
typedef struct nb_cluster_groups {
	uint32_t n;
	uint32_t *of;      /* [0..parts): the group of a part */
	uint32_t *part_at; /* [0..n]: parts of group k are part[part_at[k]..part_at[k + 1]) */
	uint32_t *part;    /* ascending */
} nb_cluster_groups;

void nb_cluster_groups_release(nb_cluster_groups *k);

/** Each part a group of its own.  NB_OK or NB_ENOMEM. */
nb_status nb_cluster_groups_init(nb_cluster_groups *k, uint32_t n_parts) NB_MUST_CHECK;

/** Join groups: label[0..k->n) is the smallest group that each goes into.  NB_OK or NB_ENOMEM. */
nb_status nb_cluster_groups_join(nb_cluster_groups *k, const uint32_t *label) NB_MUST_CHECK;

/* Two groups that were compared, a < b. */
typedef struct nb_group_link {
	uint32_t a, b;
	float score;   /* mean alignment of their parts as a share of what translations reach */
	float timed;   /* the same, each pair of parts discounted by the time between them */
	double apart;  /* days between them; 0 if they overlap; negative if a time is not known */
	uint16_t n_anchors, n_names; /* of the pair of parts that has most */
	bool across;   /* some of their parts are of different languages */
	float shared;  /* languages that both have, as a share of those of the smaller one */
} nb_group_link;

typedef struct nb_group_links {
	nb_group_link *link; /* sorted by (a, b) */
	size_t n;
} nb_group_links;

/**
 * Compare every two groups that a link of parts connects.  Pairs of parts that have no link are
 * compared now: none counts as 0 for not having been near.
 * @param o      across_compared and across_sigma_days of it
 * @param least  share of a translation's alignment that such a link has at least: where no pair of
 *               parts reaches it, the mean does not
 * out: free link with free().  Opens OpenMP regions.  NB_OK or NB_ENOMEM.
 */
nb_status nb_cluster_groups_compare(const nb_concept_vectors *g, const nb_language_clusters *p,
				    const nb_cluster_links *links, const nb_events_options *o,
				    const nb_cluster_groups *k, double least,
				    nb_group_links *out) NB_MUST_CHECK;

#endif
