/* SPDX-License-Identifier: MIT
 *
 * scorer_text.h - a trained scorer as the text that src/tools/scorer_gen.c makes C of.
 */
#ifndef NB_TOOLS_SCORER_TEXT_H
#define NB_TOOLS_SCORER_TEXT_H

#include <stdio.h>

#include "train.h"

/** Write it; `figures` goes into the comment at its head, line by line. */
void scorer_text_write(const trained *t, const char *figures, FILE *out);

#endif
