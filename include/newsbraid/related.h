/* SPDX-License-Identifier: MIT
 *
 * related.h - which pairs of articles in one language report the same event, and how likely.
 *
 * Three steps for each language: terms with weights (terms.h); candidates by an inverted index of
 * the heaviest terms; a probability from some thirty features of the pair - cosines, what of one
 * title stands in the other text, shared rare names, ages and numbers that agree or clash, the time
 * between, how crowded the neighbourhood is - by boosted trees and a logistic regression, half each
 * (Friedman 2001).  Trees know their training texts better, the regression carries further.
 *
 * Level: related.  These functions open OpenMP regions; call them from one thread.  Results do not
 * depend on the number of threads or the instruction set.
 */
#ifndef NB_RELATED_H
#define NB_RELATED_H

#include "newsbraid/terms.h"

NB_API_BEGIN

/* Two articles, a < b. */
typedef struct nb_related {
	uint32_t a, b;
	float p;                            /* probability that they report the same event */
	float words, entities, title, lead; /* cosines */
} nb_related;

/* Sorted by (b, a), each pair once.  All zero bytes is a valid empty list. */
typedef struct nb_related_list {
	nb_related *pair; /* pair[0..n) */
	size_t n, capacity;
} nb_related_list;

void nb_related_list_release(nb_related_list *l);

typedef struct nb_related_options {
	double floor;        /* pairs less likely than this are not returned [0.02] */
	uint32_t candidates; /* most partners an article looks for, 1..200 [60] */
	uint32_t postings;   /* articles that one of its terms leads to, the nearest in time
				[100]; losing the others is the price of linear time */
	double sigma_days;   /* standard deviation of the time between reports of one event that name
				their second, above 0 [2] */
	const nb_lexicon *lexicon; /* whose stop words say nothing; may be NULL [NULL] */
} nb_related_options;

void nb_related_options_init(nb_related_options *o);

typedef struct nb_related_stats {
	uint32_t n_articles, n_languages;
	uint64_t n_terms;      /* distinct, summed over languages */
	uint64_t n_kept;       /* terms of articles that were kept */
	uint64_t n_postings;   /* entries of the index */
	uint64_t n_dropped;    /* entries that were passed over because their list was too long */
	uint64_t n_candidates; /* pairs that were scored */
	uint64_t n_pairs;      /* pairs returned */
	double terms_s, candidates_s, score_s; /* wall seconds */
} nb_related_stats;

/**
 * Find related pairs.
 *
 * @param article  article[0..n): article numbers, ascending; as a rule the leaders of copy groups
 * @param out      out: release with nb_related_list_release
 * @param stats    out, may be NULL
 * @return NB_OK, NB_EINVAL (options), NB_ENOMEM or NB_EIO; *out is empty on failure
 *
 * Only articles of one language (nb_article.lang; none is a language of its own) are compared.
 * Time O(n x postings); memory about 1.3 KB an article of the largest language.
 */
nb_status nb_related_find(const nb_night *night, const uint32_t *article, uint32_t n,
			  const nb_related_options *o, nb_related_list *out,
			  nb_related_stats *stats, nb_error *err) NB_MUST_CHECK;

NB_API_END

#endif
