/* SPDX-License-Identifier: MIT
 *
 * test_output.c - the output folder is there whole or not at all, whatever fails and whenever the
 * process dies; and nothing is removed that is not ours.
 */
#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/wait.h>

#include <cmocka.h>

#include "base/status.h"
#include "folder.h"
#include "publish/output.h"

#define MANIFEST "{\"tool\": \"newsbraid\", \"night\": %d}\n"
#define ROWS     2000

/* Write a whole output of one table and a manifest, both of which say `night`. */
static nb_status write_night(const char *path, int night, bool replace, nb_faults *faults)
{
	nb_output *o = NULL;
	nb_table *t = NULL;
	nb_table_info info;
	char text[100];
	nb_status status = nb_output_new_faults(path, replace, faults, &o, NULL);

	NB_TRY(status, nb_table_new(o, "edges.jsonl.zst", 1, 1, &t, NULL));
	for (int i = 0; status == NB_OK && i < ROWS; i++) {
		int n = sprintf(text, "{\"night\":%d,\"row\":%d}\n", night, i);

		status = nb_table_append(t, text, (size_t)n, 1, NULL);
	}
	NB_TRY(status, nb_table_close(t, &info, NULL));
	nb_table_free(t);
	if (status == NB_OK) {
		int n = sprintf(text, MANIFEST, night);

		status = nb_output_file(o, "manifest.json", text, (size_t)n, NULL);
	}
	NB_TRY(status, nb_output_commit(o, NULL));
	nb_output_free(o);
	return status;
}

/* The night that the output at path is of, 0 if nothing is there; fails if it is not whole. */
static int whole_night(const char *folder, const char *name)
{
	char *path = folder_path(folder, name), *table = folder_path(path, "edges.jsonl.zst");
	char *manifest, want[100];
	int night = 0, rows = 0;
	size_t n;
	nb_rows *r;
	nb_str row;

	if (folder_has(folder, name)) {
		assert_int_equal(folder_count(path), 3);
		assert_true(folder_has(path, "_SUCCESS"));
		manifest = folder_read(path, "manifest.json", &n);
		assert_int_equal(sscanf(manifest, MANIFEST, &night), 1);
		free(manifest);
		assert_int_equal(nb_rows_open(table, &r, NULL), NB_OK);
		for (;; rows++) {
			assert_int_equal(nb_rows_next(r, &row, NULL), NB_OK);
			if (!row.ptr)
				break;
			n = (size_t)sprintf(want, "{\"night\":%d,\"row\":%d}", night, rows);
			assert_int_equal(row.len, n);
			assert_memory_equal(row.ptr, want, n);
		}
		assert_int_equal(rows, ROWS);
		nb_rows_free(r);
	}
	free(table);
	free(path);
	return night;
}

static void it_appears_whole_at_commit(void **state)
{
	char *path = folder_path(*state, "out");
	nb_output *o;

	assert_int_equal(nb_output_new(path, false, &o, NULL), NB_OK);
	assert_int_equal(nb_output_file(o, "run.json", "{}", 2, NULL), NB_OK);
	assert_false(folder_has(*state, "out"));
	assert_true(folder_has(nb_output_tmp(o), "run.json"));
	assert_int_equal(nb_output_commit(o, NULL), NB_OK);
	assert_true(folder_has(path, "run.json"));
	assert_true(folder_has(path, "_SUCCESS"));
	assert_int_equal(nb_output_commit(o, NULL), NB_EINVAL);
	nb_output_free(o);
	assert_int_equal(folder_count(*state), 1);
	assert_int_equal(folder_count(path), 2);
	free(path);
}

static void without_commit_nothing_is_left(void **state)
{
	char *path = folder_path(*state, "out"), *deep;
	nb_output *o;

	assert_int_equal(nb_output_new(path, false, &o, NULL), NB_OK);
	assert_int_equal(nb_output_file(o, "run.json", "{}", 2, NULL), NB_OK);
	deep = folder_path(nb_output_tmp(o), "folder");
	assert_int_equal(mkdir(deep, 0700), 0);
	folder_write(deep, "file", "x", 1);
	nb_output_free(o);
	nb_output_free(NULL);
	assert_int_equal(folder_count(*state), 0);
	free(deep);
	free(path);
}

