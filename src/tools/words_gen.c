/* SPDX-License-Identifier: MIT
 *
 * words_gen.c - host tool: print the word lists (words.h) as C tables.
 *
 *     words_gen agencies.txt phrases.txt languages.tsv > words.inc
 *
 * Lists are folded by the library's own lexer, so they can be written as people write.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/udat.h>
#include <unicode/uloc.h>
#include <unicode/ureldatefmt.h>
#include <unicode/ustring.h>

#include "text/words.h"
#include "tools/language_rows.h"

#define LINE_MOST 4096

typedef struct item {
	char text[NB_LEX_FOLDED];
	uint32_t len, value;
	int kind;
} item;

static item *items;
static size_t n_items, room;
static item alias[4096];
static size_t n_aliases;
static char *agency[1024];
static unsigned agency_line[1024];
static uint32_t n_agencies;

static const char *const list_name[NB_WORD_LISTS] = {
	"share", "comment", "related", "notice", "section", "stamp",
	"by", "with", "photo", "clock", "agency", "relay", "quote", "particle", "shout",
};

/* Where what is read stands. */
static const char *path = "words_gen";
static unsigned line_number;

_Noreturn static void die(const char *what, const char *detail)
{
	refuse(path, line_number, "%s: %s", what, detail);
}

static void add_text(int kind, const char *text, size_t len, uint32_t value)
{
	if (n_items == room) {
		room = room ? 2 * room : 4096;
		items = realloc(items, room * sizeof(*items));
		if (!items)
			die("no memory", "");
	}
	if (len == 0 || len > 255)
		die("a phrase is empty or too long", text);
	memcpy(items[n_items].text, text, len);
	items[n_items].text[len] = '\0';
	items[n_items].len = (uint32_t)len;
	items[n_items].value = value;
	items[n_items++].kind = kind;
}

/* A phrase as people write it. */
static void add(int kind, const char *phrase, uint32_t value)
{
	char line[LINE_MOST];
	nb_lex lex;

	/* "#" is how a list writes a number */
	snprintf(line, sizeof(line), "%s", phrase);
	for (char *p = line; *p; p++)
		if (*p == '#')
			*p = '7';
	nb_lex_read(&lex, line, strlen(line));
	if (lex.n == 0)
		return;
	if (lex.n > NB_WORD_LONGEST)
		die("a phrase has too many words", phrase);
	add_text(kind, lex.folded, lex.word[lex.n - 1].stop, value);
}

/* ---- agencies.txt and phrases.txt ---- */

static void add_alias(const char *text, uint32_t id)
{
	item *a = &alias[n_aliases++];

	if (n_aliases == sizeof(alias) / sizeof(*alias))
		die("too many aliases", text);
	a->len = (uint32_t)snprintf(a->text, sizeof(a->text), "%s", text);
	a->value = id;
	if (a->len < 2)
		die("an alias is too short", text);
}

static void read_agency(char *line)
{
	char *field = strtok(line, ";");
	uint32_t id = ++n_agencies;

	if (id == sizeof(agency) / sizeof(*agency))
		die("too many agencies", field);
	agency[id] = strdup(trim(field));
	agency_line[id] = line_number;
	add(NB_WORD_AGENCY, agency[id], id);
	while ((field = strtok(NULL, ";"))) {
		field = trim(field);
		if (*field == '@') {
			add_text(NB_WORD_SITE, field + 1, strlen(field + 1), id);
			continue;
		}
		if (*field == '=')
			field++;
		else
			add_alias(field, id);
		add(NB_WORD_AGENCY, field, id);
	}
}

static void read_phrase(char *line, int kind)
{
	size_t n = strlen(line);
	uint32_t value = NB_PHRASE_WHOLE;

	if (n > 2 && strcmp(line + n - 2, " *") == 0)
		value = NB_PHRASE_MORE;
	if (n > 2 && strcmp(line + n - 2, " :") == 0)
		value = NB_PHRASE_COLON;
	if (value != NB_PHRASE_WHOLE)
		line[n - 2] = '\0';
	add(kind, line, value);
}

