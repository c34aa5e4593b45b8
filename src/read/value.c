/* SPDX-License-Identifier: MIT
 *
 * value.c - see value.h.
 *
 * A parsed JSON string is valid UTF-8, but by its escapes may hold NUL and other control
 * characters.  Nearly none does, so a vector scan decides whether anything has to be done.
 */
#include "read/value.h"

#include <string.h>

#include "base/ascii.h"
#include "newsbraid/utf8.h"
#include "read/html/markup.h"

#define NESTING_MOST 4
#define TOKEN_PROBE  64
#define NAMES_MOST   64

/* What names the thing that an object describes, best first. */
static bool named_member(const nb_node *object, nb_node *out)
{
	static const char *const name[] = { "name", "title", "value",      "literal", "text",
					    "$oid", "$date", "#text",      "content", "code",
					    "uri",  "id",    "$numberLong" };
	size_t best = sizeof(name) / sizeof(name[0]);
	nb_walk walk;
	nb_node value;
	nb_str key;

	nb_walk_begin(object, &walk);
	while (nb_walk_next(&walk, &key, &value)) {
		for (size_t i = 0; i < best; i++) {
			nb_node_kind kind = nb_node_kind_of(&value);

			if (!nb_same_word(key, name[i]) || kind == NB_NODE_NULL)
				continue;
			*out = value;
			best = i;
		}
	}
	return best < sizeof(name) / sizeof(name[0]);
}

static nb_str line_of(const nb_node *node, char number[32], int depth)
{
	nb_walk walk;
	nb_node inner;
	nb_str key, line;

	switch (nb_node_kind_of(node)) {
	case NB_NODE_STRING:
		line = nb_trim(nb_node_string(node));
		return nb_says_nothing(line) ? (nb_str){ 0 } : line;
	case NB_NODE_NUMBER:
		return (nb_str){ number, nb_node_number(node, number) };
	case NB_NODE_OBJECT:
		if (depth < NESTING_MOST && named_member(node, &inner))
			return line_of(&inner, number, depth + 1);
		break;
	case NB_NODE_ARRAY:
		nb_walk_begin(node, &walk);
		while (depth < NESTING_MOST && nb_walk_next(&walk, &key, &inner)) {
			line = line_of(&inner, number, depth + 1);
			if (line.ptr)
				return line;
		}
		break;
	case NB_NODE_NULL:
	case NB_NODE_BOOL:
		break;
	}
	return (nb_str){ 0 };
}

nb_str nb_value_line(const nb_node *node, char number[32])
{
	return line_of(node, number, 0);
}

static nb_str copy(nb_maker *m, nb_str s)
{
	char *p = nb_pool_take(m->pool, s.len ? s.len : 1);

	if (!p) {
		m->no_memory = true;
		return (nb_str){ 0 };
	}
	memcpy(p, s.ptr, s.len);
	return (nb_str){ p, s.len };
}

typedef uint8_t bytes16 __attribute__((vector_size(16)));

#define HAS_CONTROLS 1u /* control characters other than tab and line feed */
#define HAS_BLANKS   2u /* tabs, line feeds */

/* Which of these a string holds. */
static unsigned scan(nb_str s)
{
	const unsigned char *p = (const unsigned char *)s.ptr;
	bytes16 bad = { 0 }, blank = { 0 };
	uint64_t half[2][2];
	unsigned has = 0;
	size_t i = 0;

	for (; i + 16 <= s.len; i += 16) {
		bytes16 x, white;

		memcpy(&x, p + i, 16);
		white = (bytes16)(x == '\n') | (bytes16)(x == '\t');
		bad |= ((bytes16)(x < 32) & ~white) | (bytes16)(x == 127);
		blank |= white;
	}
	memcpy(half[0], &bad, 16);
	memcpy(half[1], &blank, 16);
	has |= half[0][0] | half[0][1] ? HAS_CONTROLS : 0;
	has |= half[1][0] | half[1][1] ? HAS_BLANKS : 0;
	for (; i < s.len; i++) {
		if (p[i] == '\n' || p[i] == '\t')
			has |= HAS_BLANKS;
		else if (p[i] < 32 || p[i] == 127)
			has |= HAS_CONTROLS;
	}
	return has;
}

/* Make s clean UTF-8 in scratch memory. */
static nb_str cleaned(nb_maker *m, nb_str s)
{
	char *p = nb_scratch_room(&m->clean, NB_UTF8_REPAIR_MAX(s.len) + 1);

	if (!p) {
		m->no_memory = true;
		return (nb_str){ 0 };
	}
	return (nb_str){ p, nb_utf8_repair(s.ptr, s.len, p, NULL) };
}

/* Runs of blanks to one blank, in place. */
static size_t squeeze(char *p, size_t n)
{
	size_t out = 0;

	for (size_t i = 0; i < n; i++) {
		bool blank = p[i] == ' ' || p[i] == '\n' || p[i] == '\t';

		if (!blank)
			p[out++] = p[i];
		else if (out && p[out - 1] != ' ')
			p[out++] = ' ';
	}
	while (out && p[out - 1] == ' ')
		out--;
	return out;
}

