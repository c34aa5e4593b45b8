/* SPDX-License-Identifier: MIT
 *
 * check_files.c - every byte of every file: the tables are what the manifest says, the manifest and
 * run.json what their own seals say, and nothing else stands there.
 */
#include <dirent.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/status.h"
#include "check.h"
#include "checksum.h"

#define RUN_MOST ((size_t)1 << 30) /* of a million input files */

/* ---- tables ---------------------------------------------------------------------------------- */

/* Decompress the table; do its rows have the number and the bytes that the manifest says? */
static nb_status check_content(check *c, const char *path, const nb_table_info *info, nb_error *err)
{
	XXH3_state_t *state = XXH3_createState();
	uint64_t n = 0, bytes = 0;
	char hex[CHECKSUM_TEXT];
	nb_rows *rows = NULL;
	nb_str row = { 0 };
	nb_status status = NB_OK;

	if (!state || XXH3_128bits_reset(state) != XXH_OK)
		status = nb_fail(err, NB_ENOMEM, path, "cannot read");
	NB_TRY(status, nb_rows_open(path, &rows, err));
	while (status == NB_OK && (status = nb_rows_next(rows, &row, err)) == NB_OK && row.ptr) {
		XXH3_128bits_update(state, row.ptr, row.len);
		XXH3_128bits_update(state, "\n", 1);
		bytes += row.len + 1;
		n++;
	}
	if (status == NB_OK) {
		checksum_text(XXH3_128bits_digest(state), hex);
		if (n != info->rows || bytes != info->content_bytes || strcmp(hex, info->content_xxh128))
			problem(c, "%s has %" PRIu64 " rows of %" PRIu64 " bytes, not those of the manifest",
				info->name, n, bytes);
	}
	nb_rows_free(rows);
	XXH3_freeState(state);
	return status;
}

static void check_table(check *c, const nb_table_info *info)
{
	char path[4096], hex[CHECKSUM_TEXT];
	uint64_t bytes;
	nb_error err = { 0 };
	nb_status status;

	snprintf(path, sizeof(path), "%s/%s", c->out, info->name);
	status = checksum_file(path, hex, &bytes, &err);
	if (status == NB_OK && (bytes != info->bytes || strcmp(hex, info->xxh128) != 0)) {
		problem(c, "%s is damaged: checksum %s, the manifest says %s", info->name, hex,
			info->xxh128);
		return;
	}
	NB_TRY(status, check_content(c, path, info, &err));
	if (status != NB_OK)
		problem(c, "%s: %s", info->name, err.reason);
}

/* ---- the other files ------------------------------------------------------------------------- */

/* The last member but one of run.json says which manifest it was written with. */
static bool names_manifest(const char *text, size_t len, const char *xxh128)
{
	char member[64];
	int n = snprintf(member, sizeof(member), "\"manifest_xxh128\": \"%s\"", xxh128);

	return memmem(text, len, member, (size_t)n) != NULL;
}

static void check_run_json(check *c)
{
	char path[4096], hex[CHECKSUM_TEXT];
	struct stat s;
	char *text = NULL;
	size_t len = 0;
	nb_error err = { 0 };
	nb_status status = NB_OK;

	snprintf(path, sizeof(path), "%s/run.json", c->out);
	if (stat(path, &s) < 0 || (size_t)s.st_size > RUN_MOST)
		status = nb_fail(&err, NB_EIO, path, "cannot be read");
	if (status == NB_OK && !(text = malloc((size_t)s.st_size + 1)))
		status = nb_fail(&err, NB_ENOMEM, path, "no memory");
	NB_TRY(status, read_whole(path, text, (size_t)s.st_size + 1, &len, &err));
	if (status != NB_OK)
		problem(c, "run.json: %s", err.reason);
	else if (!seal_holds(text, len, hex))
		problem(c, "run.json is damaged: its checksum is %s", hex);
	else if (!names_manifest(text, len, c->stored.xxh128))
		problem(c, "run.json was not written with this manifest");
	free(text);
}

static bool belongs(const check *c, const char *name)
{
	return stored_table(&c->stored, name) || !strcmp(name, "manifest.json") ||
	       !strcmp(name, "run.json") || !strcmp(name, "_SUCCESS");
}

/* Nothing but the files of the output. */
static void check_names(check *c)
{
	DIR *folder = opendir(c->out);
	struct dirent *entry;

	if (!folder) {
		problem(c, "the folder cannot be read");
		return;
	}
	for (errno = 0; (entry = readdir(folder)); errno = 0)
		if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0 &&
		    !belongs(c, entry->d_name))
			problem(c, "%s is no file of this output", entry->d_name);
	if (errno)
		problem(c, "the folder cannot be read");
	closedir(folder);
}

/* Every table once; texts may be left out. */
static void check_list(check *c)
{
	static const char *const names[] = { "articles.jsonl.zst", "copies.jsonl.zst",
					     "events.jsonl.zst",   "storylines.jsonl.zst",
					     "edges.jsonl.zst",	   "rejects.jsonl.zst" };
	size_t n = sizeof(names) / sizeof(*names);

	for (size_t i = 0; i < n; i++)
		if (!stored_table(&c->stored, names[i]))
			problem(c, "the manifest does not name %s", names[i]);
	n += stored_table(&c->stored, "texts.jsonl.zst") != NULL;
	if (c->stored.n_tables != n)
		problem(c, "the manifest names a table that is none, or one twice");
}

void check_files(check *c)
{
	char path[4096];
	struct stat s;

	if (!c->stored.sealed)
		problem(c, "manifest.json is damaged: its checksum is %s", c->stored.xxh128);
	snprintf(path, sizeof(path), "%s/_SUCCESS", c->out);
	if (lstat(path, &s) < 0 || !S_ISREG(s.st_mode) || s.st_size != 0)
		problem(c, "_SUCCESS is missing, or not empty: the output was not finished");
	check_run_json(c);
	check_names(c);
	check_list(c);
	for (size_t i = 0; i < c->stored.n_tables; i++)
		check_table(c, &c->stored.table[i]);
}

/* ---- counts ---------------------------------------------------------------------------------- */

static nb_status count_reject(void *context, const table *t)
{
	check *c = context;

	(void)t;
	c->counted.rejects++;
	return NB_OK;
}

nb_status check_rejects(check *c, nb_error *err)
{
	return table_each(c->out, "rejects.jsonl.zst", count_reject, c, err);
}

void check_counts(check *c)
{
	const stored *s = &c->stored;
	const counts *n = &c->counted;
	const struct {
		const char *name;
		uint64_t said, counted;
	} row[] = {
		{ "articles", s->n_articles, c->list.n },
		{ "rejects", s->n_rejects, n->rejects },
		{ "copies", s->n_copies, n->copies },
		{ "copy_groups", s->n_groups, n->groups },
		{ "events", s->n_events, n->events },
		{ "storylines", s->n_storylines, n->storylines },
		{ "edges_copy", s->n_copy_edges, n->edges_copy },
		{ "edges_template", s->n_template_edges, n->edges_template },
		{ "edges_related", s->n_related_edges, n->edges_related },
		{ "edges_across", s->n_across_edges, n->edges_across },
		{ "edges_story", s->n_story_edges, n->edges_story },
	};

	for (size_t i = 0; i < sizeof(row) / sizeof(*row); i++)
		if (row[i].said != row[i].counted)
			problem(c, "manifest.json counts %" PRIu64 " %s, the tables have %" PRIu64,
				row[i].said, row[i].name, row[i].counted);
	if (s->n_across > n->events) /* the rows do not tell of every member's language */
		problem(c, "manifest.json counts more events across languages than events");
}
