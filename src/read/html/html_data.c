/* SPDX-License-Identifier: MIT
 *
 * html_data.c - see html_data.h.
 */
#include "read/html/html_data.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "newsbraid/utf8.h"
#include "read/json/repair.h"

#define NESTING_MOST 6
#define NAMES_MOST   512u /* bytes of a list of authors */

struct reader {
	nb_html_data *out;
	nb_arena *arena;
	bool no_memory;
};

static bool same(nb_str s, const char *word)
{
	return s.len == strlen(word) && strncasecmp(s.ptr, word, s.len) == 0;
}

static bool ends(nb_str s, const char *word)
{
	size_t n = strlen(word);

	return s.len >= n && strncasecmp(s.ptr + s.len - n, word, n) == 0;
}

/* ---- strings ----------------------------------------------------------------------------- */

/* Copy a value, references decoded: many sites escape twice.  Paragraphs stay apart. */
static nb_str keep(struct reader *r, nb_str s, bool lines)
{
	char *out = nb_arena_alloc(r->arena, s.len + 1);
	size_t n = 0;

	if (!out) {
		r->no_memory = true;
		return (nb_str){ 0 };
	}
	while (s.len) {
		const char *stop = lines ? memchr(s.ptr, '\n', s.len) : NULL;
		size_t len = stop ? (size_t)(stop - s.ptr) : s.len;
		size_t got = nb_html_decode((nb_str){ s.ptr, len }, out + n);

		n += got;
		len += stop != NULL;
		s = (nb_str){ s.ptr + len, s.len - len };
		if (got && s.len)
			out[n++] = '\n';
	}
	while (n && out[n - 1] == '\n')
		n--;
	return n ? (nb_str){ out, n } : (nb_str){ 0 };
}

static bool member(const nb_node *object, const char *name, nb_node *out)
{
	nb_walk walk;
	nb_str key;

	if (nb_node_kind_of(object) != NB_NODE_OBJECT)
		return false;
	nb_walk_begin(object, &walk);
	while (nb_walk_next(&walk, &key, out))
		if (same(key, name))
			return true;
	return false;
}

/* The string a value is, or the first one a list has, or that an object is named. */
static nb_str string_of(const nb_node *node, int depth)
{
	static const char *const name[] = { "name", "@value", "@id", "url" };
	nb_walk walk;
	nb_node inner;
	nb_str key, s;

	if (nb_node_kind_of(node) == NB_NODE_STRING)
		return nb_node_string(node);
	if (depth == NESTING_MOST)
		return (nb_str){ 0 };
	if (nb_node_kind_of(node) == NB_NODE_OBJECT) {
		for (size_t i = 0; i < sizeof(name) / sizeof(name[0]); i++)
			if (member(node, name[i], &inner) && (s = string_of(&inner, depth + 1)).len)
				return s;
		return (nb_str){ 0 };
	}
	if (nb_walk_begin(node, &walk))
		while (nb_walk_next(&walk, &key, &inner))
			if ((s = string_of(&inner, depth + 1)).len)
				return s;
	return (nb_str){ 0 };
}

static nb_str keep_member(struct reader *r, const nb_node *object, const char *name, bool lines)
{
	nb_node value;
	nb_str s;

	if (!member(object, name, &value))
		return (nb_str){ 0 };
	s = string_of(&value, 0);
	return s.len ? keep(r, s, lines) : (nb_str){ 0 };
}

/* "A, B" of one author or several. */
static nb_str keep_names(struct reader *r, const nb_node *object)
{
	char names[NAMES_MOST];
	nb_node value, item;
	nb_walk walk;
	nb_str key;
	size_t n = 0;

	if (!member(object, "author", &value) && !member(object, "creator", &value))
		return (nb_str){ 0 };
	if (nb_node_kind_of(&value) != NB_NODE_ARRAY)
		return keep(r, string_of(&value, 0), false);
	nb_walk_begin(&value, &walk);
	while (nb_walk_next(&walk, &key, &item)) {
		nb_str name = string_of(&item, 0);

		if (!name.len || n + name.len + 2 > sizeof(names))
			continue;
		if (n)
			n += (size_t)(stpcpy(names + n, ", ") - (names + n));
		memcpy(names + n, name.ptr, name.len);
		n += name.len;
	}
	return keep(r, (nb_str){ names, n }, false);
}

/* ---- objects ----------------------------------------------------------------------------- */

