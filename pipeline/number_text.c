/* SPDX-License-Identifier: MIT
 *
 * number_text.c - see number_text.h.
 */
#include "number_text.h"

#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char units[] = "KMGT"; /* powers of 1024 */

bool parse_count(const char *text, uint64_t *out)
{
	char *end;
	unsigned long long x;

	if (*text < '0' || *text > '9') /* no sign, no blanks */
		return false;
	errno = 0;
	x = strtoull(text, &end, 10);
	*out = x;
	return !errno && !*end;
}

bool parse_bytes(const char *text, uint64_t *out)
{
	char number[24];
	size_t len = strlen(text), shift = 0;
	const char *unit = len > 1 ? strchr(units, text[len - 1] & ~0x20) : NULL;

	if (unit && text[len - 1] > '9') {
		shift = 10 * (size_t)(unit - units + 1);
		len--;
	}
	if (len >= sizeof(number))
		return false;
	memcpy(number, text, len);
	number[len] = '\0';
	if (!parse_count(number, out) || *out > UINT64_MAX >> shift)
		return false;
	*out <<= shift;
	return true;
}

bool parse_real(const char *text, double *out)
{
	char *end;

	*out = strtod(text, &end);
	return end != text && !*end && isfinite(*out);
}

void real_text(double x, char out[NUMBER_TEXT])
{
	for (int digits = 6; digits <= 17; digits++) {
		snprintf(out, NUMBER_TEXT, "%.*g", digits, x);
		if (strtod(out, NULL) == x)
			return;
	}
}

void bytes_text(uint64_t x, char out[NUMBER_TEXT])
{
	size_t unit = 0;

	for (; x > 0 && x % 1024 == 0 && unit < strlen(units); x /= 1024)
		unit++;
	snprintf(out, NUMBER_TEXT, "%" PRIu64 "%.*s", x, unit > 0,
		 unit ? &units[unit - 1] : "");
}
