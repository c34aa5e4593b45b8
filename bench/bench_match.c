/* SPDX-License-Identifier: MIT
 *
 * bench_match.c - candidates among many sketches: bands and scan, on one core and on all.
 *
 *     bench_match [--json] [--quick] [--isa NAME] [--articles N]
 *
 * A night of synthetic sketches: three quarters strangers, one quarter near copies of one of the
 * strangers shortly before.  First both ways are compared with slow ones on a small night; then
 *   bands_16x8, bands_50   ns per article and band, verification included, beside the 24 bytes that
 *                          must move: a key is read, its record written and read again
 *   scan_80, scan_50       pairs/s that the sizes allow, beside the filter kernel on a tile that
 *                          stays in the cache
 * One core: CPU time, fastest run.  All cores ("_all"): wall time, median.
 */
#include <omp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "bench.h"
#include "kernel/pair_kernel.h"
#include "copies/binomial.h"
#include "copies/size_bound.h"
#include "newsbraid/match.h"

#define ARTICLES      1000000u
#define SCAN_ARTICLES 100000u
#define CHECKED       3000u  /* articles of the night that the slow ways look at */
#define BACK          4096u  /* strangers among which a copy's original is */
#define COPIES        0.25
#define NOISE         0.3    /* most lanes of a copy that are drawn anew */
#define EIGHT_ROWS    0.855  /* the threshold at which 8 rows x 16 bands are chosen */
#define LEADS         4u     /* see nb_match_bands */
#define TILE          512u
#define BYTES_MOVED   24.0 /* per article and band */
#define RUNS          7u

typedef nb_status match_fn(const nb_sketches *s, double jaccard, nb_pairs *out,
			   nb_match_stats *stats);

typedef struct match_bench {
	bench b;
	const char *isa;
	nb_sketches night, part; /* part: as many as are scanned */
	uint32_t n_cores;
	double bandwidth;
	/* the run that is timed */
	match_fn *match;
	const nb_sketches *s;
	double jaccard;
	nb_pairs pairs;
	nb_match_stats stats;
	bool failed;
	/* the filter alone */
	nb_filter_fn *filter;
	uint64_t *block, *query;
	nb_filter_hit *hit;
	uint32_t limit;
} match_bench;

/* ---- the night ----------------------------------------------------------------------------- */

static double unit(uint64_t *seed)
{
	return (double)(bench_random(seed) >> 11) * 0x1p-53;
}

static void make_stranger(nb_sketch *one, uint64_t *seed)
{
	for (uint32_t l = 0; l < NB_LANES; l++)
		one->lane[l] = (uint8_t)bench_random(seed);
	/* 50 to 1600, every doubling as likely as another */
	one->n_shingles = 50u << bench_random(seed) % 5;
	one->n_shingles += (uint32_t)(bench_random(seed) % one->n_shingles);
}

static void make_copy(nb_sketch *one, const nb_sketches *s, uint32_t from, uint64_t *seed)
{
	double noise = NOISE * unit(seed);

	for (uint32_t l = 0; l < NB_LANES; l++)
		one->lane[l] = unit(seed) < noise ? (uint8_t)bench_random(seed) : s->lane[from][l];
	one->n_shingles = s->n_shingles[from] + (uint32_t)(bench_random(seed) % 3);
}

static bool make_night(nb_sketches *s, uint32_t n)
{
	uint32_t recent[BACK], n_strangers = 0;
	uint64_t seed = 1;
	nb_sketch_params params;
	nb_sketch *one = calloc(1, sizeof(*one));
	bool ok = one != NULL;

	nb_sketch_params_init(&params);
	nb_sketches_init(s, &params);
	for (uint32_t i = 0; i < n && ok; i++) {
		uint32_t choice = n_strangers < BACK ? n_strangers : BACK;

		if (choice && unit(&seed) < COPIES) {
			make_copy(one, s, recent[bench_random(&seed) % choice], &seed);
		} else {
			make_stranger(one, &seed);
			recent[n_strangers++ % BACK] = i;
		}
		ok = nb_sketches_append(s, one, 1) == NB_OK;
	}
	free(one);
	return ok;
}

/* The first n articles, in the same memory. */
static nb_sketches first_of(const nb_sketches *s, uint32_t n)
{
	nb_sketches part = *s;

	part.n = n < s->n ? n : s->n;
	return part;
}

