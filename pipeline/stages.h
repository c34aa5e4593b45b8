/* SPDX-License-Identifier: MIT
 *
 * stages.h - a run: the night (newsbraid/run.h), then its tables, in place.
 */
#ifndef NB_PIPELINE_STAGES_H
#define NB_PIPELINE_STAGES_H

#include <time.h>

#include "base/checksum.h"
#include "missing.h"
#include "newsbraid/run.h"
#include "parameters.h"

#define REJECTS_TOLD 5u /* by the last lines of a run */

typedef struct run {
	const settings *set;
	int argc;
	char **argv;
	nb_output *output;
	nb_reject_table *rejects;
	nb_reject reject_told[REJECTS_TOLD]; /* the first; strings in reject_text */
	size_t n_reject_told;
	nb_arena reject_text;
	missing missing;
	bool listed;  /* the inputs were looked at before they were read */
	bool refused; /* the run ended because input was missing */
	nb_run_progress last; /* what the night last told */
	nb_run *night;
	const nb_published *result; /* of night */
	const nb_run_stats *stats;  /* likewise */
	nb_table_info table[NB_TABLES];
	char manifest_xxh128[NB_CHECKSUM_TEXT]; /* the seal of the manifest */
	time_t started;
	double started_s, publish_s;
} run;

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

/** manifest.json and run.json into the output. */
nb_status write_manifest(run *r, nb_error *err);
nb_status write_run_json(run *r, nb_error *err);

#endif
