/* SPDX-License-Identifier: MIT
 *
 * record.h - one parsed JSON object to one article.
 */
#ifndef NB_READ_JSON_RECORD_H
#define NB_READ_JSON_RECORD_H

#include "read/json/alias.h"
#include "read/value.h"

/**
 * Find an article's fields in an object, by the map.
 *
 * @param out  out: all but file and line, for nb_parse_article; strings are in m->pool, but a text
 *             that is too long was not copied
 */
void nb_record_article(const nb_alias_map *map, nb_maker *m, const nb_node *object,
		       nb_article *out);

/** "usable", "stat:canceled", ".../pubstatusg2/withheld": what a publishing status means; usable if
 *  it is none we know. */
nb_pub_status nb_pub_status_of(nb_str s);

#endif
