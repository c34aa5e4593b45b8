/* SPDX-License-Identifier: MIT
 *
 * stages.c - see stages.h.
 */
#include "stages.h"

#include <inttypes.h>
#include <omp.h>

#include "base/clock.h"
#include "base/status.h"
#include "data_folder.h"
#include "log.h"
#include "overlap.h"
#include "stop.h"

#define TEXT_MEMORY ((size_t)512 << 20) /* where no bound is set */

static void show_read_progress(const nb_run_progress *p)
{
	double share = p->expected ? (double)p->done / (double)p->expected : 0;
	double n = (double)p->articles;

	log_progress("reading", n, share > 0.01 ? n / share : 0, "articles");
	if (p->end)
		log_progress_end();
}

static void tell_stage(const char *name, double wall_s)
{
	log_detail("  %-8s %8.2f s", name, wall_s);
}

/* The first ones are told of at the end, and outlive their batch. */
static nb_status remember_reject(run *r, const nb_reject *reject)
{
	nb_reject *kept = &r->reject_told[r->n_reject_told];
	nb_status status;

	if (r->n_reject_told == REJECTS_TOLD)
		return NB_OK;
	*kept = *reject;
	status = nb_arena_str(&r->reject_text, reject->detail, &kept->detail);
	r->n_reject_told += status == NB_OK;
	return status;
}

static nb_status take_rejects(run *r, const nb_run_progress *p, nb_error *err)
{
	size_t n_files;
	const nb_input_file *file = nb_run_files(r->night, &n_files);
	nb_status status = NB_OK;

	for (size_t i = 0; status == NB_OK && i < p->n_reject; i++) {
		const nb_reject *reject = &p->reject[i];

		status = remember_reject(r, reject);
		NB_TRY(status, nb_reject_table_append(r->rejects, reject,
						      file[reject->file].path, err));
	}
	NB_TRY(status, missing_add(&r->missing, file, p->reject, p->n_reject));
	return status;
}

/* What the run tells us of, and where it asks whether to go on. */
static nb_status watch(void *context, const nb_run_progress *p, nb_error *err)
{
	run *r = context;
	nb_status status = NB_OK;

	if (!r->listed) {
		r->listed = true;
		status = refuse_own_output(r->night, err);
	}
	r->last = *p;
	if (status == NB_OK && p->stage == NB_RUN_READ) {
		show_read_progress(p);
		status = take_rejects(r, p, err);
		NB_TRY(status, reject_limit_check(&r->set->limit, p->articles, p->rejects, p->end, err));
	}
	if (status == NB_OK && p->end)
		tell_stage(nb_run_stage_name(p->stage), p->wall_s);
	if (status == NB_OK && stop_signal())
		status = nb_fail(err, NB_ESTOP, NULL, "stopped by a signal");
	return status;
}

/* What is not there is told, or ends the run. */
static nb_status tell_data(const nb_data_files *data, bool required, nb_error *err)
{
	for (int i = 0; i < 2; i++) {
		const char *warning = data_warning(data, i);

		if (warning && required)
			return nb_fail(err, NB_EDATA, NULL, warning);
		if (warning)
			log_warning("%s", warning);
	}
	return NB_OK;
}

static nb_status start(run *r, nb_error *err)
{
	const settings *set = r->set;
	nb_run_options o;
	nb_status status;

	nb_run_options_init(&o);
	o.sketch = set->sketch;
	o.copies = set->copies;
	o.find_events = set->find_events;
	o.events = set->events;
	o.data = data_folder(set->data);
	o.threads = (int)set->threads;
	o.text_memory = set->memory ? set->memory / 4 : TEXT_MEMORY;
	o.tmp_dir = nb_output_tmp(r->output);
	o.watch = watch;
	o.context = r;
	status = nb_run_new(&o, &r->night, err);
	if (status != NB_OK)
		return status;
	r->result = nb_run_result(r->night);
	r->stats = nb_run_stats_of(r->night);
	return tell_data(nb_run_data(r->night), set->require_data, err);
}

/* Half a night does not take the place of a whole one unasked. */
static nb_status check_complete(run *r, nb_error *err)
{
	size_t n_files;
	const nb_input_file *file = nb_run_files(r->night, &n_files);
	nb_status status = missing_end(&r->missing, file, n_files);

	if (status != NB_OK)
		return nb_fail(err, status, NULL, "no memory for the list of what is missing");
	missing_tell(&r->missing, file);
	if (!run_is_partial(r) || r->set->allow_partial)
		return NB_OK;
	r->refused = true;
	if (r->result->night->n < r->set->min_articles)
		log_error("%" PRIu32 " articles, at least %zu are wanted", r->result->night->n,
			  r->set->min_articles);
	return nb_fail(err, NB_EDATA, NULL,
		       r->missing.n ? "inputs could not be read whole (see --allow-partial)" :
				      "fewer articles than --min-articles asks for");
}

static nb_status publish(run *r, nb_error *err)
{
	nb_publish_options options = r->set->publish;
	nb_published all = *r->result;
	double t0 = nb_clock_s();
	nb_status status;

	all.rejects = r->rejects;
	options.workers = r->stats->threads;
	status = nb_publish_tables(r->output, &all, &options, r->table, err);
	NB_TRY(status, write_manifest(r, err));
	r->publish_s = nb_clock_s() - t0;
	if (status == NB_OK && stop_signal())
		status = nb_fail(err, NB_ESTOP, NULL, "stopped by a signal");
	if (status == NB_OK)
		tell_stage("publish", r->publish_s);
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

nb_status run_night(run *r, nb_error *err)
{
	const settings *set = r->set;
	const nb_output_options output = { .replace = set->force, .tell = tell_of_folder };
	nb_status status;

	*err = (nb_error){ 0 };
	r->started = time(NULL);
	r->started_s = nb_clock_s();
	if (set->threads)
		omp_set_num_threads((int)set->threads); /* for publishing */
	status = refuse_overlap(&set->reader, set->out, err);
	NB_TRY(status, nb_output_new(set->out, &output, &r->output, err));
	stop_guard(r->output);
	NB_TRY(status, nb_reject_table_new(r->output, &set->publish, &r->rejects, err));
	NB_TRY(status, start(r, err));
	NB_TRY(status, nb_run_read(r->night, &set->reader, err));
	NB_TRY(status, check_complete(r, err));
	NB_TRY(status, nb_run_finish(r->night, err));
	NB_TRY(status, publish(r, err));
	NB_TRY(status, write_run_json(r, err));
	if (!stop_hold() && status == NB_OK)
		status = nb_fail(err, NB_ESTOP, NULL, "stopped by a signal");
	NB_TRY(status, nb_output_commit(r->output, err));
	return explain_failure(status, err);
}

void run_release(run *r)
{
	nb_run_free(r->night);
	nb_reject_table_free(r->rejects);
	nb_output_free(r->output);
	missing_release(&r->missing);
	nb_arena_release(&r->reject_text);
}
