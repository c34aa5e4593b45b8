/* SPDX-License-Identifier: MIT
 *
 * html.c - see html.h.
 */
#include "newsbraid/html.h"

#include <stdlib.h>
#include <string.h>

#include "newsbraid/reader.h"
#include "read/html/html_fields.h"

#define KEEP_MOST ((size_t)8 << 20) /* text memory above this is given back */

struct nb_html {
	nb_html_tree tree;
	nb_html_region region;
	nb_html_json json;
	nb_arena arena;
	nb_tokens tokens[2];
};

static const char *const origin_name[NB_ORIGIN_COUNT] = {
	"none", "json-ld", "meta", "microdata", "time", "link", "tag", "visible", "url",
};

const char *nb_html_origin_name(nb_html_origin origin)
{
	return origin_name[origin];
}

nb_html *nb_html_new(void)
{
	nb_html *h = calloc(1, sizeof(*h));

	if (!h)
		return NULL;
	h->json.doc = nb_doc_new(NB_DEPTH_MAX);
	if (!h->json.doc) {
		free(h);
		return NULL;
	}
	return h;
}

void nb_html_free(nb_html *h)
{
	if (!h)
		return;
	nb_html_tree_release(&h->tree);
	nb_html_region_release(&h->region);
	nb_doc_free(h->json.doc);
	free(h->json.room);
	nb_arena_release(&h->arena);
	nb_tokens_release(&h->tokens[0]);
	nb_tokens_release(&h->tokens[1]);
	free(h);
}

/* Give back memory that grew for one giant page. */
static void shrink(nb_html *h)
{
	if (h->tree.text_room <= KEEP_MOST)
		return;
	nb_html_tree_release(&h->tree);
	nb_html_region_release(&h->region);
	free(h->json.room);
	h->json.room = NULL;
	h->json.capacity = 0;
}

/* The blocks that are kept, a line feed between them. */
static nb_status gather(nb_html *h, nb_str *text)
{
	const nb_html_tree *t = &h->tree;
	char *out = nb_arena_alloc(&h->arena, t->n_text + t->n_blocks + 1);
	size_t n = 0;

	*text = (nb_str){ 0 };
	if (!out)
		return NB_ENOMEM;
	for (size_t i = 0; i < t->n_blocks; i++) {
		nb_str block = nb_html_block_text(t, &t->block[i]);

		if (!block.len || !h->region.line[i].keep)
			continue;
		if (n)
			out[n++] = '\n';
		memcpy(out + n, block.ptr, block.len);
		n += block.len;
	}
	if (n)
		*text = (nb_str){ out, n };
	return NB_OK;
}

/* What stands in for a text that is not there: the whole body or the description of the article. */
static void describe(nb_html_source *s, nb_html_page *out)
{
	nb_str type = nb_html_meta_value(s, "og:type");

	if (s->data->body.len) {
		out->article.text = s->data->body;
		out->text = NB_ORIGIN_JSON_LD;
	} else if (s->data->rank || (type.len == 7 && memcmp(type.ptr, "article", 7) == 0)) {
		out->article.text = nb_html_meta_value(s, "og:description");
		if (!out->article.text.len)
			out->article.text = nb_html_meta_value(s, "description");
		out->text = out->article.text.len ? NB_ORIGIN_META : NB_ORIGIN_NONE;
	}
}

nb_status nb_html_read(nb_html *h, nb_str page, nb_str url, nb_html_page *out)
{
	nb_html_data data;
	nb_html_source s = { .tree = &h->tree,
			     .region = &h->region,
			     .data = &data,
			     .url = url,
			     .arena = &h->arena,
			     .tokens = h->tokens };

	*out = (nb_html_page){ .article = { .published_at = NB_NO_TIME } };
	if (page.len > NB_HTML_PAGE_MAX)
		return NB_ELIMIT;
	nb_arena_reset(&h->arena);
	shrink(h);
	if (nb_html_tree_build(&h->tree, page) != NB_OK ||
	    nb_html_region_find(&h->region, &h->tree) != NB_OK ||
	    nb_html_data_read(&h->json, &h->tree, &h->arena, &data) != NB_OK)
		return NB_ENOMEM;
	nb_html_fields(&s, out);
	nb_html_title(&s, out);
	nb_html_date(&s, out);
	if (gather(h, &out->article.text) != NB_OK)
		return NB_ENOMEM;
	out->text = out->article.text.len ? NB_ORIGIN_VISIBLE : NB_ORIGIN_NONE;
	if (!out->article.text.len)
		describe(&s, out);
	return s.no_memory ? NB_ENOMEM : NB_OK;
}
