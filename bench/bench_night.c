/* SPDX-License-Identifier: MIT
 *
 * bench_night.c - whole nights: the program from compressed input to published tables, its time
 * and memory beside their ceilings, and what it found held against the texts (see truth.h).
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
#include <errno.h>
#include <fcntl.h>
#include <malloc.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <zstd.h>

#include "bench.h"
#include "truth.h"

#define SIZES_MAX    8u
#define SAMPLE       2000u /* articles of the brute-force check */
#define PATH_ROOM    3800u
#define STAGES_MAX   24u

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

/* One night's figures. */
struct result {
	uint32_t n;
	double wall_s, cpu_s, rss;
	double zst_bytes, raw_bytes;
	double zstd_s, memory_s; /* ceilings: one core inflates, one core reads what came out */
	struct { char name[24]; double s; } stage[STAGES_MAX];
	unsigned n_stages;
	struct tally tally;
	double recall, copy_recall, precision;
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

static int read_options(struct options *o)
{
	const char *program = getenv("NEWSBRAID");
	char folder[PATH_ROOM - 64];

	own_folder(folder, sizeof(folder), 1);
	snprintf(o->program, sizeof(o->program), "%s", program ? program : "");
	if (!program)
		snprintf(o->program, sizeof(o->program), "%s/newsbraid", folder);
	own_folder(folder, sizeof(folder), 2);
	snprintf(o->dir, sizeof(o->dir), "%s/bench", folder);
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

/* Inflate the file with one thread, as `zstd -dc FILE >/dev/null` does. */
static int inflate(const char *path, struct result *r)
{
	size_t in_room = ZSTD_DStreamInSize(), out_room = ZSTD_DStreamOutSize();
	char *in = malloc(in_room), *out = malloc(out_room);
	ZSTD_DCtx *zstd = ZSTD_createDCtx();
	FILE *f = fopen(path, "rb");
	double start = bench_wall_seconds();
	int failed = !in || !out || !zstd || !f;
	size_t n;

	while (!failed && (n = fread(in, 1, in_room, f)) > 0) {
		ZSTD_inBuffer from = { in, n, 0 };

		r->zst_bytes += (double)n;
		while (!failed && from.pos < from.size) {
			ZSTD_outBuffer to = { out, out_room, 0 };

			failed = ZSTD_isError(ZSTD_decompressStream(zstd, &to, &from));
			r->raw_bytes += (double)to.pos;
		}
	}
	r->zstd_s = bench_wall_seconds() - start;
	if (f)
		fclose(f);
	ZSTD_freeDCtx(zstd);
	free(in);
	free(out);
	return failed ? -1 : 0;
}

/* ---- the run --------------------------------------------------------------------------------- */

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
static void become(const struct options *o, const char *input, const char *output, const char *log)
{
	const char *arg[] = { o->program, "run", input, "-o", output, "--threads", o->threads,
			      NULL };
	int fd = open(log, O_WRONLY | O_CREAT | O_TRUNC, 0666);

	if (!o->threads)
		arg[5] = NULL;
	if (fd >= 0) {
		dup2(fd, 1);
		dup2(fd, 2);
	}
	execv(o->program, (char *const *)arg);
	_exit(127);
}

static double seconds_of(struct timeval t)
{
	return (double)t.tv_sec + 1e-6 * (double)t.tv_usec;
}

/* Run the program; -1 and a word on stderr if it fails. */
static int run(const struct options *o, const char *input, const char *output, struct result *r)
{
	char log[PATH_ROOM + 16];
	double start;
	struct rusage usage;
	int status;
	pid_t pid;

	snprintf(log, sizeof(log), "%s/run.log", o->dir);
	fflush(NULL);
	malloc_trim(0); /* the child's first pages are ours and would count as its memory */
	start = bench_wall_seconds();
	pid = fork();
	if (pid == 0)
		become(o, input, output, log);
	if (pid < 0 || wait4(pid, &status, 0, &usage) != pid)
		return -1;
	r->wall_s = bench_wall_seconds() - start;
	r->cpu_s = seconds_of(usage.ru_utime) + seconds_of(usage.ru_stime);
	r->rss = (double)usage.ru_maxrss * 1024;
	if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
		return 0;
	fprintf(stderr, "night: %s run ended with %s %d\n", o->program,
		WIFEXITED(status) ? "status" : "signal",
		WIFEXITED(status) ? WEXITSTATUS(status) : WTERMSIG(status));
	print_log(log);
	return -1;
}

/* Take the stage time whose key ends at `at` ("..._s"): its stage is the key, or for "wall_s" the
 * "name" that stands before it in its object. */
static void take_stage(const char *text, const char *at, struct result *r)
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
static void read_stages(const char *output, struct result *r)
{
	char path[PATH_ROOM + 128], *text = calloc(1, 1 << 16);
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

/* Remove a folder of ours: files and no folders in it. */
static void remove_output(const char *output)
{
	static const char *const name[] = {
		"articles.jsonl.zst", "copies.jsonl.zst", "edges.jsonl.zst", "texts.jsonl.zst",
		"rejects.jsonl.zst", "manifest.json", "run.json", "_SUCCESS",
	};
	char path[PATH_ROOM + 128];

	for (size_t k = 0; k < sizeof(name) / sizeof(*name); k++) {
		snprintf(path, sizeof(path), "%s/%s", output, name[k]);
		unlink(path);
	}
	rmdir(output);
}

/* ---- one size -------------------------------------------------------------------------------- */

static double share(uint64_t part, uint64_t whole)
{
	return whole ? (double)part / (double)whole : 1;
}

static int judge(const gen_night *night, const char *output, struct result *r, nb_error *err)
{
	char path[PATH_ROOM + 128];
	struct found found = { 0 };
	nb_status status;

	snprintf(path, sizeof(path), "%s/_SUCCESS", output);
	if (access(path, F_OK) != 0) {
		nb_fail(err, NB_EIO, path, "the output was not completed");
		return -1;
	}
	status = found_load(&found, output, r->n, err);
	if (status == NB_OK && truth_judge(night, &found, NULL, &r->tally) < 0)
		status = nb_fail(err, NB_ENOMEM, NULL, "cannot compute the truth");
	found_release(&found);
	r->recall = share(r->tally.found_pairs, r->tally.true_pairs);
	r->copy_recall = share(r->tally.copies_found, r->tally.copies);
	r->precision = share(r->tally.edges_true, r->tally.edges);
	return status == NB_OK ? 0 : -1;
}

static void say_truth(const bench *b, const struct result *r)
{
	const struct tally *t = &r->tally;

	bench_say(b, "  pairs    %llu true, %llu found: recall %.5f (goal 0.995, stretch 0.999)\n",
		  (unsigned long long)t->true_pairs, (unsigned long long)t->found_pairs, r->recall);
	bench_say(b, "  by kind ");
	for (unsigned k = 0; k < GEN_KINDS; k++)
		if (t->true_of[k])
			bench_say(b, " %s %.4f", gen_kind_name(k),
				  share(t->found_of[k], t->true_of[k]));
	bench_say(b, "\n  copies   %llu in %llu groups, behind an article of the same report "
		     "%.5f\n",
		  (unsigned long long)t->copies, (unsigned long long)t->groups, r->copy_recall);
	bench_say(b, "  edges    %llu say copy: precision %.5f (goal 1); below the thresholds "
		     "%llu, templates joined %llu of %llu such pairs, two origins %llu\n",
		  (unsigned long long)t->edges, r->precision, (unsigned long long)t->edges_below,
		  (unsigned long long)t->edges_template, (unsigned long long)t->template_pairs,
		  (unsigned long long)t->edges_apart);
}

static void say_result(const bench *b, const struct result *r, const struct result *before)
{
	double n = r->n;

	bench_say(b, "\n%u articles, %.1f MB, compressed %.1f MB\n", r->n, r->raw_bytes / 1e6,
		  r->zst_bytes / 1e6);
	bench_say(b, "  run      %.2f s wall, %.2f s cpu, %.0f MB resident, %.0f articles/s, "
		     "%.0f MB/s\n",
		  r->wall_s, r->cpu_s, r->rss / 1e6, n / r->wall_s, r->raw_bytes / r->wall_s / 1e6);
	bench_say(b, "  stages  ");
	for (unsigned k = 0; k < r->n_stages; k++)
		bench_say(b, " %s %.2f", r->stage[k].name, r->stage[k].s);
	bench_say(b, "\n  ceilings zstd -dc %.2f s (1 core; the run takes %.1f of it), memory read "
		     "%.3f s\n", r->zstd_s, r->wall_s / r->zstd_s, r->memory_s);
	if (before)
		bench_say(b, "  growth   x%.1f articles, x%.1f time, x%.1f memory\n", n / before->n,
			  r->wall_s / before->wall_s, r->rss / before->rss);
	say_truth(b, r);
}

static void put_json(bench *b, const struct result *r, const char *metric, const char *unit,
		     double value)
{
	b->n_reported++;
	if (b->json)
		printf("{\"bench\":\"night\",\"metric\":\"%s\",\"articles\":%u,\"value\":%.9g,"
		       "\"unit\":\"%s\"}\n", metric, r->n, value, unit);
}

static void report(bench *b, const struct result *r, const struct result *before)
{
	char name[32];

	say_result(b, r, before);
	put_json(b, r, "articles", "articles", r->n);
	put_json(b, r, "raw_bytes", "B", r->raw_bytes);
	put_json(b, r, "zst_bytes", "B", r->zst_bytes);
	put_json(b, r, "wall_s", "s", r->wall_s);
	put_json(b, r, "cpu_s", "s", r->cpu_s);
	put_json(b, r, "rss_bytes", "B", r->rss);
	put_json(b, r, "rate", "articles/s", r->n / r->wall_s);
	put_json(b, r, "ceiling_zstd_s", "s", r->zstd_s);
	put_json(b, r, "ceiling_memory_s", "s", r->memory_s);
	for (unsigned k = 0; k < r->n_stages; k++) {
		snprintf(name, sizeof(name), "stage_%s_s", r->stage[k].name);
		put_json(b, r, name, "s", r->stage[k].s);
	}
	put_json(b, r, "recall", "", r->recall);
	put_json(b, r, "copy_recall", "", r->copy_recall);
	put_json(b, r, "precision", "", r->precision);
	put_json(b, r, "templates_joined", "edges", (double)r->tally.edges_template);
	put_json(b, r, "true_pairs", "pairs", (double)r->tally.true_pairs);
	if (before)
		put_json(b, r, "growth_wall", "", r->wall_s / before->wall_s);
	if (r->tally.edges_below || r->tally.scores_wrong)
		bench_wrong(b, "edges", NULL, "published scores are not those of the texts");
	if (r->recall < 0.9)
		bench_wrong(b, "recall", NULL, "below 0.9");
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

static int one_size(struct options *o, unsigned k, double bandwidth, struct result *r,
		    const struct result *before)
{
	char input[PATH_ROOM + 64], output[PATH_ROOM + 64];
	gen_night *night = gen_night_new(o->seed, o->size[k]);
	nb_error err = { .reason = "no memory" };
	int failed = -1;

	*r = (struct result){ .n = o->size[k] };
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
	remove_output(output);
	if (run(o, input, output, r) < 0 || judge(night, output, r, &err) < 0)
		goto out;
	read_stages(output, r);
	report(&o->bench, r, before);
	failed = 0;
out:
	if (failed) {
		fprintf(stderr, "night: %s %s\n", err.path, err.reason);
		bench_wrong(&o->bench, "run", NULL, err.reason);
	}
	if (!o->keep)
		remove_output(output);
	gen_night_free(night);
	return failed;
}

static void say_summary(const bench *b, const struct result *r, unsigned n)
{
	bench_say(b, "\n%9s %8s %8s %8s %8s %9s %10s %8s %9s\n", "articles", "MB zst", "wall s",
		  "cpu s", "RSS MB", "zstd -dc", "articles/s", "recall", "precision");
	for (unsigned k = 0; k < n; k++)
		bench_say(b, "%9u %8.1f %8.2f %8.2f %8.0f %9.2f %10.0f %8.5f %9.5f\n", r[k].n,
			  r[k].zst_bytes / 1e6, r[k].wall_s, r[k].cpu_s, r[k].rss / 1e6,
			  r[k].zstd_s, r[k].n / r[k].wall_s, r[k].recall, r[k].precision);
	bench_say(b, "goals at 10^6 on 2 cores: 90 s (45), 3000 MB (2000), recall 0.995 (0.999), "
		     "precision 1\n");
}

/* --pairs: no run. */
static int write_pairs(const struct options *o)
{
	gen_night *night = gen_night_new(o->seed, o->size[0]);
	FILE *f = fopen(o->pairs, "w");
	struct tally t;
	int failed = !night || !f || truth_judge(night, NULL, f, &t) < 0;

	if (f && fclose(f) != 0)
		failed = 1;
	if (!failed)
		bench_say(&o->bench, "%llu true pairs, %llu template pairs, %llu other pairs that "
				     "pass the test\n", (unsigned long long)t.true_pairs,
			  (unsigned long long)t.template_pairs, (unsigned long long)t.topic_pairs);
	else
		fprintf(stderr, "night: cannot write %s\n", o->pairs);
	gen_night_free(night);
	return failed;
}

int main(int argc, char **argv)
{
	struct result r[SIZES_MAX];
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
	say_summary(&o.bench, r, k);
	return bench_end(&o.bench);
}
