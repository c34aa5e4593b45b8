/* SPDX-License-Identifier: MIT
 *
 * child.h - runs of the program as a process of its own: its time, memory and stages.
 */
#ifndef BENCH_CHILD_H
#define BENCH_CHILD_H

#include <stdbool.h>

#define STAGES_MAX 24u

struct child {
	double wall_s, cpu_s;
	double rss; /* bytes, the most it had at any time */
	struct { char name[24]; double s; } stage[STAGES_MAX];
	unsigned n_stages;
};

/* What to run: PROGRAM run INPUT -o OUTPUT [--threads THREADS] [--no-events]. */
struct child_command {
	const char *program, *input, *output;
	const char *threads; /* or NULL: the program's own choice */
	const char *log;     /* what it says goes into this file */
	bool events;
};

/**
 * Run it and wait.
 * @return 0, or -1 and a word on stderr: it could not be run or failed
 */
int child_run(const struct child_command *c, struct child *out);

/** Remove an output folder: files of ours and no folders in it. */
void child_remove_output(const char *output);

#endif
