/* SPDX-License-Identifier: MIT
 *
 * html_tree.c - see html_tree.h.
 *
 * Elements are closed as the standard closes them where it matters for text: a paragraph by the
 * next block, a list item by the next one, cells and rows likewise, everything by the end of what
 * holds it.  An end tag looks a bounded way down, or closes what it passes: linear on any page.
 */
#include "read/html/html_tree.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/array.h"

#define LOOK_MOST 32u /* open elements an end tag may look at without closing them */

/* An element that is open. */
struct open {
	uint32_t node;
	uint8_t tag;
	bool link, bold;
};

struct builder {
	nb_html_tree *tree;
	struct open open[NB_HTML_DEPTH]; /* open[0] is the page */
	unsigned depth;                  /* open elements */
	size_t beyond;                   /* open elements that passed NB_HTML_DEPTH */
	uint32_t n_open[NB_TAG_COUNT];
	nb_html_writer text;
	bool fresh; /* the next character begins a block */
	nb_html_token token;
};

static struct open *top(struct builder *b)
{
	return &b->open[b->depth - 1];
}

static bool is(nb_html_tag tag, unsigned what)
{
	return (nb_html_tag_is(tag) & what) != 0;
}

/* ---- text -------------------------------------------------------------------------------- */

static bool begin_block(struct builder *b)
{
	nb_html_tree *t = b->tree;

	if (t->n_blocks && (!b->fresh || t->n_blocks == NB_HTML_BLOCKS))
		return true;
	if (NB_GROW(t->block, &t->blocks_room, t->n_blocks + 1) != NB_OK)
		return false;
	t->block[t->n_blocks++] =
		(nb_html_block){ .at = (uint32_t)b->text.n, .node = top(b)->node };
	b->text.from = b->text.n;
	b->text.blank = b->text.line = b->fresh = false;
	return true;
}

static bool all_blank(nb_str s)
{
	for (size_t i = 0; i < s.len; i++)
		if ((unsigned char)s.ptr[i] > ' ')
			return false;
	return true;
}

/* The text buffer has room for the whole page, and no text is longer than its source. */
static bool add_text(struct builder *b, nb_str s)
{
	nb_html_tree *t = b->tree;
	size_t before = b->text.n;
	nb_html_block *block;

	if (t->node[top(b)->node].within & NB_HINT_SKIP)
		return true;
	if (all_blank(s)) {
		b->text.blank = true;
		return true;
	}
	if (!begin_block(b))
		return false;
	nb_html_put(&b->text, s);
	block = &t->block[t->n_blocks - 1];
	block->len = (uint32_t)(b->text.n - block->at);
	if (top(b)->link)
		block->link += (uint32_t)(b->text.n - before);
	if (top(b)->bold)
		block->bold += (uint32_t)(b->text.n - before);
	return true;
}

/* ---- open elements ----------------------------------------------------------------------- */

static void pop(struct builder *b)
{
	struct open *o = top(b);

	b->n_open[o->tag]--;
	if (b->depth > 1 && o->node != b->open[b->depth - 2].node) {
		b->tree->node[o->node].block_end = (uint32_t)b->tree->n_blocks;
		b->fresh |= !is(o->tag, NB_TAG_SKIP);
	}
	b->depth--;
}

static void pop_to(struct builder *b, unsigned depth)
{
	while (b->depth > depth)
		pop(b);
}

/* The depth of the innermost open `tag` if only inline elements lie in it; 0 if none. */
static unsigned find_inline(const struct builder *b, nb_html_tag tag)
{
	unsigned stop = b->depth > LOOK_MOST ? b->depth - LOOK_MOST : 1;

	if (!b->n_open[tag])
		return 0;
	for (unsigned d = b->depth - 1; d >= stop; d--) {
		if (b->open[d].tag == tag)
			return d;
		if (is(b->open[d].tag, NB_TAG_BLOCK | NB_TAG_SKIP))
			return 0;
	}
	return 0;
}

static bool in_list(const uint8_t *list, nb_html_tag tag)
{
	for (; *list; list++)
		if (*list == tag)
			return true;
	return false;
}

/* The outermost depth of an open element of `closed`, not looking past one of `walls`; 0 if none.
 */
