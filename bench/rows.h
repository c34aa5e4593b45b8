/* SPDX-License-Identifier: MIT
 *
 * rows.h - the rows of the tables of an output.
 *
 * Rows are searched for their keys, not parsed: the tables are our own, and a benchmark of a
 * million articles should not wait for its own bookkeeping.
 */
#ifndef BENCH_ROWS_H
#define BENCH_ROWS_H

#include "newsbraid/nb.h"

/** Give every row of DIR/NAME to take(to, row), until one fails. */
nb_status rows_each(const char *dir, const char *name, void *to,
		    nb_status (*take)(void *, nb_str, nb_error *), nb_error *err) NB_MUST_CHECK;

/** The value of "key"; a string without its quotes, escapes as they are; a list as far as its first
 *  comma.  {NULL, 0}: absent or null. */
nb_str row_field(nb_str row, const char *key);
double row_number(nb_str row, const char *key); /* -1: absent or null */

/** Undo the escapes of a string; out has room for s.len bytes.  Returns how many there are. */
size_t row_unescape(nb_str s, char *out);

#endif
