/* SPDX-License-Identifier: MIT
 *
 * cmd_eval.c - newsbraid eval: an output against gold labels.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "log.h"
#include "newsbraid/agreement.h"
#include "newsbraid/json.h"
#include "options.h"
#include "output_info.h"
#include "tables.h"
#include "worst_clusters.h"

static const char *const labels[] = { "copy", "event", "storyline" };

#define N_LABELS (sizeof(labels) / sizeof(*labels))

#define ALL_LABELS 0

typedef struct evaluation {
	const char *out, *gold;
	uint32_t only; /* ALL_LABELS, or the place of a label among labels[], from 1 */
	size_t worst;
	bool json;
	article_list found;
	nb_arena text;
	/* columns over the rows of GOLD that have the label */
	nb_str *id, *gold_label, *found_label, *lang;
	size_t n, capacity;
	size_t n_missing; /* ids that OUT does not have; each counts as a cluster of its own */
} evaluation;

static void evaluation_init(void *fresh)
{
	*(evaluation *)fresh = (evaluation){ .only = ALL_LABELS };
}

static const option_row options[] = {
	OPTION("label", 0, IS_CHOICE("all copy event storyline"), evaluation, only, "NAME",
	       "only this label; else all that GOLD has"),
	OPTION("worst", 0, IS_COUNT(0, 1000000), evaluation, worst, "N",
	       "list the N most harmful wrong joins and splits"),
	OPTION("json", 0, IS_ON, evaluation, json, NULL, "one JSON object a label"),
	COMMON_OPTIONS,
};

static int run_command(int argc, char **argv);

const command command_eval = {
	.name = "eval",
	.summary = "compare an output with gold labels",
	.operands = "OUT GOLD",
	.examples = "  newsbraid eval out gold.jsonl\n"
		    "  newsbraid eval out gold.jsonl.zst --label copy --worst 10\n"
		    "  newsbraid eval out gold.jsonl --json | jq .bcubed.f1\n",
	.options = options,
	.size = sizeof(evaluation),
	.init = evaluation_init,
	.run = run_command,
};

/* ---- columns --------------------------------------------------------------------------------- */

static nb_status reserve_row(evaluation *e)
{
	nb_str **column[] = { &e->id, &e->gold_label, &e->found_label, &e->lang };
	size_t capacity = e->capacity;

	for (size_t i = 0; i < 4; i++) {
		capacity = e->capacity;
		if (NB_GROW(*column[i], &capacity, e->n + 1) != NB_OK)
			return NB_ENOMEM;
	}
	e->capacity = capacity;
	return NB_OK;
}

/* Labels may be text or numbers. */
static nb_str label_of(const table *t, const char *key, char number[33])
{
	nb_node value;
	nb_str s;

	if (!table_field(t, key, &value))
		return (nb_str){ 0 };
	s = nb_node_string(&value);
	if (!s.ptr && nb_node_kind_of(&value) == NB_NODE_NUMBER)
		s = (nb_str){ number, nb_node_number(&value, number) };
	return s;
}

static nb_str found_label_of(const found_article *a, const char *label)
{
	return strcmp(label, "copy") == 0    ? a->copy
	       : strcmp(label, "event") == 0 ? a->event
					     : a->storyline;
}

static nb_status add_row(evaluation *e, const table *t, const char *label)
{
	char number[33], id_number[33];
	nb_str gold = label_of(t, label, number), id = label_of(t, "id", id_number);
	const found_article *a;
	nb_status status;

	if (!gold.ptr || !id.ptr)
		return NB_OK;
	status = reserve_row(e);
	NB_TRY(status, nb_arena_str(&e->text, gold, &e->gold_label[e->n]));
	NB_TRY(status, nb_arena_str(&e->text, id, &e->id[e->n]));
	NB_TRY(status, nb_arena_str(&e->text, table_text(t, "lang"), &e->lang[e->n]));
	if (status != NB_OK)
		return status;
	a = article_by_id(&e->found, id);
	e->found_label[e->n] = a ? found_label_of(a, label) : e->id[e->n];
	if (a && !e->lang[e->n].ptr)
		e->lang[e->n] = a->lang;
	e->n_missing += !a;
	e->n++;
	return NB_OK;
}

static nb_status load_gold(evaluation *e, const char *label, nb_error *err)
{
	table t;
	bool more = true;
	nb_status status = table_open(&t, NULL, e->gold, err);

	e->n = e->n_missing = 0;
	while (status == NB_OK && more) {
		status = table_next(&t, &more, err);
		if (status == NB_OK && more && add_row(e, &t, label) != NB_OK)
			status = nb_fail(err, NB_ENOMEM, e->gold, "cannot load");
	}
	table_close(&t);
	return status;
}

/* Dense numbers for strings: equal strings get equal numbers. */
typedef struct numbered {
	nb_str s;
	size_t at;
} numbered;

static int by_string(const void *x, const void *y)
{
	return str_compare(((const numbered *)x)->s, ((const numbered *)y)->s);
}

static nb_status number_strings(const nb_str *s, size_t n, uint32_t *out)
{
	numbered *sorted = malloc((n + 1) * sizeof(*sorted));
	uint32_t number = 0;

	if (!sorted)
		return NB_ENOMEM;
	for (size_t i = 0; i < n; i++)
		sorted[i] = (numbered){ s[i], i };
	qsort(sorted, n, sizeof(*sorted), by_string);
	for (size_t i = 0; i < n; i++) {
		number += i > 0 && !str_equal(sorted[i].s, sorted[i - 1].s);
		out[sorted[i].at] = number;
	}
	free(sorted);
	return NB_OK;
}

