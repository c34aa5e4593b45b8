/* SPDX-License-Identifier: MIT
 *
 * bands.c - pairs that share a band: locality-sensitive hashing.
 *
 * The key of a band is its raw bytes.  Records (band_records.h) come in partitions that fit the
 * second-level cache: two bitmaps drop the keys that occur once, a small table groups the others.
 *
 * Records of a partition stand in order of article numbers, so the first members of a bucket are
 * its earliest.  A member meets the LEADS first ones and the one before it: m articles make about
 * (LEADS + 1) m pairs, not m * m / 2.  Every pair is then counted over all lanes as scan does, so
 * that bands finds a part of what scan finds and nothing else.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/radix.h"
#include "kernel/pair_kernel.h"
#include "match/band_records.h"
#include "match/chance.h"
#include "match/partners.h"
#include "match/sizes.h"
#include "newsbraid/match.h"

#define RECALL_AIM 0.995
#define LEADS      4u    /* first members of a bucket that all others meet */
#define LISTED     ((size_t)1 << 18) /* pairs gathered before they are counted */
#define BATCH      1024u /* pairs a count_pairs call */
#define AHEAD      128u  /* records between a prefetch and its use */

struct bands {
	const nb_sketches *s;
	const nb_pair_kernel *kernel;
	double jaccard;
	uint32_t rows, n_bands, least;
	nb_band_records records;
	nb_partners partners;
};

struct bucket {
	uint32_t key, n;
	uint32_t lead[LEADS], latest;
};

struct seen {
	uint64_t once, twice;
};

/* What one thread needs to group partitions. */
struct group {
	struct seen *seen;
	uint64_t *record; /* those whose key occurs twice, perhaps */
	struct bucket *bucket;
	uint32_t *slot; /* bucket + 1, or 0 */
	size_t seen_room, record_room, bucket_room, slot_room;
	uint64_t *listed; /* [0..LISTED): b << 32 | a; then as much to sort them */
	size_t n_listed;
	uint32_t pair[2 * BATCH], times[BATCH];
	uint8_t equal[BATCH];
	uint64_t n_passed;
	nb_status status;
};

static double recall_of(double jaccard, uint32_t rows, uint32_t bands)
{
	return 1 - pow(1 - pow(nb_chance_lane(jaccard), rows), bands);
}

double nb_bands_choose(double jaccard, double recall, uint32_t *rows, uint32_t *bands)
{
	/* most rows first: they let the fewest unlike pairs through */
	for (uint32_t r = NB_BAND_ROWS; r > 0; r--)
		for (uint32_t b = 1; b <= NB_LANES / r; b++)
			if (recall_of(jaccard, r, b) >= recall) {
				*rows = r;
				*bands = b;
				return recall_of(jaccard, r, b);
			}
	*rows = 1;
	*bands = NB_LANES;
	return recall_of(jaccard, 1, NB_LANES);
}

/* Count a batch of listed pairs, each with how often it was seen, and keep what agrees enough. */
static void count_batch(struct bands *c, struct group *g, uint32_t n)
{
	const uint32_t *n_shingles = c->s->n_shingles;

	c->kernel->count_pairs((const uint8_t (*)[NB_LANES])c->s->lane, g->pair, n, g->equal);
	for (uint32_t i = 0; i < n; i++) {
		uint32_t a = g->pair[2 * i], b = g->pair[2 * i + 1];

		if (g->equal[i] >= c->least && nb_sizes_allow(n_shingles[a], n_shingles[b],
							      c->jaccard) &&
		    nb_partners_add(&c->partners, a, b, g->times[i]) != NB_OK)
			g->status = NB_ENOMEM;
	}
}

