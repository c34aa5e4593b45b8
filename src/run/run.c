/* SPDX-License-Identifier: MIT
 *
 * run.c - see newsbraid/run.h: the life of a run, and its stages after the reading.
 */
#include <stdlib.h>

#include "base/checksum.h"
#include "base/clock.h"
#include "base/status.h"
#include "base/threads.h"
#include "run/run_state.h"

#define TEXT_MEMORY ((size_t)512 << 20)

const char *nb_run_stage_name(nb_run_stage stage)
{
	static const char *const name[NB_RUN_STAGES] = { "read", "clean", "order", "copies",
							 "events" };

	return (unsigned)stage < NB_RUN_STAGES ? name[stage] : "?";
}

void nb_run_options_init(nb_run_options *o)
{
	*o = (nb_run_options){ .find_events = true, .text_memory = TEXT_MEMORY };
	nb_sketch_params_init(&o->sketch);
	nb_copies_options_init(&o->copies);
	nb_events_options_init(&o->events);
}

static nb_status open_data(nb_run *r, nb_error *err)
{
	const char *model;
	nb_status status = nb_data_find(r->o.data, &r->data, err);

	if (status == NB_OK && *r->data.lexicon.path)
		status = nb_lexicon_open(r->data.lexicon.path, &r->lexicon, err);
	if (r->lexicon) { /* of the bytes in use, whatever the file holds by now */
		nb_str bytes = nb_lexicon_bytes(r->lexicon);

		nb_checksum_text(XXH3_128bits(bytes.ptr, bytes.len), r->data.lexicon.xxh128);
	}
	model = *r->data.model.path ? r->data.model.path : NULL;
	NB_TRY(status, nb_langid_new(model, &r->langid, err));
	return status;
}

nb_status nb_run_new(const nb_run_options *o, nb_run **out, nb_error *err)
{
	nb_run *r = calloc(1, sizeof(*r));
	nb_status status;

	*out = NULL;
	if (!r)
		return nb_fail(err, NB_ENOMEM, NULL, "no memory for a run");
	if (o)
		r->o = *o;
	else
		nb_run_options_init(&r->o);
	r->records_file = NB_NO_FILE;
	r->result = (nb_published){
		.night = &r->night,
		.sketches = &r->sketches,
		.edges = &r->edges,
		.copies = &r->copies,
		.events = &r->events,
	};
	r->stats.threads = nb_threads(r->o.threads);
	nb_sketches_init(&r->sketches, &r->o.sketch);
	status = nb_night_init(&r->night, r->o.text_memory, r->o.tmp_dir);
	NB_TRY(status, open_data(r, err));
	if (status != NB_OK) {
		nb_run_free(r);
		return status;
	}
	*out = r;
	return NB_OK;
}

void nb_run_free(nb_run *r)
{
	if (!r)
		return;
	nb_events_release(&r->events);
	nb_copies_release(&r->copies);
	nb_edges_release(&r->edges);
	nb_sketches_release(&r->sketches);
	nb_night_release(&r->night);
	nb_langid_free(r->langid);
	nb_lexicon_free(r->lexicon);
	nb_json_release(&r->records);
	nb_arena_release(&r->strings);
	free(r->file);
	free(r->map_used);
	free(r);
}

nb_status nb_run_read(nb_run *r, const nb_reader_options *o, nb_error *err)
{
	return nb_run_call(r, nb_run_take, o, err);
}

/* ---- the stages after the reading ----------------------------------------------------------- */

static nb_status order(nb_run *r, nb_error *err)
{
	uint32_t *from = malloc(((size_t)r->night.n + 1) * sizeof(*from));
	nb_status status = from ? NB_OK : NB_ENOMEM;

	NB_TRY(status, nb_night_order(&r->night, from, err));
	NB_TRY(status, nb_sketches_permute(&r->sketches, from));
	free(from);
	return status;
}

static nb_status find_copies(nb_run *r, nb_error *err)
{
	return nb_copies_find(&r->night, &r->sketches, &r->o.copies, &r->edges, &r->copies,
			      &r->stats.copies, err);
}

static nb_status find_events(nb_run *r, nb_error *err)
{
	if (!r->o.find_events)
		return nb_events_of_copies(&r->copies, &r->events);
	return nb_events_find(&r->night, &r->edges, &r->copies, r->lexicon, &r->o.events,
			      &r->events, &r->stats.events, err);
}

static nb_status do_stage(nb_run *r, nb_run_stage stage, nb_error *err)
{
	static nb_status (*const work[NB_RUN_STAGES])(nb_run *, nb_error *) = {
		[NB_RUN_CLEAN] = nb_run_clean,
		[NB_RUN_ORDER] = order,
		[NB_RUN_COPIES] = find_copies,
		[NB_RUN_EVENTS] = find_events,
	};
	nb_run_progress p = { .stage = stage, .end = true };
	double t0 = nb_clock_s();
	nb_status status = work[stage](r, err);

	p.wall_s = r->stats.stage_s[stage] = nb_clock_s() - t0;
	NB_TRY(status, nb_run_tell(r, &p, err));
	return status;
}

static nb_status finish(nb_run *r, const void *none, nb_error *err)
{
	nb_status status = r->n_waiting ? nb_run_take_records(r, none, err) : NB_OK;

	nb_json_release(&r->records);
	nb_langid_free(r->langid);
	r->langid = NULL;
	for (int stage = NB_RUN_CLEAN; stage < NB_RUN_STAGES; stage++)
		NB_TRY(status, do_stage(r, (nb_run_stage)stage, err));
	return status;
}

nb_status nb_run_finish(nb_run *r, nb_error *err)
{
	nb_status status = nb_run_call(r, finish, NULL, err);

	r->closed = true;
	return status;
}

/* ---- what came of it ------------------------------------------------------------------------- */

const nb_published *nb_run_result(const nb_run *r)
{
	return &r->result;
}

const nb_run_stats *nb_run_stats_of(const nb_run *r)
{
	return &r->stats;
}

const nb_input_file *nb_run_files(const nb_run *r, size_t *n)
{
	*n = r->n_files;
	return r->file;
}

bool nb_run_map_used(const nb_run *r, size_t i)
{
	return i < r->n_map && r->map_used[i];
}

const nb_data_files *nb_run_data(const nb_run *r)
{
	return &r->data;
}
