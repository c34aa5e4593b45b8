/* SPDX-License-Identifier: MIT
 *
 * stage_read.c - the stages read and clean: see stages.h.
 *
 * Reading runs ahead in threads of the reader; each batch is cleaned and sketched while its texts
 * are still in cache, then its columns are appended in order.  When all pages are there, lines that
 * recur are cut too, and the pages that changed are sketched again.
 */
#include <inttypes.h>
#include <omp.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/clock.h"
#include "log.h"
#include "newsbraid/langid.h"
#include "stages.h"
#include "stop.h"

#define AGAIN 4096u /* articles sketched again at a time */

/* What each thread works with. */
typedef struct worker {
	nb_cleaner cleaner;
	nb_sketcher sketcher;
	char *buffer; /* for texts that must be moved */
	size_t capacity;
} worker;

/* The workers, and room for what comes of a batch. */
typedef struct team {
	worker *worker; /* [0..n_threads) */
	int n_threads;
	nb_langid *langid; /* shared by all */
	nb_sketch *sketch;
	nb_cleaned *cleaned;
	size_t sketch_capacity, cleaned_capacity;
} team;

static nb_status team_init(team *t)
{
	*t = (team){ .n_threads = omp_get_max_threads() };
	t->worker = calloc((size_t)t->n_threads, sizeof(*t->worker));
	return t->worker ? NB_OK : NB_ENOMEM;
}

static void team_release(team *t)
{
	for (int i = 0; t->worker && i < t->n_threads; i++) {
		nb_cleaner_release(&t->worker[i].cleaner);
		nb_sketcher_release(&t->worker[i].sketcher);
		free(t->worker[i].buffer);
	}
	nb_langid_free(t->langid);
	free(t->worker);
	free(t->sketch);
	free(t->cleaned);
}

/* ---- read ------------------------------------------------------------------------------------ */

/* The report of a text in memory; what has to move moves to the worker's buffer. */
static nb_status report_of(worker *w, nb_str text, const nb_cleaned *cleaned, nb_str *out)
{
	nb_status status;

	*out = text;
	if (cleaned->n_cuts == 0)
		return NB_OK;
	status = NB_GROW(w->buffer, &w->capacity, text.len + 1);
	if (status == NB_OK)
		*out = (nb_str){ w->buffer,
				 nb_cut_out(text, cleaned->cut, cleaned->n_cuts, w->buffer) };
	return status;
}

/* Where no field says the language, or one that cannot be. */
static void find_language(const nb_langid *langid, const nb_article *a, nb_str report,
			  nb_cleaned *cleaned)
{
	if (!a->lang.len || !nb_langid_plausible(a->lang, report))
		nb_langid_detect(langid, a->title, report, cleaned->lang);
}

static nb_status clean_and_sketch(team *t, const nb_sketch_params *params, const nb_article *a,
				  nb_cleaned *cleaned, nb_sketch *sketch)
{
	worker *w = &t->worker[omp_get_thread_num()];
	nb_page page = { a->text, a->title, a->byline, a->source };
	nb_status status = nb_clean(&w->cleaner, &page, cleaned);
	nb_str report;

	NB_TRY(status, report_of(w, a->text, cleaned, &report));
	if (status == NB_OK)
		find_language(t->langid, a, report, cleaned);
	NB_TRY(status, nb_sketch_text(&w->sketcher, params, report.ptr, report.len, sketch));
	return status;
}

