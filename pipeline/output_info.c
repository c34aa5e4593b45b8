/* SPDX-License-Identifier: MIT
 *
 * output_info.c - see output_info.h.
 */
#include "output_info.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/status.h"
#include "checksum.h"
#include "tables.h"

#define MANIFEST_MOST ((size_t)1 << 20)
#define SCHEMA_KNOWN  2

static uint64_t uint_member(const nb_node *object, const char *key)
{
	char text[33];
	nb_node value;
	size_t n = node_member(object, key, &value) ? nb_node_number(&value, text) : 0;

	text[n] = '\0';
	return n ? strtoull(text, NULL, 10) : 0;
}

static void text_member(const nb_node *object, const char *key, char *out, size_t room)
{
	nb_str s = node_text(object, key);

	snprintf(out, room, "%.*s", (int)s.len, s.ptr ? s.ptr : "");
}

static void take_parameters(stored *s, const nb_node *p)
{
	s->sketch.shingle_tokens = (uint32_t)uint_member(p, "shingle_tokens");
	s->sketch.simhash_bits = (uint32_t)uint_member(p, "simhash_bits");
	s->sketch.seed = uint_member(p, "seed");
	s->copy.jaccard = node_real(p, "jaccard");
	s->copy.containment = node_real(p, "containment");
	s->copy.min_shingles = (uint32_t)uint_member(p, "min_shingles");
	s->copy.contain_shingles = (uint32_t)uint_member(p, "contain_shingles");
	s->copy.series_facts = node_real(p, "series_facts");
	s->copy.series_numbers = node_real(p, "series_numbers");
	s->copy.series_facts_far = node_real(p, "series_facts_far");
	s->copy.series_numbers_far = node_real(p, "series_numbers_far");
	s->copy.series_gap_s = (int64_t)uint_member(p, "series_gap_s");
}

static void take_counts(stored *s, const nb_node *c)
{
	s->n_articles = uint_member(c, "articles");
	s->n_rejects = uint_member(c, "rejects");
	s->n_copies = uint_member(c, "copies");
	s->n_groups = uint_member(c, "copy_groups");
	s->n_events = uint_member(c, "events");
	s->n_across = uint_member(c, "events_across");
	s->n_storylines = uint_member(c, "storylines");
	s->n_copy_edges = uint_member(c, "edges_copy");
	s->n_series_edges = uint_member(c, "edges_series");
	s->n_related_edges = uint_member(c, "edges_related");
	s->n_across_edges = uint_member(c, "edges_across");
	s->n_story_edges = uint_member(c, "edges_story");
}

static void take_tables(stored *s, const nb_node *list)
{
	nb_walk walk;
	nb_node t;
	nb_str key;

	if (!nb_walk_begin(list, &walk))
		return;
	while (s->n_tables < NB_TABLES && nb_walk_next(&walk, &key, &t)) {
		nb_table_info *info = &s->table[s->n_tables++];

		text_member(&t, "name", info->name, sizeof(info->name));
		text_member(&t, "xxh128", info->xxh128, sizeof(info->xxh128));
		text_member(&t, "content_xxh128", info->content_xxh128,
			    sizeof(info->content_xxh128));
		info->rows = uint_member(&t, "rows");
		info->bytes = uint_member(&t, "bytes");
		info->content_bytes = uint_member(&t, "content_bytes");
	}
}

static nb_status take(stored *s, const nb_node *root, const char *path, nb_error *err)
{
	nb_node parameters, counts, tables;
	char tool[16];

	text_member(root, "tool", tool, sizeof(tool));
	if (strcmp(tool, "newsbraid") != 0 || !node_member(root, "parameters", &parameters) ||
	    !node_member(root, "counts", &counts) || !node_member(root, "tables", &tables))
		return nb_fail(err, NB_EDATA, path, "this is no manifest of newsbraid");
	if (uint_member(root, "schema") != SCHEMA_KNOWN)
		return nb_fail(err, NB_EDATA, path, "written by another version of newsbraid");
	take_parameters(s, &parameters);
	take_counts(s, &counts);
	take_tables(s, &tables);
	return NB_OK;
}

nb_status read_whole(const char *path, char *text, size_t most, size_t *len, nb_error *err)
{
	FILE *f = fopen(path, "rb");
	nb_status status = NB_OK;

	*len = 0;
	if (!f)
		return nb_fail(err, NB_EIO, path, "cannot open");
	*len = fread(text, 1, most, f);
	if (ferror(f))
		status = nb_fail(err, NB_EIO, path, "cannot read");
	else if (*len == most)
		status = nb_fail(err, NB_EDATA, path, "is too long");
	fclose(f);
	return status;
}

static nb_status parse(stored *s, char *text, size_t len, const char *path, nb_error *err)
{
	nb_doc *doc = nb_doc_new(16);
	const char *detail = "no memory";
	nb_node root;
	nb_status status;

	memset(text + len, 0, NB_JSON_PADDING);
	if (!doc || nb_doc_parse(doc, text, len, &root, &detail) != NB_DOC_OK)
		status = nb_fail(err, NB_EDATA, path, detail);
	else
		status = take(s, &root, path, err);
	nb_doc_free(doc);
	return status;
}

nb_status stored_load(stored *s, const char *out, nb_error *err)
{
	char path[4096];
	char *text = malloc(MANIFEST_MOST + NB_JSON_PADDING);
	size_t len;
	nb_status status;

	*s = (stored){ 0 };
	snprintf(path, sizeof(path), "%s/manifest.json", out);
	status = text ? read_whole(path, text, MANIFEST_MOST, &len, err)
		      : nb_fail(err, NB_ENOMEM, path, "cannot read");
	if (status == NB_OK)
		s->sealed = seal_holds(text, len, s->xxh128);
	NB_TRY(status, parse(s, text, len, path, err));
	free(text);
	return status;
}

const nb_table_info *stored_table(const stored *s, const char *name)
{
	for (size_t i = 0; i < s->n_tables; i++)
		if (strcmp(s->table[i].name, name) == 0)
			return &s->table[i];
	return NULL;
}
