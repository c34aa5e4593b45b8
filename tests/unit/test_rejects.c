/* SPDX-License-Identifier: MIT
 *
 * test_rejects.c - many bad records: all are counted, a fixed number of them is told of.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <omp.h>

#include "unit/reading.h"

#define FULL NB_REJECT_FULL

static void add_times(struct bytes *b, const char *line, size_t n)
{
	for (size_t i = 0; i < n; i++)
		bytes_add(b, line, strlen(line));
}

static void as_many_as_are_told_of(void **state)
{
	struct bytes b = { 0 };
	struct reading r;

	add_times(&b, "{\n", FULL);
	r = reading_bytes(*state, "in.jsonl", b.p, b.n);
	assert_int_equal(r.n_reject, FULL);
	assert_int_equal(r.n_rejected, FULL);
	for (size_t i = 0; i < FULL; i++) {
		assert_int_equal(r.reject[i].line, i + 1);
		assert_int_equal(r.reject[i].count, 1);
	}
	reading_release(&r);
	free(b.p);
}

/* The one that stands for the others stands where they begin, and says what the first of them was.
 */
static void the_rest_is_one_reject_at_the_end(void **state)
{
	struct bytes b = { 0 };
	struct reading r;

	add_times(&b, "{\n", FULL + 500);
	add_times(&b, "[]\n", 2);
	add_times(&b, "{\"text\":\"a good one\"}\n", 1);
	r = reading_bytes(*state, "in.jsonl", b.p, b.n);
	assert_int_equal(r.n, 1);
	assert_int_equal(r.n_rejected, FULL + 502);
	assert_int_equal(r.file[0].n_rejects, FULL + 502);
	assert_int_equal(r.n_reject, FULL + 3);
	assert_int_equal(r.reject[FULL + 1].reason, NB_REJECT_SHAPE);
	assert_int_equal(r.reject[FULL + 2].reason, NB_REJECT_JSON);
	assert_int_equal(r.reject[FULL + 2].count, 500);
	assert_int_equal(r.reject[FULL + 2].line, FULL + 1);
	assert_int_equal(r.reject[FULL + 2].byte, 2 * FULL);
	assert_str(r.reject[FULL + 2].sample, "{");
	assert_true(r.reject[FULL + 2].detail.len > 0);
	reading_release(&r);
	free(b.p);
}

/* Whatever the batches and threads: a flood of more records than a batch holds, in one file of
 * lines, one of an array, and one that comes behind them. */
static void a_flood_is_the_same_in_every_batch(void **state)
{
	char *path[3], *first = NULL;
	struct bytes lines = { 0 }, array = { 0 };

	add_times(&lines, "{\n", 300000);
	add_times(&lines, "{\"text\":\"behind them\"}\n", 1);
	bytes_add(&array, "[", 1);
	add_times(&array, "\"x\",\n", 50000);
	bytes_add(&array, "{\"text\":\"of the array\"}]", 24);
	folder_write(*state, "a.jsonl", lines.p, lines.n);
	folder_write(*state, "b.json", array.p, array.n);
	folder_write(*state, "c.jsonl", "{\n", 2);
	for (int i = 0; i < 3; i++)
		path[i] = folder_path(*state, i == 0 ? "a.jsonl" : i == 1 ? "b.json" : "c.jsonl");
	for (int threads = 1; threads <= 3; threads++) {
		for (size_t batch = 4096; batch <= 64 << 20; batch *= 128) {
			nb_reader_options o;
			struct reading r;
			char *text;

			omp_set_num_threads(threads);
			nb_reader_options_init(&o);
			o.input = (const char *const *)path;
			o.n_input = 3;
			o.batch_bytes = batch;
			r = reading_of(&o);
			assert_int_equal(r.n, 2);
			assert_int_equal(r.n_rejected, 350001);
			assert_int_equal(r.n_reject, 2 * FULL + 3);
			assert_int_equal(r.reject[FULL].count, 300000 - FULL);
			assert_int_equal(r.reject[2 * FULL + 1].count, 50000 - FULL);
			assert_int_equal(r.reject[2 * FULL + 2].file, 2);
			text = reading_dump(&r);
			if (first)
				assert_string_equal(text, first);
			else
				first = strdup(text);
			free(text);
			reading_release(&r);
		}
	}
	for (int i = 0; i < 3; i++)
		free(path[i]);
	free(first);
	free(lines.p);
	free(array.p);
}

#define test(f) cmocka_unit_test_setup_teardown(f, folder_setup, folder_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		test(as_many_as_are_told_of),
		test(the_rest_is_one_reject_at_the_end),
		test(a_flood_is_the_same_in_every_batch),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
