/* SPDX-License-Identifier: MIT
 *
 * test_radix.c - sorting by bytes: against qsort, for every number of threads.
 */
#include "base/radix.h"

#include <omp.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "match_data.h"

static const size_t lengths[] = { 0, 1, 2, 47, 48, 49, 255, 256, 1000, 65535, 65536, 300001 };
static const int team[] = { 1, 2, 7 };

/* keys that differ everywhere, in some bytes, across byte bounds, nowhere */
static const uint64_t masks[] = { UINT64_MAX, 0xffff, UINT64_C(0xff00000000ff0000),
				  UINT64_C(0x8000000000000001), 0x7f8, 0 };

static int by_value(const void *x, const void *y)
{
	uint64_t a = *(const uint64_t *)x, b = *(const uint64_t *)y;

	return (a > b) - (a < b);
}

static void sorts_as_qsort_does(void **state)
{
	(void)state;
	for (size_t l = 0; l < sizeof(lengths) / sizeof(*lengths); l++)
		for (size_t m = 0; m < sizeof(masks) / sizeof(*masks); m++) {
			size_t n = lengths[l], bytes = (n + 1) * sizeof(uint64_t);
			uint64_t *given = must(malloc(bytes)), *want = must(malloc(bytes));
			uint64_t *got = must(malloc(bytes)), *scratch = must(malloc(bytes));
			uint64_t random = n + m;

			for (size_t i = 0; i < n; i++)
				given[i] = (next_random(&random) & masks[m]) | 0x1000;
			memcpy(want, given, n * sizeof(*want));
			qsort(want, n, sizeof(*want), by_value);
			memcpy(got, given, n * sizeof(*got));
			nb_radix_sort_serial(got, n, scratch);
			assert_memory_equal(got, want, n * sizeof(*got));
			for (size_t t = 0; t < sizeof(team) / sizeof(*team); t++) {
				omp_set_num_threads(team[t]);
				memcpy(got, given, n * sizeof(*got));
				nb_radix_sort(got, n, scratch);
				assert_memory_equal(got, want, n * sizeof(*got));
			}
			free(given);
			free(want);
			free(got);
			free(scratch);
		}
}

/* The value says where an item stood: among equal keys it must rise. */
static void check_items(const nb_radix_item *item, size_t n, const uint64_t *given)
{
	for (size_t i = 0; i < n; i++) {
		assert_true(item[i].key == given[item[i].value]);
		if (i > 0) {
			assert_true(item[i - 1].key <= item[i].key);
			assert_true(item[i - 1].key < item[i].key ||
				    item[i - 1].value < item[i].value);
		}
	}
}

static void items_keep_their_order(void **state)
{
	(void)state;
	for (size_t l = 0; l < sizeof(lengths) / sizeof(*lengths); l++)
		for (size_t t = 0; t <= sizeof(team) / sizeof(*team); t++) {
			size_t n = lengths[l];
			nb_radix_item *item = must(malloc((n + 1) * sizeof(*item)));
			nb_radix_item *scratch = must(malloc((n + 1) * sizeof(*scratch)));
			uint64_t *given = must(malloc((n + 1) * sizeof(*given)));
			uint64_t random = n;

			for (size_t i = 0; i < n; i++) {
				given[i] = next_random(&random) & UINT64_C(0x3000000f00);
				item[i] = (nb_radix_item){ given[i], i };
			}
			if (t == sizeof(team) / sizeof(*team)) {
				nb_radix_sort_items_serial(item, n, scratch);
			} else {
				omp_set_num_threads(team[t]);
				nb_radix_sort_items(item, n, scratch);
			}
			check_items(item, n, given);
			free(item);
			free(scratch);
			free(given);
		}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sorts_as_qsort_does),
		cmocka_unit_test(items_keep_their_order),
	};

	return cmocka_run_group_tests_name("radix", tests, NULL, NULL);
}
