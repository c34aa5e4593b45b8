/* SPDX-License-Identifier: MIT
 *
 * scan.c - every pair of sketches whose sizes allow the threshold.
 *
 * Articles stand in order of (size class, number).  A tile of 512 of them stays in the first-level
 * cache as bit planes while all later articles that the sizes allow pass over it.  The filter
 * over-estimates agreement, so what it drops cannot reach the threshold; what it passes gets the
 * full count of 128 lanes: listed pairs one by one, or, where nearly everything passes (a mass of
 * like articles), query against tile, bit-sliced.
 *
 * Size classes (1/64 to 1/32 of a size), not sizes: inside a class articles meet in order of their
 * numbers, so that the earliest partners come first.  Tiles go in waves.  Before each wave it is
 * written down from where on partners would be too late for each article; such pairs are passed
 * over uncounted.  So a mass of like articles costs little more than the filter, and what is
 * counted does not depend on which thread is faster.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/radix.h"
#include "kernel/pair_kernel.h"
#include "copies/binomial.h"
#include "copies/candidate_lists.h"
#include "copies/size_bound.h"
#include "newsbraid/match.h"

#define TILE       512u                 /* articles in a tile: at most 32 KiB of planes */
#define TILE_BLOCK (TILE / NB_PAIR_BLOCK)
#define STRIP      64u                  /* query blocks a filter call */
#define LISTED     1024u                /* pairs a count_pairs call */
#define SPAN       (16 * STRIP * NB_PAIR_BLOCK) /* articles that pass over a tile in one task */
#define WAVE_TILES 8u                   /* least tiles in a wave */
#define WAVES_MOST 64u
#define DENSE      (TILE * NB_PAIR_BLOCK / 16) /* pairs of a query block that pass: count all */

/* Cycles a pair of the filter's shapes, with AVX-512; their ratios are much the same elsewhere, and
 * one table makes the choice, and so all counts, the same on every machine.  A pair that passes
 * makes its strip be looked at twice, and then is counted. */
static const double cost_of_shape[2][4] = { { 0.27, 0.27, 0.34, 0.45 }, { 0.43, 0.58, 0.84, 1.1 } };
#define COST_PASS    300.0
#define BACKGROUND_J 0.03 /* what unrelated articles share: turns of phrase, furniture */

struct scan {
	const nb_sketches *s;
	const nb_pair_kernel *kernel;
	nb_filter_fn *filter;
	double jaccard;
	uint32_t lanes, planes, words; /* shape of the filter */
	uint32_t least;                /* equal lanes that make a candidate */
	uint32_t n;                    /* live articles */
	uint64_t *order;               /* [0..n): size class << 32 | article */
	uint32_t *article;             /* [0..n): the lower half of order */
	uint32_t *limit;               /* [0..n): partners too late, as of the last wave */
	uint64_t *block;               /* planes of all, in order */
	nb_candidate_lists partners;
};

/* A tile where nearly everything passes the filter. */
struct dense {
	bool made;
	uint64_t *block; /* all planes of its articles */
	uint32_t article[TILE];
	uint32_t least, greatest; /* of article */
	uint8_t equal[TILE];
	uint16_t picked[TILE];
};

/* What one thread needs. */
struct look {
	nb_filter_hit hit[STRIP * TILE_BLOCK];
	uint32_t pair[2 * LISTED]; /* article numbers */
	uint32_t n_pair;
	uint8_t equal[LISTED];
	struct dense dense;
	uint64_t n_compared, n_passed, n_candidates;
	nb_status status;
};

/* Rises with the size; five bits below the leading one. */
static uint32_t size_class(uint32_t n_shingles)
{
	uint32_t exponent = 31 - (uint32_t)__builtin_clz(n_shingles);
	uint32_t five = exponent >= 5 ? n_shingles >> (exponent - 5) : n_shingles << (5 - exponent);

	return exponent * 32 + five - 32;
}

uint64_t nb_scan_cost(const nb_sketches *s, double jaccard)
{
	uint64_t *size = nb_block_alloc(s->n, 2 * sizeof(*size)), sum = 0;
	size_t n = 0, end = 0;

	if (!size)
		return (uint64_t)s->n * (s->n ? s->n - 1 : 0) / 2;
	for (uint32_t i = 0; i < s->n; i++)
		if (s->n_shingles[i])
			size[n++] = s->n_shingles[i];
	nb_radix_sort(size, n, size + s->n);
	for (size_t i = 0; i < n; i++) {
		while (end < n &&
		       nb_sizes_allow((uint32_t)size[i], (uint32_t)size[end], jaccard))
			end++;
		sum += end - i - 1;
	}
	free(size);
	return sum;
}

