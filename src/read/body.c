/* SPDX-License-Identifier: MIT
 *
 * body.c - see body.h.
 */
#include "read/body.h"

#include <string.h>
#include <strings.h>

#define NESTING_MOST 5

static bool same_word(nb_str s, const char *word)
{
	return s.len == strlen(word) && strncasecmp(s.ptr, word, s.len) == 0;
}

/* Members of an object that are parts of a text. */
static bool is_part(nb_str key)
{
	static const char *const part[] = { "text",       "plaintext", "value",    "content",
					    "paragraphs", "paragraph", "sections", "headline",
					    "summary",    "main",      "body",     "p",
					    "#text",      "$t" };

	for (size_t i = 0; i < sizeof(part) / sizeof(part[0]); i++)
		if (same_word(key, part[i]))
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

/* How good a ninjs body is: 0 for what is none, 1 for markup, 3 for the main body in plain text. */
static int rate_body(const nb_node *item, nb_node *value)
{
	bool has_value = false, plain = true, kind = false, main = false;
	nb_walk walk;
	nb_node member;
	nb_str key;

	if (nb_node_kind_of(item) != NB_NODE_OBJECT || !nb_walk_begin(item, &walk))
		return 0;
	while (nb_walk_next(&walk, &key, &member)) {
		nb_str s = nb_node_string(&member);

		if (!s.ptr)
			continue;
		if (same_word(key, "value")) {
			*value = member;
			has_value = !nb_says_nothing(nb_trim(s));
		} else if (same_word(key, "contenttype")) {
			plain = same_word(s, "text/plain");
			kind = true;
		} else if (same_word(key, "role")) {
			main = same_word(s, "main") || same_word(s, "text") || same_word(s, "body");
			kind = true;
		}
	}
	if (!has_value || !kind)
		return 0;
	return !plain ? 1 : main ? 3 : 2;
}

/* The best of several bodies; false if they do not say what they are. */
static bool best_body(const nb_node *array, nb_node *value, bool *markup)
{
	nb_walk walk;
	nb_node item, candidate;
	nb_str key;
	int best = 0;

	nb_walk_begin(array, &walk);
	while (nb_walk_next(&walk, &key, &item)) {
		int rate = rate_body(&item, &candidate);

		if (rate <= best)
			continue;
		best = rate;
		*value = candidate;
		*markup = rate == 1;
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

nb_str nb_body_text(nb_maker *m, const nb_node *node, bool *markup)
{
	nb_node value;

	*markup = false;
	if (nb_node_kind_of(node) == NB_NODE_STRING)
		return nb_node_string(node);
	if (nb_node_kind_of(node) == NB_NODE_ARRAY && best_body(node, &value, markup))
		return nb_node_string(&value);
	/* every string stands between two quotes in the record, so this is always enough */
	if (!nb_scratch_room(&m->joined, m->record_len + 1)) {
		m->no_memory = true;
		return (nb_str){ 0 };
	}
	return (nb_str){ m->joined.p, gather(m, node, 0, 0) };
}
