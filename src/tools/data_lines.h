/* SPDX-License-Identifier: MIT
 *
 * data_lines.h - the lines of a file that people edit (src/data/), for the programs that make
 * tables of them.  Lines that begin with "//" and empty ones are skipped.
 */
#ifndef NB_TOOLS_DATA_LINES_H
#define NB_TOOLS_DATA_LINES_H

#include <stddef.h>
#include <stdio.h>

typedef struct data_lines {
	const char *path;
	unsigned line; /* number of the one read last, from 1 */
	FILE *in;
	char *text;
	size_t room;
} data_lines;

/** Say what is wrong with a line, "FILE:LINE: ...", and exit. */
_Noreturn void refuse(const char *path, unsigned line, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

void data_lines_open(data_lines *d, const char *path);

/** The next line, without its end; NULL after the last one.  It may be changed, and is valid until
 *  the next call. */
char *data_lines_next(data_lines *d);

/** The same text without blanks around it. */
char *trim(char *text);

/** The next item of a text that separators divide, trimmed; NULL if there is none.  Empty ones are
 *  skipped.  The text is cut up. */
char *next_item(char **rest, const char *separators);

/** Print a name in capitals, as enumerators of C have it: "NB_FIELD_", "title". */
void print_upper(const char *prefix, const char *name);

#endif