/* The cheapest filter for the threshold among unrelated articles. */
static void choose_filter(struct scan *c)
{
	double best = INFINITY;

	for (uint32_t lanes = 64; lanes <= 128; lanes += 64)
		for (uint32_t planes = 1; planes <= 4; planes++) {
			double alike = BACKGROUND_J + (1 - BACKGROUND_J) * ldexp(1, -(int)planes);
			uint32_t limit = NB_LANES - c->least;
			uint32_t least = lanes > limit ? lanes - limit : 0;
			double cost = cost_of_shape[lanes / 64 - 1][planes - 1] +
				      COST_PASS * nb_binomial_at_least(lanes, alike, least);

			if (cost < best) {
				best = cost;
				c->lanes = lanes;
				c->planes = planes;
			}
		}
	c->words = (uint32_t)nb_pair_words(c->lanes, c->planes);
	c->filter = nb_pair_filter(c->kernel, c->lanes, c->planes);
}

static nb_status put_in_order(struct scan *c)
{
	uint64_t *scratch = nb_block_alloc(c->s->n, sizeof(*scratch));

	c->order = nb_block_alloc(c->s->n, sizeof(*c->order));
	c->article = nb_block_alloc(c->s->n, sizeof(*c->article));
	c->limit = nb_block_alloc(c->s->n, sizeof(*c->limit));
	if (!scratch || !c->order || !c->article || !c->limit) {
		free(scratch);
		return NB_ENOMEM;
	}
	for (uint32_t i = 0; i < c->s->n; i++)
		if (c->s->n_shingles[i])
			c->order[c->n++] = (uint64_t)size_class(c->s->n_shingles[i]) << 32 | i;
	nb_radix_sort(c->order, c->n, scratch);
	for (uint32_t i = 0; i < c->n; i++)
		c->article[i] = (uint32_t)c->order[i];
	free(scratch);
	return NB_OK;
}

static nb_status pack(struct scan *c)
{
	c->block = nb_block_alloc(nb_pair_blocks(c->n) * NB_PAIR_BLOCK,
				  c->words * sizeof(*c->block));
	if (!c->block)
		return NB_ENOMEM;
#pragma omp parallel for schedule(static)
	for (uint32_t at = 0; at < c->n; at += TILE)
		nb_pair_pack((const uint8_t (*)[NB_LANES])c->s->lane, c->article + at,
			     c->n - at < TILE ? c->n - at : TILE, c->lanes, c->planes,
			     c->block + (size_t)at * c->words);
	return NB_OK;
}

