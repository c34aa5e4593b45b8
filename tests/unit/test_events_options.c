/* SPDX-License-Identifier: MIT
 *
 * Options of events: the defaults are in their ranges, and what is not is refused by name.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "newsbraid/events.h"

static void defaults_are_in_their_ranges(void **state)
{
	nb_events_options o;

	(void)state;
	nb_events_options_init(&o);
	assert_int_equal(nb_events_options_check(&o, NULL), NB_OK);
	assert_true(o.related_stop == 0.35);
	assert_int_equal(o.across_rounds, 3);
}

/* Every field at the ends of its range, and beyond. */
static void each_field_is_held_to_its_range(void **state)
{
	nb_events_options o;
	nb_error err;

	(void)state;
#define HELD(kind, name, value, least, most, unit, text)                                      \
	nb_events_options_init(&o);                                                           \
	o.name = least;                                                                       \
	assert_int_equal(nb_events_options_check(&o, &err), NB_OK);                           \
	o.name = most;                                                                        \
	assert_int_equal(nb_events_options_check(&o, &err), NB_OK);                           \
	o.name = most + 1;                                                                    \
	assert_int_equal(nb_events_options_check(&o, &err), NB_EINVAL);                       \
	assert_string_equal(err.path, #name);
	NB_EVENTS_OPTIONS(HELD)
#undef HELD
}

static void a_number_that_is_none_is_refused(void **state)
{
	nb_events_options o;

	(void)state;
	nb_events_options_init(&o);
	o.story_stop = NAN;
	assert_int_equal(nb_events_options_check(&o, NULL), NB_EINVAL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(defaults_are_in_their_ranges),
		cmocka_unit_test(each_field_is_held_to_its_range),
		cmocka_unit_test(a_number_that_is_none_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
