/* SPDX-License-Identifier: MIT
 *
 * recurring_lines.c - see recurring_lines.h and nb_night_cut_recurring in night.h.
 *
 * Nearly all lines occur once.  A table of small counters shows which keys can recur at all; only
 * those are sorted and counted exactly, a part of the keys at a time, so that memory stays bounded
 * when every line recurs.
 */
#include "night/recurring_lines.h"

#include <stdlib.h>
#include <string.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "base/array.h"
#include "base/radix.h"

#define LEAST_REPORTS   3u   /* different reports a line stands beside */
#define LEAST_SENTENCE  5u   /* one that ends as sentences do */
#define LEAST_SHARE     10u  /* of the source's reports, one in so many */
#define SENTENCE_SHARE  4u
#define COUNTERS_MOST   ((size_t)32 << 20)
#define PART_KEYS       ((size_t)2 << 20) /* keys that are sorted at a time, about */

/* How many different reports a source has. */
typedef struct source_size {
	uint32_t source, reports;
} source_size;

void nb_recurring_release(nb_recurring *r)
{
	free(r->key);
	free(r->page);
	*r = (nb_recurring){ 0 };
}

uint64_t nb_recurring_key(uint32_t source, uint64_t line)
{
	uint64_t x = ((uint64_t)source + 1) * UINT64_C(0x9E3779B97F4A7C15) ^ line >> 1;

	x = (x ^ x >> 32) * UINT64_C(0xD6E8FEB86659FD93);
	return (x ^ x >> 32) << 1 | (line & 1);
}

nb_status nb_recurring_add(nb_recurring *r, uint32_t article, nb_str source,
			   const nb_cleaned *cleaned)
{
	nb_recurring_page *page;

	if (!source.len || !cleaned->n_lines)
		return NB_OK;
	if (NB_GROW(r->key, &r->key_capacity, r->n_keys + cleaned->n_lines) != NB_OK ||
	    NB_GROW(r->page, &r->page_capacity, r->n_pages + 1) != NB_OK)
		return NB_ENOMEM;
	page = &r->page[r->n_pages++];
	*page = (nb_recurring_page){ r->n_keys, article,
				     (uint32_t)XXH3_64bits(source.ptr, source.len),
				     (uint32_t)(cleaned->longest >> 8) };
	for (uint32_t i = 0; i < cleaned->n_lines; i++)
		r->key[r->n_keys++] = nb_recurring_key(page->source, cleaned->line[i]);
	return NB_OK;
}

static uint64_t end_of(const nb_recurring *r, size_t page)
{
	return page + 1 < r->n_pages ? r->page[page + 1].key_at : r->n_keys;
}

static int compare_sources(const void *a, const void *b)
{
	const source_size *x = a, *y = b;

	return x->source < y->source ? -1 : x->source > y->source;
}

/* Different reports of each source, sorted by source. */
static source_size *measure_sources(const nb_recurring *r, size_t *n)
{
	nb_radix_item *item = malloc((r->n_pages + 1) * sizeof(*item));
	nb_radix_item *scratch = malloc((r->n_pages + 1) * sizeof(*scratch));
	source_size *size = malloc((r->n_pages + 1) * sizeof(*size));

	*n = 0;
	if (item && scratch && size) {
		for (size_t i = 0; i < r->n_pages; i++)
			item[i].key = (uint64_t)r->page[i].source << 32 | r->page[i].report;
		nb_radix_sort_items(item, r->n_pages, scratch);
		for (size_t i = 0; i < r->n_pages; i++) {
			uint32_t source = (uint32_t)(item[i].key >> 32);

			if (i && item[i].key == item[i - 1].key)
				continue;
			if (*n == 0 || size[*n - 1].source != source)
				size[(*n)++] = (source_size){ source, 0 };
			size[*n - 1].reports++;
		}
	} else {
		free(size);
		size = NULL;
	}
	free(item);
	free(scratch);
	return size;
}

static size_t slot_of(uint64_t key, size_t mask)
{
	return (key >> 7) & mask;
}

static uint8_t *count_roughly(const nb_recurring *r, size_t *mask)
{
	size_t n = 1024;
	uint8_t *counter;

	while (n < r->n_keys && n < COUNTERS_MOST)
		n *= 2;
	counter = calloc(n, 1);
	*mask = n - 1;
	for (size_t i = 0; counter && i < r->n_keys; i++) {
		uint8_t *c = &counter[slot_of(r->key[i], *mask)];

		*c = (uint8_t)(*c + (*c < LEAST_REPORTS));
	}
	return counter;
}

