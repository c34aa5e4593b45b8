/* SPDX-License-Identifier: MIT
 *
 * bench_kernel.c - the pair kernels, every usable instruction set, beside their ceilings.
 *
 *     bench_kernel [--json] [--quick] [--isa NAME]
 *
 * Tiles lie in the first-level cache unless the metric says otherwise.  Before anything is timed
 * its result is compared with a scalar reference.  A ceiling is the least of
 *   ports   operations a batch needs / those that the core does in a cycle, measured (ports.h), at
 *           the clock measured beside the metric
 *   loads   bytes a batch reads / read bandwidth measured in this run
 * (see ceiling.h).
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "bench.h"
#include "ceiling.h"
#include "kernel/pair_kernel.h"
#include "pair_data.h"

#define QUERIES 16u /* at a time, for counts */

typedef struct kernel_bench {
	bench b;
	const nb_pair_kernel *kernel;
	const char *isa;
	struct pair_data in;
	uint64_t *block; /* lanes or hashes of it, in the shape under test */
	uint64_t *table_block;
	nb_filter_hit *hit;
	uint8_t *equal;
	size_t n_hit;
	nb_filter_fn *filter;
	uint32_t limit;
	const uint64_t *query_block;
	uint64_t query[QUERIES][16];
	double l1, dram; /* read bandwidth, bytes/s */
} kernel_bench;

/* Time fn and report `work` pairs a call beside the ceiling of c. */
static void report(kernel_bench *k, const char *metric, void (*fn)(void *), double work,
		   const cost *c, double bandwidth)
{
	double before = bench_clock(), after;
	bench_stat s = bench_run(&k->b, fn, k);
	bench_metric m = { .metric = metric, .isa = k->isa, .unit = "pairs/s", .work = work };
	char how[160];

	after = bench_clock();
	if (c && before > 0) {
		m.ceiling = ceiling_of(c, before > after ? before : after, bandwidth, how,
				       sizeof(how));
		m.how = how;
	}
	bench_report(&k->b, &m, s);
}

/* ---- the filter and SimHash ---------------------------------------------------------------- */

static void run_filter(void *context)
{
	kernel_bench *k = context;

	k->n_hit = k->filter(k->query_block, TILE / 8, k->block, TILE / 8, k->limit, k->hit);
}

static uint32_t lanes_apart(const uint8_t *a, const uint8_t *b, uint32_t lanes, uint32_t planes)
{
	uint32_t n = 0, low = (1u << planes) - 1;

	for (uint32_t i = 0; i < lanes; i++)
		n += ((a[i] ^ b[i]) & low) != 0;
	return n;
}

static uint32_t bits_apart(const uint64_t *a, const uint64_t *b, uint32_t bits)
{
	uint32_t n = 0;

	for (uint32_t w = 0; w < bits / 64; w++)
		n += (uint32_t)__builtin_popcountll(a[w] ^ b[w]);
	return n;
}

/* How far documents i and j are apart; planes 0: their SimHashes. */
static uint32_t apart(const kernel_bench *k, size_t i, size_t j, uint32_t lanes, uint32_t planes)
{
	if (planes)
		return lanes_apart(k->in.lane[i], k->in.lane[j], lanes, planes);
	return bits_apart(k->in.hash + i * lanes / 64, k->in.hash + j * lanes / 64, lanes);
}

/* Whether the hits are the pairs that the scalar code finds. */
static bool hits_are_right(const kernel_bench *k, uint32_t lanes, uint32_t planes)
{
	size_t at = 0, pairs = 0;

	for (size_t q = 0; q < TILE / 8; q++)
		for (size_t d = 0; d < TILE / 8; d++) {
			uint64_t want = 0;

			for (size_t bit = 0; bit < 64; bit++) {
				size_t i = TILE + 8 * q + bit / 8, j = 8 * d + bit % 8;
				uint32_t n = apart(k, i, j, lanes, planes);

				want |= (uint64_t)(n <= k->limit) << bit;
			}
			pairs += (size_t)__builtin_popcountll(want);
			if (!want)
				continue;
			if (at >= k->n_hit || k->hit[at].query != q || k->hit[at].block != d ||
			    k->hit[at++].mask != want)
				return false;
		}
	return at == k->n_hit && pairs >= N_ALIKE;
}

