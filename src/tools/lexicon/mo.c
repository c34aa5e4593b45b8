/* SPDX-License-Identifier: MIT
 *
 * mo.c - see mo.h.
 */
#include "tools/lexicon/mo.h"

#include <string.h>

#define MO_MAGIC 0x950412DEu

static uint32_t word(nb_str file, uint64_t at)
{
	uint32_t x = 0;

	if (at + 4 <= file.len)
		memcpy(&x, file.ptr + at, 4);
	return x;
}

/* The text that the pair of words at `at` describes; absent if it reaches beyond the end. */
static nb_str text(nb_str file, uint64_t at)
{
	uint32_t length = word(file, at), offset = word(file, at + 4);

	if (at + 8 > file.len || offset > file.len || length > file.len - offset)
		return (nb_str){ NULL, 0 };
	return (nb_str){ file.ptr + offset, length };
}

bool mo_read(nb_str file, mo_take *take, void *context)
{
	uint32_t n = word(file, 8);
	uint64_t messages = word(file, 12), translations = word(file, 16);

	if (file.len < 28 || word(file, 0) != MO_MAGIC)
		return false;
	for (uint64_t i = 0; i < n && messages + 8 * i < file.len; i++) {
		nb_str message = text(file, messages + 8 * i);
		nb_str translation = text(file, translations + 8 * i);

		if (message.len && translation.len)
			take(context, message, translation);
	}
	return true;
}