/* How many articles, from the front, may pair with some article of [begin, end). */
static uint32_t queries_end(const struct scan *c, uint32_t begin, uint32_t end)
{
	uint32_t most = 0, low = end, high = c->n;
	uint64_t key;

	for (uint32_t i = begin; i < end; i++)
		if (c->s->n_shingles[c->article[i]] > most)
			most = c->s->n_shingles[c->article[i]];
	key = ((uint64_t)size_class(nb_sizes_reach(most, c->jaccard)) + 1) << 32;
	while (low < high) {
		uint32_t middle = low + (high - low) / 2;

		if (c->order[middle] < key)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static void add_candidate(struct scan *c, struct look *l, uint32_t x, uint32_t y)
{
	uint32_t a = x < y ? x : y, b = x < y ? y : x;

	if (!nb_sizes_allow(c->s->n_shingles[a], c->s->n_shingles[b], c->jaccard))
		return;
	l->n_candidates++;
	if (a < nb_candidate_lists_limit(&c->partners, b) &&
	    nb_candidate_lists_add(&c->partners, a, b, 1) != NB_OK)
		l->status = NB_ENOMEM;
}

static void count_listed(struct scan *c, struct look *l)
{
	c->kernel->count_pairs((const uint8_t (*)[NB_LANES])c->s->lane, l->pair, l->n_pair,
			       l->equal);
	for (uint32_t i = 0; i < l->n_pair; i++)
		if (l->equal[i] >= c->least)
			add_candidate(c, l, l->pair[2 * i], l->pair[2 * i + 1]);
	l->n_pair = 0;
}

/* Whether the pair of these places was too late before this wave. */
static bool too_late(const struct scan *c, uint32_t x, uint32_t y)
{
	uint32_t a = c->article[x], b = c->article[y];

	return a < b ? a >= c->limit[y] : b >= c->limit[x];
}

/* List the pairs of one hit; query and tile are places in order. */
static void list_hit(struct scan *c, struct look *l, uint32_t query, uint32_t tile, uint64_t mask)
{
	for (; mask; mask &= mask - 1) {
		uint32_t bit = (uint32_t)__builtin_ctzll(mask);
		uint32_t x = query + bit / 8, y = tile + bit % 8;

		if (too_late(c, x, y))
			continue;
		l->pair[2 * l->n_pair] = c->article[x];
		l->pair[2 * l->n_pair + 1] = c->article[y];
		if (++l->n_pair == LISTED)
			count_listed(c, l);
	}
}

static void make_dense(const struct scan *c, struct dense *d, uint32_t begin, uint32_t n)
{
	nb_pair_pack((const uint8_t (*)[NB_LANES])c->s->lane, c->article + begin, n, NB_PAIR_LANES,
		     NB_PAIR_PLANES, d->block);
	d->least = UINT32_MAX;
	d->greatest = 0;
	for (uint32_t j = 0; j < n; j++) {
		uint32_t a = d->article[j] = c->article[begin + j];

		d->least = a < d->least ? a : d->least;
		d->greatest = a > d->greatest ? a : d->greatest;
	}
	d->made = true;
}

/* Those of the first n articles of the tile that are not too late for the query; their number. */
static uint32_t pick(const struct scan *c, struct dense *d, uint32_t query, uint32_t begin,
		     uint32_t n)
{
	uint32_t q = c->article[query], limit = c->limit[query], n_picked = 0;

	if (q > d->greatest && d->least >= limit)
		return 0;
	for (uint32_t j = 0; j < n; j++) {
		uint32_t a = d->article[j];

		d->picked[n_picked] = (uint16_t)j;
		n_picked += a < q ? a < limit : q < c->limit[begin + j];
	}
	return n_picked;
}

/* Count 8 queries against all earlier articles of the tile. */
static void count_dense(struct scan *c, struct look *l, uint32_t query, uint32_t begin,
			uint32_t end)
{
	uint64_t word[NB_PAIR_PLANES * NB_PAIR_LANES / 64];
	struct dense *d = &l->dense;

	if (!d->made)
		make_dense(c, d, begin, end - begin);
	for (uint32_t at = query; at < query + NB_PAIR_BLOCK && at < c->n; at++) {
		uint32_t n = at < end ? at - begin : end - begin;
		uint32_t n_picked = pick(c, d, at, begin, n);

		if (n_picked == 0)
			continue;
		nb_pair_slice(c->s->lane[c->article[at]], NB_PAIR_LANES, NB_PAIR_PLANES, word);
		c->kernel->count_blocks(word, d->block, nb_pair_blocks(n), d->equal);
		for (uint32_t k = 0; k < n_picked; k++)
			if (d->equal[d->picked[k]] >= c->least)
				add_candidate(c, l, c->article[at], d->article[d->picked[k]]);
	}
}

/* Leave of a hit each pair once, and none with padding. */
static uint64_t once(const struct scan *c, uint32_t query, uint32_t tile, uint64_t mask)
{
	if (query < tile)
		return 0;
	if (query + NB_PAIR_BLOCK > c->n)
		mask &= nb_filter_tail(c->n - query, query == tile ? c->n - query : NB_PAIR_BLOCK);
	return query == tile ? mask & NB_FILTER_UPPER : mask;
}

/* The hits of one query block, which is at place `query`. */
static void second_look(struct scan *c, struct look *l, uint32_t query, uint32_t begin,
			uint32_t end, nb_filter_hit *hit, size_t n_hit)
{
	uint64_t n_passed = 0;

	for (size_t h = 0; h < n_hit; h++) {
		hit[h].mask = once(c, query, begin + hit[h].block * NB_PAIR_BLOCK, hit[h].mask);
		n_passed += (uint64_t)__builtin_popcountll(hit[h].mask);
	}
	l->n_passed += n_passed;
	if (n_passed >= DENSE) {
		count_dense(c, l, query, begin, end);
		return;
	}
	for (size_t h = 0; h < n_hit; h++)
		list_hit(c, l, query, begin + hit[h].block * NB_PAIR_BLOCK, hit[h].mask);
}

/* The tile that begins at `begin` against the articles from place `at` on, one span of them. */
static void scan_span(struct scan *c, struct look *l, uint32_t begin, uint32_t at)
{
	uint32_t end = c->n - begin < TILE ? c->n : begin + TILE, last = queries_end(c, begin, end);
	size_t n_block = nb_pair_blocks(end - begin), n_hit;

	l->dense.made = false;
	if (last > at && last - at > SPAN)
		last = at + SPAN;
	for (uint32_t n_query; at < last; at += n_query) {
		n_query = last - at < STRIP * NB_PAIR_BLOCK ? last - at : STRIP * NB_PAIR_BLOCK;
		n_hit = c->filter(c->block + (size_t)at * c->words, nb_pair_blocks(n_query),
				  c->block + (size_t)begin * c->words, n_block,
				  NB_LANES - c->least, l->hit);
		l->n_compared += (uint64_t)n_query * (end - begin);
		for (size_t h = 0, next; h < n_hit; h = next) {
			for (next = h + 1; next < n_hit && l->hit[next].query == l->hit[h].query;)
				next++;
			second_look(c, l, at + l->hit[h].query * NB_PAIR_BLOCK, begin, end,
				    l->hit + h, next - h);
		}
	}
	count_listed(c, l);
}

/* All waves.  Every thread of the team calls this. */
static void scan_waves(struct scan *c, struct look *l)
{
	uint32_t n_tiles = c->n / TILE + (c->n % TILE != 0);
	uint32_t wave = n_tiles / WAVES_MOST > WAVE_TILES ? n_tiles / WAVES_MOST : WAVE_TILES;

	for (uint32_t first = 0; first < n_tiles; first += wave) {
		uint32_t n = n_tiles - first < wave ? n_tiles - first : wave;
		uint32_t n_spans = (c->n - first * TILE) / SPAN + 1;

#pragma omp for schedule(static)
		for (uint32_t i = first * TILE; i < c->n; i++)
			c->limit[i] = nb_candidate_lists_limit(&c->partners, c->article[i]);
#pragma omp for schedule(dynamic) collapse(2)
		for (uint32_t t = first; t < first + n; t++)
			for (uint32_t span = 0; span < n_spans; span++)
				if (l && l->status == NB_OK)
					scan_span(c, l, t * TILE, t * TILE + span * SPAN);
	}
}

static nb_status scan_tiles(struct scan *c, nb_match_stats *stats)
{
	uint64_t n_compared = 0, n_passed = 0, n_candidates = 0;
	uint32_t n_failed = 0;

#pragma omp parallel reduction(+ : n_compared, n_passed, n_candidates, n_failed)
	{
		struct look *l = nb_block_zero(1, sizeof(*l));

		if (l)
			l->dense.block = nb_block_alloc(TILE, NB_LANES);
		if (l && !l->dense.block)
			l->status = NB_ENOMEM;
		n_failed += !l;
		scan_waves(c, l);
		if (l) {
			n_compared += l->n_compared;
			n_passed += l->n_passed;
			n_candidates += l->n_candidates;
			n_failed += l->status != NB_OK;
			free(l->dense.block);
		}
		free(l);
	}
	stats->n_compared = n_compared;
	stats->n_passed = n_passed;
	stats->n_dropped = n_candidates;
	return n_failed ? NB_ENOMEM : NB_OK;
}

static nb_status run(struct scan *c, nb_pairs *out, nb_match_stats *stats)
{
	nb_status status = put_in_order(c);

	if (status == NB_OK && c->n > 0) {
		choose_filter(c);
		status = pack(c);
	}
	NB_TRY(status, nb_candidate_lists_init(&c->partners, c->s->n, NB_PAIRS_PER_ARTICLE));
	NB_TRY(status, scan_tiles(c, stats));
	NB_TRY(status, nb_candidate_lists_take(&c->partners, out));
	return status;
}

nb_status nb_match_scan(const nb_sketches *s, double jaccard, nb_pairs *out, nb_match_stats *stats)
{
	struct scan c = { .s = s, .kernel = nb_pair_kernel_get(), .jaccard = jaccard };
	nb_match_stats mine = { 0 };
	nb_status status;

	if (!(jaccard > 0 && jaccard <= 1))
		return NB_EINVAL;
	c.least = nb_binomial_lanes(jaccard);
	status = run(&c, out, &mine);
	nb_candidate_lists_release(&c.partners);
	free(c.order);
	free(c.article);
	free(c.limit);
	free(c.block);
	if (status != NB_OK)
		return status;
	mine.n_possible = nb_scan_cost(s, jaccard);
	mine.n_pairs = out->n;
	mine.n_dropped -= out->n;
	mine.lanes = c.lanes;
	mine.planes = c.planes;
	mine.expected_recall = nb_binomial_at_least(NB_LANES, nb_binomial_lane(jaccard), c.least);
	if (stats)
		*stats = mine;
	return NB_OK;
}
