/* SPDX-License-Identifier: MIT
 *
 * utf8_shim.h - the UTF-8 check of simdjson, which is C++ only.
 */
#ifndef NB_FOREIGN_UTF8_SHIM_H
#define NB_FOREIGN_UTF8_SHIM_H

#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

bool nb_foreign_utf8_valid(const char *text, size_t n);

#ifdef __cplusplus
}
#endif

#endif
