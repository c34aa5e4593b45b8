/* SPDX-License-Identifier: MIT
 *
 * lexicon.h - what words of many languages mean: one file, read into memory.
 *
 * It is made when the program is built (src/lexicon/builder) from dictionaries, gazetteers and stop
 * word lists that packages offer.  What a package did not offer is simply not in it.
 *
 * Level: lexicon.
 */
#ifndef NB_LEXICON_H
#define NB_LEXICON_H

#include <stdbool.h>

#include "newsbraid/nb.h"

NB_API_BEGIN

typedef struct nb_lexicon nb_lexicon;

/**
 * Open a lexicon file.
 *
 * @param path     file name
 * @param lexicon  out; NULL on failure.  Free with nb_lexicon_free
 * @return NB_OK; NB_EIO; NB_ENOMEM; NB_EDATA if the file is no lexicon, of another version, or
 *         damaged (its checksum is computed)
 *
 * Its bytes are copied: whatever happens to the file afterwards does not matter.
 * Any number of threads may use one lexicon at the same time.
 */
nb_status nb_lexicon_open(const char *path, nb_lexicon **lexicon, nb_error *err) NB_MUST_CHECK;

/**
 * As nb_lexicon_open, from bytes in memory.
 * @param bytes  bytes[0..n), 8-byte aligned; stay the caller's and must outlive the lexicon
 */
nb_status nb_lexicon_from_memory(const void *bytes, size_t n, nb_lexicon **lexicon,
				 nb_error *err) NB_MUST_CHECK;

/** The bytes that are in use, of which a checksum can be made. */
nb_str nb_lexicon_bytes(const nb_lexicon *lexicon);

/** NULL is allowed. */
void nb_lexicon_free(nb_lexicon *lexicon);

/** Dictionary forms of a language (ISO 639-1), 0 if it has none.  NULL lexicon: 0. */
uint64_t nb_lexicon_words(const nb_lexicon *lexicon, const char lang[3]);

NB_API_END

#endif
