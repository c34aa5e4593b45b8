/* SPDX-License-Identifier: MIT
 *
 * publish.h - what a run leaves: a folder of zstd-compressed tables, written beside and renamed
 * into place.
 *
 *   articles.jsonl.zst  one row per article, sorted by id
 *   copies.jsonl.zst    one row per copy group of two and more, sorted by id
 *   events.jsonl.zst    one row per event, single reports too, sorted by id
 *   storylines.jsonl.zst  one row per storyline, those of one event too, sorted by id
 *   edges.jsonl.zst     one row per verified pair of copies and scored pair of reports, sorted by
 *                       (a, b) ids; of one pair the copy edge comes first, then by method
 *   texts.jsonl.zst     one row per article: id, title, text; sorted by id (unless left out)
 *   rejects.jsonl.zst   one row per input record that was not taken, in input order; of many in
 *                       one file for one reason, one row for those behind the first
 *                       NB_REJECT_FULL, at the file's end
 *   manifest.json       checksums, row counts, schema version, parameters: the same bytes for the
 *                       same articles and parameters
 *   run.json            when, where, how long: different in every run
 *   _SUCCESS            empty; written last
 *
 * A table is one zstd frame with content checksum, window log at most 27, made with at least one
 * worker (the same bytes for every number of workers).  A table without rows is an empty frame:
 * paths do not depend on what a night brings.  A row, its line feed included, is shorter than
 * NB_ROW_MAX: texts are cut to fit (text_cut then says so), other strings to 512 KiB, lists to what
 * has room. The columns are those of src/publish/schema/, all in every row, in that order.
 *
 * Level: publish.  One object must not be used by two threads at the same time.
 */
#ifndef NB_PUBLISH_H
#define NB_PUBLISH_H

#include <stdbool.h>

#include "newsbraid/events.h"
#include "newsbraid/nb.h"

NB_API_BEGIN

#define NB_ROW_MAX ((size_t)16 << 20) /* readers such as DuckDB refuse longer lines */

/* ---- the folder ---------------------------------------------------------------------------- */

typedef struct nb_output nb_output;

typedef struct nb_output_options {
	bool replace; /* whether what stands at `path` gives way even if it is no output [false] */
	/* Called for whatever is removed, kept or left that was there before: `what` is static text.
	 * NULL: nobody wants to know. */
	void (*tell)(void *context, const char *path, const char *what);
	void *context;
} nb_output_options;

/**
 * Start an output: makes a folder "OUT.tmp-PID" beside `path`, marks it as that of this process
 * and locks it.  What killed runs have left of the same `path`, known by its mark, is removed.
 *
 * @param path     its parent folder must exist; a link is followed, and stays a link
 * @param options  NULL: defaults.  A folder at `path` that is empty, or holds a newsbraid output
 *                 (a manifest.json of ours, and files of an output only), is replaced.  Anything
 *                 else is refused, or with `replace` kept as "OUT.kept-PID".
 * @return NB_OK; NB_EINVAL if path exists and may not be replaced, or cannot be renamed (a mount
 *         point, "..", "/"); NB_EIO; NB_ENOMEM
 */
nb_status nb_output_new(const char *path, const nb_output_options *options, nb_output **out,
			nb_error *err) NB_MUST_CHECK;

/** The temporary folder, for files that the run itself needs (the spill file). */
const char *nb_output_tmp(const nb_output *o);

/**
 * Write _SUCCESS, fsync it and the folder (tables and files are on disk when they are closed), put
 * the folder in place of `path` in one atomic rename (exchange where one stands already, which is
 * then removed), fsync its parent.  Where the file system cannot exchange, the old one is moved
 * aside first; if the process dies just then, the next nb_output_new puts it back.
 *
 * @return NB_OK; NB_EINVAL if a table is not closed, a write failed before, or something that may
 *         not be replaced has appeared at `path`; NB_EIO
 *
 * On failure `path` is what it was before (unless a failing disk denies the way back too:
 * err->reason then says that the output stands there).
 */
nb_status nb_output_commit(nb_output *o, nb_error *err) NB_MUST_CHECK;

/** Free; an output that was not committed is removed from disk.  Only files that an output has are
 *  ever removed: a folder into which somebody has put another one stays, with its mark. */
void nb_output_free(nb_output *o);

/** Remove an output that was not committed from disk: all that a process can still do when a signal
 *  ends it.  Async-signal-safe; call it in the thread that called nb_output_new, and exit then. */
void nb_output_abandon(nb_output *o);

/** Whether a path is that of a file of an output: it has the name of one, and a manifest of ours
 *  stands beside it. */
bool nb_output_has_file(const char *path);

