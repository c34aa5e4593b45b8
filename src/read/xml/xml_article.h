/* SPDX-License-Identifier: MIT
 *
 * xml_article.h - a news item in XML to an article or a reject.
 */
#ifndef NB_READ_XML_XML_ARTICLE_H
#define NB_READ_XML_XML_ARTICLE_H

#include "read/parse.h"
#include "read/xml/xml.h"

/** Hand out what an item is: an article, or a reject of reason NO_TEXT that says why not. */
void nb_xml_article(nb_parse *p, const nb_xml_item *item, const nb_record *at);

#endif
