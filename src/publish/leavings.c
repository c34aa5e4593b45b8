/* SPDX-License-Identifier: MIT
 *
 * leavings.c - see leavings.h.
 */
#include "publish/leavings.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "publish/output_files.h"

#define NAME_MOST 64

/* ---- the mark -------------------------------------------------------------------------------- */

/* A process, so that it cannot be taken for a later one with its number. */
typedef struct mark {
	char host[NAME_MOST + 1], boot[NAME_MOST + 1];
	long pid;
	unsigned long long started; /* clock ticks since boot */
} mark;

#define MARK_FORM "newsbraid " NB_VERSION "\nhost %s\nboot %s\nprocess %ld\nstarted %llu\n"

static size_t read_start(int dir, const char *path, char *out, size_t most)
{
	int fd = openat(dir, path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	ssize_t n = fd < 0 ? 0 : nb_file_read(NULL, fd, out, most - 1);

	if (fd >= 0)
		close(fd);
	out[n > 0 ? n : 0] = '\0';
	return strlen(out);
}

/* When a process started; 0 if there is none.  Its name stands in brackets and may hold any. */
static unsigned long long process_start(long pid)
{
	char path[NAME_MOST], text[1024], *p;
	unsigned long long started = 0;

	snprintf(path, sizeof(path), "/proc/%ld/stat", pid);
	read_start(AT_FDCWD, path, text, sizeof(text));
	p = strrchr(text, ')');
	if (p)
		(void)sscanf(p + 1,
			     " %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %*u %*u %*d %*d %*d %*d"
			     " %*d %*d %llu",
			     &started);
	return started;
}

static mark mark_of_self(void)
{
	mark m = { .host = "?", .boot = "?", .pid = (long)getpid() };
	char host[NAME_MOST + 1] = "", boot[NAME_MOST + 1];

	gethostname(host, sizeof(host) - 1);
	read_start(AT_FDCWD, "/proc/sys/kernel/random/boot_id", boot, sizeof(boot));
	(void)sscanf(host, "%64s", m.host);
	(void)sscanf(boot, "%64s", m.boot);
	m.started = process_start(m.pid);
	return m;
}

void nb_mark_make(char text[NB_MARK_MOST])
{
	mark m = mark_of_self();

	snprintf(text, NB_MARK_MOST, MARK_FORM, m.host, m.boot, m.pid, m.started);
}

int nb_mark_write(nb_faults *f, int work, const char *text)
{
	int fd = nb_file_open(f, work, NB_MARK_NAME, O_WRONLY | O_CREAT | O_EXCL), status;

	if (fd < 0)
		return -1;
	status = nb_file_write(f, fd, text, strlen(text));
	if (nb_file_close(f, fd) < 0)
		return -1;
	return status;
}

/* ---- whose is it? ---------------------------------------------------------------------------- */

typedef enum owner { OWNER_NONE, OWNER_ALIVE, OWNER_ELSEWHERE, OWNER_DEAD } owner;

/* A process that was killed before it had written its mark leaves an empty one.  What this process
 * could lock itself, it does not use any more. */
static owner owner_by_mark(int work, bool locked)
{
	mark self = mark_of_self(), m;
	char text[NB_MARK_MOST];
	struct stat s;

	if (fstatat(work, NB_MARK_NAME, &s, AT_SYMLINK_NOFOLLOW) < 0 || !S_ISREG(s.st_mode))
		return OWNER_NONE;
	if (s.st_size == 0)
		return OWNER_DEAD;
	read_start(work, NB_MARK_NAME, text, sizeof(text));
	if (sscanf(text, "newsbraid %*s host %64s boot %64s process %ld started %llu", m.host,
		   m.boot, &m.pid, &m.started) != 4)
		return OWNER_NONE;
	if (strcmp(m.host, self.host) != 0)
		return OWNER_ELSEWHERE;
	if (strcmp(m.boot, self.boot) != 0 || m.started != process_start(m.pid))
		return OWNER_DEAD;
	return m.pid == self.pid && locked ? OWNER_DEAD : OWNER_ALIVE;
}

/* A run holds a lock on its folder.  Some network file systems cannot lock; the mark must do
 * there. */
static owner owner_of(int parent, const char *name)
{
	int work = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	owner by = OWNER_ALIVE;
	bool locked;

	if (work < 0)
		return OWNER_NONE;
	locked = flock(work, LOCK_EX | LOCK_NB) == 0;
	if (locked || errno != EWOULDBLOCK)
		by = owner_by_mark(work, locked);
	close(work);
	return by;
}

/* ---- clearing -------------------------------------------------------------------------------- */

static bool exists(int parent, const char *name)
{
	struct stat s;

	return fstatat(parent, name, &s, AT_SYMLINK_NOFOLLOW) == 0;
}

int nb_work_clear(nb_faults *f, int parent, const char *name, const char *out)
{
	int work = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	int status;

	if (work < 0)
		return errno == ENOENT ? 0 : -1;
	status = nb_output_clear(f, work, "new");
	if (exists(work, "old") && (!exists(parent, out) || nb_output_clear(f, work, "old") < 0))
		status = -1;
	if (!status && nb_file_unlink(f, work, NB_MARK_NAME, 0) < 0 && errno != ENOENT)
		status = -1;
	close(work);
	return status ? -1 : nb_file_unlink(f, parent, name, AT_REMOVEDIR);
}

/* Whether the folder `part` of a working folder holds nothing that we did not make. */
static bool is_clean(int parent, const char *name, const char *part)
{
	char path[NAME_MAX + NAME_MOST];
	nb_holding holds;

	snprintf(path, sizeof(path), "%s/%s", name, part);
	if (nb_output_look(NULL, parent, path, &holds) < 0)
		return errno == ENOENT;
	return holds != NB_HOLDS_OTHER;
}

bool nb_work_bring_back(int parent, const char *name, const char *out)
{
	char path[NAME_MAX + NAME_MOST];

	snprintf(path, sizeof(path), "%s/old", name);
	return exists(parent, path) && !exists(parent, out) &&
	       renameat(parent, path, parent, out) == 0;
}

static void tell_of(const nb_output *o, const char *name, const char *what)
{
	size_t folder = (size_t)(o->name - o->path);
	char *path;

	if (!o->options.tell || asprintf(&path, "%.*s%s", (int)folder, o->path, name) < 0)
		return;
	o->options.tell(o->options.context, path, what);
	free(path);
}

static void clear_dead(nb_output *o, const char *name)
{
	if (nb_work_bring_back(o->parent, name, o->name))
		tell_of(o, o->name, "moved aside by a run that was killed: put back");
	if (!is_clean(o->parent, name, "new") || !is_clean(o->parent, name, "old"))
		tell_of(o, name, "left by a run that was killed, holds files of others: not removed");
	else if (nb_work_clear(o->faults, o->parent, name, o->name) < 0)
		tell_of(o, name, "left by a run that was killed, cannot be removed");
	else
		tell_of(o, name, "left by a run that was killed: removed");
}

static void look_at(nb_output *o, const char *name)
{
	switch (owner_of(o->parent, name)) {
	case OWNER_DEAD:
		clear_dead(o, name);
		break;
	case OWNER_NONE:
		tell_of(o, name, "named like a folder of a run, has no mark of one: not touched");
		break;
	case OWNER_ELSEWHERE:
		tell_of(o, name, "of a run on another machine: not touched");
		break;
	case OWNER_ALIVE:
		break;
	}
}

void nb_leavings_clear(nb_output *o)
{
	int fd = openat(o->parent, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *folder = fd < 0 ? NULL : fdopendir(fd);
	size_t n = strlen(o->name);
	struct dirent *entry;

	if (!folder) {
		if (fd >= 0)
			close(fd);
		return;
	}
	while ((entry = readdir(folder)))
		if (!strncmp(entry->d_name, o->name, n) && !strncmp(entry->d_name + n, ".tmp-", 5))
			look_at(o, entry->d_name);
	closedir(folder);
}
