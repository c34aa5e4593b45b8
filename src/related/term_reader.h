/* SPDX-License-Identifier: MIT
 *
 * term_reader.h - one article to its distinct terms, counted.
 *
 * Level: related.
 */
#ifndef NB_RELATED_TERM_READER_H
#define NB_RELATED_TERM_READER_H

#include "lexicon/stop_words.h"
#include "newsbraid/terms.h"
#include "newsbraid/token.h"

#define NB_TERM_PARTS 16u /* by the highest bits of the hash */

/* A term before it has a number. */
typedef struct nb_raw_term {
	uint64_t hash;
	uint32_t id;
	nb_term counts;  /* without id */
	uint8_t letters; /* characters of the word or number, at most 255 */
} nb_raw_term;

/* Reuse one object for many articles, in one thread.  All zero bytes is a valid empty object. */
typedef struct nb_term_reader {
	nb_raw_term *term; /* term[0..n): distinct, by part, in each by first appearance */
	size_t n;
	uint32_t part_at[NB_TERM_PARTS + 1];
	nb_stop_words stops; /* these are left out, unless they are names */
	/* private: */
	nb_tokens tokens;
	char *buffer;
	nb_raw_term *found; /* as they appear */
	uint32_t *slot;     /* hash table over found: place + 1, 0 free */
	uint64_t *stem;     /* of every token of a text; 0: none */
	size_t n_slots, term_room, found_room, stem_room, buffer_room;
} nb_term_reader;

void nb_term_reader_release(nb_term_reader *r);

/**
 * Read an article.
 *
 * @param facts  out: everything that can be known without the other articles
 * @return NB_OK, NB_ENOMEM or NB_EIO
 */
nb_status nb_term_reader_read(nb_term_reader *r, const nb_night *night, uint32_t article,
			      nb_terms_article *facts) NB_MUST_CHECK;

#endif
