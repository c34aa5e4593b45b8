/* SPDX-License-Identifier: MIT
 *
 * log.c - see log.h.
 */
#include "log.h"

#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "options.h"
#include "printable.h"

int log_level = LOG_NORMAL;

/* The one progress line that may stand on the terminal. */
static struct {
	bool drawn;
	const char *stage;
	double started, last; /* seconds */
} progress;

static double now_s(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static void say(const char *prefix, const char *format, va_list args)
{
	char *text;

	if (progress.drawn)
		fputs("\r\033[K", stderr);
	progress.drawn = false;
	/* file names and what parsers quote of an input are not ours */
	if (vasprintf(&text, format, args) < 0)
		text = NULL;
	fprintf(stderr, "%s%s\n", prefix, text ? printable_c(text) : format);
	free(text);
}

void log_usage(const char *name, const char *format, va_list args)
{
	char prefix[64];

	snprintf(prefix, sizeof(prefix), "newsbraid%s%s: ", *name ? " " : "", name);
	say(prefix, format, args);
}

void log_error(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	say("newsbraid: ", format, args);
	va_end(args);
}

void log_warning(const char *format, ...)
{
	va_list args;

	if (log_level < LOG_NORMAL)
		return;
	va_start(args, format);
	say("newsbraid: warning: ", format, args);
	va_end(args);
}

/* What the reason does not say by itself. */
static const char *cause(const nb_error *err)
{
	if (err->sys_errno)
		return strerror(err->sys_errno);
	if (err->status == NB_EINVAL || err->status == NB_EDATA || err->status == NB_ESTOP)
		return NULL;
	return nb_status_text(err->status);
}

int log_failure(const char *doing, const nb_error *err)
{
	char where[64] = "";

	if (err->line)
		snprintf(where, sizeof(where), ":%" PRIu64, err->line);
	else if (err->byte)
		snprintf(where, sizeof(where), ": byte %" PRIu64, err->byte);
	log_error("%s: %s%s%s%s%s%s%s", doing, err->path, where, err->path[0] ? ": " : "",
		  err->reason ? err->reason : "failed", cause(err) ? " (" : "",
		  cause(err) ? cause(err) : "", cause(err) ? ")" : "");
	return EXIT_FAILED;
}

void log_info(const char *format, ...)
{
	va_list args;

	if (log_level < LOG_NORMAL)
		return;
	va_start(args, format);
	say("", format, args);
	va_end(args);
}

void log_detail(const char *format, ...)
{
	va_list args;

	if (log_level < LOG_VERBOSE)
		return;
	va_start(args, format);
	say("", format, args);
	va_end(args);
}

#define TERMINAL_INTERVAL_S 0.16
#define PLAIN_INTERVAL_S    30.0

void log_progress(const char *stage, double done, double total, const char *unit)
{
	bool terminal = isatty(STDERR_FILENO);
	double now = now_s(), elapsed, rate;

	if (log_level < LOG_NORMAL)
		return;
	if (progress.stage != stage) {
		progress.stage = stage;
		progress.started = now;
		progress.last = now;
	}
	if (now - progress.last < (terminal ? TERMINAL_INTERVAL_S : PLAIN_INTERVAL_S))
		return;
	progress.last = now;
	elapsed = now - progress.started;
	rate = elapsed > 0 ? done / elapsed : 0;
	fprintf(stderr, "%s  %-8s %.0f %s, %.0f %s/s", terminal ? "\r" : "", stage, done, unit, rate,
		unit);
	if (total > done && rate > 0)
		fprintf(stderr, ", %.0f %%, %.0f s left", 100 * done / total, (total - done) / rate);
	fputs(terminal ? "\033[K" : "\n", stderr);
	progress.drawn = terminal;
}

void log_progress_end(void)
{
	if (progress.drawn)
		fputs("\r\033[K", stderr);
	progress.drawn = false;
	progress.stage = NULL;
}

bool log_colour(FILE *stream)
{
	const char *term = getenv("TERM"), *no = getenv("NO_COLOR");

	return isatty(fileno(stream)) && !(no && *no) && !(term && strcmp(term, "dumb") == 0);
}

int log_close_stdout(int exit_code)
{
	if (fflush(stdout) != 0 || ferror(stdout)) {
		log_error("cannot write to standard output: %s", strerror(errno));
		return exit_code == EXIT_DONE ? EXIT_FAILED : exit_code;
	}
	return exit_code;
}
