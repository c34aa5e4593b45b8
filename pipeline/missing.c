/* SPDX-License-Identifier: MIT
 *
 * missing.c - see missing.h.
 */
#include "missing.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "log.h"

#define TOLD_MOST 20

static bool ends_in(const char *path, const char *const *ending, size_t n)
{
	size_t len = strlen(path);

	for (size_t i = 0; i < n; i++) {
		size_t m = strlen(ending[i]);

		if (len > m && !strcmp(path + len - m, ending[i]))
			return true;
	}
	return false;
}

/* A file of a name like this was meant to be read, whatever is in it; a picture between the news was
 * not. */
static bool is_named_like_news(const char *path)
{
	static const char *const names[] = { ".jsonl", ".ndjson", ".json", ".xml",  ".csv", ".tsv",
					     ".warc",  ".wet",	  ".html", ".htm",  ".txt", ".gz",
					     ".zst",   ".bz2",	  ".xz",   ".lz4",  ".zip", ".tar" };

	return ends_in(path, names, sizeof(names) / sizeof(*names));
}

static bool is_packed(const char *path)
{
	static const char *const names[] = { ".gz", ".zst" };

	return ends_in(path, names, sizeof(names) / sizeof(*names));
}

/* Whether a reject tells of a file, and not of a record in it. */
static bool is_of_file(const nb_reject *r, const nb_input_file *file)
{
	if (r->reason == NB_REJECT_DAMAGED)
		return file->truncated;
	if (r->reason != NB_REJECT_UNREADABLE)
		return false;
	return file->bytes == 0 || *file->format || is_named_like_news(file->path);
}

/* A file is told of once. */
static nb_status add(missing *m, uint32_t file, nb_str detail)
{
	nb_status status;

	if (m->n && m->input[m->n - 1].file == file)
		return NB_OK;
	status = NB_GROW(m->input, &m->capacity, m->n + 1);

	if (status != NB_OK)
		return status;
	m->input[m->n].file = file;
	status = nb_arena_str(&m->text, detail, &m->input[m->n].detail);
	m->n += status == NB_OK;
	return status;
}

nb_status missing_add(missing *m, const nb_input_file *file, const nb_reject *reject,
		      size_t n_rejects)
{
	nb_status status = NB_OK;

	for (size_t i = 0; status == NB_OK && i < n_rejects; i++)
		if (is_of_file(&reject[i], &file[reject[i].file]))
			status = add(m, reject[i].file, reject[i].detail);
	return status;
}

nb_status missing_end(missing *m, const nb_input_file *file, size_t n_files)
{
	nb_status status = NB_OK;

	for (size_t i = 0; status == NB_OK && i < n_files; i++)
		if (file[i].bytes == 0 && file[i].n_rejects == 0 && is_packed(file[i].path))
			status = add(m, (uint32_t)i, NB_STR("the file is empty"));
	return status;
}

void missing_tell(const missing *m, const nb_input_file *file)
{
	for (size_t i = 0; i < m->n && i < TOLD_MOST; i++)
		log_error("%s: not read whole: %.*s", file[m->input[i].file].path,
			  (int)m->input[i].detail.len, m->input[i].detail.ptr);
	if (m->n > TOLD_MOST)
		log_error("... and %zu inputs more", m->n - TOLD_MOST);
}

void missing_release(missing *m)
{
	free(m->input);
	nb_arena_release(&m->text);
	*m = (missing){ 0 };
}