static int list_of(const char *line)
{
	char name[64];

	if (sscanf(line, "[%63[a-z]]", name) == 1)
		for (int i = 0; i < NB_WORD_LISTS; i++)
			if (strcmp(name, list_name[i]) == 0)
				return i;
	die("no such list", line);
	return 0;
}

static void read_file(const char *file, bool phrases)
{
	data_lines d;
	char *line;
	int kind = 0;

	path = file;
	data_lines_open(&d, file);
	while ((line = data_lines_next(&d))) {
		char *s = trim(line);

		line_number = d.line;
		if (*s == '\0')
			continue;
		if (!phrases)
			read_agency(s);
		else if (*s == '[')
			kind = list_of(s);
		else
			read_phrase(s, kind);
	}
}

/* ---- from ICU ---- */

static void add_utf16(int kind, const UChar *s, int32_t n, uint32_t value)
{
	char text[512];
	UErrorCode err = U_ZERO_ERROR;
	nb_lex lex;

	u_strToUTF8(text, sizeof(text) - 1, NULL, s, n, &err);
	if (U_FAILURE(err))
		return;
	nb_lex_read(&lex, text, strlen(text));
	/* "9 yue" is a number and a character; one letter alone means too much */
	if (lex.n == 0 || (kind != NB_WORD_AGO && lex.word[0].kind == NB_LEX_NUMBER) ||
	    (kind != NB_WORD_AGO && lex.word[0].stop < 2) || lex.n > NB_WORD_LONGEST)
		return;
	add(kind, text, value);
}

static void add_names(const char *locale, UDateFormatSymbolType type, int kind, int base)
{
	UErrorCode err = U_ZERO_ERROR;
	UDateFormat *f = udat_open(UDAT_DEFAULT, UDAT_DEFAULT, locale, NULL, 0, NULL, 0, &err);
	int32_t n = U_SUCCESS(err) ? udat_countSymbols(f, type) : 0;

	for (int32_t i = base; i < n; i++) {
		UChar name[128];
		int32_t len;

		err = U_ZERO_ERROR;
		len = udat_getSymbols(f, type, i, name, 128, &err);
		if (U_SUCCESS(err) && i - base < 12)
			add_utf16(kind, name, len, (uint32_t)(i - base + 1));
	}
	udat_close(f);
}

static void add_ago(const char *locale)
{
	static const double number[] = { 1, 2, 3, 5, 11, 21, 25, 100 };
	static const UDateRelativeDateTimeFormatterStyle style[] = { UDAT_STYLE_LONG,
								     UDAT_STYLE_SHORT,
								     UDAT_STYLE_NARROW };

	for (size_t s = 0; s < 3; s++) {
		UErrorCode err = U_ZERO_ERROR;
		URelativeDateTimeFormatter *f = ureldatefmt_open(
			locale, NULL, style[s], UDISPCTX_CAPITALIZATION_NONE, &err);

		for (int unit = UDAT_REL_UNIT_YEAR; U_SUCCESS(err) && unit <= UDAT_REL_UNIT_SECOND;
		     unit++)
			for (size_t i = 0; i < sizeof(number) / sizeof(*number); i++) {
				UChar text[128];
				int32_t n;

				err = U_ZERO_ERROR;
				n = ureldatefmt_formatNumeric(f, -number[i],
							      (URelativeDateTimeUnit)unit, text,
							      128, &err);
				if (U_SUCCESS(err) && *text != '-' && *text != 0x2212)
					add_utf16(NB_WORD_AGO, text, n, 0);
			}
		ureldatefmt_close(f);
	}
}

/* Unknown ones get the names of another locale, without a word. */
static bool is_locale(const char *name)
{
	for (int32_t i = 0; i < uloc_countAvailable(); i++)
		if (strcmp(uloc_getAvailable(i), name) == 0)
			return true;
	return false;
}

