/* SPDX-License-Identifier: MIT
 *
 * utf8_shim.cpp - see utf8_shim.h.
 */
#include "foreign/utf8_shim.h"

#include <simdjson.h>

extern "C" bool nb_foreign_utf8_valid(const char *text, size_t n)
{
	return simdjson::validate_utf8(text, n);
}
