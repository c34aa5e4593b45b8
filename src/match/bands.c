/* SPDX-License-Identifier: MIT
 *
 * bands.c - pairs that share a band: locality-sensitive hashing.
 *
 * The key of a band is its raw bytes, mixed by one multiplication.  The upper bits of the mix choose
 * a partition, the next 32 and the article number make a record of 8 bytes; records gather in one
 * cache line per partition and leave by streaming stores.  A partition then fits the second-level
 * cache: two bitmaps drop the keys that occur once, a small table groups the others.
 *
 * Records of a partition stand in order of article numbers, so the first members of a bucket are its
 * earliest.  A member meets the LEADS first ones and the one before it: m articles make about
 * (LEADS + 1) m pairs, not m * m / 2.  Every pair is then counted over all lanes as scan does, so
 * that bands finds a part of what scan finds and nothing else.
 */
#include <math.h>
#include <omp.h>
#include <stdlib.h>
#include <string.h>
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#include "base/array.h"
#include "base/radix.h"
#include "kernel/pair_kernel.h"
#include "match/chance.h"
#include "match/partners.h"
#include "match/sizes.h"
#include "newsbraid/match.h"

#define RECALL_AIM 0.995
#define ROWS_MOST  16u
#define GROUP      8u    /* bands in memory at a time: 64 bytes an article */
#define PARTS_MOST 256u
#define PART_AIM   4096u /* records of a partition: with its tables well inside an L2 cache */
#define LINE       8u    /* records in a cache line */
#define LEADS      4u    /* first members of a bucket that all others meet */
#define LISTED     ((size_t)1 << 18) /* pairs gathered before they are counted */
#define BATCH      1024u /* pairs a count_pairs call */
#define AHEAD      128u  /* records between a prefetch and its use */
#define AT_ONCE    64u   /* articles whose sketches stay in the first-level cache */

/* Where the bytes of a band lie: up to two words, each loaded inside the sketch. */
struct band_key {
	uint32_t at[2], shift[2];
	uint64_t mask[2];
};

struct bands {
	const nb_sketches *s;
	const nb_pair_kernel *kernel;
	double jaccard;
	uint32_t rows, n_bands, least;
	uint32_t part_bits, n_parts, n_chunks;
	struct band_key key[NB_LANES];
	/* of the bands in memory: records of (band, part, chunk) are record[start..start + count) */
	uint64_t *record;
	size_t *start;   /* [(band * n_parts + part) * n_chunks + chunk] */
	uint32_t *count; /* likewise */
	nb_partners partners;
};

