/* SPDX-License-Identifier: MIT
 *
 * origin.c - see origin.h.
 */
#include "read/origin.h"

#include <string.h>

#define ORIGIN_MOST 1024u

nb_str nb_origin_keep(nb_maker *m, const nb_origin_of *of, size_t n)
{
	char text[ORIGIN_MOST];
	size_t len = 0;

	for (size_t i = 0; i < n; i++) {
		size_t field = strlen(of[i].field), from = of[i].from ? strlen(of[i].from) : 0;

		if (!from || field + from + 2 > sizeof(text) - len)
			continue;
		if (len)
			text[len++] = ' ';
		memcpy(text + len, of[i].field, field);
		len += field;
		text[len++] = '=';
		memcpy(text + len, of[i].from, from);
		len += from;
	}
	return nb_keep_line(m, (nb_str){ text, len }, sizeof(text));
}
