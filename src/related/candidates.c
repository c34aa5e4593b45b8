/* SPDX-License-Identifier: MIT
 *
 * candidates.c - see candidates.h.
 *
 * An inverted index of heavy terms.  Articles that share them are ranked by what the
 * shared ones weigh, the first of that ranking exactly by their cosines.  A posting list is
 * read around the article's own place only: lists are in order of time, so that is the part nearest
 * in time, and no term that everybody uses can make the work quadratic.
 */
#include "related/candidates.h"

#include <math.h>
#include <omp.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/radix.h"
#include "related/term_counts.h"

/* Candidates below are not kept.  gva-dev pairwise F1 .875, at .07 .874, .1 .871, .14 .866; with .07 a
 * tenth less time than with .04. */
#define LEAST_MIX    0.06f
#define LEAST_LIKELY 0.02f /* cosine of words by heavy terms alone, for an exact comparison */
#define CHUNK        1024u /* articles whose pairs are gathered together */
#define DENSE_FIRST  5u    /* ranks 6 to 20 */
#define DENSE_LAST   20u

#define SLOT_BITS    12 /* many more slots than an article has terms: most lookups end at once */
#define SLOTS        (1u << SLOT_BITS)

typedef struct postings {
	const nb_terms *t;
	const double *day;
	const nb_related_options *o;
	uint64_t *end;     /* [0..n_ids): a term's articles are article[end[id - 1]..end[id]) */
	uint32_t *article; /* ascending in each list */
	nb_surroundings *around;
} postings;

/* What the heavy terms say about another article. */
typedef struct shared {
	float weight;
	uint32_t n;
} shared;

/* An article compared exactly. */
typedef struct partner {
	uint32_t article;
	float words, mix, ranked;
} partner;

/* What one thread needs. */
typedef struct asker {
	shared *shared;    /* [0..articles) */
	uint32_t *touched; /* articles whose entry is not zero */
	uint64_t *key, *scratch;
	size_t n_touched, touched_room, key_room, scratch_room;
	uint8_t slot[SLOTS]; /* terms of the article that asks: place + 1, 0 free */
	uint64_t n_dropped;
} asker;

typedef struct pair_list {
	uint64_t *pair;
	size_t n, room;
} pair_list;

_Static_assert(NB_TERMS_KEPT < UINT8_MAX, "a place must fit a slot");

static uint32_t slot_of(uint32_t id)
{
	return id * 2654435769u >> (32 - SLOT_BITS);
}

void nb_candidates_release(nb_candidates *c)
{
	free(c->pair);
	free(c->around);
	*c = (nb_candidates){ 0 };
}

/* ---- the index ---- */

static nb_status index_terms(postings *x)
{
	const nb_terms *t = x->t;
	uint64_t sum = 0;

	x->end = nb_block_zero((size_t)t->n_ids + 1, sizeof(*x->end));
	if (!x->end)
		return NB_ENOMEM;
	for (uint32_t i = 0; i < t->n; i++)
		for (uint32_t k = 0; k < t->article[i].n; k++) {
			const nb_term *term = &t->term[t->article[i].at + k];

			x->end[term->id] += (term->mark & NB_TERM_HEAVY) != 0;
		}
	for (uint32_t id = 0; id < t->n_ids; id++) {
		uint64_t n = x->end[id];

		x->end[id] = sum; /* its begin, until it is filled */
		sum += n;
	}
	x->article = nb_block_alloc(sum + 1, sizeof(*x->article));
	if (!x->article)
		return NB_ENOMEM;
	for (uint32_t i = 0; i < t->n; i++)
		for (uint32_t k = 0; k < t->article[i].n; k++) {
			const nb_term *term = &t->term[t->article[i].at + k];

			if (term->mark & NB_TERM_HEAVY)
				x->article[x->end[term->id]++] = i;
		}
	return NB_OK;
}

