/* SPDX-License-Identifier: MIT
 *
 * term_table.h - hashes of terms to numbers, and how many articles have each.
 *
 * Parts are by the highest bits of the hash, so that threads fill different parts and a term's
 * number depends on the order of the articles alone.  Sixteen bytes a term.
 *
 * Level: related.
 */
#ifndef NB_RELATED_TERM_TABLE_H
#define NB_RELATED_TERM_TABLE_H

#include "related/term_reader.h"

typedef struct nb_term_part {
	struct nb_term_slot *slot;
	size_t n_slots;
	uint32_t *df;     /* [0..n) */
	uint8_t *letters; /* [0..n): of the word */
	uint32_t n;
	size_t df_room, letters_room;
} nb_term_part;

/* All zero bytes is a valid empty table. */
typedef struct nb_term_table {
	nb_term_part part[NB_TERM_PARTS];
} nb_term_table;

void nb_term_table_release(nb_term_table *t);

/** One more article has these terms, all of one part: count them and fill in their ids. */
nb_status nb_term_table_add(nb_term_table *t, unsigned part, nb_raw_term *term, size_t n)
	NB_MUST_CHECK;

/** Ids are below this. */
uint32_t nb_term_table_ids(const nb_term_table *t);

static inline uint32_t nb_term_df(const nb_term_table *t, uint32_t id)
{
	return t->part[id % NB_TERM_PARTS].df[id / NB_TERM_PARTS];
}

#endif
