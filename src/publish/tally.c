/* SPDX-License-Identifier: MIT
 *
 * tally.c - see tally.h.
 */
#include "publish/tally.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"

nb_str nb_of_agency(const nb_article *a)
{
	return a->agency;
}

nb_str nb_of_source(const nb_article *a)
{
	return a->source;
}

nb_str nb_of_lang(const nb_article *a)
{
	return a->lang;
}

void nb_tallies_release(nb_tallies *t)
{
	free(t->tally);
	*t = (nb_tallies){ 0 };
}

static int compare_names(nb_str x, nb_str y)
{
	int c = memcmp(x.ptr, y.ptr, x.len < y.len ? x.len : y.len);

	return c ? c : (x.len > y.len) - (x.len < y.len);
}

bool nb_same_name(nb_str a, nb_str b)
{
	return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

static int by_name(const void *a, const void *b)
{
	const nb_tally *x = a, *y = b;
	int c = compare_names(x->name, y->name);

	return c ? c : (x->first > y->first) - (x->first < y->first);
}

static int by_first(const void *a, const void *b)
{
	const nb_tally *x = a, *y = b;

	return x->first != y->first ? (x->first > y->first) - (x->first < y->first)
				    : compare_names(x->name, y->name);
}

static int by_most(const void *a, const void *b)
{
	const nb_tally *x = a, *y = b;

	return x->n != y->n ? (x->n < y->n) - (x->n > y->n) : compare_names(x->name, y->name);
}

static void sort(nb_tallies *t, int (*compare)(const void *, const void *))
{
	if (t->n > 1)
		qsort(t->tally, t->n, sizeof(*t->tally), compare);
}

/* Put equal names together; they are sorted by name, the earliest first. */
static void merge_names(nb_tallies *t, const float *centrality)
{
	size_t kept = 0;

	for (size_t i = 0; i < t->n; i++) {
		nb_tally *now = &t->tally[i], *last = kept ? &t->tally[kept - 1] : NULL;

		if (!last || !nb_same_name(last->name, now->name)) {
			t->tally[kept++] = *now;
			continue;
		}
		last->n++;
		if (centrality && centrality[now->first] > centrality[last->central])
			last->central = now->first;
	}
	t->n = kept;
}

nb_status nb_tally_column(nb_tallies *t, const nb_night *night, const uint32_t *member, size_t n,
			  const float *centrality, nb_column_fn *column)
{
	t->n = 0;
	if (NB_GROW(t->tally, &t->capacity, n) != NB_OK)
		return NB_ENOMEM;
	for (size_t i = 0; i < n; i++) {
		nb_article a;
		nb_str name;

		nb_night_article(night, member[i], &a);
		name = column(&a);
		if (name.len)
			t->tally[t->n++] = (nb_tally){ name, 1, member[i], member[i] };
	}
	sort(t, by_name);
	merge_names(t, centrality);
	return NB_OK;
}

void nb_tally_sort_first(nb_tallies *t)
{
	sort(t, by_first);
}

void nb_tally_sort_most(nb_tallies *t)
{
	sort(t, by_most);
}
