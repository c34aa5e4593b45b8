/* SPDX-License-Identifier: MIT
 *
 * labelled.c - see labelled.h.
 *
 * Articles come through the reader like any others; the labels, which it does not know, are read
 * from the same rows beside it.
 */
#include "labelled.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/array.h"
#include "newsbraid/json.h"
#include "newsbraid/publish.h"
#include "newsbraid/reader.h"

#define DAY 86400
#define TEXT_MEMORY ((size_t)1 << 30)

/* A label and what its articles have in common. */
typedef struct gold {
	nb_str label, id;
	uint32_t event;
	uint64_t hash, topic_hash;
	int64_t first; /* earliest date of the event */
} gold;

typedef struct loading {
	gold *gold; /* [0..n): by row */
	size_t n, room;
	nb_arena text;
	uint32_t n_events;
} loading;

/* Splitmix64: the next number of a seed. */
static uint64_t draw(uint64_t *seed)
{
	uint64_t x = *seed += UINT64_C(0x9E3779B97F4A7C15);

	x = (x ^ (x >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
	x = (x ^ (x >> 27)) * UINT64_C(0x94D049BB133111EB);
	return x ^ (x >> 31);
}

static uint64_t hash_text(nb_str s)
{
	uint64_t h = 1469598103934665603u;

	for (size_t i = 0; i < s.len; i++)
		h = (h ^ (uint8_t)s.ptr[i]) * 1099511628211u;
	return draw(&h);
}

/* "12_ecbplus" is an event of topic 12; other labels are topics of their own. */
static nb_str topic_of(nb_str label)
{
	const char *end = memchr(label.ptr, '_', label.len);

	return end ? (nb_str){ label.ptr, (size_t)(end - label.ptr) } : label;
}

static nb_str field(const nb_node *row, const char *name)
{
	nb_walk walk;
	nb_str key;
	nb_node value;

	for (bool more = nb_walk_begin(row, &walk); more && nb_walk_next(&walk, &key, &value);)
		if (key.len == strlen(name) && memcmp(key.ptr, name, key.len) == 0)
			return nb_node_string(&value);
	return (nb_str){ 0 };
}

/* The label of a row; told apart by language, if so asked. */
static nb_status keep_label(loading *l, const nb_node *root, bool by_language, nb_str *out)
{
	nb_str label = field(root, "event"), lang = field(root, "lang");
	char text[128];

	if (!by_language)
		return nb_arena_str(&l->text, label, out);
	snprintf(text, sizeof(text), "%.*s %.*s", (int)label.len, label.ptr, (int)lang.len,
		 lang.ptr);
	return nb_arena_str(&l->text, (nb_str){ text, strlen(text) }, out);
}

static int take_row(loading *l, nb_doc *doc, nb_str row, bool by_language)
{
	char *padded = malloc(row.len + NB_JSON_PADDING);
	const char *detail;
	nb_node root;
	gold g = { .first = INT64_MAX };
	nb_str label;
	int failed = !padded || NB_GROW(l->gold, &l->room, l->n + 1) != NB_OK;

	if (!failed) {
		memcpy(padded, row.ptr, row.len);
		memset(padded + row.len, 0, NB_JSON_PADDING);
		failed = nb_doc_parse(doc, padded, row.len, &root, &detail) != NB_DOC_OK;
	}
	if (!failed) {
		label = field(&root, "event");
		failed = keep_label(l, &root, by_language, &g.label) != NB_OK ||
			 nb_arena_str(&l->text, field(&root, "id"), &g.id) != NB_OK;
		g.hash = hash_text(g.label);
		g.topic_hash = label.ptr ? hash_text(topic_of(label)) : 0;
		l->gold[l->n++] = g;
	}
	free(padded);
	return failed ? -2 : 0;
}

static int read_gold(const char *path, const labelled_how *how, loading *l)
{
	nb_rows *rows = NULL;
	nb_doc *doc = nb_doc_new(64);
	nb_error err = { 0 };
	nb_str row;
	int failed = doc && nb_rows_open(path, &rows, &err) == NB_OK ? 0 : -2;

	while (!failed) {
		failed = nb_rows_next(rows, &row, &err) == NB_OK ? 0 : -2;
		if (failed || !row.ptr)
			break;
		failed = take_row(l, doc, row, how->by_language);
	}
	nb_rows_free(rows);
	nb_doc_free(doc);
	return failed;
}

static int by_label(const void *x, const void *y)
{
	const gold *p = *(gold *const *)x, *q = *(gold *const *)y;
	size_t n = p->label.len < q->label.len ? p->label.len : q->label.len;
	int order = n ? memcmp(p->label.ptr, q->label.ptr, n) : 0;

	return order ? order : (p->label.len > q->label.len) - (p->label.len < q->label.len);
}

static int number_events(loading *l)
{
	gold **sorted = malloc((l->n + 1) * sizeof(*sorted));

	if (!sorted)
		return -2;
	for (size_t i = 0; i < l->n; i++)
		sorted[i] = &l->gold[i];
	qsort(sorted, l->n, sizeof(*sorted), by_label);
	for (size_t i = 0; i < l->n; i++) {
		l->n_events += i == 0 || by_label(&sorted[i - 1], &sorted[i]) != 0;
		sorted[i]->event = l->n_events - 1;
	}
	free(sorted);
	return 0;
}

/* ---- dates ---- */

static double uniform(uint64_t *seed)
{
	return (double)(draw(seed) >> 11) * 0x1p-53;
}

/* Days after the first report, about as they are in gva-dev. */
static double drawn_gap(uint64_t *seed)
{
	double u = uniform(seed), v = uniform(seed);

	return u < 0.6 ? v : u < 0.85 ? 1 + 4 * v : u < 0.95 ? 5 + 15 * v : 20 + 70 * v;
}

/* As agencies report: most within hours. */
static double drawn_hours(uint64_t *seed)
{
	double u = uniform(seed), v = uniform(seed);

	return u < 0.85 ? -log(1 - v) * 4 / 24 : u < 0.97 ? v : 1 + 2 * v;
}

static int64_t squeezed(const gold *g, const int64_t *first, int64_t at, const labelled_how *how)
{
	uint64_t seed = g->hash, own = g->hash ^ hash_text(g->id);
	double start = uniform(&seed) * how->days;
	double gap = how->dates == DATES_WIRE ? drawn_hours(&own)
		     : at == NB_NO_TIME       ? drawn_gap(&own)
					      : (double)(at - first[g->event]) / DAY;
	int64_t t = (int64_t)(1500000000 + (start + gap) * DAY);

	return how->dates == DATES_SQUEEZED ? t - t % DAY : t;
}

/* ---- articles ---- */

static nb_str opening(nb_str text, size_t characters)
{
	size_t n = 0;

	while (n < text.len && characters-- > 0) {
		n++;
		while (n < text.len && ((unsigned char)text.ptr[n] & 0xC0) == 0x80)
			n++;
	}
	return (nb_str){ text.ptr, n };
}

/* An article as it shall be; false: left out. */
static bool change(const labelled_how *how, const gold *g, const int64_t *first, nb_article *a)
{
	if (how->titles) {
		if (!a->title.ptr)
			return false;
		a->text = a->title;
		a->title = (nb_str){ 0 };
	}
	if (how->characters)
		a->text = opening(a->text, how->characters);
	if (how->dates >= DATES_SQUEEZED) {
		a->published_at = squeezed(g, first, a->published_at, how);
		a->day_only = how->dates == DATES_SQUEEZED;
	}
	if (how->dates == DATES_HIDDEN)
		a->published_at = NB_NO_TIME;
	return true;
}

/* Each article of the file, in order; with a night to fill, or to find the first dates. */
static int read_articles(const char *path, const labelled_how *how, loading *l, int64_t *first,
			 nb_night *night, uint32_t *row)
{
	nb_reader_options o;
	nb_reader *r = NULL;
	nb_batch batch = { 0 };
	nb_error err = { 0 };
	size_t at = 0;
	nb_status status;

	nb_reader_options_init(&o);
	o.input = &path;
	o.n_input = 1;
	status = nb_reader_new(&o, &r, &err);
	while (status == NB_OK) {
		status = nb_reader_next(r, &batch, &err);
		if (status != NB_OK || nb_batch_is_empty(&batch))
			break;
		if (batch.n_rejected || at + batch.n > l->n)
			status = NB_EDATA;
		for (size_t i = 0; status == NB_OK && i < batch.n; i++, at++) {
			const gold *g = &l->gold[at];
			nb_article a = batch.article[i];

			if (!night && a.published_at != NB_NO_TIME && a.published_at < first[g->event])
				first[g->event] = a.published_at;
			if (night && change(how, g, first, &a)) {
				row[night->n] = (uint32_t)at;
				status = nb_night_append(night, &a, &err);
			}
		}
	}
	nb_batch_release(&batch);
	nb_reader_free(r);
	return status == NB_OK && at == l->n ? 0 : -2;
}

static int fill(const char *path, const labelled_how *how, loading *l, labelled *out)
{
	int64_t *first = malloc((l->n + 1) * sizeof(*first));
	uint32_t *row = malloc((l->n + 1) * sizeof(*row));
	uint32_t *from = malloc((l->n + 1) * sizeof(*from));
	int failed = first && row && from ? 0 : -2;

	for (size_t i = 0; !failed && i < l->n; i++)
		first[i] = INT64_MAX;
	if (!failed)
		failed = read_articles(path, how, l, first, NULL, NULL);
	if (!failed)
		failed = read_articles(path, how, l, first, &out->night, row);
	out->event = malloc((l->n + 1) * sizeof(*out->event));
	out->topic = malloc((l->n + 1) * sizeof(*out->topic));
	if (!failed && (!out->event || !out->topic ||
			nb_night_order(&out->night, from, NULL) != NB_OK))
		failed = -2;
	for (uint32_t i = 0; !failed && i < out->night.n; i++) {
		const gold *g = &l->gold[row[from[i]]];

		out->event[i] = g->event;
		out->topic[i] = (uint32_t)(g->topic_hash >> 8);
	}
	out->n_events = l->n_events;
	free(first);
	free(row);
	free(from);
	return failed;
}

int labelled_load(const char *path, const labelled_how *how, labelled *out)
{
	loading l = { 0 };
	int failed;

	*out = (labelled){ 0 };
	if (access(path, R_OK) != 0)
		return -1;
	failed = nb_night_init(&out->night, TEXT_MEMORY, NULL) == NB_OK ? 0 : -2;
	if (!failed)
		failed = read_gold(path, how, &l);
	if (!failed)
		failed = number_events(&l);
	if (!failed)
		failed = fill(path, how, &l, out);
	if (failed) {
		fprintf(stderr, "%s: cannot be loaded\n", path);
		labelled_release(out);
	}
	free(l.gold);
	nb_arena_release(&l.text);
	return failed;
}

void labelled_release(labelled *l)
{
	nb_night_release(&l->night);
	free(l->event);
	free(l->topic);
	*l = (labelled){ 0 };
}
