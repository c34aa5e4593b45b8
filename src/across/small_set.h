/* SPDX-License-Identifier: MIT
 *
 * small_set.h - small sets of numbers that are emptied for every report: as large as what it has, not as
 * what there is, so that they stay in the cache.
 *
 * Level: across.
 */
#ifndef NB_ACROSS_SMALL_SET_H
#define NB_ACROSS_SMALL_SET_H

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

#include "newsbraid/nb.h"

/* All zero bytes is a valid set, for no numbers.  One thread. */
typedef struct nb_small_set {
	uint64_t *slot; /* generation << 32 | number; other generations are free */
	size_t slots;   /* a power of two */
	uint32_t generation;
} nb_small_set;

static inline void nb_small_set_release(nb_small_set *s)
{
	free(s->slot);
	*s = (nb_small_set){ 0 };
}

/** Empty it and make room for n numbers.  NB_OK or NB_ENOMEM. */
static inline nb_status nb_small_set_begin(nb_small_set *s, size_t n)
{
	size_t slots = 256;

	while (slots < 2 * n)
		slots *= 2;
	if (slots > s->slots || s->generation == UINT32_MAX) {
		nb_small_set_release(s);
		s->slot = calloc(slots, sizeof(*s->slot));
		s->slots = s->slot ? slots : 0;
	}
	s->generation++;
	return s->slot ? NB_OK : NB_ENOMEM;
}

/** The slot where the search for a hash begins; the next one is after it, modulo slots. */
static inline size_t nb_small_set_slot(const nb_small_set *s, uint64_t hash)
{
	return (hash * UINT64_C(0x9E3779B97F4A7C15)) >> 32 & (s->slots - 1);
}

static inline bool nb_small_set_is_free(const nb_small_set *s, size_t at)
{
	return s->slot[at] >> 32 != s->generation;
}

static inline void nb_small_set_put(nb_small_set *s, size_t at, uint32_t number)
{
	s->slot[at] = (uint64_t)s->generation << 32 | number;
}

/** Add a number; false if it was there. */
static inline bool nb_small_set_add(nb_small_set *s, uint32_t number)
{
	size_t at = nb_small_set_slot(s, number);

	for (; !nb_small_set_is_free(s, at); at = (at + 1) & (s->slots - 1))
		if ((uint32_t)s->slot[at] == number)
			return false;
	nb_small_set_put(s, at, number);
	return true;
}

#endif
