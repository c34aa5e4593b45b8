/* SPDX-License-Identifier: MIT
 *
 * gen_plan.c - which article belongs to which unit, and what is known about it (see generate.h).
 *
 * The plan is made at once, eight bytes an article: units lie one after the other in slots, and
 * a stride spreads the slots over the night.
 */
#include "gen_plan.h"

#include <stdlib.h>

#include "chance.h"

/* ---- units ----------------------------------------------------------------------------------- */

/* Sizes 2 to 50, weight 1 / size^2. */
static uint32_t copies_size(struct rng *r)
{
	uint32_t x = below(r, 625133);

	for (uint32_t k = 2; k < 50; k++) {
		uint32_t weight = 1000000 / (k * k);

		if (x < weight)
			return k;
		x -= weight;
	}
	return 50;
}

/* By article: 45 % single, 38 % in copies, 7 % in series, 10 % in topics. */
static gen_unit plan_unit(const gen_night *g, uint32_t unit)
{
	struct rng r = { hash3(g->seed, FOR_UNIT, unit, 0) };
	uint32_t x = below(&r, ALWAYS);

	if (unit < 3 && g->n >= 50000) { /* the giants */
		uint32_t size = g->n / (1000u << unit);

		return (gen_unit){ .kind = GEN_COPIES, .size = size < 5000 ? size : 5000 };
	}
	if (x < 54400)
		return (gen_unit){ .kind = GEN_SINGLE, .size = 1 };
	if (x < 62622)
		return (gen_unit){ .kind = GEN_COPIES, .size = copies_size(&r) };
	if (x < 63517)
		return (gen_unit){ .kind = GEN_SERIES, .size = between(&r, 3, 16) };
	return (gen_unit){ .kind = GEN_TOPIC, .size = between(&r, 2, 10) };
}

static int make_plan(gen_night *g)
{
	uint32_t slot = 0;

	g->unit = malloc(g->n * sizeof(*g->unit));
	g->first = malloc(((size_t)g->n + 1) * sizeof(*g->first));
	if (!g->unit || !g->first)
		return -1;
	while (slot < g->n) {
		uint32_t size = plan_unit(g, g->n_units).size;

		g->first[g->n_units] = slot;
		for (uint32_t k = 0; k < size && slot < g->n; k++)
			g->unit[slot++] = g->n_units;
		g->n_units++;
	}
	g->first[g->n_units] = slot;
	return 0;
}

static uint32_t gcd(uint32_t a, uint32_t b)
{
	while (b) {
		uint32_t t = a % b;

		a = b;
		b = t;
	}
	return a;
}

/* x with a * x = 1 modulo n, by Euclid; a and n have no common divisor. */
static uint32_t inverse(uint32_t a, uint32_t n)
{
	int64_t r0 = n, r1 = a % n, t0 = 0, t1 = 1;

	while (r1 > 1) {
		int64_t q = r0 / r1, r2 = r0 - q * r1, t2 = t0 - q * t1;

		r0 = r1;
		r1 = r2;
		t0 = t1;
		t1 = t2;
	}
	return (uint32_t)(t1 < 0 ? t1 + n : t1);
}

gen_night *gen_night_new(uint64_t seed, uint32_t n)
{
	gen_night *g;

	if (n == 0 || n > 1000000000)
		return NULL;
	g = calloc(1, sizeof(*g));
	if (!g)
		return NULL;
	g->seed = seed;
	g->n = n;
	g->stride = (uint32_t)((uint64_t)n * 618034 / 1000000) + 1; /* golden section */
	while (gcd(g->stride, n) != 1)
		g->stride++;
	g->inverse = n == 1 ? 0 : inverse(g->stride, n);
	if (words_init(&g->words, seed) == 0 && make_plan(g) == 0)
		return g;
	gen_night_free(g);
	return NULL;
}

void gen_night_free(gen_night *g)
{
	if (!g)
		return;
	words_release(&g->words);
	free(g->unit);
	free(g->first);
	free(g);
}

