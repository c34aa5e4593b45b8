/* SPDX-License-Identifier: MIT
 *
 * gen_plan.h - the inside of a gen_night, which gen_plan.c makes and generate.c reads; all others know
 * only generate.h.
 */
#ifndef BENCH_GEN_PLAN_H
#define BENCH_GEN_PLAN_H

#include "generate.h"
#include "gen_vocabulary.h"

#define MIDNIGHT INT64_C(1789344000) /* 2026-09-14T00:00:00Z */
#define DAY      86400u

struct gen_night {
	uint64_t seed;
	uint32_t n, n_units;
	uint32_t stride, inverse; /* slot = i * stride mod n: spreads a unit over the night */
	uint32_t *unit;  /* [0..n): unit of a slot */
	uint32_t *first; /* [0..n_units]: first slot of a unit */
	struct words words;
};

#endif
