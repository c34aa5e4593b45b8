/* SPDX-License-Identifier: MIT
 *
 * tasks.h - segments to tasks: where records begin and end.
 *
 * Only what must be done in order is done here: recognising the format, joining records that lie
 * across segments, finding the ends of records.  Lines inside a segment are cut by whoever parses
 * them.
 */
#ifndef NB_READ_TASKS_H
#define NB_READ_TASKS_H

#include "read/formats.h"
#include "read/input/segment.h"

#define NB_HEADER_MAX ((size_t)64 << 10) /* bytes of a header record */

/* Bytes to be parsed by one thread, and what came of it. */
typedef struct nb_task {
	const char *ptr; /* ptr[0..len), NB_JSON_PADDING readable bytes after it; for a reject
			    its sample */
	size_t len;
	uint64_t byte; /* where it begins in the decompressed file */
	uint64_t line; /* line of a record that knows it, else 0: counted from the tasks before */
	uint32_t file;
	const nb_format *format; /* NULL: a reject of a file of no known format */
	const char *path;        /* of the file */
	nb_str header;           /* the file's first record, if its format says so */
	char charset[24];        /* of the record, if something before it says so; else "" */
	bool partial;            /* cut off by damage, which is told of elsewhere: no reject */
	bool rejected;           /* nothing to parse */
	bool whole_file;         /* a reject that has no line */
	nb_reject_reason reason; /* of a reject */
	const char *detail;
	/* filled by the parser: */
	size_t share, article, n_articles, reject, n_rejects;
	uint64_t n_lines, n_repaired, n_skipped;
	uint32_t n_rejected[NB_REJECT_COUNT]; /* records; of each reason only the first
						 NB_REJECT_FULL + 1 have a reject */
} nb_task;

/* Bytes of a record that goes on in the next segment. */
typedef struct nb_carry {
	char *p;
	size_t n, capacity;
	uint64_t byte, line;
	bool skipping; /* it is too long: p[0..n) is only its beginning */
} nb_carry;

typedef struct nb_cutter {
	nb_task *task; /* task[0..n) of the batch */
	size_t n, capacity;
	char **kept; /* memory that tasks point to, freed by nb_cut_reset */
	size_t n_kept, kept_capacity;
	/* the file being cut: */
	bool open, known, dead; /* known: looked at; dead: nothing more is taken from it */
	const char *path;
	uint32_t file;
	const nb_format *format; /* once known; NULL: none */
	uint64_t byte;           /* decompressed bytes cut so far */
	nb_carry carry;
	nb_scan scan;
	bool inside; /* the scanner has seen a record begin, and not end */
	nb_str header; /* of the file, once it has been cut; ours */
} nb_cutter;

/** Cut the next segment; tasks point into it.  path: of its file, tasks may point to it too.
 *  NB_OK or NB_ENOMEM. */
nb_status nb_cut_segment(nb_cutter *c, const char *path, const nb_segment *s) NB_MUST_CHECK;

/** Forget the tasks; segments may go. */
void nb_cut_reset(nb_cutter *c);
void nb_cut_release(nb_cutter *c);

#endif
