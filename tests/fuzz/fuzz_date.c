/* SPDX-License-Identifier: MIT
 *
 * fuzz_date.c - any bytes as a date: what is accepted is in range, and survives being written.
 */
#include <stdlib.h>
#include <string.h>

#include "newsbraid/date.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char out[NB_DATE_TEXT];
	int64_t time, again;

	if (!nb_date_parse((nb_str){ (const char *)data, size }, &time))
		return 0;
	nb_date_format(time, out);
	if (strlen(out) != 20 || time == 0)
		abort();
	/* an offset may push a date just over the edge of the years that are accepted */
	if (strncmp(out, "1600-01-02", 10) > 0 && strncmp(out, "2200-12-30", 10) < 0)
		if (!nb_date_parse((nb_str){ out, 20 }, &again) || again != time)
			abort();
	return 0;
}
