/* SPDX-License-Identifier: MIT
 *
 * check_evidence.c - what the edges claim is true of the texts: every copy edge has the scores it
 * says, computed again; every aligned word stands where it says.
 */
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "check.h"
#include "log.h"

#define WORD_CUT    200 /* longer words are cut in the table */
#define TEXT_MEMORY ((size_t)192 << 20) /* bytes of texts in memory; the others move to a file */

typedef struct evidence {
	check *c;
	nb_pairs pairs;   /* the copy edges */
	nb_edge *claimed; /* what the table says of each */
	size_t n_claimed, claimed_capacity;
	bool *has_leader_edge; /* [0..list.n): a copy edge leads to the article's leader */
	bool *needed;          /* [0..list.n): an edge is about its text */
} evidence;

static nb_status take_text(void *context, const table *t)
{
	evidence *e = context;
	check *c = e->c;
	size_t i = c->texts.n;
	nb_str id = table_text(t, "id");
	nb_article a = { .id = id, .published_at = NB_NO_TIME };
	nb_error err;

	if (i >= c->list.n || !str_equal(c->list.article[i].id, id)) {
		problem(c, "texts: line %" PRIu64 " is not the text of the same line's article",
			t->line);
		return NB_ESTOP;
	}
	/* how far apart two are decides what is a series */
	a.published_at = article_time(&c->list.article[i]);
	a.day_only = c->list.article[i].day_only;
	if (e->needed[i])
		a.text = table_text(t, "text");
	return nb_night_append(&c->texts, &a, &err);
}

/* ---- what the table claims ------------------------------------------------------------------- */

static nb_status claim_edge(evidence *e, const table *t, nb_pair pair)
{
	size_t capacity = e->pairs.capacity;
	nb_status status = NB_GROW(e->pairs.pair, &capacity, e->pairs.n + 1);

	e->pairs.capacity = capacity;
	NB_TRY(status, NB_GROW(e->claimed, &e->claimed_capacity, e->n_claimed + 1));
	if (status != NB_OK)
		return status;
	e->pairs.pair[e->pairs.n++] = pair;
	e->claimed[e->n_claimed++] = (nb_edge){
		.a = pair.a,
		.b = pair.b,
		.jaccard = table_real(t, "jaccard"),
		.containment = table_real(t, "containment"),
	};
	return NB_OK;
}

/* One side of an anchor: "a" or "b", in the text of article i. */
static bool word_stands(const check *c, uint32_t i, const nb_node *anchor, const char *word_key,
			const char *begin_key, const char *len_key)
{
	nb_str word = node_text(anchor, word_key), text;
	double begin = node_real(anchor, begin_key), len = node_real(anchor, len_key);

	if (nb_night_text(&c->texts, i, NULL, &text) != NB_OK || begin + len > (double)text.len ||
	    word.len > len || (word.len < len && len <= WORD_CUT))
		return false;
	return word.len == 0 || memcmp(text.ptr + (size_t)begin, word.ptr, word.len) == 0;
}

static void check_anchors(check *c, const table *t, nb_pair pair)
{
	nb_node anchors, anchor;
	nb_walk walk;
	nb_str key;

	if (!table_field(t, "anchors", &anchors) || !nb_walk_begin(&anchors, &walk))
		return;
	while (nb_walk_next(&walk, &key, &anchor)) {
		if (!word_stands(c, pair.a, &anchor, "a", "a_begin", "a_len") ||
		    !word_stands(c, pair.b, &anchor, "b", "b_begin", "b_len"))
			problem(c, "edges: line %" PRIu64 ": an aligned word is not in its text",
				t->line);
		c->n_anchors++;
	}
}

static const char *where(const found_article *a, const found_article *b)
{
	return str_equal(a->event, b->event)		? "event"
	       : str_equal(a->storyline, b->storyline) ? "storyline"
						       : "near";
}

static void check_relation(check *c, const table *t, const found_article *a, const found_article *b)
{
	nb_node score;

	if (!table_field(t, "score", &score) || nb_node_kind_of(&score) != NB_NODE_NUMBER)
		return;
	if (!str_equal_c(table_text(t, "relation"), where(a, b)))
		problem(c, "edges: line %" PRIu64 ": '%s' and '%s' are not %s", t->line,
			printable(a->id), printable(b->id), printable(table_text(t, "relation")));
	if (a->copy_of.ptr || b->copy_of.ptr)
		problem(c, "edges: line %" PRIu64 ": a copy is scored as a report", t->line);
}

static void count_edge(counts *n, const table *t)
{
	nb_str relation = table_text(t, "relation"), method = table_text(t, "method");

	n->edges_copy += str_equal_c(relation, "copy");
	n->edges_series += str_equal_c(relation, "series");
	n->edges_related += str_equal_c(method, "related");
	n->edges_across += str_equal_c(method, "across");
	n->edges_story += str_equal_c(method, "story");
}

static bool has_anchors(const table *t)
{
	nb_node anchors, anchor;
	nb_walk walk;
	nb_str key;

	return table_field(t, "anchors", &anchors) && nb_walk_begin(&anchors, &walk) &&
	       nb_walk_next(&walk, &key, &anchor);
}

