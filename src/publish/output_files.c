/* SPDX-License-Identifier: MIT
 *
 * output_files.c - see output_files.h.
 */
#include "publish/output_files.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "newsbraid/publish.h"

#define MANIFEST_HEAD 4096 /* bytes of a manifest in which it must name us */

/* Whole names: a pattern would take in files of others. */
static const char *const names[] = {
	"articles.jsonl.zst", "copies.jsonl.zst", "events.jsonl.zst", "storylines.jsonl.zst",
	"edges.jsonl.zst",    "texts.jsonl.zst",  "rejects.jsonl.zst", "manifest.json",
	"run.json",           "_SUCCESS",
};

#define N_NAMES (sizeof(names) / sizeof(names[0]))

static bool is_output_name(const char *name)
{
	for (size_t i = 0; i < N_NAMES; i++)
		if (!strcmp(name, names[i]))
			return true;
	return false;
}

/* Go through the folder; takes fd over. */
static int look_at_names(int fd, nb_holding *holds)
{
	DIR *folder = fdopendir(fd);
	struct dirent *entry;
	int saved;

	*holds = NB_HOLDS_NOTHING;
	if (!folder) {
		close(fd);
		return -1;
	}
	for (errno = 0; *holds != NB_HOLDS_OTHER && (entry = readdir(folder)); errno = 0) {
		struct stat s;

		if (!strcmp(entry->d_name, ".") || !strcmp(entry->d_name, ".."))
			continue;
		*holds = NB_HOLDS_PARTS;
		if (!is_output_name(entry->d_name) ||
		    fstatat(dirfd(folder), entry->d_name, &s, AT_SYMLINK_NOFOLLOW) < 0 ||
		    !S_ISREG(s.st_mode))
			*holds = NB_HOLDS_OTHER;
	}
	saved = *holds == NB_HOLDS_OTHER ? 0 : errno;
	closedir(folder);
	errno = saved;
	return saved ? -1 : 0;
}

/* Whether the folder has a manifest that names newsbraid. */
static int has_our_manifest(nb_faults *f, int dir, bool *ours)
{
	static const char mark[] = "\"newsbraid\"";
	char head[MANIFEST_HEAD];
	size_t len = 0;
	ssize_t got = 0;
	int fd = nb_file_open(f, dir, "manifest.json", O_RDONLY | O_NOFOLLOW | O_NONBLOCK);

	*ours = false;
	if (fd < 0)
		return errno == ENOENT || errno == ELOOP ? 0 : -1;
	while (len < sizeof(head) && (got = nb_file_read(f, fd, head + len, sizeof(head) - len)) > 0)
		len += (size_t)got;
	*ours = memmem(head, len, mark, sizeof(mark) - 1) != NULL;
	if (nb_file_close(f, fd) < 0)
		return -1;
	return got < 0 ? -1 : 0;
}

int nb_output_look(nb_faults *f, int parent, const char *name, nb_holding *holds)
{
	int dir = nb_file_open(f, parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW), fd, status;
	bool ours = false;

	*holds = NB_HOLDS_OTHER;
	if (dir < 0)
		return errno == ENOTDIR || errno == ELOOP ? 0 : -1;
	fd = nb_file_open(f, dir, ".", O_RDONLY | O_DIRECTORY);
	status = fd < 0 ? -1 : look_at_names(fd, holds);
	if (!status && *holds == NB_HOLDS_PARTS)
		status = has_our_manifest(f, dir, &ours);
	if (ours)
		*holds = NB_HOLDS_OUTPUT;
	if (nb_file_close(f, dir) < 0)
		return -1;
	return status;
}

int nb_output_clear(nb_faults *f, int parent, const char *name)
{
	int dir = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);

	if (dir < 0)
		return errno == ENOENT ? 0 : -1;
	for (size_t i = 0; i < N_NAMES; i++)
		(void)nb_file_unlink(f, dir, names[i], 0);
	close(dir);
	return nb_file_unlink(f, parent, name, AT_REMOVEDIR);
}

bool nb_output_has_file(const char *path)
{
	const char *slash = strrchr(path, '/');
	char *whole, *end;
	bool ours = false;
	int dir;

	if (!is_output_name(slash ? slash + 1 : path))
		return false;
	whole = realpath(path, NULL);
	if (!whole)
		return false;
	end = strrchr(whole, '/');
	end[end == whole] = '\0';
	dir = open(whole, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (dir >= 0) {
		(void)has_our_manifest(NULL, dir, &ours);
		close(dir);
	}
	free(whole);
	return ours;
}