/* Pairs share several bands: sorted, they are counted once, and neighbours share cache lines. */
static void count_listed(struct bands *c, struct group *g)
{
	uint32_t n = 0;

	nb_radix_sort_serial(g->listed, g->n_listed, g->listed + LISTED);
	for (size_t i = 0; i < g->n_listed; i++) {
		if (i > 0 && g->listed[i] == g->listed[i - 1]) {
			g->times[n - 1]++;
			continue;
		}
		if (n == BATCH) {
			count_batch(c, g, n);
			n = 0;
		}
		g->pair[2 * n] = (uint32_t)g->listed[i];
		g->pair[2 * n + 1] = (uint32_t)(g->listed[i] >> 32);
		g->times[n++] = 1;
	}
	count_batch(c, g, n);
	g->n_passed += g->n_listed;
	g->n_listed = 0;
}

/* a is in the bucket before b, so it is the smaller number */
static void list_pair(struct bands *c, struct group *g, uint32_t a, uint32_t b)
{
	g->listed[g->n_listed++] = (uint64_t)b << 32 | a;
	if (g->n_listed == LISTED)
		count_listed(c, g);
}

static void join_bucket(struct bands *c, struct group *g, struct bucket *bucket, uint32_t i)
{
	uint32_t leads = bucket->n < LEADS ? bucket->n : LEADS;

	for (uint32_t k = 0; k < leads; k++)
		list_pair(c, g, bucket->lead[k], i);
	if (bucket->n > LEADS)
		list_pair(c, g, bucket->latest, i);
	if (bucket->n < LEADS)
		bucket->lead[bucket->n] = i;
	bucket->latest = i;
	bucket->n++;
}

static uint32_t bits_for(size_t n)
{
	uint32_t bits = 6;

	while (bits < 31 && (size_t)1 << bits < n)
		bits++;
	return bits;
}

static nb_status make_room(struct group *g, size_t n)
{
	size_t n_seen = ((size_t)1 << bits_for(8 * n)) / 64, n_slot = (size_t)1 << bits_for(2 * n);

	if (nb_reserve((void **)&g->seen, &g->seen_room, n_seen, sizeof(*g->seen)) != NB_OK ||
	    nb_reserve((void **)&g->record, &g->record_room, n + 1, sizeof(*g->record)) != NB_OK ||
	    nb_reserve((void **)&g->bucket, &g->bucket_room, n, sizeof(*g->bucket)) != NB_OK ||
	    nb_reserve((void **)&g->slot, &g->slot_room, n_slot, sizeof(*g->slot)) != NB_OK)
		return NB_ENOMEM;
	return NB_OK;
}

/* Records of one partition whose key may occur twice, to g->record. */
static size_t drop_singles(const nb_band_records *r, struct group *g, size_t piece, size_t n)
{
	uint32_t bits = bits_for(8 * n), shift = 64 - bits;
	struct seen *seen = g->seen;
	uint64_t *record = g->record;
	size_t kept = 0;

	memset(seen, 0, ((size_t)1 << bits) / 64 * sizeof(*seen));
	for (size_t p = piece; p < piece + r->n_chunks; p++) {
		const uint64_t *in = r->record + r->start[p];

		for (uint32_t i = 0, count = r->count[p]; i < count; i++) {
			uint64_t bit = UINT64_C(1) << (in[i] >> shift & 63);
			struct seen *s = &seen[in[i] >> shift >> 6];

			__builtin_prefetch(in + i + AHEAD);
			s->twice |= s->once & bit;
			s->once |= bit;
		}
	}
	for (size_t p = piece; p < piece + r->n_chunks; p++) {
		const uint64_t *in = r->record + r->start[p];

		for (uint32_t i = 0, count = r->count[p]; i < count; i++) {
			record[kept] = in[i];
			kept += seen[in[i] >> shift >> 6].twice >> (in[i] >> shift & 63) & 1;
		}
	}
	return kept;
}

static void group_records(struct bands *c, struct group *g, size_t n)
{
	uint32_t bits = bits_for(2 * n), n_bucket = 0;
	size_t mask = ((size_t)1 << bits) - 1;

	memset(g->slot, 0, (mask + 1) * sizeof(*g->slot));
	for (size_t i = 0; i < n; i++) {
		uint32_t key = (uint32_t)(g->record[i] >> 32);
		size_t at = (uint32_t)(key * UINT32_C(0x9e3779b1)) >> (32 - bits);

		while (g->slot[at] && g->bucket[g->slot[at] - 1].key != key)
			at = (at + 1) & mask;
		if (!g->slot[at]) {
			g->bucket[n_bucket] = (struct bucket){ .key = key };
			g->slot[at] = ++n_bucket;
		}
		join_bucket(c, g, &g->bucket[g->slot[at] - 1], (uint32_t)g->record[i]);
	}
}