static nb_status take_edge(void *context, const table *t)
{
	evidence *e = context;
	check *c = e->c;
	nb_str a_id = table_text(t, "a"), b_id = table_text(t, "b");
	const found_article *a = article_by_id(&c->list, a_id), *b = article_by_id(&c->list, b_id);
	bool copy = str_equal_c(table_text(t, "relation"), "copy");
	nb_pair pair;

	count_edge(&c->counted, t);
	if (!a || !b) {
		problem(c, "edges: line %" PRIu64 ": '%s' or '%s' is no article", t->line,
			printable(a_id), printable(b_id));
		return NB_OK;
	}
	check_relation(c, t, a, b);
	pair = (nb_pair){ (uint32_t)(a - c->list.article), (uint32_t)(b - c->list.article) };
	if (copy || has_anchors(t))
		e->needed[pair.a] = e->needed[pair.b] = true;
	if (!copy)
		return NB_OK;
	if (str_equal(b->copy_of, a->id))
		e->has_leader_edge[pair.b] = true;
	return claim_edge(e, t, pair);
}

/* Again, with the texts at hand. */
static nb_status take_anchors(void *context, const table *t)
{
	check *c = context;
	const found_article *a = article_by_id(&c->list, table_text(t, "a"));
	const found_article *b = article_by_id(&c->list, table_text(t, "b"));

	if (a && b && has_anchors(t))
		check_anchors(c, t, (nb_pair){ (uint32_t)(a - c->list.article),
					       (uint32_t)(b - c->list.article) });
	return NB_OK;
}

static void check_leader_edges(check *c, const bool *has_leader_edge)
{
	for (size_t i = 0; i < c->list.n; i++)
		if (c->list.article[i].copy_of.ptr && !has_leader_edge[i])
			problem(c, "articles: '%s' has no copy edge to its leader",
				printable(c->list.article[i].id));
}

/* ---- what the texts say ---------------------------------------------------------------------- */

static int by_b(const void *x, const void *y)
{
	const nb_edge *a = x, *b = y;

	if (a->b != b->b)
		return a->b < b->b ? -1 : 1;
	return a->a < b->a ? -1 : a->a > b->a;
}

static void compare_edge(check *c, const nb_edge *claimed, const nb_edge *edge)
{
	nb_str a = c->list.article[claimed->a].id, b = c->list.article[claimed->b].id;

	if (!edge || edge->relation != NB_RELATION_COPY ||
	    fabs(edge->jaccard - claimed->jaccard) > 1e-6 ||
	    fabs(edge->containment - claimed->containment) > 1e-6)
		problem(c,
			"edge '%s' - '%s' claims a copy with Jaccard %.6f, containment %.6f; the "
			"texts say %s, %.6f, %.6f",
			printable(a), printable(b), claimed->jaccard, claimed->containment,
			edge ? nb_relation_name((nb_relation)edge->relation) : "none",
			edge ? edge->jaccard : 0, edge ? edge->containment : 0);
}

static nb_status recompute(evidence *e, nb_error *err)
{
	check *c = e->c;
	nb_sketches s = { .params = c->stored.set.sketch, .n = c->texts.n };
	nb_edges edges = { 0 };
	nb_status status;
	size_t k = 0;

	if (e->n_claimed > 1)
		qsort(e->claimed, e->n_claimed, sizeof(*e->claimed), by_b);
	for (size_t i = 0; i < e->n_claimed; i++)
		e->pairs.pair[i] = (nb_pair){ e->claimed[i].a, e->claimed[i].b };
	status = nb_verify(&c->texts, &s, &e->pairs, &c->stored.set.copies.copy, &edges, err);
	for (size_t i = 0; status == NB_OK && i < e->n_claimed; i++) {
		bool same = k < edges.n && edges.edge[k].a == e->claimed[i].a &&
			    edges.edge[k].b == e->claimed[i].b;

		compare_edge(c, &e->claimed[i], same ? &edges.edge[k] : NULL);
		k += same;
	}
	c->n_edges = e->n_claimed;
	nb_edges_release(&edges);
	return status;
}

static nb_status take_texts(evidence *e, nb_error *err)
{
	check *c = e->c;
	const char *tmp = getenv("TMPDIR");
	nb_status status = nb_night_init(&c->texts, TEXT_MEMORY, tmp && *tmp ? tmp : "/tmp");

	NB_TRY(status, check_each(c, "texts.jsonl.zst", take_text, e, err));
	if (status == NB_OK && c->texts.n != c->list.n)
		problem(c, "texts: there are %" PRIu32 ", of %zu articles", c->texts.n, c->list.n);
	return status;
}

nb_status read_evidence(check *c, nb_error *err)
{
	evidence *e = c->evidence = calloc(1, sizeof(*e));
	nb_status status;

	if (e) {
		e->c = c;
		e->has_leader_edge = calloc(c->list.n + 1, sizeof(*e->has_leader_edge));
		e->needed = calloc(c->list.n + 1, sizeof(*e->needed));
	}
	if (!e || !e->has_leader_edge || !e->needed)
		return nb_fail(err, NB_ENOMEM, c->out, "cannot check");
	status = check_each(c, "edges.jsonl.zst", take_edge, e, err);
	if (status == NB_OK)
		check_leader_edges(c, e->has_leader_edge);
	if (status == NB_OK && stored_table(&c->stored, "texts.jsonl.zst"))
		status = take_texts(e, err);
	return status;
}

nb_status check_evidence(check *c, nb_error *err)
{
	evidence *e = c->evidence;
	nb_status status;

	if (c->n_problems > 0) /* texts may belong to others */
		return NB_OK;
	if (!stored_table(&c->stored, "texts.jsonl.zst")) {
		if (e->n_claimed > 0)
			log_info("the output has no texts: edges were not computed again");
		return NB_OK;
	}
	status = table_each(c->out, "edges.jsonl.zst", take_anchors, c, err);
	return status == NB_OK ? recompute(e, err) : status;
}

void evidence_free(struct evidence *e)
{
	if (!e)
		return;
	nb_pairs_release(&e->pairs);
	free(e->claimed);
	free(e->has_leader_edge);
	free(e->needed);
	free(e);
}
