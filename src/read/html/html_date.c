/* SPDX-License-Identifier: MIT
 *
 * html_date.c - see html_fields.h: when the article was published.
 *
 * From what only a publisher's system writes down to what a reader sees, each only if the ones
 * before it say nothing; a date of modification last of all.
 */
#include <string.h>
#include <strings.h>

#include "read/html/html_fields.h"
#include "read/strings.h"

#define AROUND 8u   /* blocks before the title, and after the beginning of the text */
#define LINE   160u /* bytes of a line that gives a date */

static bool same(nb_str s, const char *word)
{
	return s.len == strlen(word) && strncasecmp(s.ptr, word, s.len) == 0;
}

static bool holds(nb_str s, const char *word)
{
	size_t n = strlen(word);

	for (size_t i = 0; i + n <= s.len; i++)
		if (strncasecmp(s.ptr + i, word, n) == 0)
			return true;
	return false;
}

static bool says_modified(nb_str s)
{
	return holds(s, "modif") || holds(s, "updat");
}

/* Take a value if it is a date. */
static bool take(nb_html_source *s, nb_str value, nb_html_origin origin, nb_html_page *out)
{
	nb_article *a = &out->article;
	nb_str text = nb_trim(nb_clip(value, LINE));
	nb_date_found found;

	if (!text.len)
		return false;
	if (nb_date_parse(text, &found.time)) {
		found.day_only = nb_date_is_day(text);
		found.text = text;
	} else if (!nb_date_find(text, s->tree->lang.len == 5 && holds(s->tree->lang, "us"),
				 &found)) {
		return false;
	}
	a->published_raw = nb_html_keep(s, found.text);
	a->published_at = found.time;
	a->day_only = found.day_only;
	a->date_source = NB_DATE_PUBLISHER;
	out->published = origin;
	return true;
}

/* The first <meta> of one of these names that is a date. */
static bool take_meta(nb_html_source *s, const char *const *keys, nb_html_page *out)
{
	for (; *keys; keys++)
		if (take(s, nb_html_meta_value(s, *keys), NB_ORIGIN_META, out))
			return true;
	return false;
}

/* Names that can only mean publication. */
static bool take_published_meta(nb_html_source *s, nb_html_page *out)
{
	static const char *const keys[] = { "article:published_time", "og:article:published_time",
					    "og:published_time",      "article:published",
					    "datepublished",          NULL };

	return take_meta(s, keys, out);
}

/* Names of content systems, analytics and libraries, and names that only say "date". */
static bool take_other_meta(nb_html_source *s, nb_html_page *out)
{
	static const char *const keys[] = { "parsely-pub-date",
					    "sailthru.date",
					    "dcterms.issued",
					    "dc.date.issued",
					    "dcterms.created",
					    "dc.date.created",
					    "citation_publication_date",
					    "citation_date",
					    "bt:pubdate",
					    "cxenseparse:recs:publishtime",
					    "rbpubdate",
					    "originalpublicationdate",
					    "publication_date",
					    "publicationdate",
					    "published_time",
					    "published-date",
					    "publish-date",
					    "publish_date",
					    "publishdate",
					    "published",
					    "pubdate",
					    "pub_date",
					    "article.published",
					    "article:post_date",
					    "shareaholic:article_published_time",
					    "datecreated",
					    "date.created",
					    "date_published",
					    "displaydate",
					    "dcterms.date",
					    "dc.date",
					    "date",
					    "created",
					    "timestamp",
					    NULL };

	return take_meta(s, keys, out);
}

/* Whether a place is part of something else: a teaser, a comment, a menu. */
static bool is_elsewhere(const nb_html_tree *t, uint32_t node)
{
	return (t->node[node].within & NB_HINT_REGIONS & ~(uint32_t)NB_HINT_HEADER) != 0;
}

