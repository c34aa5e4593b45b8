/* SPDX-License-Identifier: MIT
 *
 * bands.c - pairs that share a band: locality-sensitive hashing.
 *
 * The key of a band is its raw bytes.  Records (band_records.h) come in partitions that fit the
 * second-level cache: a table of bytes drops the keys that occur once, a small hash table groups
 * the others.
 *
 * Records of a partition stand in order of article numbers, so the first members of a bucket are
 * its earliest.  A member meets the LEADS first ones and the one before it: m articles make about
 * (LEADS + 1) m pairs, not m * m / 2.  Every pair is then counted over all lanes as scan does, so
 * that bands finds a part of what scan finds and nothing else.
 */
#include <math.h>
#include <omp.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "kernel/pair_kernel.h"
#include "copies/band_records.h"
#include "copies/binomial.h"
#include "copies/candidate_lists.h"
#include "copies/size_bound.h"
#include "newsbraid/match.h"

#define RECALL_AIM 0.995
#define LEADS      4u    /* first members of a bucket that all others meet */
#define LISTED     ((size_t)1 << 16) /* least room for pairs that wait to be counted */
#define FETCHED    128u  /* records fetched before they are due */
#define SPARSE     8u    /* bytes a record, to see which keys occur once */
#define AT_ONCE    1024u /* records looked up, or pairs counted, at a time */

struct bands {
	const nb_sketches *s;
	const nb_pair_kernel *kernel;
	double jaccard;
	uint32_t rows, n_bands, least;
	nb_band_records records;
	nb_candidate_lists partners;
};

/* The articles of one key. */
struct bucket {
	uint32_t key;
	uint32_t n; /* 0: no key */
	uint32_t first, latest;
};

/* Its leads but the first, written when there is a third. */
struct leads {
	uint32_t article[LEADS - 1];
};

/* What one thread needs to group partitions. */
struct group {
	nb_band_span *span;
	uint8_t *seen;    /* of a hash: more than 1 if two records have it */
	uint64_t *record; /* those whose key occurs twice, perhaps */
	struct bucket *bucket;
	struct leads *leads; /* of the same bucket */
	size_t span_room, seen_room, record_room, bucket_room, leads_room;
	uint64_t *listed; /* [0..list_room): b << 32 | a; then as much to sort them */
	uint32_t *count;  /* to sort them */
	size_t n_listed, list_room;
	uint32_t pair[2 * AT_ONCE], times[AT_ONCE];
	uint8_t equal[AT_ONCE];
	uint64_t n_passed;
	nb_status status;
};

