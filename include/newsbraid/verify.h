/* SPDX-License-Identifier: MIT
 *
 * verify.h - exact comparison of two articles, and the decision whether they are copies.
 *
 * Every number here comes from the texts, not from sketches: the shingle sets A and B are made
 * again, J = |A and B| / |A or B|, containment = |A and B| / min(|A|, |B|).
 *
 * Level: copies.
 */
#ifndef NB_VERIFY_H
#define NB_VERIFY_H

#include "newsbraid/match.h"

NB_API_BEGIN

/* What two articles are to each other. */
typedef enum nb_relation {
	NB_RELATION_NONE = 0,   /* below both thresholds */
	NB_RELATION_COPY = 1,   /* the same report */
	NB_RELATION_SERIES = 2, /* like enough, but the numbers or names that carry the news differ:
				     two reports of a series */
	NB_RELATION_SHORT = 3,  /* like enough, but too short for likeness to mean anything; only
				   equal texts of this length are copies */
} nb_relation;

/* "none", "copy", "series", "short" */
const char *nb_relation_name(nb_relation relation);

/* Which test a pair passed: the first of these that holds. */
typedef enum nb_method {
	NB_METHOD_NONE = 0,
	NB_METHOD_EXACT = 1,   /* equal token sequences */
	NB_METHOD_JACCARD = 2, /* J at or above its threshold */
	NB_METHOD_CONTAIN = 3, /* containment at or above its threshold */
} nb_method;

/* "none", "exact", "jaccard", "contain" */
const char *nb_method_name(nb_method method);

/* A passage that stands in both texts, in bytes of each text. */
typedef struct nb_span {
	uint32_t a_begin, a_len;
	uint32_t b_begin, b_len;
} nb_span;

#define NB_EDGE_SPANS 8u /* longest shared passages kept with an edge */

/* A verified pair. */
typedef struct nb_edge {
	uint32_t a, b; /* article numbers, a < b */
	uint8_t method, relation;
	uint16_t simhash_distance; /* differing bits of the two SimHashes */
	uint32_t shared;           /* |A and B| */
	double jaccard, containment;
	/* Facts compared at places where the texts agree around them, and how many differ (see
	   nb_verify_text). */
	uint32_t numbers, numbers_differ;
	uint32_t names, names_differ;
	uint32_t n_spans;
	uint64_t span_at; /* spans are nb_edges.span[span_at..span_at + n_spans), in order of a */
} nb_edge;

/* A list of edges; where nothing else is said, sorted by (b, a).  All zero bytes is a valid empty
 * list. */
typedef struct nb_edges {
	nb_edge *edge;
	size_t n, capacity;
	nb_span *span;
	size_t n_spans, span_capacity;
} nb_edges;

void nb_edges_release(nb_edges *e);

/* When a pair is a copy.  Where each default was measured is written at nb_copy_params_init. */
typedef struct nb_copy_params {
	double jaccard;        /* copy if J >= this */
	double containment;    /* ... or containment >= this */
	uint32_t min_shingles; /* shorter texts (distinct shingles) are copies only if equal */
	uint32_t contain_shingles; /* least shingles of a text that is found by containment */
	/* Two reports of a series: at least this share of the compared facts differ, or this share
	   of the numbers (languages that capitalise every noun drown facts in names).  A copy of
	   yesterday's report keeps yesterday's numbers, so reports published at least series_gap_s
	   apart are held to the second pair of shares. */
	double series_facts, series_numbers;
	double series_facts_far, series_numbers_far;
	int64_t series_gap_s;
} nb_copy_params;

void nb_copy_params_init(nb_copy_params *p);

/* One text made ready for comparison, in one compact block of memory. */
typedef struct nb_prepared nb_prepared;

/**
 * Tokens with places, shingles and a table of the distinct ones.
 *
 * @param scratch  reused from text to text; one per thread
 * @param text     kept as it is; only printing reads it again, nb_verify_text does not
 * @param out      out: free with nb_prepared_free
 * @return NB_OK, NB_ELIMIT or NB_ENOMEM (*out is then NULL)
 */
nb_status nb_prepare(nb_tokens *scratch, const nb_sketch_params *params, nb_str text,
		     nb_prepared **out) NB_MUST_CHECK;

void nb_prepared_free(nb_prepared *p);

/** Number of tokens of the prepared text. */
size_t nb_prepared_tokens(const nb_prepared *p);

/** Seconds that must lie between two publications, NB_NO_TIME if one is not known.  One that names
 *  only its day may have been at any time of it. */
int64_t nb_apart(int64_t a, bool a_day_only, int64_t b, bool b_day_only);

/**
 * Compare two prepared texts and decide.
 *
 * @param apart_s  seconds between their publication (nb_apart), or NB_NO_TIME
 * @param edge     out: everything but a, b, simhash_distance and span_at
 * @param span     out: room for NB_EDGE_SPANS; edge->n_spans of them are set (only for relations
 *                 other than none)
 *
 * Series guard: the texts are aligned by their shared passages.  Where a short stretch differs
 * between two shared passages, its numbers, and its words that are capitalised inside a sentence,
 * are facts that differ; facts inside shared passages agree.  If the share that differs reaches
 * the shares of nb_copy_params, the pair is two reports of a series, not a copy.  One fact alone is
 * more likely set right than news: it decides only between reports that lie far apart.
 */
nb_status nb_verify_text(const nb_prepared *a, const nb_prepared *b, const nb_copy_params *params,
			 int64_t apart_s, nb_edge *edge, nb_span span[NB_EDGE_SPANS]) NB_MUST_CHECK;

/* What a passage of two texts is. */
typedef enum nb_passage_kind {
	NB_PASSAGE_SHARED = 0,   /* in both */
	NB_PASSAGE_MOVED = 1,    /* in both, at another place */
	NB_PASSAGE_REPLACED = 2, /* different words */
	NB_PASSAGE_FACTS = 3,    /* likewise, with other numbers or names */
	NB_PASSAGE_ONLY_A = 4,
	NB_PASSAGE_ONLY_B = 5,
} nb_passage_kind;

/* A passage; what stands in one text only leaves the other's side empty. */
typedef struct nb_passage {
	nb_passage_kind kind;
	nb_str a, b; /* in the prepared texts, up to where the next passage begins */
} nb_passage;

#define NB_PASSAGES 8193u /* most passages of a pair */

/**
 * Both texts as a list of passages: what is shared, replaced, added, moved.
 *
 * @param passage  out: room for NB_PASSAGES, in the order of b
 * @param n        out: how many there are
 * @return NB_OK or NB_ENOMEM (*n is then 0)
 *
 * The sides of b, put together, are the text b; those of a that are not NB_PASSAGE_MOVED, the text
 * a.  O(|a| + |b|).
 */
nb_status nb_passages(const nb_prepared *a, const nb_prepared *b, nb_passage *passage,
		      size_t *n) NB_MUST_CHECK;

/**
 * Verify candidates.  Pairs whose relation is none are left out.
 *
 * @param s      only params and simhash are used; simhash may be NULL (distances are then 0)
 * @param pairs  in any order; near each other those that share an article are cheaper
 * @param out    edges are appended in the order of pairs
 * Opens OpenMP regions.
 */
nb_status nb_verify(const nb_night *night, const nb_sketches *s, const nb_pairs *pairs,
		    const nb_copy_params *params, nb_edges *out, nb_error *err) NB_MUST_CHECK;

NB_API_END

#endif