/* How much an object is the article: 0 not at all. */
static int rank_of(nb_str type)
{
	if (ends(type, "NewsArticle"))
		return 4;
	if (ends(type, "Article") || ends(type, "BlogPosting") || ends(type, "Report") ||
	    ends(type, "Review"))
		return 3;
	if (ends(type, "CreativeWork") || ends(type, "SocialMediaPosting"))
		return 2;
	return ends(type, "VideoObject") ? 1 : 0;
}

static void take_article(struct reader *r, const nb_node *object, int rank)
{
	nb_html_data found = *r->out;

	found.rank = rank;
	found.headline = keep_member(r, object, "headline", false);
	if (!found.headline.len)
		found.headline = keep_member(r, object, "name", false);
	found.body = keep_member(r, object, "articleBody", true);
	found.url = keep_member(r, object, "url", false);
	if (!found.url.len)
		found.url = keep_member(r, object, "mainEntityOfPage", false);
	found.author = keep_names(r, object);
	found.publisher = keep_member(r, object, "publisher", false);
	found.lang = keep_member(r, object, "inLanguage", false);
	found.published = keep_member(r, object, "datePublished", false);
	if (!found.published.len)
		found.published = keep_member(r, object, "dateCreated", false);
	if (!found.published.len)
		found.published = keep_member(r, object, "uploadDate", false);
	found.modified = keep_member(r, object, "dateModified", false);
	*r->out = found;
}

static void take_object(struct reader *r, const nb_node *object)
{
	nb_html_data *out = r->out;
	nb_node value;
	nb_str type = { 0 };
	int rank;

	if (member(object, "@type", &value))
		type = string_of(&value, 0);
	rank = rank_of(type);
	if (rank > out->rank)
		take_article(r, object, rank);
	if (ends(type, "WebPage") && !out->page_published.len)
		out->page_published = keep_member(r, object, "datePublished", false);
	if (ends(type, "WebSite") && !out->site.len)
		out->site = keep_member(r, object, "name", false);
}

/* Objects wherever a page may put its article: in lists, in @graph, as the page's main entity. */
static void walk(struct reader *r, const nb_node *node, int depth)
{
	nb_walk items;
	nb_node item;
	nb_str key;

	if (depth == NESTING_MOST)
		return;
	if (nb_node_kind_of(node) == NB_NODE_OBJECT)
		take_object(r, node);
	if (!nb_walk_begin(node, &items))
		return;
	while (nb_walk_next(&items, &key, &item))
		if (!items.members || same(key, "@graph") || same(key, "mainEntity") ||
		    same(key, "mainEntityOfPage") || same(key, "hasPart"))
			walk(r, &item, depth + 1);
}

/* ---- scripts ----------------------------------------------------------------------------- */

/* The JSON of a script: comment and CDATA marks around it off. */
static nb_str json_in(nb_str script)
{
	const char *p = script.ptr, *end = p + script.len;

	while (p < end && *p != '{' && *p != '[') {
		p++;
		if (end - p > 8 && memcmp(p, "[CDATA[", 7) == 0)
			p += 7;
	}
	while (end > p && end[-1] != '}' && end[-1] != ']')
		end--;
	/* "]]>" closes CDATA */
	while (p < end && *p == '{' && end[-1] == ']')
		end--;
	while (end > p && end[-1] != '}' && end[-1] != ']')
		end--;
	return (nb_str){ p, (size_t)(end - p) };
}

static char *json_room(nb_html_json *json, size_t n)
{
	char *p;

	if (n <= json->capacity)
		return json->room;
	p = realloc(json->room, n);
	if (!p)
		return NULL;
	json->capacity = n;
	return json->room = p;
}

nb_status nb_html_data_read(nb_html_json *json, const nb_html_tree *tree, nb_arena *arena,
			    nb_html_data *out)
{
	struct reader r = { .out = out, .arena = arena };

	*out = (nb_html_data){ 0 };
	for (size_t i = 0; i < tree->n_data; i++) {
		nb_str s = json_in(tree->data[i]);
		const char *detail;
		nb_node root;
		size_t n;
		char *p = json_room(json, NB_UTF8_REPAIR_MAX(s.len) + NB_JSON_PADDING);

		if (!p)
			return NB_ENOMEM;
		n = nb_json_repair(s.ptr, s.len, p);
		memset(p + n, 0, NB_JSON_PADDING);
		switch (nb_doc_parse(json->doc, p, n, &root, &detail)) {
		case NB_DOC_OK:
			walk(&r, &root, 0);
			break;
		case NB_DOC_NOMEM:
			return NB_ENOMEM;
		default:
			break;
		}
	}
	return r.no_memory ? NB_ENOMEM : NB_OK;
}
