/* SPDX-License-Identifier: MIT
 *
 * html_fields.c - see html_fields.h: address, site, language, author.
 */
#include "read/html/html_fields.h"

#include <string.h>
#include <strings.h>

#include "read/strings.h"
#include "text/language.h"

#define BYLINE_MOST 200u

nb_str nb_html_keep(nb_html_source *s, nb_str text)
{
	char *out;
	size_t n;

	text = nb_clip(text, NB_SHORT_MAX);
	out = nb_arena_alloc(s->arena, text.len + 1);
	if (!out) {
		s->no_memory = true;
		return (nb_str){ 0 };
	}
	n = nb_html_decode(text, out);
	return n ? (nb_str){ out, n } : (nb_str){ 0 };
}

static bool same(nb_str s, const char *word)
{
	return s.len == strlen(word) && strncasecmp(s.ptr, word, s.len) == 0;
}

nb_str nb_html_meta_value(nb_html_source *s, const char *key)
{
	for (size_t i = 0; i < s->tree->n_metas; i++) {
		const nb_html_meta *meta = &s->tree->meta[i];

		if (same(meta->key, key)) {
			nb_str value = nb_html_keep(s, meta->value);

			if (value.len && !nb_says_nothing(value))
				return value;
		}
	}
	return (nb_str){ 0 };
}

/* The first of several <meta>; keys ends with NULL. */
static nb_str first_meta(nb_html_source *s, const char *const *keys)
{
	nb_str value = { 0 };

	for (; *keys && !value.len; keys++)
		value = nb_html_meta_value(s, *keys);
	return value;
}

/* ---- address ----------------------------------------------------------------------------- */

/* Behind "https://host"; NULL if it is no such address. */
static const char *path_of(nb_str url)
{
	const char *p, *end;

	if (!nb_is_http(url))
		return NULL;
	end = url.ptr + url.len;
	for (p = (const char *)memchr(url.ptr, ':', url.len) + 3; p < end && !strchr("/?#", *p);)
		p++;
	return p;
}

nb_str nb_html_host(nb_str url)
{
	const char *end = path_of(url), *begin, *at;

	if (!end)
		return (nb_str){ 0 };
	begin = (const char *)memchr(url.ptr, ':', url.len) + 3;
	if ((at = memrchr(begin, '@', (size_t)(end - begin))))
		begin = at + 1;
	if ((at = memchr(begin, ':', (size_t)(end - begin))))
		end = at;
	if (end - begin > 4 && strncasecmp(begin, "www.", 4) == 0)
		begin += 4;
	return begin == end ? (nb_str){ 0 } : (nb_str){ begin, (size_t)(end - begin) };
}

/* Whether an address names more than a site. */
static bool has_path(nb_str url)
{
	const char *path = path_of(url);

	return path && url.ptr + url.len - path > 1;
}

/* base's scheme, and its host if host, before rest. */
static nb_str join(nb_html_source *s, nb_str base, bool host, nb_str rest)
{
	const char *colon = memchr(base.ptr, ':', base.len);
	size_t n = (size_t)((host ? path_of(base) : colon + 1) - base.ptr);
	char *out = nb_arena_alloc(s->arena, n + rest.len);

	if (!out) {
		s->no_memory = true;
		return (nb_str){ 0 };
	}
	memcpy(out, base.ptr, n);
	memcpy(out + n, rest.ptr, rest.len);
	return (nb_str){ out, n + rest.len };
}

/* A whole address; absent if it cannot be made one. */
static nb_str absolute(nb_html_source *s, nb_str url)
{
	if (nb_is_http(url))
		return url;
	if (!url.len || url.ptr[0] != '/' || !nb_is_http(s->url))
		return (nb_str){ 0 };
	return join(s, s->url, url.len < 2 || url.ptr[1] != '/', url);
}

/* A canonical address that is only the site's says nothing about a page that has a path. */
static void choose_url(nb_html_source *s, nb_html_page *out)
{
	const struct {
		nb_str url;
		nb_html_origin origin;
	} choice[] = {
		{ absolute(s, nb_html_meta_value(s, "canonical")), NB_ORIGIN_LINK },
		{ absolute(s, nb_html_meta_value(s, "og:url")), NB_ORIGIN_META },
		{ absolute(s, s->data->url), NB_ORIGIN_JSON_LD },
		{ s->url, NB_ORIGIN_URL },
	};
	const size_t n = sizeof(choice) / sizeof(choice[0]);

	for (int path = 1; path >= 0; path--) {
		for (size_t i = 0; i < n; i++) {
			if (!choice[i].url.len || (path && !has_path(choice[i].url)))
				continue;
			out->article.url = choice[i].url;
			out->url = choice[i].origin;
			return;
		}
	}
}

