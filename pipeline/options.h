/* SPDX-License-Identifier: MIT
 *
 * options.h - the command line: one table a command, from which parsing, ranges, help, man page,
 * completion and the parameters of the manifest come.
 *
 * A row says what an option is called, what its value may be and which field of the command's own
 * struct it goes to.  Defaults stand nowhere here: they are what the command's init leaves in that
 * field.
 */
#ifndef NB_PIPELINE_OPTIONS_H
#define NB_PIPELINE_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "newsbraid/json.h"

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

/* What the value of an option is, and so the type of its field. */
typedef enum option_kind {
	OPTION_ON,     /* bool: no value, the option makes it true */
	OPTION_OFF,    /* bool: no value, the option makes it false */
	OPTION_COUNT,  /* an integer of 4 or 8 bytes that is never negative */
	OPTION_BYTES,  /* size_t: "512M", "4G", "65536" */
	OPTION_REAL,   /* double */
	OPTION_CHOICE, /* an enum: the place of the word among `choices` */
	OPTION_TEXT,   /* const char *: not empty */
	OPTION_LIST,   /* option_list: may be given several times */
	OPTION_LIMIT,  /* reject_limit: "100" or "0.5%" */
	OPTION_SET,    /* NAME=VALUE: any row of the table that decides the result */
	OPTION_QUIET,  /* log_level */
	OPTION_VERBOSE,
	OPTION_HELP,
} option_kind;

#define OPTION_LIST_MOST 64u

typedef struct option_list {
	const char *item[OPTION_LIST_MOST];
	size_t n;
} option_list;

/* An end of a range: n for counts and bytes, x for reals. */
typedef union option_bound {
	uint64_t n;
	double x;
} option_bound;

/* One option of a command. */
typedef struct option_row {
	const char *name;   /* of the parameter, as the manifest calls it; NULL ends a table */
	const char *option; /* without dashes; NULL: --set NAME=VALUE is the only way to it */
	char letter;        /* the short option, or 0 */
	option_kind kind;
	size_t at, size;    /* of the field in the command's struct */
	option_bound least, most;
	const char *choices;  /* "auto scan bands"; of a count "64 128 256" in place of a range */
	const char *arg;      /* what the value is called in help */
	const char *unit;     /* "tokens"; NULL for a pure number */
	const char *fallback; /* what help shows for the default where the field does not say it */
	bool decides;         /* the result depends on it: it stands in the manifest */
	const char *help;     /* part of a sentence that fits on a line */
	const char *more;     /* further sentences, for the man page; or NULL */
} option_row;

/* Kinds with their range, to write rows with. */
#define IS_ON           .kind = OPTION_ON
#define IS_OFF          .kind = OPTION_OFF
#define IS_COUNT(a, b)  .kind = OPTION_COUNT, .least.n = (a), .most.n = (b)
#define IS_BYTES(a, b)  .kind = OPTION_BYTES, .least.n = (a), .most.n = (b)
#define IS_REAL(a, b)   .kind = OPTION_REAL, .least.x = (a), .most.x = (b)
#define IS_ONE_OF(list) .kind = OPTION_COUNT, .choices = (list), .most.n = UINT64_MAX
#define IS_CHOICE(list) .kind = OPTION_CHOICE, .choices = (list)
#define IS_TEXT(shown)  .kind = OPTION_TEXT, .fallback = (shown)
#define IS_LIST         .kind = OPTION_LIST
#define IS_LIMIT        .kind = OPTION_LIMIT

/* The field of a struct that a row sets. */
#define OPTION_FIELD(type, field) .at = offsetof(type, field), .size = sizeof(((type *)0)->field)

/* A row of a command whose options decide nothing. */
#define OPTION(long_name, short_name, is, type, field, value, text)                           \
	{ .name = (long_name), .option = (long_name), .letter = (short_name), is,             \
	  OPTION_FIELD(type, field), .arg = (value), .help = (text) }

/* Options that every command has, and the end of its table. */
#define COMMON_OPTIONS                                                                        \
	{ .name = "quiet", .option = "quiet", .letter = 'q', .kind = OPTION_QUIET,            \
	  .help = "say nothing but errors" },                                                 \
	{ .name = "verbose", .option = "verbose", .letter = 'v', .kind = OPTION_VERBOSE,      \
	  .help = "say more" },                                                               \
	{ .name = "help", .option = "help", .letter = 'h', .kind = OPTION_HELP,               \
	  .help = "this text" },                                                              \
	{ .name = NULL }

/* One subcommand. */
typedef struct command {
	const char *name;
	const char *summary;  /* one line */
	const char *operands; /* "INPUT... -o OUT" */
	const char *examples; /* what --help starts with */
	const option_row *options;
	size_t size;               /* of the struct that the options go to */
	void (*init)(void *fresh); /* fills all of it: the defaults */
	int (*run)(int argc, char **argv);
} command;

extern const command command_run, command_read, command_show, command_explain, command_eval,
	command_verify;

/**
 * Fill the command's struct with its defaults, then with what the options say.
 *
 * @param target  out: the struct, c->size bytes; points into argv
 * @param first   out: operands are argv[*first..argc)
 * @param code    out: how the program ends if it does not go on
 * @return whether to go on; if not, the help or what is wrong has been printed
 */
bool options_read(const command *c, int argc, char **argv, void *target, int *first, int *code);

/** Whether a wrong name may have been meant for this one. */
bool is_near(const char *wrong, const char *name);

/** Print a usage error of this command; returns EXIT_USAGE. */
int usage_error(const command *c, const char *format, ...) __attribute__((format(printf, 2, 3)));

#define OPTION_WHY 256

/**
 * Put a value into the field of a row.
 *
 * @param text    what the user wrote; NULL for kinds without a value, "true" or "false" are then
 *                understood, too
 * @param target  the command's struct; keeps `text` where the field is one
 * @param why     out: "99 is not in 1..19", if the value cannot be; the field is then unchanged
 */
bool option_set(const option_row *o, const char *text, void *target, char why[OPTION_WHY]);

/** The row of that parameter or, if by_option, of that option; NULL if there is none. */
const option_row *option_find(const option_row *table, const char *name, size_t len,
			      bool by_option);

#define OPTION_TEXT_ROOM 64

/** The value of a field as option_set reads it; "" for texts that are not set, and for lists. */
const char *option_text(const option_row *o, const void *target, char out[OPTION_TEXT_ROOM]);

/** Member `name` of the open object: the value of the field, null for a text that is not set. */
void json_option(nb_json *j, const option_row *o, const void *target);

/** What the value may be: "1..19", "auto, scan, bands", "0.01..1"; "" if anything goes. */
const char *option_range(const option_row *o, char out[OPTION_TEXT_ROOM]);

#endif
