/* SPDX-License-Identifier: MIT
 *
 * night_memory.h - what a night keeps in private; shared by night.c and order.c.
 */
#ifndef NB_NIGHT_NIGHT_MEMORY_H
#define NB_NIGHT_NIGHT_MEMORY_H

#include "newsbraid/night.h"
#include "base/intern.h"
#include "night/pack.h"
#include "night/recurring_lines.h"
#include "night/text_store.h"

struct nb_night_memory {
	nb_text_store text;
	size_t capacity; /* of every column */
	uint64_t *id_at; /* [0..n): place of the id in id_bytes: a length and the bytes */
	uint64_t *
		content; /* [0..n): hash of all the article says, its place in the input left out */
	/* Growing blocks.  A string is a length plus one (0: absent) and the bytes; lengths are
	 * variable-size numbers of 7 bits a byte, low bits first. */
	uint64_t *clean_at; /* [0..n): place of what cleaning found in clean_bytes; 0: nothing */
	uint64_t *cuts_at;  /* [0..n): place of the spans in clean_bytes; 0: none */
	struct nb_recurring recur;
	char *id_bytes, *meta_bytes, *clean_bytes;
	nb_intern origin;
	size_t id_used, id_capacity, meta_used, meta_capacity, clean_used, clean_capacity;
};

/** The id at a place in the id block. */
nb_str nb_night_stored_id(const struct nb_night_memory *m, uint64_t at);
/** Append an id to the id block. */
nb_status nb_night_store_id(struct nb_night_memory *m, nb_str id, uint64_t *at) NB_MUST_CHECK;

/** Append what cleaning found to clean_bytes, the spans apart; places are 0 where there is nothing. */
nb_status nb_night_store_clean(struct nb_night_memory *m, const nb_cleaned *cleaned,
			       uint64_t *clean_at, uint64_t *cuts_at) NB_MUST_CHECK;
/** Append spans alone. */
nb_status nb_night_store_cuts(struct nb_night_memory *m, const nb_cut *cut, uint32_t n,
			      uint64_t *cuts_at) NB_MUST_CHECK;
/** The spans at a place; their number. */
uint32_t nb_night_stored_cuts(const struct nb_night_memory *m, uint64_t at,
			      nb_cut cut[NB_CUTS_MAX]);
/** Fill language, agency and place of an article, where no field says them. */
void nb_night_fill_article(const struct nb_night_memory *m, uint64_t clean_at, nb_article *a);

#endif
