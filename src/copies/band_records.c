/* SPDX-License-Identifier: MIT
 *
 * band_records.c - see band_records.h.
 *
 * One pass over the sketches: it reads each cache line of them once for all bands in memory.
 * Records gather in one line per partition and leave by streaming stores: the caches keep the
 * sketches and the lines, not the output.  Every chunk of articles has blocks of its own, enough
 * however the records fall, so threads need not talk.
 */
#include "copies/band_records.h"

#include <omp.h>
#include <stdlib.h>
#include <string.h>
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#include "base/array.h"

#define PARTS_MOST 256u
#define PART_AIM   4096u /* records of a partition: with its tables well inside an L2 cache */
#define LINE       16u   /* records that leave together: two cache lines */
#define BLOCK_MOST 512u  /* records in a block: a page */
#define WASTE      4u    /* blocks that are not full: at most this part of the memory */
#define AT_ONCE    512u  /* articles whose keys are mixed, then put band by band */
#define AHEAD      32u   /* sketches between a prefetch and its use */

#define INLINE static inline __attribute__((always_inline))

/* What one thread needs: a line for each partition, and the keys of some articles. */
struct scatter {
	_Alignas(64) uint64_t line[NB_BAND_GROUP][PARTS_MOST][LINE];
	_Alignas(64) uint64_t mixed[NB_BAND_GROUP][AT_ONCE];
	size_t next[NB_BAND_GROUP][PARTS_MOST]; /* place of the partition's next record */
	uint32_t article[AT_ONCE];
	uint32_t n_blocks; /* taken */
};

/* A key at the end of a sketch is loaded with bytes before it, so that nothing after is read. */
static void place_keys(nb_band_records *c, uint32_t n_bands)
{
	for (uint32_t b = 0; b < n_bands; b++)
		for (uint32_t w = 0; w < 2; w++) {
			uint32_t begin = b * c->rows + 8 * w;
			uint32_t bytes = c->rows <= 8 * w ? 0 : c->rows - 8 * w;
			uint32_t at = begin < NB_LANES - 8 ? begin : NB_LANES - 8;
			uint8_t mask[8];

			for (uint32_t i = 0; i < 8; i++)
				mask[i] = at + i >= begin && at + i < begin + bytes ? 0xFF : 0;
			c->key[b].at[w] = at;
			memcpy(&c->key[b].mask[w], mask, sizeof(mask));
		}
}

