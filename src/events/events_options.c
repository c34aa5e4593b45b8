/* SPDX-License-Identifier: MIT
 *
 * events_options.c - defaults and ranges of nb_events_options: see events.h.
 */
#include <stddef.h>
#include <string.h>

#include "newsbraid/events.h"

enum { REAL, COUNT };

static const struct {
	const char *name;
	int kind;
	size_t at;
	double least, most;
} row[] = {
#define ROW(kind, name, value, least, most, unit, text)                                       \
	{ #name, kind, offsetof(nb_events_options, name), least, most },
	NB_EVENTS_OPTIONS(ROW)
#undef ROW
};

void nb_events_options_init(nb_events_options *o)
{
#define VALUE(kind, name, value, ...) .name = value,
	*o = (nb_events_options){ NB_EVENTS_OPTIONS(VALUE) };
#undef VALUE
}

static double value_of(const nb_events_options *o, size_t i)
{
	const char *field = (const char *)o + row[i].at;
	double real;
	uint32_t count;

	memcpy(&count, field, sizeof(count));
	if (row[i].kind == COUNT)
		return count;
	memcpy(&real, field, sizeof(real));
	return real;
}

nb_status nb_events_options_check(const nb_events_options *o, nb_error *err)
{
	for (size_t i = 0; i < sizeof(row) / sizeof(*row); i++) {
		double x = value_of(o, i);

		if (!(x >= row[i].least && x <= row[i].most))
			return nb_fail(err, NB_EINVAL, row[i].name,
				       "this option of events is not in its range");
	}
	return NB_OK;
}
