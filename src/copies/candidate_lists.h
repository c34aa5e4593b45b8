/* SPDX-License-Identifier: MIT
 *
 * candidate_lists.h - candidate pairs as they are found: for each article its earliest partners.
 *
 * A mass of articles made from one template would make quadratic output.  Here each article keeps
 * only its `most` earliest partners, and those it keeps depend neither on the order in which pairs
 * come nor on the thread that brings them: memory is bounded while the search is still running.
 *
 * Level: copies.
 */
#ifndef NB_COPIES_CANDIDATE_LISTS_H
#define NB_COPIES_CANDIDATE_LISTS_H

#include <stdbool.h>

#include "newsbraid/match.h"

#define NB_CANDIDATES_FEW 4u /* kept without an allocation: enough for nearly all articles */

/* The earlier partners of one article, ascending. */
struct nb_candidate_list {
	union {
		uint32_t few[NB_CANDIDATES_FEW];
		uint32_t *many;
	} partner;      /* few while room is NB_CANDIDATES_FEW */
	uint32_t limit; /* partners from here on are too late; read without a lock */
	uint32_t seen;  /* additions, each with its times */
	uint16_t n, room;
};

typedef struct nb_candidate_lists {
	uint32_t n, most;
	struct nb_candidate_list *list; /* [0..n) */
	struct nb_candidate_locks *locks;
} nb_candidate_lists;

/**
 * @param most  at least NB_CANDIDATES_FEW, below 2^16
 * @return NB_OK or NB_ENOMEM (*p is then released)
 */
nb_status nb_candidate_lists_init(nb_candidate_lists *p, uint32_t n, uint32_t most) NB_MUST_CHECK;
void nb_candidate_lists_release(nb_candidate_lists *p);

/** Partners from here on are too late for b: adding them would change nothing.  It only ever falls.
 *  Any thread. */
static inline uint32_t nb_candidate_lists_limit(const nb_candidate_lists *p, uint32_t b)
{
	return __atomic_load_n(&p->list[b].limit, __ATOMIC_RELAXED);
}

/**
 * Add the pair x, y (x != y), which was found `times` times; it may come again.  Any thread.
 * @return NB_OK or NB_ENOMEM
 */
nb_status nb_candidate_lists_add(nb_candidate_lists *p, uint32_t x, uint32_t y,
				 uint32_t times) NB_MUST_CHECK;

/** Additions to lists that are full, beyond what they hold: at least the pairs that are not kept,
 *  more where pairs were added twice. */
uint64_t nb_candidate_lists_dropped(const nb_candidate_lists *p);

/** All pairs kept, in order of (b, a), into a list that was empty.  NB_OK or NB_ENOMEM. */
nb_status nb_candidate_lists_take(const nb_candidate_lists *p, nb_pairs *out) NB_MUST_CHECK;

#endif
