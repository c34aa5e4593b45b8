/* SPDX-License-Identifier: MIT
 *
 * cmd_explain.c - newsbraid explain: why articles are, or are not, copies.
 */
#include <inttypes.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "log.h"
#include "options.h"
#include "sidebyside.h"
#include "stored.h"
#include "tables.h"

enum { KEY_FULL = 256, KEY_WIDTH };

static const option_row options[] = {
	{ KEY_FULL, "full", NULL, "whole texts; else long shared passages are shortened" },
	{ KEY_WIDTH, "width", "N", "columns to print in [the terminal's, or 120]" },
	COMMON_OPTIONS,
};

static int run_command(int argc, char **argv);

const command command_explain = {
	.name = "explain",
	.summary = "why these articles are, or are not, copies",
	.operands = "OUT ID [ID2]",
	.examples = "  newsbraid explain out anp-123              its group, and every pair it is in\n"
		    "  newsbraid explain out anp-123 nos-456      both texts side by side\n",
	.options = options,
	.run = run_command,
};

typedef struct explanation {
	const char *out;
	nb_str id[2];
	size_t n_ids;
	bool full;
	size_t width;
	stored stored;
	article_list list;
	const found_article *article[2];
	nb_arena text;
	nb_str body[2]; /* the texts */
	bool has_texts;
} explanation;

static void print_article(const char *lead, const found_article *a)
{
	nb_str who = a->agency.ptr ? a->agency : a->source, when = article_time_text(a);

	printf("%s%.*s  %.*s  %.*s  %.*s\n", lead, (int)a->id.len, a->id.ptr,
	       when.ptr ? (int)when.len : 7, when.ptr ? when.ptr : "no time", who.ptr ? (int)who.len : 1,
	       who.ptr ? who.ptr : "-", (int)a->title.len, a->title.ptr ? a->title.ptr : "");
}

/* ---- one article ----------------------------------------------------------------------------- */

static void print_group(const explanation *e)
{
	const found_article *me = e->article[0];
	size_t n = 0;

	for (size_t i = 0; i < e->list.n; i++)
		n += str_equal(e->list.article[i].copy, me->copy);
	if (n < 2) {
		printf("It is in no copy group.\n");
		return;
	}
	printf("Copy group %.*s, %zu articles; every member was compared with the leader:\n",
	       (int)me->copy.len, me->copy.ptr, n);
	for (size_t i = 0; i < e->list.n; i++)
		if (str_equal(e->list.article[i].copy, me->copy) && !e->list.article[i].copy_of.ptr)
			print_article("  leader  ", &e->list.article[i]);
	for (size_t i = 0; i < e->list.n; i++) {
		const found_article *a = &e->list.article[i];

		if (str_equal(a->copy, me->copy) && a->copy_of.ptr) {
			printf("  %.4f  ", a->score);
			print_article("", a);
		}
	}
}

static void print_edge(const table *t, nb_str other)
{
	nb_str relation = table_text(t, "relation"), method = table_text(t, "method");
	double facts = table_real(t, "numbers") + table_real(t, "names");
	double differ = table_real(t, "numbers_differ") + table_real(t, "names_differ");

	printf("  %-8.*s %.*s  (%.*s: Jaccard %.4f, containment %.4f", (int)relation.len,
	       relation.ptr, (int)other.len, other.ptr, (int)method.len, method.ptr,
	       table_real(t, "jaccard"), table_real(t, "containment"));
	if (facts > 0)
		printf("; %.0f of %.0f numbers and names differ", differ, facts);
	printf(")\n");
}

static nb_status print_edges(const explanation *e, nb_error *err)
{
	table t;
	bool more = true;
	size_t n = 0;
	nb_status status = table_open(&t, e->out, "edges.jsonl.zst", err);

	if (status != NB_OK && table_is_absent(err)) {
		more = false;
		status = NB_OK;
	}
	while (status == NB_OK && more) {
		nb_str a, b;

		status = table_next(&t, &more, err);
		if (status != NB_OK || !more)
			break;
		a = table_text(&t, "a");
		b = table_text(&t, "b");
		if (!str_equal(a, e->id[0]) && !str_equal(b, e->id[0]))
			continue;
		if (n++ == 0)
			printf("Verified pairs it is in:\n");
		print_edge(&t, str_equal(a, e->id[0]) ? b : a);
	}
	if (status == NB_OK && n == 0)
		printf("No article came near it: no pair with it reached a threshold.\n");
	table_close(&t);
	return status;
}

