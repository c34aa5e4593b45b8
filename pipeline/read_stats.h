/* SPDX-License-Identifier: MIT
 *
 * read_stats.h - what newsbraid read --stats counts: which formats there were, and which field of
 * the input each field of ours came from.
 */
#ifndef NB_PIPELINE_READ_STATS_H
#define NB_PIPELINE_READ_STATS_H

#include <stdio.h>

#include "newsbraid/reader.h"
#include "base/intern.h"

/* All zero bytes is a valid empty one. */
typedef struct read_stats {
	nb_intern origin; /* the different origins */
	uint64_t *n;      /* n[k]: articles of origin k */
	size_t capacity;
} read_stats;

void read_stats_release(read_stats *s);
nb_status read_stats_add(read_stats *s, const nb_batch *batch) NB_MUST_CHECK;
nb_status read_stats_print(const read_stats *s, const nb_reader *reader, FILE *to) NB_MUST_CHECK;

#endif
