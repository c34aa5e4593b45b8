/* SPDX-License-Identifier: MIT
 *
 * head.h - the first bytes of a file and its name: what a format is recognised by.
 */
#ifndef NB_READ_HEAD_H
#define NB_READ_HEAD_H

#include <stdbool.h>

#include "newsbraid/nb.h"

#define NB_FORMAT_HEAD ((size_t)4096) /* bytes that are looked at */

/* The beginning of a file. */
typedef struct nb_head {
	const char *path; /* as given; its ending counts where the bytes leave a choice */
	nb_str bytes;     /* the first NB_FORMAT_HEAD bytes, or all if whole; without byte-order mark */
	nb_str visible;   /* the same from the first that is no blank; may be empty */
	bool whole;
	bool unpacked; /* it was compressed; if not, it should not be called .gz */
} nb_head;

/** Look at a file's first bytes: byte-order mark and blanks off. */
nb_head nb_head_of(const char *path, const char *p, size_t n, bool whole, bool unpacked);

/** Whether the file's name, less an ending for its compression, ends so. */
bool nb_head_named(const nb_head *head, const char *ending);

/** Whether the first visible bytes are these. */
bool nb_head_begins(const nb_head *head, nb_str with);

/** Length of the ending that says how a file is compressed; 0 if its name says nothing of it. */
size_t nb_packed_ending(const char *path);

#endif
