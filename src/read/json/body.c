/* SPDX-License-Identifier: MIT
 *
 * body.c - see body.h.
 */
#include "read/json/body.h"

#include <string.h>
#include <strings.h>

#include "base/ascii.h"

#define NESTING_MOST 5

/* Members of an object that are parts of a text. */
static bool is_part(nb_str key)
{
	static const char *const part[] = { "text",       "plaintext", "value",    "content",
					    "paragraphs", "paragraph", "sections", "headline",
					    "summary",    "main",      "body",     "p",
					    "#text",      "$t" };

	for (size_t i = 0; i < sizeof(part) / sizeof(part[0]); i++)
		if (nb_same_word(key, part[i]))
			return true;
	return false;
}

static bool present(const nb_node *node, int depth)
{
	nb_walk walk;
	nb_node item;
	nb_str key;

	if (nb_node_kind_of(node) == NB_NODE_STRING)
		return !nb_says_nothing(nb_trim(nb_node_string(node)));
	if (depth == NESTING_MOST || !nb_walk_begin(node, &walk))
		return false;
	while (nb_walk_next(&walk, &key, &item))
		if ((!walk.members || is_part(key)) && present(&item, depth + 1))
			return true;
	return false;
}

bool nb_body_present(const nb_node *node)
{
	return present(node, 0);
}

static bool is_plain(nb_str type)
{
	return !type.len || nb_same_word(type, "text/plain") || nb_same_word(type, "plain");
}

/* 2 for the whole report, 1 for what does not say, 0 for teasers and captions. */
static int rate_role(nb_str role)
{
	static const char *const main[] = { "main", "text", "body", "html", "full", "fulltext",
					    "story" };

	for (size_t i = 0; i < sizeof(main) / sizeof(main[0]); i++)
		if (nb_same_word(role, main[i]))
			return 2;
	return role.len == 0;
}

/* How good an item is: 0 for what is none, 6 for the main one in plain text. */
static int rate_pick(const nb_node *item, nb_pick *out)
{
	bool has_value = false, has_kind = false;
	nb_walk walk;
	nb_node member;
	nb_str key;

	*out = (nb_pick){ 0 };
	if (nb_node_kind_of(item) != NB_NODE_OBJECT || !nb_walk_begin(item, &walk))
		return 0;
	while (nb_walk_next(&walk, &key, &member)) {
		nb_str s = nb_node_string(&member);

		if (!s.ptr)
			continue;
		if (nb_same_word(key, "value")) {
			out->value = member;
			has_value = !nb_says_nothing(nb_trim(s));
		} else if (nb_same_word(key, "contenttype")) {
			out->markup = !is_plain(nb_trim(s));
			has_kind = true;
		} else if (nb_same_word(key, "role")) {
			out->role = s;
			has_kind = true;
		}
	}
	if (!has_value || !has_kind)
		return 0;
	return 1 + 2 * rate_role(out->role) + !out->markup;
}

bool nb_pick_best(const nb_node *array, nb_pick *out)
{
	nb_walk walk;
	nb_node item;
	nb_pick pick;
	nb_str key;
	int best = 0;

	if (nb_node_kind_of(array) != NB_NODE_ARRAY)
		return false;
	nb_walk_begin(array, &walk);
	while (nb_walk_next(&walk, &key, &item)) {
		int rate = rate_pick(&item, &pick);

		if (rate <= best)
			continue;
		best = rate;
		*out = pick;
	}
	return best > 0;
}

/* Append the strings of a value to m->joined, one a line. */
static size_t gather(nb_maker *m, const nb_node *node, size_t n, int depth)
{
	nb_walk walk;
	nb_node item;
	nb_str key, s;

	if (nb_node_kind_of(node) == NB_NODE_STRING) {
		s = nb_trim(nb_node_string(node));
		if (nb_says_nothing(s) || n + s.len + 1 > m->joined.capacity)
			return n;
		if (n)
			m->joined.p[n++] = '\n';
		memcpy(m->joined.p + n, s.ptr, s.len);
		return n + s.len;
	}
	if (depth == NESTING_MOST || !nb_walk_begin(node, &walk))
		return n;
	while (nb_walk_next(&walk, &key, &item))
		if (!walk.members || is_part(key))
			n = gather(m, &item, n, depth + 1);
	return n;
}

nb_str nb_body_text(nb_maker *m, const nb_node *node, bool *markup, nb_str *role)
{
	nb_pick pick;

	*markup = false;
	*role = (nb_str){ 0 };
	if (nb_node_kind_of(node) == NB_NODE_STRING)
		return nb_node_string(node);
	if (nb_pick_best(node, &pick)) {
		*markup = pick.markup;
		*role = pick.role;
		return nb_node_string(&pick.value);
	}
	/* every string stands between two quotes in the record, so this is always enough */
	if (!nb_scratch_room(&m->joined, m->record_len + 1)) {
		m->no_memory = true;
		return (nb_str){ 0 };
	}
	return (nb_str){ m->joined.p, gather(m, node, 0, 0) };
}
