/* SPDX-License-Identifier: MIT
 *
 * run_sums.c - what run.json and the last line tell of a run (stages.h).
 */
#include <sys/resource.h>

#include "stages.h"

bool run_is_partial(const run *r)
{
	return r->missing.n > 0 || r->result->night->n < r->set->min_articles;
}

uint64_t run_articles_in(const run *r)
{
	return (uint64_t)r->result->night->n + r->stats->rejects;
}

double run_cpu_s(void)
{
	struct rusage u;

	getrusage(RUSAGE_SELF, &u);
	return (double)(u.ru_utime.tv_sec + u.ru_stime.tv_sec) +
	       1e-6 * (double)(u.ru_utime.tv_usec + u.ru_stime.tv_usec);
}

uint64_t run_peak_rss(void)
{
	struct rusage u;

	getrusage(RUSAGE_SELF, &u);
	return (uint64_t)u.ru_maxrss * 1024;
}
