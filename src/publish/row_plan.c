/* SPDX-License-Identifier: MIT
 *
 * row_plan.c - see row_plan.h.
 */
#include "publish/row_plan.h"

#include <stdlib.h>

#include "base/array.h"
#include "base/radix.h"
#include "publish/id_order.h"

/* Counting sort of [0..n) by label, each below n_bins. */
static nb_status sort_into_bins(const uint32_t *label, uint32_t n, uint32_t n_bins, nb_bins *out)
{
	uint32_t *at = nb_block_zero((size_t)n_bins + 2, sizeof(*at));

	out->at = at;
	out->item = nb_block_alloc((size_t)n + 1, sizeof(*out->item));
	if (!at || !out->item)
		return NB_ENOMEM;
	for (uint32_t i = 0; i < n; i++)
		at[label[i] + 2]++;
	for (size_t k = 2; k < (size_t)n_bins + 2; k++)
		at[k] += at[k - 1];
	for (uint32_t i = 0; i < n; i++) /* afterwards at[k + 1] is where bin k ends */
		out->item[at[label[i] + 1]++] = i;
	return NB_OK;
}

static void release_bins(nb_bins *b)
{
	free(b->at);
	free(b->item);
}

/* ---- edges ----------------------------------------------------------------------------------- */

static nb_radix_item edge_item(const uint32_t *rank, uint32_t a, uint32_t b, size_t value)
{
	return (nb_radix_item){ (uint64_t)rank[a] << 32 | rank[b], value };
}

/* Copy edges first: sorting keeps the order of equals, so of one pair its copy edge comes first. */
static void fill_edges(const nb_published *p, const uint32_t *rank, nb_radix_item *item)
{
	size_t n_copy = p->edges->n;

#pragma omp parallel for schedule(static)
	for (size_t e = 0; e < n_copy; e++)
		item[e] = edge_item(rank, p->edges->edge[e].a, p->edges->edge[e].b, e);
#pragma omp parallel for schedule(static)
	for (size_t e = 0; e < p->events->n_edges; e++)
		item[n_copy + e] = edge_item(rank, p->events->edge[e].a, p->events->edge[e].b,
					     n_copy + e);
}

static nb_status order_edges(nb_plan *plan)
{
	uint32_t n = plan->p->night->n, *rank = nb_block_alloc((size_t)n + 1, sizeof(*rank));
	nb_radix_item *item = nb_block_alloc(plan->n_edges + 1, sizeof(*item));
	nb_radix_item *scratch = nb_block_alloc(plan->n_edges + 1, sizeof(*scratch));
	nb_status status = NB_ENOMEM;

	if (rank && item && scratch) {
		for (uint32_t i = 0; i < n; i++)
			rank[plan->order[i]] = i;
		fill_edges(plan->p, rank, item);
		nb_radix_sort_items(item, plan->n_edges, scratch);
		for (size_t e = 0; e < plan->n_edges; e++)
			plan->edge[e] = item[e].value;
		status = NB_OK;
	}
	free(rank);
	free(item);
	free(scratch);
	return status;
}

/* ---- groups, events, storylines -------------------------------------------------------------- */

/* A cluster has the id of its earliest article: one pass over the articles in the order of their
 * ids meets the clusters in the order of theirs. */
static void order_clusters(nb_plan *plan)
{
	const nb_copies *copies = plan->p->copies;
	const nb_events *e = plan->p->events;
	uint32_t n_events = 0, n_storylines = 0;

	for (uint32_t row = 0; row < plan->p->night->n; row++) {
		uint32_t i = plan->order[row], event = e->event[i], story = e->storyline[event];

		if (copies->size[i] >= 2)
			plan->group[plan->n_groups++] = i;
		if (e->member[e->member_at[event]] != i)
			continue;
		plan->event[n_events++] = event;
		if (plan->story_events.item[plan->story_events.at[story]] == event)
			plan->storyline[n_storylines++] = story;
	}
}

static nb_status list_members(nb_plan *plan)
{
	const nb_events *e = plan->p->events;
	uint32_t n = plan->p->night->n, *story = nb_block_alloc((size_t)n + 1, sizeof(*story));
	nb_status status = story ? NB_OK : NB_ENOMEM;

	for (uint32_t i = 0; status == NB_OK && i < n; i++)
		story[i] = e->storyline[e->event[i]];
	NB_TRY(status, sort_into_bins(story, n, e->n_storylines, &plan->story_articles));
	NB_TRY(status,
	       sort_into_bins(e->storyline, e->n_events, e->n_storylines, &plan->story_events));
	NB_TRY(status, sort_into_bins(plan->p->copies->leader, n, n, &plan->copies));
	free(story);
	return status;
}

static nb_status allocate(nb_plan *plan)
{
	size_t n = plan->p->night->n;

	plan->order = nb_block_alloc(n + 1, sizeof(*plan->order));
	plan->edge = nb_block_alloc(plan->n_edges + 1, sizeof(*plan->edge));
	plan->group = nb_block_alloc(plan->p->copies->n_groups + (size_t)1, sizeof(*plan->group));
	plan->event = nb_block_alloc(plan->p->events->n_events + (size_t)1, sizeof(*plan->event));
	plan->storyline = nb_block_alloc(plan->p->events->n_storylines + (size_t)1,
					 sizeof(*plan->storyline));
	return plan->order && plan->edge && plan->group && plan->event && plan->storyline
		       ? NB_OK
		       : NB_ENOMEM;
}

nb_status nb_plan_init(nb_plan *plan, const nb_published *p)
{
	nb_status status;

	*plan = (nb_plan){ .p = p, .n_edges = p->edges->n + p->events->n_edges };
	status = allocate(plan);
	NB_TRY(status, nb_order_ids(p->night, plan->order));
	NB_TRY(status, order_edges(plan));
	NB_TRY(status, list_members(plan));
	if (status == NB_OK)
		order_clusters(plan);
	if (status != NB_OK)
		nb_plan_release(plan);
	return status;
}

void nb_plan_release(nb_plan *plan)
{
	free(plan->order);
	free(plan->edge);
	free(plan->group);
	free(plan->event);
	free(plan->storyline);
	release_bins(&plan->copies);
	release_bins(&plan->story_events);
	release_bins(&plan->story_articles);
	*plan = (nb_plan){ 0 };
}