static nb_status explain_one(const explanation *e, nb_error *err)
{
	print_article("", e->article[0]);
	print_group(e);
	return print_edges(e, err);
}

/* ---- two articles ---------------------------------------------------------------------------- */

static nb_status load_texts(explanation *e, nb_error *err)
{
	table t;
	bool more = true;
	nb_status status = table_open(&t, e->out, "texts.jsonl.zst", err);

	if (status != NB_OK && table_is_absent(err)) {
		table_close(&t);
		return NB_OK;
	}
	while (status == NB_OK && more && !(e->body[0].ptr && e->body[1].ptr)) {
		nb_str id;

		status = table_next(&t, &more, err);
		if (status != NB_OK || !more)
			break;
		id = table_text(&t, "id");
		for (size_t i = 0; status == NB_OK && i < 2; i++)
			if (str_equal(id, e->id[i]))
				status = nb_arena_str(&e->text, table_text(&t, "text"),
						      &e->body[i]);
	}
	e->has_texts = e->body[0].ptr && e->body[1].ptr;
	table_close(&t);
	return status;
}

static const char *verdict(const nb_edge *edge)
{
	switch ((nb_relation)edge->relation) {
	case NB_RELATION_COPY:
		return edge->method == NB_METHOD_EXACT	   ? "Copies: the same words from end to end."
		       : edge->method == NB_METHOD_JACCARD ? "Copies: nearly the same text."
							   : "Copies: one text holds the other.";
	case NB_RELATION_TEMPLATE:
		return "No copies: two reports of a series. The words agree, but the numbers or names differ.";
	case NB_RELATION_SHORT:
		return "No copies: alike, but too short for that to mean anything.";
	default:
		return "No copies: they share too little.";
	}
}

static const char *compared(double x, double threshold)
{
	return x >= threshold ? ">=" : "<";
}

static int64_t apart(const explanation *e)
{
	const found_article *a = e->article[0], *b = e->article[1];

	return nb_apart(article_time(a), a->day_only, article_time(b), b->day_only);
}

static void print_scores(const explanation *e, const nb_edge *edge, const nb_prepared *a,
			 const nb_prepared *b)
{
	const nb_copy_params *p = &e->stored.copy;
	bool far_apart = apart(e) != NB_NO_TIME && apart(e) >= p->series_gap_s;

	printf("%s\n", verdict(edge));
	printf("  Jaccard      %.4f  (%s %.2f)   %" PRIu32 " shared shingles of %" PRIu32 " tokens\n",
	       edge->jaccard, compared(edge->jaccard, p->jaccard), p->jaccard, edge->shared,
	       e->stored.sketch.shingle_tokens);
	printf("  containment  %.4f  (%s %.2f)\n", edge->containment,
	       compared(edge->containment, p->containment), p->containment);
	printf("  facts        %" PRIu32 " of %" PRIu32 " numbers and %" PRIu32 " of %" PRIu32
	       " names differ (a series from %.0f %% of all or %.0f %% of the numbers%s)\n",
	       edge->numbers_differ, edge->numbers, edge->names_differ, edge->names,
	       100 * (far_apart ? p->series_facts_far : p->series_facts),
	       100 * (far_apart ? p->series_numbers_far : p->series_numbers),
	       far_apart ? ", these being published far apart" : "");
	printf("  tokens       %zu and %zu\n", nb_prepared_tokens(a), nb_prepared_tokens(b));
}

/* In one group without an edge of their own, they are there through the leader. */
static void print_membership(const explanation *e, const nb_edge *edge)
{
	const found_article *a = e->article[0], *b = e->article[1];

	if (!str_equal(a->copy, b->copy)) {
		if (edge->relation == NB_RELATION_COPY)
			printf("They are in different groups: each joined the earliest leader it was a copy of.\n");
		return;
	}
	if (edge->relation != NB_RELATION_COPY)
		printf("Both are in group %.*s: each is a copy of its leader.\n", (int)a->copy.len,
		       a->copy.ptr);
}