/* ---- telling --------------------------------------------------------------------------------- */

static void put_prf(nb_json *j, const char *key, nb_prf x)
{
	nb_json_key(j, key), nb_json_open(j, '{');
	nb_json_key(j, "p"), nb_json_real(j, x.p);
	nb_json_key(j, "r"), nb_json_real(j, x.r);
	nb_json_key(j, "f1"), nb_json_real(j, x.f1);
	nb_json_close(j, '}');
}

static void tell_json(const evaluation *e, const char *label, const nb_agreement *a)
{
	nb_json j = { 0 };

	nb_json_open(&j, '{');
	nb_json_key(&j, "label"), nb_json_cstring(&j, label);
	nb_json_key(&j, "articles"), nb_json_uint(&j, a->n);
	nb_json_key(&j, "missing"), nb_json_uint(&j, e->n_missing);
	nb_json_key(&j, "clusters"), nb_json_open(&j, '{');
	nb_json_key(&j, "gold"), nb_json_uint(&j, a->n_gold);
	nb_json_key(&j, "found"), nb_json_uint(&j, a->n_found);
	nb_json_close(&j, '}');
	put_prf(&j, "bcubed", a->bcubed);
	put_prf(&j, "pairwise", a->pairwise);
	nb_json_key(&j, "ari"), nb_json_real(&j, a->ari);
	put_prf(&j, "cross_language", a->cross_language);
	nb_json_close(&j, '}');
	nb_json_newline(&j);
	fwrite(j.text, 1, j.len, stdout);
	nb_json_release(&j);
}

static void tell_row(const char *name, nb_prf x)
{
	printf("  %-16s precision %.4f   recall %.4f   F1 %.4f\n", name, x.p, x.r, x.f1);
}

static void tell_text(const evaluation *e, const char *label, const nb_agreement *a)
{
	printf("%s: %zu articles, %zu clusters in gold, %zu found\n", label, a->n, a->n_gold,
	       a->n_found);
	if (e->n_missing)
		printf("  %zu articles of gold are not in the output; each counts as a cluster of its own\n",
		       e->n_missing);
	tell_row("BCubed", a->bcubed);
	tell_row("pairwise", a->pairwise);
	tell_row("cross-language", a->cross_language);
	printf("  %-16s %.4f\n", "adjusted Rand", a->ari);
}

/* ---- one label ------------------------------------------------------------------------------- */

static nb_status measure(evaluation *e, const char *label, nb_error *err)
{
	uint32_t *column = malloc((3 * e->n + 1) * sizeof(*column));
	uint32_t *gold = column, *found = column + e->n, *lang = column + 2 * e->n;
	nb_agreement a;
	nb_status status = column ? NB_OK : NB_ENOMEM;

	NB_TRY(status, number_strings(e->gold_label, e->n, gold));
	NB_TRY(status, number_strings(e->found_label, e->n, found));
	NB_TRY(status, number_strings(e->lang, e->n, lang));
	NB_TRY(status, nb_agreement_measure(gold, found, lang, e->n, &a));
	if (status == NB_OK) {
		if (e->json)
			tell_json(e, label, &a);
		else
			tell_text(e, label, &a);
		if (e->worst > 0)
			status = tell_worst(e->id, gold, found, e->n, e->worst, &e->found);
	}
	free(column);
	return status == NB_OK ? NB_OK : nb_fail(err, status, e->gold, "cannot compare");
}

/* The labels that gold has. */
static nb_status evaluate(evaluation *e, size_t *n_labels, nb_error *err)
{
	stored s;
	nb_status status = stored_load(&s, e->out, err);

	NB_TRY(status, articles_load(&e->found, e->out, ARTICLES_WHOLE, err));
	*n_labels = 0;
	for (size_t i = 0; status == NB_OK && i < N_LABELS; i++) {
		if (e->only != ALL_LABELS && e->only - 1 != i)
			continue;
		status = load_gold(e, labels[i], err);
		if (status != NB_OK || e->n == 0)
			continue;
		status = measure(e, labels[i], err);
		++*n_labels;
	}
	return status;
}

static void evaluation_release(evaluation *e)
{
	free(e->id);
	free(e->gold_label);
	free(e->found_label);
	free(e->lang);
	articles_release(&e->found);
	nb_arena_release(&e->text);
}

/* Whether to go on; if not, *code says how to end. */
static bool parse(evaluation *e, int argc, char **argv, int *code)
{
	int first;

	if (!options_read(&command_eval, argc, argv, e, &first, code))
		return false;
	if (argc - first != 2) {
		*code = usage_error(&command_eval,
				    "an output and a file of gold labels are needed");
		return false;
	}
	e->out = argv[first];
	e->gold = argv[first + 1];
	return true;
}

static int run_command(int argc, char **argv)
{
	evaluation e;
	nb_error err = { 0 };
	size_t n_labels;
	int code;

	if (!parse(&e, argc, argv, &code))
		return code;
	if (evaluate(&e, &n_labels, &err) != NB_OK) {
		code = log_failure("cannot evaluate", &err);
	} else if (n_labels == 0) {
		log_error("%s has no label that %s has%s%s", e.gold, e.out, e.only ? ": " : "",
			  e.only ? labels[e.only - 1] : "");
		code = EXIT_FAILED;
	}
	evaluation_release(&e);
	return code;
}