/* The part of a term's list to read for article i: [*begin, *end). */
static void window(const postings *x, uint32_t id, uint32_t i, uint64_t *begin, uint64_t *end)
{
	uint64_t first = id ? x->end[id - 1] : 0, last = x->end[id], most = x->o->postings;
	uint64_t low = first, high = last;

	*begin = first;
	*end = last;
	if (last - first <= most)
		return;
	while (low < high) {
		uint64_t middle = low + (high - low) / 2;

		if (x->article[middle] < i)
			low = middle + 1;
		else
			high = middle;
	}
	*begin = low - first > most / 2 ? low - most / 2 : first;
	if (last - *begin < most)
		*begin = last - most;
	*end = *begin + most;
}

/* ---- partners of one article ---- */

float nb_time_discount(double days)
{
	return isnan(days) ? 0.65f : (float)(0.3 + 0.7 * exp(-days * days / 98));
}

static nb_status touch(const postings *x, asker *k, uint32_t i)
{
	const nb_terms *t = x->t;
	const nb_term *term = t->term + t->article[i].at;

	k->n_touched = 0;
	for (uint32_t m = 0; m < t->article[i].n; m++) {
		float w = t->weight[term[m].id];
		uint64_t begin, end;

		if (!(term[m].mark & NB_TERM_HEAVY))
			continue;
		window(x, term[m].id, i, &begin, &end);
		k->n_dropped += x->end[term[m].id] - (term[m].id ? x->end[term[m].id - 1] : 0) -
				(end - begin);
		if (NB_GROW(k->touched, &k->touched_room, k->n_touched + end - begin) != NB_OK)
			return NB_ENOMEM;
		w *= w * t->ln[term[m].n];
		for (uint64_t p = begin; p < end; p++) {
			uint32_t j = x->article[p];

			if (k->shared[j].n++ == 0)
				k->touched[k->n_touched++] = j;
			k->shared[j].weight += w;
		}
	}
	return NB_OK;
}

/* Those who share enough to k->key, the likeliest first; how many. */
static size_t rank(const postings *x, asker *k, uint32_t i)
{
	const nb_terms *t = x->t;
	const float own = t->article[i].norm[NB_VECTOR_WORDS];
	size_t n = 0;

	for (size_t m = 0; m < k->n_touched; m++) {
		uint32_t j = k->touched[m], bits;
		shared s = k->shared[j];
		float likely = s.weight / (own * t->article[j].norm[NB_VECTOR_WORDS]);

		k->shared[j] = (shared){ 0 };
		if (j == i || !(likely >= LEAST_LIKELY))
			continue;
		likely *= nb_time_discount(x->day[i] - x->day[j]);
		memcpy(&bits, &likely, sizeof(bits));
		k->key[n++] = (uint64_t)~bits << 32 | j;
	}
	nb_radix_sort_serial(k->key, n, k->scratch);
	return n;
}

/* Where the terms of article i are, so that the lists of its partners can be looked up in it. */
static void enter(const postings *x, asker *k, uint32_t i)
{
	const nb_terms_article *a = &x->t->article[i];

	memset(k->slot, 0, sizeof(k->slot));
	for (uint32_t m = 0; m < a->n; m++) {
		uint32_t s = slot_of(x->t->term[a->at + m].id);

		while (k->slot[s])
			s = (s + 1) % SLOTS;
		k->slot[s] = (uint8_t)(m + 1);
	}
}

/* Those of the n terms whose slot is taken, to met; how many.  Without a branch, because one in ten
 * would be mispredicted. */
static uint32_t may_share(const asker *k, const nb_term *term, uint32_t n, uint8_t *met)
{
	uint32_t n_met = 0;

	for (uint32_t m = 0; m < n; m++) {
		met[n_met] = (uint8_t)m;
		n_met += k->slot[slot_of(term[m].id)] != 0;
	}
	return n_met;
}

