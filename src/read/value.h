/* SPDX-License-Identifier: MIT
 *
 * value.h - JSON values to the strings of an article: cleaned, trimmed, cut, copied.
 */
#ifndef NB_READ_VALUE_H
#define NB_READ_VALUE_H

#include "read/maker.h"
#include "read/strings.h"

/**
 * The one line a value means, as it stands in the JSON or as a number in `number`: a string, a
 * number, the first such in an array, or the name inside an object.  Absent if it says nothing.
 */
nb_str nb_value_line(const nb_node *node, char number[32]);

/** Copy a line: control characters and runs of blanks that hold one become a blank, cut at most. */
nb_str nb_keep_line(nb_maker *m, nb_str line, size_t most);

/** The same of bytes that may be no UTF-8: they are repaired. */
nb_str nb_keep_bytes(nb_maker *m, nb_str line, size_t most);

/** Copy what an array of names means, with `between` between them: "A, B, C". */
nb_str nb_keep_list(nb_maker *m, const nb_node *node, const char *between, size_t most);

/** Copy names, one a line: the items of an array, or what stands between semicolons. */
nb_str nb_keep_names(nb_maker *m, const nb_node *node, size_t most);

/** Copy a text: line ends LF, control characters blanks, markup off if it is markup. */
nb_str nb_keep_text(nb_maker *m, nb_str text, bool markup);

/** Whether the text has a token. */
bool nb_has_token(nb_maker *m, nb_str text);

#endif
