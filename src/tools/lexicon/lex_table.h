/* SPDX-License-Identifier: MIT
 *
 * lex_table.h - the sections of a lexicon file, and the writing of it.
 */
#ifndef NB_TOOLS_LEXICON_LEX_TABLE_H
#define NB_TOOLS_LEXICON_LEX_TABLE_H

#include "lexicon/lex_format.h"
#include "newsbraid/concepts.h"

/* Treat as opaque. */
typedef struct tables tables;

tables *tables_new(void);
void tables_free(tables *t);

/** Put a key with its concepts in a map; a key that is there keeps what it has. */
void tables_put(tables *t, uint32_t language, enum nb_lex_kind kind, uint64_t key,
		const nb_concept *concept, size_t n);

/** Set bits of a key in LENGTHS; the key of STOPS with no bits. */
void tables_set(tables *t, uint32_t language, enum nb_lex_kind kind, uint64_t key, uint32_t bits);

/** Whether the key is in the map. */
bool tables_has(const tables *t, uint32_t language, enum nb_lex_kind kind, uint64_t key);

/** Write the file beside and rename it into place; ends the program if that fails. */
void tables_write(const tables *t, const char *path);

#endif
