/* SPDX-License-Identifier: MIT
 *
 * top_rows.h - the heaviest rows of a table, without keeping the table.
 */
#ifndef NB_PIPELINE_TOP_ROWS_H
#define NB_PIPELINE_TOP_ROWS_H

#include "tables.h"

/* A row that was kept, and its text. */
typedef struct kept_row {
	double weight;
	uint64_t line;
	char *json; /* with the padding that the parser wants */
	size_t len;
} kept_row;

/* All zero bytes, and `most`, is a valid empty list. */
typedef struct top_rows {
	kept_row *row; /* [0..n), heaviest first, of equals the earlier line */
	size_t n, most;
} top_rows;

/** Offer the row of t. */
nb_status top_rows_offer(top_rows *top, const table *t, double weight);
void top_rows_release(top_rows *top);

/** Parse row i; the value lives until doc parses again. */
nb_status top_rows_get(const top_rows *top, size_t i, nb_doc *doc, nb_node *row);

#endif
