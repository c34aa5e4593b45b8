/* SPDX-License-Identifier: MIT
 *
 * cmd_show.c - newsbraid show: what an output holds, for a person.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "log.h"
#include "options.h"
#include "stored.h"
#include "tables.h"


static const option_row options[] = {
	{ 'n', "groups", "N", "copy groups to list, largest first [10]" },
	COMMON_OPTIONS,
};

static int run_command(int argc, char **argv);

const command command_show = {
	.name = "show",
	.summary = "what an output holds, for a person",
	.operands = "OUT",
	.examples = "  newsbraid show out\n"
		    "  newsbraid show out -n 100 | less\n",
	.options = options,
	.run = run_command,
};

#define MEMBERS_SHOWN 8
#define SERIES_SHOWN  5

/* One copy group: member[begin..begin + n) of the articles sorted by (group, time). */
typedef struct group {
	size_t begin, n;
} group;

/* A day alone comes behind the hours of that day, as in the numbering of the night. */
static int by_time(const found_article *a, const found_article *b)
{
	const size_t date = sizeof("2026-03-17") - 1;
	nb_str day_a = { a->published_at.ptr, date }, day_b = { b->published_at.ptr, date };

	if ((a->published_at.ptr == NULL) != (b->published_at.ptr == NULL))
		return a->published_at.ptr ? -1 : 1;
	if (a->published_at.ptr && a->day_only != b->day_only && str_equal(day_a, day_b))
		return a->day_only ? 1 : -1;
	return str_compare(a->published_at, b->published_at);
}

static int by_group(const void *x, const void *y)
{
	const found_article *a = *(const found_article *const *)x;
	const found_article *b = *(const found_article *const *)y;
	int c = str_compare(a->copy, b->copy);

	if (c)
		return c;
	if ((a->copy_of.ptr == NULL) != (b->copy_of.ptr == NULL))
		return a->copy_of.ptr ? 1 : -1; /* the leader first */
	c = by_time(a, b);
	return c ? c : str_compare(a->id, b->id);
}

static int larger_first(const void *x, const void *y)
{
	const group *a = x, *b = y;

	if (a->n != b->n)
		return a->n > b->n ? -1 : 1;
	return a->begin < b->begin ? -1 : a->begin > b->begin;
}

static void print_name(nb_str s, const char *otherwise)
{
	if (s.ptr)
		fwrite(s.ptr, 1, s.len, stdout);
	else
		fputs(otherwise, stdout);
}

static void print_member(const found_article *a)
{
	if (a->copy_of.ptr)
		printf("    %.2f  ", a->score);
	else
		printf("    first ");
	nb_str when = article_time_text(a);

	printf("%-20.*s", when.ptr ? (int)when.len : 7, when.ptr ? when.ptr : "no time");
	printf("  ");
	print_name(a->source, "-");
	if (a->agency.ptr && !str_equal(a->agency, a->source)) {
		printf(" / ");
		print_name(a->agency, "");
	}
	printf("  ");
	print_name(a->id, "");
	printf("\n");
}

static void print_group(const found_article *const *member, size_t n)
{
	printf("\n  %zu x  ", n);
	print_name(member[0]->title, "(no title)");
	printf("\n");
	for (size_t i = 0; i < n && i < MEMBERS_SHOWN; i++)
		print_member(member[i]);
	if (n > MEMBERS_SHOWN)
		printf("    ... and %zu more\n", n - MEMBERS_SHOWN);
}

