/* SPDX-License-Identifier: MIT
 *
 * options_print.c - see options_print.h.
 *
 * Defaults are read off a struct that the command has just initialised.
 */
#include "options_print.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LEFT 26 /* columns before the text of an option */

static bool is_common(const option_row *o)
{
	return o->kind == OPTION_QUIET || o->kind == OPTION_VERBOSE || o->kind == OPTION_HELP;
}

/* The default as help shows it, "" where there is none to show. */
static const char *default_text(const option_row *o, const void *fresh, char out[OPTION_TEXT_ROOM])
{
	if (o->fallback)
		return o->fallback;
	return !o->arg ? "" : option_text(o, fresh, out);
}

/* The range where it says something: ", 1..32 tokens", ", 1..19", ": auto, scan, bands". */
static void range_text(const option_row *o, char *out, size_t room)
{
	char range[OPTION_TEXT_ROOM];
	bool any = !*option_range(o, range) || (!o->choices && o->most.n == UINT64_MAX);

	snprintf(out, room, "%s%s%s%s",
		 o->choices        ? ": "
		 : any && !o->unit ? ""
				   : ", ",
		 any ? "" : range, o->unit ? " " : "", o->unit ? o->unit : "");
}

/* ---- help ------------------------------------------------------------------------------------ */

static void print_row(const option_row *o, const void *fresh)
{
	char left[64], range[96], room[OPTION_TEXT_ROOM];
	const char *initial = default_text(o, fresh, room);

	if (o->option)
		snprintf(left, sizeof(left), "%s%c%s--%s%s%s", o->letter ? "-" : " ",
			 o->letter ? o->letter : ' ', o->letter ? ", " : "  ", o->option,
			 o->arg ? "=" : "", o->arg ? o->arg : "");
	else
		snprintf(left, sizeof(left), "%s", o->name);
	range_text(o, range, sizeof(range));
	printf("  %-*s %s%s", LEFT, left, o->help, range);
	printf(*initial ? " [%s]\n" : "\n", initial);
}

int options_print_help(const command *c)
{
	void *fresh = calloc(1, c->size);
	bool more = false;

	if (!fresh)
		return EXIT_FAILED;
	c->init(fresh);
	printf("%s\n\nExamples:\n%s\nUsage: newsbraid %s [options] %s\n\nOptions:\n", c->summary,
	       c->examples, c->name, c->operands);
	for (const option_row *o = c->options; o->name; o++) {
		if (o->option)
			print_row(o, fresh);
		else
			more = true;
	}
	if (more)
		printf("\nParameters, for --set NAME=VALUE:\n");
	for (const option_row *o = c->options; o->name; o++)
		if (!o->option)
			print_row(o, fresh);
	free(fresh);
	return EXIT_DONE;
}

/* ---- man page -------------------------------------------------------------------------------- */

/* What scdoc would take for markup. */
static void print_escaped(const char *text)
{
	for (; *text; text++) {
		if (strchr("*_\\<>#[]|", *text))
			putchar('\\');
		putchar(*text);
	}
}

static void man_row(const option_row *o, const void *fresh)
{
	char range[96], room[OPTION_TEXT_ROOM];
	const char *initial = default_text(o, fresh, room);

	if (o->option && o->letter)
		printf("*-%c, --%s*", o->letter, o->option);
	else
		printf("*%s", o->option ? "--" : ""),
			print_escaped(o->option ? o->option : o->name), printf("*");
	if (o->option && o->arg)
		printf(" _"), print_escaped(o->arg), printf("_");
	printf("\n\t%c", toupper((unsigned char)*o->help));
	print_escaped(o->help + 1);
	range_text(o, range, sizeof(range));
	printf("%s", range);
	printf(*initial ? ". Default " : "."), print_escaped(initial);
	printf("%s%s", *initial ? "." : "", o->more ? " " : "");
	print_escaped(o->more ? o->more : "");
	printf("\n\n");
}

/* Rows with or without an option of their own; common ones stand in a section of their own. */
static void man_rows(const command *c, bool option)
{
	void *fresh = calloc(1, c->size);

	if (!fresh)
		return;
	c->init(fresh);
	for (const option_row *o = c->options; o->name; o++)
		if (!is_common(o) && (o->option != NULL) == option)
			man_row(o, fresh);
	free(fresh);
}