static nb_status work_batch(team *t, const nb_sketch_params *params, const nb_batch *batch)
{
	nb_status status = NB_GROW(t->sketch, &t->sketch_capacity, batch->n);

	NB_TRY(status, NB_GROW(t->cleaned, &t->cleaned_capacity, batch->n));
	if (status != NB_OK)
		return status;
#pragma omp parallel for schedule(dynamic, 16) reduction(nb_worst : status)
	for (size_t i = 0; i < batch->n; i++) {
		nb_status one = clean_and_sketch(t, params, &batch->article[i], &t->cleaned[i],
						 &t->sketch[i]);

		status = nb_worse(status, one);
	}
	return status;
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

static nb_status take_rejects(run *r, const nb_batch *batch, nb_error *err)
{
	size_t n_files;
	const nb_input_file *file = nb_reader_files(r->reader, &n_files);
	nb_status status = NB_OK;

	for (size_t i = 0; status == NB_OK && i < batch->n_reject; i++) {
		const nb_reject *reject = &batch->reject[i];

		r->n_reject_of[reject->reason] += reject->count;
		status = remember_reject(r, reject);
		NB_TRY(status,
		       nb_reject_table_append(r->rejects, reject, file[reject->file].path, err));
	}
	r->n_reject += batch->n_rejected;
	return status;
}

static nb_status take_batch(run *r, team *t, const nb_batch *batch, nb_error *err)
{
	double t0 = nb_clock_s();
	nb_status status = work_batch(t, &r->set->sketch, batch);

	r->sketch_s += nb_clock_s() - t0;
	for (size_t i = 0; status == NB_OK && i < batch->n; i++)
		status = nb_night_append_clean(&r->night, &batch->article[i], &t->cleaned[i],
					       err);
	NB_TRY(status, nb_sketches_append(&r->sketches, t->sketch, batch->n));
	NB_TRY(status, take_rejects(r, batch, err));
	NB_TRY(status, missing_add(&r->missing, r->reader, batch));
	r->n_repaired += batch->n_repaired;
	r->n_skipped += batch->n_skipped;
	return status;
}

static void show_read_progress(const run *r)
{
	uint64_t done, expected;
	double share;

	nb_reader_progress(r->reader, &done, &expected);
	share = expected ? (double)done / (double)expected : 0;
	log_progress("reading", r->night.n, share > 0.01 ? r->night.n / share : 0, "articles");
}

bool run_is_partial(const run *r)
{
	return r->missing.n > 0 || r->night.n < r->set->min_articles;
}

/* Half a night does not take the place of a whole one unasked. */
static nb_status check_complete(run *r, nb_error *err)
{
	nb_status status = missing_end(&r->missing, r->reader);

	if (status != NB_OK)
		return nb_fail(err, status, NULL, "no memory for the list of what is missing");
	missing_tell(&r->missing, r->reader);
	if (!run_is_partial(r) || r->set->allow_partial)
		return NB_OK;
	r->refused = true;
	if (r->night.n < r->set->min_articles)
		log_error("%" PRIu32 " articles, at least %zu are wanted", r->night.n,
			  r->set->min_articles);
	return nb_fail(err, NB_EDATA, NULL,
		       r->missing.n ? "inputs could not be read whole (see --allow-partial)" :
				      "fewer articles than --min-articles asks for");
}

nb_status read_stage(run *r, nb_error *err)
{
	team t;
	nb_batch batch = { 0 };
	nb_status status = team_init(&t);
	const char *model = *r->data.model.path ? r->data.model.path : NULL;
	bool end = false;

	NB_TRY(status, nb_langid_new(model, &t.langid, err));
	while (status == NB_OK && !end) {
		status = nb_reader_next(r->reader, &batch, err);
		end = nb_batch_is_empty(&batch);
		NB_TRY(status, take_batch(r, &t, &batch, err));
		NB_TRY(status,
		       reject_limit_check(&r->set->limit, r->night.n, r->n_reject, end, err));
		if (status == NB_OK && stop_signal())
			status = nb_fail(err, NB_ESTOP, NULL, "stopped by a signal");
		show_read_progress(r);
	}
	log_progress_end();
	NB_TRY(status, check_complete(r, err));
	nb_batch_release(&batch);
	team_release(&t);
	return status;
}

/* ---- clean ----------------------------------------------------------------------------------- */

static nb_status sketch_again(run *r, team *t, const uint32_t *article, size_t n)
{
	nb_status status = NB_OK;

#pragma omp parallel for schedule(dynamic, 16) reduction(nb_worst : status)
	for (size_t i = 0; i < n; i++) {
		worker *w = &t->worker[omp_get_thread_num()];
		nb_status one =
			NB_GROW(w->buffer, &w->capacity, r->night.text_len[article[i]] + (size_t)1);
		nb_str report;

		if (one == NB_OK)
			one = nb_night_text(&r->night, article[i], w->buffer, &report);
		if (one == NB_OK)
			one = nb_sketch_text(&w->sketcher, &r->set->sketch, report.ptr, report.len,
					     &t->sketch[i]);
		status = nb_worse(status, one);
	}
	if (status == NB_OK)
		nb_sketches_replace(&r->sketches, article, t->sketch, n);
	return status;
}

nb_status clean_stage(run *r, nb_error *err)
{
	team t;
	uint32_t *changed = NULL, n_changed = 0;
	nb_status status = team_init(&t);

	NB_TRY(status, NB_GROW(t.sketch, &t.sketch_capacity, AGAIN));
	NB_TRY(status, nb_night_cut_recurring(&r->night, &changed, &n_changed, err));
	for (uint32_t i = 0; status == NB_OK && i < n_changed; i += AGAIN)
		status = sketch_again(r, &t, changed + i,
				      n_changed - i < AGAIN ? n_changed - i : AGAIN);
	free(changed);
	team_release(&t);
	return status;
}
