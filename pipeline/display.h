/* SPDX-License-Identifier: MIT
 *
 * display.h - times, lags and texts of any script, for a person at a terminal.
 */
#ifndef NB_PIPELINE_DISPLAY_H
#define NB_PIPELINE_DISPLAY_H

#include <stdbool.h>
#include <stdio.h>

#include "newsbraid/nb.h"

/** Columns of the terminal after stdout, 100 if it is none.  Sets LC_CTYPE, for the width of
 *  characters: call it before the functions below. */
int terminal_width(void);

/** Columns that a text takes. */
int display_width(nb_str s);

/** Bytes of the longest prefix that fits into `width` columns; *used: columns it takes. */
size_t display_fit(nb_str s, int width, int *used);

/** Bytes of s that go on a line of `width` columns: up to the last blank that fits, if there is
 *  one; *used: columns they take. */
size_t display_line(nb_str s, int width, int *used);

/** Print s, which is not ours, with line ends as blanks (printable.h); so do those below. */
void print_flat(FILE *to, nb_str s);

/** Print s on one line (line ends as blanks), cut to `width` columns, "..." where it was cut.
 *  @return columns printed */
int print_cut(FILE *to, nb_str s, int width);

/** The same, filled with blanks up to width. */
void print_column(FILE *to, nb_str s, int width);

/** Print s in lines of at most `width` columns, broken at blanks, `indent` blanks before each. */
void print_wrapped(FILE *to, nb_str s, int indent, int width);

#define HUMAN_TEXT 48

/** "Tue 17 Mar 20:05" (UTC), or "Tue 17 Mar" without the hour; "no time". */
const char *human_time(int64_t time, bool day_only, char out[HUMAN_TEXT]);

/** "+0min", "+1h05", "+2d3h". */
const char *human_lag(int64_t seconds, char out[HUMAN_TEXT]);

/** Whether this is the code of a language, of two letters (ISO 639-1). */
bool is_language(const char *code);

/** The language of the reader, from LC_ALL, LC_MESSAGES or LANG: two letters, "en" if none. */
const char *reader_language(char out[3]);

#endif
