/* SPDX-License-Identifier: MIT
 *
 * array.h - growing arrays and big blocks.
 */
#ifndef NB_BASE_ARRAY_H
#define NB_BASE_ARRAY_H

#include "base/status.h"

/*
 * Make room for `need` items in an array that belongs to the caller, growing by half at least:
 *
 *     NB_TRY(status, NB_GROW(list->pair, &list->capacity, list->n + 1));
 *
 * NB_OK, or NB_ENOMEM (the array and its capacity are then unchanged).  Arguments are evaluated
 * more than once.
 */
#define NB_GROW(array, capacity, need)                                                             \
	((array) = nb_grow((array), (capacity), (need), sizeof(*(array))),                         \
	 *(capacity) >= (need) ? NB_OK : NB_ENOMEM)

/* The same for a block of nb_block_alloc that keeps its first `used` items. */
#define NB_GROW_BLOCK(array, capacity, used, need)                                                 \
	((array) = nb_grow_block((array), (capacity), (used), (need), sizeof(*(array))),           \
	 *(capacity) >= (need) ? NB_OK : NB_ENOMEM)

/** What NB_GROW calls: the array, moved if it had to grow; as it was if there is no memory. */
void *nb_grow(void *array, size_t *capacity, size_t need, size_t item);
void *nb_grow_block(void *array, size_t *capacity, size_t used, size_t need, size_t item);

/**
 * A block of n items, 64-byte aligned, not initialised; large ones ask for huge pages.
 * NULL if there is no memory or n * item overflows.  Free with free().
 */
void *nb_block_alloc(size_t n, size_t item);

/** As nb_block_alloc, all bytes zero. */
void *nb_block_zero(size_t n, size_t item);

#endif
