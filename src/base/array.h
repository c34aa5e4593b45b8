/* SPDX-License-Identifier: MIT
 *
 * array.h - growing arrays and big blocks.
 */
#ifndef NB_BASE_ARRAY_H
#define NB_BASE_ARRAY_H

#include "newsbraid/nb.h"

/**
 * Make room for `need` items of `item` bytes in *ptr, growing by half at least.
 *
 *     nb_reserve((void **)&p->pair, &p->capacity, p->n + 1, sizeof(*p->pair))
 *
 * @return NB_OK or NB_ENOMEM (*ptr and *capacity are then unchanged)
 */
nb_status nb_reserve(void **ptr, size_t *capacity, size_t need, size_t item) NB_MUST_CHECK;

/**
 * A block of n items, 64-byte aligned, not initialised; large ones ask for huge pages.
 * NULL if there is no memory or n * item overflows.  Free with free().
 */
void *nb_block_alloc(size_t n, size_t item);

/** As nb_block_alloc, all bytes zero. */
void *nb_block_zero(size_t n, size_t item);

#endif
