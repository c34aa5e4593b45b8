/* SPDX-License-Identifier: MIT
 *
 * bench_night.c - whole nights: the program from compressed input to published tables, its time
 * and memory beside their ceilings, for copies alone and with events, and the copies it found held
 * against the texts (see truth.h).
 *
 * In --json, wall_s, cpu_s, rss_bytes and rate are those of copies alone; events_wall_s, ... those of
 * the whole run.
 *
 *   bench_night [--json] [--quick] [--articles N[,N...]] [--seed S] [--threads T] [--dir DIR]
 *               [--keep] [--pairs FILE]
 *
 *   --dir    where nights are kept and runs written [bench/ beside the build's folder]
 *   --keep   leave the last run's output there
 *   --pairs  write all true pairs of one night (earlier id, later id, Jaccard, containment, 1 if
 *            their tokens are equal) and stop
 *
 * The program is $NEWSBRAID, or newsbraid in the folder above this one.  Ends with failure when a
 * run fails, its tables do not fit together, or they hold what the texts do not bear out.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zstd.h>

#include "base/status.h"
#include "bench.h"
#include "child.h"
#include "figures.h"
#include "found.h"
#include "generate.h"
#include "progress.h"
#include "truth.h"

#define SIZES_MAX 8u
#define SAMPLE    2000u /* articles of the brute-force check */
#define PATH_ROOM 3800u

struct options {
	bench bench;
	uint32_t size[SIZES_MAX];
	unsigned n_sizes;
	uint64_t seed;
	const char *threads; /* or NULL: the program's own choice */
	char dir[PATH_ROOM];
	char program[PATH_ROOM];
	const char *pairs;
	bool keep;
};

/* ---- options --------------------------------------------------------------------------------- */

/* Folder of this program, `up` levels higher. */
static void own_folder(char *out, size_t room, unsigned up)
{
	ssize_t n = readlink("/proc/self/exe", out, room - 1);

	out[n > 0 ? n : 0] = 0;
	for (up++; up > 0; up--)
		if (strrchr(out, '/'))
			*strrchr(out, '/') = 0;
}

static int usage(void)
{
	fputs("usage: bench_night [--json] [--quick] [--articles N[,N...]] [--seed S]\n"
	      "                   [--threads T] [--dir DIR] [--keep] [--pairs FILE]\n", stderr);
	return 2;
}

static int read_sizes(struct options *o, const char *list)
{
	for (o->n_sizes = 0; *list && o->n_sizes < SIZES_MAX; o->n_sizes++) {
		char *end;
		unsigned long n = strtoul(list, &end, 10);

		if (end == list || n < 2 || n > 1000000000)
			return -1;
		o->size[o->n_sizes] = (uint32_t)n;
		list = end + (*end == ',');
	}
	return *list ? -1 : 0;
}

/* Where the program and the nights are if nothing else is said. */
static void default_paths(struct options *o)
{
	const char *program = getenv("NEWSBRAID");
	char folder[PATH_ROOM - 64];

	own_folder(folder, sizeof(folder), 1);
	snprintf(o->program, sizeof(o->program), "%s", program ? program : "");
	if (!program)
		snprintf(o->program, sizeof(o->program), "%s/newsbraid", folder);
	own_folder(folder, sizeof(folder), 2);
	snprintf(o->dir, sizeof(o->dir), "%s/bench", folder);
}

static int read_options(struct options *o)
{
	default_paths(o);
	o->seed = 1;
	if (read_sizes(o, o->bench.quick ? "10000,100000" : "10000,100000,1000000") < 0)
		return -1;
	for (int k = 1; k < o->bench.argc; k++) {
		const char *name = o->bench.argv[k], *value = o->bench.argv[k + 1];

		if (strcmp(name, "--keep") == 0) {
			o->keep = true;
			continue;
		}
		if (!value)
			return -1;
		k++;
		if (strcmp(name, "--articles") == 0 && read_sizes(o, value) == 0)
			continue;
		if (strcmp(name, "--seed") == 0)
			o->seed = strtoull(value, NULL, 10);
		else if (strcmp(name, "--threads") == 0)
			o->threads = value;
		else if (strcmp(name, "--pairs") == 0)
			o->pairs = value;
		else if (strcmp(name, "--dir") == 0)
			snprintf(o->dir, sizeof(o->dir), "%s", value);
		else
			return -1;
	}
	return 0;
}