static void bench_scan(kernel_bench *k, const char *metric, uint32_t lanes, uint32_t planes,
		       uint32_t limit, double look)
{
	cost c = bound_cost(k->kernel->isa, lanes / 64, planes ? planes : 1, look);

	k->filter = nb_pair_filter(k->kernel, lanes, planes ? planes : 1);
	k->limit = limit;
	k->query_block = k->block + TILE * nb_pair_words(lanes, planes ? planes : 1);
	if (planes)
		nb_pair_pack((const uint8_t(*)[NB_PAIR_LANES])k->in.lane, NULL, 2 * TILE, lanes,
			     planes, k->block);
	else
		nb_pair_pack_simhash(k->in.hash, NULL, 2 * TILE, lanes, k->block);
	run_filter(k);
	if (!hits_are_right(k, lanes, planes)) {
		bench_wrong(&k->b, metric, k->isa, "hits differ from the scalar ones");
		return;
	}
	report(k, metric, run_filter, (double)TILE * TILE, &c, 0);
}

/* ---- counts -------------------------------------------------------------------------------- */

static void run_count(void *context)
{
	kernel_bench *k = context;

	k->kernel->count(k->in.lane[TILE], (const uint8_t(*)[NB_PAIR_LANES])k->in.lane, TILE / 2,
			 k->equal);
}

static void run_count_blocks(void *context)
{
	kernel_bench *k = context;

	k->kernel->count_tile(k->query[0], QUERIES, k->block, TILE / 8 / 2, k->equal);
}

static void run_count_memory(void *context)
{
	kernel_bench *k = context;

	for (size_t i = 0; i < k->in.n_table / 8; i += 64)
		k->kernel->count_blocks(k->query[0], k->table_block + i * 128, 64, k->equal);
}

static void run_pairs(void *context)
{
	kernel_bench *k = context;

	k->kernel->count_pairs((const uint8_t(*)[NB_PAIR_LANES])k->in.table, k->in.pair, N_PAIRS,
			       k->equal);
}

/* Only reads both sketches of every pair: the ceiling of run_pairs. */
static void run_fetch(void *context)
{
	kernel_bench *k = context;
	uint64_t sum = 0;

	for (size_t i = 0; i < 2 * N_PAIRS; i++) {
		const uint8_t *p = k->in.table[k->in.pair[i]];

		sum += (uint64_t)p[0] + p[64];
		if (i + 12 < 2 * N_PAIRS) {
			__builtin_prefetch(k->in.table[k->in.pair[i + 12]]);
			__builtin_prefetch(k->in.table[k->in.pair[i + 12]] + 64);
		}
	}
	bench_sink(sum);
}

/* equal[i * n + j]: query i, which is document TILE + i, and document j */
static bool counts_are_right(const kernel_bench *k, size_t queries, size_t n)
{
	for (size_t i = 0; i < queries; i++)
		for (size_t j = 0; j < n; j++)
			if (k->equal[i * n + j] != NB_PAIR_LANES - apart(k, TILE + i, j, 128, 8))
				return false;
	return true;
}

static bool pairs_are_right(const kernel_bench *k)
{
	for (size_t i = 0; i < N_PAIRS; i++) {
		const uint8_t *a = k->in.table[k->in.pair[2 * i]];
		const uint8_t *b = k->in.table[k->in.pair[2 * i + 1]];

		if (k->equal[i] != NB_PAIR_LANES - lanes_apart(a, b, 128, 8))
			return false;
	}
	return true;
}

/* A sketch as it is stored: 2 byte compares to masks; 4 compares, 4 subtractions, 1 sum, 1.5 to add
 * the parts up; 8 compares, 8 subtractions. */
static cost rows_cost(nb_isa isa)
{
	cost c = { .isa = isa, .pairs = 1, .bytes = 128 };

	c.ops[PORT_LOGIC] = isa == NB_ISA_AVX512 ? 2 : isa == NB_ISA_AVX2 ? 10.5 : 16;
	c.ops[PORT_COMPARE] = isa == NB_ISA_AVX512 ? 2 : isa == NB_ISA_AVX2 ? 4 : 8;
	c.ops[PORT_SUM] = isa == NB_ISA_AVX2 ? 1 : 0;
	return c;
}