static void add_locale(const char *locale)
{
	add_names(locale, UDAT_MONTHS, NB_WORD_MONTH, 0);
	add_names(locale, UDAT_SHORT_MONTHS, NB_WORD_MONTH, 0);
	add_names(locale, UDAT_STANDALONE_MONTHS, NB_WORD_MONTH, 0);
	add_names(locale, UDAT_STANDALONE_SHORT_MONTHS, NB_WORD_MONTH, 0);
	add_names(locale, UDAT_WEEKDAYS, NB_WORD_WEEKDAY, 1);
	add_names(locale, UDAT_SHORT_WEEKDAYS, NB_WORD_WEEKDAY, 1);
	add_names(locale, UDAT_STANDALONE_WEEKDAYS, NB_WORD_WEEKDAY, 1);
	add_ago(locale);
}

/* What ICU says in the locales of each language, and what pages say beside. */
static void add_languages(const char *file)
{
	static language_rows rows;

	path = file;
	language_rows_read(&rows, file);
	for (size_t i = 0; i < rows.n; i++) {
		char *locales = rows.row[i].cell[COLUMN_LOCALES];
		char *ago = rows.row[i].cell[COLUMN_AGO], *one;

		line_number = rows.row[i].line;
		while ((one = next_item(&locales, " "))) {
			if (!is_locale(one))
				die("ICU has no such locale", one);
			add_locale(one);
		}
		while ((one = next_item(&ago, ";")))
			add(NB_WORD_AGO, one, 0);
	}
}

/* ---- output ---- */

static int by_text(const item *a, const item *b)
{
	size_t n = a->len < b->len ? a->len : b->len;
	int order = memcmp(a->text, b->text, n);

	return order ? order : (a->len > b->len) - (a->len < b->len);
}

static int compare(const void *a, const void *b)
{
	const item *x = a, *y = b;
	int order = by_text(x, y);

	if (x->kind != y->kind)
		return x->kind - y->kind;
	return order ? order : (int)x->value - (int)y->value;
}

/* Of equal phrases the one that allows more stays; two agencies must not share a name. */
static void drop_doubles(const char *agencies)
{
	size_t kept = 0;

	for (size_t i = 0; i < n_items; i++) {
		item *last = kept ? &items[kept - 1] : NULL;

		if (!last || last->kind != items[i].kind || by_text(last, &items[i])) {
			items[kept++] = items[i];
			continue;
		}
		if (items[i].kind == NB_WORD_AGENCY && last->value != items[i].value)
			refuse(agencies, agency_line[items[i].value],
			       "\"%s\" is a name of line %u too", items[i].text,
			       agency_line[last->value]);
		if (items[i].value == NB_PHRASE_MORE && items[i].kind < NB_WORD_LISTS)
			last->value = NB_PHRASE_MORE;
	}
	n_items = kept;
}

static void print_bytes(const item *list, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		for (uint32_t k = 0; k < list[i].len; k++)
			printf("%d,", (signed char)list[i].text[k]);
		putchar('\n');
	}
}

/* Octal, which ends after three digits. */
static void print_name(const char *s)
{
	putchar('"');
	for (; *s; s++)
		printf((unsigned char)*s < 0x80 ? "%c" : "\\%03o", (unsigned char)*s);
	printf("\",\n");
}

static void print_text(void)
{
	uint32_t at = 0;

	printf("const char nb_word_text[] = {\n");
	print_bytes(items, n_items);
	print_bytes(alias, n_aliases);
	printf("};\nconst nb_word_entry nb_word_entries[] = {\n");
	for (size_t i = 0; i < n_items; at += items[i++].len)
		printf("{ %u, %u, %u, %d },\n", at, items[i].value, items[i].len, items[i].kind);
	printf("};\nconst nb_word_entry nb_alias_entries[] = {\n");
	for (size_t i = 0; i < n_aliases; at += alias[i++].len)
		printf("{ %u, %u, %u, 0 },\n", at, alias[i].value, alias[i].len);
	printf("};\nconst uint16_t nb_alias_count = %zu;\n", n_aliases);
}

