/* SPDX-License-Identifier: MIT
 *
 * linkage.c - see linkage.h.
 *
 * The mean of a joined cluster to a third is at most the larger of the two means before.  So a heap
 * of pairs need not be kept up to date: an entry is never too low.  The top one is worked out again
 * when it is taken; if it has fallen it goes back, and what comes out unchanged is the best of all.
 * For the same reason a pair below the stop never comes back, and does not enter the heap.
 *
 * Sums of scores between two clusters are in one hash table keyed by both, and each cluster has a
 * list of the clusters it was linked to.  A join walks the shorter list and moves its sums.
 */
#include "newsbraid/linkage.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

#include "base/array.h"

#define NONE UINT32_MAX

/* Sum of scores between two clusters. */
typedef struct sum_slot {
	uint64_t key; /* the larger root above the smaller; 0: free */
	double sum;
} sum_slot;

typedef struct neighbour {
	uint32_t cluster, next; /* next: place in linkage.neighbour, or NONE */
} neighbour;

/* Two clusters, named by their smallest items, and a mean that theirs does not pass. */
typedef struct near_pair {
	double mean;
	uint32_t a, b; /* a < b */
} near_pair;

typedef struct linkage {
	uint32_t n;
	uint32_t *parent;   /* [0..n): union-find */
	uint32_t *smallest; /* [0..n): smallest item, of roots */
	double *weight;     /* [0..n): items a root's cluster stands for */
	uint32_t *first;    /* [0..n): a root's list of neighbours */
	uint32_t *last;     /* [0..n): its end */
	uint32_t *degree;   /* [0..n): its length */
	neighbour *neighbour;
	size_t n_neighbours, neighbour_room;
	sum_slot *slot;
	size_t n_slots, n_sums;
	near_pair *heap;
	size_t n_heap, heap_room;
	double stop;
} linkage;

static uint32_t find(linkage *k, uint32_t i)
{
	while (k->parent[i] != i)
		i = k->parent[i] = k->parent[k->parent[i]];
	return i;
}

/* ---- sums ---- */

static uint64_t key_of(uint32_t a, uint32_t b)
{
	return a < b ? (uint64_t)b << 32 | a : (uint64_t)a << 32 | b;
}

static sum_slot *slot_of(sum_slot *slot, size_t n_slots, uint64_t key)
{
	uint64_t h = key * UINT64_C(0x9E3779B97F4A7C15);
	size_t i = (size_t)(h ^ h >> 32) & (n_slots - 1);

	while (slot[i].key != 0 && slot[i].key != key)
		i = (i + 1) & (n_slots - 1);
	return &slot[i];
}

/* Twice the room.  Sums that were moved away are 0 and stay after. */
static nb_status grow_sums(linkage *k)
{
	size_t n_slots = 2 * k->n_slots;
	sum_slot *slot = nb_block_zero(n_slots, sizeof(*slot));

	if (!slot)
		return NB_ENOMEM;
	k->n_sums = 0;
	for (size_t i = 0; i < k->n_slots; i++)
		if (k->slot[i].sum > 0) {
			*slot_of(slot, n_slots, k->slot[i].key) = k->slot[i];
			k->n_sums++;
		}
	free(k->slot);
	k->slot = slot;
	k->n_slots = n_slots;
	return NB_OK;
}

static double mean_of(linkage *k, uint32_t a, uint32_t b)
{
	return slot_of(k->slot, k->n_slots, key_of(a, b))->sum / (k->weight[a] * k->weight[b]);
}

/* ---- the heap: highest mean first, then the smallest items ---- */

static bool comes_before(const near_pair *x, const near_pair *y)
{
	if (x->mean != y->mean)
		return x->mean > y->mean;
	return x->a != y->a ? x->a < y->a : x->b < y->b;
}

