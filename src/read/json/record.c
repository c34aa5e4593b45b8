/* SPDX-License-Identifier: MIT
 *
 * record.c - see record.h.
 *
 * One walk over the members keeps the best value for each field; only the winners are cleaned and
 * copied.
 */
#include "read/json/record.h"

#include <stdatomic.h>
#include <string.h>
#include <strings.h>

#include "newsbraid/reader.h"
#include "read/json/body.h"
#include "read/html/markup.h"
#include "read/origin.h"
#include "text/language.h"

#define RANK_NONE    UINT32_MAX
#define RANK_SUMMARY 10000u /* added: a summary is worse than any text */

struct found {
	nb_node node;
	uint32_t rank;
	nb_alias_kind kind;
	nb_str outer, key; /* where it stood: outer.key */
};

/* The best values so far.  Of dates the best that can be read wins over better ones that cannot. */
struct finder {
	const nb_alias_map *map;
	nb_str outer, key; /* of the value being considered */
	struct found field[NB_FIELD_COUNT];
	struct found unread_date, crawl_date;
	int64_t time;
	bool day_only;
};

static void keep_if_better(const struct finder *f, struct found *best, const nb_node *node,
			   uint32_t rank, nb_alias_kind kind)
{
	if (rank < best->rank)
		*best = (struct found){ *node, rank, kind, f->outer, f->key };
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
		keep_if_better(f, &f->crawl_date, node, rank, kind);
	} else if (!nb_date_parse(line, &time)) {
		keep_if_better(f, &f->unread_date, node, rank, kind);
	} else if (rank < f->field[NB_FIELD_DATE].rank) {
		keep_if_better(f, &f->field[NB_FIELD_DATE], node, rank, kind);
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
			keep_if_better(f, &f->field[field], node, rank, kind);
		return;
	}
	line = nb_value_line(node, number);
	if (!line.ptr || (kind == NB_ALIAS_HTTP && !nb_is_http(line)) ||
	    (kind == NB_ALIAS_NOT_HTTP && nb_is_http(line)))
		return;
	keep_if_better(f, &f->field[field], node, rank, kind);
}

/* A document as Elasticsearch exports it: not the field "source". */
static bool is_export(nb_str key, const nb_node *value)
{
	return key.len == 7 && memcmp(key.ptr, "_source", 7) == 0 &&
	       nb_node_kind_of(value) == NB_NODE_OBJECT;
}