uint32_t gen_n_articles(const gen_night *g)
{
	return g->n;
}

uint32_t gen_n_units(const gen_night *g)
{
	return g->n_units;
}

gen_unit gen_unit_get(const gen_night *g, uint32_t unit)
{
	gen_unit u = plan_unit(g, unit);

	u.first = g->first[unit];
	u.size = g->first[unit + 1] - u.first; /* the last one may have been cut short */
	return u;
}

uint32_t gen_unit_article(const gen_night *g, uint32_t unit, uint32_t member)
{
	return (uint32_t)((uint64_t)(g->first[unit] + member) * g->inverse % g->n);
}

/* ---- truth ----------------------------------------------------------------------------------- */

const char *gen_kind_name(gen_kind kind)
{
	static const char *const name[GEN_KINDS] = {
		"original", "reprint", "headline", "cut", "edit", "paragraphs", "embedded",
		"furniture", "style", "mixed",
	};

	return name[kind];
}

static gen_kind draw_kind(struct rng *r)
{
	static const uint8_t share[GEN_KINDS] = { 0, 26, 10, 14, 16, 8, 6, 8, 6, 6 };
	uint32_t x = below(r, 100);

	for (unsigned k = 1; k < GEN_KINDS; k++) {
		if (x < share[k])
			return k;
		x -= share[k];
	}
	return GEN_REPRINT;
}

/* Copies follow their report within the day, soon rather than late; one in 20 has a clock that
 * is wrong and seems to come first. */
static uint32_t draw_time(uint32_t first_report, struct rng *r)
{
	uint64_t x = next(r) >> 48;

	if (chance(r, ALWAYS / 20))
		return first_report - (uint32_t)(x * 600 >> 16);
	return first_report + (uint32_t)((x * x * x >> 32) * (DAY - 1 - first_report) >> 16);
}

static unsigned draw_language(uint64_t bits)
{
	unsigned x = (unsigned)(bits % 100), l = 0;

	while (l + 1 < N_LANGUAGES && x >= languages[l].share)
		x -= languages[l++].share;
	return l;
}

void gen_truth_get(const gen_night *g, uint32_t i, gen_truth *t)
{
	uint32_t slot = (uint32_t)((uint64_t)i * g->stride % g->n);
	gen_unit u = gen_unit_get(g, g->unit[slot]);
	struct rng r = { hash3(g->seed, FOR_MEMBER, g->unit[slot], slot - u.first) };
	uint64_t unit_bits = hash3(g->seed, FOR_UNIT, g->unit[slot], 1);
	uint32_t first_report = 600 + (uint32_t)((unit_bits >> 32) * (DAY - 1200) >> 32);

	*t = (gen_truth){ .unit = g->unit[slot], .member = slot - u.first };
	t->language = draw_language(unit_bits & 0xffffffff);
	t->instance = t->member;
	if (u.kind == GEN_COPIES) {
		t->instance = 0;
		t->kind = t->member == 0 ? GEN_ORIGINAL : draw_kind(&r);
	} else if (u.kind == GEN_SERIES && t->member % 4 == 3) {
		t->instance = t->member - 1;
		t->kind = GEN_REPRINT;
	}
	t->published_at = MIDNIGHT + first_report;
	if (u.kind == GEN_SERIES && t->kind == GEN_ORIGINAL)
		t->published_at = MIDNIGHT + below(&r, DAY);
	else if (t->member > 0)
		t->published_at = MIDNIGHT + draw_time(first_report, &r);
}

uint32_t gen_id_number(nb_str id)
{
	uint32_t x = 0;

	if (id.len != 10 || id.ptr[0] != 'n')
		return UINT32_MAX;
	for (size_t k = 1; k < id.len; k++) {
		if (id.ptr[k] < '0' || id.ptr[k] > '9')
			return UINT32_MAX;
		x = x * 10 + (uint32_t)(id.ptr[k] - '0');
	}
	return x;
}
