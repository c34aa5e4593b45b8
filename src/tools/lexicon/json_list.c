/* SPDX-License-Identifier: MIT
 *
 * json_list.c - see json_list.h.
 */
#include "tools/lexicon/json_list.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tools/lexicon/files.h"

#define DEPTH_MOST 32

_Static_assert(FILE_PADDING >= NB_JSON_PADDING, "the parser reads beyond the end");

bool json_open(json_file *f, const char *folder, const char *name)
{
	char path[4096];
	const char *detail;

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	*f = (json_file){ .text = file_read(path), .doc = nb_doc_new(DEPTH_MOST) };
	if (f->text.ptr && f->doc &&
	    nb_doc_parse(f->doc, f->text.ptr, f->text.len, &f->root, &detail) == NB_DOC_OK)
		return true;
	json_close(f);
	return false;
}

void json_close(json_file *f)
{
	nb_doc_free(f->doc);
	free((void *)(uintptr_t)f->text.ptr);
	*f = (json_file){ 0 };
}

bool json_member(const nb_node *object, const char *name, nb_node *value)
{
	nb_walk walk;
	nb_str key;

	if (!nb_walk_begin(object, &walk) || !walk.members)
		return false;
	while (nb_walk_next(&walk, &key, value))
		if (key.len == strlen(name) && memcmp(key.ptr, name, key.len) == 0)
			return true;
	return false;
}

nb_str json_text(const nb_node *object, const char *name)
{
	nb_node value;

	return json_member(object, name, &value) ? nb_node_string(&value) : (nb_str){ NULL, 0 };
}
