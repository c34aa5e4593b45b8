/* SPDX-License-Identifier: MIT
 *
 * verify_text.c - two prepared texts, one decision; see verify.h.
 */
#include <stdlib.h>
#include <string.h>

#include "copies/align.h"

static const char *const relation_names[] = { "none", "copy", "series", "short" };
static const char *const method_names[] = { "none", "exact", "jaccard", "contain" };

const char *nb_relation_name(nb_relation relation)
{
	return relation_names[relation];
}

const char *nb_method_name(nb_method method)
{
	return method_names[method];
}

void nb_copy_params_init(nb_copy_params *p)
{
	*p = (nb_copy_params){
		.jaccard = 0.5,
		.containment = 0.75,
		.min_shingles = 16,
		.contain_shingles = 24,
		.series_facts = 0.2,
		.series_numbers = 0.5,
		.series_facts_far = 0.05,
		.series_numbers_far = 0.15,
		.series_gap_s = 18 * 3600,
	};
}

int64_t nb_apart(int64_t a, bool a_day_only, int64_t b, bool b_day_only)
{
	const int64_t last_second = 86399;
	int64_t gap;

	if (a == NB_NO_TIME || b == NB_NO_TIME)
		return NB_NO_TIME;
	if (a < b)
		gap = b - a - (a_day_only ? last_second : 0);
	else
		gap = a - b - (b_day_only ? last_second : 0);
	return gap > 0 ? gap : 0;
}

static uint32_t count_shared(const nb_prepared *a, const nb_prepared *b)
{
	uint32_t shared = 0;

	if (a->n_distinct < b->n_distinct) { /* fewer look-ups */
		const nb_prepared *swap = a;

		a = b;
		b = swap;
	}
	for (uint32_t i = 0; i < b->n_distinct; i++)
		shared += nb_prepared_find(a, b->shingle[b->distinct[i]]) != NB_NO_PLACE;
	return shared;
}

static bool same_tokens(const nb_prepared *a, const nb_prepared *b)
{
	return a->n_tokens == b->n_tokens &&
	       memcmp(a->token, b->token, a->n_tokens * sizeof(*a->token)) == 0;
}

static nb_method method_of(const nb_prepared *a, const nb_prepared *b,
			   const nb_copy_params *params, const nb_edge *edge)
{
	uint32_t smaller = a->n_distinct < b->n_distinct ? a->n_distinct : b->n_distinct;

	if (same_tokens(a, b))
		return NB_METHOD_EXACT;
	if (edge->jaccard >= params->jaccard)
		return NB_METHOD_JACCARD;
	if (edge->containment >= params->containment && smaller >= params->contain_shingles)
		return NB_METHOD_CONTAIN;
	return NB_METHOD_NONE;
}

static double share(uint32_t part, uint32_t whole)
{
	return whole > 0 ? (double)part / whole : 0;
}

#define LONE_FACTS 4u /* facts beside which one that differs is a share worth measuring */

/* One fact is more likely set right than news, unless days lie between; then the only number of a
 * report is enough. */
static bool lone_fact_tells(const nb_edge *e, bool far_apart)
{
	return far_apart && (e->numbers + e->names >= LONE_FACTS ||
			     (e->numbers == 1 && e->numbers_differ == 1));
}

static bool is_series(const nb_copy_params *p, int64_t apart_s, const nb_edge *e)
{
	uint32_t differ = e->numbers_differ + e->names_differ, facts = e->numbers + e->names;
	bool far_apart = apart_s != NB_NO_TIME && apart_s >= p->series_gap_s;

	if (differ == 0 || (differ == 1 && !lone_fact_tells(e, far_apart)))
		return false;
	if (share(differ, facts) >= (far_apart ? p->series_facts_far : p->series_facts))
		return true;
	return e->numbers_differ > 1 && share(e->numbers_differ, e->numbers) >=
						(far_apart ? p->series_numbers_far
							   : p->series_numbers);
}

static nb_relation relation_of(const nb_prepared *a, const nb_prepared *b,
			       const nb_copy_params *params, int64_t apart_s, const nb_edge *edge)
{
	if (edge->method == NB_METHOD_EXACT)
		return NB_RELATION_COPY;
	if (is_series(params, apart_s, edge))
		return NB_RELATION_SERIES;
	if (a->n_distinct < params->min_shingles || b->n_distinct < params->min_shingles)
		return NB_RELATION_SHORT;
	return NB_RELATION_COPY;
}

static int longer_first(const void *x, const void *y)
{
	const nb_shared_run *a = x, *b = y;

	if (a->n != b->n)
		return a->n > b->n ? -1 : 1;
	return a->b < b->b ? -1 : a->b > b->b;
}

static int by_a(const void *x, const void *y)
{
	const nb_span *a = x, *b = y;

	if (a->a_begin != b->a_begin)
		return a->a_begin < b->a_begin ? -1 : 1;
	return a->b_begin < b->b_begin ? -1 : a->b_begin > b->b_begin;
}

/* The longest runs as bytes of both texts.  Reorders run. */
static uint32_t make_spans(const nb_prepared *a, const nb_prepared *b, nb_shared_run *run, size_t n_runs,
			   nb_span *span)
{
	uint32_t n = n_runs < NB_EDGE_SPANS ? (uint32_t)n_runs : NB_EDGE_SPANS;

	qsort(run, n_runs, sizeof(*run), longer_first);
	for (uint32_t i = 0; i < n; i++) {
		uint32_t a_begin = a->begin[run[i].a];
		uint32_t b_begin = b->begin[run[i].b];

		span[i] = (nb_span){
			.a_begin = a_begin,
			.a_len = a->end[run[i].a + run[i].n - 1] - a_begin,
			.b_begin = b_begin,
			.b_len = b->end[run[i].b + run[i].n - 1] - b_begin,
		};
	}
	qsort(span, n, sizeof(*span), by_a);
	return n;
}

nb_status nb_verify_text(const nb_prepared *a, const nb_prepared *b, const nb_copy_params *params,
			 int64_t apart_s, nb_edge *edge, nb_span span[NB_EDGE_SPANS])
{
	uint32_t smaller = a->n_distinct < b->n_distinct ? a->n_distinct : b->n_distinct;
	nb_facts facts;
	nb_shared_run *run;
	size_t n_runs;

	memset(edge, 0, sizeof(*edge));
	if (smaller == 0)
		return NB_OK;
	edge->shared = count_shared(a, b);
	edge->jaccard = (double)edge->shared / (a->n_distinct + b->n_distinct - edge->shared);
	edge->containment = (double)edge->shared / smaller;
	edge->method = (uint8_t)method_of(a, b, params, edge);
	if (edge->method == NB_METHOD_NONE)
		return NB_OK;
	run = malloc(NB_RUNS * sizeof(*run));
	if (!run)
		return NB_ENOMEM;
	n_runs = nb_align_runs(a, b, run);
	facts = nb_align_facts(a, b, run, n_runs);
	edge->numbers = facts.numbers;
	edge->numbers_differ = facts.numbers_differ;
	edge->names = facts.names;
	edge->names_differ = facts.names_differ;
	edge->relation = (uint8_t)relation_of(a, b, params, apart_s, edge);
	edge->n_spans = make_spans(a, b, run, n_runs, span);
	free(run);
	return NB_OK;
}
