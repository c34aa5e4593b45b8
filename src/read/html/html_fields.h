/* SPDX-License-Identifier: MIT
 *
 * html_fields.h - the fields of an article from all that a page says about itself.
 */
#ifndef NB_READ_HTML_HTML_FIELDS_H
#define NB_READ_HTML_HTML_FIELDS_H

#include "newsbraid/html.h"
#include "newsbraid/token.h"
#include "read/html/html_data.h"
#include "read/html/html_region.h"

#define NB_HTML_NO_BLOCK UINT32_MAX

/* What the choices below look at. */
typedef struct nb_html_source {
	const nb_html_tree *tree;
	const nb_html_region *region;
	const nb_html_data *data;
	nb_str url; /* as given */
	nb_arena *arena;
	nb_tokens *tokens; /* two, for comparing */
	uint32_t title;    /* out of nb_html_title: the block it stands in, or NB_HTML_NO_BLOCK */
	bool no_memory;
} nb_html_source;

/** url, source, lang, byline. */
void nb_html_fields(nb_html_source *s, nb_html_page *out);

/** title.  After nb_html_fields: it needs the name of the site. */
void nb_html_title(nb_html_source *s, nb_html_page *out);

/** published_raw, published_at, day_only, date_source.  After nb_html_title: it looks around it. */
void nb_html_date(nb_html_source *s, nb_html_page *out);

/** The first <meta> of that name, any case, decoded; absent if none. */
nb_str nb_html_meta_value(nb_html_source *s, const char *key);

/** Copy with references decoded; absent if nothing is left. */
nb_str nb_html_keep(nb_html_source *s, nb_str text);

/** The host of an address, "www." off; absent if it is none. */
nb_str nb_html_host(nb_str url);

#endif
