/* SPDX-License-Identifier: MIT
 *
 * output.h - what the files of this folder and the tests see of an output folder.
 */
#ifndef NB_PUBLISH_OUTPUT_H
#define NB_PUBLISH_OUTPUT_H

#include "base/file.h"
#include "newsbraid/publish.h"

struct nb_output {
	/* paths: OUT, OUT.tmp-PID, OUT.tmp-PID/new, OUT.tmp-PID/old, OUT.kept-PID */
	char *path, *work, *tmp, *old, *kept;
	/* the same inside the parent folder */
	const char *name, *work_name, *tmp_name, *old_name, *kept_name;
	int parent, work_dir, dir; /* descriptors: parent folder; working folder, locked; tmp */
	unsigned n_open;           /* tables that are not closed yet */
	bool made, failed, committed;
	nb_output_options options;
	nb_faults *faults;
};

/** nb_output_new with system calls that fail as *faults says (NULL: none). */
nb_status nb_output_new_faults(const char *path, const nb_output_options *options,
			       nb_faults *faults, nb_output **out, nb_error *err) NB_MUST_CHECK;

#endif
