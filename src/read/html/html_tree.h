/* SPDX-License-Identifier: MIT
 *
 * html_tree.h - a page as two flat arrays: the elements, and the blocks of text in them.
 *
 * A node's parent stands before it, so one pass backwards adds up what subtrees hold, one forwards
 * hands down what ancestors say.  A block is a line of text between two block elements.
 */
#ifndef NB_READ_HTML_HTML_TREE_H
#define NB_READ_HTML_HTML_TREE_H

#include "read/html/html_hint.h"
#include "read/html/html_lex.h"

#define NB_HTML_NODES  ((size_t)1 << 18) /* elements of a page that are told apart */
#define NB_HTML_BLOCKS ((size_t)1 << 18)
#define NB_HTML_DEPTH  256u /* open elements; what lies deeper is not told apart */
#define NB_HTML_METAS  256u
#define NB_HTML_TIMES  256u
#define NB_HTML_DATA   32u /* JSON-LD scripts */

typedef struct nb_html_node {
	uint32_t parent;           /* 0 is the root, and its own parent */
	uint32_t hint;             /* what the element itself says: NB_HINT_... */
	uint32_t within;           /* and what its ancestors say */
	uint32_t block, block_end; /* its blocks are [block, block_end) */
	nb_html_tag tag;
} nb_html_node;

typedef struct nb_html_block {
	uint32_t at, len; /* bytes in the tree's text */
	uint32_t node;    /* the innermost element it stands in */
	uint32_t link;    /* bytes of it that are links */
	uint32_t bold;    /* bytes of it that are bold */
} nb_html_block;

/* <meta name|property|itemprop content>, <link rel=canonical href>, elements with itemprop. */
typedef struct nb_html_meta {
	nb_str key, value; /* spans of the page, references not decoded */
} nb_html_meta;

/* <time> and what else carries a date for machines. */
typedef struct nb_html_time {
	nb_str datetime;       /* span of the page; absent if only the text has it */
	nb_str itemprop, name; /* name: its class */
	uint32_t node, block; /* where it stands; block: the next one that begins or the open one */
} nb_html_time;

typedef struct nb_html_tree {
	nb_html_node *node;
	nb_html_block *block;
	char *text; /* all blocks' text, one after the other */
	size_t n_nodes, n_blocks, n_text;
	size_t nodes_room, blocks_room, text_room;
	nb_html_meta meta[NB_HTML_METAS];
	nb_html_time time[NB_HTML_TIMES];
	nb_str data[NB_HTML_DATA];
	size_t n_metas, n_times, n_data;
	nb_str title; /* of <title>, span of the page */
	nb_str lang;  /* of <html> */
} nb_html_tree;

/**
 * Read a page.
 *
 * @param tree  in/out: memory is reused; all zero bytes is a valid empty tree
 * @return NB_OK or NB_ENOMEM
 *
 * O(page); memory is bounded by the page and the limits above.
 */
nb_status nb_html_tree_build(nb_html_tree *tree, nb_str page) NB_MUST_CHECK;

void nb_html_tree_release(nb_html_tree *tree);

/** The text of a block. */
static inline nb_str nb_html_block_text(const nb_html_tree *tree, const nb_html_block *block)
{
	return (nb_str){ tree->text + block->at, block->len };
}

#endif
