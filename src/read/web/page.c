/* SPDX-License-Identifier: MIT
 *
 * page.c - see page.h.
 */
#include "read/web/page.h"

#include "newsbraid/html.h"
#include "read/origin.h"

/* The page in UTF-8; absent without memory.  Lives until the next one. */
static nb_str to_utf8(nb_parse *p, nb_str page, nb_str content_type)
{
	nb_decoded decoded;

	if (nb_charset_to_utf8(&p->m->charset, page, nb_html_charset(page, content_type),
			       (nb_str){ 0 }, &decoded) != NB_OK)
		return (nb_str){ 0 };
	if (decoded.damaged)
		nb_parse_repaired(p);
	return decoded.text;
}

static nb_str keep(nb_maker *m, nb_str s)
{
	return nb_keep_line(m, s, NB_SHORT_MAX);
}

static nb_str keep_origin(nb_maker *m, const nb_html_page *page)
{
	const struct {
		const char *field;
		nb_html_origin origin;
	} found[] = { { "title", page->title }, { "text", page->text },
		      { "published", page->published }, { "url", page->url },
		      { "source", page->source }, { "lang", page->lang },
		      { "byline", page->byline } };
	nb_origin_of of[sizeof(found) / sizeof(found[0])];
	size_t n = sizeof(of) / sizeof(of[0]);

	for (size_t i = 0; i < n; i++)
		of[i] = (nb_origin_of){ found[i].field,
					found[i].origin ? nb_html_origin_name(found[i].origin)
							: NULL };
	return nb_origin_keep(m, of, n);
}

/* Copy the strings of a page into the pool: the extractor's do not last. */
static nb_article kept(nb_maker *m, const nb_html_page *page, const nb_page_source *source)
{
	nb_article a = page->article;

	a.id = source->id;
	a.origin = keep_origin(m, page);
	if (!a.published_raw.len && source->crawled.len) {
		a.published_raw = source->crawled;
		a.date_source = NB_DATE_CRAWL;
	}
	a.source = keep(m, a.source);
	a.lang = keep(m, a.lang);
	a.title = keep(m, a.title);
	a.byline = keep(m, a.byline);
	a.url = keep(m, a.url);
	a.published_raw = nb_keep_line(m, a.published_raw, NB_DATE_MAX);
	a.text = nb_keep_text(m, a.text, false);
	return a;
}

void nb_parse_page(nb_parse *p, nb_str page, const nb_page_source *source, const nb_record *at)
{
	nb_html_page found;
	nb_maker *m = p->m;
	nb_str text = to_utf8(p, page, source->content_type);
	nb_article article;

	if (!m->html)
		m->html = nb_html_new();
	if (!text.ptr || !m->html) {
		m->no_memory = true;
		return;
	}
	switch (nb_html_read(m->html, text, source->url, &found)) {
	case NB_OK:
		break;
	case NB_ELIMIT:
		nb_parse_reject(p, NB_REJECT_TOO_LONG, "the page is longer than 64 MiB", at);
		return;
	default:
		m->no_memory = true;
		return;
	}
	if (!found.article.text.len) {
		nb_parse_reject(p, NB_REJECT_NO_TEXT, "the page has no running text", at);
		return;
	}
	article = kept(m, &found, source);
	nb_parse_article(p, &article, at);
}
