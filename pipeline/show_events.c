/* SPDX-License-Identifier: MIT
 *
 * show_events.c - the largest events: title, how many reports in which languages, who was first,
 * who followed when, who copied.
 */
#include <stdlib.h>

#include "display.h"
#include "show.h"

#define AGENCIES_SHOWN 6
#define COPIERS_SHOWN  5

double weight_of(const table *t)
{
	nb_node languages, language;
	double n = 0;
	nb_walk walk;
	nb_str key;

	if (table_field(t, "languages", &languages) && nb_walk_begin(&languages, &walk))
		while (nb_walk_next(&walk, &key, &language))
			n++;
	return table_real(t, "n_articles") * (n > 1 ? n : 1);
}

nb_str title_for(const char *lang, const nb_node *event_row)
{
	nb_str title = node_text(event_row, "title"), key;
	nb_node titles, one;
	bool found = false;
	nb_walk walk;

	if (!node_member(event_row, "titles", &titles) || !nb_walk_begin(&titles, &walk))
		return title;
	while (!found && nb_walk_next(&walk, &key, &one)) {
		nb_str its = node_text(&one, "lang");

		found = str_equal_c(its, lang);
		if (found || str_equal_c(its, "en"))
			title = node_text(&one, "title");
	}
	return title;
}

/* ---- loading --------------------------------------------------------------------------------- */

static int by_event(const void *x, const void *y)
{
	return str_compare(((const wanted_title *)x)->event, ((const wanted_title *)y)->event);
}

static nb_status take_event(void *context, const table *t)
{
	shown *s = context;
	wanted_title key = { .event = table_text(t, "id") }, *wanted = NULL;
	nb_status status = NB_OK;

	if (s->n_wanted > 0)
		wanted = bsearch(&key, s->wanted, s->n_wanted, sizeof(key), by_event);
	if (wanted)
		status = nb_arena_str(&s->text, title_for(s->lang, &t->row), &wanted->title);
	if (status == NB_OK && table_real(t, "n_reports") > 1)
		status = top_rows_offer(&s->events, t, weight_of(t));
	return status;
}

nb_status load_events(shown *s, nb_error *err)
{
	if (s->n_wanted > 1)
		qsort(s->wanted, s->n_wanted, sizeof(*s->wanted), by_event);
	return table_each(s->out, "events.jsonl.zst", take_event, s, err);
}

/* ---- printing -------------------------------------------------------------------------------- */

void print_languages(const nb_node *row)
{
	nb_node languages, one;
	const char *comma = "";
	nb_walk walk;
	nb_str key;

	if (!node_member(row, "languages", &languages) || !nb_walk_begin(&languages, &walk))
		return;
	while (nb_walk_next(&walk, &key, &one)) {
		printf("%s%s %.0f", comma, printable(node_text(&one, "lang")),
		       node_real(&one, "n"));
		comma = ", ";
	}
}

/* When an agency came: the lag, or what is known without one. */
static void write_when(FILE *to, const nb_node *agency)
{
	nb_node lag;
	int64_t time;
	char text[HUMAN_TEXT];

	if (node_member(agency, "lag_s", &lag) && nb_node_kind_of(&lag) == NB_NODE_NUMBER)
		fputs(human_lag((int64_t)node_number(&lag), text), to);
	else if (nb_date_parse(node_text(agency, "first_at"), &time))
		fputs(human_time(time, true, text), to);
	else
		fputs("no time", to);
}

/* The agencies that came after the first report. */
static void write_followers(FILE *to, const nb_node *row, nb_str first)
{
	nb_node agencies, one;
	const char *lead = "; then ";
	size_t n = 0;
	nb_walk walk;
	nb_str key;

	if (!node_member(row, "agencies", &agencies) || !nb_walk_begin(&agencies, &walk))
		return;
	while (nb_walk_next(&walk, &key, &one)) {
		nb_str agency = node_text(&one, "agency");

		if (str_equal(agency, first) || n++ >= AGENCIES_SHOWN)
			continue;
		fprintf(to, "%s%s ", lead, printable(agency));
		write_when(to, &one);
		lead = ", ";
	}
	if (n > AGENCIES_SHOWN)
		fprintf(to, " and %zu more", n - AGENCIES_SHOWN);
}

/* Who was first, and who followed when. */
static void write_who(FILE *to, const shown *s, const nb_node *row)
{
	nb_node first;
	const found_article *a;
	char text[HUMAN_TEXT];
	nb_str who;

	if (!node_member(row, "first", &first))
		return;
	a = article_by_id(&s->list, node_text(&first, "id"));
	who = node_text(&first, "agency");
	if (!who.ptr)
		who = node_text(&first, "source");
	fprintf(to, "first %s, %s", printable(who.ptr ? who : node_text(&first, "id")),
		human_time(a ? article_time(a) : NB_NO_TIME, a && a->day_only, text));
	write_followers(to, row, who);
}

/* Where its copies stand. */
static void write_copiers(FILE *to, const shown *s, const nb_node *row)
{
	nb_node members, one;
	size_t n = 0;
	nb_walk walk;
	nb_str key;

	if (!node_member(row, "members", &members) || !nb_walk_begin(&members, &walk))
		return;
	while (nb_walk_next(&walk, &key, &one)) {
		const found_article *a;

		if (!str_equal_c(node_text(&one, "role"), "copy"))
			continue;
		a = article_by_id(&s->list, node_text(&one, "id"));
		if (n++ < COPIERS_SHOWN)
			fprintf(to, "%s%s", n == 1 ? "copied by " : ", ",
				printable(a && a->source.ptr ? a->source : node_text(&one, "id")));
	}
	if (n > COPIERS_SHOWN)
		fprintf(to, " and %zu more", n - COPIERS_SHOWN);
}

/* What `write` says of an event, in as many lines as it takes. */
static void print_part(const shown *s, const nb_node *row,
		       void (*write)(FILE *, const shown *, const nb_node *))
{
	char *text = NULL;
	size_t len = 0;
	FILE *to = open_memstream(&text, &len);

	if (!to)
		return;
	write(to, s, row);
	fclose(to);
	print_wrapped(stdout, (nb_str){ text, len }, 4, s->width);
	free(text);
}

static void print_event(const shown *s, const nb_node *row)
{
	double n = node_real(row, "n_articles"), reports = node_real(row, "n_reports");

	printf("\n  ");
	print_cut(stdout, title_for(s->lang, row), s->width - 2);
	printf("\n    %.0f reports", reports);
	if (n > reports)
		printf(", %.0f cop%s", n - reports, n - reports > 1 ? "ies" : "y");
	printf("; ");
	print_languages(row);
	printf("\n");
	print_part(s, row, write_who);
	print_part(s, row, write_copiers);
}

nb_status print_events(const shown *s)
{
	nb_status status = NB_OK;
	nb_node row;

	if (s->events.n > 0)
		printf("\nEvents (most articles x languages first):\n");
	for (size_t i = 0; status == NB_OK && i < s->events.n; i++) {
		status = top_rows_get(&s->events, i, s->doc, &row);
		if (status == NB_OK)
			print_event(s, &row);
	}
	if (s->stored.n_events > s->events.n && s->events.n > 0)
		printf("\n  ... and %llu events more (show --events N)\n",
		       (unsigned long long)(s->stored.n_events - s->events.n));
	return status;
}
