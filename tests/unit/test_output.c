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

static const nb_output_options forced = { .replace = true };

/* Write a whole output of one table and a manifest, both of which say `night`. */
static nb_status write_night(const char *path, int night, const nb_output_options *options,
			     nb_faults *faults)
{
	nb_output *o = NULL;
	nb_table *t = NULL;
	nb_table_info info;
	char text[100];
	nb_status status = nb_output_new_faults(path, options, faults, &o, NULL);

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

	assert_int_equal(nb_output_new(path, NULL, &o, NULL), NB_OK);
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
	char *path = folder_path(*state, "out");
	nb_output *o;

	for (int round = 0; round < 2; round++) {
		assert_int_equal(nb_output_new(path, NULL, &o, NULL), NB_OK);
		assert_int_equal(nb_output_file(o, "run.json", "{}", 2, NULL), NB_OK);
		if (round == 1) /* as a signal handler does, before the process ends */
			nb_output_abandon(o);
		nb_output_free(o);
		assert_int_equal(folder_count(*state), 0);
	}
	nb_output_free(NULL);
	free(path);
}

/* Not even in a folder that the run itself has made. */
static void files_of_others_are_never_removed(void **state)
{
	char *path = folder_path(*state, "out"), *tmp;
	nb_output *o;

	assert_int_equal(nb_output_new(path, NULL, &o, NULL), NB_OK);
	assert_int_equal(nb_output_file(o, "run.json", "{}", 2, NULL), NB_OK);
	tmp = strdup(nb_output_tmp(o));
	folder_write(tmp, "thesis.txt", "x", 1);
	nb_output_free(o);
	assert_true(folder_has(tmp, "thesis.txt"));
	free(tmp);
	free(path);
}

static void half_an_output_cannot_be_committed(void **state)
{
	char *path = folder_path(*state, "out");
	nb_output *o;
	nb_table *t;

	assert_int_equal(nb_output_new(path, NULL, &o, NULL), NB_OK);
	assert_int_equal(nb_table_new(o, "texts.jsonl.zst", 1, 1, &t, NULL), NB_OK);
	assert_int_equal(nb_output_commit(o, NULL), NB_EINVAL);
	nb_table_free(t);
	assert_int_equal(nb_output_commit(o, NULL), NB_EINVAL);
	nb_output_free(o);
	assert_int_equal(nb_output_new(path, NULL, &o, NULL), NB_OK);
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
		assert_int_equal(write_night(night == 2 ? slashes : path, night, NULL, NULL),
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
	assert_int_equal(write_night(link, 1, NULL, NULL), NB_OK);
	assert_int_equal(write_night(link, 2, NULL, NULL), NB_OK);
	assert_int_equal(whole_night(*state, "disk"), 2);
	assert_int_equal(lstat(link, &s), 0);
	assert_true(S_ISLNK(s.st_mode));
	assert_int_equal(symlink("none", dangling), 0);
	assert_int_equal(write_night(dangling, 1, &forced, NULL), NB_EIO);
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
		assert_int_equal(nb_output_new(bad[i], &forced, &o, &err), NB_EINVAL);
		assert_null(o);
	}
	assert_int_equal(nb_output_new(missing, &forced, &o, &err), NB_EIO);
	assert_int_equal(err.sys_errno, ENOENT);
	free(missing);
}

/* Refused as it stands; when asked to, replaced, and kept under another name. */
static void expect_foreign(const char *folder, const char *name)
{
	char *path = folder_path(folder, name), kept_name[100], *kept;
	struct stat before, after;
	nb_output *o;
	nb_error err;

	snprintf(kept_name, sizeof(kept_name), "%s.kept-%ld", name, (long)getpid());
	kept = folder_path(folder, kept_name);
	assert_int_equal(lstat(path, &before), 0);
	assert_int_equal(nb_output_new(path, NULL, &o, &err), NB_EINVAL);
	assert_non_null(strstr(err.reason, "not replaced"));
	assert_int_equal(write_night(path, 5, &forced, NULL), NB_OK);
	assert_int_equal(whole_night(folder, name), 5);
	assert_int_equal(lstat(kept, &after), 0);
	assert_int_equal(before.st_ino, after.st_ino);
	assert_int_equal(folder_count(folder), 2);
	/* a second one of that name would be lost: no */
	folder_remove(path);
	folder_write(folder, name, "a file", 6);
	assert_int_equal(write_night(path, 5, &forced, NULL), NB_EIO);
	assert_int_equal(folder_count(folder), 2);
	assert_int_equal(folder_remove(kept), 0);
	assert_int_equal(folder_remove(path), 0);
	free(kept);
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
	assert_int_equal(write_night(path, 1, NULL, NULL), NB_OK);
	folder_write(path, "thesis.jsonl.zst", "", 0);
	expect_foreign(*state, "out");
	assert_int_equal(write_night(path, 1, NULL, NULL), NB_OK);
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

	assert_int_equal(nb_output_new(path, NULL, &o, NULL), NB_OK);
	folder_write(*state, "out", "a file", 6);
	assert_int_equal(nb_output_commit(o, NULL), NB_EINVAL);
	nb_output_free(o);
	assert_true(folder_has(*state, "out"));
	assert_int_equal(folder_count(*state), 1);
	free(path);
}

