/* SPDX-License-Identifier: MIT
 *
 * cmd_run.c - newsbraid run: articles in, cluster files out.
 */
#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "base/clock.h"
#include "log.h"
#include "options.h"
#include "process.h"
#include "stages.h"
#include "stop.h"

static int run_command(int argc, char **argv);

const command command_run = {
	.name = "run",
	.summary = "read articles, find copies, events and storylines",
	.operands = "INPUT... -o OUT",
	.examples = "  newsbraid run dumps/2026-03-17/ -o out\n"
		    "  newsbraid run anp.jsonl.zst reuters.jsonl.gz pages/ -o out -T 8\n"
		    "  zcat dump.jsonl.gz | newsbraid run - -o out --map text=story_body\n",
	.options = run_options,
	.size = sizeof(settings),
	.init = settings_init,
	.run = run_command,
};

/* Whether to go on; if not, *code says how to end. */
static bool parse(settings *s, int argc, char **argv, int *code)
{
	int first;

	if (!options_read(&command_run, argc, argv, s, &first, code))
		return false;
	settings_inputs(s, argv + first, argc - first);
	if (s->reader.n_input == 0)
		*code = usage_error(&command_run, "no input given");
	else if (!s->out)
		*code = usage_error(&command_run, "no output given: -o OUT");
	else if (strcmp(s->out, "-") == 0)
		*code = usage_error(&command_run, "--output: '-' is no folder");
	return *code == EXIT_DONE && settings_check_map(s, &command_run, code);
}

/* Why records were not taken, most frequent first would hide the order of the enum: keep that. */
static void tell_rejects(const run *r)
{
	const uint64_t *n = r->stats->rejects_of;
	size_t n_files;
	const nb_input_file *file = nb_run_files(r->night, &n_files);

	for (int reason = 0; reason < NB_REJECT_COUNT; reason++)
		if (n[reason])
			log_info("  rejected %" PRIu64 ": %s", n[reason],
				 nb_reject_reason_name((nb_reject_reason)reason));
	for (size_t i = 0; i < r->n_reject_told; i++) {
		const nb_reject *x = &r->reject_told[i];

		log_info("    %s:%" PRIu64 ": %s: %.*s", file[x->file].path, x->line,
			 nb_reject_reason_name(x->reason), (int)x->detail.len, x->detail.ptr);
	}
	if (r->stats->rejects > r->n_reject_told)
		log_info("    ... all in %s/rejects.jsonl.zst", r->set->out);
}

static void tell_result(const run *r)
{
	const nb_copies_stats *copies = &r->stats->copies;
	const nb_match_stats *m = &r->stats->copies.jaccard;
	const nb_events_stats *e = &r->stats->events;

	for (size_t i = 0; i < r->set->reader.n_map; i++)
		settings_tell_map(r->set, i, nb_run_map_used(r->night, i));
	if (r->stats->rejects)
		tell_rejects(r);
	if (r->stats->skipped)
		log_info("  passed over %" PRIu64 " records that are no articles", r->stats->skipped);
	if (r->stats->repaired)
		log_info("  repaired %" PRIu64 " records with broken characters", r->stats->repaired);
	log_detail("  %s: %" PRIu64 " candidates, expected recall at J = %.2f: %.4f",
		   copies->mode == NB_MATCH_SCAN ? "scan" : "bands", m->n_pairs,
		   r->set->copies.copy.jaccard, m->expected_recall);
	log_detail("  contain: %" PRIu64 " candidates, expected recall at C = %.2f: %.4f",
		   copies->contain.n_pairs, r->set->copies.copy.containment,
		   copies->contain.expected_recall);
	log_detail("  edges: %" PRIu64 " copies, %" PRIu64 " of a series",
		   copies->n_edges[NB_RELATION_COPY], copies->n_edges[NB_RELATION_SERIES]);
	log_detail("  events: %" PRIu32 " reports; %" PRIu64 " pairs related, %" PRIu64
		   " across languages, %" PRIu64 " of storylines (%.2f s, %.2f s, %.2f s)",
		   e->n_reports, e->n_edges[NB_EVENT_RELATED], e->n_edges[NB_EVENT_ACROSS],
		   e->n_edges[NB_EVENT_STORY], e->related_s, e->across_s, e->story_s);
	if (run_is_partial(r))
		log_info("  incomplete: %zu inputs not read whole, %" PRIu32 " articles, published "
			 "all the same", r->missing.n, r->result->night->n);
	log_info("newsbraid %s: %.2f s wall, %.2f s CPU, %.0f MB peak; %" PRIu64
		 " articles in, %" PRIu32 " kept, %" PRIu64 " rejected; %" PRIu32
		 " copies in %" PRIu32 " groups; %" PRIu32 " events, %" PRIu32
		 " across languages, %" PRIu32 " storylines%s -> %s",
		 nb_version(), nb_clock_s() - r->started_s, run_cpu_s(),
		 (double)run_peak_rss() / 1e6, run_articles_in(r), r->result->night->n,
		 r->stats->rejects, r->result->copies->n_copies, r->result->copies->n_groups,
		 e->n_events, e->n_across, e->n_storylines, run_is_partial(r) ? "; INCOMPLETE" : "",
		 r->set->out);
}

static int exit_code(const run *r, nb_status status)
{
	if (status == NB_ESTOP)
		return 128 + stop_signal();
	if (status != NB_OK)
		return r->refused ? EXIT_MISSING : EXIT_FAILED;
	if (run_is_partial(r))
		return EXIT_PARTIAL;
	return r->stats->rejects ? EXIT_REJECTS : EXIT_DONE;
}

/* What a night needs at most beside its texts, of which a quarter of --memory is kept: measured
 * with `make bench-night`, 316 MB for 10^4 articles, 891 MB for 10^5, 3.8 GB for 10^6. */
#define NEED_BASE    ((double)((size_t)256 << 20))
#define NEED_ARTICLE 3600.0
#define NEED_STEP    ((double)((size_t)256 << 20))

static void tell_need(const run *r)
{
	double articles = (double)r->last.articles, need;

	if (r->last.done > 0 && r->last.done < r->last.expected)
		articles *= (double)r->last.expected / (double)r->last.done;
	need = (NEED_BASE + NEED_ARTICLE * articles) / 0.75;
	log_error("%.0f articles need about --memory=%.0fM", articles,
		  ceil(need / NEED_STEP) * NEED_STEP / 0x1p20);
}

static int run_command(int argc, char **argv)
{
	settings set;
	run r = { .set = &set, .argc = argc, .argv = argv };
	nb_error err;
	nb_status status;
	int code;

	if (!parse(&set, argc, argv, &code))
		return code;
	if (set.memory)
		process_bound_memory(set.memory);
	stop_on_signals();
	status = run_night(&r, &err);
	if (status == NB_OK)
		tell_result(&r);
	else
		log_failure("run failed, nothing was published", &err);
	if (status == NB_ENOMEM)
		tell_need(&r);
	code = exit_code(&r, status);
	run_release(&r);
	return code;
}
