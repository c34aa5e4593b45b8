/* SPDX-License-Identifier: MIT
 *
 * blank.h - what parts words in ASCII.
 */
#ifndef NB_BASE_BLANK_H
#define NB_BASE_BLANK_H

#include <stdbool.h>

static inline bool nb_is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

#endif
