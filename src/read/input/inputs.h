/* SPDX-License-Identifier: MIT
 *
 * inputs.h - what the caller named, as a list of files.
 */
#ifndef NB_READ_INPUT_INPUTS_H
#define NB_READ_INPUT_INPUTS_H

#include <stdbool.h>

#include "newsbraid/reader.h"

/* What is known of a file before it is opened. */
typedef struct nb_input_fact {
	uint64_t size;       /* bytes, 0 if unknown */
	bool regular;        /* can be read at any place */
	const char *problem; /* static text: why it cannot be read at all; NULL */
	nb_str memory;       /* its bytes, if they are the caller's; else absent */
} nb_input_fact;

typedef struct nb_inputs {
	nb_input_file *file; /* file[0..n) */
	nb_input_fact *fact; /* fact[0..n) */
	size_t n, file_capacity, fact_capacity;
	uint64_t expected; /* bytes of all files, 0 if one of them is unknown */
} nb_inputs;

/** Walk the inputs, folders in byte order of their paths, then list what is in memory. */
nb_status nb_inputs_list(nb_inputs *in, const nb_reader_options *o, nb_error *err) NB_MUST_CHECK;
void nb_inputs_release(nb_inputs *in);

#endif