static nb_status print_groups(const article_list *list, size_t most)
{
	const found_article **member = malloc((list->n + 1) * sizeof(*member));
	group *groups = malloc((list->n + 1) * sizeof(*groups));
	size_t n_groups = 0;

	if (!member || !groups) {
		free(member);
		free(groups);
		return NB_ENOMEM;
	}
	for (size_t i = 0; i < list->n; i++)
		member[i] = &list->article[i];
	qsort(member, list->n, sizeof(*member), by_group);
	for (size_t i = 0, j; i < list->n; i = j) {
		for (j = i; j < list->n && str_equal(member[i]->copy, member[j]->copy); j++)
			;
		if (j - i > 1)
			groups[n_groups++] = (group){ i, j - i };
	}
	qsort(groups, n_groups, sizeof(*groups), larger_first);
	if (n_groups > 0)
		printf("\nCopy groups (how like the first each is, when it came, where):\n");
	for (size_t i = 0; i < n_groups && i < most; i++)
		print_group(member + groups[i].begin, groups[i].n);
	if (n_groups > most)
		printf("\n  ... and %zu groups more (show -n %zu)\n", n_groups - most, n_groups);
	free(member);
	free(groups);
	return NB_OK;
}

static void print_title_of(const article_list *list, nb_str id)
{
	const found_article *a = article_by_id(list, id);

	printf("    %.*s  ", (int)id.len, id.ptr);
	print_name(a ? a->title : (nb_str){ 0 }, "");
	printf("\n");
}

/* Pairs that the template guard kept apart. */
static nb_status print_series(const char *out, const article_list *list, nb_error *err)
{
	table t;
	bool more = true;
	size_t n = 0;
	nb_status status = table_open(&t, out, "edges.jsonl.zst", err);

	if (status != NB_OK && table_is_absent(err)) {
		table_close(&t);
		return NB_OK;
	}
	while (status == NB_OK && more && n < SERIES_SHOWN) {
		status = table_next(&t, &more, err);
		if (status != NB_OK || !more ||
		    !str_equal(table_text(&t, "relation"), NB_STR("template")))
			continue;
		if (n++ == 0)
			printf("\nReports of a series, kept apart (the words agree, numbers or names differ):\n");
		printf("\n  Jaccard %.2f, %.0f of %.0f facts differ\n", table_real(&t, "jaccard"),
		       table_real(&t, "numbers_differ") + table_real(&t, "names_differ"),
		       table_real(&t, "numbers") + table_real(&t, "names"));
		print_title_of(list, table_text(&t, "a"));
		print_title_of(list, table_text(&t, "b"));
	}
	table_close(&t);
	return status;
}

static void print_sums(const stored *s)
{
	printf("%" PRIu64 " articles, %" PRIu64 " rejected records\n", s->n_articles, s->n_rejects);
	printf("%" PRIu64 " copies in %" PRIu64 " groups; %" PRIu64
	       " articles are not copies of an earlier one\n",
	       s->n_copies, s->n_groups, s->n_articles - s->n_copies);
	printf("%" PRIu64 " verified pairs of copies, %" PRIu64 " pairs of a series\n",
	       s->n_copy_edges, s->n_template_edges);
}

static nb_status show(const char *out, size_t n_groups, nb_error *err)
{
	stored s;
	article_list list = { 0 };
	nb_status status = stored_load(&s, out, err);

	if (status != NB_OK)
		return status;
	print_sums(&s);
	if (s.n_articles > 0)
		status = articles_load(&list, out, err);
	if (status == NB_OK)
		status = print_groups(&list, n_groups);
	if (status == NB_OK)
		status = print_series(out, &list, err);
	articles_release(&list);
	return status;
}

static int run_command(int argc, char **argv)
{
	nb_error err = { 0 };
	const char *value;
	size_t n_groups = 10;
	int key, first = argc;

	while ((key = option_next(&command_show, argc, argv, &value, &first)) != OPTIONS_END) {
		if (key == OPTIONS_HELP)
			return EXIT_DONE;
		if (key == OPTIONS_BAD)
			return EXIT_USAGE;
		if (!parse_count(value, 0, SIZE_MAX, &n_groups))
			return usage_error(&command_show, "--groups: '%s' is no count", value);
	}
	if (argc - first != 1)
		return usage_error(&command_show, "one output is needed");
	if (show(argv[first], n_groups, &err) != NB_OK)
		return log_failure("cannot show", &err);
	return EXIT_DONE;
}
