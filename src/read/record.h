/* SPDX-License-Identifier: MIT
 *
 * record.h - one parsed JSON object to one article.
 */
#ifndef NB_READ_RECORD_H
#define NB_READ_RECORD_H

#include "read/alias.h"
#include "read/value.h"

#define NB_RECORD_TAKEN NB_REJECT_COUNT /* "no reason to reject" */

/**
 * Find an article's fields in an object, by the map.
 *
 * @param out  out: all but file and line; strings are in m->pool
 * @return NB_RECORD_TAKEN, or why it is no article: NO_TEXT, NO_TOKEN, TOO_LONG
 */
nb_reject_reason nb_record_article(const nb_alias_map *map, nb_maker *m, const nb_node *object,
				   nb_article *out);

/** Make the text of an article from out->text and out->title: the last checks of any format. */
nb_reject_reason nb_record_finish(nb_maker *m, nb_article *out);

#endif