/* ---- slow ways ----------------------------------------------------------------------------- */

static bool alike(const nb_sketches *s, uint32_t a, uint32_t b, double jaccard, uint32_t least)
{
	uint32_t n = 0;

	if (!nb_sizes_allow(s->n_shingles[a], s->n_shingles[b], jaccard))
		return false;
	for (uint32_t l = 0; l < NB_LANES; l++)
		n += s->lane[a][l] == s->lane[b][l];
	return n >= least;
}

/* Every pair of articles is looked at; found[b * n + a] tells which are alike. */
static void slow_scan(const nb_sketches *s, double jaccard, uint8_t *found)
{
	uint32_t least = nb_binomial_lanes(jaccard);

	for (uint32_t b = 0; b < s->n; b++)
		for (uint32_t a = 0; a < b; a++)
			found[(size_t)b * s->n + a] = alike(s, a, b, jaccard, least);
}

/* In every band each article looks back for those that share it: it meets the first LEADS of them
 * and the last. */
static void slow_bands(const nb_sketches *s, double jaccard, uint8_t *found)
{
	uint32_t rows, bands, least = nb_binomial_lanes(jaccard);

	nb_bands_choose(jaccard, 0.995, &rows, &bands);
	for (uint32_t at = 0; at < rows * bands; at += rows)
		for (uint32_t b = 0; b < s->n; b++) {
			uint32_t meets[LEADS + 1] = { 0 }, n = 0;

			for (uint32_t a = 0; a < b; a++)
				if (memcmp(s->lane[a] + at, s->lane[b] + at, rows) == 0) {
					meets[n] = a;
					n += n < LEADS;
				}
			for (uint32_t k = 0; k <= n && b > 0; k++)
				if (k < n || (n == LEADS && meets[n] > meets[n - 1]))
					found[(size_t)b * s->n + meets[k]] =
						alike(s, meets[k], b, jaccard, least);
		}
}

/* Whether `match` finds on a small night what the slow way does, and that is something. */
static bool is_right(const match_bench *k, match_fn *match, double jaccard,
		     void (*slow)(const nb_sketches *s, double jaccard, uint8_t *found))
{
	nb_sketches s = first_of(&k->night, CHECKED);
	uint8_t *found = nb_block_zero(s.n, s.n);
	nb_pairs got = { 0 };
	size_t n = 0;
	bool right = found && match(&s, jaccard, &got, NULL) == NB_OK;

	if (right)
		slow(&s, jaccard, found);
	for (size_t i = 0; right && i < (size_t)s.n * s.n; i++)
		n += found[i];
	right = right && n == got.n && n > s.n / 10;
	for (size_t i = 0; right && i < n; i++)
		right = found[(size_t)got.pair[i].b * s.n + got.pair[i].a];
	nb_pairs_release(&got);
	free(found);
	return right;
}

/* ---- runs ---------------------------------------------------------------------------------- */

static void run(void *context)
{
	match_bench *k = context;

	nb_pairs_release(&k->pairs);
	k->pairs = (nb_pairs){ 0 };
	if (k->match(k->s, k->jaccard, &k->pairs, &k->stats) != NB_OK)
		k->failed = true;
}

/* On one core the fastest CPU time counts: neighbours disturb memory more than anything. */
static bench_stat run_alone(match_bench *k, unsigned runs)
{
	double time[RUNS];
	bench_stat s;

	omp_set_num_threads(1);
	run(k);
	for (unsigned i = 0; i < runs; i++) {
		double start = bench_cpu_seconds();

		run(k);
		time[i] = bench_cpu_seconds() - start;
	}
	s = bench_stat_of(time, runs);
	s.value = s.min;
	return s;
}

/* With all cores; they must find what one found. */
static bench_stat run_together(match_bench *k, unsigned runs, bool *same)
{
	nb_pairs one = k->pairs;
	nb_match_stats stats = k->stats;
	bench_stat s;

	k->pairs = (nb_pairs){ 0 };
	omp_set_num_threads((int)k->n_cores);
	s = bench_run_wall(runs, run, k);
	*same = one.n == k->pairs.n && stats.n_passed == k->stats.n_passed &&
		(one.n == 0 || memcmp(one.pair, k->pairs.pair, one.n * sizeof(*one.pair)) == 0);
	nb_pairs_release(&one);
	return s;
}

