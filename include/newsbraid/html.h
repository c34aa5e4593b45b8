/* SPDX-License-Identifier: MIT
 *
 * html.h - an article out of a web page: its text without furniture, title, date, address, site,
 * language and author, and where each was found.
 *
 * The page is read by the tokenizer rules of the HTML standard into a flat list of text blocks;
 * the report is the element whose blocks weigh most (long, few links, sentences), weighed down by
 * what the page itself calls its parts (comments, related, share, cookie ...).  In it captions,
 * teasers, share and author lines are left out.  No site is known by name, nothing is loaded, no
 * script is run.
 *
 * Paper: the density and structure of Kohlschuetter, Fankhauser, Nejdl (2010), "Boilerplate
 * detection using shallow text features"; sums that rise through the tree as in Readability.
 *
 * Level: read.  One extractor must not be used by two threads at the same time.
 */
#ifndef NB_HTML_H
#define NB_HTML_H

#include "newsbraid/article.h"

NB_API_BEGIN

/* Bytes of a page; longer ones are refused. */
#define NB_HTML_PAGE_MAX ((size_t)64 << 20)

/* Where something was found. */
typedef enum nb_html_origin {
	NB_ORIGIN_NONE = 0, /* nowhere: the field is absent */
	NB_ORIGIN_JSON_LD,
	NB_ORIGIN_META,      /* <meta>: OpenGraph, Dublin Core and the like */
	NB_ORIGIN_MICRODATA, /* itemprop */
	NB_ORIGIN_TIME,      /* <time datetime> */
	NB_ORIGIN_LINK,      /* <link rel=canonical> */
	NB_ORIGIN_TAG,       /* <title>, <html lang> */
	NB_ORIGIN_VISIBLE,   /* what a reader of the page sees */
	NB_ORIGIN_URL,       /* the page's own address */
	NB_ORIGIN_COUNT,
} nb_html_origin;

/* "none", "json-ld", "meta", "microdata", "time", "link", "tag", "visible", "url" */
const char *nb_html_origin_name(nb_html_origin origin);

/* What a page is. */
typedef struct nb_html_page {
	/*
	 * text: paragraphs, headings and list items of the report, a line feed between them;
	 * absent if the page has none.  date_source is NB_DATE_PUBLISHER or NB_DATE_NONE; a date
	 * of modification stands in only where there is no other.  id, agency, version, file,
	 * line are not filled.
	 */
	nb_article article;
	nb_html_origin text, title, published, url, source, lang, byline;
	bool modified; /* the date is one of modification */
} nb_html_page;

/* An extractor: memory that is used again for the next page. */
typedef struct nb_html nb_html;

/** NULL if there is no memory. */
nb_html *nb_html_new(void);
void nb_html_free(nb_html *html);

/**
 * Take a page apart.
 *
 * @param page  page[0..len), UTF-8; any bytes are safe, invalid ones come out as they are
 * @param url   its address if known, else absent
 * @param out   strings live until the next call with the same extractor
 * @return NB_OK; NB_ELIMIT if the page is longer than NB_HTML_PAGE_MAX; NB_ENOMEM
 *
 * Every page is read.  One that is no article gives what running text it has, or none: an index of
 * headlines, a log-in page and an empty one have none.  Where a page that calls itself an article
 * shows no text, its description stands in (origin NB_ORIGIN_META or NB_ORIGIN_JSON_LD).  O(len) on any input; memory at most about 12 times the page, 100 MB for the elements
 * of the worst.
 */
nb_status nb_html_read(nb_html *html, nb_str page, nb_str url, nb_html_page *out) NB_MUST_CHECK;

/**
 * The name of the character set a page says it is in, as it stands there ("windows-1251").
 *
 * In the order of the standard: byte-order mark ("UTF-8", "UTF-16LE", "UTF-16BE"), content_type
 * ("text/html; charset=..."), <meta charset> or <meta http-equiv> in the first 1024 bytes.
 *
 * @param content_type  the HTTP header's value, or absent
 * @return a span of page or content_type, or static text; absent if none says
 */
nb_str nb_html_charset(nb_str page, nb_str content_type);

NB_API_END

#endif