static void print_first(void)
{
	size_t i = 0;

	printf("const uint16_t nb_word_first[NB_WORD_KINDS + 1] = { ");
	for (int kind = 0; kind <= NB_WORD_KINDS; kind++) {
		while (i < n_items && items[i].kind < kind)
			i++;
		printf("%zu, ", i);
	}
	printf("};\n");
}

static void print_hashes(void)
{
	static uint32_t starts[NB_WORD_STARTS];
	static uint16_t slots[NB_WORD_SLOTS];

	for (size_t i = 0; i < n_items; i++) {
		char line[NB_LEX_FOLDED];
		nb_lex lex;
		uint32_t hash = (uint32_t)items[i].kind, slot;

		if (items[i].kind == NB_WORD_SITE)
			continue;
		for (uint32_t k = 0; k <= items[i].len; k++)
			line[k] = items[i].text[k] == '#' ? '7' : items[i].text[k];
		nb_lex_read(&lex, line, items[i].len);
		if (lex.word[lex.n - 1].stop != items[i].len)
			die("a folded phrase has other words", items[i].text);
		starts[nb_word_start(&lex, 0)] |= 1u << items[i].kind;
		for (uint32_t k = 0; k < lex.n; k++)
			hash = nb_phrase_hash(hash, lex.word[k].hash);
		for (slot = hash % NB_WORD_SLOTS; slots[slot];)
			slot = (slot + 1) % NB_WORD_SLOTS;
		slots[slot] = (uint16_t)(i + 1);
	}
	printf("const uint32_t nb_word_starts[NB_WORD_STARTS] = {\n");
	for (uint32_t i = 0; i < NB_WORD_STARTS; i++)
		printf("%u,%c", starts[i], i % 16 == 15 ? '\n' : ' ');
	printf("};\nconst uint16_t nb_word_slots[NB_WORD_SLOTS] = {\n");
	for (uint32_t i = 0; i < NB_WORD_SLOTS; i++)
		printf("%u,%c", slots[i], i % 16 == 15 ? '\n' : ' ');
	printf("};\n");
}

/* A name of two bytes is followed by anything. */
static void print_filter(void)
{
	uint64_t filter[1024] = { 0 };

	for (size_t i = 0; i < n_aliases; i++)
		for (int c = 0; c < 256; c++) {
			unsigned char three[3];
			uint32_t bit;

			memcpy(three, alias[i].text, 3);
			if (alias[i].len < 3)
				three[2] = (unsigned char)c;
			bit = nb_alias_bit(three);
			filter[bit / 64] |= UINT64_C(1) << bit % 64;
		}
	printf("const uint64_t nb_alias_filter[1024] = {\n");
	for (int i = 0; i < 1024; i++)
		printf("0x%llx,%c", (unsigned long long)filter[i], i % 8 == 7 ? '\n' : ' ');
	printf("};\n");
}

static int compare_aliases(const void *a, const void *b)
{
	return by_text(a, b);
}

int main(int argc, char **argv)
{
	if (argc != 4)
		die("usage", "agencies.txt phrases.txt languages.tsv");
	read_file(argv[1], false);
	read_file(argv[2], true);
	add_languages(argv[3]);
	qsort(items, n_items, sizeof(*items), compare);
	path = argv[0];
	drop_doubles(argv[1]);
	qsort(alias, n_aliases, sizeof(*alias), compare_aliases);
	if (2 * n_items > NB_WORD_SLOTS)
		die("too many phrases", "");
	print_text();
	print_first();
	print_hashes();
	print_filter();
	printf("const char *const nb_agency_names[] = {\n\"\",\n");
	for (uint32_t i = 1; i <= n_agencies; i++)
		print_name(agency[i]);
	printf("};\nconst uint16_t nb_agency_count = %u;\n", n_agencies);
	return ferror(stdout) || fflush(stdout) ? 1 : 0;
}