static bench_stat times(bench_stat s, double factor)
{
	s.value *= factor;
	s.median *= factor;
	s.min *= factor;
	s.max *= factor;
	return s;
}

static void name_all(const char *metric, char *name, size_t room)
{
	snprintf(name, room, "%s_all", metric);
}

/* ---- bands --------------------------------------------------------------------------------- */

/* The shape must be rows x bands, unless rows is 0. */
static void bench_bands(match_bench *k, const char *metric, double jaccard, uint32_t rows,
			uint32_t bands)
{
	double work, ceiling = BYTES_MOVED / k->bandwidth * 1e9;
	char how[160], extra[160], name[32];
	bench_metric m = { .metric = metric, .isa = k->isa, .unit = "ns", .ceiling = ceiling,
			   .how = how, .extra = extra };
	unsigned runs = rows && !k->b.quick ? RUNS : 3;
	bench_stat s;
	bool same;

	k->match = nb_match_bands;
	k->s = &k->night;
	k->jaccard = jaccard;
	s = run_alone(k, runs);
	if (k->failed || (rows && (k->stats.lanes != rows || k->stats.planes != bands))) {
		bench_wrong(&k->b, metric, k->isa, k->failed ? "no memory" : "another shape");
		return;
	}
	work = (double)k->stats.n_compared;
	snprintf(how, sizeof(how), "moving 24 bytes at %.1f GB/s", k->bandwidth * 1e-9);
	snprintf(extra, sizeof(extra),
		 "\"rows\":%u,\"bands\":%u,\"articles\":%u,\"listed\":%llu,\"pairs\":%zu",
		 k->stats.lanes, k->stats.planes, k->s->n, (unsigned long long)k->stats.n_passed,
		 k->pairs.n);
	bench_say(&k->b, "# %s: J %.3f, %u rows x %u bands, %.3f pairs listed and %.3f found an "
		  "article\n", metric, jaccard, k->stats.lanes, k->stats.planes,
		  (double)k->stats.n_passed / k->s->n, (double)k->pairs.n / k->s->n);
	bench_report(&k->b, &m, times(s, 1e9 / work));
	name_all(metric, name, sizeof(name));
	s = run_together(k, runs, &same);
	if (k->failed || !same) {
		bench_wrong(&k->b, name, k->isa, "not what one core finds");
		return;
	}
	snprintf(how, sizeof(how), "%u cores of them", k->n_cores);
	m.metric = name;
	m.ceiling = ceiling / k->n_cores;
	bench_report(&k->b, &m, times(s, 1e9 / work));
}

/* ---- scan ---------------------------------------------------------------------------------- */

static void run_filter(void *context)
{
	match_bench *k = context;

	bench_sink(k->filter(k->query, TILE / 8, k->block, TILE / 8, k->limit, k->hit));
}

/* Pairs/s of the filter that scan has chosen: the first articles of the night and the last. */
static double filter_rate(match_bench *k, uint32_t lanes, uint32_t planes, uint32_t least)
{
	const uint8_t(*lane)[NB_LANES] = (const uint8_t(*)[NB_LANES])k->night.lane;
	size_t words = TILE * nb_pair_words(lanes, planes);
	double rate = 0;

	k->block = nb_block_alloc(2 * words, sizeof(*k->block));
	k->hit = nb_block_alloc((size_t)TILE / 8 * TILE / 8, sizeof(*k->hit));
	k->filter = nb_pair_filter(nb_pair_kernel_get(), lanes, planes);
	k->limit = NB_LANES - least;
	if (k->block && k->hit && k->filter) {
		k->query = k->block + words;
		nb_pair_pack(lane, NULL, TILE, lanes, planes, k->block);
		nb_pair_pack(lane + k->night.n - TILE, NULL, TILE, lanes, planes, k->query);
		rate = (double)TILE * TILE / bench_run(&k->b, run_filter, k).value;
	}
	free(k->block);
	free(k->hit);
	return rate;
}