/* A run of one key, sorted by (source, report): does it recur? */
static bool recurs(const nb_radix_item *run, size_t n, const source_size *size, size_t n_sizes)
{
	source_size want = { (uint32_t)(run->value >> 32), 0 };
	const source_size *found = bsearch(&want, size, n_sizes, sizeof(want), compare_sources);
	bool sentence = run->key & 1;
	size_t reports = 1;

	for (size_t i = 1; i < n; i++)
		reports += run[i].value != run[i - 1].value;
	return found && reports >= (sentence ? LEAST_SENTENCE : LEAST_REPORTS) &&
	       reports * (sentence ? SENTENCE_SHARE : LEAST_SHARE) >= found->reports;
}

typedef struct counting {
	const nb_recurring *r;
	const uint8_t *counter;
	size_t mask;
	const source_size *size;
	size_t n_sizes;
	uint64_t *found;
	size_t n_found, capacity;
	nb_radix_item *item, *scratch;
	size_t room;
} counting;

/* Candidates whose key is in a part; counts them only if item is NULL. */
static size_t gather(const counting *c, uint32_t part, uint32_t parts, nb_radix_item *item)
{
	const nb_recurring *r = c->r;
	size_t n = 0;

	for (size_t p = 0; p < r->n_pages; p++) {
		const nb_recurring_page *page = &r->page[p];

		for (uint64_t k = page->key_at; k < end_of(r, p); k++) {
			uint64_t key = r->key[k];

			if (c->counter[slot_of(key, c->mask)] < LEAST_REPORTS ||
			    (key >> 32) % parts != part)
				continue;
			if (item)
				item[n] = (nb_radix_item){
					(uint64_t)page->source << 32 | page->report, key
				};
			n++;
		}
	}
	return n;
}

static nb_status count_part(counting *c, uint32_t part, uint32_t parts)
{
	size_t n = gather(c, part, parts, NULL);

	if (n > c->room) {
		free(c->item);
		free(c->scratch);
		c->item = malloc(n * sizeof(*c->item));
		c->scratch = malloc(n * sizeof(*c->scratch));
		c->room = n;
	}
	if (n && (!c->item || !c->scratch))
		return NB_ENOMEM;
	gather(c, part, parts, c->item);
	nb_radix_sort_items(c->item, n, c->scratch);
	for (size_t i = 0; i < n; i++)
		c->item[i] = (nb_radix_item){ c->item[i].value, c->item[i].key };
	nb_radix_sort_items(c->item, n, c->scratch); /* stable */
	for (size_t i = 0, end; i < n; i = end) {
		for (end = i + 1; end < n && c->item[end].key == c->item[i].key;)
			end++;
		if (!recurs(c->item + i, end - i, c->size, c->n_sizes))
			continue;
		if (NB_GROW(c->found, &c->capacity, c->n_found + 1) != NB_OK)
			return NB_ENOMEM;
		c->found[c->n_found++] = c->item[i].key;
	}
	return NB_OK;
}

nb_status nb_recurring_find(const nb_recurring *r, uint64_t **recurring, size_t *n)
{
	counting c = { .r = r };
	source_size *size = measure_sources(r, &c.n_sizes);
	uint8_t *counter = count_roughly(r, &c.mask);
	nb_status status = size && counter ? NB_OK : NB_ENOMEM;
	uint32_t parts;

	c.size = size;
	c.counter = counter;
	parts = status == NB_OK ? (uint32_t)(gather(&c, 0, 1, NULL) / PART_KEYS + 1) : 0;
	for (uint32_t part = 0; part < parts && status == NB_OK; part++)
		status = count_part(&c, part, parts);
	free(size);
	free(counter);
	free(c.item);
	free(c.scratch);
	if (status == NB_OK && c.n_found) {
		uint64_t *scratch = malloc(c.n_found * sizeof(*scratch));

		if (scratch)
			nb_radix_sort(c.found, c.n_found, scratch);
		else
			status = NB_ENOMEM;
		free(scratch);
	}
	if (status != NB_OK) {
		free(c.found);
		c = (counting){ 0 };
	}
	*recurring = c.found;
	*n = c.n_found;
	return status;
}