static unsigned find_closed(const struct builder *b, const uint8_t *closed, const uint8_t *walls)
{
	unsigned stop = b->depth > LOOK_MOST ? b->depth - LOOK_MOST : 1, found = 0;

	for (unsigned d = b->depth - 1; d >= stop; d--) {
		if (in_list(closed, b->open[d].tag))
			found = d;
		else if (in_list(walls, b->open[d].tag))
			break;
	}
	return found;
}

/* Close what the start of `tag` closes. */
static void close_before(struct builder *b, nb_html_tag tag)
{
	static const uint8_t li[] = { NB_TAG_LI, 0 }, def[] = { NB_TAG_DT, NB_TAG_DD, 0 };
	static const uint8_t cell[] = { NB_TAG_TD, NB_TAG_TH, 0 };
	static const uint8_t row[] = { NB_TAG_TR, NB_TAG_TD, NB_TAG_TH, 0 };
	static const uint8_t part[] = {
		NB_TAG_TBODY, NB_TAG_THEAD, NB_TAG_TFOOT, NB_TAG_TR, NB_TAG_TD, NB_TAG_TH, 0
	};
	static const uint8_t lists[] = {
		NB_TAG_UL, NB_TAG_OL,  NB_TAG_MENU,    NB_TAG_DL,      NB_TAG_TABLE,
		NB_TAG_TD, NB_TAG_NAV, NB_TAG_SECTION, NB_TAG_ARTICLE, NB_TAG_ASIDE,
		0
	};
	static const uint8_t rows[] = { NB_TAG_TR, NB_TAG_TABLE, 0 }, table[] = { NB_TAG_TABLE, 0 };
	unsigned depth = is(tag, NB_TAG_BLOCK) ? find_inline(b, NB_TAG_P) : 0;

	if (depth)
		pop_to(b, depth);
	if (tag == NB_TAG_A)
		depth = find_inline(b, NB_TAG_A);
	else if (tag == NB_TAG_LI)
		depth = b->n_open[tag] ? find_closed(b, li, lists) : 0;
	else if (tag == NB_TAG_DT || tag == NB_TAG_DD)
		depth = find_closed(b, def, lists);
	else if (tag == NB_TAG_TD || tag == NB_TAG_TH)
		depth = find_closed(b, cell, rows);
	else if (tag == NB_TAG_TR)
		depth = find_closed(b, row, table);
	else if (tag == NB_TAG_TBODY || tag == NB_TAG_THEAD || tag == NB_TAG_TFOOT)
		depth = find_closed(b, part, table);
	else
		depth = 0;
	if (depth)
		pop_to(b, depth);
}

/* Whether a style attribute hides the element. */
static bool hides(nb_str style)
{
	const char *p = style.ptr, *end = p ? p + style.len : p;

	while (p < end && (p = memchr(p, ':', (size_t)(end - p)))) {
		bool display = p - style.ptr >= 7 && strncasecmp(p - 7, "display", 7) == 0;

		for (p++; p < end && *p == ' ';)
			p++;
		if (display && end - p >= 4 && strncasecmp(p, "none", 4) == 0)
			return true;
	}
	return false;
}

static bool same(nb_str s, const char *word)
{
	return s.len == strlen(word) && strncasecmp(s.ptr, word, s.len) == 0;
}

static uint32_t hints_of(const nb_html_token *token)
{
	uint32_t hints = nb_html_hint_tag(token->tag);

	for (unsigned i = 0; i < token->n_attrs; i++) {
		nb_str name = token->attr[i].name, value = token->attr[i].value;

		if (same(name, "class") || same(name, "id") || same(name, "role") ||
		    same(name, "itemprop"))
			hints |= nb_html_hint_words(value);
		else if (same(name, "hidden") || (same(name, "style") && hides(value)))
			hints |= NB_HINT_HIDDEN;
	}
	return hints;
}

static bool new_node(struct builder *b, uint32_t hint, uint32_t *id)
{
	nb_html_tree *t = b->tree;
	uint32_t parent = b->depth ? top(b)->node : 0;

	*id = parent;
	if (t->n_nodes == NB_HTML_NODES)
		return true;
	if (NB_GROW(t->node, &t->nodes_room, t->n_nodes + 1) != NB_OK)
		return false;
	*id = (uint32_t)t->n_nodes;
	t->node[t->n_nodes++] = (nb_html_node){
		.parent = parent,
		.hint = hint,
		.within = (*id ? t->node[parent].within : 0) | hint,
		.block = (uint32_t)t->n_blocks,
		.tag = b->token.tag,
	};
	return true;
}

