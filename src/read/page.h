/* SPDX-License-Identifier: MIT
 *
 * page.h - a web page as it came over the wire to an article: for HTML files and web archives.
 */
#ifndef NB_READ_PAGE_H
#define NB_READ_PAGE_H

#include "read/parse.h"

/**
 * Convert a page to UTF-8, take it apart, hand out what it is.
 *
 * @param page          its bytes
 * @param content_type  the HTTP header's, or absent
 * @param url           its address, or absent
 * @param id            of the article, in the maker's pool, or absent
 *
 * A page without running text is a reject (NO_TEXT).
 */
void nb_parse_page(nb_parse *p, nb_str page, nb_str content_type, nb_str url, nb_str id,
		   const nb_place *at);

#endif
