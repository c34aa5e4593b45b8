/* SPDX-License-Identifier: MIT
 *
 * leavings.h - what runs that were killed have left beside OUT.
 *
 * A run works in a folder "OUT.tmp-PID" that carries a mark: a file that names program, machine,
 * process and the moment the process started.  A folder whose mark names a process that is no more
 * is cleared by the next run.  The name alone says nothing: people call their folders as they like.
 */
#ifndef NB_PUBLISH_LEAVINGS_H
#define NB_PUBLISH_LEAVINGS_H

#include "publish/output.h"

#define NB_MARK_NAME "_newsbraid-run"

#define NB_MARK_MOST 512

/** The mark of this process: to be made before its folder, which is nobody's until it stands there. */
void nb_mark_make(char text[NB_MARK_MOST]);
/** Write it into a working folder. */
int nb_mark_write(nb_faults *f, int work, const char *text);

/**
 * Where the file system cannot exchange, an older output at `out` is moved aside to `old` in the
 * working folder `name`.  If nothing stands at `out` any more, put it back; whether it was.
 */
bool nb_work_bring_back(int parent, const char *name, const char *out);

/**
 * Remove the working folder `name` of `parent`, its mark last: files of an output in its folders
 * `new` and `old`, nothing else; those of `old` only if something stands at `out`.
 * @return 0 if it is gone, -1 if something is left, the mark too then
 *
 * May be called from a signal handler.
 */
int nb_work_clear(nb_faults *f, int parent, const char *name, const char *out);

/** Clear what dead runs have left beside o->path, and tell of everything that looks like it. */
void nb_leavings_clear(nb_output *o);

#endif
