/* SPDX-License-Identifier: MIT
 *
 * place_key.h - the keys under which the gazetteer has a name.
 *
 * Exact: the keys of its forms, one after the other.  Stump: what case endings leave, for languages
 * that decline names; of one token its form without a vowel at the end (the text's word is cut
 * letter by letter until it meets), of several the first four letters of each.
 *
 * Level: lexicon.
 */
#ifndef NB_LEXICON_PLACE_KEY_H
#define NB_LEXICON_PLACE_KEY_H

#include "lexicon/form.h"

#define NB_PLACE_TOKENS      4 /* of the longest name */
#define NB_PLACE_STUMP_LEAST 4 /* letters of a stump */
#define NB_PLACE_STUMP_EACH  4 /* letters of each token's stump in a name of several */
#define NB_PLACE_CUT_MOST    3 /* letters of a case ending */

typedef struct nb_place_keys {
	uint64_t exact, stump; /* stump: 0 if it would be too short */
	uint64_t first;        /* of the first token */
	uint64_t first_stump;  /* of its first four letters */
} nb_place_keys;

/** The keys of a name: forms[0..n), a blank between tokens. */
void nb_place_keys_make(const char *forms, size_t n, nb_place_keys *keys);

/** The key of the first letters of a token in a name of several. */
uint64_t nb_place_stump_each(const char *form, size_t n);

/** The key of a stump from that of its text or texts. */
uint64_t nb_place_stump(uint64_t key);

#endif
