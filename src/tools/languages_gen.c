/* SPDX-License-Identifier: MIT
 *
 * languages_gen.c - host tool: print languages.tsv as the C tables of language.c.
 *
 *     languages_gen languages.tsv > languages.inc
 *
 * What cannot be right is refused with its line: better no program than one that knows less than
 * its table seems to say.
 */
#include <libstemmer.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "text/number_word.h"
#include "tools/language_rows.h"

#define NAME_MOST  15u /* bytes of a name in a field */
#define LABEL_MOST 7u  /* bytes of a detector's label */
#define MONTH_MOST 15u /* bytes a month begins with */
#define WORDS_MOST 4096

typedef struct entry {
	const char *text;
	uint32_t value;
	unsigned line;
} entry;

typedef struct list {
	entry of[WORDS_MOST];
	size_t n;
} list;

static language_rows rows;
static list names, labels, months, numbers, ages;

static const char *const script_name[] = {
#define X(script, name) #name,
	NB_SCRIPTS(X)
#undef X
	"any",
};
static const char *const flag_name[] = {
#define X(flag, name) #name,
	NB_LANGUAGE_FLAGS(X)
#undef X
};

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

static bool is_one_of(const char *word, const char *const *list_of, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(word, list_of[i]) == 0)
			return true;
	return false;
}

static bool is_lower(const char *s)
{
	return s[strspn(s, "abcdefghijklmnopqrstuvwxyz")] == '\0';
}

/* ---- lists of words -------------------------------------------------------------------------- */

static void add(list *l, const char *text, uint32_t value, unsigned line)
{
	if (l->n == WORDS_MOST)
		refuse(rows.path, line, "too many words: raise WORDS_MOST");
	l->of[l->n++] = (entry){ text, value, line };
}

static int by_text(const void *a, const void *b)
{
	const entry *x = a, *y = b;
	int order = strcmp(x->text, y->text);

	return order ? order : (x->line > y->line) - (x->line < y->line);
}

/* Sort, and keep one of each word.  Two languages may share a word if it says the same in both. */
static void settle(list *l, bool shared, const char *what)
{
	size_t kept = 0;

	qsort(l->of, l->n, sizeof(*l->of), by_text);
	for (size_t i = 0; i < l->n; i++) {
		const entry *e = &l->of[i], *last = kept ? &l->of[kept - 1] : NULL;

		if (!last || strcmp(last->text, e->text) != 0)
			l->of[kept++] = *e;
		else if (!shared || last->value != e->value)
			refuse(rows.path, e->line, "%s \"%s\" is that of line %u too", what,
			       e->text, last->line);
	}
	l->n = kept;
}

/* Twelve groups with commas between them, words of a group with blanks; "-" is an empty group. */
static void add_twelve(list *l, const language_row *row, language_column column, size_t most)
{
	char *rest = row->cell[column], *group, *word;
	uint32_t value = 0;

	if (!*rest)
		return;
	while ((group = strsep(&rest, ","))) {
		value++;
		while ((word = next_item(&group, " "))) {
			if (strlen(word) > most)
				refuse(rows.path, row->line, "\"%s\" is too long", word);
			if (strcmp(word, "-") != 0)
				add(l, word, value, row->line);
		}
	}
	if (value != 12)
		refuse(rows.path, row->line, "%u groups where twelve belong, commas between",
		       value);
}

/* ---- checks ---------------------------------------------------------------------------------- */

static const language_row *row_of(const char *code)
{
	for (size_t i = 0; i < rows.n; i++)
		if (strcmp(rows.row[i].cell[COLUMN_CODE], code) == 0)
			return &rows.row[i];
	return NULL;
}

static int by_code(const void *a, const void *b)
{
	const language_row *x = a, *y = b;

	return strcmp(x->cell[COLUMN_CODE], y->cell[COLUMN_CODE]);
}

