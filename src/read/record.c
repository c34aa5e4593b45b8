/* SPDX-License-Identifier: MIT
 *
 * record.c - see record.h.
 *
 * One walk over the members keeps the best value for each field; only the winners are cleaned and
 * copied.
 */
#include "read/record.h"

#include <string.h>

#include "newsbraid/reader.h"
#include "read/body.h"

#define RANK_NONE    UINT32_MAX
#define RANK_SUMMARY 10000u /* added: a summary is worse than any text */

struct found {
	nb_node node;
	uint32_t rank;
	nb_alias_kind kind;
};

/* The best values so far.  Of dates the best that can be read wins over better ones that cannot. */
struct finder {
	const nb_alias_map *map;
	struct found field[NB_FIELD_COUNT];
	struct found unread_date, crawl_date;
	int64_t time;
	bool day_only;
};

static void keep_if_better(struct found *best, const nb_node *node, uint32_t rank,
			   nb_alias_kind kind)
{
	if (rank < best->rank)
		*best = (struct found){ *node, rank, kind };
}

/* Seconds with a fraction, as some programs write them: the fraction is cut. */
static nb_str whole_number(nb_str line)
{
	const char *dot = memchr(line.ptr, '.', line.len);

	if (dot && (dot - line.ptr == 10 || dot - line.ptr == 13))
		line.len = (size_t)(dot - line.ptr);
	return line;
}

static void consider_date(struct finder *f, const nb_node *node, uint32_t rank, nb_alias_kind kind)
{
	char number[32];
	nb_str line = nb_value_line(node, number);
	int64_t time;

	if (!line.ptr)
		return;
	if (line.ptr == number)
		line = whole_number(line);
	if (kind == NB_ALIAS_CRAWL) {
		keep_if_better(&f->crawl_date, node, rank, kind);
	} else if (!nb_date_parse(line, &time)) {
		keep_if_better(&f->unread_date, node, rank, kind);
	} else if (rank < f->field[NB_FIELD_DATE].rank) {
		keep_if_better(&f->field[NB_FIELD_DATE], node, rank, kind);
		f->time = time;
		f->day_only = nb_date_is_day(line);
	}
}

static void consider(struct finder *f, const nb_node *node, nb_field field, nb_alias_kind kind,
		     uint32_t rank)
{
	char number[32];
	nb_str line;

	if (kind == NB_ALIAS_SUMMARY)
		rank += RANK_SUMMARY;
	if (rank >= f->field[field].rank || nb_node_kind_of(node) == NB_NODE_NULL)
		return;
	if (field == NB_FIELD_DATE) {
		consider_date(f, node, rank, kind);
		return;
	}
	if (field == NB_FIELD_TEXT) {
		if (nb_body_present(node))
			keep_if_better(&f->field[field], node, rank, kind);
		return;
	}
	line = nb_value_line(node, number);
	if (!line.ptr || (kind == NB_ALIAS_HTTP && !nb_is_http(line)) ||
	    (kind == NB_ALIAS_NOT_HTTP && nb_is_http(line)))
		return;
	keep_if_better(&f->field[field], node, rank, kind);
}

/* A document as Elasticsearch exports it: not the field "source". */
static bool is_export(nb_str key, const nb_node *value)
{
	return key.len == 7 && memcmp(key.ptr, "_source", 7) == 0 &&
	       nb_node_kind_of(value) == NB_NODE_OBJECT;
}

static void walk_object(struct finder *f, const nb_node *object, bool inside)
{
	nb_walk walk;
	nb_node value;
	nb_str key;

	nb_walk_begin(object, &walk);
	while (nb_walk_next(&walk, &key, &value)) {
		size_t n;
		const nb_alias *a = nb_alias_find(f->map, key, &n);

		if (n && !inside && is_export(key, &value)) {
			walk_object(f, &value, true);
			continue;
		}
		for (size_t i = 0; i < n; i++) {
			uint32_t rank = a[i].rank + (inside ? NB_RANK_INSIDE : 0);

			if (a[i].field != NB_FIELD_INSIDE)
				consider(f, &value, (nb_field)a[i].field, (nb_alias_kind)a[i].kind,
					 rank);
			else if (!inside && nb_node_kind_of(&value) == NB_NODE_OBJECT)
				walk_object(f, &value, true);
		}
	}
}

static bool member(const nb_node *object, nb_str name, nb_node *out)
{
	nb_walk walk;
	nb_str key;

	if (nb_node_kind_of(object) != NB_NODE_OBJECT)
		return false;
	nb_walk_begin(object, &walk);
	while (nb_walk_next(&walk, &key, out))
		if (key.len == name.len && memcmp(key.ptr, name.ptr, key.len) == 0)
			return true;
	return false;
}

