/* SPDX-License-Identifier: MIT
 *
 * cmd_explain.c - newsbraid explain: why articles are, or are not, together.
 */
#include <string.h>

#include "base/status.h"
#include "display.h"
#include "explain.h"
#include "log.h"
#include "options.h"

static void explanation_init(void *fresh)
{
	explanation *e = fresh;

	*e = (explanation){ .width = terminal_width() };
}

static const option_row options[] = {
	OPTION("full", 0, IS_ON, explanation, full, NULL,
	       "whole texts and lists; else long ones are shortened"),
	{ .name = "width", .option = "width", IS_COUNT(40, 1000), OPTION_FIELD(explanation, width),
	  .arg = "N", .unit = "columns", .fallback = "the terminal's, or 100",
	  .help = "how wide to print" },
	COMMON_OPTIONS,
};

static int run_command(int argc, char **argv);

const command command_explain = {
	.name = "explain",
	.summary = "why these articles are, or are not, copies, one event, one storyline",
	.operands = "OUT ID [ID2]",
	.examples = "  newsbraid explain out anp-123              its copy group, event, storyline, pairs\n"
		    "  newsbraid explain out anp-123 nos-456      what holds these two together\n",
	.options = options,
	.size = sizeof(explanation),
	.init = explanation_init,
	.run = run_command,
};

static nb_status take_text(void *context, const table *t)
{
	explanation *e = context;
	nb_str id = table_text(t, "id");
	nb_status status = NB_OK;

	for (size_t i = 0; status == NB_OK && i < 2; i++)
		if (str_equal(id, e->id[i]))
			status = nb_arena_str(&e->text, table_text(t, "text"), &e->body[i]);
	return status == NB_OK && e->body[0].ptr && e->body[1].ptr ? NB_ESTOP : status;
}

static nb_status explain_one(explanation *e, nb_error *err)
{
	nb_status status;

	print_article(e, "", e->article[0]);
	status = explain_page(e, err);
	NB_TRY(status, explain_group(e, err));
	return status == NB_OK ? explain_event(e, err) : status;
}

static nb_status explain_two(explanation *e, nb_error *err)
{
	nb_status status = has_texts(e) ? table_each(e->out, "texts.jsonl.zst", take_text, e, err)
					: NB_OK;
	bool alike = false;

	if (status != NB_OK)
		return status;
	print_article(e, "left   ", e->article[0]);
	print_article(e, "right  ", e->article[1]);
	status = explain_copies(e, &alike, err);
	if (status == NB_OK && !str_equal(e->article[0]->copy, e->article[1]->copy))
		status = explain_link(e, err);
	if (status == NB_OK && !alike)
		explain_beginnings(e);
	return status;
}

/* ---------------------------------------------------------------------------------------------- */

/* Whether to go on; if not, *code says how to end. */
static bool parse(explanation *e, int argc, char **argv, int *code)
{
	int first;

	if (!options_read(&command_explain, argc, argv, e, &first, code))
		return false;
	if (argc - first != 2 && argc - first != 3) {
		*code = usage_error(&command_explain, "an output and one or two ids are needed");
		return false;
	}
	e->out = argv[first];
	e->n_ids = (size_t)(argc - first - 1);
	for (size_t i = 0; i < e->n_ids; i++)
		e->id[i] = (nb_str){ argv[first + 1 + (int)i], strlen(argv[first + 1 + (int)i]) };
	return true;
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
	explanation e;
	nb_error err = { 0 };
	nb_status status;
	int code;

	if (!parse(&e, argc, argv, &code))
		return code;
	status = stored_load(&e.stored, e.out, &err);
	NB_TRY(status, articles_load(&e.list, e.out, ARTICLES_WHOLE, &err));
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
