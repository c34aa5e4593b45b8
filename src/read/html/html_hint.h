/* SPDX-License-Identifier: MIT
 *
 * html_hint.h - what the authors of a page call its parts: words of class, id, role, itemprop.
 *
 * Only words that mean the same on any site; no site, no theme, no publisher.
 */
#ifndef NB_READ_HTML_HTML_HINT_H
#define NB_READ_HTML_HTML_HINT_H

#include "newsbraid/nb.h"
#include "read/html/html_tag.h"

/* What a part of a page says it is. */
enum {
	/* the report */
	NB_HINT_BODY = 1u << 0,    /* "article-body", "entry-content", itemprop articleBody */
	NB_HINT_ARTICLE = 1u << 1, /* <article>, "article", "post" */
	NB_HINT_MAIN = 1u << 2,    /* <main>, role main, "content" */
	NB_HINT_LEAD = 1u << 3,    /* "lead", "intro", "standfirst", "summary" */
	NB_HINT_TITLE = 1u << 4,   /* "headline", "title" */
	/* what stands around it: whole regions */
	NB_HINT_COMMENT = 1u << 8,
	NB_HINT_SHARE = 1u << 9,
	NB_HINT_RELATED = 1u << 10, /* teasers of other reports */
	NB_HINT_NAV = 1u << 11,
	NB_HINT_FOOTER = 1u << 12,
	NB_HINT_ASIDE = 1u << 13,
	NB_HINT_AD = 1u << 14,
	NB_HINT_NOTICE = 1u << 15, /* cookies, consent, pop-ups */
	NB_HINT_SIGNUP = 1u << 16, /* newsletters, subscriptions, log-in */
	NB_HINT_HIDDEN = 1u << 17,
	NB_HINT_HEADER = 1u << 18,
	/* what stands in it and is not it: lines */
	NB_HINT_CAPTION = 1u << 20,
	NB_HINT_AUTHOR = 1u << 21,
	NB_HINT_DATE = 1u << 22, /* dates, counters, reading time */
	NB_HINT_TAGS = 1u << 23,
	NB_HINT_MEDIA = 1u << 24,
	NB_HINT_SKIP = 1u << 25, /* no text at all: svg, select, noscript */
	NB_HINT_FORM = 1u << 26,
};

#define NB_HINT_REGIONS \
	(NB_HINT_COMMENT | NB_HINT_SHARE | NB_HINT_RELATED | NB_HINT_NAV | NB_HINT_FOOTER | \
	 NB_HINT_ASIDE | NB_HINT_AD | NB_HINT_NOTICE | NB_HINT_SIGNUP | NB_HINT_HIDDEN | \
	 NB_HINT_HEADER | NB_HINT_FORM)
#define NB_HINT_LINES \
	(NB_HINT_CAPTION | NB_HINT_AUTHOR | NB_HINT_DATE | NB_HINT_TAGS | NB_HINT_MEDIA)
#define NB_HINT_FURNITURE (NB_HINT_REGIONS | NB_HINT_LINES)

/** The hints of one attribute's words; 0 for none. */
uint32_t nb_html_hint_words(nb_str value);

/** The hints of an element by its name. */
uint32_t nb_html_hint_tag(nb_html_tag tag);

#endif