/* ---- the input ------------------------------------------------------------------------------- */

/* The night's file; made if it is not there yet. */
static nb_status prepare(const struct options *o, const gen_night *night, uint32_t n, char *path,
			 size_t room, nb_error *err)
{
	char tmp[PATH_ROOM + 128];
	double start = bench_wall_seconds();
	uint64_t bytes;
	nb_status status;

	mkdir(o->dir, 0777);
	snprintf(path, room, "%s/night-v" GEN_VERSION "-%llu-%u.jsonl.zst", o->dir,
		 (unsigned long long)o->seed, n);
	if (access(path, R_OK) == 0)
		return NB_OK;
	snprintf(tmp, sizeof(tmp), "%s.%d", path, (int)getpid());
	status = gen_night_write(night, tmp, 3, &bytes, err);
	if (status == NB_OK && rename(tmp, path) != 0)
		status = nb_fail(err, NB_EIO, path, "cannot rename");
	if (status != NB_OK)
		unlink(tmp);
	else
		bench_say(&o->bench, "# made %s: %.1f MB in %.1f s\n", path, (double)bytes / 1e6,
			  bench_wall_seconds() - start);
	return status;
}

/* Inflate one piece of the file and forget it; -1: not zstd. */
static int inflate_piece(ZSTD_DCtx *zstd, ZSTD_inBuffer from, char *out, size_t room,
			 struct figures *r)
{
	while (from.pos < from.size) {
		ZSTD_outBuffer to = { out, room, 0 };

		if (ZSTD_isError(ZSTD_decompressStream(zstd, &to, &from)))
			return -1;
		r->raw_bytes += (double)to.pos;
	}
	r->zst_bytes += (double)from.size;
	return 0;
}

/* Inflate the file with one thread, as `zstd -dc FILE >/dev/null` does. */
static int inflate(const char *path, struct figures *r)
{
	struct progress *p = progress_begin("inflating the night", 0);
	size_t in_room = ZSTD_DStreamInSize(), out_room = ZSTD_DStreamOutSize();
	char *in = malloc(in_room), *out = malloc(out_room);
	ZSTD_DCtx *zstd = ZSTD_createDCtx();
	FILE *f = fopen(path, "rb");
	double start = bench_wall_seconds();
	int failed = !in || !out || !zstd || !f;
	size_t n;

	while (!failed && (n = fread(in, 1, in_room, f)) > 0)
		failed = inflate_piece(zstd, (ZSTD_inBuffer){ in, n, 0 }, out, out_room, r) < 0;
	r->zstd_s = bench_wall_seconds() - start;
	progress_end(p);
	if (f)
		fclose(f);
	ZSTD_freeDCtx(zstd);
	free(in);
	free(out);
	return failed ? -1 : 0;
}

/* ---- one size -------------------------------------------------------------------------------- */

static int judge(const struct options *o, const gen_night *night, const char *output,
		 struct figures *r, nb_error *err)
{
	char path[PATH_ROOM + 128];
	struct found found = { 0 };
	struct reports reports = { 0 };
	nb_status status;

	snprintf(path, sizeof(path), "%s/_SUCCESS", output);
	if (access(path, F_OK) != 0) {
		nb_fail(err, NB_EIO, path, "the output was not completed");
		return -1;
	}
	status = found_load(&found, output, r->n, err);
	NB_TRY(status, reports_load(&reports, output, r->n, o->dir, err));
	if (status == NB_OK && truth_judge(night, &found, &reports, NULL, &r->tally) < 0)
		status = nb_fail(err, NB_ENOMEM, NULL, "cannot compute the truth");
	found_release(&found);
	reports_release(&reports);
	figures_judge(r);
	return status == NB_OK ? 0 : -1;
}