/* ---- what killed runs leave ------------------------------------------------------------------ */

/* What was told: "PATH: WHAT" lines. */
static char told[4096];

static void note(void *context, const char *path, const char *what)
{
	size_t n = strlen(told);

	(void)context;
	snprintf(told + n, sizeof(told) - n, "%s: %s\n", path, what);
}

static const nb_output_options listening = { .tell = note };

/* A process that starts an output, does `then` to its working folder, and is killed. */
static void killed_run(const char *path, void (*then)(const char *tmp))
{
	int status;
	pid_t pid = fork();
	nb_output *o;

	if (pid == 0) {
		if (nb_output_new(path, NULL, &o, NULL) != NB_OK ||
		    nb_output_file(o, "run.json", "{}", 2, NULL) != NB_OK)
			_exit(1);
		if (then)
			then(nb_output_tmp(o));
		kill(getpid(), SIGKILL);
	}
	waitpid(pid, &status, 0);
	assert_true(WIFSIGNALED(status));
}

static void put_thesis(const char *tmp)
{
	folder_write(tmp, "thesis.txt", "x", 1);
}

static void what_a_killed_run_left_is_removed_and_told(void **state)
{
	char *path = folder_path(*state, "out");
	nb_output *o;

	told[0] = '\0';
	killed_run(path, NULL);
	killed_run(path, NULL); /* removes that of the first */
	assert_int_equal(folder_count(*state), 1);
	assert_int_equal(nb_output_new(path, &listening, &o, NULL), NB_OK);
	assert_non_null(strstr(told, "left by a run that was killed: removed"));
	nb_output_free(o);
	assert_int_equal(folder_count(*state), 0);
	/* with a file of somebody in it, it stays whole */
	killed_run(path, put_thesis);
	assert_int_equal(nb_output_new(path, &listening, &o, NULL), NB_OK);
	assert_non_null(strstr(told, "holds files of others: not removed"));
	nb_output_free(o);
	assert_int_equal(folder_count(*state), 1);
	free(path);
}

/* Folders are known by the mark in them, not by their names: people call theirs as they like. */
static void folders_without_a_mark_are_left(void **state)
{
	static const char *const names[] = { "out.old-20261130", "out.tmp-20261130", "out.tmp-1",
					     "out2.old-20261130", "out.tmp-", "about.tmp-7" };
	const size_t n = sizeof(names) / sizeof(names[0]);
	char *path = folder_path(*state, "out");

	for (size_t i = 0; i < n; i++) {
		char *folder = folder_path(*state, names[i]);

		/* some a whole older night, some with a mark of nobody */
		assert_int_equal(mkdir(folder, 0777), 0);
		folder_write(folder, "thesis.txt", "x", 1);
		if (i % 2)
			folder_write(folder, "_newsbraid-run", "newsbraid", 9);
		free(folder);
	}
	told[0] = '\0';
	assert_int_equal(write_night(path, 1, &listening, NULL), NB_OK);
	assert_int_equal(write_night(path, 2, &listening, NULL), NB_OK);
	assert_int_equal(folder_count(*state), n + 1);
	for (size_t i = 0; i < n; i++) {
		char *folder = folder_path(*state, names[i]);

		assert_true(folder_has(folder, "thesis.txt"));
		free(folder);
	}
	assert_non_null(strstr(told, "out.tmp-20261130: named like a folder of a run"));
	free(path);
}

/* A night that somebody has put aside by hand is a night, not a leaving. */
static void an_older_night_put_aside_by_hand_stays(void **state)
{
	char *path = folder_path(*state, "out"), *aside = folder_path(*state, "out.tmp-20261130");

	assert_int_equal(write_night(path, 1, NULL, NULL), NB_OK);
	assert_int_equal(rename(path, aside), 0);
	assert_int_equal(write_night(path, 2, NULL, NULL), NB_OK);
	assert_int_equal(whole_night(*state, "out.tmp-20261130"), 1);
	assert_int_equal(whole_night(*state, "out"), 2);
	free(aside);
	free(path);
}

static void two_runs_do_not_share_a_folder(void **state)
{
	char *path = folder_path(*state, "out");
	nb_output *o, *second;
	nb_error err;

	assert_int_equal(nb_output_new(path, NULL, &o, NULL), NB_OK);
	assert_int_equal(nb_output_new(path, NULL, &second, &err), NB_EIO);
	assert_int_equal(err.sys_errno, EEXIST);
	assert_int_equal(nb_output_commit(o, NULL), NB_OK);
	nb_output_free(o);
	free(path);
}

