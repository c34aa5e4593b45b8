/* SPDX-License-Identifier: MIT
 *
 * band_records.h - the keys of some bands, put into partitions that fit a cache.
 *
 * A record is 32 bits of the mixed key of a band above the article number.  Its partition holds the
 * bits above those.  Records of a partition stand in pieces, one for each chunk of articles, and
 * inside and across pieces in order of article numbers.  A piece is a chain of blocks, so that
 * nothing has to be counted before records are written.
 *
 * Level: copies.
 */
#ifndef NB_COPIES_BAND_RECORDS_H
#define NB_COPIES_BAND_RECORDS_H

#include "newsbraid/match.h"

#define NB_BAND_GROUP 8u  /* bands in memory at a time: 64 bytes an article */
#define NB_BAND_ROWS  16u /* most bytes of a key */

/* Where the bytes of a band lie: in up to two words, each loaded inside the sketch. */
struct nb_band_key {
	uint32_t at[2];
	uint64_t mask[2];
};

typedef struct nb_band_records {
	const nb_sketches *s;
	uint32_t rows;
	uint32_t part_bits, n_parts, n_chunks;
	uint32_t block; /* records in a block, a power of two */
	struct nb_band_key key[NB_LANES];
	/* of the bands in memory: block k is record[k * block..(k + 1) * block) */
	uint64_t *record;
	uint32_t *after; /* of a full block: the next one of its piece */
	uint32_t *first; /* of a piece: its first block */
	uint32_t *count; /* of a piece: its records */
} nb_band_records;

/* Records that stand together. */
typedef struct nb_band_span {
	const uint64_t *record; /* 64-byte aligned */
	uint32_t n;
} nb_band_span;

/** Ready for n_bands bands of `rows` bytes.  NB_OK or NB_ENOMEM (release in either case). */
nb_status nb_band_records_init(nb_band_records *c, const nb_sketches *s, uint32_t rows,
			       uint32_t n_bands) NB_MUST_CHECK;
void nb_band_records_release(nb_band_records *c);

/**
 * Put the records of bands [first, first + n_bands), n_bands <= NB_BAND_GROUP, in place of those
 * before.  Opens an OpenMP region.  NB_OK or NB_ENOMEM.
 */
nb_status nb_band_records_write(nb_band_records *c, uint32_t first, uint32_t n_bands) NB_MUST_CHECK;

/** Records of one partition; band counts from `first`. */
size_t nb_band_records_count(const nb_band_records *c, uint32_t band, uint32_t part);

/** How many spans a partition of n records can have. */
size_t nb_band_spans_most(const nb_band_records *c, size_t n);

/** The spans of a partition, to span[0..nb_band_spans_most), in order; their number. */
size_t nb_band_records_spans(const nb_band_records *c, uint32_t band, uint32_t part,
			     nb_band_span *span);

#endif
