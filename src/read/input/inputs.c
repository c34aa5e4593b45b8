/* SPDX-License-Identifier: MIT
 *
 * inputs.c - see inputs.h.
 *
 * A folder is walked with a list of folders still to do rather than by recursion, and its files
 * are sorted by their whole paths, so that the order is that of `find | sort` and depends on
 * nothing else.
 */
#include "read/input/inputs.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/array.h"

static nb_status add(nb_inputs *in, char *path, const struct stat *st, const char *problem)
{
	bool regular = st && S_ISREG(st->st_mode);

	if (NB_GROW(in->file, &in->file_capacity, in->n + 1) != NB_OK ||
	    NB_GROW(in->fact, &in->fact_capacity, in->n + 1) != NB_OK) {
		free(path);
		return NB_ENOMEM;
	}
	in->file[in->n] = (nb_input_file){ .path = path, .format = "" };
	in->fact[in->n] = (nb_input_fact){ .size = regular ? (uint64_t)st->st_size : 0,
					   .regular = regular,
					   .problem = problem };
	in->n++;
	return NB_OK;
}

static nb_status add_memory(nb_inputs *in, const nb_memory_file *file)
{
	char *path = strdup(file->name ? file->name : "");
	nb_status status = path ? add(in, path, NULL, NULL) : NB_ENOMEM;

	if (status == NB_OK)
		in->fact[in->n - 1] = (nb_input_fact){ .size = file->bytes.len,
						       .regular = true,
						       .memory = file->bytes.ptr ? file->bytes :
							       NB_STR("") };
	return status;
}

/* Paths that a folder's walk has found. */
struct paths {
	char **path;
	size_t n, capacity;
};

static nb_status paths_add(struct paths *p, char *path)
{
	if (!path || NB_GROW(p->path, &p->capacity, p->n + 1) != NB_OK) {
		free(path);
		return NB_ENOMEM;
	}
	p->path[p->n++] = path;
	return NB_OK;
}

static void paths_release(struct paths *p)
{
	for (size_t i = 0; i < p->n; i++)
		free(p->path[i]);
	free(p->path);
}

static char *join(const char *folder, const char *name)
{
	size_t a = strlen(folder), b = strlen(name);
	bool slash = a > 0 && folder[a - 1] != '/';
	char *path = malloc(a + slash + b + 1);

	if (!path)
		return NULL;
	memcpy(path, folder, a);
	if (slash)
		path[a] = '/';
	memcpy(path + a + slash, name, b + 1);
	return path;
}

static bool is_folder(const char *path, const struct dirent *entry)
{
	struct stat st;

	if (entry->d_type != DT_UNKNOWN)
		return entry->d_type == DT_DIR;
	return lstat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

/* One folder's entries; a folder that cannot be opened stands in the list as itself. */
static nb_status read_folder(const char *folder, struct paths *folders, struct paths *files)
{
	DIR *dir = opendir(folder);
	struct dirent *entry;
	nb_status status = NB_OK;

	if (!dir)
		return paths_add(files, strdup(folder));
	while (status == NB_OK && (entry = readdir(dir))) {
		char *path;

		if (entry->d_name[0] == '.' || entry->d_name[0] == '_')
			continue;
		path = join(folder, entry->d_name);
		status = paths_add(path && is_folder(path, entry) ? folders : files, path);
	}
	closedir(dir);
	return status;
}

static int compare_paths(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static nb_status add_found(nb_inputs *in, char *path)
{
	struct stat st;

	if (stat(path, &st) != 0)
		return add(in, path, NULL, strerrordesc_np(errno));
	if (S_ISDIR(st.st_mode)) {
		struct stat link;

		if (lstat(path, &link) == 0 && S_ISLNK(link.st_mode)) {
			free(path); /* a link to a folder: passed over */
			return NB_OK;
		}
		return add(in, path, NULL, "the folder cannot be read");
	}
	return add(in, path, &st, S_ISREG(st.st_mode) ? NULL : "neither a file nor a folder");
}

static nb_status walk(nb_inputs *in, const char *folder)
{
	struct paths folders = { 0 }, files = { 0 };
	nb_status status = paths_add(&folders, strdup(folder));

	for (size_t i = 0; i < folders.n && status == NB_OK; i++)
		status = read_folder(folders.path[i], &folders, &files);
	if (files.n)
		qsort(files.path, files.n, sizeof(*files.path), compare_paths);
	for (size_t i = 0; i < files.n && status == NB_OK; i++) {
		char *path = files.path[i];

		files.path[i] = NULL;
		status = add_found(in, path);
	}
	paths_release(&folders);
	paths_release(&files);
	return status;
}

/* What the caller named: a file, a folder, or standard input. */
static nb_status add_named(nb_inputs *in, const char *name, nb_error *err)
{
	bool is_stdin = strcmp(name, "-") == 0;
	struct stat st;
	char *path;

	if (!is_stdin && stat(name, &st) != 0)
		return nb_fail(err, NB_EIO, name, "cannot be read");
	if (!is_stdin && S_ISDIR(st.st_mode))
		return walk(in, name);
	path = strdup(name);
	return path ? add(in, path, is_stdin ? NULL : &st, NULL) : NB_ENOMEM;
}

nb_status nb_inputs_list(nb_inputs *in, const nb_reader_options *o, nb_error *err)
{
	nb_status status = NB_OK;

	*in = (nb_inputs){ 0 };
	for (size_t i = 0; i < o->n_input && status == NB_OK; i++)
		status = add_named(in, o->input[i], err);
	for (size_t i = 0; i < o->n_memory && status == NB_OK; i++)
		status = add_memory(in, &o->memory[i]);
	if (status == NB_ENOMEM)
		nb_fail(err, NB_ENOMEM, NULL, "no memory for the list of files");
	for (size_t i = 0; i < in->n && status == NB_OK; i++) {
		if (!in->fact[i].regular && !in->fact[i].problem) {
			in->expected = 0;
			break;
		}
		in->expected += in->fact[i].size;
	}
	if (status != NB_OK)
		nb_inputs_release(in);
	return status;
}

void nb_inputs_release(nb_inputs *in)
{
	for (size_t i = 0; i < in->n; i++)
		free((char *)in->file[i].path);
	free(in->file);
	free(in->fact);
	*in = (nb_inputs){ 0 };
}
