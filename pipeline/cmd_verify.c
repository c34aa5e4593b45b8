/* SPDX-License-Identifier: MIT
 *
 * cmd_verify.c - newsbraid verify: is an output whole, and true?
 *
 * Three rounds: the files are what the manifest says; every id that a row names is an article; every
 * copy edge, computed again from the texts, has the scores it claims.
 */
#include <inttypes.h>
#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <xxhash.h>

#include "base/array.h"
#include "log.h"
#include "options.h"
#include "stored.h"
#include "tables.h"

static const option_row options[] = {
	COMMON_OPTIONS,
};

static int run_command(int argc, char **argv);

const command command_verify = {
	.name = "verify",
	.summary = "check an output: checksums, counts, ids, every copy edge",
	.operands = "OUT",
	.examples = "  newsbraid verify out && publish out\n",
	.options = options,
	.run = run_command,
};

#define PROBLEMS_SHOWN 20

typedef struct check {
	const char *out;
	stored stored;
	article_list list;
	uint64_t n_problems;
	uint64_t n_edges; /* computed again */
	nb_night texts;   /* numbered like list */
	nb_pairs pairs;   /* the copy edges */
	nb_edge *claimed; /* what the table says of each */
	size_t n_claimed, claimed_capacity;
	bool *has_leader_edge; /* [0..list.n): a copy edge leads to the article's leader */
} check;

static void problem(check *c, const char *format, ...) __attribute__((format(printf, 2, 3)));

static void problem(check *c, const char *format, ...)
{
	char text[512];
	va_list args;

	if (c->n_problems++ >= PROBLEMS_SHOWN)
		return;
	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	log_error("%s", text);
}

/* ---- files ----------------------------------------------------------------------------------- */

static bool hash_file(const char *path, char hex[33])
{
	static const size_t block = (size_t)1 << 20;
	XXH3_state_t *state = XXH3_createState();
	char *buffer = malloc(block);
	FILE *f = fopen(path, "rb");
	bool ok = state && buffer && f && XXH3_128bits_reset(state) == XXH_OK;
	size_t n;

	while (ok && (n = fread(buffer, 1, block, f)) > 0)
		XXH3_128bits_update(state, buffer, n);
	if (ok) {
		XXH128_hash_t h = XXH3_128bits_digest(state);

		snprintf(hex, 33, "%016" PRIx64 "%016" PRIx64, h.high64, h.low64);
		ok = !ferror(f);
	}
	if (f)
		fclose(f);
	free(buffer);
	XXH3_freeState(state);
	return ok;
}

static void check_rows(check *c, const nb_table_info *info)
{
	table t;
	nb_error err;
	bool more = true;
	nb_status status = table_open(&t, c->out, info->name, &err);

	while (status == NB_OK && more)
		status = table_next(&t, &more, &err);
	if (status != NB_OK)
		problem(c, "%s: line %" PRIu64 ": %s", info->name, t.line + 1, err.reason);
	else if (t.line != info->rows)
		problem(c, "%s has %" PRIu64 " rows, the manifest says %" PRIu64, info->name, t.line,
			info->rows);
	table_close(&t);
}

static void check_file(check *c, const nb_table_info *info)
{
	char path[4096], hex[33];
	FILE *f;

	snprintf(path, sizeof(path), "%s/%s", c->out, info->name);
	if (info->rows == 0) {
		f = fopen(path, "rb");
		if (f) {
			problem(c, "%s stands there, the manifest says it has no rows", info->name);
			fclose(f);
		}
		return;
	}
	if (!hash_file(path, hex))
		problem(c, "%s cannot be read", info->name);
	else if (strcmp(hex, info->xxh128) != 0)
		problem(c, "%s is damaged: checksum %s, the manifest says %s", info->name, hex,
			info->xxh128);
	else
		check_rows(c, info);
}

/* ---- ids ------------------------------------------------------------------------------------- */

static void check_article(check *c, size_t i)
{
	const found_article *a = &c->list.article[i];
	bool copy = str_equal(a->role, NB_STR("copy"));

	if (i > 0 && str_compare(c->list.article[i - 1].id, a->id) >= 0)
		problem(c, "articles: '%.*s' is out of order or twice there", (int)a->id.len,
			a->id.ptr);
	if (!a->copy.ptr)
		problem(c, "articles: '%.*s' has no copy group", (int)a->id.len, a->id.ptr);
	if (copy != (a->copy_of.ptr != NULL))
		problem(c, "articles: '%.*s': role and copy_of disagree", (int)a->id.len, a->id.ptr);
	if (copy && !article_by_id(&c->list, a->copy_of))
		problem(c, "articles: '%.*s' copies '%.*s', which is no article", (int)a->id.len,
			a->id.ptr, (int)a->copy_of.len, a->copy_of.ptr);
}

