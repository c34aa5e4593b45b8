/* SPDX-License-Identifier: MIT
 *
 * dictd.h - dictionaries in the format of the dict server: FreeDict and others.
 *
 * NAME.index has a line an entry, headword TAB offset TAB length in a base-64 of its own; the
 * entries lie in NAME.dict.dz, which is gzip.
 */
#ifndef NB_TOOLS_LEXICON_DICTD_H
#define NB_TOOLS_LEXICON_DICTD_H

#include <stdbool.h>

#include "newsbraid/nb.h"

/* One entry: its headword in the index, and its text, whose first line as a rule repeats it. */
typedef void dictd_take(void *context, nb_str headword, nb_str text);

/**
 * Give every entry to `take`, in the order of the index; entries about the dictionary itself and
 * lines that make no sense are left out.
 * @return false if there is no such dictionary or it cannot be read
 */
bool dictd_read(const char *folder, const char *name, dictd_take *take, void *context);

/* For tests: the number a field of the index stands for; false if it is none. */
bool dictd_number(nb_str field, uint64_t *number);

#endif
