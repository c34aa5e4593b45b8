/* SPDX-License-Identifier: MIT
 *
 * Reports of a series are kept out of one event.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "events/series.h"

/* Five articles; 1 is a copy of 0, so the reports are 0, 2, 3, 4 and numbered 0 to 3. */
static uint32_t leader[] = { 0, 0, 2, 3, 4 }, report[] = { 0, UINT32_MAX, 1, 2, 3 };

static float score_beside(nb_edge edge, uint32_t a, uint32_t b)
{
	nb_copies copies = { .n = 5, .leader = leader };
	nb_edges edges = { .edge = &edge, .n = 1 };
	nb_link link[] = { { 0, 1, .9f }, { 0, 2, .9f }, { 1, 2, .9f }, { 2, 3, .9f } };
	float score = -1;

	assert_int_equal(nb_cluster_series(&edges, &copies, report, .75, link, 4), NB_OK);
	for (int k = 0; k < 4; k++) {
		if (link[k].a == a && link[k].b == b)
			score = link[k].score;
		else
			assert_true(link[k].score > 0);
	}
	return score;
}

static nb_edge edge(uint32_t a, uint32_t b, nb_relation relation, uint32_t numbers, uint32_t differ)
{
	return (nb_edge){ .a = a, .b = b, .relation = (uint8_t)relation, .numbers = numbers,
			  .numbers_differ = differ };
}

static void other_numbers_part_two_reports(void **state)
{
	(void)state;
	assert_true(score_beside(edge(2, 3, NB_RELATION_SERIES, 4, 3), 1, 2) == 0);
	assert_true(score_beside(edge(3, 4, NB_RELATION_SERIES, 1, 1), 2, 3) == 0);
}

static void what_holds_for_a_copy_holds_for_its_leader(void **state)
{
	(void)state;
	assert_true(score_beside(edge(1, 3, NB_RELATION_SERIES, 4, 4), 0, 2) == 0);
}

static void a_corrected_report_stays(void **state)
{
	(void)state;
	assert_true(score_beside(edge(2, 3, NB_RELATION_SERIES, 4, 2), 1, 2) > 0);
	assert_true(score_beside(edge(2, 3, NB_RELATION_SERIES, 0, 0), 1, 2) > 0);
	assert_true(score_beside(edge(2, 3, NB_RELATION_COPY, 4, 4), 1, 2) > 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(other_numbers_part_two_reports),
		cmocka_unit_test(what_holds_for_a_copy_holds_for_its_leader),
		cmocka_unit_test(a_corrected_report_stays),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
