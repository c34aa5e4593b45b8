/* SPDX-License-Identifier: MIT
 *
 * utf8.h - check and repair UTF-8.
 *
 * Everything after the reader may rely on valid UTF-8 without NUL bytes: the reader repairs or
 * rejects at the door.
 *
 * Level: unicode.  Pure functions, safe from any thread.
 */
#ifndef NB_UTF8_H
#define NB_UTF8_H

#include <stdbool.h>

#include "newsbraid/nb.h"

NB_API_BEGIN

/** Longest output of nb_utf8_repair for n input bytes. */
#define NB_UTF8_REPAIR_MAX(n) ((n) * 3)

/** Whether text[0..n) is valid UTF-8 (no surrogates, no overlong forms).  SIMD, > 10 GB/s. */
bool nb_utf8_valid(const char *text, size_t n);

/**
 * Copy text[0..n) to out and make it valid UTF-8 without control characters.
 *
 * Bytes that are no UTF-8 are read as Windows-1252 (what they nearly always are in news); what has
 * no meaning there becomes U+FFFD.  C0 controls other than tab and line feed, DEL and NUL become a
 * space; C1 controls are read as Windows-1252 too; CR LF and CR become LF; a leading byte-order
 * mark is dropped.
 *
 * @param out       at least NB_UTF8_REPAIR_MAX(n) bytes, must not overlap text
 * @param repaired  out, may be NULL: number of byte sequences that had to be changed because they
 *                  were not valid UTF-8 (line-end and control clean-up is not counted)
 * @return bytes written; never fails
 */
size_t nb_utf8_repair(const char *text, size_t n, char *out, size_t *repaired);

/**
 * Decode one code point of valid UTF-8.
 *
 * @param text  text[0..n), n >= 1, starts at a character boundary
 * @param cp    out: code point, or 0xFFFD if the bytes are not valid after all
 * @return bytes taken, 1..4
 */
unsigned nb_utf8_decode(const char *text, size_t n, uint32_t *cp);

NB_API_END

#endif
