/* SPDX-License-Identifier: MIT
 *
 * data.c - see newsbraid/data.h.
 */
#include "newsbraid/data.h"

#include <dlfcn.h>
#include <errno.h>
#include <link.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/checksum.h"
#include "base/status.h"

/* From the folder of program or library; the last, where libraries have a folder a machine. */
static const char *const own_places[] = { "../data", "../share/newsbraid", "../../share/newsbraid" };

static bool is_folder(const char *path)
{
	struct stat s;

	return stat(path, &s) == 0 && S_ISDIR(s.st_mode);
}

/* The file that this code was loaded from: the shared object, or the program. */
static bool own_file(char path[NB_PATH_MAX])
{
	struct link_map *map = NULL;
	Dl_info info;
	ssize_t n;

	if (dladdr1(&own_places, &info, (void **)&map, RTLD_DL_LINKMAP) && map && *map->l_name) {
		char *real = realpath(map->l_name, NULL);
		bool fits = real && strlen(real) < NB_PATH_MAX;

		if (fits)
			strcpy(path, real);
		free(real);
		return fits;
	}
	n = readlink("/proc/self/exe", path, NB_PATH_MAX - 1);
	path[n > 0 ? n : 0] = '\0';
	return n > 0;
}

/* Where the build and where `make install` put them; "" if there is no such folder. */
static void default_folder(char folder[NB_PATH_MAX])
{
	char own[NB_PATH_MAX], *slash;

	slash = own_file(own) ? strrchr(own, '/') : NULL;
	if (slash)
		*slash = '\0';
	for (size_t i = 0; slash && i < sizeof(own_places) / sizeof(*own_places); i++) {
		int n = snprintf(folder, NB_PATH_MAX, "%s/%s", own, own_places[i]);

		if (n < NB_PATH_MAX && is_folder(folder))
			return;
	}
	*folder = '\0';
}

static nb_status find_file(nb_data_file *f, const char *folder, const char *name, nb_error *err)
{
	nb_error why = { 0 };
	uint64_t bytes;
	nb_status status;

	if (snprintf(f->path, sizeof(f->path), "%s/%s", folder, name) >= (int)sizeof(f->path))
		return nb_fail(err, NB_ELIMIT, folder, "name too long");
	status = nb_checksum_file(f->path, f->xxh128, &bytes, &why);
	if (status == NB_EIO && why.sys_errno == ENOENT) {
		*f->path = '\0';
		return NB_OK;
	}
	if (status != NB_OK && err)
		*err = why;
	return status;
}

nb_status nb_data_find(const char *folder, nb_data_files *out, nb_error *err)
{
	char found[NB_PATH_MAX];
	nb_status status;

	memset(out, 0, sizeof(*out));
	if (!folder || !*folder)
		default_folder(found);
	else if (snprintf(found, sizeof(found), "%s", folder) >= (int)sizeof(found))
		return nb_fail(err, NB_ELIMIT, folder, "name too long");
	else if (!is_folder(found))
		return nb_fail(err, NB_EIO, folder, "no folder with data");
	if (!*found)
		return NB_OK;
	status = find_file(&out->lexicon, found, NB_LEXICON_NAME, err);
	NB_TRY(status, find_file(&out->model, found, NB_MODEL_NAME, err));
	return status;
}
