/* SPDX-License-Identifier: MIT
 *
 * bench_kernel.c - the pair kernels, every usable instruction set, beside their ceilings.
 *
 *     bench_kernel [--json] [--quick] [--isa NAME]
 *
 * Tiles lie in the first-level cache unless the metric says otherwise.  Before anything is timed
 * its result is compared with a scalar reference.  A ceiling is the least of
 *   ports   vector operations a batch needs / vector ports, at the clock measured beside the metric
 *   loads   bytes a batch reads / read bandwidth measured in this run
 * Operations are counted from the algorithm, not from the object code: what the compiler adds shows
 * as a lower percentage.  Port counts are those of current x86 cores: three 256-bit ports, two of
 * 512 bits (population count and compare on one of them, maximum on the other).
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "bench.h"
#include "kernel/pair_kernel.h"

#define TILE       512u /* documents in the tile, and queries */
#define QUERIES    16u  /* at a time, for counts */
#define N_ALIKE    4u   /* pairs of the tile that are near copies: 1 in 65,536 */
#define SETS       32u  /* pairs of sets: too many for branches to be learnt by heart */
#define SET_SIZE   500u /* values in a set, as many shingles as an article has */
#define TABLE_LOG2 22u  /* sketches in the table that is larger than any cache: 512 MiB */
#define N_PAIRS    (1u << 17)

typedef struct kernel_bench {
	bench b;
	const nb_pair_kernel *kernel;
	const char *isa;
	uint8_t (*lane)[NB_PAIR_LANES]; /* TILE documents, then TILE queries, few of them alike */
	uint64_t *block;                /* both in the shape under test */
	uint64_t *hash;                 /* their SimHashes, 256 bits each */
	uint64_t (*set)[2][SET_SIZE];   /* SETS pairs */
	uint8_t (*table)[NB_PAIR_LANES];
	size_t n_table;
	uint64_t *table_block;
	uint32_t *pair;
	nb_filter_hit *hit;
	uint8_t *equal;
	uint16_t *distance;
	size_t n_hit;
	nb_filter_fn *filter;
	uint32_t limit;
	const uint64_t *query_block;
	uint64_t query[QUERIES][16];
	double l1, dram; /* read bandwidth, bytes/s */
} kernel_bench;

/* ---- ceilings ------------------------------------------------------------------------------ */

/* Operations for one vector of documents, and what else limits it. */
typedef struct cost {
	double pairs;    /* in one vector */
	double ops;      /* on any vector port */
	double one_port; /* of these, on the busiest single port */
	double ports;
	double bytes;    /* read for one vector, from the memory that `bandwidth` is of */
} cost;

/*
 * Differing lanes of one query and one vector of documents, width words x planes, then `look`
 * operations to see whether any count is of interest.
 */
static cost bound_cost(nb_isa isa, double width, double planes, double look)
{
	double words = width * planes;

	if (isa == NB_ISA_AVX512) /* xor or ternary logic; popcount; additions */
		return (cost){ 8, words + width + (width - 1) + look, width, 2, 0 };
	if (isa == NB_ISA_AVX2) /* xor, or; and, shift, and, 2 lookups; 2 additions; 1 sum */
		return (cost){ 4, 2 * words + 6 * width - 1 + look, 1, 3, 0 };
	/* 128-bit vectors; 10 operations to count in bytes, 9 to add the bytes, 1 to offset */
	return (cost){ 2, 2 * words - width + 10 * width + (width - 1) + 9 + look, 1, 3, 0 };
}

/* Pairs/s; says how in `how`. */
static double ceiling_of(const cost *c, double clock, double bandwidth, char *how, size_t room)
{
	double cycles = c->ops / c->ports > c->one_port ? c->ops / c->ports : c->one_port;
	double by_ports = clock * c->pairs / cycles;
	double by_loads = c->bytes > 0 ? bandwidth * c->pairs / c->bytes : 2 * by_ports;

	if (by_loads < by_ports)
		snprintf(how, room, "loads: %g B/pair at %.1f GB/s", c->bytes / c->pairs,
			 bandwidth * 1e-9);
	else
		snprintf(how, room, "ports: %g ops, %g ports, %g pairs/vector, %.2f GHz", c->ops,
			 c->ports, c->pairs, clock * 1e-9);
	return by_loads < by_ports ? by_loads : by_ports;
}

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
		return lanes_apart(k->lane[i], k->lane[j], lanes, planes);
	return bits_apart(k->hash + i * lanes / 64, k->hash + j * lanes / 64, lanes);
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
		nb_pair_pack((const uint8_t(*)[NB_PAIR_LANES])k->lane, NULL, 2 * TILE, lanes,
			     planes, k->block);
	else
		nb_pair_pack_simhash(k->hash, NULL, 2 * TILE, lanes, k->block);
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

	k->kernel->count(k->lane[TILE], (const uint8_t(*)[NB_PAIR_LANES])k->lane, TILE / 2,
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

	for (size_t i = 0; i < k->n_table / 8; i += 64)
		k->kernel->count_blocks(k->query[0], k->table_block + i * 128, 64, k->equal);
}

