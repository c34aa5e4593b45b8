/* SPDX-License-Identifier: MIT
 *
 * printable.h - text that is not ours, before it reaches a terminal or a log.
 *
 * Whatever could steer a terminal or turn the order of what stands beside it becomes visible: C0 and
 * C1 controls, line ends, bidirectional embeddings, overrides and isolates, invisible tags, bytes
 * that are no UTF-8.  Marks that scripts need (ZWJ, ZWNJ, LRM, RLM) stay.
 */
#ifndef NB_PIPELINE_PRINTABLE_H
#define NB_PIPELINE_PRINTABLE_H

#include <stdio.h>

#include "newsbraid/nb.h"

/** The text with "\n", "\x1b", "\u{202e}" for what could do harm; NUL-terminated.  Valid until the
 *  thread has called these functions PRINTABLE_TURNS times more. */
const char *printable(nb_str s);
const char *printable_c(const char *s);

/** The same with blanks for line ends and tabs. */
nb_str printable_flat(nb_str s);

#define PRINTABLE_TURNS 16

/** Write JSON; what could do harm in a string becomes \u202e, which means the same. */
int print_json(FILE *to, const char *json, size_t len);

#endif
