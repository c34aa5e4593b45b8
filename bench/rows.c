/* SPDX-License-Identifier: MIT
 *
 * rows.c - see rows.h.
 */
#include "rows.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "newsbraid/publish.h"

nb_status rows_each(const char *dir, const char *name, void *to,
		    nb_status (*take)(void *, nb_str, nb_error *), nb_error *err)
{
	char path[4096];
	nb_rows *rows = NULL;
	nb_str row;
	nb_status status;

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	status = nb_rows_open(path, &rows, err);
	while (status == NB_OK) {
		status = nb_rows_next(rows, &row, err);
		if (status != NB_OK || !row.ptr)
			break;
		status = take(to, row, err);
	}
	nb_rows_free(rows);
	return status;
}

/* A quote inside a string is escaped there, so that "key": stands nowhere else. */
nb_str row_field(nb_str row, const char *key)
{
	char pattern[32];
	int n = snprintf(pattern, sizeof(pattern), "\"%s\":", key);
	const char *at = memmem(row.ptr, row.len, pattern, (size_t)n), *end = row.ptr + row.len, *p;

	if (!at)
		return (nb_str){ 0 };
	at += n;
	if (at < end && *at == '"') {
		for (p = ++at; p < end && *p != '"'; p++)
			p += *p == '\\';
		return (nb_str){ at, (size_t)(p - at) };
	}
	for (p = at; p < end && *p != ',' && *p != '}' && *p != ']'; p++)
		;
	if (p - at == 4 && memcmp(at, "null", 4) == 0)
		return (nb_str){ 0 };
	return (nb_str){ at, (size_t)(p - at) };
}

double row_number(nb_str row, const char *key)
{
	char text[40];
	nb_str s = row_field(row, key);

	snprintf(text, sizeof(text), "%.*s", (int)(s.len < 39 ? s.len : 39), s.ptr ? s.ptr : "");
	return s.ptr ? strtod(text, NULL) : -1;
}

/* "00xx": our tables write nothing but control characters that way. */
static char control(const char *four)
{
	char hex[5] = { four[0], four[1], four[2], four[3], 0 };

	return (char)strtoul(hex, NULL, 16);
}

size_t row_unescape(nb_str s, char *out)
{
	static const char name[] = "bfnrt", value[] = "\b\f\n\r\t";
	const char *p = s.ptr, *end = s.ptr + s.len;
	char *o = out;

	while (p < end) {
		const char *escape = memchr(p, '\\', (size_t)(end - p)), *known;
		size_t n = (size_t)((escape ? escape : end) - p);

		memcpy(o, p, n);
		o += n;
		p += n;
		if (end - p < 2)
			break;
		known = strchr(name, p[1]);
		if (p[1] == 'u' && end - p >= 6) {
			*o++ = control(p + 2);
			p += 6;
			continue;
		}
		*o++ = known ? value[known - name] : p[1];
		p += 2;
	}
	return (size_t)(o - out);
}