static nb_status claim_edge(check *c, const table *t, const found_article *a,
			    const found_article *b)
{
	size_t capacity = c->pairs.capacity;
	nb_pair pair = { (uint32_t)(a - c->list.article), (uint32_t)(b - c->list.article) };
	nb_status status = nb_reserve((void **)&c->pairs.pair, &capacity, c->pairs.n + 1,
				      sizeof(*c->pairs.pair));

	c->pairs.capacity = capacity;
	if (status == NB_OK)
		status = nb_reserve((void **)&c->claimed, &c->claimed_capacity, c->n_claimed + 1,
				    sizeof(*c->claimed));
	if (status != NB_OK)
		return status;
	c->pairs.pair[c->pairs.n++] = pair;
	c->claimed[c->n_claimed++] = (nb_edge){
		.a = pair.a,
		.b = pair.b,
		.jaccard = table_real(t, "jaccard"),
		.containment = table_real(t, "containment"),
	};
	if (str_equal(b->copy_of, a->id))
		c->has_leader_edge[pair.b] = true;
	return NB_OK;
}

static nb_status check_edge(check *c, const table *t)
{
	nb_str a_id = table_text(t, "a"), b_id = table_text(t, "b");
	const found_article *a = article_by_id(&c->list, a_id), *b = article_by_id(&c->list, b_id);

	if (!a || !b) {
		problem(c, "edges: line %" PRIu64 ": '%.*s' or '%.*s' is no article", t->line,
			(int)a_id.len, a_id.ptr, (int)b_id.len, b_id.ptr);
		return NB_OK;
	}
	if (!str_equal(table_text(t, "relation"), NB_STR("copy")))
		return NB_OK;
	return claim_edge(c, t, a, b);
}

static nb_status check_member(check *c, const table *t, const nb_node *value)
{
	nb_str group = table_text(t, "id"), id = { 0 }, key;
	const found_article *a;
	nb_walk walk;
	nb_node field;

	if (!nb_walk_begin(value, &walk))
		return NB_OK;
	while (nb_walk_next(&walk, &key, &field))
		if (str_equal(key, NB_STR("id")))
			id = nb_node_string(&field);
	a = article_by_id(&c->list, id);
	if (!a || !str_equal(a->copy, group))
		problem(c, "copies: '%.*s' is not an article of group '%.*s'", (int)id.len,
			id.ptr ? id.ptr : "", (int)group.len, group.ptr ? group.ptr : "");
	return NB_OK;
}

static nb_status check_group(check *c, const table *t)
{
	nb_node members, value;
	nb_walk walk;
	nb_str key;

	if (!table_field(t, "members", &members) || !nb_walk_begin(&members, &walk))
		problem(c, "copies: line %" PRIu64 " has no members", t->line);
	else
		while (nb_walk_next(&walk, &key, &value))
			(void)check_member(c, t, &value);
	return NB_OK;
}

/* Every row of a table through one check; a table without rows is not there. */
static nb_status each_row(check *c, const char *name, nb_status (*row)(check *, const table *),
			  nb_error *err)
{
	table t;
	bool more = true;
	nb_status status = table_open(&t, c->out, name, err);

	if (status != NB_OK && table_is_absent(err)) {
		table_close(&t);
		return NB_OK;
	}
	while (status == NB_OK && more) {
		status = table_next(&t, &more, err);
		if (status == NB_OK && more && row(c, &t) != NB_OK)
			status = nb_fail(err, NB_ENOMEM, t.path, "cannot check");
	}
	table_close(&t);
	return status;
}

static void check_leader_edges(check *c)
{
	for (size_t i = 0; i < c->list.n; i++)
		if (c->list.article[i].copy_of.ptr && !c->has_leader_edge[i])
			problem(c, "articles: '%.*s' has no copy edge to its leader",
				(int)c->list.article[i].id.len, c->list.article[i].id.ptr);
}

/* ---- edges, again ---------------------------------------------------------------------------- */

static nb_status take_text(check *c, const table *t)
{
	nb_str id = table_text(t, "id");
	nb_article a = { .id = id, .text = table_text(t, "text"), .published_at = NB_NO_TIME };
	nb_error err;

	if (c->texts.n < c->list.n) { /* how far apart two are decides what is a series */
		a.published_at = article_time(&c->list.article[c->texts.n]);
		a.day_only = c->list.article[c->texts.n].day_only;
	}
	if (c->texts.n >= c->list.n || !str_equal(c->list.article[c->texts.n].id, id))
		problem(c, "texts: line %" PRIu64 " is not the text of the same line's article",
			t->line);
	return nb_night_append(&c->texts, &a, &err);
}

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
			"edge '%.*s' - '%.*s' claims a copy with Jaccard %.6f, containment %.6f; the "
			"texts say %s, %.6f, %.6f",
			(int)a.len, a.ptr, (int)b.len, b.ptr, claimed->jaccard,
			claimed->containment,
			edge ? nb_relation_name((nb_relation)edge->relation) : "none",
			edge ? edge->jaccard : 0, edge ? edge->containment : 0);
}

