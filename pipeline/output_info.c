/* SPDX-License-Identifier: MIT
 *
 * output_info.c - see output_info.h.
 */
#include "output_info.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/status.h"
#include "base/checksum.h"
#include "number_text.h"

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

/* One value that is no list. */
static void scalar_text(const nb_node *value, char *out, size_t room)
{
	nb_str s = nb_node_string(value);
	char number[33], real[NUMBER_TEXT];
	size_t n;

	*out = '\0';
	switch (nb_node_kind_of(value)) {
	case NB_NODE_BOOL:
		snprintf(out, room, "%s", nb_node_true(value) ? "true" : "false");
		break;
	case NB_NODE_NUMBER:
		n = nb_node_number(value, number);
		number[n] = '\0';
		if (strpbrk(number, ".e"))
			real_text(strtod(number, NULL), real);
		snprintf(out, room, "%s", strpbrk(number, ".e") ? real : number);
		break;
	case NB_NODE_STRING:
		snprintf(out, room, "%.*s", (int)s.len, s.ptr);
		break;
	default:
		break;
	}
}

const char *parameter_text(const nb_node *parameters, const char *name, char out[VALUE_ROOM])
{
	nb_node value, item;
	nb_walk walk;
	nb_str key;
	size_t n = 0;

	*out = '\0';
	if (!node_member(parameters, name, &value))
		return out;
	if (!nb_walk_begin(&value, &walk))
		scalar_text(&value, out, VALUE_ROOM);
	while (n + 2 < VALUE_ROOM && nb_walk_next(&walk, &key, &item)) {
		if (n > 0)
			out[n++] = ' ';
		scalar_text(&item, out + n, VALUE_ROOM - n);
		n += strlen(out + n);
	}
	return out;
}

static void take_parameters(stored *s, const nb_node *p)
{
	char text[VALUE_ROOM], why[OPTION_WHY];

	settings_init(&s->set);
	for (const option_row *o = run_options; o->name; o++) {
		if (!o->decides || o->kind == OPTION_TEXT || o->kind == OPTION_LIST)
			continue;
		if (*parameter_text(p, o->name, text) && !option_set(o, text, &s->set, why))
			snprintf(s->unfit, sizeof(s->unfit), "parameter %s: %s", o->name, why);
	}
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

static nb_status parse(manifest *m, size_t len, const char *path, nb_error *err)
{
	const char *detail = "no memory";
	char tool[16];

	memset(m->text + len, 0, NB_JSON_PADDING);
	m->doc = nb_doc_new(16);
	if (!m->doc || nb_doc_parse(m->doc, m->text, len, &m->root, &detail) != NB_DOC_OK)
		return nb_fail(err, NB_EDATA, path, detail);
	text_member(&m->root, "tool", tool, sizeof(tool));
	if (strcmp(tool, "newsbraid") != 0)
		return nb_fail(err, NB_EDATA, path, "this is no manifest of newsbraid");
	if (uint_member(&m->root, "schema") != SCHEMA_KNOWN)
		return nb_fail(err, NB_EDATA, path, "written by another version of newsbraid");
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

nb_status manifest_open(manifest *m, const char *out, nb_error *err)
{
	char path[4096];
	size_t len;
	nb_status status;

	*m = (manifest){ .text = malloc(MANIFEST_MOST + NB_JSON_PADDING) };
	snprintf(path, sizeof(path), "%s/manifest.json", out);
	status = m->text ? read_whole(path, m->text, MANIFEST_MOST, &len, err)
			 : nb_fail(err, NB_ENOMEM, path, "cannot read");
	if (status == NB_OK)
		m->sealed = nb_seal_holds(m->text, len, m->xxh128);
	NB_TRY(status, parse(m, len, path, err));
	return status;
}

void manifest_close(manifest *m)
{
	nb_doc_free(m->doc);
	free(m->text);
}

nb_status stored_load(stored *s, const char *out, nb_error *err)
{
	manifest m;
	nb_node parameters, counts, tables;
	nb_status status = manifest_open(&m, out, err);

	*s = (stored){ .sealed = m.sealed };
	memcpy(s->xxh128, m.xxh128, sizeof(s->xxh128));
	if (status == NB_OK &&
	    (!node_member(&m.root, "parameters", &parameters) ||
	     !node_member(&m.root, "counts", &counts) || !node_member(&m.root, "tables", &tables)))
		status = nb_fail(err, NB_EDATA, out, "its manifest is not whole");
	if (status == NB_OK) {
		take_parameters(s, &parameters);
		take_counts(s, &counts);
		take_tables(s, &tables);
	}
	manifest_close(&m);
	return status;
}

const nb_table_info *stored_table(const stored *s, const char *name)
{
	for (size_t i = 0; i < s->n_tables; i++)
		if (strcmp(s->table[i].name, name) == 0)
			return &s->table[i];
	return NULL;
}
