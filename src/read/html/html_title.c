/* SPDX-License-Identifier: MIT
 *
 * html_title.c - see html_fields.h: the headline.
 *
 * What the page claims for search engines and other sites (JSON-LD, OpenGraph, <title>) says which
 * heading is the headline; the heading says how it reads.
 */
#include <string.h>

#include "read/html/html_fields.h"
#include "read/strings.h"

#define TITLE_MOST  400u /* bytes; longer headings are text */
#define TOKENS_MOST 64u
#define ALIKE       0.5f /* share of words a heading has in common with a claim */

/* Share of the longer one's words that are in the other, 0..1. */
static float alike(nb_html_source *s, nb_str a, nb_str b)
{
	nb_tokens *x = &s->tokens[0], *y = &s->tokens[1];
	size_t n, m, common = 0;

	a = nb_clip(a, TITLE_MOST);
	b = nb_clip(b, TITLE_MOST);
	if (!a.len || !b.len)
		return 0;
	if (nb_token_hashes(x, a.ptr, a.len) != NB_OK ||
	    nb_token_hashes(y, b.ptr, b.len) != NB_OK) {
		s->no_memory = true;
		return 0;
	}
	n = x->n < TOKENS_MOST ? x->n : TOKENS_MOST;
	m = y->n < TOKENS_MOST ? y->n : TOKENS_MOST;
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < m; k++) {
			if (x->hash[i] == y->hash[k]) {
				common++;
				break;
			}
		}
	return n && m ? (float)common / (float)(n > m ? n : m) : 0;
}

/* ---- the name of the site off ------------------------------------------------------------ */

/* Bytes of a mark between title and site that stands at p: " | ", " - ", " – "; 0 if none. */
static size_t mark_at(const char *p, const char *end)
{
	static const char *const marks[] = { " | ", " - ", " – ", " — ", " :: ", " » ",
					     " · ", " • ", " / ", ": ",  "｜",   "_" };

	for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++) {
		size_t n = strlen(marks[i]);

		if ((size_t)(end - p) >= n && memcmp(p, marks[i], n) == 0)
			return n;
	}
	return 0;
}

/* Whether a part of a title is the site's name. */
static bool is_site(nb_html_source *s, const nb_html_page *out, nb_str part)
{
	nb_str host = nb_html_host(out->article.url);
	const char *dot = host.len ? memchr(host.ptr, '.', host.len) : NULL;

	if (alike(s, part, out->article.source) >= ALIKE)
		return true;
	return dot && alike(s, part, (nb_str){ host.ptr, (size_t)(dot - host.ptr) }) >= ALIKE;
}

/* A title without the parts before and after it that are the site's name. */
static nb_str without_site(nb_html_source *s, const nb_html_page *out, nb_str title)
{
	const char *end;

	if (!title.len)
		return title;
	end = title.ptr + title.len;
	for (const char *p = end; p-- > title.ptr;) {
		size_t n = mark_at(p, end);

		if (n && is_site(s, out, (nb_str){ p + n, (size_t)(end - p) - n }))
			return nb_trim((nb_str){ title.ptr, (size_t)(p - title.ptr) });
	}
	for (const char *p = title.ptr; p < end; p++) {
		size_t n = mark_at(p, end);

		if (n && is_site(s, out, (nb_str){ title.ptr, (size_t)(p - title.ptr) }))
			return nb_trim((nb_str){ p + n, (size_t)(end - p) - n });
	}
	return title;
}

/* The longest part of <title>: all there is to go by where nothing else is claimed. */
static nb_str longest_part(nb_str title)
{
	const char *p = title.ptr, *end, *from = p;
	nb_str best = { 0 };

	if (!title.len)
		return title;
	end = p + title.len;
	for (;;) {
		size_t n = p < end ? mark_at(p, end) : 0;

		if (n > 1 || p == end) {
			if ((size_t)(p - from) > best.len)
				best = (nb_str){ from, (size_t)(p - from) };
			from = p + n;
		}
		if (p == end)
			return nb_trim(best);
		p += n ? n : 1;
	}
}

/* ---- headings ---------------------------------------------------------------------------- */

struct claims {
	nb_str claim[4];
	nb_html_origin origin[4];
	size_t n;
};

static void claim(struct claims *c, nb_str title, nb_html_origin origin)
{
	if (!title.len || nb_says_nothing(title))
		return;
	c->claim[c->n] = title;
	c->origin[c->n++] = origin;
}

/* How well a heading fits what is claimed. */
static float fit(nb_html_source *s, const struct claims *c, nb_str heading)
{
	float best = 0;

	for (size_t i = 0; i < c->n; i++) {
		float like = alike(s, heading, c->claim[i]);

		best = like > best ? like : best;
	}
	return best;
}

/* The heading that fits best, a first-order one before others; NB_HTML_NO_BLOCK if none fits. */
static uint32_t best_heading(nb_html_source *s, const struct claims *c)
{
	const nb_html_tree *t = s->tree;
	uint32_t best = NB_HTML_NO_BLOCK;
	float most = ALIKE;

	for (uint32_t i = 0; i < t->n_blocks; i++) {
		const nb_html_node *node = &t->node[t->block[i].node];
		nb_str text = nb_html_block_text(t, &t->block[i]);
		bool first = node->tag == NB_TAG_H1;
		float like;

		if (text.len > TITLE_MOST || node->within & NB_HINT_HIDDEN)
			continue;
		if (!first && node->tag != NB_TAG_H2 && node->tag != NB_TAG_H3 &&
		    !(node->within & NB_HINT_TITLE))
			continue;
		like = fit(s, c, text) + (first ? 0.25f : 0);
		if (like > most && (first || like >= 0.8f)) {
			most = like;
			best = i;
		}
	}
	return best;
}

/* The one first-order heading that is no furniture, where nothing is claimed. */
static uint32_t only_heading(const nb_html_tree *t)
{
	for (uint32_t i = 0; i < t->n_blocks; i++) {
		const nb_html_node *node = &t->node[t->block[i].node];

		if (node->tag == NB_TAG_H1 && t->block[i].len <= TITLE_MOST &&
		    !(node->within & (NB_HINT_FURNITURE & ~NB_HINT_HEADER)))
			return i;
	}
	return NB_HTML_NO_BLOCK;
}

static void collect(nb_html_source *s, const nb_html_page *out, struct claims *c)
{
	nb_str tag = nb_html_keep(s, s->tree->title);

	claim(c, s->data->headline, NB_ORIGIN_JSON_LD);
	claim(c, without_site(s, out, nb_html_meta_value(s, "og:title")), NB_ORIGIN_META);
	claim(c, without_site(s, out, nb_html_meta_value(s, "twitter:title")), NB_ORIGIN_META);
	if (c->n == 0)
		tag = longest_part(without_site(s, out, tag));
	claim(c, c->n ? without_site(s, out, tag) : tag, NB_ORIGIN_TAG);
}

void nb_html_title(nb_html_source *s, nb_html_page *out)
{
	const nb_html_tree *t = s->tree;
	struct claims c = { .n = 0 };

	collect(s, out, &c);
	s->title = c.n ? best_heading(s, &c) : only_heading(t);
	if (s->title != NB_HTML_NO_BLOCK) {
		out->article.title = nb_html_keep(s, nb_html_block_text(t, &t->block[s->title]));
		out->title = NB_ORIGIN_VISIBLE;
	} else if (c.n) {
		out->article.title = c.claim[0];
		out->title = c.origin[0];
	}
}