static nb_str keep_line(nb_maker *m, nb_str line, size_t most, bool clean)
{
	if (!line.ptr)
		return (nb_str){ 0 };
	line = nb_clip(line, most);
	if (!clean || scan(line)) {
		line = cleaned(m, line);
		if (line.ptr)
			line.len = squeeze(m->clean.p, line.len);
		line = nb_clip(line, most); /* what was repaired is longer */
	}
	line = nb_trim(line);
	return line.len ? copy(m, line) : (nb_str){ 0 };
}

nb_str nb_keep_line(nb_maker *m, nb_str line, size_t most)
{
	return keep_line(m, line, most, true);
}

nb_str nb_keep_bytes(nb_maker *m, nb_str line, size_t most)
{
	return keep_line(m, line, most, nb_utf8_valid(line.ptr, line.len));
}

nb_str nb_keep_list(nb_maker *m, const nb_node *node, const char *between, size_t most)
{
	size_t n = 0, part = strlen(between);
	nb_walk walk;
	nb_node item;
	nb_str key, line;
	char number[32], *p;

	if (nb_node_kind_of(node) != NB_NODE_ARRAY)
		return nb_keep_line(m, nb_value_line(node, number), most);
	p = nb_scratch_room(&m->joined, most + part);
	if (!p) {
		m->no_memory = true;
		return (nb_str){ 0 };
	}
	nb_walk_begin(node, &walk);
	while (n < most && nb_walk_next(&walk, &key, &item)) {
		line = nb_value_line(&item, number);
		if (!line.ptr)
			continue;
		if (n) {
			memcpy(p + n, between, part);
			n += part;
		}
		line = nb_clip(line, n < most ? most - n : 0);
		memcpy(p + n, line.ptr, line.len);
		n += line.len;
	}
	return nb_keep_line(m, (nb_str){ p, n }, most);
}

/* Append a name to list[0..*n), on a line of its own. */
static void add_name(nb_maker *m, char *list, size_t *n, nb_str name, size_t most)
{
	name = nb_trim(name);
	if (nb_says_nothing(name) || *n + name.len + 1 > most)
		return;
	if (scan(name)) {
		name = cleaned(m, name);
		if (!name.ptr)
			return;
		name.len = squeeze(m->clean.p, name.len);
	}
	if (*n)
		list[(*n)++] = '\n';
	memcpy(list + *n, name.ptr, name.len);
	*n += name.len;
}

/* What stands between semicolons. */
static void add_names(nb_maker *m, char *list, size_t *n, nb_str names, size_t most)
{
	while (names.len) {
		const char *end = memchr(names.ptr, ';', names.len);
		size_t len = end ? (size_t)(end - names.ptr) : names.len;

		add_name(m, list, n, (nb_str){ names.ptr, len }, most);
		len += end != NULL;
		names = (nb_str){ names.ptr + len, names.len - len };
	}
}

nb_str nb_keep_names(nb_maker *m, const nb_node *node, size_t most)
{
	char number[32], *list = nb_scratch_room(&m->joined, 3 * most);
	size_t n = 0, n_names = 0;
	nb_walk walk;
	nb_node item;
	nb_str key, line;

	if (!list) {
		m->no_memory = true;
		return (nb_str){ 0 };
	}
	if (nb_node_kind_of(node) != NB_NODE_ARRAY) {
		line = nb_value_line(node, number);
		add_names(m, list, &n, line, most);
	} else {
		nb_walk_begin(node, &walk);
		while (n_names++ < NAMES_MOST && nb_walk_next(&walk, &key, &item))
			add_name(m, list, &n, nb_value_line(&item, number), most);
	}
	return n ? copy(m, (nb_str){ list, n }) : (nb_str){ 0 };
}

nb_str nb_keep_text(nb_maker *m, nb_str text, bool markup)
{
	if (text.len >= 3 && memcmp(text.ptr, "\xef\xbb\xbf", 3) == 0)
		text = (nb_str){ text.ptr + 3, text.len - 3 };
	if (scan(text) & HAS_CONTROLS)
		text = cleaned(m, text);
	if (text.ptr && (markup || nb_markup_likely(text))) {
		char *p = nb_pool_take(m->pool, text.len + 1);
		size_t n;

		if (!p) {
			m->no_memory = true;
			return (nb_str){ 0 };
		}
		n = nb_markup_text(text, p);
		nb_pool_untake(m->pool, text.len + 1 - n);
		return (nb_str){ p, n };
	}
	return text.ptr ? copy(m, text) : (nb_str){ 0 };
}

bool nb_has_token(nb_maker *m, nb_str text)
{
	nb_str probe = nb_clip(text, TOKEN_PROBE);

	for (size_t i = 0; i < probe.len && i < 16; i++) {
		unsigned char c = (unsigned char)probe.ptr[i];

		if ((c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z'))
			return true;
	}
	if (nb_token_hashes(&m->tokens, probe.ptr, probe.len) != NB_OK)
		m->no_memory = true;
	if (m->tokens.n > 0 || probe.len == text.len)
		return m->tokens.n > 0;
	if (nb_token_hashes(&m->tokens, text.ptr, text.len) != NB_OK)
		m->no_memory = true;
	return m->tokens.n > 0;
}
