/* SPDX-License-Identifier: MIT
 *
 * page.c - see page.h.
 */
#include "read/page.h"

#include "newsbraid/html.h"

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

/* Copy the strings of a page into the pool: the extractor's do not last. */
static nb_article kept(nb_maker *m, const nb_html_page *page, nb_str id)
{
	nb_article a = page->article;

	a.id = id;
	a.source = keep(m, a.source);
	a.lang = keep(m, a.lang);
	a.title = keep(m, a.title);
	a.byline = keep(m, a.byline);
	a.url = keep(m, a.url);
	a.published_raw = nb_keep_line(m, a.published_raw, NB_DATE_MAX);
	a.text = nb_keep_text(m, a.text, false);
	return a;
}

void nb_parse_page(nb_parse *p, nb_str page, nb_str content_type, nb_str url, nb_str id,
		   const nb_place *at)
{
	nb_html_page found;
	nb_maker *m = p->m;
	nb_str text = to_utf8(p, page, content_type);
	nb_article article;

	if (!m->html)
		m->html = nb_html_new();
	if (!text.ptr || !m->html) {
		m->no_memory = true;
		return;
	}
	switch (nb_html_read(m->html, text, url, &found)) {
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
	article = kept(m, &found, id);
	nb_parse_article(p, &article, at);
}
