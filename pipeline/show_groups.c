/* SPDX-License-Identifier: MIT
 *
 * show_groups.c - the largest copy groups, a line each; reports of a series.
 */
#include <stdlib.h>

#include "display.h"
#include "show.h"

#define COPIERS_SHOWN 3u

/* One copy group: member[begin..begin + n) of the articles sorted by (group, time). */
typedef struct group {
	size_t begin, n;
} group;

static int by_group(const void *x, const void *y)
{
	const found_article *a = *(const found_article *const *)x;
	const found_article *b = *(const found_article *const *)y;
	int c = str_compare(a->copy, b->copy);

	if (c)
		return c;
	if ((a->copy_of.ptr == NULL) != (b->copy_of.ptr == NULL))
		return a->copy_of.ptr ? 1 : -1; /* the leader first */
	return article_compare_time(a, b);
}

static int larger_first(const void *x, const void *y)
{
	const group *a = x, *b = y;

	if (a->n != b->n)
		return a->n > b->n ? -1 : 1;
	return a->begin < b->begin ? -1 : a->begin > b->begin;
}

static nb_str who(const found_article *a)
{
	return a->agency.ptr ? a->agency : a->source.ptr ? a->source : a->id;
}

static nb_str where(const found_article *a)
{
	return a->source.ptr ? a->source : a->id;
}

static void print_group(const shown *s, const found_article *const *member, size_t n)
{
	char when[HUMAN_TEXT];
	const found_article *leader = member[0];

	printf("\n  ");
	print_cut(stdout, leader->title.ptr ? leader->title : NB_STR("(no title)"), s->width - 2);
	printf("\n    %zu x  %s, %s; copied by", n, printable(who(leader)),
	       human_time(article_time(leader), leader->day_only, when));
	for (size_t i = 1; i < n && i <= COPIERS_SHOWN; i++)
		printf("%s %s (%.2f)", i > 1 ? "," : "", printable(where(member[i])),
		       member[i]->score);
	if (n > COPIERS_SHOWN + 1)
		printf(" and %zu more", n - COPIERS_SHOWN - 1);
	printf("\n");
}

/* The groups of two and more among articles sorted by group, largest first; returns how many. */
static size_t find_groups(const found_article *const *member, size_t n, group *groups)
{
	size_t n_groups = 0;

	for (size_t i = 0, j; i < n; i = j) {
		for (j = i; j < n && str_equal(member[i]->copy, member[j]->copy); j++)
			;
		if (j - i > 1)
			groups[n_groups++] = (group){ i, j - i };
	}
	if (n_groups > 1)
		qsort(groups, n_groups, sizeof(*groups), larger_first);
	return n_groups;
}

nb_status print_groups(const shown *s)
{
	size_t n = s->list.n, n_groups;
	const found_article **member = malloc((n + 1) * sizeof(*member));
	group *groups = malloc((n + 1) * sizeof(*groups));

	if (!member || !groups) {
		free(member);
		free(groups);
		return NB_ENOMEM;
	}
	for (size_t i = 0; i < n; i++)
		member[i] = &s->list.article[i];
	if (n > 1)
		qsort(member, n, sizeof(*member), by_group);
	n_groups = find_groups(member, n, groups);
	if (n_groups > 0 && s->n_groups > 0)
		printf("\nCopy groups (largest first; how like the first each is):\n");
	for (size_t i = 0; i < n_groups && i < s->n_groups; i++)
		print_group(s, member + groups[i].begin, groups[i].n);
	if (n_groups > s->n_groups && s->n_groups > 0)
		printf("\n  ... and %zu groups more (show --groups N)\n", n_groups - s->n_groups);
	free(member);
	free(groups);
	return NB_OK;
}

/* ---- series ---------------------------------------------------------------------------------- */

static void print_title_of(const shown *s, nb_str id)
{
	const found_article *a = article_by_id(&s->list, id);

	printf("    %s  ", printable(id));
	print_cut(stdout, a ? a->title : (nb_str){ 0 }, s->width - 6 - display_width(id));
	printf("\n");
}

/* Pairs that the series guard kept apart. */
static nb_status print_pair(void *context, const table *t)
{
	const shown *s = context;

	if (!str_equal_c(table_text(t, "relation"), "series"))
		return NB_OK;
	printf("\n  Jaccard %.2f, %.0f of %.0f facts differ\n", table_real(t, "jaccard"),
	       table_real(t, "numbers_differ") + table_real(t, "names_differ"),
	       table_real(t, "numbers") + table_real(t, "names"));
	print_title_of(s, table_text(t, "a"));
	print_title_of(s, table_text(t, "b"));
	return NB_OK;
}

nb_status print_series(const shown *s, nb_error *err)
{
	if (!s->series || s->stored.n_series_edges == 0)
		return NB_OK;
	printf("\nReports of a series, kept apart (the words agree, numbers or names differ):\n");
	return table_each(s->out, "edges.jsonl.zst", print_pair, (void *)s, err);
}
