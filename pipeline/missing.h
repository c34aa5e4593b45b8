/* SPDX-License-Identifier: MIT
 *
 * missing.h - inputs that could not be read whole: not bad records, but news that is not there.
 *
 * Yesterday's output is worth more than half of today's, so a run that misses something publishes
 * nothing unless it was told to.
 */
#ifndef NB_PIPELINE_MISSING_H
#define NB_PIPELINE_MISSING_H

#include <stdbool.h>

#include "newsbraid/arena.h"
#include "newsbraid/reader.h"

typedef struct missing_input {
	uint32_t file;
	nb_str detail; /* why */
} missing_input;

/* All zero bytes is a valid empty list. */
typedef struct missing {
	missing_input *input; /* [0..n), in input order */
	size_t n, capacity;
	nb_arena text;
} missing;

void missing_release(missing *m);

/** Add what rejects say of whole files; file: of nb_reader_files or nb_run_files. */
nb_status missing_add(missing *m, const nb_input_file *file, const nb_reject *reject,
		      size_t n_rejects) NB_MUST_CHECK;

/** Add what is only known when everything was read: compressed files without a byte in them. */
nb_status missing_end(missing *m, const nb_input_file *file, size_t n_files) NB_MUST_CHECK;

/** Tell of each, the first few by name. */
void missing_tell(const missing *m, const nb_input_file *file);

#endif