static void half_an_output_cannot_be_committed(void **state)
{
	char *path = folder_path(*state, "out");
	nb_output *o;
	nb_table *t;

	assert_int_equal(nb_output_new(path, false, &o, NULL), NB_OK);
	assert_int_equal(nb_table_new(o, "texts.jsonl.zst", 1, 1, &t, NULL), NB_OK);
	assert_int_equal(nb_output_commit(o, NULL), NB_EINVAL);
	nb_table_free(t);
	assert_int_equal(nb_output_commit(o, NULL), NB_EINVAL);
	nb_output_free(o);
	assert_int_equal(nb_output_new(path, false, &o, NULL), NB_OK);
	assert_int_equal(nb_output_file(o, "run.json", "{}", 2, NULL), NB_OK);
	assert_int_equal(nb_output_file(o, "run.json", "{}", 2, NULL), NB_EIO);
	assert_int_equal(nb_output_commit(o, NULL), NB_EINVAL);
	nb_output_free(o);
	assert_int_equal(folder_count(*state), 0);
	free(path);
}

static void a_newer_night_replaces_an_older_one(void **state)
{
	char *path = folder_path(*state, "out"), *slashes = folder_path(*state, "out//");

	assert_int_equal(mkdir(path, 0777), 0); /* an empty folder is nobody's */
	for (int night = 1; night <= 3; night++) {
		assert_int_equal(write_night(night == 2 ? slashes : path, night, false, NULL),
				 NB_OK);
		assert_int_equal(whole_night(*state, "out"), night);
		assert_int_equal(folder_count(*state), 1);
	}
	free(slashes);
	free(path);
}

static void a_link_stays_a_link(void **state)
{
	char *disk = folder_path(*state, "disk"), *link = folder_path(*state, "out");
	char *dangling = folder_path(*state, "nowhere");
	struct stat s;

	assert_int_equal(mkdir(disk, 0777), 0);
	assert_int_equal(symlink(disk, link), 0);
	assert_int_equal(write_night(link, 1, false, NULL), NB_OK);
	assert_int_equal(write_night(link, 2, false, NULL), NB_OK);
	assert_int_equal(whole_night(*state, "disk"), 2);
	assert_int_equal(lstat(link, &s), 0);
	assert_true(S_ISLNK(s.st_mode));
	assert_int_equal(symlink("none", dangling), 0);
	assert_int_equal(write_night(dangling, 1, true, NULL), NB_EIO);
	free(dangling);
	free(link);
	free(disk);
}

static void names_that_cannot_be(void **state)
{
	char *missing = folder_path(*state, "no/out");
	nb_output *o;
	nb_error err;
	const char *bad[] = { "", ".", "..", "/", "//" };

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		assert_int_equal(nb_output_new(bad[i], true, &o, &err), NB_EINVAL);
		assert_null(o);
	}
	assert_int_equal(nb_output_new(missing, true, &o, &err), NB_EIO);
	assert_int_equal(err.sys_errno, ENOENT);
	free(missing);
}

/* Refused as it stands; replaced, and nothing left of it, when asked to. */
static void expect_foreign(const char *folder, const char *name)
{
	char *path = folder_path(folder, name);
	nb_output *o;
	nb_error err;

	assert_int_equal(nb_output_new(path, false, &o, &err), NB_EINVAL);
	assert_non_null(strstr(err.reason, "not replaced"));
	assert_int_equal(write_night(path, 5, true, NULL), NB_OK);
	assert_int_equal(whole_night(folder, name), 5);
	assert_int_equal(folder_count(folder), 1);
	assert_int_equal(nb_file_remove(path), 0);
	free(path);
}

