/* SPDX-License-Identifier: MIT
 *
 * test_file.c - calls on files, made to fail one after the other.
 */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/file.h"
#include "unit/folder.h"

static const int errors[] = { 0, EINTR, EIO }; /* 0: short */

static char *ten_bytes(const char *folder)
{
	folder_write(folder, "f", "0123456789", 10);
	return folder_path(folder, "f");
}

/* Short and interrupted reads are continued; an error is one. */
static void reading_at_a_place(void **state)
{
	char *path = ten_bytes(*state), buffer[11] = "";
	int fd = open(path, O_RDONLY);

	assert_int_equal(nb_file_read_at(NULL, fd, buffer, 10, 7), 3);
	assert_memory_equal(buffer, "789", 3);
	assert_int_equal(nb_file_read_at(NULL, fd, buffer, 10, 10), 0);
	for (size_t i = 0; i < 3; i++) {
		nb_faults f = { .fail_at = 1, .error = errors[i] };
		ssize_t n = nb_file_read_at(&f, fd, buffer, 10, 0);

		assert_int_equal(n, errors[i] == EIO ? -1 : 10);
		if (n < 0)
			assert_int_equal(errno, EIO);
		else
			assert_memory_equal(buffer, "0123456789", 10);
	}
	close(fd);
	free(path);
}

static void writing_at_a_place(void **state)
{
	char *path = ten_bytes(*state), *after;
	int fd = open(path, O_RDWR);
	size_t n;

	for (size_t i = 0; i < 3; i++) {
		nb_faults f = { .fail_at = 1, .error = errors[i] };

		assert_int_equal(nb_file_write_at(&f, fd, "abcd", 4, 4 * i),
				 errors[i] == EIO ? -1 : 0);
	}
	close(fd);
	after = folder_read(*state, "f", &n);
	assert_string_equal(after, "abcdabcd89");
	free(after);
	free(path);
}

static void a_whole_file(void **state)
{
	char *path = ten_bytes(*state);
	nb_error err;
	void *bytes;
	size_t n;

	assert_int_equal(nb_file_load(NULL, path, &bytes, &n, &err), NB_OK);
	assert_int_equal(n, 10);
	assert_memory_equal(bytes, "0123456789", 10);
	free(bytes);
	for (uint64_t at = 1; at <= 2; at++) {
		nb_faults f = { .fail_at = at, .error = EIO };

		assert_int_equal(nb_file_load(&f, path, &bytes, &n, &err), NB_EIO);
		assert_int_equal(err.sys_errno, EIO);
		assert_null(bytes);
	}
	free(path);
}

static void no_file_and_a_folder(void **state)
{
	char *path = folder_path(*state, "absent");
	nb_error err;
	void *bytes;
	size_t n;

	assert_int_equal(nb_file_load(NULL, path, &bytes, &n, &err), NB_EIO);
	assert_int_equal(err.sys_errno, ENOENT);
	assert_int_equal(nb_file_load(NULL, *state, &bytes, &n, &err), NB_EDATA);
	assert_null(bytes);
	free(path);
}

#define test(f) cmocka_unit_test_setup_teardown(f, folder_setup, folder_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		test(reading_at_a_place),
		test(writing_at_a_place),
		test(a_whole_file),
		test(no_file_and_a_folder),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