static int terminal_width(const explanation *e)
{
	struct winsize size;

	if (e->width)
		return (int)e->width;
	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
		return size.ws_col;
	return 120;
}

static nb_status compare(const explanation *e, nb_error *err)
{
	nb_prepared *a = NULL, *b = NULL;
	nb_tokens scratch = { 0 };
	nb_span span[NB_EDGE_SPANS];
	nb_edge edge;
	nb_status status = nb_prepare(&scratch, &e->stored.sketch, e->body[0], &a);

	if (status == NB_OK)
		status = nb_prepare(&scratch, &e->stored.sketch, e->body[1], &b);
	if (status == NB_OK)
		status = nb_verify_text(a, b, &e->stored.copy, apart(e), &edge, span);
	if (status == NB_OK) {
		print_scores(e, &edge, a, b);
		print_membership(e, &edge);
		printf("\n  = in both   | replaced   # other numbers or names   "
		       "< only left   > only right   ~ moved\n\n");
		print_side_by_side(stdout, a, b, terminal_width(e), e->full, log_colour(stdout));
	}
	nb_prepared_free(a);
	nb_prepared_free(b);
	nb_tokens_release(&scratch);
	return status == NB_OK ? NB_OK : nb_fail(err, status, e->out, "cannot compare");
}

static nb_status explain_two(explanation *e, nb_error *err)
{
	nb_status status = load_texts(e, err);

	if (status != NB_OK)
		return status;
	print_article("left   ", e->article[0]);
	print_article("right  ", e->article[1]);
	if (e->has_texts)
		return compare(e, err);
	printf("The output has no texts (run --no-texts); this is what its edges say:\n");
	return print_edges(e, err);
}

/* ---------------------------------------------------------------------------------------------- */

static int parse(explanation *e, int argc, char **argv, bool *help)
{
	const char *value;
	int key, first = argc;

	*help = false;
	while ((key = option_next(&command_explain, argc, argv, &value, &first)) != OPTIONS_END) {
		if (key == OPTIONS_HELP) {
			*help = true;
			return EXIT_DONE;
		}
		if (key == OPTIONS_BAD)
			return EXIT_USAGE;
		if (key == KEY_FULL)
			e->full = true;
		else if (!parse_count(value, 40, 1000, &e->width))
			return usage_error(&command_explain, "--width: '%s' is not 40 to 1000", value);
	}
	if (argc - first != 2 && argc - first != 3)
		return usage_error(&command_explain, "an output and one or two ids are needed");
	e->out = argv[first];
	e->n_ids = (size_t)(argc - first - 1);
	for (size_t i = 0; i < e->n_ids; i++)
		e->id[i] = (nb_str){ argv[first + 1 + (int)i], strlen(argv[first + 1 + (int)i]) };
	return EXIT_DONE;
}

static int find_articles(explanation *e)
{
	for (size_t i = 0; i < e->n_ids; i++) {
		e->article[i] = article_by_id(&e->list, e->id[i]);
		if (!e->article[i]) {
			log_error("%s has no article '%s'", e->out, e->id[i].ptr);
			return EXIT_FAILED;
		}
	}
	return EXIT_DONE;
}

static int run_command(int argc, char **argv)
{
	explanation e = { 0 };
	nb_error err = { 0 };
	nb_status status;
	bool help;
	int code = parse(&e, argc, argv, &help);

	if (code != EXIT_DONE || help)
		return code;
	setlocale(LC_CTYPE, "C.UTF-8"); /* for the width of characters */
	status = stored_load(&e.stored, e.out, &err);
	if (status == NB_OK)
		status = articles_load(&e.list, e.out, &err);
	if (status == NB_OK) {
		code = find_articles(&e);
		if (code == EXIT_DONE)
			status = e.n_ids == 1 ? explain_one(&e, &err) : explain_two(&e, &err);
	}
	if (status != NB_OK)
		code = log_failure("cannot explain", &err);
	articles_release(&e.list);
	nb_arena_release(&e.text);
	return code;
}
