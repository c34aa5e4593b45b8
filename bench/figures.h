/* SPDX-License-Identifier: MIT
 *
 * figures.h - what bench_night says about a night.
 */
#ifndef BENCH_FIGURES_H
#define BENCH_FIGURES_H

#include <stdint.h>

#include "bench.h"
#include "child.h"
#include "truth.h"

/* One night's figures. */
struct figures {
	uint32_t n; /* articles */
	double zst_bytes, raw_bytes;
	double zstd_s, memory_s; /* ceilings: one core inflates, one core reads what came out */
	struct child copies; /* the run without events */
	struct child run;    /* the whole run: its tables are judged */
	struct tally tally;
	double recall, copy_recall, precision; /* of the tally, by figures_judge */
};

/** Make the rates of the tally. */
void figures_judge(struct figures *r);

/**
 * Print the figures and say which are wrong.
 * @param before  of the night before this one, which was smaller, or NULL
 */
void figures_report(bench *b, const struct figures *r, const struct figures *before);

/** The table at the end: r[0..n), and the goals. */
void figures_summary(const bench *b, const struct figures *r, unsigned n);

#endif