/* Where the file system cannot exchange, a run may die between its two renames. */
static void an_output_that_was_moved_aside_comes_back(void **state)
{
	char *path = folder_path(*state, "out"), *work = NULL, *aside = NULL;
	nb_output *o;

	assert_int_equal(write_night(path, 1, NULL, NULL), NB_OK);
	for (int round = 0; round < 2; round++) {
		DIR *folder = opendir(*state);
		struct dirent *entry;

		killed_run(path, NULL);
		while ((entry = readdir(folder)))
			if (strstr(entry->d_name, "out.tmp-"))
				work = folder_path(*state, entry->d_name);
		closedir(folder);
		aside = folder_path(work, "old");
		assert_int_equal(rename(path, aside), 0);
		if (round == 1) /* the new one stands already: the old one was not removed yet */
			assert_int_equal(write_night(path, 2, NULL, NULL), NB_OK);
		told[0] = '\0';
		assert_int_equal(nb_output_new(path, &listening, &o, NULL), NB_OK);
		assert_true((strstr(told, "put back") != NULL) == (round == 0));
		nb_output_free(o);
		assert_int_equal(whole_night(*state, "out"), round + 1);
		assert_int_equal(folder_count(*state), 1);
		free(aside);
		free(work);
	}
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

		(void)folder_remove(path);
		if (before)
			assert_int_equal(write_night(path, 1, NULL, NULL), NB_OK);
		status = write_night(path, 2, NULL, &faults);
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

		(void)folder_remove(path);
		assert_int_equal(write_night(path, 1, NULL, NULL), NB_OK);
		status = write_night(path, 2, NULL, &faults);
		night = whole_night(*state, "out");
		reached = faults.calls >= n;
		assert_true(night == 1 || night == 2);
		assert_true(status != NB_OK || night == 2);
	}
	free(path);
}

/* Let a child write night 2 and die in its n-th call; whether it came that far. */
static bool killed_in_call(const char *path, uint64_t n)
{
	nb_faults faults = { .fail_at = n, .kills = true };
	int status;
	pid_t pid = fork();

	if (pid == 0)
		_exit(write_night(path, 2, NULL, &faults) != NB_OK);
	waitpid(pid, &status, 0);
	assert_true(WIFSIGNALED(status) || WEXITSTATUS(status) == 0);
	return WIFSIGNALED(status);
}

/* Of a run that died when its folder had no mark yet, or no more, an empty folder is left: nobody
 * removes what has no mark. */
static int remove_empty_folder(const char *folder)
{
	DIR *d = opendir(folder);
	struct dirent *entry;
	int n = 0;

	while ((entry = readdir(d)))
		if (strstr(entry->d_name, "out.tmp-")) {
			char *path = folder_path(folder, entry->d_name);

			assert_int_equal(rmdir(path), 0);
			free(path);
			n++;
		}
	closedir(d);
	return n;
}

/* kill -9 in every call: a reader never sees anything but a whole night, and the next run cleans
 * up. */
static void a_killed_run_leaves_a_whole_night(void **state)
{
	char *path = folder_path(*state, "out");
	nb_output *o;

	for (int before = 0; before < 2; before++) {
		int n_empty = 0, last = before;
		bool died = true;

		for (uint64_t n = 1; died; n++) {
			int night;

			(void)folder_remove(path);
			if (before)
				assert_int_equal(write_night(path, 1, NULL, NULL), NB_OK);
			died = killed_in_call(path, n);
			night = whole_night(*state, "out");
			assert_true(night >= last); /* once it stands there, it stands there */
			last = night;
			assert_int_equal(nb_output_new(path, NULL, &o, NULL), NB_OK);
			nb_output_free(o);
			n_empty += remove_empty_folder(*state);
			assert_int_equal(folder_count(*state), night ? 1 : 0);
			assert_true(n < 200);
		}
		assert_int_equal(last, 2);
		assert_int_equal(n_empty, 3); /* two calls before it has its mark, one after */
	}
	free(path);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, folder_setup, folder_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(it_appears_whole_at_commit),
		TEST(without_commit_nothing_is_left),
		TEST(files_of_others_are_never_removed),
		TEST(half_an_output_cannot_be_committed),
		TEST(a_newer_night_replaces_an_older_one),
		TEST(a_link_stays_a_link),
		TEST(names_that_cannot_be),
		TEST(what_is_not_ours_stays),
		TEST(what_appears_meanwhile_stays),
		TEST(what_a_killed_run_left_is_removed_and_told),
		TEST(folders_without_a_mark_are_left),
		TEST(an_older_night_put_aside_by_hand_stays),
		TEST(two_runs_do_not_share_a_folder),
		TEST(an_output_that_was_moved_aside_comes_back),
		TEST(one_failing_call),
		TEST(every_later_call_fails),
		TEST(a_killed_run_leaves_a_whole_night),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