/* Cosines of words and entities alone: the others are not needed to rank.  i has been entered. */
static partner compare(const postings *x, const asker *k, uint32_t i, uint32_t j)
{
	const nb_terms *t = x->t;
	const nb_terms_article *a = &t->article[i], *b = &t->article[j];
	const nb_term *term = t->term + a->at, *other = t->term + b->at;
	uint8_t met[NB_TERMS_KEPT];
	uint32_t n = may_share(k, other, b->n, met);
	float words = 0, entities = 0, mix;

	for (uint32_t m = 0; m < n; m++) {
		const nb_term *p, *q = &other[met[m]];
		uint32_t s = slot_of(q->id);
		float w;

		while (k->slot[s] && term[k->slot[s] - 1].id != q->id)
			s = (s + 1) % SLOTS;
		if (!k->slot[s] || q->mark & NB_TERM_PAIR)
			continue;
		p = &term[k->slot[s] - 1];
		w = t->weight[p->id] * t->weight[p->id];
		words += w * t->ln[p->n] * t->ln[q->n];
		entities += w * t->ln[p->n_name] * t->ln[q->n_name];
	}
	if (words > 0)
		words /= a->norm[NB_VECTOR_WORDS] * b->norm[NB_VECTOR_WORDS];
	if (entities > 0)
		entities /= a->norm[NB_VECTOR_ENTITIES] * b->norm[NB_VECTOR_ENTITIES];
	mix = NB_RANK_WORDS * words + NB_RANK_ENTITIES * entities;
	return (partner){ j, words, mix, mix * nb_time_discount(x->day[i] - x->day[j]) };
}

static int by_rank(const void *x, const void *y)
{
	const partner *p = x, *q = y;

	if (p->ranked != q->ranked)
		return p->ranked < q->ranked ? 1 : -1;
	return p->article < q->article ? -1 : p->article > q->article;
}

static int by_mix(const void *x, const void *y)
{
	float p = *(const float *)x, q = *(const float *)y;

	return p < q ? 1 : p > q ? -1 : 0;
}

static nb_surroundings surroundings(const partner *p, size_t n)
{
	float mix[NB_CANDIDATES_MOST], sum = 0;
	nb_surroundings s = { 0 };

	for (size_t k = 0; k < n; k++) {
		mix[k] = p[k].mix;
		if (p[k].words > s.best_words)
			s.best_words = p[k].words;
	}
	qsort(mix, n, sizeof(*mix), by_mix);
	for (size_t k = DENSE_FIRST; k < n && k < DENSE_LAST; k++)
		sum += mix[k];
	s.best = n ? mix[0] : 0;
	s.best_near = n ? p[0].ranked : 0;
	s.density = sum / (DENSE_LAST - DENSE_FIRST);
	return s;
}

static nb_status ask(const postings *x, asker *k, uint32_t i, pair_list *out)
{
	partner p[NB_CANDIDATES_MOST];
	size_t n;

	if (touch(x, k, i) != NB_OK || NB_GROW(k->key, &k->key_room, k->n_touched) ||
	    NB_GROW(k->scratch, &k->scratch_room, k->n_touched) ||
	    NB_GROW(out->pair, &out->room, out->n + x->o->candidates))
		return NB_ENOMEM;
	enter(x, k, i);
	n = rank(x, k, i);
	if (n > x->o->candidates)
		n = x->o->candidates;
	for (size_t m = 0; m < n; m++)
		p[m] = compare(x, k, i, (uint32_t)k->key[m]);
	qsort(p, n, sizeof(*p), by_rank);
	x->around[i] = surroundings(p, n);
	for (size_t m = 0; m < n; m++) {
		uint32_t j = p[m].article;

		if (p[m].mix < LEAST_MIX)
			continue;
		out->pair[out->n++] = i > j ? (uint64_t)i << 32 | j : (uint64_t)j << 32 | i;
	}
	return NB_OK;
}

/* ---- all articles ---- */