static void run_pairs(void *context)
{
	kernel_bench *k = context;

	k->kernel->count_pairs((const uint8_t(*)[NB_PAIR_LANES])k->table, k->pair, N_PAIRS,
			       k->equal);
}

/* Only reads both sketches of every pair: the ceiling of run_pairs. */
static void run_fetch(void *context)
{
	kernel_bench *k = context;
	uint64_t sum = 0;

	for (size_t i = 0; i < 2 * N_PAIRS; i++) {
		const uint8_t *p = k->table[k->pair[i]];

		sum += (uint64_t)p[0] + p[64];
		if (i + 12 < 2 * N_PAIRS) {
			__builtin_prefetch(k->table[k->pair[i + 12]]);
			__builtin_prefetch(k->table[k->pair[i + 12]] + 64);
		}
	}
	bench_sink(sum);
}

/* equal[i * n + j]: query i, which is document TILE + i, and document j */
static bool counts_are_right(const kernel_bench *k, size_t queries, size_t n)
{
	for (size_t i = 0; i < queries; i++)
		for (size_t j = 0; j < n; j++)
			if (k->equal[i * n + j] !=
			    NB_PAIR_LANES - lanes_apart(k->lane[TILE + i], k->lane[j], 128, 8))
				return false;
	return true;
}

static bool pairs_are_right(const kernel_bench *k)
{
	for (size_t i = 0; i < N_PAIRS; i++) {
		const uint8_t *a = k->table[k->pair[2 * i]], *b = k->table[k->pair[2 * i + 1]];

		if (k->equal[i] != NB_PAIR_LANES - lanes_apart(a, b, 128, 8))
			return false;
	}
	return true;
}

static void bench_counts(kernel_bench *k)
{
	nb_isa isa = k->kernel->isa;
	/* per vector, moving counts to bytes: shifts and ORs; packs */
	cost c = bound_cost(isa, 2, 8, isa == NB_ISA_AVX512 ? 1.6 : isa == NB_ISA_AVX2 ? 2 : 1);
	/* a sketch as it is stored: 2 byte compares on one port; 4 compares, 4 subtractions, 1 sum,
	 * 1.5 to add the parts up; 8 compares, 8 subtractions */
	cost rows = isa == NB_ISA_AVX512 ? (cost){ 1, 2, 2, 1, 128 }
		    : isa == NB_ISA_AVX2 ? (cost){ 1, 10.5, 1, 3, 128 }
					 : (cost){ 1, 16, 1, 3, 128 };
	cost memory = c;

	memory.bytes = 128 * c.pairs;
	c.bytes = memory.bytes / (isa == NB_ISA_AVX512 ? 2 : 1); /* two queries share a load */
	nb_pair_pack((const uint8_t(*)[NB_PAIR_LANES])k->lane, NULL, TILE, 128, 8, k->block);
	for (size_t i = 0; i < QUERIES; i++)
		nb_pair_slice(k->lane[TILE + i], 128, 8, k->query[i]);
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
	if (k->table)
		report(k, "count_memory", run_count_memory, (double)k->n_table, &memory, k->dram);
}

static void bench_pairs(kernel_bench *k)
{
	bench_metric m = { .metric = "random_pairs", .isa = k->isa, .unit = "pairs/s",
			   .work = N_PAIRS, .how = "memory: reading the sketches only" };
	bench_stat fetch, s;

	if (!k->table)
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
		k->n_hit += k->kernel->intersect(k->set[s][0], SET_SIZE, k->set[s][1], SET_SIZE);
}

static size_t common(const kernel_bench *k)
{
	size_t n = 0;

	for (size_t s = 0; s < SETS; s++)
		for (size_t i = 0; i < SET_SIZE; i++)
			for (size_t j = 0; j < SET_SIZE; j++)
				n += k->set[s][0][i] == k->set[s][1][j];
	return n;
}

/* Steps of a merge by blocks of `width` values: the block with the smaller end moves on. */
static size_t merge_steps(const kernel_bench *k, size_t width)
{
	size_t n = 0;

	for (size_t s = 0; s < SETS; s++)
		for (size_t i = 0, j = 0; i + width <= SET_SIZE && j + width <= SET_SIZE; n++) {
			uint64_t last_a = k->set[s][0][i + width - 1];
			uint64_t last_b = k->set[s][1][j + width - 1];

			i += last_a <= last_b ? width : 0;
			j += last_b <= last_a ? width : 0;
		}
	return n;
}

