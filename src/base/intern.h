/* SPDX-License-Identifier: MIT
 *
 * intern.h - strings of which there are few different ones, each kept once and known by a number.
 */
#ifndef NB_BASE_INTERN_H
#define NB_BASE_INTERN_H

#include "newsbraid/nb.h"

/* All zero bytes is a valid empty list. */
typedef struct nb_intern {
	char *bytes;
	size_t used, capacity;
	uint64_t *end; /* end[0..n): of string k in bytes */
	size_t n, end_capacity;
	uint32_t *slot; /* hash table of numbers plus one; a power of two, at most half full */
	size_t n_slots;
} nb_intern;

void nb_intern_release(nb_intern *t);

/** The number of a string, a new one if it was not there: 0, 1, 2 ...  NB_OK or NB_ENOMEM. */
nb_status nb_intern_number(nb_intern *t, nb_str s, uint32_t *number) NB_MUST_CHECK;

/** The string of a number below n; lives until the next nb_intern_number. */
nb_str nb_intern_string(const nb_intern *t, uint32_t number);

#endif
