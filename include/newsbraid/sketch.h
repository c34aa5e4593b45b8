/* SPDX-License-Identifier: MIT
 *
 * sketch.h - tokens to shingles, and shingles to a fixed-size sketch.
 *
 * A shingle is the hash of n consecutive tokens.  The sketch of an article is
 *   - MinHash: 128 lanes of 8 bits; the share of equal lanes of two articles estimates the Jaccard
 *     similarity J of their shingle sets.  Made by Fast Similarity Sketching (Dahlgaard, Knudsen,
 *     Thorup: "Fast Similarity Sketching", FOCS 2017, arXiv:1704.04370): one hash per shingle, not
 *     one per lane, and an error at most that of 128 independent hashes, sqrt(J (1 - J) / 128).
 *     8-bit lanes are b-bit MinHash (Li and Koenig, WWW 2010).
 *   - SimHash (Charikar, STOC 2002) of the tokens, each weighted by how often it occurs.
 *
 * The same text and parameters give the same bytes on every machine and instruction set.
 *
 * Level: sketch.
 */
#ifndef NB_SKETCH_H
#define NB_SKETCH_H

#include "newsbraid/nb.h"
#include "newsbraid/token.h"

NB_API_BEGIN

#define NB_LANES          128u /* MinHash lanes, one byte each */
#define NB_SHINGLE_MAX    32u  /* longest shingle, in tokens */
#define NB_SIMHASH_WORDS  4u   /* room for the widest SimHash, 256 bits */
#define NB_CONTAIN_KEYS   24u  /* smallest shingles kept to find containment */

/* What makes two sketches comparable.  Sketches of different parameters never meet. */
typedef struct nb_sketch_params {
	uint32_t shingle_tokens; /* tokens in a shingle, 1..NB_SHINGLE_MAX [5] */
	uint32_t simhash_bits;   /* 64, 128 or 256 [64] */
	uint64_t seed;           /* any value [0] */
} nb_sketch_params;

/** The defaults in brackets above. */
void nb_sketch_params_init(nb_sketch_params *p);

/* The sketch of one article. */
typedef struct nb_sketch {
	uint8_t lane[NB_LANES];             /* zero if n_shingles is 0 */
	uint64_t simhash[NB_SIMHASH_WORDS]; /* simhash_bits used, the rest zero */
	uint64_t text_hash;  /* XXH3 of the token hashes: equal for equal token sequences */
	uint32_t n_tokens;
	uint32_t n_shingles; /* distinct shingles, exact; 1 for a text of 1..shingle_tokens tokens */
	uint32_t n_keys;     /* min(n_shingles, NB_CONTAIN_KEYS) */
	uint64_t key[NB_CONTAIN_KEYS]; /* the n_keys smallest distinct shingles, ascending */
} nb_sketch;

/**
 * Hash every run of `words` consecutive tokens.
 *
 * @param token  token[0..n)
 * @param words  1..NB_SHINGLE_MAX
 * @param out    room for nb_shingle_count(n, words) values, must not overlap token
 *
 * A text of 1..words tokens has one shingle, of all its tokens; the empty text has none.
 * One rolling mix per shingle, no byte is hashed twice.
 */
void nb_shingles(const uint64_t *token, size_t n, uint32_t words, uint64_t seed, uint64_t *out);

/** Number of shingles of n tokens, duplicates counted: n - words + 1, but 1 for 1..words, 0 for 0. */
size_t nb_shingle_count(size_t n, uint32_t words);

/**
 * Sort shingles and drop duplicates, in place: the set that exact Jaccard is made of.
 *
 * @param scratch  room for n values
 * @return number of distinct shingles
 */
size_t nb_shingle_set(uint64_t *shingle, size_t n, uint64_t *scratch);

/**
 * MinHash of a set of shingles.
 *
 * @param shingle  shingle[0..n), well-mixed 64-bit hashes, any order, duplicates allowed
 * @param lane     out; all zero for n == 0
 */
void nb_minhash(const uint64_t *shingle, size_t n, uint8_t lane[NB_LANES]);

/** How many of two MinHashes' lanes are equal. */
uint32_t nb_minhash_equal(const uint8_t a[NB_LANES], const uint8_t b[NB_LANES]);

/** The Jaccard similarity that `equal` of NB_LANES equal lanes stand for, chance agreement off. */
double nb_minhash_jaccard(uint32_t equal);

/**
 * SimHash of weighted tokens.
 *
 * @param token  token[0..n), a token that occurs twice stands twice (that is its weight)
 * @param bits   64, 128 or 256
 * @param out    out[0..bits/64); bit i is 1 where more than half of the tokens vote so
 */
void nb_simhash(const uint64_t *token, size_t n, uint32_t bits, uint64_t *out);

/*
 * Makes sketches; holds scratch memory that grows to the longest text.
 * One object per thread.  All zero bytes is a valid empty object.
 */
typedef struct nb_sketcher {
	nb_tokens tokens;  /* of the last text */
	uint64_t *shingle; /* shingle[0..n_shingle) of the last text, text order, duplicates kept */
	size_t n_shingle;
	struct nb_sketch_scratch *scratch; /* private */
} nb_sketcher;

/** Free what s holds. */
void nb_sketcher_release(nb_sketcher *s);

/**
 * Text to sketch: tokens, shingles, MinHash, SimHash, keys, in one go while the text is in cache.
 *
 * @param text  valid UTF-8, at most NB_TOKEN_TEXT_MAX bytes
 * @param out   out; n_tokens == 0 if the text has no token (the rest is then zero)
 * @return NB_OK, NB_EINVAL (parameters), NB_ELIMIT or NB_ENOMEM (*out is then zero)
 */
nb_status nb_sketch_text(nb_sketcher *s, const nb_sketch_params *p, const char *text, size_t len,
			 nb_sketch *out) NB_MUST_CHECK;

/**
 * Text to shingles only (s->shingle, s->n_shingle), for verification and containment.
 * Same errors as nb_sketch_text.
 */
nb_status nb_shingle_text(nb_sketcher *s, const nb_sketch_params *p, const char *text,
			  size_t len) NB_MUST_CHECK;

NB_API_END

#endif
