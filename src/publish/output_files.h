/* SPDX-License-Identifier: MIT
 *
 * output_files.h - the files that an output consists of: nothing else is ever removed.
 */
#ifndef NB_PUBLISH_OUTPUT_FILES_H
#define NB_PUBLISH_OUTPUT_FILES_H

#include "base/file.h"

/* What a folder holds. */
typedef enum nb_holding {
	NB_HOLDS_NOTHING,
	NB_HOLDS_PARTS,  /* files of an output, and nothing else */
	NB_HOLDS_OUTPUT, /* those, and a manifest that names newsbraid */
	NB_HOLDS_OTHER,  /* something that no output has; or it is no folder */
} nb_holding;

/** Look at the entry `name` of the folder `parent`; -1 and errno if that cannot be done. */
int nb_output_look(nb_faults *f, int parent, const char *name, nb_holding *holds);

/**
 * Remove the files of an output from the folder `name` of `parent`, and the folder if it is empty
 * then.  Whatever else stands in it stays.
 *
 * @return 0 if the folder is gone, -1 if it is still there
 *
 * May be called from a signal handler.
 */
int nb_output_clear(nb_faults *f, int parent, const char *name);

#endif
