/* SPDX-License-Identifier: MIT
 *
 * senses.h - the translations in a dictionary entry, and how far down they stand.
 *
 * Entries are made for readers: senses are numbered or not, a definition in the language of the
 * headword may follow each line of translations, notes, examples, grammar and pronunciation stand
 * in brackets of every form.  Only what is surely a translation is taken.
 */
#ifndef NB_TOOLS_LEXICON_SENSES_H
#define NB_TOOLS_LEXICON_SENSES_H

#include <stdbool.h>

#include "newsbraid/nb.h"
#include "text/script.h"

typedef struct sense {
	nb_str phrase; /* in the entry, trimmed, or in senses.clean */
	uint32_t rank; /* 0 for the first line of translations, and so on */
} sense;

#define SENSES_MOST 64
#define SENSE_WORDS 4 /* longer phrases are explanations */

typedef struct senses {
	size_t n;
	sense sense[SENSES_MOST];
	char clean[8192]; /* lines without what stands in brackets */
	size_t n_clean;
} senses;

/** The headword as the first line of an entry spells it; absent if it is several. */
nb_str senses_headword(nb_str entry);

/** The translations of a FreeDict entry: what is in another script is none.  Japanese is KANA, Han
 *  or both. */
void senses_freedict(senses *s, nb_str entry, nb_script to);

/** The translations of an entry of Mueller's English-Russian dictionary. */
void senses_mueller(senses *s, nb_str entry);

/** Whether the phrase has letters of this script, and none of another. */
bool senses_in_script(nb_str phrase, nb_script to);

#endif