static nb_status heap_push(linkage *k, near_pair p)
{
	size_t i = k->n_heap;
	nb_status status = NB_GROW(k->heap, &k->heap_room, i + 1);

	if (status != NB_OK)
		return status;
	k->n_heap++;
	for (; i > 0 && comes_before(&p, &k->heap[(i - 1) / 2]); i = (i - 1) / 2)
		k->heap[i] = k->heap[(i - 1) / 2];
	k->heap[i] = p;
	return NB_OK;
}

static near_pair heap_pop(linkage *k)
{
	near_pair top = k->heap[0], moved = k->heap[--k->n_heap];
	size_t i = 0;

	for (size_t child = 1; child < k->n_heap; child = 2 * i + 1) {
		if (child + 1 < k->n_heap && comes_before(&k->heap[child + 1], &k->heap[child]))
			child++;
		if (!comes_before(&k->heap[child], &moved))
			break;
		k->heap[i] = k->heap[child];
		i = child;
	}
	if (k->n_heap > 0)
		k->heap[i] = moved;
	return top;
}

/* The mean of two roots goes into the heap if it can lead to a join. */
static nb_status offer(linkage *k, uint32_t a, uint32_t b)
{
	uint32_t x = k->smallest[a], y = k->smallest[b];
	near_pair p = { mean_of(k, a, b), x < y ? x : y, x < y ? y : x };

	return p.mean >= k->stop ? heap_push(k, p) : NB_OK;
}

/* ---- neighbours ---- */

static nb_status add_neighbour(linkage *k, uint32_t of, uint32_t cluster)
{
	nb_status status = NB_GROW(k->neighbour, &k->neighbour_room, k->n_neighbours + 1);

	if (status != NB_OK)
		return status;
	k->neighbour[k->n_neighbours] = (neighbour){ cluster, k->first[of] };
	k->first[of] = (uint32_t)k->n_neighbours++;
	if (k->last[of] == NONE)
		k->last[of] = k->first[of];
	k->degree[of]++;
	return NB_OK;
}

static nb_status add_sum(linkage *k, uint32_t a, uint32_t b, double sum)
{
	sum_slot *s = slot_of(k->slot, k->n_slots, key_of(a, b));

	if (s->key == 0 && 2 * (k->n_sums + 1) > k->n_slots) {
		if (grow_sums(k) != NB_OK)
			return NB_ENOMEM;
		s = slot_of(k->slot, k->n_slots, key_of(a, b));
	}
	k->n_sums += s->key == 0;
	s->key = key_of(a, b);
	s->sum += sum;
	return NB_OK;
}

/* All that `from` was linked to is linked to `to` from now on. */
static nb_status move_sums(linkage *k, uint32_t from, uint32_t to)
{
	nb_status status = NB_OK;

	for (uint32_t at = k->first[from]; status == NB_OK && at != NONE;
	     at = k->neighbour[at].next) {
		uint32_t c = find(k, k->neighbour[at].cluster);
		sum_slot *s = slot_of(k->slot, k->n_slots, key_of(from, c));
		double sum = s->sum;

		if (c == from || sum == 0)
			continue; /* named twice, or long moved */
		s->sum = 0;
		if (c == to)
			continue;
		k->neighbour[at].cluster = c;
		status = add_sum(k, to, c, sum);
	}
	return status;
}

static nb_status join(linkage *k, uint32_t a, uint32_t b)
{
	uint32_t to = k->degree[a] >= k->degree[b] ? a : b, from = to == a ? b : a;
	nb_status status = move_sums(k, from, to);

	if (status != NB_OK)
		return status;
	k->parent[from] = to;
	k->weight[to] += k->weight[from];
	if (k->smallest[from] < k->smallest[to])
		k->smallest[to] = k->smallest[from];
	/* the lists are chained, each keeps its entries: nothing is copied */
	if (k->last[to] != NONE)
		k->neighbour[k->last[to]].next = k->first[from];
	else
		k->first[to] = k->first[from];
	if (k->last[from] != NONE)
		k->last[to] = k->last[from];
	k->degree[to] += k->degree[from];
	return NB_OK;
}