/* A key as it stands, or "metadata.date" step by step. */
static bool at_path(const nb_node *object, nb_str path, nb_node *out)
{
	nb_node at = *object;

	if (member(object, path, out))
		return true;
	while (path.len) {
		const char *dot = memchr(path.ptr, '.', path.len);
		size_t len = dot ? (size_t)(dot - path.ptr) : path.len;

		if (!member(&at, (nb_str){ path.ptr, len }, out))
			return false;
		at = *out;
		if (!dot)
			return true;
		path = (nb_str){ dot + 1, path.len - len - 1 };
	}
	return false;
}

static void walk_own(struct finder *f, const nb_node *object)
{
	for (size_t i = 0; i < f->map->n_own; i++) {
		const nb_alias_own *own = &f->map->own[i];
		nb_node value;

		if (at_path(object, own->path, &value))
			consider(f, &value, own->field,
				 own->field == NB_FIELD_DATE ? NB_ALIAS_PUBLISHER : NB_ALIAS_PLAIN,
				 (uint32_t)i);
	}
}

static nb_str keep_line(nb_maker *m, const struct found *f, size_t most)
{
	char number[32];

	if (f->rank == RANK_NONE)
		return (nb_str){ 0 };
	return nb_keep_line(m, nb_value_line(&f->node, number), most);
}

static nb_str keep_list(nb_maker *m, const struct found *f)
{
	return f->rank == RANK_NONE ? (nb_str){ 0 } : nb_keep_list(m, &f->node, NB_SHORT_MAX);
}

/* Of several headlines the one whose role is main, else the first. */
static nb_str keep_title(nb_maker *m, const struct found *f)
{
	struct found title = *f;
	nb_node value;

	if (f->rank != RANK_NONE && nb_node_kind_of(&f->node) == NB_NODE_ARRAY) {
		nb_walk walk;
		nb_node item, role;
		nb_str key;

		nb_walk_begin(&f->node, &walk);
		while (nb_walk_next(&walk, &key, &item)) {
			nb_str name;

			if (!member(&item, NB_STR("role"), &role) ||
			    !member(&item, NB_STR("value"), &value))
				continue;
			name = nb_node_string(&role);
			if (name.len == 4 && memcmp(name.ptr, "main", 4) == 0) {
				title.node = value;
				break;
			}
		}
	}
	return keep_line(m, &title, NB_SHORT_MAX);
}

static void keep_date(nb_maker *m, const struct finder *f, nb_article *out)
{
	const struct found *date = &f->field[NB_FIELD_DATE];

	out->published_at = NB_NO_TIME;
	out->date_source = NB_DATE_NONE;
	if (date->rank != RANK_NONE) {
		out->published_at = f->time;
		out->day_only = f->day_only;
		out->date_source = date->kind == NB_ALIAS_FEED ? NB_DATE_FEED : NB_DATE_PUBLISHER;
	} else if (f->unread_date.rank != RANK_NONE) {
		date = &f->unread_date;
	} else if (f->crawl_date.rank != RANK_NONE) {
		date = &f->crawl_date;
		out->date_source = NB_DATE_CRAWL;
	}
	out->published_raw = keep_line(m, date, NB_DATE_MAX);
}

static void keep_lang(nb_maker *m, const struct found *f, nb_article *out)
{
	char number[32], code[3];

	if (f->rank == RANK_NONE || !nb_lang_code(nb_value_line(&f->node, number), code))
		return;
	out->lang = nb_keep_line(m, (nb_str){ code, 2 }, 2);
}

void nb_record_article(const nb_alias_map *map, nb_maker *m, const nb_node *object,
		       nb_article *out)
{
	struct finder f = { .map = map };
	const struct found *text = &f.field[NB_FIELD_TEXT];

	for (int i = 0; i < NB_FIELD_COUNT; i++)
		f.field[i].rank = RANK_NONE;
	f.unread_date.rank = f.crawl_date.rank = RANK_NONE;
	walk_own(&f, object);
	walk_object(&f, object, false);

	*out = (nb_article){ 0 };
	out->id = keep_line(m, &f.field[NB_FIELD_ID], NB_ID_MAX);
	out->version = keep_line(m, &f.field[NB_FIELD_VERSION], NB_SHORT_MAX);
	out->title = keep_title(m, &f.field[NB_FIELD_TITLE]);
	out->url = keep_line(m, &f.field[NB_FIELD_URL], NB_SHORT_MAX);
	out->source = keep_line(m, &f.field[NB_FIELD_SOURCE], NB_SHORT_MAX);
	if (!out->source.ptr)
		out->source = nb_url_host(out->url);
	out->agency = keep_list(m, &f.field[NB_FIELD_AGENCY]);
	out->byline = keep_list(m, &f.field[NB_FIELD_BYLINE]);
	keep_lang(m, &f.field[NB_FIELD_LANG], out);
	keep_date(m, &f, out);
	if (text->rank != RANK_NONE) {
		bool markup;
		nb_str body = nb_body_text(m, &text->node, &markup);

		out->text = body.len > NB_TEXT_MAX
				    ? body
				    : nb_keep_text(m, body,
						   markup || text->kind == NB_ALIAS_MARKUP);
	}
}
