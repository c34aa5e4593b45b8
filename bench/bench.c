/* SPDX-License-Identifier: MIT
 *
 * bench.c - clocks, repeated runs, the header and the report (see bench.h; machine.c has the rest).
 */
#include "bench.h"

#include <sched.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <time.h>
#include <unistd.h>

#include "newsbraid/isa.h"
#include "newsbraid/nb.h"

static double seconds(clockid_t clock)
{
	struct timespec t;

	clock_gettime(clock, &t);
	return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

double bench_cpu_seconds(void)
{
	return seconds(CLOCK_THREAD_CPUTIME_ID);
}

double bench_wall_seconds(void)
{
	return seconds(CLOCK_MONOTONIC);
}

uint64_t bench_random(uint64_t *state)
{
	uint64_t x = *state += UINT64_C(0x9E3779B97F4A7C15);

	x = (x ^ (x >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
	x = (x ^ (x >> 27)) * UINT64_C(0x94D049BB133111EB);
	return x ^ (x >> 31);
}

void bench_pin(void)
{
	cpu_set_t set;
	int cpu = sched_getcpu();

	if (cpu < 0)
		return;
	CPU_ZERO(&set);
	CPU_SET((size_t)cpu, &set);
	(void)sched_setaffinity(0, sizeof(set), &set);
}

/* ---- repeated runs ------------------------------------------------------------------------- */

static int by_value(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

bench_stat bench_stat_of(double *time, unsigned n)
{
	bench_stat s = { .n = n };

	if (!n)
		return s;
	qsort(time, n, sizeof(*time), by_value);
	s.median = n % 2 ? time[n / 2] : (time[n / 2 - 1] + time[n / 2]) / 2;
	s.min = time[0];
	s.max = time[n - 1];
	s.value = s.median;
	return s;
}

static double time_calls(unsigned calls, void (*fn)(void *), void *context)
{
	double start = bench_cpu_seconds();

	for (unsigned i = 0; i < calls; i++)
		fn(context);
	return (bench_cpu_seconds() - start) / calls;
}

bench_stat bench_run(const bench *b, void (*fn)(void *), void *context)
{
	double time[BENCH_RUNS_MAX], one, target = b->quick ? 1e-3 : 4e-3;
	unsigned runs = b->quick ? 7 : 31, calls;
	bench_stat s;

	fn(context);
	one = time_calls(1, fn, context);
	calls = one > 0 && one < target ? (unsigned)(target / one) + 1 : 1;
	if (calls > 1000000)
		calls = 1000000;
	if (one * runs > 1.0)
		runs = one * 5 > 1.0 ? 3 : 5;
	time_calls(calls, fn, context);
	for (unsigned i = 0; i < runs; i++)
		time[i] = time_calls(calls, fn, context);
	s = bench_stat_of(time, runs);
	s.value = s.min;
	return s;
}

bench_stat bench_run_wall(unsigned runs, void (*fn)(void *), void *context)
{
	double time[BENCH_RUNS_MAX];

	if (runs > BENCH_RUNS_MAX)
		runs = BENCH_RUNS_MAX;
	for (unsigned i = 0; i < runs; i++) {
		double start = bench_wall_seconds();

		fn(context);
		time[i] = bench_wall_seconds() - start;
	}
	return bench_stat_of(time, runs);
}

/* ---- the header ---------------------------------------------------------------------------- */

/* First line of a file or command that begins with `key`, the text after the first colon. */
static void first_line(FILE *f, const char *key, char *out, size_t room)
{
	char line[512];

	snprintf(out, room, "unknown");
	while (f && fgets(line, sizeof(line), f)) {
		char *value = strchr(line, ':');

		line[strcspn(line, "\n")] = 0;
		if (strncmp(line, key, strlen(key)) != 0)
			continue;
		value = *key && value ? value + 1 + strspn(value + 1, " \t") : line;
		snprintf(out, room, "%.*s", (int)room - 1, value);
		return;
	}
}

static void cpu_model(char *out, size_t room)
{
	FILE *f = fopen("/proc/cpuinfo", "r");

	first_line(f, "model name", out, room);
	if (f)
		fclose(f);
}

static void git_revision(char *out, size_t room)
{
	FILE *f = popen("git rev-parse --short HEAD 2>/dev/null", "r");

	first_line(f, "", out, room);
	if (f)
		pclose(f);
}

/* The Makefile keeps the flags of a build in its folder, next to bench/. */
static void build_flags(char *out, size_t room)
{
	char path[512];
	ssize_t n = readlink("/proc/self/exe", path, sizeof(path) - 16);
	FILE *f;
	char *cut;

	path[n > 0 ? n : 0] = 0;
	for (int up = 0; up < 2; up++)
		if ((cut = strrchr(path, '/')))
			*cut = 0;
	strcat(path, "/flags");
	f = fopen(path, "r");
	first_line(f, "", out, room);
	if (f)
		fclose(f);
}

static void header(const bench *b)
{
	char cpu[128], git[64], flags[400], date[32];
	time_t now = time(NULL);
	struct utsname os;
	struct tm utc;

	cpu_model(cpu, sizeof(cpu));
	git_revision(git, sizeof(git));
	build_flags(flags, sizeof(flags));
	strftime(date, sizeof(date), "%Y-%m-%dT%H:%M:%SZ", gmtime_r(&now, &utc));
	uname(&os);
	bench_say(b, "# bench %s, newsbraid %s, git %s, %s\n", b->name, nb_version(), git, date);
	bench_say(b, "# cpu %s, %ld online, caches %zu / %zu / %zu KiB, isa %s\n", cpu,
		  sysconf(_SC_NPROCESSORS_ONLN), bench_cache(1) >> 10, bench_cache(2) >> 10,
		  bench_cache(3) >> 10, nb_isa_name(nb_isa_get()));
	bench_say(b, "# %s %s, compiler %s\n# flags %s\n", os.sysname, os.release, __VERSION__,
		  flags);
}

static void usage(const char *program, FILE *to)
{
	fprintf(to, "usage: %s [--json] [--quick] [--isa NAME] ...\n", program);
}

void bench_start(bench *b, const char *name, int argc, char **argv)
{
	int kept = 1;

	*b = (bench){ .name = name };
	for (int i = 1; i < argc; i++) {
		if (strcmp(argv[i], "--json") == 0)
			b->json = true;
		else if (strcmp(argv[i], "--quick") == 0)
			b->quick = true;
		else if (strcmp(argv[i], "--isa") == 0 && i + 1 < argc)
			b->isa = argv[++i];
		else if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "--isa") == 0) {
			bool help = strcmp(argv[i], "--help") == 0;

			usage(argv[0], help ? stdout : stderr);
			exit(help ? 0 : 2);
		} else
			argv[kept++] = argv[i];
	}
	b->argc = kept;
	b->argv = argv;
	argv[kept] = NULL;
	header(b);
}

/* ---- the report ---------------------------------------------------------------------------- */

void bench_say(const bench *b, const char *format, ...)
{
	va_list args;

	if (b->json)
		return;
	va_start(args, format);
	vprintf(format, args);
	va_end(args);
	fflush(stdout);
}

/* 3.21 G, 14.5 M: a number people can read */
static const char *scaled(double x, char *out, size_t room)
{
	static const struct {
		double by;
		const char *prefix;
	} scale[] = { { 1e9, "G" }, { 1e6, "M" }, { 1e3, "k" }, { 1, "" }, { 1e-3, "m" },
		      { 1e-6, "u" }, { 1e-9, "n" } };
	size_t i = 0;

	while (i + 1 < sizeof(scale) / sizeof(*scale) && x < scale[i].by)
		i++;
	if (x == 0)
		i = 3;
	snprintf(out, room, "%.4g %s", x / scale[i].by, scale[i].prefix);
	return out;
}

static void report_json(const bench *b, const bench_metric *m, const double value[4], unsigned runs)
{
	printf("{\"bench\":\"%s\",\"metric\":\"%s\",", b->name, m->metric);
	if (m->isa)
		printf("\"isa\":\"%s\",", m->isa);
	printf("\"value\":%.6g,\"unit\":\"%s\",", value[0], m->unit);
	if (m->ceiling > 0)
		printf("\"ceiling\":%.6g,\"percent\":%.1f,", m->ceiling,
		       100 * (m->work > 0 ? value[0] / m->ceiling : m->ceiling / value[0]));
	if (m->how)
		printf("\"how\":\"%s\",", m->how);
	if (m->extra)
		printf("%s,", m->extra);
	printf("\"median\":%.6g,\"min\":%.6g,\"max\":%.6g,\"runs\":%u}\n", value[1], value[2],
	       value[3], runs);
}

void bench_report(bench *b, const bench_metric *m, bench_stat s)
{
	double work = m->work;
	double value[4] = { s.value, s.median, work > 0 ? s.max : s.min, work > 0 ? s.min : s.max };
	char text[4][32];

	b->n_reported++;
	for (int i = 0; i < 4; i++)
		value[i] = work > 0 ? work / value[i] : value[i];
	if (b->json) {
		report_json(b, m, value, s.n);
		return;
	}
	for (int i = 0; i < 4; i++)
		scaled(value[i], text[i], sizeof(text[i]));
	printf("%-16s %-9s %9s%-8s median %s (%s .. %s)", m->metric, m->isa ? m->isa : "", text[0],
	       m->unit, text[1], text[2], text[3]);
	if (m->ceiling > 0)
		printf("  %5.1f %% of %s%s", 100 * (work > 0 ? value[0] / m->ceiling
							     : m->ceiling / value[0]),
		       scaled(m->ceiling, text[0], sizeof(text[0])), m->how ? ": " : "");
	printf("%s\n", m->ceiling > 0 && m->how ? m->how : "");
	fflush(stdout);
}

void bench_value(bench *b, const char *metric, const char *isa, const char *unit, double value)
{
	bench_metric m = { .metric = metric, .isa = isa, .unit = unit };
	char text[32];

	b->n_reported++;
	if (b->json)
		report_json(b, &m, (double[4]){ value, value, value, value }, 1);
	else
		printf("%-16s %-9s %9s%s\n", metric, isa ? isa : "",
		       scaled(value, text, sizeof(text)), unit);
}

void bench_wrong(bench *b, const char *metric, const char *isa, const char *what)
{
	b->n_wrong++;
	fprintf(stderr, "%s: %s %s: WRONG RESULT, no figure: %s\n", b->name, metric,
		isa ? isa : "", what);
}

int bench_end(const bench *b)
{
	return b->n_wrong || !b->n_reported;
}
