/* SPDX-License-Identifier: MIT
 *
 * log.h - all talk of the program: messages and progress on stderr, results on stdout.
 */
#ifndef NB_PIPELINE_LOG_H
#define NB_PIPELINE_LOG_H

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>

#include "newsbraid/nb.h"

enum { LOG_QUIET = 0, LOG_NORMAL = 1, LOG_VERBOSE = 2 };

extern int log_level; /* [LOG_NORMAL] */

/** What is wrong with the command line of a command ("" for none). */
void log_usage(const char *name, const char *format, va_list args);
/** An error: always printed, "newsbraid: ...". */
void log_error(const char *format, ...) __attribute__((format(printf, 1, 2)));
/** A warning: "newsbraid: warning: ...", unless quiet. */
void log_warning(const char *format, ...) __attribute__((format(printf, 1, 2)));
/** A failed library call, with everything its nb_error knows; returns EXIT_FAILED. */
int log_failure(const char *doing, const nb_error *err);
/** Printed unless quiet. */
void log_info(const char *format, ...) __attribute__((format(printf, 1, 2)));
/** Printed only when verbose. */
void log_detail(const char *format, ...) __attribute__((format(printf, 1, 2)));

/**
 * Show how far a stage is: a line that is drawn over on a terminal (at most six times a second),
 * a plain line now and then elsewhere.  total == 0: unknown.
 */
void log_progress(const char *stage, double done, double total, const char *unit);
/** End the progress line of a stage. */
void log_progress_end(void);

/** Whether colours are wanted on this stream: a terminal, no NO_COLOR, no TERM=dumb. */
bool log_colour(FILE *stream);

/** Flush stdout and report a failed write (a full disk, a closed pipe); returns the exit code. */
int log_close_stdout(int exit_code);

#endif
