/* SPDX-License-Identifier: MIT
 *
 * data.c - see data.h.
 */
#include "data.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "checksum.h"

#define LEXICON_NAME "newsbraid.lex"
#define MODEL_NAME   "lid.176.ftz"

static bool is_folder(const char *path)
{
	struct stat s;

	return stat(path, &s) == 0 && S_ISDIR(s.st_mode);
}

/* The folder of the running program, "" if it cannot be told. */
static void program_folder(char folder[PATH_MAX])
{
	ssize_t n = readlink("/proc/self/exe", folder, PATH_MAX - 1);
	char *slash;

	folder[n > 0 ? n : 0] = '\0';
	slash = strrchr(folder, '/');
	if (slash)
		*slash = '\0';
}

/* Where the build and where `make install` put them. */
static void default_folder(char folder[PATH_MAX])
{
	static const char *const places[] = { "../data", "../share/newsbraid" };
	char program[PATH_MAX];

	program_folder(program);
	for (size_t i = 0; i < sizeof(places) / sizeof(*places); i++) {
		int n = snprintf(folder, PATH_MAX, "%s/%s", program, places[i]);

		if (n < PATH_MAX && is_folder(folder))
			return;
	}
	*folder = '\0';
}

void data_is(data_file *f, nb_str bytes)
{
	checksum_text(XXH3_128bits(bytes.ptr, bytes.len), f->xxh128);
}

static nb_status find_file(data_file *f, const char *folder, const char *name, nb_error *err)
{
	uint64_t bytes;
	nb_status status;

	if (snprintf(f->path, sizeof(f->path), "%s/%s", folder, name) >= (int)sizeof(f->path))
		return nb_fail(err, NB_ELIMIT, folder, "name too long");
	status = checksum_file(f->path, f->xxh128, &bytes, err);
	if (status != NB_EIO || err->sys_errno != ENOENT)
		return status;
	*f->path = '\0';
	return NB_OK;
}

nb_status data_find(data_files *d, const char *option, nb_error *err)
{
	const char *named = option ? option : getenv("NEWSBRAID_DATA");
	char folder[PATH_MAX];
	nb_status status;

	memset(d, 0, sizeof(*d));
	if (!named || !*named)
		default_folder(folder);
	else if (snprintf(folder, sizeof(folder), "%s", named) >= (int)sizeof(folder))
		return nb_fail(err, NB_ELIMIT, named, "name too long");
	else if (!is_folder(folder))
		return nb_fail(err, NB_EIO, folder, "no folder with data");
	if (!*folder)
		return NB_OK;
	status = find_file(&d->lexicon, folder, LEXICON_NAME, err);
	return status == NB_OK ? find_file(&d->model, folder, MODEL_NAME, err) : status;
}

const char *data_warning(const data_files *d, int i)
{
	if (i == 0)
		return *d->lexicon.path ? NULL :
		       "no lexicon (" LEXICON_NAME "): reports in different languages are not "
		       "brought together";
	return *d->model.path ? NULL :
	       "no language model (" MODEL_NAME "): languages of short texts are told less well";
}

static const char *text_or_null(const char *text)
{
	return *text ? text : NULL;
}

void json_data(nb_json *j, const data_files *d)
{
	nb_json_key(j, "data"), nb_json_open(j, '{');
	nb_json_put_text(j, "lexicon_xxh128", text_or_null(d->lexicon.xxh128));
	nb_json_put_text(j, "language_model_xxh128", text_or_null(d->model.xxh128));
	nb_json_close(j, '}');
}
