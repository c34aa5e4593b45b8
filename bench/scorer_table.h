/* SPDX-License-Identifier: MIT
 *
 * scorer_table.h - a trained scorer as the C source that the library is built with.
 */
#ifndef BENCH_SCORER_TABLE_H
#define BENCH_SCORER_TABLE_H

#include <stdio.h>

#include "train.h"

/** Write src/data/scorer_table.c; `figures` goes into its comment, line by line. */
void scorer_table_write(const trained *t, const char *figures, FILE *out);

#endif
