/* SPDX-License-Identifier: MIT
 *
 * test_small_set.c - small sets that are emptied again and again.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "across/small_set.h"

static void a_number_is_added_once(void **state)
{
	nb_small_set s = { 0 };

	(void)state;
	assert_int_equal(nb_small_set_begin(&s, 2), NB_OK);
	assert_true(nb_small_set_add(&s, 0));
	assert_true(nb_small_set_add(&s, UINT32_MAX));
	assert_false(nb_small_set_add(&s, 0));
	assert_false(nb_small_set_add(&s, UINT32_MAX));
	nb_small_set_release(&s);
}

static void beginning_empties_it_also_when_generations_run_out(void **state)
{
	nb_small_set s = { 0 };

	(void)state;
	assert_int_equal(nb_small_set_begin(&s, 1), NB_OK);
	assert_true(nb_small_set_add(&s, 7));
	s.generation = UINT32_MAX - 1;
	for (int k = 0; k < 4; k++) {
		assert_int_equal(nb_small_set_begin(&s, 1), NB_OK);
		assert_true(nb_small_set_add(&s, 7));
		assert_false(nb_small_set_add(&s, 7));
	}
	nb_small_set_release(&s);
}

static void it_says_what_a_table_of_all_numbers_says(void **state)
{
	enum { NUMBERS = 3000 };
	static uint8_t had[NUMBERS];
	nb_small_set s = { 0 };
	uint32_t x = 1;

	(void)state;
	for (uint32_t n = 1; n < 3000; n = 2 * n + 1) {
		memset(had, 0, sizeof(had));
		assert_int_equal(nb_small_set_begin(&s, n), NB_OK);
		for (uint32_t k = 0; k < n; k++) {
			uint32_t number = (x = x * 1664525 + 1013904223) % NUMBERS;

			assert_int_equal(nb_small_set_add(&s, number), !had[number]);
			had[number] = 1;
		}
	}
	nb_small_set_release(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_number_is_added_once),
		cmocka_unit_test(beginning_empties_it_also_when_generations_run_out),
		cmocka_unit_test(it_says_what_a_table_of_all_numbers_says),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
