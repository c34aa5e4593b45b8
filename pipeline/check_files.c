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
#include "base/checksum.h"

#define RUN_MOST ((size_t)1 << 30) /* of a million input files */

/* ---- tables ---------------------------------------------------------------------------------- */

static void check_table(check *c, const nb_table_info *info)
{
	char path[4096], hex[NB_CHECKSUM_TEXT];
	uint64_t bytes;
	nb_error err = { 0 };

	snprintf(path, sizeof(path), "%s/%s", c->out, info->name);
	if (nb_checksum_file(path, hex, &bytes, &err) != NB_OK)
		problem(c, "%s: %s", info->name, err.reason);
	else if (bytes != info->bytes || strcmp(hex, info->xxh128) != 0)
		problem(c, "%s is damaged: checksum %s, the manifest says %s", info->name, hex,
			info->xxh128);
}

/* A walk over a table that adds up what it holds. */
typedef struct tallied {
	XXH3_state_t *state;
	uint64_t rows, bytes;
	table_row_fn *row;
	void *context;
} tallied;

static nb_status tally_row(void *context, const table *t)
{
	tallied *sum = context;

	XXH3_128bits_update(sum->state, t->padded, t->len);
	XXH3_128bits_update(sum->state, "\n", 1);
	sum->rows++;
	sum->bytes += t->len + 1;
	return sum->row(sum->context, t);
}

nb_status check_each(check *c, const char *name, table_row_fn *row, void *context, nb_error *err)
{
	const nb_table_info *info = stored_table(&c->stored, name);
	tallied sum = { .state = XXH3_createState(), .row = row, .context = context };
	char hex[NB_CHECKSUM_TEXT];
	nb_status status;

	if (!sum.state || XXH3_128bits_reset(sum.state) != XXH_OK)
		return nb_fail(err, NB_ENOMEM, name, "cannot read");
	status = table_each(c->out, name, tally_row, &sum, err);
	nb_checksum_text(XXH3_128bits_digest(sum.state), hex);
	if (status == NB_OK && (sum.rows != info->rows || sum.bytes != info->content_bytes ||
				strcmp(hex, info->content_xxh128) != 0))
		problem(c, "%s: %" PRIu64 " rows of %" PRIu64 " bytes with checksum %s are not those "
			"of the manifest", name, sum.rows, sum.bytes, hex);
	XXH3_freeState(sum.state);
	return status;
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
	char path[4096], hex[NB_CHECKSUM_TEXT];
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
	else if (!nb_seal_holds(text, len, hex))
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

	c->counted.rejects += (uint64_t)table_real(t, "count");
	return NB_OK;
}

nb_status check_rejects(check *c, nb_error *err)
{
	return check_each(c, "rejects.jsonl.zst", count_reject, c, err);
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
		{ "edges_series", s->n_series_edges, n->edges_series },
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