static void walk_object(struct finder *f, const nb_node *object, nb_str outer)
{
	bool inside = outer.ptr != NULL;
	nb_walk walk;
	nb_node value;
	nb_str key;

	nb_walk_begin(object, &walk);
	while (nb_walk_next(&walk, &key, &value)) {
		size_t n;
		const nb_alias *a = nb_alias_find(key, &n);

		if (n && !inside && is_export(key, &value)) {
			walk_object(f, &value, key);
			continue;
		}
		f->outer = outer;
		f->key = key;
		for (size_t i = 0; i < n; i++) {
			uint32_t rank = a[i].rank + (inside ? NB_RANK_INSIDE : 0);

			if (a[i].field != NB_FIELD_INSIDE)
				consider(f, &value, (nb_field)a[i].field, (nb_alias_kind)a[i].kind,
					 rank);
			else if (!inside && nb_node_kind_of(&value) == NB_NODE_OBJECT)
				walk_object(f, &value, key);
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

		f->outer = (nb_str){ 0 };
		f->key = own->path;
		if (!at_path(object, own->path, &value))
			continue;
		if (!atomic_load_explicit(&f->map->seen[i], memory_order_relaxed))
			atomic_store_explicit(&f->map->seen[i], true, memory_order_relaxed);
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
	return f->rank == RANK_NONE ? (nb_str){ 0 } : nb_keep_list(m, &f->node, ", ", NB_SHORT_MAX);
}

/* Of several headlines the best; HTML to text. */
static nb_str keep_title(nb_maker *m, const struct found *f, nb_str *role)
{
	char number[32];
	nb_pick pick = { .value = f->node };
	nb_str line;

	*role = (nb_str){ 0 };
	if (f->rank == RANK_NONE)
		return (nb_str){ 0 };
	if (nb_pick_best(&f->node, &pick))
		*role = pick.role;
	line = nb_value_line(&pick.value, number);
	if (line.ptr && (pick.markup || nb_markup_likely(line)) && line.len <= NB_TEXT_MAX) {
		char *p = nb_scratch_room(&m->joined, line.len + 1);

		if (!p) {
			m->no_memory = true;
			return (nb_str){ 0 };
		}
		line = (nb_str){ p, nb_markup_text(line, p) };
	}
	return nb_keep_line(m, nb_trim(line), NB_SHORT_MAX);
}

static int64_t embargo_of(const struct found *f)
{
	char number[32];
	int64_t time;
	nb_str line;

	if (f->rank == RANK_NONE)
		return 0;
	line = nb_value_line(&f->node, number);
	return line.ptr && nb_date_parse(line, &time) ? time : 0;
}

/* "usable", "stat:canceled", "http://cv.iptc.org/newscodes/pubstatusg2/withheld". */
nb_pub_status nb_pub_status_of(nb_str s)
{
	for (size_t i = s.len; i > 0; i--) {
		if (s.ptr[i - 1] == ':' || s.ptr[i - 1] == '/') {
			s = (nb_str){ s.ptr + i, s.len - i };
			break;
		}
	}
	if ((s.len == 8 && strncasecmp(s.ptr, "canceled", 8) == 0) ||
	    (s.len == 9 && strncasecmp(s.ptr, "cancelled", 9) == 0))
		return NB_PUB_CANCELED;
	if (s.len == 8 && strncasecmp(s.ptr, "withheld", 8) == 0)
		return NB_PUB_WITHHELD;
	return NB_PUB_USABLE;
}

/* The date, and what it was found as. */
static const struct found *keep_date(nb_maker *m, const struct finder *f, nb_article *out)
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
	return date;
}

static void keep_lang(nb_maker *m, const struct found *f, nb_article *out)
{
	char number[32], code[3];

	if (f->rank == RANK_NONE || !nb_language_code(nb_value_line(&f->node, number), code))
		return;
	out->lang = nb_keep_line(m, (nb_str){ code, 2 }, 2);
}

/* ---- where it all came from ------------------------------------------------------------------- */

static void put_origin(nb_origin *o, const char *field, const struct found *f, nb_str role)
{
	if (f->rank != RANK_NONE)
		nb_origin_add(o, field, f->outer, f->key, role);
}

/* What the fields of an article were picked from, beside their keys. */
struct picked {
	nb_str title_role, text_role;
	bool source_of_url;
	const struct found *date;
};

static nb_str keep_origin(nb_maker *m, const struct finder *f, const struct picked *picked)
{
	static const struct {
		const char *name;
		nb_field field;
	} plain[] = {
		{ "id", NB_FIELD_ID },
		{ "source", NB_FIELD_SOURCE },
		{ "agency", NB_FIELD_AGENCY },
		{ "version", NB_FIELD_VERSION },
		{ "lang", NB_FIELD_LANG },
		{ "byline", NB_FIELD_BYLINE },
		{ "url", NB_FIELD_URL },
		{ "located", NB_FIELD_LOCATED },
		{ "subjects", NB_FIELD_SUBJECTS },
		{ "embargo", NB_FIELD_EMBARGO },
		{ "pub_status", NB_FIELD_PUB_STATUS },
	};
	nb_origin o = { .n = 0 };

	put_origin(&o, "title", &f->field[NB_FIELD_TITLE], picked->title_role);
	put_origin(&o, "text", &f->field[NB_FIELD_TEXT], picked->text_role);
	put_origin(&o, "published", picked->date, (nb_str){ 0 });
	for (size_t i = 0; i < sizeof(plain) / sizeof(plain[0]); i++)
		put_origin(&o, plain[i].name, &f->field[plain[i].field], (nb_str){ 0 });
	if (picked->source_of_url)
		put_origin(&o, "source", &f->field[NB_FIELD_URL], NB_STR("host"));
	return nb_origin_done(m, &o);
}

/* ---- the article ------------------------------------------------------------------------------ */

/* A kill without a text is kept, for what it takes back: its text is the note of the editor, or the
 * status itself. */
static nb_str kill_text(nb_maker *m, const nb_node *object, const struct found *status)
{
	nb_node note;
	bool has = member(object, NB_STR("ednote"), &note) || member(object, NB_STR("edNote"), &note);
	char number[32];
	nb_str line = has ? nb_value_line(&note, number) : (nb_str){ 0 };

	return line.ptr ? nb_keep_line(m, line, NB_SHORT_MAX) : keep_line(m, status, NB_SHORT_MAX);
}

static void keep_text(nb_maker *m, const struct found *f, nb_article *out, nb_str *role)
{
	bool markup;
	nb_str body;

	if (f->rank == RANK_NONE)
		return;
	body = nb_body_text(m, &f->node, &markup, role);
	out->text = body.len > NB_TEXT_MAX
			    ? body
			    : nb_keep_text(m, body, markup || f->kind == NB_ALIAS_MARKUP);
}

void nb_record_article(const nb_alias_map *map, nb_maker *m, const nb_node *object,
		       nb_article *out)
{
	struct finder f = { .map = map };
	struct picked picked = { 0 };
	char number[32];

	for (int i = 0; i < NB_FIELD_COUNT; i++)
		f.field[i].rank = RANK_NONE;
	f.unread_date.rank = f.crawl_date.rank = RANK_NONE;
	walk_own(&f, object);
	walk_object(&f, object, (nb_str){ 0 });

	*out = (nb_article){ 0 };
	out->id = keep_line(m, &f.field[NB_FIELD_ID], NB_ID_MAX);
	out->version = keep_line(m, &f.field[NB_FIELD_VERSION], NB_SHORT_MAX);
	out->title = keep_title(m, &f.field[NB_FIELD_TITLE], &picked.title_role);
	out->url = keep_line(m, &f.field[NB_FIELD_URL], NB_SHORT_MAX);
	out->source = keep_line(m, &f.field[NB_FIELD_SOURCE], NB_SHORT_MAX);
	if (!out->source.ptr)
		out->source = nb_url_host(out->url);
	picked.source_of_url = out->source.ptr && f.field[NB_FIELD_SOURCE].rank == RANK_NONE;
	out->agency = keep_list(m, &f.field[NB_FIELD_AGENCY]);
	out->byline = keep_list(m, &f.field[NB_FIELD_BYLINE]);
	out->located = keep_line(m, &f.field[NB_FIELD_LOCATED], NB_SHORT_MAX);
	if (f.field[NB_FIELD_SUBJECTS].rank != RANK_NONE)
		out->subjects = nb_keep_names(m, &f.field[NB_FIELD_SUBJECTS].node, NB_SHORT_MAX);
	out->embargo = embargo_of(&f.field[NB_FIELD_EMBARGO]);
	if (f.field[NB_FIELD_PUB_STATUS].rank != RANK_NONE)
		out->pub_status = nb_pub_status_of(
			nb_value_line(&f.field[NB_FIELD_PUB_STATUS].node, number));
	keep_lang(m, &f.field[NB_FIELD_LANG], out);
	picked.date = keep_date(m, &f, out);
	keep_text(m, &f.field[NB_FIELD_TEXT], out, &picked.text_role);
	if (out->pub_status != NB_PUB_USABLE && !out->text.len && !out->title.len)
		out->text = kill_text(m, object, &f.field[NB_FIELD_PUB_STATUS]);
	out->origin = keep_origin(m, &f, &picked);
}
