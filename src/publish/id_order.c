/* SPDX-License-Identifier: MIT
 *
 * id_order.c - see id_order.h.
 *
 * Ids are sorted eight bytes at a time: all of them by their first eight bytes, then every run of
 * equal ones by the next eight, and so on.  Each byte is fetched once, and the work is linear in
 * the bytes that it takes to tell the ids apart.
 */
#include "publish/id_order.h"

#include <stdlib.h>

#include "base/array.h"
#include "base/radix.h"

#define WORTH_TEAM ((size_t)1 << 14) /* items below which one thread is faster */

/* Items [begin, end) that are alike so far. */
typedef struct run {
	uint32_t begin, end;
} run;

typedef struct run_list {
	run *run;
	size_t n, capacity;
} run_list;

/* Bytes [depth, depth + 8) of the id as a number that compares as they do; zeros after its end. */
static uint64_t id_key(nb_str id, size_t depth)
{
	uint64_t key = 0;
	size_t n = id.len > depth ? id.len - depth : 0;

	for (size_t i = 0; i < sizeof(key); i++)
		key = key << 8 | (i < n ? (unsigned char)id.ptr[depth + i] : 0);
	return key;
}

/* A run of many: all threads work on it. */
static void sort_large(const nb_night *night, nb_radix_item *item, nb_radix_item *scratch, size_t n,
		       size_t depth)
{
#pragma omp parallel for schedule(static)
	for (size_t i = 0; i < n; i++)
		item[i].key = id_key(nb_night_id(night, (uint32_t)item[i].value), depth);
	nb_radix_sort_items(item, n, scratch);
}

static void sort_small(const nb_night *night, nb_radix_item *item, nb_radix_item *scratch, size_t n,
		       size_t depth)
{
	for (size_t i = 0; i < n; i++)
		item[i].key = id_key(nb_night_id(night, (uint32_t)item[i].value), depth);
	nb_radix_sort_items_serial(item, n, scratch);
}

/* Sort every run by its next eight bytes. */
static void sort_runs(const nb_night *night, const run_list *runs, nb_radix_item *item,
		      nb_radix_item *scratch, size_t depth)
{
	size_t n_small = 0;

	for (size_t i = 0; i < runs->n; i++) {
		run r = runs->run[i];

		if (r.end - r.begin < WORTH_TEAM)
			n_small += r.end - r.begin;
		else
			sort_large(night, item + r.begin, scratch + r.begin, r.end - r.begin,
				   depth);
	}
#pragma omp parallel for schedule(dynamic, 64) if (n_small > WORTH_TEAM)
	for (size_t i = 0; i < runs->n; i++) {
		run r = runs->run[i];

		if (r.end - r.begin < WORTH_TEAM)
			sort_small(night, item + r.begin, scratch + r.begin, r.end - r.begin,
				   depth);
	}
}

/* Add the runs inside r whose keys are equal and whose ids go on. */
static nb_status find_runs(const nb_radix_item *item, run r, run_list *out)
{
	for (uint32_t begin = r.begin, end; begin < r.end; begin = end) {
		for (end = begin + 1; end < r.end && item[end].key == item[begin].key; end++)
			;
		if (end - begin < 2 || !(item[begin].key & 0xff))
			continue;
		if (NB_GROW(out->run, &out->capacity, out->n + 1) != NB_OK)
			return NB_ENOMEM;
		out->run[out->n++] = (run){ begin, end };
	}
	return NB_OK;
}

static nb_status sort_ids(const nb_night *night, nb_radix_item *item, nb_radix_item *scratch)
{
	run_list now = { 0 }, next = { 0 }, swap;
	run all = { 0, night->n };
	nb_status status = NB_GROW(now.run, &now.capacity, 1);

	for (uint32_t i = 0; i < night->n; i++)
		item[i].value = i;
	if (status == NB_OK && night->n)
		now.run[now.n++] = all;
	for (size_t depth = 0; status == NB_OK && now.n; depth += 8) {
		sort_runs(night, &now, item, scratch, depth);
		next.n = 0;
		for (size_t i = 0; status == NB_OK && i < now.n; i++)
			status = find_runs(item, now.run[i], &next);
		swap = now, now = next, next = swap;
	}
	free(now.run);
	free(next.run);
	return status;
}

nb_status nb_order_ids(const nb_night *night, uint32_t *order)
{
	nb_radix_item *item = nb_block_alloc(night->n + (size_t)1, sizeof(*item));
	nb_radix_item *scratch = nb_block_alloc(night->n + (size_t)1, sizeof(*scratch));
	nb_status status = NB_ENOMEM;

	if (item && scratch)
		status = sort_ids(night, item, scratch);
	if (status == NB_OK)
		for (uint32_t i = 0; i < night->n; i++)
			order[i] = (uint32_t)item[i].value;
	free(item);
	free(scratch);
	return status;
}