static bool has_rows(const command *c, bool option)
{
	for (const option_row *o = c->options; o->name; o++)
		if (!is_common(o) && (o->option != NULL) == option)
			return true;
	return false;
}

static void print_heading(const char *before, const char *name)
{
	printf("# %s", before);
	for (; *name; name++)
		putchar(toupper((unsigned char)*name));
	printf("\n\n");
}

static void print_man(const command *const *list, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (!has_rows(list[i], true))
			continue;
		print_heading("OPTIONS OF ", list[i]->name);
		man_rows(list[i], true);
	}
	printf("# COMMON OPTIONS\n\n");
	for (const option_row *o = list[0]->options; o->name; o++)
		if (is_common(o))
			man_row(o, NULL);
	for (size_t i = 0; i < n; i++) {
		if (!has_rows(list[i], false))
			continue;
		printf("# PARAMETERS\n\nWhat *--set* _NAME_=_VALUE_ of *%s* sets beside the "
		       "options "
		       "above; _manifest.json_ has the value of each.\n\n",
		       list[i]->name);
		man_rows(list[i], false);
	}
}

/* ---- completion ------------------------------------------------------------------------------ */

static void bash_options(const command *c)
{
	printf("\t%s) echo \"", c->name);
	for (const option_row *o = c->options; o->name; o++)
		if (o->option)
			printf("%s--%s", o == c->options ? "" : " ", o->option);
	printf("\" ;;\n");
}

static void bash_values(const command *c)
{
	for (const option_row *o = c->options; o->name; o++) {
		if (o->option && o->choices)
			printf("\t%s--%s) echo \"%s\" ;;\n", c->name, o->option, o->choices);
		if (o->kind != OPTION_SET)
			continue;
		printf("\t%s--%s) echo \"", c->name, o->option);
		for (const option_row *p = c->options; p->name; p++)
			if (p->decides)
				printf("%s= ", p->name);
		printf("\" ;;\n");
	}
}

static void print_bash(const command *const *list, size_t n)
{
	printf("_newsbraid_commands() { echo \"");
	for (size_t i = 0; i < n; i++)
		printf("%s ", list[i]->name);
	printf("help --help --version\"; }\n_newsbraid_options() {\n\tcase $1 in\n");
	for (size_t i = 0; i < n; i++)
		bash_options(list[i]);
	printf("\tesac\n}\n_newsbraid_values() {\n\tcase $1 in\n");
	for (size_t i = 0; i < n; i++)
		bash_values(list[i]);
	printf("\tesac\n}\n");
}

/* ---- tests ----------------------------------------------------------------------------------- */

static void print_tsv(const command *const *list, size_t n)
{
	static const char *const kind[] = {
		[OPTION_ON] = "on",       [OPTION_OFF] = "off",   [OPTION_COUNT] = "count",
		[OPTION_BYTES] = "bytes", [OPTION_REAL] = "real", [OPTION_CHOICE] = "choice",
		[OPTION_TEXT] = "text",   [OPTION_LIST] = "list", [OPTION_LIMIT] = "limit",
		[OPTION_SET] = "set",     [OPTION_QUIET] = "on",  [OPTION_VERBOSE] = "on",
		[OPTION_HELP] = "on",
	};

	for (size_t i = 0; i < n; i++) {
		void *fresh = calloc(1, list[i]->size);

		if (!fresh)
			return;
		list[i]->init(fresh);
		for (const option_row *o = list[i]->options; o->name; o++) {
			char range[OPTION_TEXT_ROOM], initial[OPTION_TEXT_ROOM];

			printf("%s\t%s\t%s\t%s\t%s\t%s\t%d\n", list[i]->name, o->name,
			       o->option ? o->option : "-", kind[o->kind],
			       *option_range(o, range) ? range : "-",
			       o->size ? option_text(o, fresh, initial) : "", o->decides);
		}
		free(fresh);
	}
}

int options_print(const char *form, const command *const *list, size_t n)
{
	if (strcmp(form, "man") == 0)
		print_man(list, n);
	else if (strcmp(form, "bash") == 0)
		print_bash(list, n);
	else if (strcmp(form, "tsv") == 0)
		print_tsv(list, n);
	else
		return EXIT_USAGE;
	return EXIT_DONE;
}
