/* SPDX-License-Identifier: MIT
 *
 * compare.h - articles by number: prepare one, compare two.
 */
#ifndef NB_COPIES_COMPARE_H
#define NB_COPIES_COMPARE_H

#include "newsbraid/verify.h"

/* What a thread needs to prepare articles.  All zero bytes is valid and empty. */
typedef struct nb_preparer {
	nb_tokens tokens;
	char *buffer; /* a text that comes from the spill file */
	size_t capacity;
} nb_preparer;

void nb_preparer_release(nb_preparer *p);

/** Prepare article i; its text is gone afterwards, which comparing does not need. */
nb_status nb_prepare_article(nb_preparer *p, const nb_night *night, const nb_sketch_params *params,
			     uint32_t i, nb_prepared **out) NB_MUST_CHECK;

/** Compare two prepared articles: as nb_verify_text, and everything else of the edge but span_at. */
nb_status nb_compare_articles(const nb_night *night, const nb_sketches *s,
			      const nb_copy_params *params, nb_pair pair, const nb_prepared *a,
			      const nb_prepared *b, nb_edge *edge, nb_span span[NB_EDGE_SPANS])
	NB_MUST_CHECK;

/** Append an edge and its spans. */
nb_status nb_edges_append(nb_edges *out, const nb_edge *edge, const nb_span *span) NB_MUST_CHECK;

#endif
