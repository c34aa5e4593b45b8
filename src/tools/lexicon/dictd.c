/* SPDX-License-Identifier: MIT
 *
 * dictd.c - see dictd.h.
 */
#include "tools/lexicon/dictd.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tools/lexicon/files.h"

static int digit(char c)
{
	static const char digits[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	const char *at = c ? strchr(digits, c) : NULL;

	return at ? (int)(at - digits) : -1;
}

bool dictd_number(nb_str field, uint64_t *number)
{
	*number = 0;
	if (field.len == 0 || field.len > 10)
		return false;
	for (size_t i = 0; i < field.len; i++) {
		int d = digit(field.ptr[i]);

		if (d < 0)
			return false;
		*number = *number * 64 + (uint64_t)d;
	}
	return true;
}

/* Cut off and return what stands before the next `end`, which is dropped. */
static nb_str take_until(nb_str *rest, char end)
{
	const char *at = memchr(rest->ptr, end, rest->len);
	size_t n = at ? (size_t)(at - rest->ptr) : rest->len;
	nb_str field = { rest->ptr, n };

	rest->ptr += n + (at != NULL);
	rest->len -= n + (at != NULL);
	return field;
}

static bool is_about_itself(nb_str headword)
{
	return headword.len >= 10 && (memcmp(headword.ptr, "00database", 10) == 0 ||
				      memcmp(headword.ptr, "00-databas", 10) == 0);
}

static void take_line(nb_str line, nb_str text, dictd_take *take, void *context)
{
	nb_str headword = take_until(&line, '\t'), offset = take_until(&line, '\t');
	nb_str length = take_until(&line, '\t');
	uint64_t at, n;

	if (headword.len == 0 || is_about_itself(headword) || !dictd_number(offset, &at) ||
	    !dictd_number(length, &n) || at > text.len || n > text.len - at)
		return;
	take(context, headword, (nb_str){ text.ptr + at, n });
}

bool dictd_read(const char *folder, const char *name, dictd_take *take, void *context)
{
	char path[4096];
	nb_str index, text, rest;

	snprintf(path, sizeof(path), "%s/%s.index", folder, name);
	index = file_read(path);
	snprintf(path, sizeof(path), "%s/%s.dict.dz", folder, name);
	text = file_read_gzip(path);
	rest = index;
	while (text.ptr && rest.len)
		take_line(take_until(&rest, '\n'), text, take, context);
	free((void *)(uintptr_t)index.ptr);
	free((void *)(uintptr_t)text.ptr);
	return index.ptr && text.ptr;
}
