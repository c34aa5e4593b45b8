/* SPDX-License-Identifier: MIT
 *
 * strings.h - texts as small numbers: equal texts have one number, in the order they came.
 *
 * The builder ends with a message when there is no memory; so nothing here can fail.
 */
#ifndef NB_TOOLS_LEXICON_STRINGS_H
#define NB_TOOLS_LEXICON_STRINGS_H

#include <stddef.h>
#include <stdint.h>

#include "newsbraid/nb.h"

/* All zero bytes is a valid empty set. */
typedef struct strings {
	char *text; /* all texts, one after the other */
	size_t n_text, text_capacity;
	size_t *begin;     /* begin[0..n]: text i is text[begin[i]..begin[i + 1]) */
	uint32_t n;
	size_t begin_capacity;
	uint32_t *slot;    /* open addressing: number + 1, 0 empty */
	uint32_t n_slots;
} strings;

#define STRINGS_NONE UINT32_MAX

/** The number of a text, a new one if it was never seen. */
uint32_t strings_add(strings *s, const char *text, size_t n);
/** The number of a text, STRINGS_NONE if it was never seen. */
uint32_t strings_find(const strings *s, const char *text, size_t n);
nb_str strings_get(const strings *s, uint32_t i);
void strings_release(strings *s);

/* What the whole builder shares. */
_Noreturn void die(const char *what, const char *detail);
void warn_absent(const char *name); /* "warning: no NAME: ..." on stderr */
void *grow(void *array, size_t *capacity, size_t need, size_t item); /* room for `need` items */

#endif
