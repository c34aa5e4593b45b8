/* SPDX-License-Identifier: MIT
 *
 * Labels to events: numbering, members, roles.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "events/event_set.h"

static void clusters_are_numbered_by_their_smallest_member(void **state)
{
	uint32_t label[] = { 0, 1, 1, 0, 4, 1 };
	const uint32_t want[] = { 0, 1, 1, 0, 2, 1 };

	(void)state;
	assert_int_equal(nb_number_clusters(6, label), 3);
	assert_memory_equal(label, want, sizeof(want));
}

/* Articles 0 and 3 lead groups that report one event; 1 copies 0, 4 copies 3; 2 is alone. */
static void copies_come_with_their_leader(void **state)
{
	uint32_t leader[] = { 0, 0, 2, 3, 3 }, label[] = { 0, 0, 2, 0, 0 };
	const uint32_t event[] = { 0, 0, 1, 0, 0 }, member[] = { 0, 1, 3, 4, 2 };
	nb_copies copies = { .n = 5, .leader = leader };
	nb_events e;

	(void)state;
	assert_int_equal(nb_event_set_init(&copies, label, &e), NB_OK);
	assert_int_equal(e.n_events, 2);
	assert_memory_equal(e.event, event, sizeof(event));
	assert_memory_equal(e.member, member, sizeof(member));
	assert_int_equal(e.member_at[0], 0);
	assert_int_equal(e.member_at[1], 4);
	assert_int_equal(e.member_at[2], 5);
	assert_int_equal(e.central[1], 2);
	assert_int_equal(e.storyline[1], 1);
	nb_events_release(&e);
}

static void a_night_without_articles_has_no_events(void **state)
{
	nb_copies copies = { 0 };
	nb_events e;

	(void)state;
	assert_int_equal(nb_event_set_init(&copies, NULL, &e), NB_OK);
	assert_int_equal(e.n_events, 0);
	nb_events_release(&e);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(clusters_are_numbered_by_their_smallest_member),
		cmocka_unit_test(copies_come_with_their_leader),
		cmocka_unit_test(a_night_without_articles_has_no_events),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
