/* SPDX-License-Identifier: MIT
 *
 * bench.h - what every benchmark program shares: clocks, repeated runs, limits of the machine,
 * and one way to report.
 *
 *     bench b;
 *     bench_start(&b, "kernel", argc, argv);           options, header
 *     bench_stat s = bench_run(&b, run, &context);      warm up, repeat, seconds per call
 *     bench_report(&b, &(bench_metric){ .metric = "scan_filter", .isa = "avx2", .unit = "pairs/s",
 *                      .work = 1e6, .ceiling = 4e9, .how = "3 ports" }, s);
 *     return bench_end(&b);
 *
 * Single-thread figures use the CPU time of the thread: on a shared machine wall time is luck.
 * A program must check its result before it reports one: bench_wrong says so and makes bench_end
 * fail.
 */
#ifndef NB_BENCH_H
#define NB_BENCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define BENCH_RUNS_MAX 101

typedef struct bench {
	const char *name;
	bool json;       /* --json: one object a line and nothing else on stdout */
	bool quick;      /* --quick: fewer, shorter runs */
	const char *isa; /* --isa NAME or NULL */
	int argc;        /* what the options above left, argv[0] first */
	char **argv;
	unsigned n_reported, n_wrong;
} bench;

/* Seconds per call. */
typedef struct bench_stat {
	double value; /* the one that counts: the fastest CPU time, the median wall time */
	double median, min, max;
	unsigned n; /* runs */
} bench_stat;

typedef struct bench_metric {
	const char *metric; /* "scan_filter" */
	const char *isa;    /* or NULL */
	const char *unit;   /* of the value: work per second, or seconds if work is 0 */
	double work;        /* units of work in one call; 0: report the time itself */
	double ceiling;     /* in the same unit; 0: none known */
	const char *how;    /* how the ceiling was found, or NULL */
	const char *extra;  /* more JSON members, "\"n\":5", or NULL */
} bench_metric;

/** Read the common options, print the header.  Exits with 2 on --help or a bad option. */
void bench_start(bench *b, const char *name, int argc, char **argv);

/** 0, or 1 after a wrong result or if nothing was reported: what main returns. */
int bench_end(const bench *b);

/** CPU seconds of this thread; wall seconds (for parallel work). */
double bench_cpu_seconds(void);
double bench_wall_seconds(void);

/** Stay on the CPU this thread runs on.  Not for programs that open parallel regions. */
void bench_pin(void);

/** Call fn once to warm up, then time it again and again (short calls: many at a time). */
bench_stat bench_run(const bench *b, void (*fn)(void *context), void *context);

/** The same, `runs` times one call, wall clock: for long or parallel work. */
bench_stat bench_run_wall(unsigned runs, void (*fn)(void *context), void *context);

/** Statistics of seconds measured elsewhere; sorts them. */
bench_stat bench_stat_of(double *seconds, unsigned n);

/** Print a figure: its value, median and range. */
void bench_report(bench *b, const bench_metric *m, bench_stat s);

/** Print a single number that is not a time: recall, bytes, error. */
void bench_value(bench *b, const char *metric, const char *isa, const char *unit, double value);

/** Say that a result was wrong; no figure may be printed for it. */
void bench_wrong(bench *b, const char *metric, const char *isa, const char *what);

/** Text for people: stdout, but nothing with --json. */
void bench_say(const bench *b, const char *format, ...) __attribute__((format(printf, 2, 3)));

/** Core clock in Hz, by a chain of dependent multiplications, 3 cycles each; 0 if not x86-64. */
double bench_clock(void);

/** Read bandwidth in bytes/s of one core over a buffer of this many bytes; 0 without memory. */
double bench_read_bandwidth(size_t bytes);

/** Sizes of the caches of this core in bytes, level 1 to 3 (data); 0 if not known. */
size_t bench_cache(int level);

/** Seeded random numbers (splitmix64): the same on every machine. */
uint64_t bench_random(uint64_t *state);

/** Make the compiler believe that x is used. */
static inline void bench_sink(uint64_t x)
{
	__asm__ volatile("" : : "r"(x) : "memory");
}

#endif
