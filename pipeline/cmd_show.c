/* SPDX-License-Identifier: MIT
 *
 * cmd_show.c - newsbraid show: what an output holds, for a person.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/status.h"
#include "display.h"
#include "log.h"
#include "options.h"
#include "show.h"

static void shown_init(void *fresh)
{
	shown *s = fresh;

	*s = (shown){ .n_groups = 2, .width = terminal_width() };
	s->lang = reader_language(s->locale);
	s->storylines.most = 3;
	s->events.most = 3;
}

#define MOST_LISTED 1000000

static const option_row options[] = {
	OPTION("storylines", 's', IS_COUNT(0, MOST_LISTED), shown, storylines.most, "N",
	       "storylines to list, largest first"),
	OPTION("events", 'e', IS_COUNT(0, MOST_LISTED), shown, events.most, "N",
	       "events to list, largest first"),
	OPTION("groups", 'n', IS_COUNT(0, MOST_LISTED), shown, n_groups, "N",
	       "copy groups to list, largest first"),
	OPTION("lang", 0, IS_TEXT("that of LANG"), shown, lang, "LL",
	       "titles in this language where there is one"),
	OPTION("series", 0, IS_ON, shown, series, NULL, "list the pairs that are reports of a series"),
	COMMON_OPTIONS,
};

static int run_command(int argc, char **argv);

const command command_show = {
	.name = "show",
	.summary = "what an output holds, for a person",
	.operands = "OUT",
	.examples = "  newsbraid show out\n"
		    "  newsbraid show out --events 100 --lang nl | less\n",
	.options = options,
	.size = sizeof(shown),
	.init = shown_init,
	.run = run_command,
};

/* ---- sums ------------------------------------------------------------------------------------ */

static int by_lang(const void *x, const void *y)
{
	return str_compare(*(const nb_str *)x, *(const nb_str *)y);
}

static nb_status count_languages(const article_list *list, size_t *n)
{
	nb_str *lang = malloc((list->n + 1) * sizeof(*lang));
	size_t n_known = 0;

	*n = 0;
	if (!lang)
		return NB_ENOMEM;
	for (size_t i = 0; i < list->n; i++)
		if (list->article[i].lang.ptr)
			lang[n_known++] = list->article[i].lang;
	if (n_known > 1)
		qsort(lang, n_known, sizeof(*lang), by_lang);
	for (size_t i = 0; i < n_known; i++)
		*n += i == 0 || !str_equal(lang[i], lang[i - 1]);
	free(lang);
	return NB_OK;
}

static void print_days(const article_list *list)
{
	const found_article *first = NULL, *last = NULL;

	for (size_t i = 0; i < list->n; i++) {
		const found_article *a = &list->article[i];

		if (!a->published_at.ptr)
			continue;
		first = !first || article_compare_time(a, first) < 0 ? a : first;
		last = !last || article_compare_time(a, last) > 0 ? a : last;
	}
	if (first)
		printf(", %.10s to %.10s", first->published_at.ptr, last->published_at.ptr);
}

static nb_status print_sums(const shown *s)
{
	const stored *m = &s->stored;
	size_t n_languages, n_unusable = 0;
	nb_status status = count_languages(&s->list, &n_languages);

	for (size_t i = 0; i < s->list.n; i++)
		n_unusable += !s->list.article[i].usable;
	printf("%" PRIu64 " articles in %zu languages", m->n_articles, n_languages);
	print_days(&s->list);
	printf("; %" PRIu64 " records rejected\n", m->n_rejects);
	printf("%" PRIu64 " copies in %" PRIu64 " groups, %" PRIu64
	       " articles are no copies; %" PRIu64 " pairs of a series\n",
	       m->n_copies, m->n_groups, m->n_articles - m->n_copies, m->n_series_edges);
	printf("%" PRIu64 " events of two reports and more, %" PRIu64
	       " across languages; %" PRIu64 " storylines\n",
	       m->n_events, m->n_across, m->n_storylines);
	if (n_unusable)
		printf("%zu articles withheld or taken back by their senders\n", n_unusable);
	return status;
}

/* ---------------------------------------------------------------------------------------------- */

static nb_status show(shown *s, nb_error *err)
{
	nb_status status = stored_load(&s->stored, s->out, err);

	NB_TRY(status, articles_load(&s->list, s->out, ARTICLES_WHOLE, err));
	NB_TRY(status, load_storylines(s, err));
	NB_TRY(status, load_events(s, err));
	if (status != NB_OK)
		return status;
	status = print_sums(s);
	NB_TRY(status, print_storylines(s));
	NB_TRY(status, print_events(s));
	NB_TRY(status, print_groups(s));
	return status == NB_OK ? print_series(s, err) : nb_fail(err, status, s->out, "no memory");
}

static void shown_release(shown *s)
{
	articles_release(&s->list);
	top_rows_release(&s->events);
	top_rows_release(&s->storylines);
	free(s->wanted);
	nb_arena_release(&s->text);
	nb_doc_free(s->doc);
}

static int run_command(int argc, char **argv)
{
	shown s;
	nb_error err = { 0 };
	int first, code;

	if (!options_read(&command_show, argc, argv, &s, &first, &code))
		return code;
	if (argc - first != 1)
		return usage_error(&command_show, "one output is needed");
	if (!is_language(s.lang))
		return usage_error(&command_show, "--lang: '%s' is no code of two letters", s.lang);
	s.out = argv[first];
	s.doc = nb_doc_new(16);
	if (!s.doc || show(&s, &err) != NB_OK)
		code = log_failure("cannot show", &err);
	shown_release(&s);
	return code;
}
