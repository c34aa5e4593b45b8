/* SPDX-License-Identifier: MIT
 *
 * files.h - whole files in memory, plain or gzip.
 */
#ifndef NB_TOOLS_LEXICON_FILES_H
#define NB_TOOLS_LEXICON_FILES_H

#include "newsbraid/nb.h"

#define FILE_PADDING 64 /* zero bytes after what is read */

/** {NULL, 0} if it cannot be read.  Free .ptr with free(). */
nb_str file_read(const char *path);
/** As file_read, decompressed. */
nb_str file_read_gzip(const char *path);

#endif
