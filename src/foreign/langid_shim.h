/* SPDX-License-Identifier: MIT
 *
 * langid_shim.h - fastText and CLD2, which are C++ only.
 */
#ifndef NB_FOREIGN_LANGID_SHIM_H
#define NB_FOREIGN_LANGID_SHIM_H

#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct nb_foreign_fasttext nb_foreign_fasttext;

/** Load a model; NULL if it cannot be read, is none, or there is no memory. */
nb_foreign_fasttext *nb_foreign_fasttext_new(const char *path);
void nb_foreign_fasttext_free(nb_foreign_fasttext *f);

/** The likeliest label of one line, without its prefix, and its probability; false if none.
 *  Thread-safe. */
bool nb_foreign_fasttext_label(const nb_foreign_fasttext *f, const char *line, size_t n,
			       char label[8], float *p);

/** CLD2's answer for valid UTF-8, "" if it has none; *reliable as it says.  Thread-safe. */
void nb_foreign_cld2(const char *text, size_t n, char label[8], bool *reliable);

#ifdef __cplusplus
}
#endif

#endif
