/* SPDX-License-Identifier: MIT
 *
 * overlap.h - a run that would read what it writes, or replace what it reads.
 */
#ifndef NB_PIPELINE_OVERLAP_H
#define NB_PIPELINE_OVERLAP_H

#include "newsbraid/run.h"

/** NB_EINVAL if OUT is one of the inputs, lies in one or holds one; *err names it. */
nb_status refuse_overlap(const nb_reader_options *inputs, const char *out,
			 nb_error *err) NB_MUST_CHECK;

/** NB_EINVAL if a file that the run has listed belongs to an output of newsbraid. */
nb_status refuse_own_output(const nb_run *run, nb_error *err) NB_MUST_CHECK;

#endif
