/* SPDX-License-Identifier: MIT
 *
 * stages.h - a run: what the stages leave to each other, and the stages.
 *
 *     read -> clean -> order -> copies -> events -> publish
 */
#ifndef NB_PIPELINE_STAGES_H
#define NB_PIPELINE_STAGES_H

#include <time.h>

#include "checksum.h"
#include "data.h"
#include "missing.h"
#include "parameters.h"

#define REJECTS_TOLD 5u /* by the last lines of a run */

enum { STAGE_READ, STAGE_CLEAN, STAGE_ORDER, STAGE_COPIES, STAGE_EVENTS, STAGE_PUBLISH, N_STAGES };

typedef struct run {
	const settings *set;
	int argc;
	char **argv;
	data_files data;
	nb_lexicon *lexicon; /* NULL if there is none */
	nb_reader *reader;
	nb_output *output;
	nb_night night;
	nb_sketches sketches;
	nb_edges edges;
	nb_copies copies;
	nb_copies_stats stats;
	nb_events events;
	nb_events_stats events_stats;
	nb_reject_table *rejects;
	uint64_t n_reject, n_reject_of[NB_REJECT_COUNT]; /* records */
	nb_reject reject_told[REJECTS_TOLD];             /* the first; strings in reject_text */
	size_t n_reject_told;
	nb_arena reject_text;
	uint64_t n_repaired, n_skipped;
	missing missing;
	bool refused; /* the run ended because input was missing */
	nb_table_info table[NB_TABLES];
	char manifest_xxh128[CHECKSUM_TEXT]; /* the seal of the manifest */
	time_t started;
	double started_s, read_s, sketch_s; /* sketch_s is part of the read stage */
	double stage_s[N_STAGES];
} run;

extern const char *const stage_names[N_STAGES];

/**
 * Do everything.  On success the output is in place.
 * @return NB_OK; NB_ESTOP if a signal came; else *err says what failed
 */
nb_status run_night(run *r, nb_error *err);

void run_release(run *r);

/** Whether input was missing: files that could not be read whole, or too few articles. */
bool run_is_partial(const run *r);

/* A few sums that both run.json and the last line tell. */
uint64_t run_articles_in(const run *r); /* kept and rejected */
double run_cpu_s(void);
uint64_t run_peak_rss(void); /* bytes */

/** The stages of stage_read.c: articles in, cleaned and sketched; lines that recur cut. */
nb_status read_stage(run *r, nb_error *err);
nb_status clean_stage(run *r, nb_error *err);

/** manifest.json and run.json into the output. */
nb_status write_manifest(run *r, nb_error *err);
nb_status write_run_json(run *r, nb_error *err);

#endif
