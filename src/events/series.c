/* SPDX-License-Identifier: MIT
 *
 * series.c - see series.h.
 */
#include "events/series.h"

#include <stdlib.h>

#include "base/radix.h"

/*
 * Where series_other_numbers of nb_events_options comes from: the share of the compared numbers that
 * differ between two reports of a series.  A corrected or updated
 * report, which is no copy either, differs in fewer: ecb+ and gva-dev have five such pairs, three of
 * them of one event, and half of the numbers differ at most; of the sample night's series 7 of 9 is
 * the least.  Without this 6,404 of 20,609 series pairs of a generated night of 10^5 are in one event,
 * and 16 of 32 of Reuters-21578.
 */

static bool is_series(const nb_edge *e, double other)
{
	return e->relation == NB_RELATION_SERIES && e->numbers > 0 &&
	       e->numbers_differ >= other * e->numbers;
}

static uint64_t key_of(uint32_t a, uint32_t b)
{
	return a < b ? (uint64_t)b << 32 | a : (uint64_t)a << 32 | b;
}

/* The reports of each such edge as one number, ascending; how many. */
static size_t list_series(const nb_edges *edges, const nb_copies *copies, const uint32_t *report,
			  double other, uint64_t *key, uint64_t *scratch)
{
	size_t n = 0;

	for (size_t k = 0; k < edges->n; k++) {
		const nb_edge *e = &edges->edge[k];
		uint32_t a = report[copies->leader[e->a]], b = report[copies->leader[e->b]];

		if (is_series(e, other) && a != b)
			key[n++] = key_of(a, b);
	}
	nb_radix_sort(key, n, scratch);
	return n;
}

nb_status nb_cluster_series(const nb_edges *edges, const nb_copies *copies, const uint32_t *report,
			    double other, nb_link *link, size_t n)
{
	uint64_t *key = malloc((edges->n + 1) * sizeof(*key));
	uint64_t *scratch = malloc((edges->n + 1) * sizeof(*scratch));
	nb_status status = key && scratch ? NB_OK : NB_ENOMEM;
	size_t n_series = 0, at = 0;

	if (status == NB_OK)
		n_series = list_series(edges, copies, report, other, key, scratch);
	for (size_t k = 0; k < n && at < n_series; k++) {
		uint64_t own = key_of(link[k].a, link[k].b);

		while (at < n_series && key[at] < own)
			at++;
		if (at < n_series && key[at] == own)
			link[k].score = 0;
	}
	free(key);
	free(scratch);
	return status;
}