static void sort_rows(void)
{
	for (size_t i = 0; i < rows.n; i++) {
		const char *code = rows.row[i].cell[COLUMN_CODE];

		if (strlen(code) != 2 || !is_lower(code))
			refuse(rows.path, rows.row[i].line, "\"%s\" is no code of two letters",
			       code);
	}
	qsort(rows.row, rows.n, sizeof(*rows.row), by_code);
	for (size_t i = 1; i < rows.n; i++)
		if (by_code(&rows.row[i - 1], &rows.row[i]) == 0)
			refuse(rows.path, rows.row[i].line,
			       "the code \"%s\" is that of line %u too",
			       rows.row[i].cell[COLUMN_CODE], rows.row[i - 1].line);
}

static void add_names(const language_row *row, uint32_t index)
{
	char *rest = row->cell[COLUMN_NAMES], *name;

	while ((name = next_item(&rest, " "))) {
		const language_row *other = row_of(name);

		if (strlen(name) < 2 || strlen(name) > NAME_MOST || !is_lower(name))
			refuse(rows.path, row->line, "\"%s\" is no name of 2 to %u letters a to z",
			       name, NAME_MOST);
		if (other)
			refuse(rows.path, row->line, "\"%s\" is the code of line %u", name,
			       other->line);
		add(&names, name, index, row->line);
	}
}

static void add_labels(const language_row *row, uint32_t index)
{
	char *rest = row->cell[COLUMN_DETECTED], *label;

	while ((label = next_item(&rest, " "))) {
		if (strlen(label) > LABEL_MOST)
			refuse(rows.path, row->line, "the label \"%s\" is too long", label);
		add(&labels, label, index, row->line);
	}
}

static void add_ages(const language_row *row)
{
	char *rest = row->cell[COLUMN_AGE], *word;

	while ((word = next_item(&rest, " ")))
		add(&ages, word, 0, row->line);
}

static bool has_snowball(const char *name)
{
	for (const char **known = sb_stemmer_list(); *known; known++)
		if (strcmp(*known, name) == 0)
			return true;
	return false;
}

static void check_words(const language_row *row)
{
	const char *stemmer = row->cell[COLUMN_STEMMER], *code = row->cell[COLUMN_RELATIVE];
	const language_row *relative = *code ? row_of(code) : NULL;

	if (*stemmer && strcmp(stemmer, "prefix") != 0 && !has_snowball(stemmer))
		refuse(rows.path, row->line, "Snowball has no stemmer \"%s\"", stemmer);
	if (*code && (!relative || relative == row || !*relative->cell[COLUMN_STEMMER]))
		refuse(rows.path, row->line, "the relative \"%s\" is no other language with words",
		       code);
	if (relative && *relative->cell[COLUMN_RELATIVE])
		refuse(rows.path, row->line, "the relative \"%s\" has a relative itself", code);
	if (!*stemmer && (*code || *row->cell[COLUMN_DICTIONARIES]))
		refuse(rows.path, row->line, "words need a stemmer, or \"prefix\"");
}

static void check_script(const language_row *row)
{
	if (!is_one_of(row->cell[COLUMN_SCRIPT], script_name, COUNT(script_name)))
		refuse(rows.path, row->line, "no such script: \"%s\"", row->cell[COLUMN_SCRIPT]);
}

static void read_rows(const char *path)
{
	language_rows_read(&rows, path);
	sort_rows();
	for (uint32_t i = 0; i < rows.n; i++) {
		add_names(&rows.row[i], i);
		add_labels(&rows.row[i], i);
		add_twelve(&months, &rows.row[i], COLUMN_MONTHS, MONTH_MOST);
		add_twelve(&numbers, &rows.row[i], COLUMN_NUMBERS, 64);
		add_ages(&rows.row[i]);
		check_words(&rows.row[i]);
		check_script(&rows.row[i]);
	}
	settle(&names, false, "the name");
	settle(&labels, false, "the label");
	settle(&months, true, "the month that begins");
	settle(&numbers, true, "the number word");
	settle(&ages, true, "the word of an age");
	if (4 * (numbers.n + 12) > 3 * NB_NUMBER_SLOTS)
		refuse(path, 0, "too many number words: raise NB_NUMBER_SLOTS");
}

