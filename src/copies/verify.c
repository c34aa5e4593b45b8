/* SPDX-License-Identifier: MIT
 *
 * verify.c - many pairs; see verify.h.
 *
 * A block of pairs is cut where its texts pass a bound; each text of the block is prepared once, in
 * parallel, and then each pair is compared, in parallel.
 */
#include "newsbraid/verify.h"

#include <omp.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "copies/compare.h"

#define BLOCK_BYTES    ((size_t)16 << 20) /* text of one block; prepared it takes 10 times that */
#define BLOCK_ARTICLES 16384u

/* The articles of one block of pairs, ready to compare. */
typedef struct block {
	uint32_t *article; /* [0..n): sorted, unique */
	nb_prepared **prepared; /* [0..n) */
	size_t n;
	nb_edge *edge; /* [0..pairs of the block) */
	nb_span *span;
	size_t pair_capacity, span_capacity;
	nb_preparer *preparer; /* [0..n_threads) */
	int n_threads;
} block;

static void block_release(block *k)
{
	for (int t = 0; k->preparer && t < k->n_threads; t++)
		nb_preparer_release(&k->preparer[t]);
	free(k->preparer);
	free(k->prepared);
	free(k->article);
	free(k->edge);
	free(k->span);
}

static nb_status block_init(block *k)
{
	*k = (block){ .n_threads = omp_get_max_threads() };
	k->article = malloc(BLOCK_ARTICLES * sizeof(*k->article));
	k->prepared = malloc(BLOCK_ARTICLES * sizeof(*k->prepared));
	k->preparer = calloc((size_t)k->n_threads, sizeof(*k->preparer));
	return k->article && k->prepared && k->preparer ? NB_OK : NB_ENOMEM;
}

static void block_clear(block *k)
{
	for (size_t i = 0; i < k->n; i++)
		nb_prepared_free(k->prepared[i]);
}

static int by_number(const void *x, const void *y)
{
	uint32_t a = *(const uint32_t *)x, b = *(const uint32_t *)y;

	return a < b ? -1 : a > b;
}

/* Take pairs [at..) until the bounds are passed; returns how many. */
static size_t block_take(block *k, const nb_night *night, const nb_pair *pair, size_t n_pairs)
{
	size_t n = 0, taken = 0, bytes = 0, unique = 0;

	for (; taken < n_pairs && n + 2 <= BLOCK_ARTICLES && bytes < BLOCK_BYTES; taken++) {
		nb_pair p = pair[taken];

		if (taken == 0 || p.a != pair[taken - 1].a) {
			k->article[n++] = p.a;
			bytes += night->text_len[p.a];
		}
		if (taken == 0 || p.b != pair[taken - 1].b) {
			k->article[n++] = p.b;
			bytes += night->text_len[p.b];
		}
	}
	qsort(k->article, n, sizeof(*k->article), by_number);
	for (size_t i = 0; i < n; i++)
		if (unique == 0 || k->article[i] != k->article[unique - 1])
			k->article[unique++] = k->article[i];
	k->n = unique;
	return taken;
}

static nb_prepared *block_find(const block *k, uint32_t article)
{
	const uint32_t *at = bsearch(&article, k->article, k->n, sizeof(*at), by_number);

	return k->prepared[at - k->article];
}

/* The worst of the threads' results: they only ever fail on memory or the spill file. */
static nb_status block_prepare(block *k, const nb_night *night, const nb_sketch_params *params)
{
	nb_status status = NB_OK;

	memset(k->prepared, 0, k->n * sizeof(*k->prepared));
#pragma omp parallel for schedule(dynamic, 16) reduction(nb_worst : status)
	for (size_t i = 0; i < k->n; i++) {
		nb_status one = nb_prepare_article(&k->preparer[omp_get_thread_num()], night,
						   params, k->article[i], &k->prepared[i]);

		status = nb_worse(status, one);
	}
	return status;
}

static nb_status block_compare(block *k, const nb_night *night, const nb_sketches *s,
			       const nb_pair *pair, size_t n, const nb_copy_params *params)
{
	nb_status status = NB_GROW(k->edge, &k->pair_capacity, n);

	NB_TRY(status, NB_GROW(k->span, &k->span_capacity, n * NB_EDGE_SPANS));
	if (status != NB_OK)
		return status;
#pragma omp parallel for schedule(dynamic, 16) reduction(nb_worst : status)
	for (size_t i = 0; i < n; i++) {
		nb_status one = nb_compare_articles(night, s, params, pair[i],
						    block_find(k, pair[i].a),
						    block_find(k, pair[i].b), &k->edge[i],
						    &k->span[i * NB_EDGE_SPANS]);

		status = nb_worse(status, one);
	}
	return status;
}

static nb_status block_verify(block *k, const nb_night *night, const nb_sketches *s,
			      const nb_pair *pair, size_t n, const nb_copy_params *params,
			      nb_edges *out)
{
	nb_status status = block_prepare(k, night, &s->params);

	NB_TRY(status, block_compare(k, night, s, pair, n, params));
	for (size_t i = 0; status == NB_OK && i < n; i++)
		if (k->edge[i].relation != NB_RELATION_NONE)
			status = nb_edges_append(out, &k->edge[i], &k->span[i * NB_EDGE_SPANS]);
	block_clear(k);
	return status;
}

nb_status nb_verify(const nb_night *night, const nb_sketches *s, const nb_pairs *pairs,
		    const nb_copy_params *params, nb_edges *out, nb_error *err)
{
	block k;
	nb_status status = block_init(&k);

	for (size_t at = 0; status == NB_OK && at < pairs->n;) {
		size_t n = block_take(&k, night, pairs->pair + at, pairs->n - at);

		status = block_verify(&k, night, s, pairs->pair + at, n, params, out);
		at += n;
	}
	block_release(&k);
	return status == NB_OK ? NB_OK : nb_fail(err, status, NULL, "cannot verify candidates");
}