static void what_is_not_ours_stays(void **state)
{
	char *path = folder_path(*state, "out"), *sub = folder_path(path, "sub");

	folder_write(*state, "out", "a file", 6);
	expect_foreign(*state, "out");
	assert_int_equal(mkdir(path, 0777), 0);
	folder_write(path, "thesis.txt", "", 0);
	expect_foreign(*state, "out");
	assert_int_equal(mkdir(path, 0777), 0);
	folder_write(path, "manifest.json", "{\"tool\": \"other\"}", 17);
	expect_foreign(*state, "out");
	/* a night of ours into which somebody put something */
	assert_int_equal(write_night(path, 1, false, NULL), NB_OK);
	folder_write(path, "thesis.txt", "", 0);
	expect_foreign(*state, "out");
	assert_int_equal(write_night(path, 1, false, NULL), NB_OK);
	assert_int_equal(mkdir(sub, 0777), 0);
	folder_write(sub, "manifest.json", "", 0);
	expect_foreign(*state, "out");
	free(sub);
	free(path);
}

/* What appears at OUT while the run is on is looked at again before it is replaced. */
static void what_appears_meanwhile_stays(void **state)
{
	char *path = folder_path(*state, "out");
	nb_output *o;

	assert_int_equal(nb_output_new(path, false, &o, NULL), NB_OK);
	folder_write(*state, "out", "a file", 6);
	assert_int_equal(nb_output_commit(o, NULL), NB_EINVAL);
	nb_output_free(o);
	assert_true(folder_has(*state, "out"));
	assert_int_equal(folder_count(*state), 1);
	free(path);
}

/* The id of a process that is no more. */
static pid_t dead_pid(void)
{
	pid_t pid = fork();

	if (pid == 0)
		_exit(0);
	waitpid(pid, NULL, 0);
	return pid;
}

static void make_folder(const char *folder, const char *form, pid_t pid)
{
	char name[100], *path;

	snprintf(name, sizeof(name), form, (long)pid);
	path = folder_path(folder, name);
	assert_int_equal(mkdir(path, 0777), 0);
	folder_write(path, "half.jsonl.zst", "x", 1);
	free(path);
}

static void leavings_of_dead_runs_are_removed(void **state)
{
	char *path = folder_path(*state, "out");
	pid_t dead = dead_pid();
	nb_output *o;

	make_folder(*state, "out.tmp-%ld", dead);
	make_folder(*state, "out.tmp-%ld", getpid()); /* of an earlier process with our id */
	make_folder(*state, "out.tmp-%ld", getppid()); /* from here on to be kept */
	make_folder(*state, "out.tmp-%ldx", dead);
	make_folder(*state, "about.tmp-%ld", dead);
	make_folder(*state, "out.tmp", dead);
	assert_int_equal(nb_output_new(path, false, &o, NULL), NB_OK);
	nb_output_free(o);
	assert_int_equal(folder_count(*state), 4);
	free(path);
}

static void two_runs_do_not_share_a_folder(void **state)
{
	char *path = folder_path(*state, "out");
	nb_output *o, *second;
	nb_error err;

	assert_int_equal(nb_output_new(path, false, &o, NULL), NB_OK);
	assert_int_equal(nb_output_new(path, false, &second, &err), NB_EIO);
	assert_int_equal(err.sys_errno, EEXIST);
	assert_int_equal(nb_output_commit(o, NULL), NB_OK);
	nb_output_free(o);
	free(path);
}

/* Where the file system cannot exchange, a run may die between its two renames. */
static void an_output_that_was_moved_aside_comes_back(void **state)
{
	char *path = folder_path(*state, "out"), *aside;
	char name[100];
	nb_output *o;

	snprintf(name, sizeof(name), "out.old-%ld", (long)dead_pid());
	aside = folder_path(*state, name);
	assert_int_equal(write_night(path, 1, false, NULL), NB_OK);
	assert_int_equal(rename(path, aside), 0);
	assert_int_equal(nb_output_new(path, false, &o, NULL), NB_OK);
	nb_output_free(o);
	assert_int_equal(whole_night(*state, "out"), 1);
	assert_int_equal(folder_count(*state), 1);
	/* if the new one stands already, the old one was only not removed yet */
	assert_int_equal(mkdir(aside, 0777), 0);
	assert_int_equal(write_night(path, 2, false, NULL), NB_OK);
	assert_int_equal(whole_night(*state, "out"), 2);
	assert_int_equal(folder_count(*state), 1);
	free(aside);
	free(path);
}

