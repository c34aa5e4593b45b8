/* SPDX-License-Identifier: MIT
 *
 * take.c - the stages read and clean of a run.
 *
 * Reading runs ahead in threads of the reader; each batch is cleaned and sketched while its texts
 * are still in cache, then its columns are appended in order.  When all pages are there, lines that
 * recur are cut too, and the pages that changed are sketched again.
 */
#include <omp.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/clock.h"
#include "run/run_state.h"

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
	const nb_langid *langid; /* shared by all */
	const nb_sketch_params *params;
	nb_sketch *sketch;
	nb_cleaned *cleaned;
	size_t sketch_capacity, cleaned_capacity;
} team;

static nb_status team_init(team *t, const nb_run *r)
{
	*t = (team){ .n_threads = r->stats.threads, .langid = r->langid, .params = &r->o.sketch };
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

static nb_status clean_and_sketch(const team *t, const nb_article *a, nb_cleaned *cleaned,
				  nb_sketch *sketch)
{
	worker *w = &t->worker[omp_get_thread_num()];
	nb_page page = { a->text, a->title, a->byline, a->source };
	nb_status status = nb_clean(&w->cleaner, &page, cleaned);
	nb_str report;

	NB_TRY(status, report_of(w, a->text, cleaned, &report));
	if (status == NB_OK)
		find_language(t->langid, a, report, cleaned);
	NB_TRY(status, nb_sketch_text(&w->sketcher, t->params, report.ptr, report.len, sketch));
	return status;
}

static nb_status work_batch(team *t, const nb_batch *batch)
{
	nb_status status = NB_GROW(t->sketch, &t->sketch_capacity, batch->n);

	NB_TRY(status, NB_GROW(t->cleaned, &t->cleaned_capacity, batch->n));
	if (status != NB_OK)
		return status;
#pragma omp parallel for schedule(dynamic, 16) reduction(nb_worst : status)
	for (size_t i = 0; i < batch->n; i++) {
		nb_status one = clean_and_sketch(t, &batch->article[i], &t->cleaned[i],
						 &t->sketch[i]);

		status = nb_worse(status, one);
	}
	return status;
}

static void count_records(nb_run *r, const nb_batch *batch)
{
	for (size_t i = 0; i < batch->n_reject; i++)
		r->stats.rejects_of[batch->reject[i].reason] += batch->reject[i].count;
	r->stats.rejects += batch->n_rejected;
	r->stats.repaired += batch->n_repaired;
	r->stats.skipped += batch->n_skipped;
}

static nb_status take_batch(nb_run *r, team *t, const nb_batch *batch, nb_error *err)
{
	double t0 = nb_clock_s();
	nb_status status = work_batch(t, batch);

	r->stats.sketch_s += nb_clock_s() - t0;
	for (size_t i = 0; status == NB_OK && i < batch->n; i++)
		status = nb_night_append_clean(&r->night, &batch->article[i], &t->cleaned[i],
					       err);
	NB_TRY(status, nb_sketches_append(&r->sketches, t->sketch, batch->n));
	count_records(r, batch);
	return status;
}

/* ---- files ----------------------------------------------------------------------------------- */

/* What a reader calls file 0, line 0 is this in the run. */
typedef struct origin {
	uint32_t file;
	uint64_t line;
	nb_input_file before; /* what was counted of that file before */
} origin;

static void place(nb_batch *batch, const origin *o)
{
	for (size_t i = 0; i < batch->n; i++) {
		batch->article[i].file += o->file;
		batch->article[i].line += o->line;
	}
	for (size_t i = 0; i < batch->n_reject; i++) {
		batch->reject[i].file += o->file;
		batch->reject[i].line += o->line;
	}
}

/* The files of a reader after those of the run; they live as long as it does. */
static nb_status list_files(nb_run *r, const nb_reader *reader)
{
	size_t n;
	const nb_input_file *file = nb_reader_files(reader, &n);
	nb_status status = NB_GROW(r->file, &r->file_capacity, r->n_files + n);

	for (size_t i = 0; status == NB_OK && i < n; i++) {
		nb_str path = { file[i].path, strlen(file[i].path) };

		status = nb_arena_str(&r->strings, path, &path);
		r->file[r->n_files + i] = (nb_input_file){ .path = path.ptr, .format = "" };
	}
	r->n_files += status == NB_OK ? n : 0;
	return status;
}

/* What the reader knows of its files by now. */
static void update_files(nb_run *r, const nb_reader *reader, const origin *from)
{
	size_t n;
	const nb_input_file *file = nb_reader_files(reader, &n);

	for (size_t i = 0; i < n; i++) {
		nb_input_file *to = &r->file[from->file + i];

		to->format = file[i].format;
		to->bytes = from->before.bytes + file[i].bytes;
		to->n_records = from->before.n_records + file[i].n_records;
		to->n_rejects = from->before.n_rejects + file[i].n_rejects;
		to->truncated = file[i].truncated;
	}
}

/* ---- reading --------------------------------------------------------------------------------- */

static nb_status tell_batch(nb_run *r, const nb_reader *reader, const nb_batch *batch, double t0,
			    bool end, nb_error *err)
{
	nb_run_progress p = { .stage = NB_RUN_READ,
			      .end = end,
			      .wall_s = nb_clock_s() - t0,
			      .reject = batch->reject,
			      .n_reject = batch->n_reject };

	nb_reader_progress(reader, &p.done, &p.expected);
	return nb_run_tell(r, &p, err);
}

static nb_status take_all(nb_run *r, nb_reader *reader, const origin *from, nb_error *err)
{
	double t0 = nb_clock_s();
	nb_batch batch = { 0 };
	bool end = false;
	team t;
	nb_status status = team_init(&t, r);

	NB_TRY(status, tell_batch(r, reader, &batch, t0, false, err));
	while (status == NB_OK && !end) {
		status = nb_reader_next(reader, &batch, err);
		end = nb_batch_is_empty(&batch);
		place(&batch, from);
		NB_TRY(status, take_batch(r, &t, &batch, err));
		update_files(r, reader, from);
		NB_TRY(status, tell_batch(r, reader, &batch, t0, end, err));
	}
	nb_batch_release(&batch);
	team_release(&t);
	r->stats.stage_s[NB_RUN_READ] += nb_clock_s() - t0;
	return status;
}

static nb_status remember_map(nb_run *r, const nb_reader *reader, size_t n)
{
	nb_status status = NB_GROW(r->map_used, &r->map_capacity, n);

	r->n_map = status == NB_OK ? n : 0;
	for (size_t i = 0; i < r->n_map; i++)
		r->map_used[i] = nb_reader_map_used(reader, i);
	return status;
}

/* All that the options name.  Its files are new ones, or, with a place in `from`, known already. */
static nb_status take(nb_run *r, const nb_reader_options *o, origin from, nb_error *err)
{
	nb_reader_options options = *o;
	nb_reader *reader = NULL;
	nb_status status;

	options.threads = r->stats.threads;
	status = nb_reader_new(&options, &reader, err);
	if (from.file == NB_NO_FILE) {
		from.file = (uint32_t)r->n_files;
		NB_TRY(status, list_files(r, reader));
	}
	NB_TRY(status, take_all(r, reader, &from, err));
	NB_TRY(status, remember_map(r, reader, o->n_map));
	nb_reader_free(reader);
	return status;
}

nb_status nb_run_take(nb_run *r, const void *options, nb_error *err)
{
	return take(r, options, (origin){ .file = NB_NO_FILE }, err);
}

nb_status nb_run_take_records(nb_run *r, const void *none, nb_error *err)
{
	nb_memory_file lines = { "records", { r->records.text, r->records.len } };
	origin from = { .file = r->records_file, .line = r->n_records };
	nb_reader_options options;
	nb_status status;

	nb_reader_options_init(&options);
	(void)none;
	options.memory = &lines;
	options.n_memory = 1;
	if (r->records_file != NB_NO_FILE)
		from.before = r->file[r->records_file];
	else
		r->records_file = (uint32_t)r->n_files;
	status = take(r, &options, from, err);
	nb_json_clear(&r->records);
	r->n_records += r->n_waiting;
	r->n_waiting = 0;
	return status;
}

/* ---- clean ----------------------------------------------------------------------------------- */

static nb_status sketch_again(nb_run *r, team *t, const uint32_t *article, size_t n)
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
			one = nb_sketch_text(&w->sketcher, t->params, report.ptr, report.len,
					     &t->sketch[i]);
		status = nb_worse(status, one);
	}
	if (status == NB_OK)
		nb_sketches_replace(&r->sketches, article, t->sketch, n);
	return status;
}

nb_status nb_run_clean(nb_run *r, nb_error *err)
{
	team t;
	uint32_t *changed = NULL, n_changed = 0;
	nb_status status = team_init(&t, r);

	NB_TRY(status, NB_GROW(t.sketch, &t.sketch_capacity, AGAIN));
	NB_TRY(status, nb_night_cut_recurring(&r->night, &changed, &n_changed, err));
	for (uint32_t i = 0; status == NB_OK && i < n_changed; i += AGAIN)
		status = sketch_again(r, &t, changed + i,
				      n_changed - i < AGAIN ? n_changed - i : AGAIN);
	free(changed);
	team_release(&t);
	return status;
}
