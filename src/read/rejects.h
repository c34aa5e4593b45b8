/* SPDX-License-Identifier: MIT
 *
 * rejects.h - the rejects of one file, bounded: however many records of it are bad, a fixed number
 * of them is told of one by one.
 */
#ifndef NB_READ_REJECTS_H
#define NB_READ_REJECTS_H

#include "read/batch.h"

#define NB_REJECT_DETAIL 256 /* bytes that are kept of what a parser said */

/* The reject that stands for all further ones of its reason; its strings are here. */
typedef struct nb_reject_rest {
	nb_reject reject; /* count 0: there is none */
	char detail[NB_REJECT_DETAIL], sample[3 * NB_REJECT_SAMPLE];
} nb_reject_rest;

/* Of the file that is being delivered.  All zero bytes is a valid beginning. */
typedef struct nb_file_rejects {
	uint64_t n[NB_REJECT_COUNT];
	nb_reject_rest rest[NB_REJECT_COUNT];
} nb_file_rejects;

/** Append a reject to the batch, or count it among the rest. */
nb_status nb_file_rejects_add(nb_file_rejects *f, nb_batch *batch,
			      const nb_reject *reject) NB_MUST_CHECK;

/** Count n more of a reason of which NB_REJECT_FULL + 1 have been added before. */
void nb_file_rejects_count(nb_file_rejects *f, nb_batch *batch, nb_reject_reason reason,
			   uint64_t n);

/** The file has ended: append what stands for the rest. */
nb_status nb_file_rejects_end(nb_file_rejects *f, nb_batch *batch) NB_MUST_CHECK;

#endif
