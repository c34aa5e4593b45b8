/* SPDX-License-Identifier: MIT
 *
 * worst_clusters.c - see worst_clusters.h.
 *
 * A wrong join is a found cluster made of several gold parts, a wrong split is a gold cluster made
 * of several found parts: the same question with the two labels exchanged.  Harm is the number of
 * pairs that lie across parts.
 */
#include "worst_clusters.h"

#include <stdio.h>
#include <stdlib.h>

#include "display.h"

#define PARTS_SHOWN 6

typedef struct row {
	uint32_t whole, part, article;
} row;

/* One cluster that is made of several parts: row[begin..begin + n). */
typedef struct mistake {
	size_t begin, n, n_parts;
	double harm;
} mistake;

static int by_whole(const void *x, const void *y)
{
	const row *a = x, *b = y;

	if (a->whole != b->whole)
		return a->whole < b->whole ? -1 : 1;
	if (a->part != b->part)
		return a->part < b->part ? -1 : 1;
	return a->article < b->article ? -1 : a->article > b->article;
}

static int by_harm(const void *x, const void *y)
{
	const mistake *a = x, *b = y;

	if (a->harm != b->harm)
		return a->harm > b->harm ? -1 : 1;
	return a->begin < b->begin ? -1 : a->begin > b->begin;
}

static double pairs_of(size_t m)
{
	return (double)m * ((double)m - 1) / 2;
}

static size_t part_end(const row *r, size_t i, size_t end)
{
	size_t j = i;

	while (j < end && r[j].part == r[i].part)
		j++;
	return j;
}

static mistake weigh(const row *r, size_t begin, size_t end)
{
	mistake m = { .begin = begin, .n = end - begin, .harm = pairs_of(end - begin) };

	for (size_t i = begin; i < end; i = part_end(r, i, end)) {
		m.harm -= pairs_of(part_end(r, i, end) - i);
		m.n_parts++;
	}
	return m;
}

/* An article of a part: how many are with it, what it is. */
static void print_part(size_t n, nb_str id, const found_article *a)
{
	nb_str who = a && a->agency.ptr ? a->agency : a ? a->source : (nb_str){ 0 };
	char when[HUMAN_TEXT];

	printf("    %4zu  %-2s  %-16s  ", n, printable(a ? a->lang : (nb_str){ 0 }),
	       human_time(a ? article_time(a) : NB_NO_TIME, a && a->day_only, when));
	print_column(stdout, who, 12);
	printf("  ");
	print_column(stdout, a ? a->title : (nb_str){ 0 }, 70);
	printf("  %s\n", printable(id));
}

static void print_mistake(const row *r, const mistake *m, const nb_str *id,
			  const article_list *articles)
{
	size_t n_shown = 0, end = m->begin + m->n;

	printf("  %.0f pairs, %zu articles in %zu parts\n", m->harm, m->n, m->n_parts);
	for (size_t i = m->begin; i < end && n_shown < PARTS_SHOWN; n_shown++) {
		size_t next = part_end(r, i, end);
		nb_str one = id[r[i].article];

		print_part(next - i, one, article_by_id(articles, one));
		i = next;
	}
	if (m->n_parts > PARTS_SHOWN)
		printf("          ... and %zu parts more\n", m->n_parts - PARTS_SHOWN);
}

static void print_worst(row *r, size_t n, mistake *mistakes, size_t most, const nb_str *id,
			const article_list *articles)
{
	size_t n_mistakes = 0;

	qsort(r, n, sizeof(*r), by_whole);
	for (size_t i = 0, j; i < n; i = j) {
		mistake m;

		for (j = i; j < n && r[j].whole == r[i].whole; j++)
			;
		m = weigh(r, i, j);
		if (m.n_parts > 1)
			mistakes[n_mistakes++] = m;
	}
	qsort(mistakes, n_mistakes, sizeof(*mistakes), by_harm);
	for (size_t i = 0; i < n_mistakes && i < most; i++)
		print_mistake(r, &mistakes[i], id, articles);
	if (n_mistakes == 0)
		printf("  none\n");
}

nb_status tell_worst(const nb_str *id, const uint32_t *gold, const uint32_t *found, size_t n,
		     size_t most, const article_list *articles)
{
	row *r = malloc((n + 1) * sizeof(*r));
	mistake *mistakes = malloc((n + 1) * sizeof(*mistakes));
	nb_status status = r && mistakes ? NB_OK : NB_ENOMEM;

	(void)terminal_width(); /* for the width of characters */
	if (status == NB_OK) {
		printf("worst joins (one found cluster, several in gold):\n");
		for (size_t i = 0; i < n; i++)
			r[i] = (row){ found[i], gold[i], (uint32_t)i };
		print_worst(r, n, mistakes, most, id, articles);
		printf("worst splits (one cluster in gold, several found):\n");
		for (size_t i = 0; i < n; i++)
			r[i] = (row){ gold[i], found[i], (uint32_t)i };
		print_worst(r, n, mistakes, most, id, articles);
	}
	free(r);
	free(mistakes);
	return status;
}
