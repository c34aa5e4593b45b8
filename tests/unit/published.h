/* SPDX-License-Identifier: MIT
 *
 * published.h - a small night, its clusters, and the folder of tables that is made of them.
 */
#ifndef NB_TEST_PUBLISHED_H
#define NB_TEST_PUBLISHED_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/array.h"
#include "folder.h"
#include "publish/output.h"

#define T0 INT64_C(1601020800) /* 2020-09-25T08:00:00Z */

/* A night with all that is published of it. */
typedef struct sample {
	nb_night night;
	nb_sketches sketches;
	nb_edges edges;
	nb_copies copies;
	nb_events events;
	nb_table_info info[NB_TABLES];
} sample;

static inline void sample_init(sample *s, size_t text_memory, const char *tmp_dir)
{
	memset(s, 0, sizeof(*s));
	assert_int_equal(nb_night_init(&s->night, text_memory, tmp_dir), NB_OK);
}

static inline nb_str str(const char *s)
{
	return s ? (nb_str){ s, strlen(s) } : (nb_str){ 0 };
}

static inline void add_article(sample *s, const char *id, int64_t time, const char *text)
{
	nb_article a = { .id = str(id), .text = str(text), .published_at = time };

	assert_int_equal(nb_night_append(&s->night, &a, NULL), NB_OK);
}

/* Number the articles; 7 tokens and 3 shingles each. */
static inline void number_articles(sample *s)
{
	uint32_t n = s->night.n, *from = calloc(n + 1, sizeof(*from));

	assert_int_equal(nb_night_order(&s->night, from, NULL), NB_OK);
	free(from);
	s->sketches.n = n;
	s->sketches.n_tokens = calloc(n + 1, sizeof(uint32_t));
	s->sketches.n_shingles = calloc(n + 1, sizeof(uint32_t));
	for (uint32_t i = 0; i < n; i++) {
		s->sketches.n_tokens[i] = 7;
		s->sketches.n_shingles[i] = 3;
	}
}

/* Edges must be added in the order of (b, a). */
static inline void add_edge(sample *s, uint32_t a, uint32_t b, nb_relation relation, double jaccard,
		     double containment)
{
	nb_edges *e = &s->edges;

	assert_int_equal(NB_GROW(e->edge, &e->capacity, e->n + 1), NB_OK);
	assert_int_equal(NB_GROW(e->span, &e->span_capacity, e->n_spans + 2), NB_OK);
	e->edge[e->n++] = (nb_edge){
		.a = a, .b = b, .relation = (uint8_t)relation, .method = NB_METHOD_JACCARD,
		.simhash_distance = 5, .shared = 40, .jaccard = jaccard,
		.containment = containment, .numbers = 9, .numbers_differ = 1, .names = 4, .n_spans = 2,
		.span_at = e->n_spans,
	};
	e->span[e->n_spans++] = (nb_span){ 0, 100, 7, 101 };
	e->span[e->n_spans++] = (nb_span){ 200, 10, 300, 10 };
}

static inline void sample_release(sample *s)
{
	nb_night_release(&s->night);
	free(s->sketches.n_tokens);
	free(s->sketches.n_shingles);
	nb_edges_release(&s->edges);
	nb_copies_release(&s->copies);
	nb_events_release(&s->events);
}

/* Copy groups from the edges; every group an event, unless the test has made events itself. */
static inline void cluster(sample *s)
{
	nb_events_stats stats;

	nb_copies_release(&s->copies);
	assert_int_equal(nb_copies_cluster(s->night.n, &s->edges, &s->copies), NB_OK);
	if (!s->events.event)
		assert_int_equal(nb_events_find(&s->night, &s->edges, &s->copies, NULL, NULL, &s->events,
						&stats, NULL),
				 NB_OK);
}

/* Publish the sample as FOLDER/out. */
static inline void publish(sample *s, const char *folder, const nb_reject *reject, size_t n_reject,
		    bool texts)
{
	const char *const paths[] = { "a.jsonl", "b\xff.jsonl" };
	const char *manifest = "{\"tool\": \"newsbraid\"}\n"; /* what makes it one of ours */
	nb_published p = { &s->night, &s->sketches, &s->edges, &s->copies, NULL, &s->events };
	nb_publish_options options;
	char *path = folder_path(folder, "out");
	nb_output *o;

	nb_publish_options_init(&options);
	options.texts = texts;
	cluster(s);
	assert_int_equal(nb_output_new(path, NULL, &o, NULL), NB_OK);
	assert_int_equal(nb_reject_table_new(o, &options, &p.rejects, NULL), NB_OK);
	for (size_t i = 0; i < n_reject; i++)
		assert_int_equal(
			nb_reject_table_append(p.rejects, &reject[i], paths[reject[i].file], NULL),
			NB_OK);
	assert_int_equal(nb_publish_tables(o, &p, &options, s->info, NULL), NB_OK);
	nb_reject_table_free(p.rejects);
	assert_int_equal(nb_output_file(o, "manifest.json", manifest, strlen(manifest), NULL), NB_OK);
	assert_int_equal(nb_output_commit(o, NULL), NB_OK);
	nb_output_free(o);
	free(path);
}

static inline nb_rows *open_table(const char *folder, const char *table)
{
	char *path;
	nb_rows *r;

	assert_true(asprintf(&path, "%s/out/%s.jsonl.zst", folder, table) > 0);
	assert_int_equal(nb_rows_open(path, &r, NULL), NB_OK);
	free(path);
	return r;
}

static inline void expect_row(nb_rows *r, const char *want)
{
	nb_str row;

	assert_int_equal(nb_rows_next(r, &row, NULL), NB_OK);
	if (!want) {
		assert_null(row.ptr);
		return;
	}
	assert_int_equal(row.len, strlen(want));
	assert_memory_equal(row.ptr, want, row.len);
}

#endif