/* ---- one table ------------------------------------------------------------------------------ */

/* What stands in the manifest for a table. */
typedef struct nb_table_info {
	char name[32];         /* "articles.jsonl.zst" */
	uint64_t rows;
	uint64_t bytes;        /* of the file */
	uint64_t content_bytes; /* decompressed */
	char xxh128[33];       /* hex of the file, as xxh128sum prints */
	char content_xxh128[33]; /* of the decompressed rows */
} nb_table_info;

typedef struct nb_table nb_table;

/**
 * Start a table in the output.
 * @param level    zstd level, 1..19
 * @param workers  compression threads, >= 1; no influence on the bytes
 */
nb_status nb_table_new(nb_output *o, const char *name, int level, int workers, nb_table **out,
		       nb_error *err) NB_MUST_CHECK;

/** Append rows: text[0..len) is whole lines, each ended by one line feed, each < NB_ROW_MAX;
 *  n_rows of them (else NB_EINVAL).  After another failure the output cannot be committed. */
nb_status nb_table_append(nb_table *t, const char *text, size_t len, uint64_t n_rows, nb_error *err)
	NB_MUST_CHECK;

/** End the frame, fsync, fill *info.  The table must still be freed. */
nb_status nb_table_close(nb_table *t, nb_table_info *info, nb_error *err) NB_MUST_CHECK;

void nb_table_free(nb_table *t);

/* ---- the tables of a night ------------------------------------------------------------------- */

typedef struct nb_publish_options {
	int level;      /* zstd level [3]; texts use min(level, 1) */
	int workers;    /* [1] */
	bool texts;     /* write texts.jsonl.zst [true] */
} nb_publish_options;

void nb_publish_options_init(nb_publish_options *o);

/* All that is published, read-only. */
typedef struct nb_published {
	const nb_night *night;
	const nb_sketches *sketches;
	const nb_edges *edges;
	const nb_copies *copies;
	struct nb_reject_table *rejects; /* filled while reading; NULL: no such table */
	const nb_events *events;
} nb_published;

#define NB_TABLES 7u

/* The table of rejects, which is written while the input is read, so that no memory grows. */
typedef struct nb_reject_table nb_reject_table;

/** Start it in the output; it makes a file with its first row. */
nb_status nb_reject_table_new(nb_output *o, const nb_publish_options *options,
			      nb_reject_table **out, nb_error *err) NB_MUST_CHECK;

/** Append a row.  path: of the file, bytes of any kind.  Errors as nb_table_append. */
nb_status nb_reject_table_append(nb_reject_table *t, const nb_reject *reject, const char *path,
				 nb_error *err) NB_MUST_CHECK;

/** As nb_table_close.  nb_publish_tables does it. */
nb_status nb_reject_table_close(nb_reject_table *t, nb_table_info *info,
				nb_error *err) NB_MUST_CHECK;

void nb_reject_table_free(nb_reject_table *t);

/**
 * Write every table, and close that of the rejects.  Rows are made in parallel (OpenMP) and
 * written in order.
 * @param info  out: NB_TABLES entries, in the order of the list above; a table that was left out
 *              has the name ""
 *
 * Memory: some 80 bytes an article, 50 an edge, and a few MiB a thread.
 */
nb_status nb_publish_tables(nb_output *o, const nb_published *p, const nb_publish_options *options,
			    nb_table_info info[NB_TABLES], nb_error *err) NB_MUST_CHECK;

/**
 * Write a small file into the output (manifest.json, run.json): whole, fsynced.
 */
nb_status nb_output_file(nb_output *o, const char *name, const char *text, size_t len,
			 nb_error *err) NB_MUST_CHECK;

/* ---- reading tables back --------------------------------------------------------------------- */

typedef struct nb_rows nb_rows;

/** Open a table (or any .jsonl, .jsonl.zst file) for reading row by row.
 *  NB_EIO if it cannot be opened; a missing file is NB_EIO with sys_errno ENOENT; NB_EDATA if its
 *  name ends in .zst but it is not zstd. */
nb_status nb_rows_open(const char *path, nb_rows **out, nb_error *err) NB_MUST_CHECK;

/**
 * The next row, without its line feed; valid until the next call.  row->ptr == NULL at the end.
 * @return NB_OK, NB_EDATA (damaged, truncated, or a row of NB_ROW_MAX and more; err->line,
 *         err->byte), NB_EIO, NB_ENOMEM
 *
 * The checksum stands at the end of a frame: rows are proved sound when the end was reached.
 */
nb_status nb_rows_next(nb_rows *r, nb_str *row, nb_error *err) NB_MUST_CHECK;

void nb_rows_free(nb_rows *r);

NB_API_END

#endif