static double recall_of(double jaccard, uint32_t rows, uint32_t bands)
{
	return 1 - pow(1 - pow(nb_binomial_lane(jaccard), rows), bands);
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

static uint32_t bits_for(size_t n)
{
	uint32_t bits = 6;

	while (bits < 32 && (size_t)1 << bits < n)
		bits++;
	return bits;
}

/* Half the bits of article numbers below n, rounded up. */
static uint32_t half_bits(uint32_t n)
{
	return (bits_for(n) + 1) / 2;
}

/* Count a batch of listed pairs, each with how often it was seen, and keep what agrees enough. */
static void count_batch(struct bands *c, struct group *g, uint32_t n)
{
	const uint32_t *n_shingles = c->s->n_shingles;

	c->kernel->count_pairs((const uint8_t (*)[NB_LANES])c->s->lane, g->pair, n, g->equal);
	for (uint32_t i = 0; i < n; i++) {
		uint32_t a = g->pair[2 * i], b = g->pair[2 * i + 1];

		if (g->equal[i] >= c->least &&
		    nb_sizes_allow(n_shingles[a], n_shingles[b], c->jaccard) &&
		    nb_candidate_lists_add(&c->partners, a, b, g->times[i]) != NB_OK)
			g->status = NB_ENOMEM;
	}
}

/* One stable pass by `bits` bits of b from `shift` on; count[] of them becomes places. */
static void sort_by(const uint64_t *in, size_t n, uint32_t shift, uint32_t bits, uint32_t *count,
		    uint64_t *out)
{
	uint64_t mask = (UINT64_C(1) << bits) - 1;
	uint32_t sum = 0;

	for (size_t k = 0; k <= mask; k++) {
		uint32_t here = count[k];

		count[k] = sum;
		sum += here;
	}
	for (size_t i = 0; i < n; i++)
		out[count[in[i] >> shift & mask]++] = in[i];
}

/* Two passes bring the pairs of each b together.  They are few, at most LEADS + 1 a band, and so
 * are the steps that put them in order of a. */
static void sort_listed(const struct bands *c, struct group *g)
{
	uint32_t bits = half_bits(c->s->n), *low = g->count, *high = low + ((size_t)1 << bits);
	uint64_t *r = g->listed, mask = (UINT64_C(1) << bits) - 1;

	memset(low, 0, ((size_t)2 << bits) * sizeof(*low));
	for (size_t i = 0; i < g->n_listed; i++) {
		low[r[i] >> 32 & mask]++;
		high[r[i] >> 32 >> bits]++;
	}
	sort_by(r, g->n_listed, 32, bits, low, r + g->list_room);
	sort_by(r + g->list_room, g->n_listed, 32 + bits, bits, high, r);
	for (size_t i = 1; i < g->n_listed; i++) {
		uint64_t moving = r[i];
		size_t at = i;

		for (; at > 0 && r[at - 1] > moving; at--)
			r[at] = r[at - 1];
		r[at] = moving;
	}
}

/* Pairs share several bands: sorted, they are counted once, and neighbours share cache lines. */
static void count_listed(struct bands *c, struct group *g)
{
	uint32_t n = 0;

	sort_listed(c, g);
	for (size_t i = 0; i < g->n_listed; i++) {
		if (i > 0 && g->listed[i] == g->listed[i - 1]) {
			g->times[n - 1]++;
			continue;
		}
		if (n == AT_ONCE) {
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

static nb_status make_room(const struct bands *c, struct group *g, size_t n)
{
	size_t n_span = nb_band_spans_most(&c->records, n);
	size_t n_seen = (size_t)1 << bits_for(SPARSE * n), n_bucket = (size_t)1 << bits_for(2 * n);

	if (NB_GROW(g->span, &g->span_room, n_span) != NB_OK ||
	    NB_GROW(g->seen, &g->seen_room, n_seen) != NB_OK ||
	    NB_GROW(g->record, &g->record_room, n + 1) != NB_OK ||
	    NB_GROW(g->bucket, &g->bucket_room, n_bucket) != NB_OK ||
	    NB_GROW(g->leads, &g->leads_room, n_bucket) != NB_OK)
		return NB_ENOMEM;
	return NB_OK;
}

/* The hardware fetches ahead inside a page only. */
static void fetch_begin(const nb_band_span *span)
{
	for (uint32_t i = 0; i < FETCHED; i += 8)
		__builtin_prefetch(span->record + i);
}

/* Records of the n of a partition whose key may occur twice, to g->record. */
static size_t drop_singles(struct group *g, size_t n_spans, size_t n)
{
	uint32_t bits = bits_for(SPARSE * n), shift = 64 - bits;
	uint64_t *record = g->record;
	uint8_t *seen = g->seen;
	size_t kept = 0;

	memset(seen, 0, (size_t)1 << bits);
	for (const nb_band_span *p = g->span; p < g->span + n_spans; p++) {
		if (p + 1 < g->span + n_spans)
			fetch_begin(p + 1);
		for (const uint64_t *r = p->record, *end = r + p->n; r < end; r++) {
			uint8_t *times = &seen[*r >> shift];

			*times = (uint8_t)(2 * *times + 1); /* stays at 255 */
		}
	}
	for (const nb_band_span *p = g->span; p < g->span + n_spans; p++)
		for (const uint64_t *r = p->record, *end = r + p->n; r < end; r++) {
			record[kept] = *r;
			kept += seen[*r >> shift] > 1;
		}
	return kept;
}

/* Article i joins a bucket of two or more: list it with the leads after the first, and with the
 * one that was the latest. */
static void join_crowd(struct group *g, size_t at, uint32_t i, uint32_t latest)
{
	uint32_t n = g->bucket[at].n, *lead = g->leads[at].article;

	if (n == 2)
		lead[0] = latest;
	for (uint32_t k = 1; k < n && k < LEADS; k++)
		g->listed[g->n_listed++] = (uint64_t)i << 32 | lead[k - 1];
	if (n > LEADS)
		g->listed[g->n_listed++] = (uint64_t)i << 32 | latest;
	else if (n < LEADS)
		lead[n - 1] = i;
}

/* Look n records up; there is room for all pairs they can make. */
static void look_up(struct group *g, const uint64_t *record, size_t n, uint32_t bits)
{
	struct bucket *bucket = g->bucket;
	size_t mask = ((size_t)1 << bits) - 1;

	for (size_t k = 0; k < n; k++) {
		uint32_t key = (uint32_t)(record[k] >> 32), i = (uint32_t)record[k];
		size_t at = (uint32_t)(key * UINT32_C(0x9e3779b1)) >> (32 - bits);
		struct bucket was;

		/* Whether a record is the first of its key no processor foretells: one condition
		 * for "taken by another key", and no branch below. */
		while ((bucket[at].key ^ key) & (0 - (uint32_t)(bucket[at].n != 0)))
			at = (at + 1) & mask;
		was = bucket[at];
		g->listed[g->n_listed] = (uint64_t)i << 32 | was.first; /* first < i */
		g->n_listed += was.n != 0;
		if (was.n > 1)
			join_crowd(g, at, i, was.latest);
		bucket[at].key = key;
		bucket[at].n = was.n + 1;
		bucket[at].first = was.n ? was.first : i;
		bucket[at].latest = i;
	}
}

static void group_records(struct bands *c, struct group *g, size_t n)
{
	uint32_t bits = bits_for(2 * n);

	memset(g->bucket, 0, ((size_t)1 << bits) * sizeof(*g->bucket));
	for (size_t at = 0, m; at < n; at += m) {
		m = n - at < AT_ONCE ? n - at : AT_ONCE;
		if (g->n_listed + m * (LEADS + 1) >= g->list_room)
			count_listed(c, g);
		look_up(g, g->record + at, m, bits);
	}
}

static void group_part(struct bands *c, struct group *g, uint32_t band, uint32_t part)
{
	size_t n = nb_band_records_count(&c->records, band, part), n_spans;

	if (n < 2)
		return;
	if (make_room(c, g, n) != NB_OK) {
		g->status = NB_ENOMEM;
		return;
	}
	n_spans = nb_band_records_spans(&c->records, band, part, g->span);
	group_records(c, g, drop_singles(g, n_spans, n));
}

static nb_status group_init(const struct bands *c, struct group *g)
{
	size_t share = c->s->n / (uint32_t)omp_get_num_threads();

	g->list_room = share > LISTED ? share : LISTED;
	g->listed = nb_block_alloc(g->list_room, 2 * sizeof(*g->listed));
	g->count = nb_block_alloc((size_t)2 << half_bits(c->s->n), sizeof(*g->count));
	return g->listed && g->count ? NB_OK : NB_ENOMEM;
}

static void group_release(struct group *g)
{
	free(g->span);
	free(g->seen);
	free(g->record);
	free(g->bucket);
	free(g->leads);
	free(g->listed);
	free(g->count);
}

static nb_status group_all(struct bands *c, uint32_t n_bands, nb_match_stats *stats)
{
	uint32_t n_parts = c->records.n_parts, n_failed = 0;
	uint64_t n_passed = 0;

#pragma omp parallel reduction(+ : n_passed, n_failed)
	{
		struct group g = { 0 };

		g.status = group_init(c, &g);
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
	nb_status status = nb_candidate_lists_init(&c->partners, c->s->n, NB_PAIRS_PER_ARTICLE);

	NB_TRY(status, nb_band_records_init(&c->records, c->s, c->rows, c->n_bands));
	for (uint32_t first = 0, n; first < c->n_bands && status == NB_OK; first += n) {
		n = c->n_bands - first < NB_BAND_GROUP ? c->n_bands - first : NB_BAND_GROUP;
		status = nb_band_records_write(&c->records, first, n);
		NB_TRY(status, group_all(c, n, stats));
	}
	return status == NB_OK ? nb_candidate_lists_take(&c->partners, out) : status;
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
	c.least = nb_binomial_lanes(jaccard);
	status = run(&c, out, &mine);
	mine.n_dropped = status == NB_OK ? nb_candidate_lists_dropped(&c.partners) : 0;
	nb_candidate_lists_release(&c.partners);
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
