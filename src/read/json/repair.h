/* SPDX-License-Identifier: MIT
 *
 * repair.h - what can be done for JSON that does not parse because of its bytes.
 */
#ifndef NB_READ_JSON_REPAIR_H
#define NB_READ_JSON_REPAIR_H

#include "newsbraid/nb.h"

/**
 * Valid UTF-8 without byte-order mark; inside strings, raw control characters become blanks and
 * halves of surrogate pairs become U+FFFD.  Nothing else is touched: structure is not guessed at.
 *
 * @param out  room for NB_UTF8_REPAIR_MAX(n) bytes, must not overlap json
 * @return bytes written
 */
size_t nb_json_repair(const char *json, size_t n, char *out);

#endif
