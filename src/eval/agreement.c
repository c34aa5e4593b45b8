/* SPDX-License-Identifier: MIT
 *
 * agreement.c - see agreement.h.
 *
 * Everything follows from the cells of the contingency table: how many articles carry gold label g
 * and found label f (and, for pairs of different languages, language l).  The cells come from one
 * sort; pairs inside a set of m articles are m (m - 1) / 2, those of different languages are all
 * pairs less those within each language.
 */
#include "newsbraid/agreement.h"

#include <stdlib.h>

/* One article's labels, the sort key. */
typedef struct row {
	uint32_t major, minor, lang;
} row;

static int by_labels(const void *x, const void *y)
{
	const row *a = x, *b = y;

	if (a->major != b->major)
		return a->major < b->major ? -1 : 1;
	if (a->minor != b->minor)
		return a->minor < b->minor ? -1 : 1;
	return a->lang < b->lang ? -1 : a->lang > b->lang;
}

static double pairs_of(double m)
{
	return m * (m - 1) / 2;
}

/* What one pass over rows sorted by (major, minor, lang) adds up. */
typedef struct sums {
	size_t n_major;
	double bcubed;      /* sum over cells of cell * cell / size of its major set */
	double major_pairs; /* pairs with equal major */
	double cell_pairs;  /* pairs with equal major and minor */
	double major_same, cell_same; /* of those, pairs of one language */
} sums;

/* The cells of one major set: row[0..m). */
static void add_major(const row *r, size_t m, sums *s)
{
	s->n_major++;
	s->major_pairs += pairs_of((double)m);
	for (size_t i = 0, j; i < m; i = j) {
		for (j = i; j < m && r[j].minor == r[i].minor; j++)
			;
		s->bcubed += (double)(j - i) * (double)(j - i) / (double)m;
		s->cell_pairs += pairs_of((double)(j - i));
		for (size_t k = i, l; k < j; k = l) {
			for (l = k; l < j && r[l].lang == r[k].lang; l++)
				;
			s->cell_same += pairs_of((double)(l - k));
		}
	}
}

static sums add_up(const uint32_t *major, const uint32_t *minor, const uint32_t *lang, size_t n,
		   row *r)
{
	sums s = { 0 };

	for (size_t i = 0; i < n; i++)
		r[i] = (row){ major[i], minor[i], lang[i] };
	qsort(r, n, sizeof(*r), by_labels);
	for (size_t i = 0, j; i < n; i = j) {
		for (j = i; j < n && r[j].major == r[i].major; j++)
			;
		add_major(r + i, j - i, &s);
	}
	/* again with the language as second label: its cells are the same-language pairs */
	for (size_t i = 0; i < n; i++)
		r[i] = (row){ major[i], lang[i], 0 };
	qsort(r, n, sizeof(*r), by_labels);
	for (size_t i = 0, j; i < n; i = j) {
		for (j = i; j < n && r[j].major == r[i].major && r[j].minor == r[i].minor; j++)
			;
		s.major_same += pairs_of((double)(j - i));
	}
	return s;
}

static double ratio(double part, double whole)
{
	return whole > 0 ? part / whole : 1;
}

static nb_prf prf(double p, double r)
{
	return (nb_prf){ p, r, p + r > 0 ? 2 * p * r / (p + r) : 0 };
}

static double adjusted_rand(const sums *gold, const sums *found, size_t n)
{
	double all = pairs_of((double)n);
	double expected = all > 0 ? gold->major_pairs * found->major_pairs / all : 0;
	double most = (gold->major_pairs + found->major_pairs) / 2;

	return most > expected ? (gold->cell_pairs - expected) / (most - expected) : 1;
}

nb_status nb_agreement_measure(const uint32_t *gold, const uint32_t *found, const uint32_t *lang,
			       size_t n, nb_agreement *out)
{
	row *r = malloc((n + 1) * sizeof(*r));
	sums g, f;
	double cross;

	*out = (nb_agreement){ .n = n };
	if (!r)
		return NB_ENOMEM;
	g = add_up(gold, found, lang, n, r);
	f = add_up(found, gold, lang, n, r);
	free(r);
	cross = g.cell_pairs - g.cell_same;
	out->n_gold = g.n_major;
	out->n_found = f.n_major;
	out->bcubed = prf(ratio(f.bcubed, (double)n), ratio(g.bcubed, (double)n));
	out->pairwise = prf(ratio(f.cell_pairs, f.major_pairs), ratio(g.cell_pairs, g.major_pairs));
	out->ari = adjusted_rand(&g, &f, n);
	out->cross_language = prf(ratio(cross, f.major_pairs - f.major_same),
				  ratio(cross, g.major_pairs - g.major_same));
	out->cross_gold_pairs = (uint64_t)(g.major_pairs - g.major_same);
	return NB_OK;
}
