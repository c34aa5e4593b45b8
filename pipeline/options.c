/* SPDX-License-Identifier: MIT
 *
 * options.c - see options.h.
 */
#include "options.h"

#include <errno.h>
#include <getopt.h>
#include <math.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "log.h"

#define OPTIONS_MOST 32

static void print_help(const command *c)
{
	printf("%s\n\nExamples:\n%s\nUsage: newsbraid %s [options] %s\n\nOptions:\n", c->summary,
	       c->examples, c->name, c->operands);
	for (const option_row *o = c->options; o->name; o++) {
		char left[64];

		snprintf(left, sizeof(left), "%s%c%s--%s%s%s", o->key < 256 ? "-" : " ",
			 o->key < 256 ? o->key : ' ', o->key < 256 ? ", " : "  ", o->name,
			 o->arg ? "=" : "", o->arg ? o->arg : "");
		printf("  %-26s %s\n", left, o->help);
	}
}

/* getopt_long's two tables from ours. */
static void getopt_tables(const command *c, struct option *longs, char *shorts)
{
	size_t n = 0;

	*shorts++ = ':'; /* a missing value is told of as such */
	for (const option_row *o = c->options; o->name && n + 1 < OPTIONS_MOST; o++, n++) {
		longs[n] = (struct option){ o->name, o->arg ? required_argument : no_argument,
					    NULL, o->key };
		if (o->key < 256) {
			*shorts++ = (char)o->key;
			if (o->arg)
				*shorts++ = ':';
		}
	}
	longs[n] = (struct option){ 0 };
	*shorts = '\0';
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
	for (const option_row *o = c->options; o->name; o++)
		if (!strcmp(o->name, name))
			return usage_error(c, "option '--%s' takes no value", name);
	for (const option_row *o = c->options; o->name; o++)
		if (is_near(name, o->name))
			return usage_error(c, "unknown option '--%s': did you mean '--%s'?", name,
					   o->name);
	return usage_error(c, "unknown option '%s'", word);
}

/* ---------------------------------------------------------------------------------------------- */

int option_next(const command *c, int argc, char **argv, const char **value, int *first)
{
	struct option longs[OPTIONS_MOST];
	char shorts[2 * OPTIONS_MOST + 2];
	int key;

	getopt_tables(c, longs, shorts);
	opterr = 0;
	for (;;) {
		key = getopt_long(argc, argv, shorts, longs, NULL);
		*value = optarg;
		switch (key) {
		case -1:
			*first = optind;
			return OPTIONS_END;
		case '?':
		case ':':
			refuse_option(c, argv, key == ':');
			return OPTIONS_BAD;
		case 'h':
			print_help(c);
			return OPTIONS_HELP;
		case 'q':
			log_level = LOG_QUIET;
			break;
		case 'v':
			log_level = LOG_VERBOSE;
			break;
		default:
			return key;
		}
	}
}

int usage_error(const command *c, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	log_usage(c->name, format, args);
	va_end(args);
	fprintf(stderr, "Try 'newsbraid %s --help'.\n", c->name);
	return EXIT_USAGE;
}

bool parse_count(const char *text, size_t least, size_t most, size_t *out)
{
	char *end;
	unsigned long long x;

	if (*text < '0' || *text > '9') /* no sign, no blanks */
		return false;
	errno = 0;
	x = strtoull(text, &end, 10);
	if (errno || *end || x < least || x > most)
		return false;
	*out = (size_t)x;
	return true;
}

bool parse_share(const char *text, double *out)
{
	char *end;
	double x = strtod(text, &end);

	if (end == text || *end || !isfinite(x) || x <= 0 || x > 1)
		return false;
	*out = x;
	return true;
}

bool parse_bytes(const char *text, size_t *out)
{
	static const char units[] = "KMGT";
	char number[24];
	size_t len = strlen(text), shift = 0;
	const char *unit = len > 1 ? strchr(units, text[len - 1] & ~0x20) : NULL;

	if (unit && text[len - 1] > '9') {
		shift = 10 * (size_t)(unit - units + 1);
		len--;
	}
	if (len == 0 || len >= sizeof(number))
		return false;
	memcpy(number, text, len);
	number[len] = '\0';
	if (!parse_count(number, 0, SIZE_MAX >> shift, out))
		return false;
	*out <<= shift;
	return true;
}