static void bench_counts(kernel_bench *k)
{
	nb_isa isa = k->kernel->isa;
	/* per vector, moving counts to bytes: shifts and ORs; packs */
	cost c = bound_cost(isa, 2, 8, isa == NB_ISA_AVX512 ? 1.6 : isa == NB_ISA_AVX2 ? 2 : 1);
	cost rows = rows_cost(isa), memory = c;

	memory.bytes = 128 * c.pairs;
	c.bytes = memory.bytes / (isa == NB_ISA_AVX512 ? 2 : 1); /* two queries share a load */
	nb_pair_pack((const uint8_t(*)[NB_PAIR_LANES])k->in.lane, NULL, TILE, 128, 8, k->block);
	for (size_t i = 0; i < QUERIES; i++)
		nb_pair_slice(k->in.lane[TILE + i], 128, 8, k->query[i]);
	memset(k->equal, 0xFF, QUERIES * TILE);
	run_count_blocks(k);
	if (!counts_are_right(k, QUERIES, TILE / 2))
		bench_wrong(&k->b, "count_u8x128", k->isa, "counts differ from the scalar ones");
	else
		report(k, "count_u8x128", run_count_blocks, QUERIES * TILE / 2, &c, k->l1);
	memset(k->equal, 0xFF, TILE);
	run_count(k);
	if (!counts_are_right(k, 1, TILE / 2))
		bench_wrong(&k->b, "count_rows", k->isa, "counts differ from the scalar ones");
	else
		report(k, "count_rows", run_count, TILE / 2, &rows, k->l1);
	if (k->in.table)
		report(k, "count_memory", run_count_memory, (double)k->in.n_table, &memory,
		       k->dram);
}

static void bench_pairs(kernel_bench *k)
{
	bench_metric m = { .metric = "random_pairs", .isa = k->isa, .unit = "pairs/s",
			   .work = N_PAIRS, .how = "memory: reading the sketches only" };
	bench_stat fetch, s;

	if (!k->in.table)
		return;
	memset(k->equal, 0, N_PAIRS);
	run_pairs(k);
	if (!pairs_are_right(k)) {
		bench_wrong(&k->b, m.metric, k->isa, "counts differ from the scalar ones");
		return;
	}
	fetch = bench_run(&k->b, run_fetch, k);
	m.ceiling = N_PAIRS / fetch.value;
	s = bench_run(&k->b, run_pairs, k);
	/* neighbours disturb memory most: the better of two */
	fetch = bench_run(&k->b, run_fetch, k);
	if (m.ceiling < N_PAIRS / fetch.value)
		m.ceiling = N_PAIRS / fetch.value;
	bench_report(&k->b, &m, s);
}

/* ---- intersection -------------------------------------------------------------------------- */

static void run_intersect(void *context)
{
	kernel_bench *k = context;

	k->n_hit = 0;
	for (size_t s = 0; s < SETS; s++)
		k->n_hit += k->kernel->intersect(k->in.set[s][0], SET_SIZE, k->in.set[s][1],
						 SET_SIZE);
}

static size_t common(const kernel_bench *k)
{
	size_t n = 0;

	for (size_t s = 0; s < SETS; s++)
		for (size_t i = 0; i < SET_SIZE; i++)
			for (size_t j = 0; j < SET_SIZE; j++)
				n += k->in.set[s][0][i] == k->in.set[s][1][j];
	return n;
}

/* Steps of a merge by blocks of `width` values: the block with the smaller end moves on. */
static size_t merge_steps(const kernel_bench *k, size_t width)
{
	size_t n = 0;

	for (size_t s = 0; s < SETS; s++)
		for (size_t i = 0, j = 0; i + width <= SET_SIZE && j + width <= SET_SIZE; n++) {
			uint64_t last_a = k->in.set[s][0][i + width - 1];
			uint64_t last_b = k->in.set[s][1][j + width - 1];

			i += last_a <= last_b ? width : 0;
			j += last_b <= last_a ? width : 0;
		}
	return n;
}

/*
 * Each step waits for the one before: load 5 cycles, compare, set, add 1 each.  The 8 compares of a
 * step of AVX-512 take as long where one port does them.
 */