/*
 * Make call n fail, for every n until the run makes fewer than n calls.  An error leaves OUT as it
 * was, success leaves the new night, and nothing else is left in either case.  Returns how many of
 * the calls the run could do without.
 */
static int fail_every_call(const char *folder, int error, bool before)
{
	char *path = folder_path(folder, "out");
	bool reached = true;
	int n_survived = 0;

	for (uint64_t n = 1; reached; n++) {
		nb_faults faults = { .fail_at = n, .error = error };
		nb_status status;
		int old = before ? 1 : 0;

		(void)nb_file_remove(path);
		if (before)
			assert_int_equal(write_night(path, 1, false, NULL), NB_OK);
		status = write_night(path, 2, false, &faults);
		reached = faults.calls >= n;
		if (!reached)
			assert_int_equal(status, NB_OK);
		else if (status == NB_OK)
			n_survived++;
		else
			assert_int_not_equal(error, 0); /* short reads and writes are continued */
		assert_int_equal(whole_night(folder, "out"), status == NB_OK ? 2 : old);
		assert_int_equal(folder_count(folder), status == NB_OK || before ? 1 : 0);
		assert_true(n < 200);
	}
	free(path);
	return n_survived;
}

static void one_failing_call(void **state)
{
	for (int before = 0; before < 2; before++) {
		assert_int_equal(fail_every_call(*state, EIO, before), 0);
		assert_int_equal(fail_every_call(*state, ENOSPC, before), 0);
		assert_true(fail_every_call(*state, EINTR, before) > 10);
		assert_true(fail_every_call(*state, 0, before) > 10);
		/* file systems that cannot exchange say EINVAL: two renames do instead */
		assert_int_equal(fail_every_call(*state, EINVAL, before), before);
	}
}

/* A disk that stays full or broken may make the way back fail as well: then one of the two nights
 * stands there, whole. */
static void every_later_call_fails(void **state)
{
	char *path = folder_path(*state, "out");
	bool reached = true;

	for (uint64_t n = 1; reached; n++) {
		nb_faults faults = { .fail_at = n, .error = ENOSPC, .stays = true };
		nb_status status;
		int night;

		(void)nb_file_remove(path);
		assert_int_equal(write_night(path, 1, false, NULL), NB_OK);
		status = write_night(path, 2, false, &faults);
		night = whole_night(*state, "out");
		reached = faults.calls >= n;
		assert_true(night == 1 || night == 2);
		assert_true(status != NB_OK || night == 2);
	}
	free(path);
}

/* kill -9 at any moment: a reader never sees anything but a whole night, and the next run cleans
 * up. */
static void a_killed_run_leaves_the_last_night(void **state)
{
	char *path = folder_path(*state, "out");
	int last = 0;
	nb_output *o;

	for (int round = 0; round < 40; round++) {
		int from = last, status;
		pid_t pid = fork();

		if (pid == 0) {
			for (int night = from + 1;; night++)
				if (write_night(path, night, false, NULL) != NB_OK)
					_exit(1);
		}
		usleep((useconds_t)(round * 1511 % 20000));
		kill(pid, SIGKILL);
		waitpid(pid, &status, 0);
		assert_true(WIFSIGNALED(status)); /* it did not fail by itself */
		last = whole_night(*state, "out");
		assert_true(last >= from);
		assert_int_equal(nb_output_new(path, false, &o, NULL), NB_OK);
		nb_output_free(o);
		assert_int_equal(folder_count(*state), last ? 1 : 0);
	}
	assert_true(last > 0);
	free(path);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, folder_setup, folder_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(it_appears_whole_at_commit),
		TEST(without_commit_nothing_is_left),
		TEST(half_an_output_cannot_be_committed),
		TEST(a_newer_night_replaces_an_older_one),
		TEST(a_link_stays_a_link),
		TEST(names_that_cannot_be),
		TEST(what_is_not_ours_stays),
		TEST(what_appears_meanwhile_stays),
		TEST(leavings_of_dead_runs_are_removed),
		TEST(two_runs_do_not_share_a_folder),
		TEST(an_output_that_was_moved_aside_comes_back),
		TEST(one_failing_call),
		TEST(every_later_call_fails),
		TEST(a_killed_run_leaves_the_last_night),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