static inline uint64_t load(const uint8_t *lane, const struct nb_band_key *k, int w)
{
	uint64_t x;

	memcpy(&x, lane + k->at[w], sizeof(x));
	return x & k->mask[w];
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

/* The first block of a chunk: it can fill one for each `block` records and one for each piece. */
static uint32_t blocks_begin(const nb_band_records *c, uint32_t chunk)
{
	return NB_BAND_GROUP * (chunk_begin(c, chunk) / c->block + chunk * (c->n_parts + 1));
}

/* Pieces of one partition follow one another. */
static size_t piece_of(const nb_band_records *c, uint32_t band, uint32_t part, uint32_t chunk)
{
	return ((size_t)band * c->n_parts + part) * c->n_chunks + chunk;
}

/* Articles of [begin, end) that have a shingle, to w->article; their number. */
static uint32_t list_articles(const nb_band_records *c, struct scatter *w, uint32_t begin,
			      uint32_t end)
{
	const uint32_t *n_shingles = c->s->n_shingles;
	uint32_t n = 0;

	for (uint32_t i = begin; i < end; i++) {
		w->article[n] = i;
		n += n_shingles[i] > 0;
	}
	return n;
}

/* Partition << 32 | key of the n listed articles, in columns.  Inlined for each `wide`. */
INLINE void mix_keys(const nb_band_records *c, struct scatter *w, uint32_t first, uint32_t n_bands,
		     uint32_t n, bool wide)
{
	const uint8_t(*lane)[NB_LANES] = (const uint8_t(*)[NB_LANES])c->s->lane;
	uint32_t shift = 32 - c->part_bits, last = c->s->n - 1;
	uint32_t from = first * c->rows, to = (first + n_bands) * c->rows - 1;

	for (uint32_t i = 0; i < n; i++) {
		const uint8_t *at = lane[w->article[i]];
		uint32_t ahead = last - w->article[i] < AHEAD ? last : w->article[i] + AHEAD;

		__builtin_prefetch(lane[ahead] + from);
		__builtin_prefetch(lane[ahead] + to);
		for (uint32_t b = 0; b < n_bands; b++)
			w->mixed[b][i] = mixed_key(at, &c->key[first + b], wide) >> shift;
	}
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

/* The piece has filled its block, which ends before record `end`; where it goes on. */
static size_t next_block(nb_band_records *c, struct scatter *w, size_t piece, size_t end)
{
	c->after[end / c->block - 1] = w->n_blocks;
	c->count[piece] += c->block;
	return (size_t)w->n_blocks++ * c->block;
}

/* The records of n articles in one band to their partitions. */
static inline void scatter_band(nb_band_records *c, struct scatter *w, uint32_t band, uint32_t n,
				uint32_t chunk)
{
	uint64_t (*line)[LINE] = w->line[band], *record = c->record;
	const uint64_t *mixed = w->mixed[band];
	size_t *next = w->next[band], mask = c->block - 1;

	for (uint32_t k = 0; k < n; k++) {
		size_t part = mixed[k] >> 32;
		size_t at = next[part];

		line[part][at % LINE] = mixed[k] << 32 | w->article[k];
		next[part] = at + 1;
		if (at % LINE < LINE - 1)
			continue;
		stream_line(record + at - (LINE - 1), line[part]);
		if (((at + 1) & mask) == 0)
			next[part] = next_block(c, w, piece_of(c, band, (uint32_t)part, chunk),
						(uint32_t)at + 1);
	}
}

static void begin_pieces(nb_band_records *c, struct scatter *w, uint32_t n_bands, uint32_t chunk)
{
	w->n_blocks = blocks_begin(c, chunk);
	for (uint32_t b = 0; b < n_bands; b++)
		for (uint32_t p = 0; p < c->n_parts; p++) {
			size_t piece = piece_of(c, b, p, chunk);

			c->count[piece] = 0;
			c->first[piece] = w->n_blocks;
			w->next[b][p] = (size_t)w->n_blocks++ * c->block;
		}
}

static void end_pieces(nb_band_records *c, struct scatter *w, uint32_t n_bands, uint32_t chunk)
{
	for (uint32_t b = 0; b < n_bands; b++)
		for (uint32_t p = 0; p < c->n_parts; p++) {
			size_t at = w->next[b][p], rest = at % LINE;

			memcpy(c->record + at - rest, w->line[b][p], rest * sizeof(*c->record));
			c->count[piece_of(c, b, p, chunk)] += (uint32_t)(at % c->block);
		}
#if defined(__SSE2__)
	_mm_sfence(); /* other threads will read what was streamed */
#endif
}

static void scatter_chunk(nb_band_records *c, struct scatter *w, uint32_t first, uint32_t n_bands,
			  uint32_t chunk)
{
	uint32_t end = chunk_begin(c, chunk + 1);

	begin_pieces(c, w, n_bands, chunk);
	for (uint32_t i = chunk_begin(c, chunk), next; i < end; i = next) {
		uint32_t n;

		next = end - i < AT_ONCE ? end : i + AT_ONCE;
		n = list_articles(c, w, i, next);
		if (c->rows > 8)
			mix_keys(c, w, first, n_bands, n, true);
		else
			mix_keys(c, w, first, n_bands, n, false);
		for (uint32_t b = 0; b < n_bands; b++)
			scatter_band(c, w, b, n, chunk);
	}
	end_pieces(c, w, n_bands, chunk);
}

nb_status nb_band_records_init(nb_band_records *c, const nb_sketches *s, uint32_t rows,
			       uint32_t n_bands)
{
	size_t n_pieces, n_blocks;

	*c = (nb_band_records){ .s = s, .rows = rows, .block = LINE };
	c->n_chunks = (uint32_t)omp_get_max_threads();
	while (1u << c->part_bits < PARTS_MOST && s->n >> c->part_bits > PART_AIM)
		c->part_bits++;
	c->n_parts = 1u << c->part_bits;
	n_pieces = piece_of(c, NB_BAND_GROUP, 0, 0);
	while (c->block < BLOCK_MOST &&
	       2 * c->block * WASTE * (n_pieces / NB_BAND_GROUP) <= s->n)
		c->block *= 2;
	n_blocks = blocks_begin(c, c->n_chunks);
	place_keys(c, n_bands);
	c->first = nb_block_alloc(n_pieces, sizeof(*c->first));
	c->count = nb_block_alloc(n_pieces, sizeof(*c->count));
	c->after = nb_block_alloc(n_blocks, sizeof(*c->after));
	c->record = nb_block_alloc(n_blocks * c->block, sizeof(*c->record));
	return c->first && c->count && c->after && c->record ? NB_OK : NB_ENOMEM;
}

void nb_band_records_release(nb_band_records *c)
{
	free(c->record);
	free(c->after);
	free(c->first);
	free(c->count);
	*c = (nb_band_records){ 0 };
}

nb_status nb_band_records_write(nb_band_records *c, uint32_t first, uint32_t n_bands)
{
	uint32_t n_failed = 0;

#pragma omp parallel for schedule(static) reduction(+ : n_failed)
	for (uint32_t k = 0; k < c->n_chunks; k++) {
		struct scatter *w = nb_block_alloc(1, sizeof(*w));

		if (w)
			scatter_chunk(c, w, first, n_bands, k);
		n_failed += !w;
		free(w);
	}
	return n_failed ? NB_ENOMEM : NB_OK;
}

size_t nb_band_records_count(const nb_band_records *c, uint32_t band, uint32_t part)
{
	size_t piece = piece_of(c, band, part, 0), n = 0;

	for (uint32_t k = 0; k < c->n_chunks; k++)
		n += c->count[piece + k];
	return n;
}

size_t nb_band_spans_most(const nb_band_records *c, size_t n)
{
	return n / c->block + c->n_chunks;
}

static nb_band_span span_of(const nb_band_records *c, uint32_t block, uint32_t n)
{
	return (nb_band_span){ c->record + (size_t)block * c->block, n };
}

size_t nb_band_records_spans(const nb_band_records *c, uint32_t band, uint32_t part,
			     nb_band_span *span)
{
	size_t piece = piece_of(c, band, part, 0), n = 0;

	for (uint32_t k = 0; k < c->n_chunks; k++) {
		uint32_t left = c->count[piece + k], block = c->first[piece + k];

		for (; left > c->block; left -= c->block) {
			span[n++] = span_of(c, block, c->block);
			block = c->after[block];
		}
		if (left > 0)
			span[n++] = span_of(c, block, left);
	}
	return n;
}
