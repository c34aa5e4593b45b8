/* SPDX-License-Identifier: MIT
 *
 * folder.h - a folder of its own for a test, and what stands in it.
 */
#ifndef NB_TEST_FOLDER_H
#define NB_TEST_FOLDER_H

#include <dirent.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* cmocka fixtures: *state is the folder's path. */
static int folder_setup(void **state)
{
	const char *tmp = getenv("TMPDIR");
	char *path;

	if (asprintf(&path, "%s/nb-test-XXXXXX", tmp ? tmp : "/tmp") < 0)
		return -1;
	*state = path;
	return mkdtemp(path) ? 0 : -1;
}

static inline int folder_remove_one(const char *path, const struct stat *s, int kind, struct FTW *at)
{
	(void)s;
	(void)kind;
	(void)at;
	return remove(path);
}

/* A file, or a folder and all that is in it. */
static inline int folder_remove(const char *path)
{
	return nftw(path, folder_remove_one, 16, FTW_DEPTH | FTW_PHYS | FTW_MOUNT);
}

static int folder_teardown(void **state)
{
	int status = folder_remove(*state);

	free(*state);
	return status;
}

/* "FOLDER/NAME"; free it. */
static inline char *folder_path(const char *folder, const char *name)
{
	char *path;

	return asprintf(&path, "%s/%s", folder, name) < 0 ? NULL : path;
}

static inline void folder_write(const char *folder, const char *name, const void *data, size_t n)
{
	char *path = folder_path(folder, name);
	FILE *f = fopen(path, "wb");

	if (!f || fwrite(data, 1, n, f) != n || fclose(f) != 0) {
		perror(path);
		abort();
	}
	free(path);
}

/* Bytes of a file and a NUL after them; NULL if there is none.  Free it. */
static inline char *folder_read(const char *folder, const char *name, size_t *n)
{
	char *path = folder_path(folder, name), *data = NULL;
	int fd = open(path, O_RDONLY);
	struct stat s;

	free(path);
	*n = 0;
	if (fd < 0)
		return NULL;
	if (fstat(fd, &s) == 0 && (data = malloc((size_t)s.st_size + 1))) {
		*n = (size_t)read(fd, data, (size_t)s.st_size);
		data[*n] = '\0';
	}
	close(fd);
	return data;
}

static inline int folder_has(const char *folder, const char *name)
{
	char *path = folder_path(folder, name);
	struct stat s;
	int has = lstat(path, &s) == 0;

	free(path);
	return has;
}

static inline size_t folder_count(const char *folder)
{
	DIR *d = opendir(folder);
	size_t n = 0;

	while (d && readdir(d))
		n++;
	if (d)
		closedir(d);
	return n < 2 ? 0 : n - 2; /* "." and ".." */
}

#endif
