/* SPDX-License-Identifier: MIT
 *
 * key_index.h - which articles have a shingle among their smallest: the index that contain asks.
 *
 * Most shingles of a text are nobody's key, so a question passes a filter first.  The filter is
 * split by leading zeros: a shingle with none can be a key of a very short article only, and half
 * of all shingles have none.  So most questions go to small parts of the filter, which stay in the
 * caches, however large the whole is.
 *
 * Level: match.  Building opens OpenMP regions; asking is safe from any thread.
 */
#ifndef NB_MATCH_KEY_INDEX_H
#define NB_MATCH_KEY_INDEX_H

#include <stdbool.h>

#include "newsbraid/match.h"

#define NB_KEY_POSTINGS 64u /* earliest articles kept for one key */
#define NB_KEY_CLASSES  16u

typedef struct nb_key_index {
	uint32_t n_articles; /* that have keys here */
	uint32_t article_bits, bucket_bits;
	uint32_t *end;    /* [-1..buckets): entry[end[b - 1]..end[b]) are those of bucket b */
	uint64_t *entry;  /* ascending in each bucket: rest of the key above, article below */
	uint8_t *kept;    /* [0..n): keys of each article that the index still holds */
	uint64_t *filter;
	struct {
		uint64_t at, mask; /* words filter[at..at + mask + 1) */
	} part[NB_KEY_CLASSES];
	uint64_t n_cut; /* entries left out because their key has too many articles */
} nb_key_index;

/**
 * Index the keys of all articles with at least min_shingles shingles (and at least one).
 * @return NB_OK, NB_ENOMEM or NB_ELIMIT (2^32 keys); *ix is then released
 */
nb_status nb_key_index_build(nb_key_index *ix, const nb_sketches *s,
			     uint32_t min_shingles) NB_MUST_CHECK;
void nb_key_index_release(nb_key_index *ix);

static inline uint32_t nb_key_class(uint64_t shingle)
{
	uint32_t zeros = (uint32_t)__builtin_clzll(shingle | 1);

	return zeros < NB_KEY_CLASSES ? zeros : NB_KEY_CLASSES - 1;
}

static inline uint64_t *nb_key_word(const nb_key_index *ix, uint64_t shingle)
{
	uint32_t class = nb_key_class(shingle);

	return &ix->filter[ix->part[class].at + (shingle >> 20 & ix->part[class].mask)];
}

static inline uint64_t nb_key_bits(uint64_t shingle)
{
	return UINT64_C(1) << (shingle & 63) | UINT64_C(1) << (shingle >> 6 & 63);
}

/** False if no article has this key; true for all keys and for few other shingles. */
static inline bool nb_key_maybe(const nb_key_index *ix, uint64_t shingle)
{
	uint64_t bits = nb_key_bits(shingle);

	return (*nb_key_word(ix, shingle) & bits) == bits;
}

static inline uint32_t nb_key_bucket(const nb_key_index *ix, uint64_t shingle)
{
	return (uint32_t)(shingle & ((UINT64_C(1) << ix->bucket_bits) - 1));
}

/** An entry without its article. */
static inline uint64_t nb_key_rest(const nb_key_index *ix, uint64_t shingle)
{
	return shingle >> ix->bucket_bits << ix->article_bits;
}

static inline uint32_t nb_key_article(const nb_key_index *ix, uint64_t entry)
{
	return (uint32_t)(entry & ((UINT64_C(1) << ix->article_bits) - 1));
}

/** Entries of a key: their number, at most NB_KEY_POSTINGS; *first is the first of them. */
uint32_t nb_key_find(const nb_key_index *ix, uint64_t shingle, uint32_t *first);

#endif