/* ---- site, language ---------------------------------------------------------------------- */

static void choose_source(nb_html_source *s, nb_html_page *out)
{
	static const char *const keys[] = {
		"og:site_name", "application-name",           "dc.publisher",
		"publisher",    "apple-mobile-web-app-title", NULL
	};
	nb_str name = nb_html_meta_value(s, keys[0]);

	out->source = NB_ORIGIN_META;
	if (!name.len && (name = s->data->publisher).len)
		out->source = NB_ORIGIN_JSON_LD;
	if (!name.len && (name = s->data->site).len)
		out->source = NB_ORIGIN_JSON_LD;
	if (!name.len)
		name = first_meta(s, keys + 1);
	if (!name.len || nb_is_http(name)) {
		name = nb_html_host(s->url.len ? s->url : out->article.url);
		out->source = name.len ? NB_ORIGIN_URL : NB_ORIGIN_NONE;
	}
	out->article.source = name;
}

static void choose_lang(nb_html_source *s, nb_html_page *out)
{
	static const char *const keys[] = { "og:locale",   "content-language", "language",
					    "dc.language", "dcterms.language", "inlanguage",
					    NULL };
	const struct {
		nb_str lang;
		nb_html_origin origin;
	} choice[] = {
		{ s->data->lang, NB_ORIGIN_JSON_LD },
		{ s->tree->lang, NB_ORIGIN_TAG },
		{ first_meta(s, keys), NB_ORIGIN_META },
	};
	char code[3];

	for (size_t i = 0; i < sizeof(choice) / sizeof(choice[0]); i++) {
		if (nb_language_code(nb_trim(choice[i].lang), code)) {
			out->article.lang = nb_html_keep(s, (nb_str){ code, 2 });
			out->lang = choice[i].origin;
			return;
		}
	}
}

/* ---- author ------------------------------------------------------------------------------ */

static nb_str without_by(nb_str line)
{
	static const char *const by[] = { "by ", "von ", "door ", "par ", "por ", "di " };

	for (size_t i = 0; i < sizeof(by) / sizeof(by[0]); i++) {
		size_t n = strlen(by[i]);

		if (line.len > n && strncasecmp(line.ptr, by[i], n) == 0)
			return nb_trim((nb_str){ line.ptr + n, line.len - n });
	}
	return line;
}

/* The first short line near the report that the page calls its author's. */
static nb_str visible_byline(nb_html_source *s)
{
	const nb_html_tree *t = s->tree;

	for (size_t i = 0; i < t->n_blocks; i++) {
		uint32_t within = t->node[t->block[i].node].within;
		nb_str line = nb_html_block_text(t, &t->block[i]);

		if (within & NB_HINT_AUTHOR && line.len > 4 && line.len < 80 &&
		    !(within & (NB_HINT_REGIONS & ~NB_HINT_HEADER)) &&
		    !memchr(line.ptr, '\n', line.len))
			return line;
	}
	return (nb_str){ 0 };
}

static void choose_byline(nb_html_source *s, nb_html_page *out)
{
	static const char *const keys[] = { "author",
					    "article:author",
					    "og:article:author",
					    "parsely-author",
					    "sailthru.author",
					    "byl",
					    "dc.creator",
					    "dcterms.creator",
					    "citation_author",
					    "cxenseparse:author",
					    NULL };
	const struct {
		nb_str name;
		nb_html_origin origin;
	} choice[] = {
		{ s->data->author, NB_ORIGIN_JSON_LD },
		{ first_meta(s, keys), NB_ORIGIN_META },
		{ nb_html_meta_value(s, "parsely-author"), NB_ORIGIN_META },
		{ visible_byline(s), NB_ORIGIN_VISIBLE },
	};

	for (size_t i = 0; i < sizeof(choice) / sizeof(choice[0]); i++) {
		nb_str name = without_by(nb_trim(choice[i].name));

		if (!name.len || name.len > BYLINE_MOST || nb_is_http(name) ||
		    nb_says_nothing(name))
			continue;
		out->article.byline = name;
		out->byline = choice[i].origin;
		return;
	}
}

void nb_html_fields(nb_html_source *s, nb_html_page *out)
{
	choose_url(s, out);
	choose_source(s, out);
	choose_lang(s, out);
	choose_byline(s, out);
}