static nb_status recompute(check *c, nb_error *err)
{
	nb_sketches s = { .params = c->stored.sketch, .n = c->texts.n };
	nb_edges edges = { 0 };
	nb_status status;
	size_t e = 0;

	for (size_t i = 0; i < c->n_claimed; i++)
		if (c->claimed[i].a >= c->texts.n || c->claimed[i].b >= c->texts.n)
			return nb_fail(err, NB_EDATA, "texts.jsonl.zst", "texts are missing");
	if (c->n_claimed > 1)
		qsort(c->claimed, c->n_claimed, sizeof(*c->claimed), by_b);
	for (size_t i = 0; i < c->n_claimed; i++)
		c->pairs.pair[i] = (nb_pair){ c->claimed[i].a, c->claimed[i].b };
	status = nb_verify(&c->texts, &s, &c->pairs, &c->stored.copy, &edges, err);
	for (size_t i = 0; status == NB_OK && i < c->n_claimed; i++) {
		bool same = e < edges.n && edges.edge[e].a == c->claimed[i].a &&
			    edges.edge[e].b == c->claimed[i].b;

		compare_edge(c, &c->claimed[i], same ? &edges.edge[e] : NULL);
		e += same;
	}
	c->n_edges = c->n_claimed;
	nb_edges_release(&edges);
	return status;
}

static nb_status check_truth(check *c, nb_error *err)
{
	const nb_table_info *texts = stored_table(&c->stored, "texts.jsonl.zst");
	nb_status status;

	if (!texts || texts->rows == 0) {
		if (c->n_claimed > 0)
			log_info("the output has no texts: edges were not computed again");
		return NB_OK;
	}
	status = nb_night_init(&c->texts, (size_t)1 << 30, NULL);
	if (status == NB_OK)
		status = each_row(c, "texts.jsonl.zst", take_text, err);
	return status == NB_OK ? recompute(c, err) : status;
}

/* ---- all of it ------------------------------------------------------------------------------- */

static nb_status check_all(check *c, nb_error *err)
{
	nb_status status = stored_load(&c->stored, c->out, err);

	if (status != NB_OK)
		return status;
	for (size_t i = 0; i < c->stored.n_tables; i++)
		check_file(c, &c->stored.table[i]);
	if (c->n_problems > 0) /* of damaged files nothing more can be said */
		return NB_OK;
	if (c->stored.n_articles > 0)
		status = articles_load(&c->list, c->out, err);
	if (status != NB_OK)
		return status;
	c->has_leader_edge = calloc(c->list.n + 1, sizeof(*c->has_leader_edge));
	if (!c->has_leader_edge)
		return nb_fail(err, NB_ENOMEM, c->out, "cannot check");
	for (size_t i = 0; i < c->list.n; i++)
		check_article(c, i);
	status = each_row(c, "copies.jsonl.zst", check_group, err);
	if (status == NB_OK)
		status = each_row(c, "edges.jsonl.zst", check_edge, err);
	check_leader_edges(c);
	return status == NB_OK ? check_truth(c, err) : status;
}

static void check_release(check *c)
{
	articles_release(&c->list);
	nb_night_release(&c->texts);
	nb_pairs_release(&c->pairs);
	free(c->claimed);
	free(c->has_leader_edge);
}

static int run_command(int argc, char **argv)
{
	check c = { 0 };
	nb_error err = { 0 };
	const char *value;
	int first, key = option_next(&command_verify, argc, argv, &value, &first), code;

	if (key != OPTIONS_END)
		return key == OPTIONS_HELP ? EXIT_DONE : EXIT_USAGE;
	if (argc - first != 1)
		return usage_error(&command_verify, "one output is needed");
	c.out = argv[first];
	if (check_all(&c, &err) != NB_OK) {
		log_failure("cannot verify", &err);
		code = EXIT_UNSOUND;
	} else if (c.n_problems > 0) {
		log_error("%s: %" PRIu64 " problems", c.out, c.n_problems);
		code = EXIT_UNSOUND;
	} else {
		printf("%s: sound. %zu tables, %zu articles, %" PRIu64
		       " copy edges computed again\n",
		       c.out, c.stored.n_tables, c.list.n, c.n_edges);
		code = EXIT_DONE;
	}
	check_release(&c);
	return code;
}
