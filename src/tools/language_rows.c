/* SPDX-License-Identifier: MIT
 *
 * language_rows.c - see language_rows.h.
 */
#include "tools/language_rows.h"

#include <string.h>

static const char *const column_name[COLUMNS] = {
#define X(column, name) #name,
	LANGUAGE_COLUMNS(X)
#undef X
};

/* Which column stands at each place of the first row. */
static void read_header(const char *path, unsigned line, char *text, language_column *order)
{
	bool seen[COLUMNS] = { false };
	size_t n = 0, i;
	char *name;

	while ((name = strsep(&text, "\t"))) {
		for (i = 0; i < COLUMNS && strcmp(name, column_name[i]) != 0; i++)
			;
		if (i == COLUMNS)
			refuse(path, line, "no such column: \"%s\"", name);
		if (seen[i])
			refuse(path, line, "two columns \"%s\"", name);
		seen[i] = true;
		order[n++] = (language_column)i;
	}
	for (i = 0; i < COLUMNS; i++)
		if (!seen[i])
			refuse(path, line, "no column \"%s\"", column_name[i]);
}

static void read_row(language_rows *rows, unsigned line, char *text, const language_column *order)
{
	language_row *row = &rows->row[rows->n];
	char *cell, *rest = strdup(text);
	size_t n = 0;

	/* the last entry of nb_languages stands for the unknown */
	if (++rows->n == NB_LANGUAGE_MOST)
		refuse(rows->path, line, "the table is full: raise NB_LANGUAGE_MOST");
	row->line = line;
	while ((cell = strsep(&rest, "\t"))) {
		if (n == COLUMNS)
			refuse(rows->path, line, "more cells than the %d columns", COLUMNS);
		cell = trim(cell);
		if (!*cell)
			refuse(rows->path, line, "the cell \"%s\" is empty: \"-\" is nothing",
			       column_name[order[n]]);
		row->cell[order[n++]] = strcmp(cell, "-") == 0 ? "" : cell;
	}
	if (n < COLUMNS)
		refuse(rows->path, line, "%zu cells for %d columns", n, COLUMNS);
}

void language_rows_read(language_rows *rows, const char *path)
{
	language_column order[COLUMNS];
	data_lines d;
	char *text;

	*rows = (language_rows){ .path = path };
	data_lines_open(&d, path);
	text = data_lines_next(&d);
	if (!text)
		refuse(path, d.line, "no columns");
	read_header(path, d.line, text, order);
	while ((text = data_lines_next(&d)))
		read_row(rows, d.line, text, order);
	if (rows->n == 0)
		refuse(path, d.line, "no languages");
}
