/* SPDX-License-Identifier: MIT
 *
 * band_records.h - the keys of some bands, put into partitions that fit a cache.
 *
 * A record is 32 bits of the mixed key of a band above the article number.  Its partition holds the
 * bits above those.  Records of a partition stand in pieces, one for each chunk of articles, and
 * inside and across pieces in order of article numbers.
 *
 * Level: match.
 */
#ifndef NB_MATCH_BAND_RECORDS_H
#define NB_MATCH_BAND_RECORDS_H

#include "newsbraid/match.h"

#define NB_BAND_GROUP 8u  /* bands in memory at a time: 64 bytes an article */
#define NB_BAND_ROWS  16u /* most bytes of a key */

/* Where the bytes of a band lie: up to two words, each loaded inside the sketch. */
struct nb_band_key {
	uint32_t at[2], shift[2];
	uint64_t mask[2];
};

typedef struct nb_band_records {
	const nb_sketches *s;
	uint32_t rows;
	uint32_t part_bits, n_parts, n_chunks;
	struct nb_band_key key[NB_LANES];
	/* of the bands in memory: piece i is record[start[i]..start[i] + count[i]) */
	uint64_t *record;
	size_t *start;
	uint32_t *count;
} nb_band_records;

/** Ready for n_bands bands of `rows` bytes.  NB_OK or NB_ENOMEM (release in either case). */
nb_status nb_band_records_init(nb_band_records *c, const nb_sketches *s, uint32_t rows,
			       uint32_t n_bands) NB_MUST_CHECK;
void nb_band_records_release(nb_band_records *c);

/**
 * Fill the records of bands [first, first + n_bands), n_bands <= NB_BAND_GROUP, the first call
 * with the most.  Opens OpenMP regions.  NB_OK or NB_ENOMEM.
 */
nb_status nb_band_records_write(nb_band_records *c, uint32_t first, uint32_t n_bands) NB_MUST_CHECK;

/** Number of a piece; those of one partition follow one another, n_chunks of them. */
static inline size_t nb_band_piece(const nb_band_records *c, uint32_t band, uint32_t part,
				   uint32_t chunk)
{
	return ((size_t)band * c->n_parts + part) * c->n_chunks + chunk;
}

#endif