/* ---- tables ---------------------------------------------------------------------------------- */

static void print_flags(const language_row *row)
{
	char *rest = row->cell[COLUMN_FLAGS], *flag;

	while ((flag = next_item(&rest, " "))) {
		if (!is_one_of(flag, flag_name, COUNT(flag_name)))
			refuse(rows.path, row->line, "no such flag: \"%s\"", flag);
		print_upper("NB_LANGUAGE_", flag);
		fputs(" | ", stdout);
	}
	fputs(*row->cell[COLUMN_STEMMER] ? "NB_LANGUAGE_LEXICON" : "0", stdout);
}

static void print_baseline(const language_row *row)
{
	const char *text = row->cell[COLUMN_BASELINE];
	char *end;
	double value = strtod(text, &end);

	if (*text && (*end || !(value > 0 && value <= 1) || !strchr(text, '.')))
		refuse(rows.path, row->line, "the baseline \"%s\" is no number such as 0.45", text);
	printf("%s", *text ? text : "0.");
}

static void print_row(const language_row *row)
{
	const char *stemmer = row->cell[COLUMN_STEMMER];

	printf("{ \"%s\", \"%s\", ", row->cell[COLUMN_CODE], row->cell[COLUMN_RELATIVE]);
	if (*stemmer && strcmp(stemmer, "prefix") != 0)
		printf("\"%s\", ", stemmer);
	else
		printf("NULL, ");
	print_upper("NB_SCRIPT_", row->cell[COLUMN_SCRIPT]);
	printf(", ");
	print_flags(row);
	printf(", ");
	print_baseline(row);
	printf("f },\n");
}

static void print_list(const char *type, const char *name, const list *l)
{
	printf("%s nb_language_word %s[] = {\n", type, name);
	for (size_t i = 0; i < l->n; i++)
		printf("{ \"%s\", %u },\n", l->of[i].text, l->of[i].value);
	printf("};\n");
}

/* The language of each script that only one is written in. */
static void print_only(void)
{
	printf("static const char language_only[NB_SCRIPT_COUNT][3] = {\n");
	for (size_t s = 0; s < NB_SCRIPT_COUNT; s++) {
		const language_row *only = NULL;
		size_t n = 0;

		for (size_t i = 0; i < rows.n; i++)
			if (strcmp(rows.row[i].cell[COLUMN_SCRIPT], script_name[s]) == 0) {
				only = &rows.row[i];
				n++;
			}
		printf("\"%s\",\n", n == 1 ? only->cell[COLUMN_CODE] : "");
	}
	printf("};\n");
}

static void print_tables(void)
{
	printf("#define LANGUAGE_NAME %uu /* longest name, its NUL included */\n", NAME_MOST + 1);
	printf("const nb_language nb_languages[] = {\n");
	for (size_t i = 0; i < rows.n; i++)
		print_row(&rows.row[i]);
	printf("{ \"\", \"\", NULL, NB_SCRIPT_LATIN, 0, 0 },\n};\n");
	printf("const uint32_t nb_n_languages = %zu;\n", rows.n + 1);
	print_list("const", "nb_language_numbers", &numbers);
	printf("const uint32_t nb_n_language_numbers = %zu;\n", numbers.n);
	print_list("const", "nb_language_months", &months);
	printf("const uint32_t nb_n_language_months = %zu;\n", months.n);
	print_list("const", "nb_language_ages", &ages);
	printf("const uint32_t nb_n_language_ages = %zu;\n", ages.n);
	print_list("static const", "language_names", &names);
	printf("#define n_language_names %zu\n", names.n);
	print_list("static const", "language_labels", &labels);
	printf("#define n_language_labels %zu\n", labels.n);
	print_only();
}

int main(int argc, char **argv)
{
	if (argc != 2) {
		fprintf(stderr, "usage: languages_gen languages.tsv\n");
		return 2;
	}
	read_rows(argv[1]);
	print_tables();
	return ferror(stdout) || fflush(stdout) ? 1 : 0;
}
