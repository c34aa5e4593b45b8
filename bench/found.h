/* SPDX-License-Identifier: MIT
 *
 * found.h - what the program published about a generated night: groups and edges, by number.
 */
#ifndef BENCH_FOUND_H
#define BENCH_FOUND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "newsbraid/nb.h"

struct found_edge {
	uint32_t a, b;
	bool copy;
	double jaccard, containment;
};

struct found {
	uint32_t n;
	uint32_t *leader; /* [0..n): by article number, itself if alone; NOBODY: no row */
	struct found_edge *edge; /* those whose texts were compared */
	size_t n_edges, capacity;
	uint32_t n_groups, n_copies;
};

/**
 * Read the tables of an output folder and check that they fit together.
 * @param n  articles of the night
 * @return NB_OK, NB_EDATA: the tables contradict each other; found_release in any case
 */
nb_status found_load(struct found *f, const char *dir, uint32_t n, nb_error *err) NB_MUST_CHECK;

void found_release(struct found *f);

#endif