static nb_status ask_all(const postings *x, asker *worker, pair_list *chunk)
{
	uint32_t n_chunks = (x->t->n + CHUNK - 1) / CHUNK;
	nb_status status = NB_OK;

#pragma omp parallel for schedule(dynamic, 1) reduction(nb_worst : status)
	for (uint32_t c = 0; c < n_chunks; c++) {
		uint32_t end = (c + 1) * CHUNK < x->t->n ? (c + 1) * CHUNK : x->t->n;

		for (uint32_t i = c * CHUNK; i < end; i++) {
			nb_status one = ask(x, &worker[omp_get_thread_num()], i, &chunk[c]);

			status = nb_worse(status, one);
		}
	}
	return status;
}

/* All chunks in one list; a pair that both sides found is there twice. */
static nb_status gather(pair_list *chunk, uint32_t n_chunks, nb_candidates *out)
{
	size_t sum = 0, kept = 0;
	uint64_t *scratch;

	for (uint32_t c = 0; c < n_chunks; c++)
		sum += chunk[c].n;
	out->pair = nb_block_alloc(sum + 1, sizeof(*out->pair));
	scratch = nb_block_alloc(sum + 1, sizeof(*scratch));
	if (!out->pair || !scratch) {
		free(scratch);
		return NB_ENOMEM;
	}
	sum = 0;
	for (uint32_t c = 0; c < n_chunks; c++) {
		if (chunk[c].n)
			memcpy(out->pair + sum, chunk[c].pair, chunk[c].n * sizeof(*out->pair));
		sum += chunk[c].n;
		free(chunk[c].pair);
		chunk[c] = (pair_list){ 0 };
	}
	nb_radix_sort(out->pair, sum, scratch);
	free(scratch);
	for (size_t i = 0; i < sum; i++)
		if (i == 0 || out->pair[i] != out->pair[i - 1])
			out->pair[kept++] = out->pair[i];
	out->n = kept;
	return NB_OK;
}

static nb_status find(postings *x, asker *worker, int n_workers, nb_candidates *out)
{
	uint32_t n_chunks = (x->t->n + CHUNK - 1) / CHUNK;
	pair_list *chunk = calloc((size_t)n_chunks + 1, sizeof(*chunk));
	nb_status status = chunk ? index_terms(x) : NB_ENOMEM;

	for (int w = 0; status == NB_OK && w < n_workers; w++) {
		worker[w].shared = nb_block_zero((size_t)x->t->n + 1, sizeof(shared));
		status = worker[w].shared ? NB_OK : NB_ENOMEM;
	}
	NB_TRY(status, ask_all(x, worker, chunk));
	NB_TRY(status, gather(chunk, n_chunks, out));
	for (uint32_t c = 0; chunk && c < n_chunks; c++)
		free(chunk[c].pair);
	free(chunk);
	return status;
}

nb_status nb_candidates_find(const nb_terms *t, const double *day, const nb_related_options *o,
			     nb_candidates *out)
{
	postings x = { .t = t, .day = day, .o = o };
	int n_workers = omp_get_max_threads();
	asker *worker = calloc((size_t)n_workers, sizeof(*worker));
	nb_status status = NB_ENOMEM;

	*out = (nb_candidates){ 0 };
	x.around = out->around = nb_block_zero((size_t)t->n + 1, sizeof(*out->around));
	if (worker && out->around)
		status = find(&x, worker, n_workers, out);
	if (status == NB_OK && t->n_ids > 0)
		out->n_postings = x.end[t->n_ids - 1];
	for (int w = 0; worker && w < n_workers; w++) {
		out->n_dropped += worker[w].n_dropped;
		free(worker[w].shared);
		free(worker[w].touched);
		free(worker[w].key);
		free(worker[w].scratch);
	}
	free(worker);
	free(x.end);
	free(x.article);
	if (status != NB_OK)
		nb_candidates_release(out);
	return status;
}
