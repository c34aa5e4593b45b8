/* SPDX-License-Identifier: MIT
 *
 * row_plan.h - in which order the rows of each table stand.
 *
 * Rows are sorted by id although articles are numbered by time, so that a table of today and one of
 * yesterday can be compared line by line.
 */
#ifndef NB_PUBLISH_ROW_PLAN_H
#define NB_PUBLISH_ROW_PLAN_H

#include "newsbraid/publish.h"

/* Numbers sorted into bins: bin k holds item[at[k]..at[k + 1]), ascending. */
typedef struct nb_bins {
	uint32_t *at, *item;
} nb_bins;

static inline const uint32_t *nb_bin(const nb_bins *b, uint32_t k)
{
	return b->item + b->at[k];
}

static inline size_t nb_bin_size(const nb_bins *b, uint32_t k)
{
	return b->at[k + 1] - b->at[k];
}

typedef struct nb_plan {
	const nb_published *p;
	uint32_t *order;     /* order[0..n): article numbers in the byte order of their ids */
	uint64_t *edge;      /* edge[0..n_edges) in the order of (id a, id b): an index of
				p->edges; from p->edges->n on, one of p->events->edge after it */
	uint64_t n_edges;
	uint32_t *group;     /* group[0..n_groups): leaders of two and more, ids in byte order */
	uint32_t n_groups;
	nb_bins copies;      /* by leader: members of its group, the leader first */
	uint32_t *event;     /* event[0..n_events): numbers, ids in byte order */
	uint32_t *storyline; /* storyline[0..n_storylines): likewise */
	nb_bins story_events, story_articles; /* by storyline, both in the order of time */
} nb_plan;

/** NB_OK or NB_ENOMEM.  Opens OpenMP regions. */
nb_status nb_plan_init(nb_plan *plan, const nb_published *p) NB_MUST_CHECK;
void nb_plan_release(nb_plan *plan);

#endif
