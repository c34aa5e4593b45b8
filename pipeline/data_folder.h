/* SPDX-License-Identifier: MIT
 *
 * data_folder.h - where the program looks for the lexicon and the language model, and what it means
 * that they are not there.
 */
#ifndef NB_PIPELINE_DATA_FOLDER_H
#define NB_PIPELINE_DATA_FOLDER_H

#include "newsbraid/data.h"

/** `option` (--data) if not NULL, else $NEWSBRAID_DATA; NULL: where nb_data_find looks. */
const char *data_folder(const char *option);

/** What is not there, and what it means: static text, or NULL.  i: 0, 1. */
const char *data_warning(const nb_data_files *d, int i);

#endif
