/* SPDX-License-Identifier: MIT
 *
 * copies.h - verified edges to copy groups, and the whole copies stage in one call.
 *
 * Leader clustering: articles in time order; each joins the earliest leader it has a verified copy
 * edge to, else it leads.  So every member is verified against its leader, chains cannot grow
 * giant groups, and the leader is the first publisher.
 *
 * Level: copies.
 */
#ifndef NB_COPIES_H
#define NB_COPIES_H

#include "newsbraid/verify.h"

NB_API_BEGIN

#define NB_NO_EDGE UINT64_MAX

/* Copy groups of n articles. */
typedef struct nb_copies {
	uint32_t n;
	uint32_t *leader; /* [0..n): leader[i] <= i; leader[i] == i for leaders and single articles */
	uint32_t *size;   /* [0..n): members of the group that i leads, itself included; 0 for others */
	uint64_t *edge;   /* [0..n): index of the edge (leader[i], i), NB_NO_EDGE for leaders */
	uint32_t n_groups; /* groups of two and more */
	uint32_t n_copies; /* articles that are not the leader of their group */
} nb_copies;

void nb_copies_release(nb_copies *c);

/** Leader clustering over the edges whose relation is copy.  O(n + edges).  NB_OK or NB_ENOMEM. */
nb_status nb_copies_cluster(uint32_t n, const nb_edges *edges, nb_copies *out) NB_MUST_CHECK;

typedef enum nb_match_mode { NB_MATCH_AUTO, NB_MATCH_SCAN, NB_MATCH_BANDS } nb_match_mode;

#define NB_AUTO_SCAN_PAIRS (UINT64_C(1) << 36) /* auto: scan up to this many pairs, else bands */

typedef struct nb_copies_options {
	nb_copy_params copy;
	nb_match_mode mode; /* [auto] */
} nb_copies_options;

void nb_copies_options_init(nb_copies_options *o);

/* How the stage went. */
typedef struct nb_copies_stats {
	nb_match_mode mode;            /* scan or bands */
	uint32_t n_exact;              /* articles whose token sequence an earlier one has */
	nb_match_stats jaccard;        /* scan or bands */
	nb_match_stats contain;
	double match_s, contain_s, verify_s, cluster_s; /* wall seconds */
	uint64_t n_edges[4];           /* by nb_relation */
} nb_copies_stats;

/**
 * The stage: articles with equal token sequences first, then candidates among the rest, exact
 * verification, leader clustering.
 *
 * @param edges  out: every pair that was compared and reached a threshold: each member with its
 *               leader, and candidates that ended in different groups.  Candidates of one group are
 *               not compared with each other: both were, with the leader.
 */
nb_status nb_copies_find(const nb_night *night, const nb_sketches *s, const nb_copies_options *o,
			 nb_edges *edges, nb_copies *out, nb_copies_stats *stats, nb_error *err)
	NB_MUST_CHECK;

NB_API_END

#endif
