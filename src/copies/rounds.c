/* SPDX-License-Identifier: MIT
 *
 * rounds.c - see rounds.h.
 *
 * Leader clustering is sequential: whether an article leads depends on earlier ones.  But most
 * articles have few candidates, so a few waves settle nearly all of them: in each wave every article
 * that is not settled, and whose next candidate is known to lead, is compared with it, all in
 * parallel.  What a long chain leaves unsettled after the last wave is compared with every
 * candidate that it has left.
 */
#include "copies/rounds.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"

#define WAVES 64

typedef enum state { OPEN = 0, LEADS, FOLLOWS } state;

typedef struct plan {
	const nb_pairs *candidates; /* sorted by (b, a) */
	uint8_t *state;             /* [0..n): one of enum state */
	uint32_t *leader;           /* [0..n): of those that follow; itself for the others */
	size_t *next;               /* [0..n): the candidate of b to look at next */
	size_t *end;                /* [0..n): after the last candidate of b */
	bool *done;                 /* [0..candidates->n): compared */
	uint32_t *open;             /* articles that are not settled, ascending */
	size_t n_open;
	nb_pairs wave;
} plan;

static void plan_release(plan *p)
{
	free(p->state);
	free(p->leader);
	free(p->next);
	free(p->end);
	free(p->done);
	free(p->open);
	nb_pairs_release(&p->wave);
}

static nb_status plan_init(plan *p, uint32_t n, const nb_pairs *candidates)
{
	*p = (plan){ .candidates = candidates };
	p->state = calloc((size_t)n + 1, sizeof(*p->state));
	p->leader = malloc(((size_t)n + 1) * sizeof(*p->leader));
	p->next = calloc((size_t)n + 1, sizeof(*p->next));
	p->end = calloc((size_t)n + 1, sizeof(*p->end));
	p->done = calloc(candidates->n + 1, sizeof(*p->done));
	p->open = malloc(((size_t)n + 1) * sizeof(*p->open));
	if (!p->state || !p->leader || !p->next || !p->end || !p->done || !p->open)
		return NB_ENOMEM;
	for (size_t i = 0; i < candidates->n; i++) {
		uint32_t b = candidates->pair[i].b;

		if (p->end[b] == 0)
			p->next[b] = i;
		p->end[b] = i + 1;
	}
	for (uint32_t i = 0; i < n; i++) {
		p->leader[i] = i;
		p->state[i] = p->end[i] ? OPEN : LEADS;
		if (p->end[i])
			p->open[p->n_open++] = i;
	}
	return NB_OK;
}

/* The next leader that b has to be compared with; false if b waits for one that is not settled. */
static bool find_next(plan *p, uint32_t b)
{
	while (p->next[b] < p->end[b]) {
		uint8_t of_a = p->state[p->candidates->pair[p->next[b]].a];

		if (of_a == LEADS)
			return true;
		if (of_a == OPEN)
			return false;
		p->next[b]++; /* a follower decides nothing */
	}
	p->state[b] = LEADS;
	return false;
}

static int by_a(const void *x, const void *y)
{
	const nb_pair *p = x, *q = y;

	if (p->a != q->a)
		return p->a < q->a ? -1 : 1;
	return p->b < q->b ? -1 : p->b > q->b;
}

static nb_status push(nb_pairs *to, nb_pair pair)
{
	nb_status status = NB_GROW(to->pair, &to->capacity, to->n + 1);

	if (status == NB_OK)
		to->pair[to->n++] = pair;
	return status;
}

/* Sorted by leader, so that a leader's text is prepared once for many. */
static nb_status plan_wave(plan *p)
{
	size_t kept = 0;

	p->wave.n = 0;
	for (size_t i = 0; i < p->n_open; i++) {
		uint32_t b = p->open[i];

		if (find_next(p, b)) {
			nb_status status = push(&p->wave, p->candidates->pair[p->next[b]]);

			if (status != NB_OK)
				return status;
			p->done[p->next[b]++] = true;
		}
		if (p->state[b] == OPEN)
			p->open[kept++] = b;
	}
	p->n_open = kept;
	if (p->wave.n > 1)
		qsort(p->wave.pair, p->wave.n, sizeof(*p->wave.pair), by_a);
	return NB_OK;
}

static void settle(plan *p, const nb_edge *edge, size_t n)
{
	size_t kept = 0;

	for (size_t i = 0; i < n; i++) {
		if (edge[i].relation != NB_RELATION_COPY)
			continue;
		p->state[edge[i].b] = FOLLOWS;
		p->leader[edge[i].b] = edge[i].a;
	}
	for (size_t i = 0; i < p->n_open; i++)
		if (p->state[p->open[i]] == OPEN)
			p->open[kept++] = p->open[i];
	p->n_open = kept;
}

/* Candidates that were not compared and whose ends are not in one group for certain. */
static nb_status plan_rest(plan *p)
{
	p->wave.n = 0;
	for (size_t i = 0; i < p->candidates->n; i++) {
		nb_pair c = p->candidates->pair[i];
		bool together = p->leader[c.a] == p->leader[c.b];
		nb_status status;

		if (p->done[i] || together)
			continue;
		status = push(&p->wave, c);
		if (status != NB_OK)
			return status;
	}
	return NB_OK;
}

static int by_b(const void *x, const void *y)
{
	const nb_edge *e = x, *f = y;

	if (e->b != f->b)
		return e->b < f->b ? -1 : 1;
	return e->a < f->a ? -1 : e->a > f->a;
}

void nb_edges_sort(nb_edges *edges)
{
	if (edges->n > 1)
		qsort(edges->edge, edges->n, sizeof(*edges->edge), by_b);
}

nb_status nb_verify_rounds(const nb_night *night, const nb_sketches *s, const nb_pairs *pairs,
			   const nb_copy_params *params, nb_edges *edges, nb_error *err)
{
	plan p;
	nb_status status = plan_init(&p, s->n, pairs);

	for (int wave = 0; status == NB_OK && wave < WAVES && p.n_open > 0; wave++) {
		size_t before = edges->n;

		status = plan_wave(&p);
		NB_TRY(status, nb_verify(night, s, &p.wave, params, edges, err));
		settle(&p, edges->edge + before, edges->n - before);
	}
	NB_TRY(status, plan_rest(&p));
	NB_TRY(status, nb_verify(night, s, &p.wave, params, edges, err));
	nb_edges_sort(edges);
	plan_release(&p);
	return status;
}