static void bench_intersect(kernel_bench *k)
{
	nb_isa isa = k->kernel->isa;
	size_t width = isa == NB_ISA_AVX512 ? 8 : isa == NB_ISA_AVX2 ? 4 : 1;
	bench_metric m = { .metric = "intersect", .isa = k->isa, .unit = "values/s",
			   .work = 2.0 * SETS * SET_SIZE };
	double clock = bench_clock(), steps = (double)merge_steps(k, width);
	char how[160];

	run_intersect(k);
	if (k->n_hit != common(k)) {
		bench_wrong(&k->b, m.metric, k->isa, "count differs from the scalar one");
		return;
	}
	snprintf(how, sizeof(how), "latency: 8 cycles a step, %.0f steps for %.0f values, %.2f GHz",
		 steps, m.work, clock * 1e-9);
	m.ceiling = m.work * clock / (8 * steps);
	m.how = clock > 0 ? how : NULL;
	bench_report(&k->b, &m, bench_run(&k->b, run_intersect, k));
}

/* ---- main ------------------------------------------------------------------------- */

static bool make_data(kernel_bench *k)
{
	if (pair_data_make(&k->in, k->b.quick) < 0)
		return false;
	k->table_block = (uint64_t *)k->in.table; /* any bytes are blocks */
	k->block = nb_block_alloc(2 * TILE * 16, sizeof(*k->block));
	k->hit = nb_block_alloc(TILE / 8 * TILE / 8, sizeof(*k->hit));
	k->equal = nb_block_alloc(N_PAIRS, 1);
	return k->block && k->hit && k->equal;
}

static void free_data(kernel_bench *k)
{
	pair_data_release(&k->in);
	free(k->block);
	free(k->hit);
	free(k->equal);
}

static void bench_isa(kernel_bench *k)
{
	/* seeing whether a count is of interest: half an operation where counts are ORed together,
	 * one where the maximum is kept, two in plain C */
	double half = k->kernel->isa == NB_ISA_AVX512 ? 0.5 : k->kernel->isa == NB_ISA_AVX2 ? 1 : 2;
	double one = k->kernel->isa == NB_ISA_PORTABLE ? 2 : 1;

	bench_scan(k, "scan_filter", 64, 2, 128 - 102, half);
	bench_scan(k, "scan_filter_50", 128, 2, 128 - 64, half);
	bench_scan(k, "scan_64x3", 64, 3, 39, one);
	bench_scan(k, "scan_128x3", 128, 3, 80, one);
	bench_scan(k, "simhash64", 64, 0, 3, one);
	bench_scan(k, "simhash128", 128, 0, 6, one);
	bench_scan(k, "simhash256", 256, 0, 12, half);
	bench_counts(k);
	bench_intersect(k);
	bench_pairs(k);
}

int main(int argc, char **argv)
{
	kernel_bench k = { 0 };

	bench_start(&k.b, "kernel", argc, argv);
	bench_pin();
	if (!make_data(&k)) {
		fprintf(stderr, "no memory\n");
		return 1;
	}
	k.l1 = bench_read_bandwidth(bench_cache(1) ? bench_cache(1) * 2 / 3 : 32768);
	k.dram = bench_read_bandwidth(k.in.n_table * NB_PAIR_LANES);
	bench_say(&k.b, "# clock %.2f GHz; one core reads %.0f GB/s from L1, %.0f from L2, "
		  "%.1f from a table of %zu MiB\n", bench_clock() * 1e-9, k.l1 * 1e-9,
		  bench_read_bandwidth(bench_cache(2) ? bench_cache(2) / 2 : 262144) * 1e-9,
		  k.dram * 1e-9, k.in.n_table * NB_PAIR_LANES >> 20);
	for (int isa = 0; isa < NB_ISA_COUNT; isa++) {
		k.kernel = nb_pair_kernel_for((nb_isa)isa);
		k.isa = nb_isa_name((nb_isa)isa);
		if (k.kernel && (!k.b.isa || strcmp(k.b.isa, k.isa) == 0))
			bench_isa(&k);
	}
	free_data(&k);
	return bench_end(&k.b);
}
