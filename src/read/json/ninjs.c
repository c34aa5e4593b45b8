/* SPDX-License-Identifier: MIT
 *
 * ninjs.c - see ninjs.h.
 */
#include "read/json/ninjs.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/ascii.h"
#include "read/value.h"

static bool word_in(nb_str s, const char *const *list)
{
	for (; *list; list++)
		if (nb_same_word(s, *list))
			return true;
	return false;
}

/* "standard": {"name": "ninjs"}; agencies call theirs TTNINJS and the like. */
static bool names_ninjs(const nb_node *standard)
{
	nb_walk walk;
	nb_node value;
	nb_str key, name;

	if (nb_node_kind_of(standard) != NB_NODE_OBJECT || !nb_walk_begin(standard, &walk))
		return false;
	while (nb_walk_next(&walk, &key, &value)) {
		name = nb_node_string(&value);
		if (nb_same_word(key, "name") && name.len >= 5)
			return strncasecmp(name.ptr + name.len - 5, "ninjs", 5) == 0;
	}
	return false;
}

/* ---- one check a property -------------------------------------------------------------------- */

static bool is_string(const nb_node *value)
{
	return nb_node_kind_of(value) == NB_NODE_STRING;
}

static bool is_type(const nb_node *value)
{
	static const char *const type[] = { "text",     "audio",     "video", "picture", "graphic",
					    "composite", "component", "event", "planning", "package",
					    NULL };

	return is_string(value) && word_in(nb_node_string(value), type);
}

static bool is_status(const nb_node *value)
{
	static const char *const status[] = { "usable", "withheld", "canceled", "cancelled", NULL };
	nb_str s = nb_node_string(value);
	const char *colon = s.len ? memrchr(s.ptr, ':', s.len) : NULL;

	if (colon)
		s = (nb_str){ colon + 1, (size_t)(s.ptr + s.len - colon - 1) };
	return s.ptr && word_in(s, status);
}

static bool is_urgency(const nb_node *value)
{
	char number[32] = "";
	nb_str s = nb_trim(nb_node_string(value));

	if (is_string(value))
		return s.len == 1 && *s.ptr >= '1' && *s.ptr <= '9';
	return nb_node_number(value, number) == 1 && number[0] >= '1' && number[0] <= '9';
}

/* An array of objects, as headlines and bodies are. */
static bool is_items(const nb_node *value)
{
	nb_walk walk;
	nb_node item;
	nb_str key;

	if (nb_node_kind_of(value) != NB_NODE_ARRAY)
		return false;
	nb_walk_begin(value, &walk);
	while (nb_walk_next(&walk, &key, &item))
		if (nb_node_kind_of(&item) != NB_NODE_OBJECT)
			return false;
	return true;
}

static bool has_name(const nb_node *object)
{
	nb_walk walk;
	nb_node value;
	nb_str key;

	if (nb_node_kind_of(object) != NB_NODE_OBJECT || !nb_walk_begin(object, &walk))
		return false;
	while (nb_walk_next(&walk, &key, &value))
		if (nb_same_word(key, "name"))
			return true;
	return false;
}

/* By name: as the members of an object (ninjs 1), or in an array (2 and 3). */
static bool is_named_items(const nb_node *value)
{
	nb_walk walk;
	nb_node item;
	nb_str key;

	if (nb_node_kind_of(value) == NB_NODE_OBJECT)
		return true;
	if (nb_node_kind_of(value) != NB_NODE_ARRAY)
		return false;
	nb_walk_begin(value, &walk);
	while (nb_walk_next(&walk, &key, &item))
		if (!has_name(&item))
			return false;
	return true;
}

static const struct property {
	const char *name;
	bool (*is)(const nb_node *value);
	bool mark;  /* only ninjs has it, or few others: it counts as a look of ninjs */
	bool fatal; /* wrong, it makes the item unusable */
	const char *fault;
} property[] = {
	{ "uri", is_string, false, true, "ninjs: uri is no string" },
	{ "type", is_type, false, true, "ninjs: type is none of those it may be" },
	{ "pubstatus", is_status, true, true, "ninjs: pubstatus is not usable, withheld or canceled" },
	{ "urgency", is_urgency, true, false, "ninjs: urgency is no number from 1 to 9" },
	{ "firstcreated", is_string, true, true, "ninjs: firstcreated is no date" },
	{ "versioncreated", is_string, true, true, "ninjs: versioncreated is no date" },
	{ "contentcreated", is_string, true, true, "ninjs: contentcreated is no date" },
	{ "embargoed", is_string, true, true, "ninjs: embargoed is no date" },
	{ "embargoeduntil", is_string, true, true, "ninjs: embargoedUntil is no date" },
	{ "headlines", is_items, false, true, "ninjs: headlines is no array of objects" },
	{ "bodies", is_items, true, true, "ninjs: bodies is no array of objects" },
	{ "headline", is_string, false, true, "ninjs: headline is no string" },
	{ "associations", is_named_items, false, false, "ninjs: an association has no name" },
	{ "located", is_string, false, false, "ninjs: located is no string" },
};

/* "body_text", "body_xhtml", "body_" and anything. */
static bool is_body_key(nb_str key)
{
	return key.len > 5 && strncasecmp(key.ptr, "body_", 5) == 0;
}

static const struct property *property_of(nb_str key)
{
	static const struct property body = { "body_", is_string, false, true,
					      "ninjs: a body is no string" };

	if (is_body_key(key))
		return &body;
	for (size_t i = 0; i < sizeof(property) / sizeof(property[0]); i++)
		if (nb_same_word(key, property[i].name))
			return &property[i];
	return NULL;
}

nb_ninjs nb_ninjs_check(const nb_node *object)
{
	bool named = false;
	int marks = 0;
	nb_ninjs n = { 0 };
	nb_walk walk;
	nb_node value;
	nb_str key;

	nb_walk_begin(object, &walk);
	while (nb_walk_next(&walk, &key, &value)) {
		const struct property *p = property_of(key);

		if (nb_same_word(key, "$standard") || nb_same_word(key, "standard"))
			named |= names_ninjs(&value);
		n.uri |= nb_same_word(key, "uri");
		if (!p)
			continue;
		marks += p->mark;
		if (nb_node_kind_of(&value) != NB_NODE_NULL && !p->is(&value) &&
		    (!n.fault || (p->fatal && !n.fatal))) {
			n.fault = p->fault;
			n.fatal = p->fatal;
		}
	}
	n.is = named || (n.uri && marks >= 1);
	if (n.is && !n.uri && !n.fault)
		n.fault = "ninjs: there is no uri";
	return n;
}