/* Records on their way out: one line for each partition. */
struct lines {
	_Alignas(64) uint64_t line[GROUP][PARTS_MOST][LINE];
	size_t next[GROUP][PARTS_MOST];
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
	for (uint32_t r = ROWS_MOST; r > 0; r--)
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

/* ---- records ---------------------------------------------------------------------------------- */

static void place_keys(struct bands *c)
{
	for (uint32_t b = 0; b < c->n_bands; b++)
		for (uint32_t w = 0; w < 2; w++) {
			uint32_t begin = b * c->rows + 8 * w;
			uint32_t bytes = c->rows <= 8 * w ? 0 : c->rows - 8 * w;
			uint32_t at = begin < NB_LANES - 8 ? begin : NB_LANES - 8;

			c->key[b].at[w] = at;
			c->key[b].shift[w] = bytes ? (begin - at) * 8 : 0;
			c->key[b].mask[w] = bytes >= 8 ? UINT64_MAX
						       : (UINT64_C(1) << (8 * bytes)) - 1;
		}
}

static inline uint64_t load(const uint8_t *lane, const struct band_key *k, int w)
{
	uint64_t x;

	memcpy(&x, lane + k->at[w], sizeof(x));
	return x >> k->shift[w] & k->mask[w];
}

static inline uint64_t mixed_key(const uint8_t *lane, const struct band_key *k, bool wide)
{
	uint64_t x = load(lane, k, 0);

	if (wide)
		x ^= load(lane, k, 1) * UINT64_C(0xd6e8feb86659fd93) >> 7;
	return x * UINT64_C(0x9e3779b97f4a7c15);
}

static size_t cell(const struct bands *c, uint32_t band, uint32_t part, uint32_t chunk)
{
	return ((size_t)band * c->n_parts + part) * c->n_chunks + chunk;
}

static uint32_t chunk_begin(const struct bands *c, uint32_t chunk)
{
	return (uint32_t)((uint64_t)c->s->n * chunk / c->n_chunks);
}

/* Mixed keys of band k of articles [begin, end), those without a shingle left out; their number. */
static inline uint32_t mix_keys(const nb_sketches *s, const struct band_key k, uint32_t begin,
				uint32_t end, bool wide, uint64_t *mixed, uint32_t *article)
{
	const uint8_t(*lane)[NB_LANES] = (const uint8_t(*)[NB_LANES])s->lane;
	const uint32_t *n_shingles = s->n_shingles;
	uint32_t n = 0;

	for (uint32_t i = begin; i < end; i++) {
		mixed[n] = mixed_key(lane[i], &k, wide);
		article[n] = i;
		n += n_shingles[i] > 0;
	}
	return n;
}

/* Bring the sketches of the next articles into the cache while these are worked on. */
static inline void prefetch_sketches(const struct bands *c, uint32_t first, uint32_t n_bands,
				     uint32_t begin)
{
	uint32_t end = c->s->n - begin < AT_ONCE ? c->s->n : begin + AT_ONCE;
	uint32_t from = first * c->rows, to = (first + n_bands) * c->rows - 1;

	for (uint32_t i = begin; i < end; i++) {
		__builtin_prefetch(c->s->lane[i] + from);
		if (from / 64 != to / 64)
			__builtin_prefetch(c->s->lane[i] + to);
	}
}

static void count_chunk(struct bands *c, uint32_t first, uint32_t n_bands, uint32_t chunk)
{
	uint32_t count[GROUP][PARTS_MOST], end = chunk_begin(c, chunk + 1);
	uint64_t mixed[AT_ONCE];
	uint32_t article[AT_ONCE], shift = 32 - c->part_bits;

	memset(count, 0, sizeof(count));
	for (uint32_t i = chunk_begin(c, chunk), next; i < end; i = next) {
		next = end - i < AT_ONCE ? end : i + AT_ONCE;
		prefetch_sketches(c, first, n_bands, next);
		for (uint32_t b = 0; b < n_bands; b++) {
			uint32_t n = mix_keys(c->s, c->key[first + b], i, next, c->rows > 8, mixed,
					      article);

			for (uint32_t k = 0; k < n; k++)
				count[b][mixed[k] >> 32 >> shift]++;
		}
	}
	for (uint32_t b = 0; b < n_bands; b++)
		for (uint32_t p = 0; p < c->n_parts; p++)
			c->count[cell(c, b, p, chunk)] = count[b][p];
}

/* Each piece begins at a cache line, so that whole lines can be streamed. */
static size_t place_pieces(struct bands *c, uint32_t n_bands)
{
	size_t at = 0, n = cell(c, n_bands, 0, 0);

	for (size_t i = 0; i < n; i++) {
		c->start[i] = at;
		at += (c->count[i] + LINE - 1) / LINE * LINE;
	}
	return at;
}

static inline void stream_line(uint64_t *to, const uint64_t *line)
{
#if defined(__SSE2__)
	for (size_t i = 0; i < LINE; i += 2)
		_mm_stream_si128((__m128i *)(void *)(to + i),
				 _mm_load_si128((const __m128i *)(const void *)(line + i)));
#else
	memcpy(to, line, LINE * sizeof(*to));
#endif
}

/* The records of n articles to their partitions. */
static inline void scatter_band(uint64_t (*line)[LINE], size_t *place, const uint64_t *mixed,
				const uint32_t *article, uint32_t n, uint32_t shift,
				uint64_t *record)
{
	for (uint32_t k = 0; k < n; k++) {
		uint32_t part = (uint32_t)(mixed[k] >> 32 >> shift);
		size_t at = place[part]++;

		line[part][at % LINE] = mixed[k] >> shift << 32 | article[k];
		if (at % LINE == LINE - 1)
			stream_line(record + at - (LINE - 1), line[part]);
	}
}

static void scatter_chunk(struct bands *c, struct lines *l, uint32_t first, uint32_t n_bands,
			  uint32_t chunk)
{
	uint32_t end = chunk_begin(c, chunk + 1), article[AT_ONCE];
	uint64_t mixed[AT_ONCE];

	for (uint32_t b = 0; b < n_bands; b++)
		for (uint32_t p = 0; p < c->n_parts; p++)
			l->next[b][p] = c->start[cell(c, b, p, chunk)];
	for (uint32_t i = chunk_begin(c, chunk), next; i < end; i = next) {
		next = end - i < AT_ONCE ? end : i + AT_ONCE;
		prefetch_sketches(c, first, n_bands, next);
		for (uint32_t b = 0; b < n_bands; b++) {
			uint32_t n = mix_keys(c->s, c->key[first + b], i, next, c->rows > 8, mixed,
					      article);

			scatter_band(l->line[b], l->next[b], mixed, article, n, 32 - c->part_bits,
				     c->record);
		}
	}
	for (uint32_t b = 0; b < n_bands; b++)
		for (uint32_t p = 0; p < c->n_parts; p++) {
			size_t at = l->next[b][p], rest = at % LINE;

			memcpy(c->record + at - rest, l->line[b][p], rest * sizeof(*c->record));
		}
#if defined(__SSE2__)
	_mm_sfence();
#endif
}

/* ---- buckets ---------------------------------------------------------------------------------- */

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
static size_t drop_singles(const struct bands *c, struct group *g, size_t first_cell, size_t n)
{
	uint32_t bits = bits_for(8 * n), shift = 64 - bits;
	struct seen *seen = g->seen;
	uint64_t *record = g->record;
	size_t kept = 0;

	memset(seen, 0, ((size_t)1 << bits) / 64 * sizeof(*seen));
	for (uint32_t k = 0; k < c->n_chunks; k++) {
		const uint64_t *r = c->record + c->start[first_cell + k];

		for (uint32_t i = 0, count = c->count[first_cell + k]; i < count; i++) {
			uint64_t bit = UINT64_C(1) << (r[i] >> shift & 63);
			__builtin_prefetch(r + i + AHEAD);
			struct seen *s = &seen[r[i] >> shift >> 6];

			s->twice |= s->once & bit;
			s->once |= bit;
		}
	}
	for (uint32_t k = 0; k < c->n_chunks; k++) {
		const uint64_t *r = c->record + c->start[first_cell + k];

		for (uint32_t i = 0, count = c->count[first_cell + k]; i < count; i++) {
			record[kept] = r[i];
			kept += seen[r[i] >> shift >> 6].twice >> (r[i] >> shift & 63) & 1;
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
	size_t first_cell = cell(c, band, part, 0), n = 0;

	for (uint32_t k = 0; k < c->n_chunks; k++)
		n += c->count[first_cell + k];
	if (n < 2)
		return;
	if (make_room(g, n) != NB_OK) {
		g->status = NB_ENOMEM;
		return;
	}
	group_records(c, g, drop_singles(c, g, first_cell, n));
}

/* ---- the whole -------------------------------------------------------------------------------- */

static nb_status write_records(struct bands *c, uint32_t first, uint32_t n_bands)
{
	uint32_t n_failed = 0;
	size_t n;

#pragma omp parallel for schedule(static)
	for (uint32_t k = 0; k < c->n_chunks; k++)
		count_chunk(c, first, n_bands, k);
	n = place_pieces(c, n_bands);
	if (!c->record) /* the first group has the most bands; later ones differ in padding only */
		c->record = nb_block_alloc(n + (size_t)GROUP * c->n_parts * c->n_chunks * LINE,
					   sizeof(*c->record));
	if (!c->record)
		return NB_ENOMEM;
#pragma omp parallel for schedule(static) reduction(+ : n_failed)
	for (uint32_t k = 0; k < c->n_chunks; k++) {
		struct lines *l = nb_block_alloc(1, sizeof(*l));

		if (l)
			scatter_chunk(c, l, first, n_bands, k);
		n_failed += !l;
		free(l);
	}
	return n_failed ? NB_ENOMEM : NB_OK;
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
	uint64_t n_passed = 0;
	uint32_t n_failed = 0;

#pragma omp parallel reduction(+ : n_passed, n_failed)
	{
		struct group g = { .listed = nb_block_alloc(LISTED, 2 * sizeof(*g.listed)) };

		if (!g.listed)
			g.status = NB_ENOMEM;
#pragma omp for schedule(dynamic, 4)
		for (uint32_t i = 0; i < n_bands * c->n_parts; i++)
			if (g.status == NB_OK)
				group_part(c, &g, i / c->n_parts, i % c->n_parts);
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
	size_t n_cells;
	nb_status status = nb_partners_init(&c->partners, c->s->n, NB_PAIRS_PER_ARTICLE);

	if (status != NB_OK)
		return status;
	c->n_chunks = (uint32_t)omp_get_max_threads();
	while (c->part_bits < 8 && c->s->n >> c->part_bits > PART_AIM)
		c->part_bits++;
	c->n_parts = 1u << c->part_bits;
	n_cells = cell(c, GROUP, 0, 0);
	c->start = nb_block_alloc(n_cells, sizeof(*c->start));
	c->count = nb_block_alloc(n_cells, sizeof(*c->count));
	if (!c->start || !c->count)
		return NB_ENOMEM;
	place_keys(c);
	for (uint32_t first = 0, n; first < c->n_bands && status == NB_OK; first += n) {
		n = c->n_bands - first < GROUP ? c->n_bands - first : GROUP;
		status = write_records(c, first, n);
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
	free(c.record);
	free(c.start);
	free(c.count);
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