/* ---- the whole ---- */

static nb_status check(uint32_t n, const nb_link *link, size_t n_links, const uint32_t *weight,
		       double stop)
{
	if (!(stop > 0))
		return NB_EINVAL;
	for (size_t i = 0; i < n_links; i++)
		if (link[i].a >= n || link[i].b >= n || link[i].a == link[i].b ||
		    !(link[i].score >= 0) || !isfinite(link[i].score))
			return NB_EINVAL;
	for (uint32_t i = 0; weight && i < n; i++)
		if (weight[i] == 0)
			return NB_EINVAL;
	return NB_OK;
}

static nb_status take_items(linkage *k, const uint32_t *weight, size_t n_links)
{
	size_t n = (size_t)k->n + 1;

	k->parent = malloc(n * sizeof(*k->parent));
	k->smallest = malloc(n * sizeof(*k->smallest));
	k->weight = malloc(n * sizeof(*k->weight));
	k->first = malloc(n * sizeof(*k->first));
	k->last = malloc(n * sizeof(*k->last));
	k->degree = calloc(n, sizeof(*k->degree));
	for (k->n_slots = 64; k->n_slots < 3 * n_links; k->n_slots *= 2)
		;
	k->slot = nb_block_zero(k->n_slots, sizeof(*k->slot));
	if (!k->parent || !k->smallest || !k->weight || !k->first || !k->last || !k->degree ||
	    !k->slot)
		return NB_ENOMEM;
	for (uint32_t i = 0; i < k->n; i++) {
		k->parent[i] = k->smallest[i] = i;
		k->first[i] = k->last[i] = NONE;
		k->weight[i] = weight ? weight[i] : 1;
	}
	return NB_OK;
}

/* Scores of pairs, as sums over the items that each side stands for. */
static nb_status take_links(linkage *k, const nb_link *link, size_t n_links)
{
	nb_status status = n_links < NONE / 2 ? NB_OK : NB_ENOMEM;

	for (size_t i = 0; status == NB_OK && i < n_links; i++) {
		uint32_t a = link[i].a, b = link[i].b;

		if (link[i].score == 0)
			continue;
		status = add_sum(k, a, b, (double)link[i].score * k->weight[a] * k->weight[b]);
		NB_TRY(status, add_neighbour(k, a, b));
		NB_TRY(status, add_neighbour(k, b, a));
		NB_TRY(status, offer(k, a, b));
	}
	return status;
}

static nb_status join_all(linkage *k)
{
	nb_status status = NB_OK;

	while (status == NB_OK && k->n_heap > 0) {
		near_pair top = heap_pop(k);
		uint32_t a = find(k, top.a), b = find(k, top.b);

		if (a == b)
			continue;
		/* named by smallest items: a pair whose names and mean still hold is up to date */
		if (k->smallest[a] == top.a && k->smallest[b] == top.b &&
		    mean_of(k, a, b) == top.mean)
			status = join(k, a, b);
		else
			status = offer(k, a, b);
	}
	return status;
}

static void release(linkage *k)
{
	free(k->parent);
	free(k->smallest);
	free(k->weight);
	free(k->first);
	free(k->last);
	free(k->degree);
	free(k->neighbour);
	free(k->slot);
	free(k->heap);
}

nb_status nb_linkage_average(uint32_t n, const nb_link *link, size_t n_links,
			     const uint32_t *weight, double stop, uint32_t *label)
{
	linkage k = { .n = n, .stop = stop };
	nb_status status;

	if (n == 0)
		return NB_OK;
	status = check(n, link, n_links, weight, stop);
	NB_TRY(status, take_items(&k, weight, n_links));
	NB_TRY(status, take_links(&k, link, n_links));
	NB_TRY(status, join_all(&k));
	for (uint32_t i = 0; status == NB_OK && i < n; i++)
		label[i] = k.smallest[find(&k, i)];
	release(&k);
	return status;
}