static void group_part(struct bands *c, struct group *g, uint32_t band, uint32_t part)
{
	const nb_band_records *r = &c->records;
	size_t piece = nb_band_piece(r, band, part, 0), n = 0;

	for (size_t p = piece; p < piece + r->n_chunks; p++)
		n += r->count[p];
	if (n < 2)
		return;
	if (make_room(g, n) != NB_OK) {
		g->status = NB_ENOMEM;
		return;
	}
	group_records(c, g, drop_singles(r, g, piece, n));
}

static void group_release(struct group *g)
{
	free(g->seen);
	free(g->record);
	free(g->bucket);
	free(g->slot);
	free(g->listed);
}

static nb_status group_all(struct bands *c, uint32_t n_bands, nb_match_stats *stats)
{
	uint32_t n_parts = c->records.n_parts, n_failed = 0;
	uint64_t n_passed = 0;

#pragma omp parallel reduction(+ : n_passed, n_failed)
	{
		struct group g = { .listed = nb_block_alloc(LISTED, 2 * sizeof(*g.listed)) };

		if (!g.listed)
			g.status = NB_ENOMEM;
#pragma omp for schedule(dynamic, 4)
		for (uint32_t i = 0; i < n_bands * n_parts; i++)
			if (g.status == NB_OK)
				group_part(c, &g, i / n_parts, i % n_parts);
		if (g.status == NB_OK)
			count_listed(c, &g);
		n_passed += g.n_passed;
		n_failed += g.status != NB_OK;
		group_release(&g);
	}
	stats->n_passed += n_passed;
	return n_failed ? NB_ENOMEM : NB_OK;
}

static nb_status run(struct bands *c, nb_pairs *out, nb_match_stats *stats)
{
	nb_status status = nb_partners_init(&c->partners, c->s->n, NB_PAIRS_PER_ARTICLE);

	if (status == NB_OK)
		status = nb_band_records_init(&c->records, c->s, c->rows, c->n_bands);
	for (uint32_t first = 0, n; first < c->n_bands && status == NB_OK; first += n) {
		n = c->n_bands - first < NB_BAND_GROUP ? c->n_bands - first : NB_BAND_GROUP;
		status = nb_band_records_write(&c->records, first, n);
		if (status == NB_OK)
			status = group_all(c, n, stats);
	}
	return status == NB_OK ? nb_partners_take(&c->partners, out) : status;
}

nb_status nb_match_bands(const nb_sketches *s, double jaccard, nb_pairs *out,
			 nb_match_stats *stats)
{
	struct bands c = { .s = s, .kernel = nb_pair_kernel_get(), .jaccard = jaccard };
	nb_match_stats mine = { 0 };
	nb_status status;

	if (!(jaccard > 0 && jaccard <= 1))
		return NB_EINVAL;
	mine.expected_recall = nb_bands_choose(jaccard, RECALL_AIM, &c.rows, &c.n_bands);
	c.least = nb_chance_lanes(jaccard);
	status = run(&c, out, &mine);
	mine.n_dropped = status == NB_OK ? nb_partners_dropped(&c.partners) : 0;
	nb_partners_release(&c.partners);
	nb_band_records_release(&c.records);
	if (status != NB_OK)
		return status;
	for (uint32_t i = 0; i < s->n; i++)
		mine.n_compared += s->n_shingles[i] ? c.n_bands : 0;
	mine.n_possible = nb_scan_cost(s, jaccard);
	mine.n_pairs = out->n;
	mine.lanes = c.rows;
	mine.planes = c.n_bands;
	if (stats)
		*stats = mine;
	return NB_OK;
}
