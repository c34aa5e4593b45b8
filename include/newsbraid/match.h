/* SPDX-License-Identifier: MIT
 *
 * match.h - which pairs of articles may be copies of each other.
 *
 * Three ways to find candidates; each may return pairs that are not similar (verify.h decides),
 * and each says what it may lose:
 *   scan     compares every pair of sketches whose sizes allow the threshold; loses only pairs
 *            whose sketch is unlucky by more than NB_SCAN_SIGMA standard errors
 *   bands    locality-sensitive hashing: equal bytes in a band (Broder 1997; Indyk and Motwani
 *            1998); finds a pair with probability 1 - (1 - J^rows)^bands
 *   contain  the smallest shingles of the shorter article looked up among all shingles of the
 *            longer one (bottom-k sampling, Cohen and Kaplan 2007): finds the brief inside the long
 *            piece and the story cut from the bottom, which no Jaccard threshold finds
 *
 * Articles are given as columns indexed by article number; a smaller number is an earlier article.
 * An article with n_shingles == 0 is in no pair.
 *
 * Level: copies.  These functions open OpenMP regions; call them from one thread.  Results do not
 * depend on the number of threads or the instruction set.
 */
#ifndef NB_MATCH_H
#define NB_MATCH_H

#include <stdbool.h>

#include "newsbraid/night.h"
#include "newsbraid/sketch.h"

NB_API_BEGIN

/* Sketch columns of n articles. */
typedef struct nb_sketches {
	nb_sketch_params params;
	uint32_t n;
	uint8_t (*lane)[NB_LANES]; /* [0..n), 64-byte aligned */
	uint64_t *simhash;         /* [0..n * simhash_bits / 64) */
	uint64_t *text_hash;       /* [0..n) */
	uint32_t *n_tokens;        /* [0..n) */
	uint32_t *n_shingles;      /* [0..n) */
	uint64_t *key_at;          /* [0..n]: keys of article i are key[key_at[i]..key_at[i+1]) */
	uint64_t *key;
	size_t capacity, key_capacity; /* private */
} nb_sketches;

void nb_sketches_init(nb_sketches *s, const nb_sketch_params *params);
void nb_sketches_release(nb_sketches *s);
/** Append n sketches.  NB_OK or NB_ENOMEM (unchanged then). */
nb_status nb_sketches_append(nb_sketches *s, const nb_sketch *sketch, size_t n) NB_MUST_CHECK;
/**
 * Replace the sketches of article[0..n), ascending.  The next call must be nb_sketches_permute,
 * which drops keys that a shorter text no longer has.
 */
void nb_sketches_replace(nb_sketches *s, const uint32_t *article, const nb_sketch *sketch,
			 size_t n);
/** New number i gets the sketch of from[i] (see nb_night_order).  NB_OK or NB_ENOMEM. */
nb_status nb_sketches_permute(nb_sketches *s, const uint32_t *from) NB_MUST_CHECK;

/* A pair of article numbers, a < b: a is the earlier one. */
typedef struct nb_pair {
	uint32_t a, b;
} nb_pair;

/* Candidate pairs, sorted by (b, a), each once.  All zero bytes is a valid empty list. */
typedef struct nb_pairs {
	nb_pair *pair; /* pair[0..n) */
	size_t n, capacity;
} nb_pairs;

void nb_pairs_release(nb_pairs *p);
/** Sort by (b, a), drop doubles, and keep for each b only the `most` smallest a.  Parallel. */
nb_status nb_pairs_normalise(nb_pairs *p, uint32_t most) NB_MUST_CHECK;
/** Add all pairs of `more` (unsorted afterwards: normalise). */
nb_status nb_pairs_add(nb_pairs *p, const nb_pairs *more) NB_MUST_CHECK;

/* How unlucky a sketch may be before a pair is lost: as a normal variate that lies so many standard
 * errors below its mean (3: one in 740; the sketch's error is less than the binomial assumed). */
#define NB_SCAN_SIGMA 3.0
#define NB_PAIRS_PER_ARTICLE 64u /* earliest partners kept for each article */

/* What a way of finding candidates did. */
typedef struct nb_match_stats {
	uint64_t n_possible;  /* pairs that the sizes allow */
	uint64_t n_compared;  /* scan: pairs that went through the filter; bands: records; contain:
				 keys found in other articles */
	uint64_t n_passed;    /* scan: pairs after the filter; bands: pairs named by buckets, once
				 for each band; contain: pairs with a key in common, by sides */
	uint64_t n_pairs;     /* candidates returned */
	uint64_t n_dropped;   /* 0: nothing was cut off.  Else about how many candidates had an
				 article with NB_PAIRS_PER_ARTICLE earlier ones (scan leaves out
				 those it need not count, bands and contain may see one twice),
				 and, for contain, keys of articles beyond a posting list's end */
	uint32_t lanes, planes; /* scan: the filter chosen; bands: rows, bands */
	double expected_recall; /* of pairs exactly at the threshold */
} nb_match_stats;

/** Pairs (of n articles, sizes given) that scan would have to compare at this threshold. */
uint64_t nb_scan_cost(const nb_sketches *s, double jaccard);

/**
 * Every pair whose sketches agree as much as J >= jaccard lets expect; of a later article's
 * partners the NB_PAIRS_PER_ARTICLE earliest.
 *
 * @param jaccard  threshold in (0, 1]
 * @param out      empty, or a list to overwrite
 * @param stats    may be NULL; the same for any number of threads and instruction set
 * @return NB_OK, NB_EINVAL (jaccard) or NB_ENOMEM
 *
 * Time O(pairs the sizes allow); memory 100 bytes an article and the candidates.
 */
nb_status nb_match_scan(const nb_sketches *s, double jaccard, nb_pairs *out, nb_match_stats *stats)
	NB_MUST_CHECK;

/** Rows and bands with the least rows * bands <= NB_LANES waste whose recall at J = jaccard is at
 *  least recall, or as near to it as NB_LANES allow.  Returns the expected recall. */
double nb_bands_choose(double jaccard, double recall, uint32_t *rows, uint32_t *bands);

/**
 * Pairs that share a band and whose sketches agree as for nb_match_scan: a part of what that finds.
 * In a bucket each article meets the four earliest and the one before it.
 *
 * Parameters and errors as nb_match_scan.  Rows and bands are chosen for a recall of 0.995 at the
 * threshold; expected_recall tells.  Time O(articles x bands); memory about 100 bytes an article.
 */
nb_status nb_match_bands(const nb_sketches *s, double jaccard, nb_pairs *out, nb_match_stats *stats)
	NB_MUST_CHECK;

/**
 * Pairs where one article is contained in the other by about `containment` or more: at least a
 * share of its keys (chosen from containment, NB_SCAN_SIGMA; at least 3) are shingles of the other.
 * With containment 2 t / (1 + t) that is nearly every pair of Jaccard t, too.
 *
 * A key that many articles have is kept for the 64 earliest of them; an article is then looked for
 * by the keys that still name it.
 *
 * @param night         texts are read again, to look up every shingle
 * @param containment   threshold in (0, 1]
 * @param min_shingles  articles with fewer distinct shingles are not looked for, but still contain
 * @return NB_OK, NB_EINVAL (containment), NB_ENOMEM, NB_ELIMIT (2^32 keys) or what a text gave
 *
 * Time O(shingles of all texts); memory about 300 bytes an article.
 */
nb_status nb_match_contain(const nb_sketches *s, const nb_night *night, double containment,
			   uint32_t min_shingles, nb_pairs *out, nb_match_stats *stats,
			   nb_error *err) NB_MUST_CHECK;

NB_API_END

#endif