/*
 * Each step waits for the one before: load 5 cycles, compare, set, add 1 each.  The 8 compares of a
 * step of AVX-512 take as long on their one port.
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

/* ---- data and main ------------------------------------------------------------------------- */

static int by_value(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return (x > y) - (x < y);
}

/* Strangers, and N_ALIKE queries that are near copies of a document, whatever part is looked at. */
static void make_tile(kernel_bench *k, uint64_t *seed)
{
	for (size_t i = 0; i < 2 * TILE; i++)
		for (size_t l = 0; l < NB_PAIR_LANES; l++)
			k->lane[i][l] = (uint8_t)bench_random(seed);
	for (size_t i = 0; i < 2 * TILE * 4; i++)
		k->hash[i] = bench_random(seed);
	for (size_t i = 0; i < N_ALIKE; i++) {
		memcpy(k->lane[TILE + 37 * i], k->lane[101 * i], NB_PAIR_LANES - 20 * i);
		for (size_t w = 1; w <= 4; w *= 2)
			memcpy(k->hash + (TILE + 37 * i) * w, k->hash + 101 * i * w, 8 * w);
	}
}

/* Two sets with something between nothing and everything in common. */
static void make_sets(kernel_bench *k, uint64_t *seed)
{
	for (size_t s = 0; s < SETS; s++) {
		for (size_t i = 0; i < SET_SIZE; i++) {
			k->set[s][0][i] = bench_random(seed);
			k->set[s][1][i] = bench_random(seed) % SETS < s ? k->set[s][0][i]
									: bench_random(seed);
		}
		qsort(k->set[s][0], SET_SIZE, sizeof(uint64_t), by_value);
		qsort(k->set[s][1], SET_SIZE, sizeof(uint64_t), by_value);
	}
}

static void make_table(kernel_bench *k, uint64_t *seed)
{
	k->n_table = (size_t)1 << (k->b.quick ? TABLE_LOG2 - 3 : TABLE_LOG2);
	k->table = nb_block_alloc(k->n_table, NB_PAIR_LANES);
	if (!k->table)
		return;
	for (size_t i = 0; i < k->n_table * NB_PAIR_LANES / 8; i++)
		((uint64_t *)k->table)[i] = bench_random(seed);
	k->table_block = (uint64_t *)k->table; /* any bytes are blocks */
	for (size_t i = 0; i < 2 * N_PAIRS; i++)
		k->pair[i] = (uint32_t)(bench_random(seed) % k->n_table);
}

static bool make_data(kernel_bench *k)
{
	uint64_t seed = 1;

	k->lane = nb_block_alloc(2 * TILE, NB_PAIR_LANES);
	k->block = nb_block_alloc(2 * TILE * 16, sizeof(*k->block));
	k->hash = nb_block_alloc(2 * TILE * 4, sizeof(*k->hash));
	k->set = nb_block_alloc(SETS, sizeof(*k->set));
	k->pair = nb_block_alloc(2 * N_PAIRS, sizeof(*k->pair));
	k->hit = nb_block_alloc(TILE / 8 * TILE / 8, sizeof(*k->hit));
	k->equal = nb_block_alloc(N_PAIRS, 1);
	if (!k->lane || !k->block || !k->hash || !k->set || !k->pair || !k->hit ||
	    !k->equal)
		return false;
	make_tile(k, &seed);
	make_sets(k, &seed);
	make_table(k, &seed);
	return true;
}

static void free_data(kernel_bench *k)
{
	free(k->lane);
	free(k->block);
	free(k->hash);
	free(k->set);
	free(k->pair);
	free(k->hit);
	free(k->equal);
	free(k->table);
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
	k.dram = bench_read_bandwidth(k.n_table * NB_PAIR_LANES);
	bench_say(&k.b, "# clock %.2f GHz; one core reads %.0f GB/s from L1, %.0f from L2, "
		  "%.1f from a table of %zu MiB\n", bench_clock() * 1e-9, k.l1 * 1e-9,
		  bench_read_bandwidth(bench_cache(2) ? bench_cache(2) / 2 : 262144) * 1e-9,
		  k.dram * 1e-9, k.n_table * NB_PAIR_LANES >> 20);
	for (int isa = 0; isa < NB_ISA_COUNT; isa++) {
		k.kernel = nb_pair_kernel_for((nb_isa)isa);
		k.isa = nb_isa_name((nb_isa)isa);
		if (k.kernel && (!k.b.isa || strcmp(k.b.isa, k.isa) == 0))
			bench_isa(&k);
	}
	free_data(&k);
	return bench_end(&k.b);
}
