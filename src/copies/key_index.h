/* SPDX-License-Identifier: MIT
 *
 * key_index.h - which articles have a shingle among their smallest: the index that contain asks.
 *
 * Most shingles of a text are nobody's key, so a question passes a filter first.  The filter is
 * split by leading zeros: a shingle with none can be a key of a very short article only, and half
 * of all shingles have none.  So most questions go to small parts of the filter, which stay in the
 * caches, however large the whole is.
 *
 * Level: copies.  Building opens OpenMP regions; asking is safe from any thread.
 */
#ifndef NB_COPIES_KEY_INDEX_H
#define NB_COPIES_KEY_INDEX_H

#include <stdbool.h>

#include "newsbraid/match.h"

#define NB_KEY_POSTINGS 64u /* earliest articles kept for one key */
#define NB_KEY_CLASSES  16u

/*
 * With x the lower half of a shingle: its bucket, its partition while building, and its word in a
 * filter part are all leading bits of x, so that what is built together lies together.
 */
typedef struct nb_key_index {
	uint32_t n_articles; /* that have keys here */
	uint32_t article_bits, part_bits, bucket_bits; /* part_bits <= bucket_bits */
	uint32_t *end;    /* [-1..buckets): entry[end[b - 1]..end[b]) are those of bucket b */
	uint64_t *entry;  /* ascending in each bucket: see nb_key_entry */
	uint8_t *kept;    /* [0..n): keys of each article that the index still holds */
	uint64_t *filter;
	struct {
		uint64_t at;    /* its first word */
		uint32_t shift; /* word x >> shift */
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

	return &ix->filter[ix->part[class].at + ((uint32_t)shingle >> ix->part[class].shift)];
}

/** The bits that a shingle sets in its word: no article has a key one of whose bits is not set. */
static inline uint64_t nb_key_bits(uint64_t shingle)
{
	return UINT64_C(1) << (shingle >> 32 & 63) | UINT64_C(1) << (shingle >> 38 & 63);
}

static inline uint32_t nb_key_bucket(const nb_key_index *ix, uint64_t shingle)
{
	return (uint32_t)shingle >> (32 - ix->bucket_bits);
}

/**
 * The word that stands for a shingle of an article: what follows the partition's bits of x, then
 * the upper half, cut off for the article number at the end.
 */
static inline uint64_t nb_key_entry(const nb_key_index *ix, uint64_t shingle, uint32_t article)
{
	uint64_t rest = (shingle << 32 | shingle >> 32) << ix->part_bits;

	return rest >> ix->article_bits << ix->article_bits | article;
}

static inline uint32_t nb_key_article(const nb_key_index *ix, uint64_t entry)
{
	return (uint32_t)(entry & ((UINT64_C(1) << ix->article_bits) - 1));
}

/** Entries of a key: their number, at most NB_KEY_POSTINGS; *first is the first of them. */
uint32_t nb_key_find(const nb_key_index *ix, uint64_t shingle, uint32_t *first);

#endif
