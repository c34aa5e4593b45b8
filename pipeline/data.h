/* SPDX-License-Identifier: MIT
 *
 * data.h - where the files lie that are data, not program: the lexicon and the language model.
 *
 * A run works without them, and knows less.  They influence the output, so the manifest names them.
 */
#ifndef NB_PIPELINE_DATA_H
#define NB_PIPELINE_DATA_H

#include <limits.h>

#include "newsbraid/json.h"

/* One file; both "" if there is none. */
typedef struct data_file {
	char path[PATH_MAX];
	char xxh128[33]; /* checksum of its bytes, in hex */
} data_file;

typedef struct data_files {
	data_file lexicon; /* newsbraid.lex */
	data_file model;   /* lid.176.ftz */
} data_files;

/**
 * Find the data folder: `option` (--data) if not NULL, else $NEWSBRAID_DATA, else ../data or
 * ../share/newsbraid beside the folder of the running program.
 *
 * @return NB_OK, also if no file is there; NB_EIO if the folder that was named is none or a file
 *         cannot be read
 */
nb_status data_find(data_files *d, const char *option, nb_error *err);

/** The bytes that are in use are these, whatever the file holds by now. */
void data_is(data_file *f, nb_str bytes);

/** What is not there, and what it means: static text, or NULL.  i: 0, 1. */
const char *data_warning(const data_files *d, int i);

/** Member `data` of the open object: the checksums, null where there is no file. */
void json_data(nb_json *j, const data_files *d);

#endif