/* The blocks in which a page gives the date of its report. */
static void window(const nb_html_source *s, uint32_t *from, uint32_t *to)
{
	const nb_html_tree *t = s->tree;
	uint32_t begin = t->node[s->region->node].block, end = t->node[s->region->node].block_end;
	uint32_t title = s->title != NB_HTML_NO_BLOCK ? s->title : begin;

	*from = title < begin ? title : begin;
	*from = *from > AROUND ? *from - AROUND : 0;
	*to = end;
}

static bool take_time(nb_html_source *s, nb_html_page *out)
{
	const nb_html_tree *t = s->tree;
	uint32_t from, to;

	window(s, &from, &to);
	for (int strict = 1; strict >= 0; strict--) {
		for (size_t i = 0; i < t->n_times; i++) {
			const nb_html_time *time = &t->time[i];

			if (says_modified(time->itemprop) || says_modified(time->name) ||
			    is_elsewhere(t, time->node))
				continue;
			if (strict ? !same(time->itemprop, "datePublished")
				   : time->block < from || time->block >= to)
				continue;
			if (take(s, time->datetime, NB_ORIGIN_TIME, out))
				return true;
		}
	}
	return false;
}

/* A short line around title and text that holds a date; first those that say what they are. */
static bool take_visible(nb_html_source *s, nb_html_page *out)
{
	const nb_html_tree *t = s->tree;
	uint32_t from, to;

	window(s, &from, &to);
	for (int hinted = 1; hinted >= 0; hinted--) {
		for (uint32_t i = from; i < to && i < t->n_blocks; i++) {
			const nb_html_block *block = &t->block[i];
			nb_str text = nb_html_block_text(t, block);

			if (text.len > LINE || is_elsewhere(t, block->node) || says_modified(text))
				continue;
			if (hinted &&
			    !(t->node[block->node].within & (NB_HINT_DATE | NB_HINT_AUTHOR)))
				continue;
			if (take(s, text, NB_ORIGIN_VISIBLE, out))
				return true;
		}
	}
	return false;
}

/* "/2019/11/19/" or "/2019-11-19-" or "/20191119/" of the page's address. */
static bool take_url(nb_html_source *s, nb_html_page *out)
{
	nb_str url = out->article.url;
	const char *p = url.ptr, *end = p ? p + url.len : p;

	for (; end - p > 9; p++) {
		size_t n = 1;
		char day[9] = { 0 };
		int64_t time;

		if (*p != '/' && *p != '-' && *p != '_')
			continue;
		for (size_t k = 0; k < 8 && p + n < end; n++) {
			if (p[n] >= '0' && p[n] <= '9')
				day[k++] = p[n];
			else if ((p[n] != '/' && p[n] != '-') || (k != 4 && k != 6))
				break;
		}
		if (!day[7] || (p + n < end && p[n] >= '0' && p[n] <= '9') ||
		    (memcmp(day, "19", 2) < 0 || memcmp(day, "21", 2) > 0) ||
		    !nb_date_parse((nb_str){ day, 8 }, &time))
			continue;
		return take(s, nb_html_keep(s, (nb_str){ day, 8 }), NB_ORIGIN_URL, out);
	}
	return false;
}

static bool take_modified(nb_html_source *s, nb_html_page *out)
{
	static const char *const keys[] = { "article:modified_time",
					    "og:updated_time",
					    "datemodified",
					    "dcterms.modified",
					    "last-modified",
					    "lastmod",
					    NULL };

	out->modified =
		take(s, s->data->modified, NB_ORIGIN_JSON_LD, out) || take_meta(s, keys, out);
	return out->modified;
}

void nb_html_date(nb_html_source *s, nb_html_page *out)
{
	out->article.published_at = NB_NO_TIME;
	(void)(take(s, s->data->published, NB_ORIGIN_JSON_LD, out) || take_published_meta(s, out) ||
	       take_other_meta(s, out) || take_time(s, out) ||
	       take(s, s->data->page_published, NB_ORIGIN_JSON_LD, out) || take_visible(s, out) ||
	       take_url(s, out) || take_modified(s, out));
}
