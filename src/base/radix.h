/* SPDX-License-Identifier: MIT
 *
 * radix.h - sorting of 64-bit keys by their bytes (least significant first).
 *
 * Linear, stable, and the same result for any number of threads.  Bytes in which all keys agree
 * cost nothing, so small numbers in wide keys sort in few passes.
 *
 * Level: base.
 */
#ifndef NB_BASE_RADIX_H
#define NB_BASE_RADIX_H

#include "newsbraid/nb.h"

/* A key with something that travels along. */
typedef struct nb_radix_item {
	uint64_t key, value;
} nb_radix_item;

/**
 * Sort key[0..n) ascending.
 *
 * @param scratch  room for n keys, must not overlap
 * Opens an OpenMP region when n is large: call from one thread.
 */
void nb_radix_sort(uint64_t *key, size_t n, uint64_t *scratch);

/** As nb_radix_sort, in the calling thread alone. */
void nb_radix_sort_serial(uint64_t *key, size_t n, uint64_t *scratch);

/** Sort item[0..n) ascending by key; items of equal key keep their order.  Opens a region. */
void nb_radix_sort_items(nb_radix_item *item, size_t n, nb_radix_item *scratch);

/** As nb_radix_sort_items, in the calling thread alone. */
void nb_radix_sort_items_serial(nb_radix_item *item, size_t n, nb_radix_item *scratch);

#endif
