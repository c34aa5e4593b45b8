/* SPDX-License-Identifier: MIT
 *
 * output.h - what table.c and the tests see of an output folder.
 */
#ifndef NB_PUBLISH_OUTPUT_H
#define NB_PUBLISH_OUTPUT_H

#include "base/file.h"
#include "newsbraid/publish.h"

struct nb_output {
	char *path, *tmp, *old;             /* OUT, OUT.tmp-PID, OUT.old-PID */
	const char *name, *tmp_name, *old_name; /* the same inside the parent folder */
	int parent, dir;                    /* descriptors: parent folder; tmp, locked */
	unsigned n_open;                    /* tables that are not closed yet */
	bool replace, made, failed, committed;
	nb_faults *faults;
};

/** nb_output_new with system calls that fail as *faults says (NULL: none). */
nb_status nb_output_new_faults(const char *path, bool replace, nb_faults *faults, nb_output **out,
			       nb_error *err) NB_MUST_CHECK;

#endif
