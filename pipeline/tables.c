/* SPDX-License-Identifier: MIT
 *
 * tables.c - see tables.h.
 */
#include "tables.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"

#define ROW_DEPTH 16

nb_status table_open(table *t, const char *out, const char *name, nb_error *err)
{
	*t = (table){ 0 };
	if ((size_t)snprintf(t->path, sizeof(t->path), "%s%s%s", out ? out : "", out ? "/" : "",
			     name) >= sizeof(t->path))
		return nb_fail(err, NB_EINVAL, name, "the path is too long");
	t->doc = nb_doc_new(ROW_DEPTH);
	if (!t->doc)
		return nb_fail(err, NB_ENOMEM, t->path, "cannot read");
	return nb_rows_open(t->path, &t->rows, err);
}

void table_close(table *t)
{
	nb_rows_free(t->rows);
	nb_doc_free(t->doc);
	free(t->padded);
	*t = (table){ 0 };
}

nb_status table_next(table *t, bool *more, nb_error *err)
{
	const char *detail;
	nb_str row;
	nb_status status = nb_rows_next(t->rows, &row, err);

	*more = false;
	if (status != NB_OK || !row.ptr)
		return status;
	t->line++;
	if (NB_GROW(t->padded, &t->capacity, row.len + NB_JSON_PADDING) != NB_OK)
		return nb_fail(err, NB_ENOMEM, t->path, "cannot read a row");
	t->len = row.len;
	memcpy(t->padded, row.ptr, row.len);
	memset(t->padded + row.len, 0, NB_JSON_PADDING);
	if (nb_doc_parse(t->doc, t->padded, row.len, &t->row, &detail) != NB_DOC_OK) {
		status = nb_fail(err, NB_EDATA, t->path, detail);
		if (err)
			err->line = t->line;
		return status;
	}
	*more = true;
	return NB_OK;
}

bool node_member(const nb_node *object, const char *key, nb_node *value)
{
	size_t len = strlen(key);
	nb_walk walk;
	nb_str k;

	if (!nb_walk_begin(object, &walk) || !walk.members)
		return false;
	while (nb_walk_next(&walk, &k, value))
		if (k.len == len && memcmp(k.ptr, key, len) == 0)
			return true;
	return false;
}

nb_str node_text(const nb_node *object, const char *key)
{
	nb_node value;

	return node_member(object, key, &value) ? nb_node_string(&value) : (nb_str){ 0 };
}

double node_number(const nb_node *node)
{
	char text[33];
	size_t n = nb_node_number(node, text);

	text[n] = '\0';
	return n ? strtod(text, NULL) : 0;
}

double node_real(const nb_node *object, const char *key)
{
	nb_node value;

	return node_member(object, key, &value) ? node_number(&value) : 0;
}

bool table_field(const table *t, const char *key, nb_node *value)
{
	return node_member(&t->row, key, value);
}

nb_str table_text(const table *t, const char *key)
{
	return node_text(&t->row, key);
}

double table_real(const table *t, const char *key)
{
	return node_real(&t->row, key);
}

nb_status table_each(const char *out, const char *name, table_row_fn *row, void *context,
		     nb_error *err)
{
	nb_status status, one = NB_OK;
	bool more = true;
	table t;

	status = table_open(&t, out, name, err);
	while (status == NB_OK && one == NB_OK && more) {
		status = table_next(&t, &more, err);
		if (status == NB_OK && more)
			one = row(context, &t);
	}
	if (one != NB_OK && one != NB_ESTOP)
		status = nb_fail(err, one, t.path, "cannot take in a row");
	table_close(&t);
	return status;
}

/* ---- whole columns --------------------------------------------------------------------------- */

int str_compare(nb_str a, nb_str b)
{
	size_t n = a.len < b.len ? a.len : b.len;
	int c = n ? memcmp(a.ptr, b.ptr, n) : 0;

	return c ? c : a.len < b.len ? -1 : a.len > b.len;
}

bool str_equal(nb_str a, nb_str b)
{
	return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

bool str_equal_c(nb_str a, const char *b)
{
	return str_equal(a, (nb_str){ b, strlen(b) });
}

static nb_status take_article(nb_arena *text, article_columns wanted, const table *t,
			      found_article *a)
{
	const struct {
		const char *key;
		nb_str *value;
	} columns[] = {
		{ "id", &a->id },	      { "copy", &a->copy },
		{ "role", &a->role },	      { "copy_of", &a->copy_of },
		{ "event", &a->event },	      { "storyline", &a->storyline },
		{ "event_role", &a->event_role }, { "published_at", &a->published_at },
		{ "source", &a->source },     { "agency", &a->agency },
		{ "lang", &a->lang },	      { "title", &a->title },
	};
	const size_t n = wanted == ARTICLES_PLACES ? 8 : sizeof(columns) / sizeof(*columns);
	nb_status status = NB_OK;

	a->score = table_real(t, "score");
	a->centrality = table_real(t, "centrality");
	a->usable = str_equal(table_text(t, "pub_status"), NB_STR("usable"));
	a->day_only = str_equal(table_text(t, "published_precision"), NB_STR("day"));
	for (size_t i = 0; status == NB_OK && i < n; i++)
		status = nb_arena_str(text, table_text(t, columns[i].key), columns[i].value);
	return status;
}

nb_status articles_add(void *list, const table *t)
{
	article_list *f = list;
	nb_status status = NB_GROW(f->article, &f->capacity, f->n + 1);

	NB_TRY(status, take_article(&f->text, f->columns, t, &f->article[f->n]));
	f->n += status == NB_OK;
	return status;
}

int article_compare_time(const found_article *a, const found_article *b)
{
	const size_t date = sizeof("2026-03-17") - 1;
	nb_str day_a = { a->published_at.ptr, date }, day_b = { b->published_at.ptr, date };
	int c;

	if ((a->published_at.ptr == NULL) != (b->published_at.ptr == NULL))
		return a->published_at.ptr ? -1 : 1;
	if (a->published_at.ptr && a->day_only != b->day_only && str_equal(day_a, day_b))
		return a->day_only ? 1 : -1;
	c = str_compare(a->published_at, b->published_at);
	return c ? c : str_compare(a->id, b->id);
}

int64_t article_time(const found_article *a)
{
	int64_t time;

	return nb_date_parse(a->published_at, &time) ? time : NB_NO_TIME;
}

nb_str article_time_text(const found_article *a)
{
	nb_str s = a->published_at;

	if (a->day_only && s.len > sizeof("2026-03-17") - 1)
		s.len = sizeof("2026-03-17") - 1;
	return s;
}

nb_status articles_load(article_list *f, const char *out, article_columns columns, nb_error *err)
{
	*f = (article_list){ .columns = columns };
	return table_each(out, "articles.jsonl.zst", articles_add, f, err);
}

void articles_release(article_list *f)
{
	free(f->article);
	nb_arena_release(&f->text);
	*f = (article_list){ 0 };
}

const found_article *article_by_id(const article_list *f, nb_str id)
{
	size_t low = 0, high = f->n;

	while (low < high) {
		size_t mid = low + (high - low) / 2;
		int c = str_compare(f->article[mid].id, id);

		if (c == 0)
			return &f->article[mid];
		if (c < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return NULL;
}
