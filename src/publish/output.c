/* SPDX-License-Identifier: MIT
 *
 * output.c - the output folder: written beside its place, moved there in one step.
 *
 * The temporary folder is locked as long as its run lives.  A folder of that name whose process is
 * gone and whose lock is free was left by a run that was killed; the next run removes it.
 */
#include "publish/output.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/status.h"

#define MANIFEST_HEAD 4096 /* bytes of a manifest in which it must name us */

/* ---- may OUT be replaced? ------------------------------------------------------------------- */

/* Names that a newsbraid output consists of: only these may be removed without being asked to. */
static bool is_output_name(const char *name)
{
	static const char *const fixed[] = { "manifest.json", "run.json", "report.html",
					     "_SUCCESS" };
	static const char table[] = ".jsonl.zst";
	size_t len = strlen(name);

	for (size_t i = 0; i < sizeof(fixed) / sizeof(fixed[0]); i++)
		if (!strcmp(name, fixed[i]))
			return true;
	return len >= sizeof(table) && !strcmp(name + len - (sizeof(table) - 1), table);
}

/* Whether the folder has no entries but files of an output; *n counts them.  Takes fd over. */
static int holds_only_output(int fd, bool *only, size_t *n)
{
	DIR *folder = fdopendir(fd);
	struct dirent *entry;
	int saved;

	*only = true;
	*n = 0;
	if (!folder) {
		close(fd);
		return -1;
	}
	for (errno = 0; (entry = readdir(folder)); errno = 0) {
		struct stat s;

		if (!strcmp(entry->d_name, ".") || !strcmp(entry->d_name, ".."))
			continue;
		++*n;
		if (!is_output_name(entry->d_name) ||
		    fstatat(dirfd(folder), entry->d_name, &s, AT_SYMLINK_NOFOLLOW) < 0 ||
		    !S_ISREG(s.st_mode))
			*only = false;
	}
	saved = errno;
	closedir(folder);
	errno = saved;
	return saved ? -1 : 0;
}

/* Whether the folder has a manifest that names newsbraid. */
static int has_our_manifest(nb_output *o, int dir, bool *ours)
{
	static const char mark[] = "\"newsbraid\"";
	char head[MANIFEST_HEAD];
	size_t len = 0;
	ssize_t got = 0;
	int fd = nb_file_open(o->faults, dir, "manifest.json", O_RDONLY | O_NOFOLLOW | O_NONBLOCK);

	*ours = false;
	if (fd < 0)
		return errno == ENOENT || errno == ELOOP ? 0 : -1;
	while (len < sizeof(head) &&
	       (got = nb_file_read(o->faults, fd, head + len, sizeof(head) - len)) > 0)
		len += (size_t)got;
	*ours = memmem(head, len, mark, sizeof(mark) - 1) != NULL;
	if (nb_file_close(o->faults, fd) < 0)
		return -1;
	return got < 0 ? -1 : 0;
}

