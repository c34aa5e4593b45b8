/* SPDX-License-Identifier: MIT
 *
 * html_data.h - what a page's JSON-LD says about its article (schema.org).
 */
#ifndef NB_READ_HTML_HTML_DATA_H
#define NB_READ_HTML_HTML_DATA_H

#include "newsbraid/json.h"
#include "newsbraid/arena.h"
#include "read/html/html_tree.h"

/* Strings live in the arena; absent if it does not say. */
typedef struct nb_html_data {
	nb_str headline, body, url, author, publisher, lang;
	nb_str published, modified;
	nb_str page_published, site; /* of the WebPage and the WebSite around it */
	int rank; /* private: of the object that is the article */
} nb_html_data;

/* What it takes to read it. */
typedef struct nb_html_json {
	nb_doc *doc;
	char *room; /* one script, repaired */
	size_t capacity;
} nb_html_json;

/**
 * Read every JSON-LD script of a page; one that does not parse says nothing.
 *
 * @return NB_OK or NB_ENOMEM
 */
nb_status nb_html_data_read(nb_html_json *json, const nb_html_tree *tree, nb_arena *arena,
			    nb_html_data *out) NB_MUST_CHECK;

#endif
