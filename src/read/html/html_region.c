/* SPDX-License-Identifier: MIT
 *
 * html_region.c - see html_region.h.
 */
#include "read/html/html_region.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "newsbraid/utf8.h"

#define PROSE_LEAST 80u
#ifndef RISE
#define RISE 0.9f
#endif
#ifndef BODYX
#define BODYX 2.0f
#endif

/* ---- what a block looks like ------------------------------------------------------------- */

/* Sentence ends and commas of the scripts news is written in. */
static bool is_stop(uint32_t cp)
{
	return cp == '.' || cp == '!' || cp == '?' || cp == 0x3002 || cp == 0xff01 ||
	       cp == 0xff1f || cp == 0x61f || cp == 0x6d4 || cp == 0x964 || cp == 0x2026;
}

static bool is_comma(uint32_t cp)
{
	return cp == ',' || cp == ';' || cp == 0x3001 || cp == 0xff0c || cp == 0x60c ||
	       cp == 0xff1b;
}

static void measure(nb_html_line *line, nb_str text)
{
	const char *p = text.ptr, *end = p + text.len;
	bool open = false;

	while (p < end) {
		uint32_t cp = (unsigned char)*p;
		bool stop;

		if (cp < 0x80)
			p++;
		else
			p += nb_utf8_decode(p, (size_t)(end - p), &cp);
		line->size += cp >= 0x2e80 && cp < 0xfb00 ? 2 : 1;
		line->commas += is_comma(cp);
		stop = is_stop(cp);
		/* an end counts where a blank, a quote or nothing follows */
		if (open && (cp <= ' ' || cp == '"' || cp == 0x201d || cp == 0xbb || cp == ')'))
			line->stops++;
		if (stop && cp >= 0x3000)
			line->stops++, stop = false;
		open = stop;
	}
	line->stops += open;
}

static bool is_prose(const nb_html_line *line)
{
	return line->link < 0.34f &&
	       ((line->size >= PROSE_LEAST && line->stops + line->commas > 0) ||
		(line->size >= 40 && line->stops > 0));
}

static float weigh(const nb_html_line *line)
{
	float size = (float)line->size;

	if (line->link > 0.5f)
		return -10 - (size < 100 ? size : 100) * line->link;
	if (!is_prose(line))
		return line->within & NB_HINT_BODY ? 0 : -5;
	if (line->within & NB_HINT_BODY)
		size *= BODYX;
	size *= 1 - line->link;
	if (line->within & NB_HINT_REGIONS)
		return -0.1f * size - 10;
	if (line->within & NB_HINT_LINES)
		return -5;
	return size;
}

/* ---- hints that are believed ------------------------------------------------------------- */

/* Add what children hold to what their parents hold, a share of it. */
static void add_up(const nb_html_tree *tree, float *sum, float share)
{
	for (size_t i = tree->n_nodes; i-- > 1;)
		sum[tree->node[i].parent] += share * sum[i];
}

/* An element that holds most of the page's prose is no furniture, whatever it is called. */
static void doubt_hints(nb_html_region *r, nb_html_tree *tree)
{
	float all = r->prose[0];

	for (size_t i = 1; i < tree->n_nodes; i++) {
		nb_html_node *node = &tree->node[i];
		uint32_t doubt = NB_HINT_FURNITURE & ~NB_HINT_COMMENT;

		if (node->hint & (NB_HINT_ARTICLE | NB_HINT_BODY))
			node->hint &= ~(uint32_t)NB_HINT_LINES;
		if (node->hint & NB_HINT_FURNITURE && r->prose[i] > 0.5f * all)
			node->hint &= ~doubt;
		node->within = node->hint | tree->node[node->parent].within;
	}
}

/* ---- the region -------------------------------------------------------------------------- */

static uint32_t best_node(const nb_html_region *r, const nb_html_tree *tree)
{
	uint32_t best = 0;

	for (uint32_t i = 1; i < tree->n_nodes; i++)
		if (r->sum[i] >= r->sum[best])
			best = i;
	return best;
}

static bool keeps(const nb_html_tree *tree, const nb_html_line *line, const nb_html_block *block)
{
	nb_html_tag tag = tree->node[block->node].tag;

	if (line->within & NB_HINT_FURNITURE)
		return false;
	if (line->link > 0.5f && !is_prose(line))
		return false;
	if (tag >= NB_TAG_H1 && tag <= NB_TAG_H6)
		return tag != NB_TAG_H1;
	return true;
}

static bool room(nb_html_region *r, const nb_html_tree *t)
{
	return NB_GROW(r->line, &r->lines_room, t->n_blocks + 1) == NB_OK &&
	       NB_GROW(r->sum, &r->sums_room, t->n_nodes) == NB_OK &&
	       NB_GROW(r->prose, &r->prose_room, t->n_nodes) == NB_OK;
}

nb_status nb_html_region_find(nb_html_region *r, nb_html_tree *tree)
{
	if (!room(r, tree))
		return NB_ENOMEM;
	memset(r->prose, 0, tree->n_nodes * sizeof(*r->prose));
	memset(r->sum, 0, tree->n_nodes * sizeof(*r->sum));
	for (size_t i = 0; i < tree->n_blocks; i++) {
		const nb_html_block *block = &tree->block[i];
		nb_html_line *line = &r->line[i];

		*line = (nb_html_line){ 0 };
		measure(line, nb_html_block_text(tree, block));
		line->link = block->len ? (float)block->link / (float)block->len : 0;
		if (is_prose(line))
			r->prose[block->node] += (float)line->size;
	}
	add_up(tree, r->prose, 1);
	doubt_hints(r, tree);
	for (size_t i = 0; i < tree->n_blocks; i++) {
		nb_html_line *line = &r->line[i];

		line->within = tree->node[tree->block[i].node].within;
		line->weight = weigh(line);
		r->sum[tree->block[i].node] += line->weight;
	}
	add_up(tree, r->sum, RISE);
	r->node = best_node(r, tree);
	for (size_t i = tree->node[r->node].block; i < tree->node[r->node].block_end; i++)
		r->line[i].keep = keeps(tree, &r->line[i], &tree->block[i]);
	return NB_OK;
}

void nb_html_region_release(nb_html_region *r)
{
	free(r->line);
	free(r->sum);
	free(r->prose);
	*r = (nb_html_region){ 0 };
}
