/* SPDX-License-Identifier: MIT
 *
 * format.h - what a file is, by its first bytes and then its name.
 */
#ifndef NB_READ_FORMAT_H
#define NB_READ_FORMAT_H

#include <stdbool.h>

#include "newsbraid/nb.h"

#define NB_FORMAT_HEAD ((size_t)4096) /* bytes that are looked at */

typedef enum nb_format {
	NB_FORMAT_UNKNOWN, /* not looked at yet */
	NB_FORMAT_LINES,   /* one JSON value a line */
	NB_FORMAT_JSON,    /* JSON values over several lines, or an array of them */
	NB_FORMAT_TEXT,    /* one article */
	NB_FORMAT_NONE,    /* nothing we read */
} nb_format;

/**
 * @param path   as given; its ending counts where the bytes leave a choice
 * @param head   head[0..n): the first NB_FORMAT_HEAD bytes, or all if whole
 * @param unpacked  it was compressed; if not, it should not be called .gz
 * @param why    out: for NB_FORMAT_NONE, what it is; static text
 */
nb_format nb_format_of(const char *path, const char *head, size_t n, bool whole, bool unpacked,
		       const char **why);

/** "jsonl", "json", "text" or "". */
const char *nb_format_name(nb_format format);

#endif
