/* SPDX-License-Identifier: MIT
 *
 * json_list.h - a whole JSON file, parsed.
 */
#ifndef NB_TOOLS_LEXICON_JSON_LIST_H
#define NB_TOOLS_LEXICON_JSON_LIST_H

#include "newsbraid/json.h"

typedef struct json_file {
	nb_str text;
	nb_doc *doc;
	nb_node root;
} json_file;

/** FOLDER/NAME; false if it cannot be read. */
bool json_open(json_file *f, const char *folder, const char *name);
void json_close(json_file *f);

/** The member of an object; false if it has none of that name. */
bool json_member(const nb_node *object, const char *name, nb_node *value);
/** A string member; absent if there is none. */
nb_str json_text(const nb_node *object, const char *name);

#endif
