/* SPDX-License-Identifier: MIT
 *
 * page.h - a web page as it came over the wire to an article: for HTML files and web archives.
 */
#ifndef NB_READ_WEB_PAGE_H
#define NB_READ_WEB_PAGE_H

#include "read/parse.h"

/* What is known of a page beside its bytes; each may be absent. */
typedef struct nb_page_source {
	nb_str content_type; /* the HTTP header's */
	nb_str url;
	nb_str id;      /* of the article, in the maker's pool */
	nb_str crawled; /* when it was fetched */
} nb_page_source;

/**
 * Convert a page to UTF-8, take it apart, hand out what it is.
 *
 * A page without running text is a reject (NO_TEXT).
 */
void nb_parse_page(nb_parse *p, nb_str page, const nb_page_source *source, const nb_record *at);

#endif
