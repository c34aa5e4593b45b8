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

int option_next(const command *c, int argc, char **argv, const char **value, int *first)
{
	struct option longs[OPTIONS_MOST];
	char shorts[2 * OPTIONS_MOST + 1];
	int key;

	getopt_tables(c, longs, shorts);
	for (;;) {
		key = getopt_long(argc, argv, shorts, longs, NULL);
		*value = optarg;
		switch (key) {
		case -1:
			*first = optind;
			return OPTIONS_END;
		case '?': /* getopt has said what is wrong */
			fprintf(stderr, "Try 'newsbraid %s --help'.\n", c->name);
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

	fprintf(stderr, "newsbraid %s: ", c->name);
	va_start(args, format);
	vfprintf(stderr, format, args);
	va_end(args);
	fprintf(stderr, "\nTry 'newsbraid %s --help'.\n", c->name);
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
