/* SPDX-License-Identifier: MIT
 *
 * stages.c - see stages.h.
 *
 * This thread alone opens parallel regions.
 */
#include "stages.h"

#include <omp.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/status.h"
#include "log.h"
#include "overlap.h"
#include "stop.h"

#define TEXT_MEMORY ((size_t)512 << 20) /* where no bound is set */

static nb_status order_stage(run *r, nb_error *err)
{
	uint32_t *from = malloc(((size_t)r->night.n + 1) * sizeof(*from));
	nb_status status = from ? NB_OK : nb_fail(err, NB_ENOMEM, NULL, "cannot number articles");

	NB_TRY(status, nb_night_order(&r->night, from, err));
	NB_TRY(status, nb_sketches_permute(&r->sketches, from));
	free(from);
	return status;
}

static nb_status copies_stage(run *r, nb_error *err)
{
	return nb_copies_find(&r->night, &r->sketches, &r->set->copies, &r->edges, &r->copies,
			      &r->stats, err);
}

static nb_status events_stage(run *r, nb_error *err)
{
	if (!r->set->find_events)
		return nb_events_of_copies(&r->copies, &r->events);
	return nb_events_find(&r->night, &r->edges, &r->copies, r->lexicon, &r->set->events,
			      &r->events, &r->events_stats, err);
}

static nb_status publish_stage(run *r, nb_error *err)
{
	nb_published p = {
		.night = &r->night,
		.sketches = &r->sketches,
		.edges = &r->edges,
		.copies = &r->copies,
		.events = &r->events,
		.rejects = r->rejects,
	};
	nb_publish_options options = r->set->publish;
	nb_status status;

	options.workers = omp_get_max_threads();
	status = nb_publish_tables(r->output, &p, &options, r->table, err);
	return status == NB_OK ? write_manifest(r, err) : status;
}

static nb_status run_stages(run *r, nb_error *err)
{
	static nb_status (*const stage[N_STAGES])(run *, nb_error *) = {
		[STAGE_READ] = read_stage,
		[STAGE_CLEAN] = clean_stage,
		[STAGE_ORDER] = order_stage,
		[STAGE_COPIES] = copies_stage,
		[STAGE_EVENTS] = events_stage,
		[STAGE_PUBLISH] = publish_stage,
	};
	nb_status status = NB_OK;

	for (int i = 0; status == NB_OK && i < N_STAGES; i++) {
		double t0 = nb_clock_s();

		status = stage[i](r, err);
		r->stage_s[i] = nb_clock_s() - t0;
		if (status == NB_OK && stop_signal())
			status = nb_fail(err, NB_ESTOP, NULL, "stopped by a signal");
		if (status == NB_OK)
			log_detail("  %-8s %8.2f s", stage_names[i], r->stage_s[i]);
	}
	return status;
}

/* A status without detail still needs a reason for the person who reads the log. */
static nb_status explain_failure(nb_status status, nb_error *err)
{
	if (status != NB_OK && err->status == NB_OK)
		return nb_fail(err, status, NULL, "the run failed");
	return status;
}

/* What was there before is never touched without a word. */
static void tell_of_folder(void *unused, const char *path, const char *what)
{
	(void)unused;
	log_info("%s: %s", path, what);
}

/* The lexicon and the language model, as far as they are there. */
static nb_status open_data(run *r, nb_error *err)
{
	nb_status status = data_find(&r->data, r->set->data, err);

	for (int i = 0; status == NB_OK && i < 2; i++) {
		const char *warning = data_warning(&r->data, i);

		if (warning && r->set->require_data)
			status = nb_fail(err, NB_EDATA, NULL, warning);
		else if (warning)
			log_warning("%s", warning);
	}
	if (status == NB_OK && r->data.lexicon.path[0])
		status = nb_lexicon_open(r->data.lexicon.path, &r->lexicon, err);
	if (r->lexicon)
		data_is(&r->data.lexicon, nb_lexicon_bytes(r->lexicon));
	return status;
}

nb_status run_night(run *r, nb_error *err)
{
	const settings *set = r->set;
	const nb_output_options output = { .replace = set->force, .tell = tell_of_folder };
	nb_status status;

	*err = (nb_error){ 0 };
	r->started = time(NULL);
	r->started_s = nb_clock_s();
	if (set->threads > 0)
		omp_set_num_threads((int)set->threads);
	nb_sketches_init(&r->sketches, &set->sketch);
	status = refuse_overlap(&set->reader, set->out, err);
	NB_TRY(status, open_data(r, err));
	NB_TRY(status, nb_output_new(set->out, &output, &r->output, err));
	stop_guard(r->output);
	NB_TRY(status, nb_night_init(&r->night, set->memory ? set->memory / 4 : TEXT_MEMORY, nb_output_tmp(r->output)));
	NB_TRY(status, nb_reject_table_new(r->output, &set->publish, &r->rejects, err));
	NB_TRY(status, nb_reader_new(&set->reader, &r->reader, err));
	NB_TRY(status, refuse_own_output(r->reader, err));
	NB_TRY(status, run_stages(r, err));
	NB_TRY(status, write_run_json(r, err));
	if (!stop_hold() && status == NB_OK)
		status = nb_fail(err, NB_ESTOP, NULL, "stopped by a signal");
	NB_TRY(status, nb_output_commit(r->output, err));
	return explain_failure(status, err);
}

void run_release(run *r)
{
	nb_events_release(&r->events);
	nb_lexicon_free(r->lexicon);
	nb_copies_release(&r->copies);
	nb_edges_release(&r->edges);
	nb_sketches_release(&r->sketches);
	nb_night_release(&r->night);
	nb_reader_free(r->reader);
	nb_reject_table_free(r->rejects);
	nb_output_free(r->output);
	missing_release(&r->missing);
	nb_arena_release(&r->reject_text);
}
