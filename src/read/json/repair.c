/* SPDX-License-Identifier: MIT
 *
 * repair.c - see repair.h.
 */
#include "read/json/repair.h"

#include <stdbool.h>
#include <string.h>

#include "newsbraid/utf8.h"

/* The number in "\uXXXX" at p; -1 if it is none. */
static int escape_value(const char *p, size_t n)
{
	int value = 0;

	if (n < 6 || p[0] != '\\' || p[1] != 'u')
		return -1;
	for (int i = 2; i < 6; i++) {
		char c = (char)(p[i] | 32);

		if (p[i] >= '0' && p[i] <= '9')
			value = value * 16 + (p[i] - '0');
		else if (c >= 'a' && c <= 'f')
			value = value * 16 + (c - 'a' + 10);
		else
			return -1;
	}
	return value;
}

/* Behind the escape at p[0] == '\\'; half a surrogate pair is overwritten. */
static size_t repair_escape(char *p, size_t n)
{
	int value = escape_value(p, n), next;

	if (value < 0)
		return n < 2 ? n : 2;
	if (value < 0xd800 || value > 0xdfff)
		return 6;
	next = n >= 12 ? escape_value(p + 6, n - 6) : -1;
	if (value < 0xdc00 && next >= 0xdc00 && next <= 0xdfff)
		return 12;
	memcpy(p, "\\ufffd", 6);
	return 6;
}

size_t nb_json_repair(const char *json, size_t n, char *out)
{
	bool in_string = false;
	size_t i = 0;

	n = nb_utf8_repair(json, n, out, NULL);
	while (i < n) {
		if (in_string && out[i] == '\\') {
			i += repair_escape(out + i, n - i);
			continue;
		}
		if (out[i] == '"')
			in_string = !in_string;
		else if (in_string && (out[i] == '\t' || out[i] == '\n'))
			out[i] = ' ';
		i++;
	}
	return n;
}
