/* SPDX-License-Identifier: MIT
 *
 * gazetteer.h - names of places by language, gathered before any of them is written.
 *
 * A name often means several places; the one that most languages have a name for is meant.
 */
#ifndef NB_TOOLS_LEXICON_GAZETTEER_H
#define NB_TOOLS_LEXICON_GAZETTEER_H

#include <stdbool.h>

#include "tools/lexicon/strings.h"

struct build;

typedef struct place_name {
	uint32_t language;
	uint32_t forms; /* in gazetteer.forms: tokens with a blank between, or a run of characters */
	uint32_t fame;  /* languages that have a name for the place */
	uint32_t order; /* as they came */
	uint64_t id;    /* concept */
	uint8_t n_tokens;
	bool acronym; /* only if written in capitals */
} place_name;

/* All zero bytes is a valid empty object. */
typedef struct gazetteer {
	strings forms;
	place_name *name; /* name[0..n) */
	size_t n, capacity;
} gazetteer;

#define FAME_MOST UINT32_MAX /* what must win: countries and what we say ourselves */

void gazetteer_release(gazetteer *g);

/** Note a name; names that could be anything (two letters, figures) are left out. */
void gazetteer_add(struct build *b, gazetteer *g, uint32_t language, nb_str name, uint64_t id,
		   uint32_t fame);

/** Put the names into the tables: PLACES and LENGTHS; words of unspaced languages. */
void gazetteer_write(struct build *b, gazetteer *g);

#endif
