/* SPDX-License-Identifier: MIT
 *
 * data.h - where the files lie that are data, not code: the lexicon and the language model.
 *
 * A run works without them, and knows less.  They decide what it finds, so it can name them.
 *
 * Level: base.
 */
#ifndef NB_DATA_H
#define NB_DATA_H

#include "newsbraid/nb.h"

NB_API_BEGIN

#define NB_LEXICON_NAME "newsbraid.lex"
#define NB_MODEL_NAME   "lid.176.ftz"

#define NB_PATH_MAX 4096

/* One file; both "" if there is none. */
typedef struct nb_data_file {
	char path[NB_PATH_MAX];
	char xxh128[33]; /* checksum of its bytes, in hex */
} nb_data_file;

typedef struct nb_data_files {
	nb_data_file lexicon; /* NB_LEXICON_NAME: see lexicon.h */
	nb_data_file model;   /* NB_MODEL_NAME: see langid.h */
} nb_data_files;

/**
 * Find the data.
 *
 * @param folder  where it is; NULL or "": in ../data or ../share/newsbraid beside the folder of the
 *                shared object, or of the program that the archive was linked into
 * @param out     out
 * @return NB_OK, also if no file is there; NB_EIO if `folder` is none or a file cannot be read;
 *         NB_ELIMIT (names); NB_ENOMEM
 *
 * Reads both files: their checksums are told.
 */
nb_status nb_data_find(const char *folder, nb_data_files *out, nb_error *err) NB_MUST_CHECK;

NB_API_END

#endif
