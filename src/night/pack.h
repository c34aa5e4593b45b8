/* SPDX-License-Identifier: MIT
 *
 * pack.h - numbers and strings in as few bytes as they need: 7 bits a byte, low bits first.
 */
#ifndef NB_NIGHT_PACK_H
#define NB_NIGHT_PACK_H

#include "newsbraid/nb.h"

#define NB_PACKED_NUMBER_MAX 10 /* bytes of the longest number */

/** Write a number; bytes written. */
size_t nb_pack_number(char *out, uint64_t x);
/** Read a number; bytes read. */
size_t nb_unpack_number(const char *in, uint64_t *x);
/** A string: its length plus one (0: absent) and its bytes; bytes written or read. */
size_t nb_pack_string(char *out, nb_str s);
size_t nb_unpack_string(const char *in, nb_str *s);

#endif
