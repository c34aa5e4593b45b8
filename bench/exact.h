/* SPDX-License-Identifier: MIT
 *
 * exact.h - articles as exact sets of shingles, and the program's own test on them.
 */
#ifndef BENCH_EXACT_H
#define BENCH_EXACT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "generate.h"
#include "newsbraid/sketch.h"
#include "newsbraid/verify.h"
#include "reports.h"

/* An article as its exact set of shingles. */
struct exact {
	uint64_t *shingle; /* [0..n), ascending */
	uint32_t n;
	uint64_t tokens; /* hash of the token sequence */
	int64_t published_at;
	uint32_t number, instance;
	uint32_t first; /* number of the earliest of the unit with the same tokens */
	gen_kind kind;
};

/* What one thread needs. */
struct judge {
	gen_writer *writer;
	const struct reports *reports; /* or NULL: texts as they were made */
	nb_sketcher sketcher;
	nb_sketch_params sketch;
	nb_copy_params copy;
	uint64_t *scratch;
	size_t capacity;
};

struct likeness {
	double jaccard, containment;
	bool copy; /* passes the program's test */
};

/** With the thresholds the program has; -1: no memory.  judge_release in any case.
 *  @param reports  what the program took for the reports, or NULL */
int judge_init(struct judge *j, const gen_night *night, const struct reports *reports);
void judge_release(struct judge *j);

/**
 * The shingles of article i: of its report if they are known, else of its text, made again.
 * @param out  zero before; the caller frees out->shingle, in any case; `first` is not set
 * @return 0, or -1: no memory
 */
int exact_make(struct judge *j, const gen_night *night, uint32_t i, struct exact *out);

/** O(a->n + b->n). */
struct likeness exact_compare(const struct exact *a, const struct exact *b,
			      const nb_copy_params *p);

#endif
