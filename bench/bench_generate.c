/* SPDX-License-Identifier: MIT
 *
 * bench_generate.c - write a made-up night and its truth; says how fast.
 *
 *   bench_generate --articles N [--seed S] [--level L] -o FILE.jsonl.zst [--truth FILE.tsv]
 */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "generate.h"

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static int usage(FILE *to, int code)
{
	fputs("Write a made-up night of news, and which articles belong together.\n\n"
	      "Usage: bench_generate --articles N [options] -o FILE.jsonl.zst\n\nOptions:\n"
	      "      --articles=N    how many\n"
	      "      --seed=S        of everything in it: the same seed, the same bytes [1]\n"
	      "      --level=L       zstd level [1]\n"
	      "  -o, --output=FILE   JSON lines, compressed\n"
	      "      --truth=FILE    id, copy group, event of each article, as tab-separated lines\n"
	      "  -h, --help          this text\n", to);
	return code;
}

int main(int argc, char **argv)
{
	static const struct option option[] = {
		{ "articles", required_argument, NULL, 'n' },
		{ "seed", required_argument, NULL, 's' },
		{ "level", required_argument, NULL, 'l' },
		{ "output", required_argument, NULL, 'o' },
		{ "truth", required_argument, NULL, 't' },
		{ "help", no_argument, NULL, 'h' },
		{ 0 },
	};
	const char *path = NULL, *truth = NULL;
	unsigned long n = 0, seed = 1;
	int level = 1, c;
	nb_error err = { 0 };
	uint64_t bytes;
	gen_night *night;
	double t0;
	nb_status status;

	while ((c = getopt_long(argc, argv, "ho:", option, NULL)) != -1) {
		switch (c) {
		case 'n': n = strtoul(optarg, NULL, 10); break;
		case 's': seed = strtoul(optarg, NULL, 10); break;
		case 'l': level = atoi(optarg); break;
		case 'o': path = optarg; break;
		case 't': truth = optarg; break;
		case 'h': return usage(stdout, 0);
		default: return usage(stderr, 2);
		}
	}
	if (!path || n == 0 || n > 1000000000 || optind < argc)
		return usage(stderr, 2);
	t0 = now();
	night = gen_night_new(seed, (uint32_t)n);
	status = night ? gen_night_write(night, path, level, &bytes, &err)
		       : nb_fail(&err, NB_ENOMEM, NULL, "no memory for the night");
	if (status == NB_OK)
		fprintf(stderr, "%lu articles, %.1f MB in %.2f s, %.0f MB/s\n", n,
			(double)bytes / 1e6, now() - t0, (double)bytes / 1e6 / (now() - t0));
	if (status == NB_OK && truth)
		status = gen_truth_write(night, truth, &err);
	gen_night_free(night);
	if (status != NB_OK)
		fprintf(stderr, "bench_generate: %s: %s\n", err.path, err.reason);
	return status == NB_OK ? 0 : 1;
}
