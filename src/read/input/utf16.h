/* SPDX-License-Identifier: MIT
 *
 * utf16.h - a file in UTF-16 becomes UTF-8 on its way into a sink, so that no format has to know of it.
 *
 * UTF-16 is what begins with its byte-order mark, or with characters of ASCII each beside a zero.  What
 * begins with Chinese and no mark is not recognised.  Whatever else passes as it is, at no cost.
 */
#ifndef NB_READ_INPUT_UTF16_H
#define NB_READ_INPUT_UTF16_H

#include "read/input/decode.h"

typedef struct nb_utf16 nb_utf16;

/** A sink in front of another, for one file from its first byte on; NULL if there is no memory. */
nb_utf16 *nb_utf16_new(nb_sink *to);

nb_sink *nb_utf16_sink(nb_utf16 *w);

/** The file has ended: hand on what is held back, and free it.  False if there was no memory to
 *  convert it. */
bool nb_utf16_end(nb_utf16 *w);

#endif