static void bench_scan(match_bench *k, const char *metric, double jaccard)
{
	char how[160], name[32];
	bench_metric m = { .metric = metric, .isa = k->isa, .unit = "pairs/s", .how = how };
	bench_stat s;
	bool same;

	k->match = nb_match_scan;
	k->s = &k->part;
	k->jaccard = jaccard;
	s = run_alone(k, 3);
	if (k->failed) {
		bench_wrong(&k->b, metric, k->isa, "no memory");
		return;
	}
	m.work = (double)k->stats.n_compared;
	m.ceiling = filter_rate(k, k->stats.lanes, k->stats.planes, nb_binomial_lanes(jaccard));
	snprintf(how, sizeof(how), "the filter, %u lanes x %u planes, in the cache", k->stats.lanes,
		 k->stats.planes);
	bench_say(&k->b, "# %s: J %.3f, %u articles, %.3g pairs compared, %.3g passed, %zu found\n",
		  metric, jaccard, k->s->n, (double)k->stats.n_compared, (double)k->stats.n_passed,
		  k->pairs.n);
	bench_report(&k->b, &m, s);
	name_all(metric, name, sizeof(name));
	s = run_together(k, 3, &same);
	if (k->failed || !same) {
		bench_wrong(&k->b, name, k->isa, "not what one core finds");
		return;
	}
	m.metric = name;
	m.ceiling *= k->n_cores;
	snprintf(how, sizeof(how), "%u cores of it", k->n_cores);
	bench_report(&k->b, &m, s);
}

/* ---- main ---------------------------------------------------------------------------------- */

/* The choice of an instruction set is made once, before anything else. */
static void force_isa(int argc, char **argv)
{
	for (int i = 1; i + 1 < argc; i++)
		if (strcmp(argv[i], "--isa") == 0)
			(void)setenv("NEWSBRAID_ISA", argv[i + 1], 1);
}

static bool read_options(const bench *b, uint32_t *n)
{
	for (int i = 1; i < b->argc; i += 2) {
		char *end = NULL;
		unsigned long value = i + 1 < b->argc ? strtoul(b->argv[i + 1], &end, 10) : 0;

		if (strcmp(b->argv[i], "--articles") != 0 || !end || *end || value < CHECKED ||
		    value > 100000000) {
			fprintf(stderr, "usage: bench_match [--json] [--quick] [--isa NAME] "
				"[--articles N]  (%u to 100000000)\n", CHECKED);
			return false;
		}
		*n = (uint32_t)value;
	}
	return true;
}

static void bench_all(match_bench *k)
{
	static const struct {
		const char *bands, *scan;
		double bands_at, scan_at;
		uint32_t rows, n_bands; /* 0: whatever the threshold gives */
	} what[] = { { "bands_16x8", "scan_80", EIGHT_ROWS, 0.8, 8, 16 },
		     { "bands_50", "scan_50", 0.5, 0.5, 0, 0 } };

	for (int i = 0; i < 2; i++)
		if (is_right(k, nb_match_bands, what[i].bands_at, slow_bands))
			bench_bands(k, what[i].bands, what[i].bands_at, what[i].rows,
				    what[i].n_bands);
		else
			bench_wrong(&k->b, what[i].bands, k->isa, "not what the slow way finds");
	for (int i = 0; i < 2; i++)
		if (is_right(k, nb_match_scan, what[i].scan_at, slow_scan))
			bench_scan(k, what[i].scan, what[i].scan_at);
		else
			bench_wrong(&k->b, what[i].scan, k->isa, "not what the slow way finds");
}

int main(int argc, char **argv)
{
	match_bench k = { .n_cores = (uint32_t)omp_get_num_procs() };
	uint32_t n;

	force_isa(argc, argv);
	bench_start(&k.b, "match", argc, argv);
	n = k.b.quick ? ARTICLES / 4 : ARTICLES;
	if (!read_options(&k.b, &n))
		return 2;
	k.isa = nb_isa_name(nb_isa_get());
	if (k.b.isa && strcmp(k.b.isa, k.isa) != 0) {
		fprintf(stderr, "%s cannot be used here\n", k.b.isa);
		return 2;
	}
	if (!make_night(&k.night, n)) {
		fprintf(stderr, "no memory\n");
		return 1;
	}
	k.part = first_of(&k.night, SCAN_ARTICLES);
	k.bandwidth = bench_read_bandwidth((size_t)512 << 20);
	bench_say(&k.b, "# %u articles, %.0f %% of them near copies; one core reads %.1f GB/s from "
		  "512 MiB; clock %.2f GHz\n", n, 100 * COPIES, k.bandwidth * 1e-9,
		  bench_clock() * 1e-9);
	bench_all(&k);
	nb_pairs_release(&k.pairs);
	nb_sketches_release(&k.night);
	return bench_end(&k.b);
}
