/* SPDX-License-Identifier: MIT
 *
 * chance.h - seeded chance of the generator.
 *
 * Integers only: floating point would make the bytes depend on the machine.  What is drawn is
 * part of what GEN_VERSION names: another number here is another night.
 */
#ifndef BENCH_CHANCE_H
#define BENCH_CHANCE_H

#include <stdbool.h>
#include <stdint.h>

#define ALWAYS 65536u /* probabilities are 16-bit */

/* What a seed is for: the same numbers never serve two purposes. */
enum purpose { FOR_WORD = 1, FOR_UNIT, FOR_TEXT, FOR_FACTS, FOR_MEMBER, FOR_SOURCE, FOR_PHRASE,
	       FOR_BACKGROUND, FOR_TITLE, FOR_NEW };

struct rng {
	uint64_t state;
};

/* Finalizer of splitmix64 (Steele, Lea, Flood 2014). */
static inline uint64_t mix(uint64_t x)
{
	x = (x ^ (x >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	x = (x ^ (x >> 27)) * UINT64_C(0x94d049bb133111eb);
	return x ^ (x >> 31);
}

/* 64 random bits. */
static inline uint64_t next(struct rng *r)
{
	r->state += UINT64_C(0x9e3779b97f4a7c15);
	return mix(r->state);
}

/* The seed of one thing: where its numbers begin. */
static inline uint64_t hash3(uint64_t seed, enum purpose purpose, uint64_t a, uint64_t b)
{
	uint64_t h = mix(seed ^ (uint64_t)purpose * UINT64_C(0xd6e8feb86659fd93));

	h = mix(h ^ a * UINT64_C(0xa0761d6478bd642f));
	return mix(h ^ b * UINT64_C(0xe7037ed1a0b428db));
}

/* In [0, n). */
static inline uint32_t below(struct rng *r, uint32_t n)
{
	return (uint32_t)(((next(r) >> 32) * n) >> 32);
}

/* In [least, most]. */
static inline uint32_t between(struct rng *r, uint32_t least, uint32_t most)
{
	return least + below(r, most - least + 1);
}

/* Whether something of this probability (in 65536) happens. */
static inline bool chance(struct rng *r, uint32_t p)
{
	return (next(r) >> 48) < p;
}

#endif
