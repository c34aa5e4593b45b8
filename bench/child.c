/* SPDX-License-Identifier: MIT
 *
 * child.c - see child.h.
 */
#include "child.h"

#include <dirent.h>
#include <fcntl.h>
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bench.h"
#include "progress.h"

/* ---- the process ----------------------------------------------------------------------------- */

static void print_log(const char *path)
{
	char line[512];
	FILE *f = fopen(path, "r");

	while (f && fgets(line, sizeof(line), f))
		fprintf(stderr, "  | %s", line);
	if (f)
		fclose(f);
}

/* In the child: becomes the program, its output in a file. */
static void become(const struct child_command *c)
{
	const char *arg[9] = { c->program, "run", c->input, "-o", c->output };
	int fd = open(c->log, O_WRONLY | O_CREAT | O_TRUNC, 0666), n = 5;

	if (!c->events)
		arg[n++] = "--no-events";
	if (c->threads) {
		arg[n++] = "--threads";
		arg[n++] = c->threads;
	}
	if (fd >= 0) {
		dup2(fd, 1);
		dup2(fd, 2);
	}
	execv(c->program, (char *const *)arg);
	_exit(127);
}

static double seconds_of(struct timeval t)
{
	return (double)t.tv_sec + 1e-6 * (double)t.tv_usec;
}

/* Time and memory of the run; its status as wait gives it, or -1. */
static int measure(const struct child_command *c, struct child *out)
{
	double start;
	struct rusage usage;
	int status;
	pid_t pid;

	fflush(NULL);
	malloc_trim(0); /* the child's first pages are ours and would count as its memory */
	start = bench_wall_seconds();
	pid = fork();
	if (pid == 0)
		become(c);
	if (pid < 0 || wait4(pid, &status, 0, &usage) != pid)
		return -1;
	out->wall_s = bench_wall_seconds() - start;
	out->cpu_s = seconds_of(usage.ru_utime) + seconds_of(usage.ru_stime);
	out->rss = (double)usage.ru_maxrss * 1024;
	return status;
}

/* ---- its stages ------------------------------------------------------------------------------ */

/* Take the stage time whose key ends at `at` ("..._s"): its stage is the key, or for "wall_s" the
 * "name" that stands before it in its object. */
static void take_stage(const char *text, const char *at, struct child *r)
{
	const char *name = at, *object = at;
	size_t len;

	while (name > text && name[-1] != '"')
		name--;
	len = (size_t)(at - name);
	if (len == 4 && memcmp(name, "wall", 4) == 0) {
		while (object > text && *object != '{')
			object--;
		object = strstr(object, "\"name\"");
		if (!object || object > at || !(name = strchr(object + 6, '"')))
			return;
		len = strcspn(++name, "\"");
	} else if (len == 3 && memcmp(name, "cpu", 3) == 0) {
		return;
	}
	snprintf(r->stage[r->n_stages].name, sizeof(r->stage[0].name), "%.*s", (int)len, name);
	r->stage[r->n_stages++].s = strtod(at + 4, NULL);
}

/* The stage times in run.json, which come first whole and then by their parts. */
static void read_stages(const char *output, struct child *r)
{
	char path[4096], *text = calloc(1, 1 << 16);
	size_t n = 0;
	FILE *f;

	snprintf(path, sizeof(path), "%s/run.json", output);
	f = fopen(path, "r");
	if (f && text)
		n = fread(text, 1, (1 << 16) - 1, f);
	if (f)
		fclose(f);
	for (char *p = text; n > 0 && (p = strstr(p, "_s\":")) && r->n_stages < STAGES_MAX; p++)
		take_stage(text, p, r);
	free(text);
}

/* ---- public ---------------------------------------------------------------------------------- */

int child_run(const struct child_command *c, struct child *out)
{
	struct progress *p = progress_begin("running the program", 0);
	int status;

	*out = (struct child){ 0 };
	status = measure(c, out);
	progress_end(p);
	if (status == 0)
		read_stages(c->output, out);
	if (status <= 0)
		return status;
	fprintf(stderr, "night: %s run ended with %s %d\n", c->program,
		WIFEXITED(status) ? "status" : "signal",
		WIFEXITED(status) ? WEXITSTATUS(status) : WTERMSIG(status));
	print_log(c->log);
	return -1;
}

static bool name_ends(const char *name, const char *end)
{
	size_t a = strlen(name), b = strlen(end);

	return a >= b && strcmp(name + a - b, end) == 0;
}

/* Only what a run writes: the folder may be another one than we think. */
void child_remove_output(const char *output)
{
	DIR *dir = opendir(output);

	for (struct dirent *e = dir ? readdir(dir) : NULL; e; e = readdir(dir)) {
		char path[4096];

		if (!name_ends(e->d_name, ".jsonl.zst") && !name_ends(e->d_name, ".json") &&
		    strcmp(e->d_name, "report.html") != 0 && strcmp(e->d_name, "_SUCCESS") != 0)
			continue;
		snprintf(path, sizeof(path), "%s/%s", output, e->d_name);
		unlink(path);
	}
	if (dir)
		closedir(dir);
	rmdir(output);
}