/* Whether what stands at OUT is an empty folder or an output of ours and nothing else. */
static int is_ours(nb_output *o, bool *ours)
{
	bool only = false;
	size_t n = 0;
	int dir, fd, status;

	*ours = false;
	dir = nb_file_open(o->faults, o->parent, o->name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
	if (dir < 0)
		return errno == ENOTDIR || errno == ELOOP ? 0 : -1;
	fd = nb_file_open(o->faults, dir, ".", O_RDONLY | O_DIRECTORY);
	status = fd < 0 ? -1 : holds_only_output(fd, &only, &n);
	if (!status && only && n)
		status = has_our_manifest(o, dir, ours);
	else if (!status)
		*ours = only;
	if (nb_file_close(o->faults, dir) < 0)
		return -1;
	return status;
}

/* Refuse to replace what is not ours.  *exists: whether anything stands at OUT. */
static nb_status check_place(nb_output *o, bool *exists, nb_error *err)
{
	struct stat s, parent;
	bool ours = false;

	*exists = fstatat(o->parent, o->name, &s, AT_SYMLINK_NOFOLLOW) == 0;
	if ((!*exists && errno != ENOENT) || fstat(o->parent, &parent) < 0)
		return nb_fail(err, NB_EIO, o->path, "cannot look at the output folder");
	if (*exists && s.st_dev != parent.st_dev)
		return nb_fail(err, NB_EINVAL, o->path,
			       "is a mount point, which cannot be renamed: name a folder in it");
	if (!*exists || o->replace)
		return NB_OK;
	if (is_ours(o, &ours) < 0)
		return nb_fail(err, NB_EIO, o->path, "cannot look into the output folder");
	if (!ours)
		return nb_fail(err, NB_EINVAL, o->path,
			       "exists and is not a newsbraid output: not replaced");
	return NB_OK;
}

/* ---- what runs that were killed have left --------------------------------------------------- */

/* The process in "NAME.tmp-PID", 0 if the entry has another form. */
static pid_t left_by(const char *entry, const char *name, const char *kind)
{
	size_t n = strlen(name), m = strlen(kind);
	char *end;
	long pid;

	if (strncmp(entry, name, n) != 0 || strncmp(entry + n, kind, m) != 0 ||
	    entry[n + m] < '1' || entry[n + m] > '9')
		return 0;
	errno = 0;
	pid = strtol(entry + n + m, &end, 10);
	return *end || errno || pid > INT32_MAX ? 0 : (pid_t)pid;
}

/* A process id of another machine or container says nothing; the lock does. */
static bool is_dead(int parent, const char *entry, pid_t pid)
{
	int fd;
	bool free_lock;

	if (pid != getpid() && (kill(pid, 0) == 0 || errno != ESRCH))
		return false;
	fd = openat(parent, entry, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (fd < 0)
		return errno == ENOTDIR;
	free_lock = flock(fd, LOCK_EX | LOCK_NB) == 0;
	close(fd);
	return free_lock;
}

static void remove_beside(const nb_output *o, const char *entry)
{
	size_t folder = (size_t)(o->name - o->path);
	char *path = malloc(folder + strlen(entry) + 1);

	if (!path)
		return;
	memcpy(path, o->path, folder);
	strcpy(path + folder, entry);
	(void)nb_file_remove(path);
	free(path);
}

/* Remove OUT.tmp-PID of dead processes.  OUT.old-PID is an OUT that was moved aside where the file
 * system cannot exchange; if its process died before the new one stood there, it goes back. */
static void remove_stale(nb_output *o)
{
	int fd = openat(o->parent, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *folder = fd < 0 ? NULL : fdopendir(fd);
	struct dirent *entry;

	if (!folder) {
		if (fd >= 0)
			close(fd);
		return;
	}
	while ((entry = readdir(folder))) {
		pid_t tmp = left_by(entry->d_name, o->name, ".tmp-");
		pid_t old = left_by(entry->d_name, o->name, ".old-");

		if (tmp && is_dead(o->parent, entry->d_name, tmp))
			remove_beside(o, entry->d_name);
		if (old && is_dead(o->parent, entry->d_name, old) &&
		    renameat2(o->parent, entry->d_name, o->parent, o->name, RENAME_NOREPLACE) < 0 &&
		    errno == EEXIST)
			remove_beside(o, entry->d_name);
	}
	closedir(folder);
}

/* ---- start ----------------------------------------------------------------------------------- */

/* OUT without slashes at its end; if it is a link, the folder it leads to. */
static nb_status plain_path(const char *path, char **out, nb_error *err)
{
	size_t len = strlen(path);
	struct stat s;
	char *p;

	while (len > 1 && path[len - 1] == '/')
		len--;
	*out = p = strndup(path, len);
	if (!p)
		return nb_fail(err, NB_ENOMEM, path, "no memory for a path");
	if (lstat(p, &s) == 0 && S_ISLNK(s.st_mode)) {
		*out = realpath(p, NULL);
		free(p);
		if (!*out)
			return nb_fail(err, NB_EIO, path, "cannot follow the link");
	}
	return NB_OK;
}

/* Split o->path into folder and name, and make the two names beside it. */
static nb_status set_names(nb_output *o, nb_error *err)
{
	char *slash = strrchr(o->path, '/');
	size_t folder;

	o->name = slash ? slash + 1 : o->path;
	folder = (size_t)(o->name - o->path);
	if (!*o->name || !strcmp(o->name, ".") || !strcmp(o->name, ".."))
		return nb_fail(err, NB_EINVAL, o->path, "is no name that an output could have");
	if (asprintf(&o->tmp, "%s.tmp-%ld", o->path, (long)getpid()) < 0)
		o->tmp = NULL;
	if (asprintf(&o->old, "%s.old-%ld", o->path, (long)getpid()) < 0)
		o->old = NULL;
	if (!o->tmp || !o->old)
		return nb_fail(err, NB_ENOMEM, o->path, "no memory for a path");
	o->tmp_name = o->tmp + folder;
	o->old_name = o->old + folder;
	return NB_OK;
}

static nb_status open_parent(nb_output *o, nb_error *err)
{
	size_t folder = (size_t)(o->name - o->path);
	char *parent = folder ? strndup(o->path, folder) : strdup(".");

	if (!parent)
		return nb_fail(err, NB_ENOMEM, o->path, "no memory for a path");
	o->parent = nb_file_open(o->faults, AT_FDCWD, parent, O_RDONLY | O_DIRECTORY);
	free(parent);
	if (o->parent < 0)
		return nb_fail(err, NB_EIO, o->path,
			       "cannot open the folder in which the output is to stand");
	return NB_OK;
}

static nb_status make_tmp(nb_output *o, nb_error *err)
{
	if (nb_file_mkdir(o->faults, o->parent, o->tmp_name) < 0)
		return nb_fail(err, NB_EIO, o->tmp, "cannot make the temporary folder");
	o->made = true;
	o->dir = nb_file_open(o->faults, o->parent, o->tmp_name,
			      O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
	if (o->dir < 0)
		return nb_fail(err, NB_EIO, o->tmp, "cannot open the temporary folder");
	/* some network file systems cannot lock; the process id must do there */
	(void)flock(o->dir, LOCK_EX | LOCK_NB);
	return NB_OK;
}

nb_status nb_output_new_faults(const char *path, bool replace, nb_faults *faults, nb_output **out,
			       nb_error *err)
{
	nb_output *o = calloc(1, sizeof(*o));
	nb_status status;
	bool exists;

	*out = NULL;
	if (!o)
		return nb_fail(err, NB_ENOMEM, path, "no memory for an output");
	o->parent = o->dir = -1;
	o->replace = replace;
	o->faults = faults;
	status = plain_path(path, &o->path, err);
	NB_TRY(status, set_names(o, err));
	NB_TRY(status, open_parent(o, err));
	if (status == NB_OK) {
		remove_stale(o);
		status = check_place(o, &exists, err);
	}
	NB_TRY(status, make_tmp(o, err));
	if (status != NB_OK) {
		nb_output_free(o);
		return status;
	}
	*out = o;
	return NB_OK;
}

nb_status nb_output_new(const char *path, bool replace, nb_output **out, nb_error *err)
{
	return nb_output_new_faults(path, replace, NULL, out, err);
}

const char *nb_output_tmp(const nb_output *o)
{
	return o->tmp;
}

nb_status nb_output_file(nb_output *o, const char *name, const char *text, size_t len,
			 nb_error *err)
{
	if (nb_file_create(o->faults, o->dir, name, text, len) < 0) {
		o->failed = true;
		return nb_fail(err, NB_EIO, name, "cannot write");
	}
	return NB_OK;
}

/* ---- commit ---------------------------------------------------------------------------------- */

/* How the new folder came to stand at OUT, and so how that is undone. */
enum move { MOVE_RENAMED, MOVE_EXCHANGED, MOVE_ASIDE };

static int move_back(nb_output *o, enum move how)
{
	if (how == MOVE_EXCHANGED)
		return nb_file_exchange(o->faults, o->parent, o->tmp_name, o->name);
	if (nb_file_rename(o->faults, o->parent, o->name, o->tmp_name) < 0)
		return -1;
	return how == MOVE_RENAMED ?
		       0 :
		       nb_file_rename(o->faults, o->parent, o->old_name, o->name);
}

/* Put the new folder at OUT; the old one, if any, is then at o->tmp or o->old. */
static int move_in(nb_output *o, bool exists, enum move *how)
{
	int saved;

	*how = exists ? MOVE_EXCHANGED : MOVE_RENAMED;
	if (!exists)
		return nb_file_rename(o->faults, o->parent, o->tmp_name, o->name);
	if (nb_file_exchange(o->faults, o->parent, o->tmp_name, o->name) == 0)
		return 0;
	if (errno != EINVAL && errno != ENOSYS)
		return -1;
	*how = MOVE_ASIDE;
	if (nb_file_rename(o->faults, o->parent, o->name, o->old_name) < 0)
		return -1;
	if (nb_file_rename(o->faults, o->parent, o->tmp_name, o->name) == 0)
		return 0;
	saved = errno;
	(void)nb_file_rename(o->faults, o->parent, o->old_name, o->name);
	errno = saved;
	return -1;
}

nb_status nb_output_commit(nb_output *o, nb_error *err)
{
	bool exists;
	enum move how;
	nb_status status;
	int saved;

	if (o->committed || o->failed || o->n_open)
		return nb_fail(err, NB_EINVAL, o->path, "the output is not complete");
	if (nb_file_create(o->faults, o->dir, "_SUCCESS", "", 0) < 0 ||
	    nb_file_sync(o->faults, o->dir) < 0)
		return nb_fail(err, NB_EIO, o->tmp, "cannot write the output to disk");
	status = check_place(o, &exists, err); /* again: the run took its time */
	if (status != NB_OK)
		return status;
	if (move_in(o, exists, &how) < 0)
		return nb_fail(err, NB_EIO, o->path, "cannot put the output in its place");
	if (nb_file_sync(o->faults, o->parent) < 0) {
		saved = errno;
		o->committed = move_back(o, how) < 0;
		errno = saved;
		return nb_fail(err, NB_EIO, o->path,
			       o->committed ? "stands there, but may not outlast a power failure" :
					      "cannot write the output folder's place to disk");
	}
	o->committed = true;
	if (how == MOVE_EXCHANGED)
		(void)nb_file_remove(o->tmp);
	if (how == MOVE_ASIDE)
		(void)nb_file_remove(o->old);
	return NB_OK;
}

void nb_output_free(nb_output *o)
{
	if (!o)
		return;
	if (o->made && !o->committed)
		(void)nb_file_remove(o->tmp);
	if (o->dir >= 0)
		close(o->dir);
	if (o->parent >= 0)
		close(o->parent);
	free(o->path);
	free(o->tmp);
	free(o->old);
	free(o);
}