/* Inline elements are nodes only where they say what they are. */
static bool push(struct builder *b)
{
	const nb_html_token *token = &b->token;
	nb_html_tag tag = token->tag;
	bool block = is(tag, NB_TAG_BLOCK);
	uint32_t hint = hints_of(token), node;
	struct open *o;

	if (b->depth == NB_HTML_DEPTH) {
		b->beyond++;
		return true;
	}
	node = top(b)->node;
	if (block || hint & (NB_HINT_FURNITURE | NB_HINT_SKIP)) {
		if (!new_node(b, hint, &node))
			return false;
		/* what shows no text breaks none: an icon, a button in a line */
		b->fresh |= !is(tag, NB_TAG_SKIP);
	}
	o = &b->open[b->depth];
	*o = (struct open){ .node = node,
			    .tag = (uint8_t)tag,
			    .link = b->open[b->depth - 1].link || tag == NB_TAG_A,
			    .bold = b->open[b->depth - 1].bold || tag == NB_TAG_B ||
				    tag == NB_TAG_STRONG };
	b->depth++;
	b->n_open[tag]++;
	return true;
}

/* ---- what machines read ------------------------------------------------------------------ */

static void add_meta(nb_html_tree *t, nb_str key, nb_str value)
{
	if (key.len && value.len && t->n_metas < NB_HTML_METAS)
		t->meta[t->n_metas++] = (nb_html_meta){ key, value };
}

static void see_meta(nb_html_tree *t, const nb_html_token *token)
{
	static const char *const keys[] = { "property", "name", "itemprop", "http-equiv" };
	nb_str content = nb_html_attr_value(token, "content");

	for (size_t i = 0; content.len && i < sizeof(keys) / sizeof(keys[0]); i++)
		add_meta(t, nb_html_attr_value(token, keys[i]), content);
}

static void see_time(struct builder *b)
{
	nb_html_tree *t = b->tree;
	nb_html_time time = { .datetime = nb_html_attr_value(&b->token, "datetime"),
			      .itemprop = nb_html_attr_value(&b->token, "itemprop"),
			      .name = nb_html_attr_value(&b->token, "class"),
			      .node = top(b)->node,
			      .block = (uint32_t)(t->n_blocks ? t->n_blocks - !b->fresh : 0) };

	if (!time.datetime.len)
		time.datetime = nb_html_attr_value(&b->token, "content");
	if (t->n_times < NB_HTML_TIMES)
		t->time[t->n_times++] = time;
}

static void see(struct builder *b)
{
	const nb_html_token *token = &b->token;
	nb_html_tree *t = b->tree;
	nb_str rel;

	switch (token->tag) {
	case NB_TAG_META:
		see_meta(t, token);
		break;
	case NB_TAG_LINK:
		rel = nb_html_attr_value(token, "rel");
		if (same(rel, "canonical"))
			add_meta(t, NB_STR("canonical"), nb_html_attr_value(token, "href"));
		break;
	case NB_TAG_HTML:
		if (!t->lang.len)
			t->lang = nb_html_attr_value(token, "lang");
		if (!t->lang.len)
			t->lang = nb_html_attr_value(token, "xml:lang");
		break;
	case NB_TAG_TIME:
		break;
	default:
		add_meta(t, nb_html_attr_value(token, "itemprop"),
			 nb_html_attr_value(token, "content"));
		break;
	}
}

/* ---- tokens ------------------------------------------------------------------------------ */

static bool is_frame(nb_html_tag tag)
{
	return tag == NB_TAG_HTML || tag == NB_TAG_HEAD || tag == NB_TAG_BODY;
}

static void line_break(struct builder *b)
{
	if (b->text.line)
		b->fresh = true;
	b->text.line = true;
}

static bool start(struct builder *b)
{
	nb_html_tag tag = b->token.tag;

	see(b);
	if (is_frame(tag))
		return true;
	if (tag == NB_TAG_BR)
		line_break(b);
	if (tag == NB_TAG_HR)
		b->fresh = true;
	if (is(tag, NB_TAG_VOID))
		return true;
	close_before(b, tag);
	if (!push(b))
		return false;
	if (tag == NB_TAG_TIME)
		see_time(b);
	return true;
}

