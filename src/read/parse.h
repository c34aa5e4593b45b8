/* SPDX-License-Identifier: MIT
 *
 * parse.h - tasks to articles and rejects.
 */
#ifndef NB_READ_PARSE_H
#define NB_READ_PARSE_H

#include "read/alias.h"
#include "read/cut.h"
#include "read/value.h"

/**
 * Do a task.  Articles and rejects go to the end of the share; the task remembers which are its
 * own.  Lines are counted from 1 in the task.
 *
 * Sets m->no_memory if something could not be kept.
 */
void nb_parse_task(const nb_alias_map *map, nb_maker *m, nb_task *task, nb_share *share);

#endif
