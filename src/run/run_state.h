/* SPDX-License-Identifier: MIT
 *
 * run_state.h - what the stages of a run leave to each other.
 */
#ifndef NB_RUN_RUN_STATE_H
#define NB_RUN_RUN_STATE_H

#include "newsbraid/json.h"
#include "newsbraid/langid.h"
#include "newsbraid/run.h"

#define NB_NO_FILE UINT32_MAX

struct nb_run {
	nb_run_options o;
	nb_data_files data;
	nb_lexicon *lexicon; /* NULL if there is none */
	nb_langid *langid;   /* until all is read */
	nb_night night;
	nb_sketches sketches;
	nb_edges edges;
	nb_copies copies;
	nb_events events;
	nb_input_file *file; /* file[0..n_files) */
	size_t n_files, file_capacity;
	nb_arena strings;       /* of files */
	bool *map_used;         /* map_used[0..n_map): of the last options */
	size_t n_map, map_capacity;
	nb_json records;        /* lines that wait to be read */
	uint64_t n_waiting;     /* how many lines */
	uint64_t n_records;     /* lines that were read before */
	uint32_t records_file;  /* their place in file[]; NB_NO_FILE: none was read yet */
	bool closed;            /* finished, or failed */
	nb_run_stats stats;
	nb_published result;
};

/** *err is emptied; a run that has ended says so: NB_OK or NB_EINVAL. */
nb_status nb_run_begin(const nb_run *r, nb_error *err) NB_MUST_CHECK;

/** Begin, then do work in the run's own thread.  A failure ends the run, and has a reason. */
typedef nb_status nb_run_work(nb_run *r, const void *argument, nb_error *err);
nb_status nb_run_call(nb_run *r, nb_run_work *work, const void *argument,
		      nb_error *err) NB_MUST_CHECK;

/** Tell the watcher.  NB_OK or what it returned. */
nb_status nb_run_tell(nb_run *r, const nb_run_progress *progress, nb_error *err) NB_MUST_CHECK;

/** Read what the options (nb_reader_options) name; its files are appended. */
nb_status nb_run_take(nb_run *r, const void *options, nb_error *err) NB_MUST_CHECK;

/** Read the records that wait. */
nb_status nb_run_take_records(nb_run *r, const void *none, nb_error *err) NB_MUST_CHECK;

/** The stage clean: cut lines that recur, sketch again what changed. */
nb_status nb_run_clean(nb_run *r, nb_error *err) NB_MUST_CHECK;

#endif
