/* SPDX-License-Identifier: MIT
 *
 * figures.c - see figures.h.
 */
#include "figures.h"

#include <stdio.h>

static double share(uint64_t part, uint64_t whole)
{
	return whole ? (double)part / (double)whole : 1;
}

void figures_judge(struct figures *r)
{
	r->recall = share(r->tally.found_pairs, r->tally.true_pairs);
	r->copy_recall = share(r->tally.copies_found, r->tally.copies);
	r->precision = share(r->tally.edges_true, r->tally.edges);
}

static void say_truth(const bench *b, const struct figures *r)
{
	const struct tally *t = &r->tally;

	bench_say(b, "  pairs    %llu true, %llu found: recall %.5f (goal 0.995, stretch 0.999)\n",
		  (unsigned long long)t->true_pairs, (unsigned long long)t->found_pairs, r->recall);
	bench_say(b, "  by kind ");
	for (unsigned k = 0; k < GEN_KINDS; k++)
		if (t->true_of[k])
			bench_say(b, " %s %.4f", gen_kind_name(k),
				  share(t->found_of[k], t->true_of[k]));
	bench_say(b,
		  "\n  copies   %llu in %llu groups, after an article of the same report "
		  "%.5f\n",
		  (unsigned long long)t->copies, (unsigned long long)t->groups, r->copy_recall);
	bench_say(b,
		  "  edges    %llu say copy: precision %.5f (goal 1); below the thresholds "
		  "%llu, series joined %llu of %llu such pairs, two origins %llu\n",
		  (unsigned long long)t->edges, r->precision, (unsigned long long)t->edges_below,
		  (unsigned long long)t->edges_series, (unsigned long long)t->series_pairs,
		  (unsigned long long)t->edges_apart);
}

/* Whether cleaning eats reports: these texts have datelines and their sources' footers, which
 * recur, and nothing else that is not the report. */
static void say_cleaning(const bench *b, const struct tally *t)
{
	bench_say(b, "  cleaning %llu articles without furniture, cut from:", (unsigned long long)t->plain);
	for (unsigned k = 0; k < NB_CUT_REASONS; k++)
		if (t->plain_cut[k])
			bench_say(b, " %s %llu", nb_cut_reason_name(k),
				  (unsigned long long)t->plain_cut[k]);
	bench_say(b, "\n");
}

static void say_run(const bench *b, const struct figures *r, const char *name,
		    const struct child *run)
{
	bench_say(b, "  %-8s %.2f s wall, %.2f s cpu, %.0f MB resident, %.0f articles/s, %.0f MB/s\n",
		  name, run->wall_s, run->cpu_s, run->rss / 1e6, r->n / run->wall_s,
		  r->raw_bytes / run->wall_s / 1e6);
}

static void say_result(const bench *b, const struct figures *r, const struct figures *before)
{
	const struct child *run = &r->run;

	bench_say(b, "\n%u articles, %.1f MB, compressed %.1f MB\n", r->n, r->raw_bytes / 1e6,
		  r->zst_bytes / 1e6);
	say_run(b, r, "copies", &r->copies);
	say_run(b, r, "events", run);
	bench_say(b, "  stages  ");
	for (unsigned k = 0; k < run->n_stages; k++)
		bench_say(b, " %s %.2f", run->stage[k].name, run->stage[k].s);
	bench_say(b, "\n  ceilings zstd -dc %.2f s (1 core; copies take %.1f of it), memory read "
		     "%.3f s\n", r->zstd_s, r->copies.wall_s / r->zstd_s, r->memory_s);
	if (before)
		bench_say(b, "  growth   x%.1f articles, x%.1f time (copies x%.1f), x%.1f memory\n",
			  (double)r->n / before->n, run->wall_s / before->run.wall_s,
			  r->copies.wall_s / before->copies.wall_s, run->rss / before->run.rss);
	say_truth(b, r);
	say_cleaning(b, &r->tally);
}

static void put_figure(bench *b, const struct figures *r, const char *metric, const char *unit,
		     double value)
{
	b->n_reported++;
	if (b->json)
		printf("{\"bench\":\"night\",\"metric\":\"%s\",\"articles\":%u,\"value\":%.9g,"
		       "\"unit\":\"%s\"}\n", metric, r->n, value, unit);
}

/* What the run cost. */
static void put_run(bench *b, const struct figures *r)
{
	char name[32];

	put_figure(b, r, "articles", "articles", r->n);
	put_figure(b, r, "raw_bytes", "B", r->raw_bytes);
	put_figure(b, r, "zst_bytes", "B", r->zst_bytes);
	put_figure(b, r, "wall_s", "s", r->copies.wall_s);
	put_figure(b, r, "cpu_s", "s", r->copies.cpu_s);
	put_figure(b, r, "rss_bytes", "B", r->copies.rss);
	put_figure(b, r, "rate", "articles/s", r->n / r->copies.wall_s);
	put_figure(b, r, "events_wall_s", "s", r->run.wall_s);
	put_figure(b, r, "events_cpu_s", "s", r->run.cpu_s);
	put_figure(b, r, "events_rss_bytes", "B", r->run.rss);
	put_figure(b, r, "ceiling_zstd_s", "s", r->zstd_s);
	put_figure(b, r, "ceiling_memory_s", "s", r->memory_s);
	for (unsigned k = 0; k < r->run.n_stages; k++) {
		snprintf(name, sizeof(name), "stage_%s_s", r->run.stage[k].name);
		put_figure(b, r, name, "s", r->run.stage[k].s);
	}
}

void figures_report(bench *b, const struct figures *r, const struct figures *before)
{
	say_result(b, r, before);
	put_run(b, r);
	put_figure(b, r, "recall", "", r->recall);
	put_figure(b, r, "copy_recall", "", r->copy_recall);
	put_figure(b, r, "precision", "", r->precision);
	put_figure(b, r, "series_joined", "edges", (double)r->tally.edges_series);
	put_figure(b, r, "true_pairs", "pairs", (double)r->tally.true_pairs);
	if (before)
		put_figure(b, r, "growth_wall", "", r->run.wall_s / before->run.wall_s);
	if (r->tally.edges_below || r->tally.scores_wrong)
		bench_wrong(b, "edges", NULL, "published scores are not those of the texts");
	if (r->recall < 0.9)
		bench_wrong(b, "recall", NULL, "below 0.9");
}

void figures_summary(const bench *b, const struct figures *r, unsigned n)
{
	bench_say(b, "\n%9s %8s %9s %17s %17s %17s %8s %9s\n", "", "", "", "copies alone",
		  "", "with events", "", "");
	bench_say(b, "%9s %8s %9s %8s %8s %8s %8s %8s %8s %8s %9s\n", "articles", "MB zst",
		  "zstd -dc", "wall s", "cpu s", "RSS MB", "wall s", "cpu s", "RSS MB", "recall",
		  "precision");
	for (unsigned k = 0; k < n; k++)
		bench_say(b, "%9u %8.1f %9.2f %8.2f %8.2f %8.0f %8.2f %8.2f %8.0f %8.5f %9.5f\n",
			  r[k].n, r[k].zst_bytes / 1e6, r[k].zstd_s, r[k].copies.wall_s,
			  r[k].copies.cpu_s, r[k].copies.rss / 1e6, r[k].run.wall_s,
			  r[k].run.cpu_s, r[k].run.rss / 1e6, r[k].recall, r[k].precision);
	bench_say(b, "goals at 10^6 on 2 cores: copies 90 s (45), 3000 MB (2000), recall 0.995 (0.999), "
		     "precision 1; with events 240 s (120), 5000 MB (3000)\n");
}