static void check_unrelated(bench *b, const gen_night *night)
{
	uint32_t most = b->quick ? SAMPLE / 4 : SAMPLE;
	uint32_t n = gen_n_articles(night) < most ? gen_n_articles(night) : most;
	struct unrelated u;

	if (truth_unrelated(night, n, &u) < 0) {
		bench_wrong(b, "unrelated", NULL, "cannot compare");
		return;
	}
	bench_say(b, "# %u articles, all %llu pairs of different origin: largest Jaccard %.3f, "
		     "containment %.3f; %llu pass the test of a copy\n", n,
		  (unsigned long long)u.pairs, u.jaccard, u.containment,
		  (unsigned long long)u.copies);
	if (u.copies)
		bench_wrong(b, "unrelated", NULL, "unrelated articles pass the test of a copy");
}

static int run(const struct options *o, const char *input, const char *output, bool events,
	       struct child *out)
{
	char log[PATH_ROOM + 16];
	struct child_command c = {
		.program = o->program, .input = input, .output = output, .threads = o->threads,
		.log = log, .events = events,
	};

	child_remove_output(output);
	snprintf(log, sizeof(log), "%s/run.log", o->dir);
	return child_run(&c, out);
}

static int one_size(struct options *o, unsigned k, double bandwidth, struct figures *r,
		    const struct figures *before)
{
	char input[PATH_ROOM + 64], output[PATH_ROOM + 64];
	gen_night *night = gen_night_new(o->seed, o->size[k]);
	nb_error err = { .reason = "no memory" };
	int failed = -1;

	*r = (struct figures){ .n = o->size[k] };
	snprintf(output, sizeof(output), "%s/out", o->dir);
	if (!night || prepare(o, night, r->n, input, sizeof(input), &err) != NB_OK)
		goto out;
	if (k == 0)
		check_unrelated(&o->bench, night);
	err.reason = "cannot inflate the night";
	if (inflate(input, r) < 0)
		goto out;
	r->memory_s = r->raw_bytes / bandwidth;
	err.reason = "the run failed";
	if (run(o, input, output, false, &r->copies) < 0 ||
	    run(o, input, output, true, &r->run) < 0 || judge(o, night, output, r, &err) < 0)
		goto out;
	figures_report(&o->bench, r, before);
	failed = 0;
out:
	if (failed) {
		fprintf(stderr, "night: %s %s\n", err.path, err.reason);
		bench_wrong(&o->bench, "run", NULL, err.reason);
	}
	if (!o->keep)
		child_remove_output(output);
	gen_night_free(night);
	return failed;
}

/* --pairs: no run. */
static int write_pairs(const struct options *o)
{
	gen_night *night = gen_night_new(o->seed, o->size[0]);
	FILE *f = fopen(o->pairs, "w");
	struct tally t;
	int failed = !night || !f || truth_judge(night, NULL, NULL, f, &t) < 0;

	if (f && fclose(f) != 0)
		failed = 1;
	if (!failed)
		bench_say(&o->bench,
			  "%llu true pairs, %llu series pairs, %llu other pairs that "
			  "pass the test\n",
			  (unsigned long long)t.true_pairs, (unsigned long long)t.series_pairs,
			  (unsigned long long)t.topic_pairs);
	else
		fprintf(stderr, "night: cannot write %s\n", o->pairs);
	gen_night_free(night);
	return failed;
}

int main(int argc, char **argv)
{
	struct figures r[SIZES_MAX];
	struct options o = { .n_sizes = 0 };
	double bandwidth;
	unsigned k;

	bench_start(&o.bench, "night", argc, argv);
	if (read_options(&o) < 0)
		return usage();
	if (o.pairs)
		return write_pairs(&o);
	bandwidth = bench_read_bandwidth((size_t)512 << 20);
	bench_say(&o.bench, "# %s, %s threads, seed %llu, memory read %.1f GB/s on one core\n",
		  o.program, o.threads ? o.threads : "all", (unsigned long long)o.seed,
		  bandwidth / 1e9);
	for (k = 0; k < o.n_sizes; k++)
		if (one_size(&o, k, bandwidth, &r[k], k ? &r[k - 1] : NULL) < 0)
			break;
	figures_summary(&o.bench, r, k);
	return bench_end(&o.bench);
}
