/* SPDX-License-Identifier: MIT
 *
 * pair_data.h - what the pair kernels are timed on.
 */
#ifndef BENCH_PAIR_DATA_H
#define BENCH_PAIR_DATA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "kernel/pair_kernel.h"

#define TILE     512u /* documents in the tile, and queries */
#define N_ALIKE  4u   /* pairs of the tile that are near copies: 1 in 65,536 */
#define SETS     32u  /* pairs of sets: too many for branches to be learnt by heart */
#define SET_SIZE 500u /* values in a set, as many shingles as an article has */
#define N_PAIRS  (1u << 17)

struct pair_data {
	uint8_t (*lane)[NB_PAIR_LANES]; /* TILE documents, then TILE queries, few of them alike */
	uint64_t *hash;                 /* their SimHashes, 256 bits each */
	uint64_t (*set)[2][SET_SIZE];   /* SETS pairs, ascending */
	uint8_t (*table)[NB_PAIR_LANES]; /* [0..n_table), or NULL: no memory for it */
	size_t n_table;
	uint32_t *pair; /* N_PAIRS times two rows of the table */
};

/**
 * The same on every machine.
 * @param small  a table of an eighth of the size
 * @return 0, or -1: no memory; pair_data_release in any case
 */
int pair_data_make(struct pair_data *d, bool small);
void pair_data_release(struct pair_data *d);

#endif