static bool is_heading(nb_html_tag tag)
{
	return tag >= NB_TAG_H1 && tag <= NB_TAG_H6;
}

/* Close a block; a heading's end closes whichever heading is open. */
static void end_block(struct builder *b, nb_html_tag tag)
{
	b->fresh |= is(tag, NB_TAG_BLOCK);
	if (is_heading(tag) && is_heading(top(b)->tag))
		tag = top(b)->tag;
	if (!b->n_open[tag])
		return;
	for (unsigned d = b->depth - 1; d > 0; d--) {
		nb_html_tag open = b->open[d].tag;

		if (open == tag) {
			pop_to(b, d);
			return;
		}
		/* a cell is closed by its table only */
		if ((open == NB_TAG_TD || open == NB_TAG_TH || open == NB_TAG_TABLE) &&
		    (tag < NB_TAG_TABLE || tag > NB_TAG_TR))
			return;
	}
}

static void end(struct builder *b)
{
	nb_html_tag tag = b->token.tag;
	unsigned depth;

	if (tag == NB_TAG_BR)
		line_break(b);
	if (is_frame(tag) || is(tag, NB_TAG_VOID))
		return;
	if (b->beyond) {
		b->beyond--;
		return;
	}
	if (is(tag, NB_TAG_BLOCK | NB_TAG_SKIP))
		end_block(b, tag);
	else if ((depth = find_inline(b, tag)))
		pop_to(b, depth);
}

static bool is_json_ld(const nb_html_token *token)
{
	nb_str type = nb_html_attr_value(token, "type");

	return type.len >= 19 && strncasecmp(type.ptr, "application/ld+json", 19) == 0;
}

static bool take(struct builder *b, bool *json)
{
	nb_html_tree *t = b->tree;

	switch (b->token.kind) {
	case NB_HTML_START:
		*json = b->token.tag == NB_TAG_SCRIPT && is_json_ld(&b->token);
		return start(b);
	case NB_HTML_END:
		end(b);
		return true;
	case NB_HTML_TEXT:
		if (b->token.tag == NB_TAG_NONE)
			return add_text(b, b->token.text);
		if (b->token.tag == NB_TAG_TITLE && !t->title.ptr && !b->n_open[NB_TAG_SVG])
			t->title = b->token.text;
		if (b->token.tag == NB_TAG_SCRIPT && *json && t->n_data < NB_HTML_DATA)
			t->data[t->n_data++] = b->token.text;
		return true;
	}
	return true;
}

static bool text_room(nb_html_tree *t, size_t n)
{
	if (n <= t->text_room)
		return true;
	free(t->text);
	t->text_room = 0;
	t->text = malloc(n + n / 4);
	if (!t->text)
		return false;
	t->text_room = n + n / 4;
	return true;
}

nb_status nb_html_tree_build(nb_html_tree *tree, nb_str page)
{
	struct builder b = { .tree = tree, .fresh = true };
	nb_html_lexer lexer;
	uint32_t root;
	bool json = false;

	tree->n_nodes = tree->n_blocks = tree->n_text = 0;
	tree->n_metas = tree->n_times = tree->n_data = 0;
	tree->title = tree->lang = (nb_str){ 0 };
	b.token.tag = NB_TAG_NONE;
	if (!text_room(tree, page.len + 1))
		return NB_ENOMEM;
	b.text.out = tree->text;
	if (!new_node(&b, 0, &root))
		return NB_ENOMEM;
	b.open[b.depth++] = (struct open){ .node = root };
	b.n_open[NB_TAG_NONE] = 1;
	nb_html_lexer_init(&lexer, page);
	while (nb_html_lex(&lexer, &b.token))
		if (!take(&b, &json))
			return NB_ENOMEM;
	pop_to(&b, 1);
	tree->node[root].block_end = (uint32_t)tree->n_blocks;
	tree->n_text = b.text.n;
	return NB_OK;
}

void nb_html_tree_release(nb_html_tree *tree)
{
	free(tree->node);
	free(tree->block);
	free(tree->text);
	*tree = (nb_html_tree){ 0 };
}
