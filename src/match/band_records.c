/* SPDX-License-Identifier: MIT
 *
 * band_records.c - see band_records.h.
 *
 * Two passes over the sketches: the first counts, so that every record's place is known and threads
 * need not talk.  In the second, records gather in one cache line per partition and leave by
 * streaming stores: the caches keep the sketches and the lines, not the output.
 */
#include "match/band_records.h"

#include <omp.h>
#include <stdlib.h>
#include <string.h>
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#include "base/array.h"

#define PARTS_MOST 256u
#define PART_AIM   4096u /* records of a partition: with its tables well inside an L2 cache */
#define LINE       8u    /* records in a cache line */
#define AT_ONCE    64u   /* articles whose sketches stay in the first-level cache */

/* Records on their way out: one line for each partition. */
struct lines {
	_Alignas(64) uint64_t line[NB_BAND_GROUP][PARTS_MOST][LINE];
	size_t next[NB_BAND_GROUP][PARTS_MOST];
};

static void place_keys(nb_band_records *c, uint32_t n_bands)
{
	for (uint32_t b = 0; b < n_bands; b++)
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

static inline uint64_t load(const uint8_t *lane, const struct nb_band_key *k, int w)
{
	uint64_t x;

	memcpy(&x, lane + k->at[w], sizeof(x));
	return x >> k->shift[w] & k->mask[w];
}

static inline uint64_t mixed_key(const uint8_t *lane, const struct nb_band_key *k, bool wide)
{
	uint64_t x = load(lane, k, 0);

	if (wide)
		x ^= load(lane, k, 1) * UINT64_C(0xd6e8feb86659fd93) >> 7;
	return x * UINT64_C(0x9e3779b97f4a7c15);
}

static uint32_t chunk_begin(const nb_band_records *c, uint32_t chunk)
{
	return (uint32_t)((uint64_t)c->s->n * chunk / c->n_chunks);
}

/* Mixed keys of band k of articles [begin, end), those without a shingle left out; their number. */
static inline uint32_t mix_keys(const nb_sketches *s, const struct nb_band_key k, uint32_t begin,
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
static inline void prefetch_sketches(const nb_band_records *c, uint32_t first, uint32_t n_bands,
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

static void count_chunk(nb_band_records *c, uint32_t first, uint32_t n_bands, uint32_t chunk)
{
	uint32_t count[NB_BAND_GROUP][PARTS_MOST], end = chunk_begin(c, chunk + 1);
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
			c->count[nb_band_piece(c, b, p, chunk)] = count[b][p];
}

/* Each piece begins at a cache line, so that whole lines can be streamed. */
static size_t place_pieces(nb_band_records *c, uint32_t n_bands)
{
	size_t at = 0, n = nb_band_piece(c, n_bands, 0, 0);

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

static void scatter_chunk(nb_band_records *c, struct lines *l, uint32_t first, uint32_t n_bands,
			  uint32_t chunk)
{
	uint32_t end = chunk_begin(c, chunk + 1), article[AT_ONCE];
	uint64_t mixed[AT_ONCE];

	for (uint32_t b = 0; b < n_bands; b++)
		for (uint32_t p = 0; p < c->n_parts; p++)
			l->next[b][p] = c->start[nb_band_piece(c, b, p, chunk)];
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

nb_status nb_band_records_init(nb_band_records *c, const nb_sketches *s, uint32_t rows,
			       uint32_t n_bands)
{
	size_t n_pieces;

	*c = (nb_band_records){ .s = s, .rows = rows };
	c->n_chunks = (uint32_t)omp_get_max_threads();
	while (1u << c->part_bits < PARTS_MOST && s->n >> c->part_bits > PART_AIM)
		c->part_bits++;
	c->n_parts = 1u << c->part_bits;
	n_pieces = nb_band_piece(c, NB_BAND_GROUP, 0, 0);
	c->start = nb_block_alloc(n_pieces, sizeof(*c->start));
	c->count = nb_block_alloc(n_pieces, sizeof(*c->count));
	place_keys(c, n_bands);
	return c->start && c->count ? NB_OK : NB_ENOMEM;
}

void nb_band_records_release(nb_band_records *c)
{
	free(c->record);
	free(c->start);
	free(c->count);
	*c = (nb_band_records){ 0 };
}

nb_status nb_band_records_write(nb_band_records *c, uint32_t first, uint32_t n_bands)
{
	uint32_t n_failed = 0;
	size_t n;

#pragma omp parallel for schedule(static)
	for (uint32_t k = 0; k < c->n_chunks; k++)
		count_chunk(c, first, n_bands, k);
	n = place_pieces(c, n_bands);
	if (!c->record) /* the first group has the most bands; later ones differ in padding only */
		c->record = nb_block_alloc(n + nb_band_piece(c, NB_BAND_GROUP, 0, 0) * LINE,
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
