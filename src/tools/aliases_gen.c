/* SPDX-License-Identifier: MIT
 *
 * aliases_gen.c - host tool: print aliases.txt as the C tables of alias.c.
 *
 *     aliases_gen aliases.txt > aliases.inc
 *
 * A name that could not be found or would be found twice is refused with its line.
 */
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "read/json/alias.h"
#include "tools/data_lines.h"

#define MOST (NB_RANK_OPEN - 1 - NB_RANK_BUILTIN) /* open names rank after all others */

typedef struct alias {
	nb_alias is;
	unsigned line;
} alias;

static alias aliases[MOST];
static size_t n_aliases;

static const char *const field_name[] = {
#define X(field, name) #name,
	NB_FIELDS(X)
#undef X
};
static const char *const kind_name[] = {
#define X(kind, name) #name,
	NB_ALIAS_KINDS(X)
#undef X
};

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

static uint8_t number_of(const data_lines *d, const char *name, const char *const *list, size_t n,
			 const char *what)
{
	for (size_t i = 0; i < n; i++)
		if (name && strcmp(list[i], name) == 0)
			return (uint8_t)i;
	refuse(d->path, d->line, "no such %s: \"%s\"", what, name ? name : "");
}

static void add(const data_lines *d, uint8_t field, uint8_t kind, const char *name)
{
	size_t n = strlen(name);

	if (n >= NB_ALIAS_NAME || strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789") != n)
		refuse(d->path, d->line,
		       "\"%s\" is no name of at most %u letters a to z and digits", name,
		       NB_ALIAS_NAME - 1);
	if (n_aliases == MOST)
		refuse(d->path, d->line, "the table is full: raise NB_RANK_OPEN");
	aliases[n_aliases].is =
		(nb_alias){ strdup(name), field, kind, (uint16_t)(NB_RANK_BUILTIN + n_aliases) };
	aliases[n_aliases++].line = d->line;
}

static void read_file(const char *path)
{
	data_lines d;
	char *rest, *head, *name;

	data_lines_open(&d, path);
	while ((rest = data_lines_next(&d))) {
		uint8_t field, kind;

		head = strsep(&rest, ":");
		if (!rest)
			refuse(path, d.line, "a line is FIELD CONDITION : NAME ...");
		field = number_of(&d, next_item(&head, " "), field_name, COUNT(field_name),
				  "field");
		kind = number_of(&d, next_item(&head, " "), kind_name, COUNT(kind_name),
				 "condition");
		if (next_item(&head, " "))
			refuse(path, d.line, "a line is FIELD CONDITION : NAME ...");
		while ((name = next_item(&rest, " ")))
			add(&d, field, kind, name);
	}
	if (n_aliases == 0)
		refuse(path, d.line, "no aliases");
}

static int compare(const void *a, const void *b)
{
	const nb_alias *x = &((const alias *)a)->is, *y = &((const alias *)b)->is;
	int order = strcmp(x->name, y->name);

	return order ? order : (int)x->rank - (int)y->rank;
}

static void refuse_doubles(const char *path)
{
	for (size_t i = 0; i < n_aliases; i++)
		for (size_t k = i + 1; k < n_aliases; k++) {
			const alias *a = &aliases[i], *b = &aliases[k];

			if (a->is.field == b->is.field && strcmp(a->is.name, b->is.name) == 0)
				refuse(path, a->line > b->line ? a->line : b->line,
				       "\"%s\" is a name of this field in line %u too", a->is.name,
				       a->line > b->line ? b->line : a->line);
		}
}

static void print_aliases(void)
{
	printf("static const nb_alias aliases[] = {\n");
	for (size_t i = 0; i < n_aliases; i++) {
		const nb_alias *a = &aliases[i].is;

		printf("{ \"%s\", ", a->name);
		print_upper("NB_FIELD_", field_name[a->field]);
		print_upper(", NB_ALIAS_", kind_name[a->kind]);
		printf(", %u },\n", a->rank);
	}
	printf("};\n");
}

/* A hash table at most half full: for each name the first of its aliases, plus one. */
static void print_slots(void)
{
	uint32_t n = 1;
	uint16_t *slot;

	while (n < 2 * n_aliases)
		n *= 2;
	slot = calloc(n, sizeof(*slot));
	if (!slot)
		exit(1);
	for (size_t i = 0; i < n_aliases; i++) {
		uint32_t hash = NB_ALIAS_HASH;

		if (i > 0 && strcmp(aliases[i - 1].is.name, aliases[i].is.name) == 0)
			continue;
		for (const char *p = aliases[i].is.name; *p; p++)
			hash = nb_alias_hash(hash, *p);
		while (slot[hash % n])
			hash++;
		slot[hash % n] = (uint16_t)(i + 1);
	}
	printf("static const uint16_t alias_slots[%u] = {\n", n);
	for (uint32_t i = 0; i < n; i++)
		printf("%u,%c", slot[i], i % 16 == 15 ? '\n' : ' ');
	printf("};\n");
	free(slot);
}

int main(int argc, char **argv)
{
	if (argc != 2) {
		fprintf(stderr, "usage: aliases_gen aliases.txt\n");
		return 2;
	}
	read_file(argv[1]);
	refuse_doubles(argv[1]);
	qsort(aliases, n_aliases, sizeof(*aliases), compare);
	print_aliases();
	print_slots();
	return ferror(stdout) || fflush(stdout) ? 1 : 0;
}
