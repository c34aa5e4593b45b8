/* SPDX-License-Identifier: MIT
 *
 * test_base.c - status, error detail, arena, growing arrays.
 */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/array.h"
#include "newsbraid/arena.h"

static void every_status_has_a_text(void **state)
{
	(void)state;
	for (int s = NB_ESTOP; s <= NB_OK; s++)
		assert_string_not_equal(nb_status_text((nb_status)s), "unknown status");
	assert_string_equal(nb_status_text((nb_status)1), "unknown status");
}

static void a_failure_keeps_path_and_errno(void **state)
{
	nb_error err;

	(void)state;
	errno = ENOENT;
	assert_int_equal(nb_fail(&err, NB_EIO, "night.jsonl", "cannot open"), NB_EIO);
	assert_string_equal(err.path, "night.jsonl");
	assert_string_equal(err.reason, "cannot open");
	assert_int_equal(err.sys_errno, ENOENT);
	assert_int_equal(nb_fail(&err, NB_EDATA, NULL, "bad"), NB_EDATA);
	assert_int_equal(err.sys_errno, 0);
	assert_int_equal(nb_fail(NULL, NB_ENOMEM, "x", "y"), NB_ENOMEM);
}

static void a_long_path_keeps_its_end(void **state)
{
	char path[2 * NB_ERROR_PATH];
	nb_error err;

	(void)state;
	memset(path, 'x', sizeof(path));
	memcpy(path + sizeof(path) - 10, "/end.jsonl", 10);
	path[sizeof(path) - 1] = '\0';
	nb_fail(&err, NB_EDATA, path, "bad");
	assert_int_equal(strlen(err.path), NB_ERROR_PATH - 1);
	assert_string_equal(err.path + NB_ERROR_PATH - 10, "/end.json");
}

static void arena_pieces_are_aligned_and_apart(void **state)
{
	nb_arena a;
	unsigned char *piece[500];

	(void)state;
	nb_arena_init(&a);
	for (int round = 0; round < 3; round++) {
		for (size_t i = 0; i < 500; i++) {
			piece[i] = nb_arena_alloc(&a, i * 7);
			assert_non_null(piece[i]);
			assert_int_equal((uintptr_t)piece[i] % 16, 0);
			memset(piece[i], (int)(i & 0xff), i * 7);
		}
		for (size_t i = 0; i < 500; i++)
			for (size_t k = 0; k < i * 7; k++)
				assert_int_equal(piece[i][k], i & 0xff);
		nb_arena_reset(&a);
	}
	nb_arena_release(&a);
	nb_arena_release(&a);
}

static void arena_strings_end_with_nul_and_keep_absence(void **state)
{
	nb_arena a;
	nb_str copy;

	(void)state;
	nb_arena_init(&a);
	assert_int_equal(nb_arena_str(&a, (nb_str){ "news and more", 4 }, &copy), NB_OK);
	assert_string_equal(copy.ptr, "news");
	assert_int_equal(copy.len, 4);
	assert_int_equal(nb_arena_str(&a, (nb_str){ NULL, 0 }, &copy), NB_OK);
	assert_null(copy.ptr);
	assert_null(nb_arena_alloc(&a, SIZE_MAX - 3));
	nb_arena_release(&a);
}

static void reserve_grows_and_refuses_overflow(void **state)
{
	uint64_t *x = NULL;
	size_t capacity = 0;

	(void)state;
	for (size_t i = 0; i < 10000; i++) {
		assert_int_equal(NB_GROW(x, &capacity, i + 1), NB_OK);
		x[i] = i;
	}
	for (size_t i = 0; i < 10000; i++)
		assert_int_equal(x[i], i);
	assert_int_equal(NB_GROW(x, &capacity, SIZE_MAX / 4), NB_ENOMEM);
	assert_int_equal(x[9999], 9999);
	free(x);
	assert_null(nb_block_alloc(SIZE_MAX / 2, 4));
}

static void blocks_are_aligned_for_kernels(void **state)
{
	(void)state;
	for (size_t n = 1; n < (size_t)1 << 24; n = n * 5 + 3) {
		unsigned char *p = nb_block_zero(n, 1);

		assert_non_null(p);
		assert_int_equal((uintptr_t)p % 64, 0);
		assert_int_equal(p[0] | p[n - 1], 0);
		free(p);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_status_has_a_text),
		cmocka_unit_test(a_failure_keeps_path_and_errno),
		cmocka_unit_test(a_long_path_keeps_its_end),
		cmocka_unit_test(arena_pieces_are_aligned_and_apart),
		cmocka_unit_test(arena_strings_end_with_nul_and_keep_absence),
		cmocka_unit_test(reserve_grows_and_refuses_overflow),
		cmocka_unit_test(blocks_are_aligned_for_kernels),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
