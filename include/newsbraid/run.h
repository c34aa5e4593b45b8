/* SPDX-License-Identifier: MIT
 *
 * run.h - a whole night in one object: articles in; copies, events, storylines and the edges
 * between them out.  This is what the program `newsbraid run` does, and the same answer.
 *
 *     nb_run_new -> nb_run_read, nb_run_add (as often as wanted) -> nb_run_finish -> nb_run_result
 *
 * Each article is read, cleaned of furniture, told its language where no field says one, and
 * sketched; when all are there, lines that recur over the pages of a source are cut, articles are
 * numbered by time, copies are found, then events and storylines.
 *
 * Level: run.  One object must not be used by two threads at the same time; two objects may be.
 * The result does not depend on the number of threads, the instruction set or the order of the
 * input.  Memory: some 2 KB an article, and its text until text_memory is full.
 */
#ifndef NB_RUN_H
#define NB_RUN_H

#include "newsbraid/data.h"
#include "newsbraid/publish.h"
#include "newsbraid/reader.h"

NB_API_BEGIN

typedef enum nb_run_stage {
	NB_RUN_READ = 0,   /* read, clean, sketch */
	NB_RUN_CLEAN = 1,  /* cut what recurs */
	NB_RUN_ORDER = 2,  /* number by time */
	NB_RUN_COPIES = 3,
	NB_RUN_EVENTS = 4, /* and storylines */
	NB_RUN_STAGES = 5,
} nb_run_stage;

/* "read", "clean", "order", "copies", "events" */
const char *nb_run_stage_name(nb_run_stage stage);

/* How far a run is. */
typedef struct nb_run_progress {
	nb_run_stage stage;
	bool end;                 /* of the stage, or of one nb_run_read */
	double wall_s;            /* that the stage has taken so far */
	uint64_t done, expected;  /* bytes of the inputs being read; 0 if unknown */
	uint64_t articles, rejects; /* records so far */
	const nb_reject *reject;    /* reject[0..n_reject): what was not taken of the batch just read;
				       the run keeps no rejects, their strings live until you return */
	size_t n_reject;
} nb_run_progress;

/** Called when inputs are listed, after every batch of articles and at the end of every stage, by a thread of the run, while
 *  the call it tells of waits.  A status other than NB_OK ends the call with it; fill *err to say why. */
typedef nb_status nb_run_watch(void *context, const nb_run_progress *progress, nb_error *err);

typedef struct nb_run_options {
	nb_sketch_params sketch;
	nb_copies_options copies;
	nb_events_options events;
	bool find_events;    /* else every copy group is one [true] */
	const char *data;    /* folder of lexicon and language model; NULL: see nb_data_find [NULL] */
	int threads;         /* to work with; 0: as many as OpenMP would take [0] */
	size_t text_memory;  /* bytes of text kept in memory before they move to a file [512 MiB] */
	const char *tmp_dir; /* folder of that file; NULL: texts stay in memory [NULL] */
	nb_run_watch *watch; /* may be NULL [NULL] */
	void *context;       /* its first argument */
} nb_run_options;

/** The defaults in brackets above; strings stay the caller's and must outlive the run. */
void nb_run_options_init(nb_run_options *o);

/*
 * An article as a caller has it.  Strings of any length and any bytes; absent ones {NULL, 0}, so
 * that all zero bytes is an empty record.  It is read as the JSON object that has these members:
 * what reader.h says of fields, repairs and limits goes for it too.
 */
typedef struct nb_record {
	nb_str id, source, agency, version, lang, title, byline, url;
	nb_str published; /* in any of the forms of date.h: "2026-03-17T20:05:00Z", "2026-03-17" */
	nb_str text;
	nb_str located;    /* where it was written */
	nb_str subjects;   /* names, semicolons between them */
	nb_str embargo;    /* a date */
	nb_str pub_status; /* "usable", "withheld", "canceled" */
} nb_record;

typedef struct nb_run nb_run;

/**
 * An empty run; opens the data.
 *
 * @param o    NULL: the defaults
 * @param out  out: free with nb_run_free; NULL on failure
 * @return NB_OK; NB_EINVAL (parameters); NB_EIO or NB_EDATA (data); NB_ENOMEM
 */
nb_status nb_run_new(const nb_run_options *o, nb_run **out, nb_error *err) NB_MUST_CHECK;

void nb_run_free(nb_run *r);

/**
 * Take in files, folders, standard input, or what stands in memory in any format.
 *
 * @return NB_OK: what could not be taken is told to `watch` and counted.  NB_EINVAL (options, or the run is
 *         finished); NB_EIO (an input that does not exist; the spill file); NB_ELIMIT
 *         (NB_NIGHT_MAX); NB_ENOMEM; or what `watch` gave.  After a failure the run can only be
 *         freed.
 */
nb_status nb_run_read(nb_run *r, const nb_reader_options *o, nb_error *err) NB_MUST_CHECK;

/**
 * Take in records: record[0..n).  They are copied, and read when many have come together or the run
 * is finished; those without a text become rejects, whose line is the number of the record, from 1.
 * Errors as above.
 */
nb_status nb_run_add(nb_run *r, const nb_record *record, size_t n, nb_error *err) NB_MUST_CHECK;

/** Find what there is to find.  Once.  Errors as above. */
nb_status nb_run_finish(nb_run *r, nb_error *err) NB_MUST_CHECK;

/**
 * The result of a finished run: columns by article number, groups, events and edges; all of it lives
 * as long as the run.  nb_publish_tables takes it, with a table of rejects if you have one.
 */
const nb_published *nb_run_result(const nb_run *r);

/* How a run went. */
typedef struct nb_run_stats {
	uint64_t rejects;  /* records that were not taken, and by reason: */
	uint64_t rejects_of[NB_REJECT_COUNT];
	uint64_t repaired; /* records whose bytes had to be repaired */
	uint64_t skipped;  /* records that are no articles and not meant to be */
	nb_copies_stats copies;
	nb_events_stats events;
	double stage_s[NB_RUN_STAGES]; /* wall seconds */
	double sketch_s;               /* part of read: cleaning and sketching */
	int threads;                   /* that it works with */
} nb_run_stats;

const nb_run_stats *nb_run_stats_of(const nb_run *r);

/** Files that were read, in the order of nb_article.file; records of nb_run_add are one of them,
 *  "records".  Lives until the next call that reads. */
const nb_input_file *nb_run_files(const nb_run *r, size_t *n);

/** Whether a record of the last nb_run_read had the field of its map[i]. */
bool nb_run_map_used(const nb_run *r, size_t i);

/** Where the data was found. */
const nb_data_files *nb_run_data(const nb_run *r);

NB_API_END

#endif
