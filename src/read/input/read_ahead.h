/* SPDX-License-Identifier: MIT
 *
 * read_ahead.h - threads that open, read and decompress the inputs ahead of the consumer.
 *
 * Work is handed out in units: a file, or some zstd frames or gzip members of a large file.  Units
 * are made, and their segments delivered, in the order of the input, so the number of threads
 * changes nothing but the time.  Where a unit of members begins is only a guess until the unit
 * before it has been decompressed: a wrong guess costs the work done on it and nothing else.  Memory is bounded: a thread whose unit is not next in line waits while the bytes
 * ahead of the consumer pass the budget.
 */
#ifndef NB_READ_INPUT_READ_AHEAD_H
#define NB_READ_INPUT_READ_AHEAD_H

#include "read/input/inputs.h"
#include "read/input/segment.h"

typedef struct nb_read_ahead nb_read_ahead;

/**
 * @param in            must outlive the pump
 * @param segment_bytes aimed-at bytes of a segment
 * @param budget        bytes that may lie ahead of the consumer
 */
nb_status nb_read_ahead_new(const nb_inputs *in, size_t segment_bytes, size_t budget,
			    unsigned n_threads, nb_read_ahead **out) NB_MUST_CHECK;

/** Stop the threads and free everything. */
void nb_read_ahead_free(nb_read_ahead *pump);

/** The next segment in input order, owned by the caller; NULL at the end or without memory. */
nb_segment *nb_read_ahead_next(nb_read_ahead *pump, nb_status *status);

/** Nothing more is wanted of the file that the last segment is of: one that may never end (a pipe,
 * a device) is read no further.  Its last segment still comes. */
void nb_read_ahead_give_up(nb_read_ahead *pump, uint32_t file);

/** Hand a segment back for reuse. */
void nb_read_ahead_recycle(nb_read_ahead *pump, nb_segment *segment);

#endif
