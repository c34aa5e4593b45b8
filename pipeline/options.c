/* SPDX-License-Identifier: MIT
 *
 * options.c - see options.h.
 */
#include "options.h"

#include <assert.h>
#include <getopt.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "log.h"
#include "options_print.h"

#define OPTIONS_MOST 32
#define NO_LETTER    256 /* getopt's key of row i that has no letter is NO_LETTER + i */

int usage_error(const command *c, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	log_usage(c->name, format, args);
	va_end(args);
	fprintf(stderr, "Try 'newsbraid %s --help'.\n", c->name);
	return EXIT_USAGE;
}

const option_row *option_find(const option_row *table, const char *name, size_t len, bool by_option)
{
	for (const option_row *o = table; o->name; o++) {
		const char *own = by_option ? o->option : o->name;

		if (own && strlen(own) == len && memcmp(own, name, len) == 0)
			return o;
	}
	return NULL;
}

/* getopt_long's two tables from ours. */
static void getopt_tables(const option_row *row, struct option *longs, char *shorts)
{
	size_t n = 0;

	*shorts++ = ':'; /* a missing value is told of as such */
	for (int i = 0; row[i].name; i++) {
		const option_row *o = &row[i];

		if (!o->option)
			continue;
		assert(n + 1 < OPTIONS_MOST);
		longs[n++] = (struct option){ o->option, o->arg ? required_argument : no_argument,
					      NULL, NO_LETTER + i };
		if (o->letter) {
			*shorts++ = o->letter;
			if (o->arg)
				*shorts++ = ':';
		}
	}
	longs[n] = (struct option){ 0 };
	*shorts = '\0';
}

static const option_row *row_of_key(const option_row *row, int key)
{
	if (key >= NO_LETTER)
		return &row[key - NO_LETTER];
	while (row->letter != key)
		row++;
	return row;
}

/* ---- near misses ----------------------------------------------------------------------------- */

#define NAME_MOST 32

/* Least number of characters to put in, take out or change. */
static size_t edits(const char *a, const char *b)
{
	size_t row[NAME_MOST + 1], n = strlen(b), before, above;

	if (n > NAME_MOST)
		return SIZE_MAX;
	for (size_t j = 0; j <= n; j++)
		row[j] = j;
	for (size_t i = 1; a[i - 1]; i++) {
		before = row[0];
		row[0] = i;
		for (size_t j = 1; j <= n; j++) {
			above = row[j];
			before += a[i - 1] != b[j - 1];
			if (above + 1 < before)
				before = above + 1;
			row[j] = row[j - 1] + 1 < before ? row[j - 1] + 1 : before;
			before = above;
		}
	}
	return row[n];
}

bool is_near(const char *wrong, const char *name)
{
	size_t n = strlen(wrong), most = n > 6 ? 2 : 1;

	return edits(wrong, name) <= most || (n >= 3 && strncmp(wrong, name, n) == 0);
}

/* What getopt_long did not take: argv[optind - 1] is the word that it looked at. */
static int refuse_option(const command *c, char **argv, bool no_value)
{
	const char *word = argv[optind - 1];
	size_t len = strncmp(word, "--", 2) == 0 ? strcspn(word + 2, "=") : 0;
	char name[NAME_MOST + 1];

	snprintf(name, sizeof(name), "%.*s", (int)len, word + (len ? 2 : 0));
	if (no_value)
		return usage_error(c, "option '%s' needs a value", word);
	if (!len)
		return usage_error(c, "unknown option '-%c'", optopt);
	if (option_find(c->options, name, len, true))
		return usage_error(c, "option '--%s' takes no value", name);
	for (const option_row *o = c->options; o->name; o++)
		if (o->option && is_near(name, o->option))
			return usage_error(c, "unknown option '--%s': did you mean '--%s'?", name,
					   o->option);
	return usage_error(c, "unknown option '%s'", word);
}

/* ---------------------------------------------------------------------------------------------- */

/* NAME=VALUE into the field of the parameter of that name. */
static bool set_parameter(const command *c, const char *text, void *target)
{
	const char *equals = strchr(text, '=');
	size_t len = equals ? (size_t)(equals - text) : strlen(text);
	const option_row *o = option_find(c->options, text, len, false);
	char why[OPTION_WHY];

	if (!equals || !o || !o->decides)
		usage_error(c,
			    equals ? "--set: there is no parameter '%.*s'"
				   : "--set: '%.*s' is not NAME=VALUE",
			    (int)len, text);
	else if (!option_set(o, equals + 1, target, why))
		usage_error(c, "--set %s: %s", o->name, why);
	else
		return true;
	return false;
}

/* One option; false ends the program with *code. */
static bool take(const command *c, const option_row *o, const char *value, void *target, int *code)
{
	char why[OPTION_WHY];

	switch (o->kind) {
	case OPTION_QUIET:
		log_level = LOG_QUIET;
		return true;
	case OPTION_VERBOSE:
		log_level = LOG_VERBOSE;
		return true;
	case OPTION_HELP:
		*code = options_print_help(c);
		return false;
	case OPTION_SET:
		*code = EXIT_USAGE;
		return set_parameter(c, value, target);
	default:
		*code = EXIT_USAGE;
		if (option_set(o, value, target, why))
			return true;
		usage_error(c, "--%s: %s", o->option, why);
		return false;
	}
}

bool options_read(const command *c, int argc, char **argv, void *target, int *first, int *code)
{
	struct option longs[OPTIONS_MOST];
	char shorts[2 * OPTIONS_MOST + 2];
	int key;

	c->init(target);
	getopt_tables(c->options, longs, shorts);
	opterr = 0;
	while ((key = getopt_long(argc, argv, shorts, longs, NULL)) != -1) {
		if (key == '?' || key == ':') {
			*code = refuse_option(c, argv, key == ':');
			return false;
		}
		if (!take(c, row_of_key(c->options, key), optarg, target, code))
			return false;
	}
	*first = optind;
	*code = EXIT_DONE;
	return true;
}
