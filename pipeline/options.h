/* SPDX-License-Identifier: MIT
 *
 * options.h - the command line: one table a command, from which parsing and help both come.
 */
#ifndef NB_PIPELINE_OPTIONS_H
#define NB_PIPELINE_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

/* How the program ends. */
enum {
	EXIT_DONE = 0,
	EXIT_FAILED = 1,  /* nothing was published */
	EXIT_USAGE = 2,   /* the command line is wrong */
	EXIT_REJECTS = 3, /* done, but some input was not taken */
	EXIT_UNSOUND = 4, /* verification failed */
	EXIT_MISSING = 5, /* nothing was published: input was missing */
	EXIT_PARTIAL = 6, /* done as --allow-partial asked, although input was missing */
};

/* One option of a command. */
typedef struct option_row {
	int key;          /* its letter, or a number above 255 if it has none */
	const char *name; /* without dashes; NULL ends a table */
	const char *arg;  /* what its argument is called, NULL if it takes none */
	const char *help; /* one line, default in brackets */
} option_row;

/* One subcommand. */
typedef struct command {
	const char *name;
	const char *summary;  /* one line */
	const char *operands; /* "INPUT... -o OUT" */
	const char *examples; /* what --help starts with */
	const option_row *options;
	int (*run)(int argc, char **argv);
} command;

extern const command command_run, command_read, command_show, command_explain, command_eval, command_verify;

/* Options that every command has; they are handled inside option_next. */
#define COMMON_OPTIONS                                                                        \
	{ 'q', "quiet", NULL, "say nothing but errors" },                                     \
	{ 'v', "verbose", NULL, "say more" },                                                 \
	{ 'h', "help", NULL, "this text" },                                                   \
	{ 0, NULL, NULL, NULL }

/* Results of option_next that are no key. */
enum { OPTIONS_END = -1, OPTIONS_BAD = -2, OPTIONS_HELP = -3 };

/**
 * The next option of argv.  *value is its argument.  After OPTIONS_END, operands are
 * argv[*first..argc).  OPTIONS_BAD: the message is already printed; return EXIT_USAGE.
 * OPTIONS_HELP: help is printed; return EXIT_DONE.
 */
int option_next(const command *c, int argc, char **argv, const char **value, int *first);

/** Whether a wrong name may have been meant for this one. */
bool is_near(const char *wrong, const char *name);

/** Print a usage error of this command; returns EXIT_USAGE. */
int usage_error(const command *c, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Values; each returns whether text is one in range, and prints nothing. */
bool parse_count(const char *text, size_t least, size_t most, size_t *out);
bool parse_share(const char *text, double *out); /* in (0, 1] */
bool parse_bytes(const char *text, size_t *out); /* "512M", "4G", "65536" */

#endif
