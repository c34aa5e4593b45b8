/* SPDX-License-Identifier: MIT
 *
 * ascii.h - characters and words of ASCII, whatever the locale.
 */
#ifndef NB_BASE_ASCII_H
#define NB_BASE_ASCII_H

#include <stdbool.h>
#include <string.h>
#include <strings.h>

#include "newsbraid/nb.h"

/** What parts words. */
static inline bool nb_is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/** Equal but for case. */
static inline bool nb_same_word(nb_str s, const char *word)
{
	return s.len == strlen(word) && strncasecmp(s.ptr, word, s.len) == 0;
}

#endif
