/* SPDX-License-Identifier: MIT
 *
 * language_rows.h - the rows of languages.tsv, for the programs that make tables of them.
 */
#ifndef NB_TOOLS_LANGUAGE_ROWS_H
#define NB_TOOLS_LANGUAGE_ROWS_H

#include <stddef.h>

#include "text/language.h"
#include "tools/data_lines.h"

/* What src/data/README.md says of them. */
/* clang-format off */
#define LANGUAGE_COLUMNS(X)                                                                        \
	X(CODE, code) X(NAMES, names) X(DETECTED, detected) X(SCRIPT, script) X(STEMMER, stemmer)  \
	X(RELATIVE, relative) X(FLAGS, flags) X(BASELINE, baseline)                                \
	X(DICTIONARIES, dictionaries) X(LOCALES, locales) X(MONTHS, months) X(NUMBERS, numbers)    \
	X(AGE, age) X(AGO, ago)
/* clang-format on */

typedef enum language_column {
#define X(column, name) COLUMN_##column,
	LANGUAGE_COLUMNS(X)
#undef X
	COLUMNS,
} language_column;

typedef struct language_row {
	char *cell[COLUMNS]; /* "" for nothing */
	unsigned line;
} language_row;

typedef struct language_rows {
	const char *path;
	language_row row[NB_LANGUAGE_MOST];
	size_t n;
} language_rows;

/** Read the file.  Exits if it is no table of these columns. */
void language_rows_read(language_rows *rows, const char *path);

#endif
