/* SPDX-License-Identifier: MIT
 *
 * pair_data.c - see pair_data.h.
 */
#include "pair_data.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "bench.h"

#define TABLE_LOG2 22u  /* sketches in the table that is larger than any cache: 512 MiB */

static int by_value(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return (x > y) - (x < y);
}

/* Strangers, and N_ALIKE queries that are near copies of a document, whatever part is looked at. */
static void make_tile(struct pair_data *d, uint64_t *seed)
{
	for (size_t i = 0; i < 2 * TILE; i++)
		for (size_t l = 0; l < NB_PAIR_LANES; l++)
			d->lane[i][l] = (uint8_t)bench_random(seed);
	for (size_t i = 0; i < 2 * TILE * 4; i++)
		d->hash[i] = bench_random(seed);
	for (size_t i = 0; i < N_ALIKE; i++) {
		memcpy(d->lane[TILE + 37 * i], d->lane[101 * i], NB_PAIR_LANES - 20 * i);
		for (size_t w = 1; w <= 4; w *= 2)
			memcpy(d->hash + (TILE + 37 * i) * w, d->hash + 101 * i * w, 8 * w);
	}
}

/* Two sets with something between nothing and everything in common. */
static void make_sets(struct pair_data *d, uint64_t *seed)
{
	for (size_t s = 0; s < SETS; s++) {
		for (size_t i = 0; i < SET_SIZE; i++) {
			d->set[s][0][i] = bench_random(seed);
			d->set[s][1][i] = bench_random(seed) % SETS < s ? d->set[s][0][i]
									: bench_random(seed);
		}
		qsort(d->set[s][0], SET_SIZE, sizeof(uint64_t), by_value);
		qsort(d->set[s][1], SET_SIZE, sizeof(uint64_t), by_value);
	}
}

static void make_table(struct pair_data *d, size_t n, uint64_t *seed)
{
	d->n_table = n;
	d->table = nb_block_alloc(n, NB_PAIR_LANES);
	if (!d->table)
		return;
	for (size_t i = 0; i < n * NB_PAIR_LANES / 8; i++)
		((uint64_t *)d->table)[i] = bench_random(seed);
	for (size_t i = 0; i < 2 * N_PAIRS; i++)
		d->pair[i] = (uint32_t)(bench_random(seed) % n);
}

int pair_data_make(struct pair_data *d, bool small)
{
	uint64_t seed = 1;

	*d = (struct pair_data){ 0 };
	d->lane = nb_block_alloc(2 * TILE, NB_PAIR_LANES);
	d->hash = nb_block_alloc(2 * TILE * 4, sizeof(*d->hash));
	d->set = nb_block_alloc(SETS, sizeof(*d->set));
	d->pair = nb_block_alloc(2 * N_PAIRS, sizeof(*d->pair));
	if (!d->lane || !d->hash || !d->set || !d->pair)
		return -1;
	make_tile(d, &seed);
	make_sets(d, &seed);
	make_table(d, (size_t)1 << (small ? TABLE_LOG2 - 3 : TABLE_LOG2), &seed);
	return 0;
}

void pair_data_release(struct pair_data *d)
{
	free(d->lane);
	free(d->hash);
	free(d->set);
	free(d->table);
	free(d->pair);
}
