/* SPDX-License-Identifier: MIT
 *
 * bench_lexicon.c - what the lexicon is worth: speed of nb_concepts_text, and whether translations
 * find one another among all documents of a set.
 *
 *     make bench-lexicon                          every language against English
 *     make bench-lexicon ARGS=--pairs             every two languages
 *     make bench-lexicon ARGS=--missed            and what was not found
 *
 * Sets are ntrex (whole, and its first 300 letters) and udpud of the data folder: translations, so
 * the figures are a ceiling for reports of one event.
 */
#include <stdio.h>
#include <string.h>

#include "bench.h"
#include "translations.h"

#define LETTERS_ALL SIZE_MAX

static const char *const lexicon_path = "build/data/newsbraid.lex";

typedef struct speed {
	const nb_lexicon *lexicon;
	const side *side;
	nb_concepts c;
} speed;

static void make_concepts(void *context)
{
	speed *s = context;

	for (size_t i = 0; i < s->side->n_docs; i++)
		if (nb_concepts_text(&s->c, s->lexicon, s->side->lang, s->side->text[i],
				     s->side->len[i]) == NB_OK)
			bench_sink(s->c.n_concepts);
}

static void measure_speed(bench *b, const nb_lexicon *lexicon, const sides *set)
{
	for (size_t i = 0; i < set->n; i++) {
		speed s = { .lexicon = lexicon, .side = &set->side[i] };
		char name[32];
		double bytes = 0;

		for (size_t d = 0; d < s.side->n_docs; d++)
			bytes += (double)s.side->len[d];
		snprintf(name, sizeof(name), "concepts_%s", s.side->lang);
		bench_report(b, &(bench_metric){ .metric = name, .unit = "bytes/s", .work = bytes },
			     bench_run(b, make_concepts, &s));
		nb_concepts_release(&s.c);
	}
}

static void say_missed(const bench *b, const side *x, const side *y, const retrieval *r)
{
	for (size_t i = 0; i < r->n_missed; i++)
		bench_say(b, "    %s: %s found %s\n", x->lang, x->id[r->missed[i][0]],
			  y->id[r->missed[i][1]]);
}

static bool option(const bench *b, const char *name)
{
	for (int i = 1; i < b->argc; i++)
		if (strcmp(b->argv[i], name) == 0)
			return true;
	return false;
}

/* Chinese and Japanese say in 126 characters what takes English 300. */
static size_t letters_of(const char *lang, size_t letters)
{
	bool dense = strcmp(lang, "zh") == 0 || strcmp(lang, "ja") == 0;

	return dense && letters != LETTERS_ALL ? letters * 42 / 100 : letters;
}

static void measure_set(bench *b, const nb_lexicon *lexicon, sides *set, const char *name,
			size_t letters)
{
	double at_one = 0, gain = 0;
	size_t n = 0;

	for (size_t i = 0; i < set->n; i++)
		side_make(&set->side[i], lexicon, letters_of(set->side[i].lang, letters));
	bench_say(b, "\n%s%s\n  pair    P@1   gain  wrong  best F  known\n", name,
		  lexicon ? "" : ", no lexicon");
	for (size_t i = 0; i < set->n; i++)
		for (size_t k = i + 1; k < set->n; k++) {
			const side *x = &set->side[i], *y = &set->side[k];
			bool english = strcmp(x->lang, "en") == 0 || strcmp(y->lang, "en") == 0;
			retrieval r;

			if (!english && !option(b, "--pairs"))
				continue;
			if (strcmp(x->lang, "en") == 0)
				x = &set->side[k], y = &set->side[i];
			r = retrieve(x, y);
			bench_say(b, "  %s-%s  %.3f  %.3f  %.3f   %.3f   %.3f\n", x->lang, y->lang,
				  r.at_one, r.gain, r.wrong, r.f, x->known);
			if (option(b, "--missed"))
				say_missed(b, x, y, &r);
			at_one += english ? r.at_one : 0;
			gain += english ? r.gain : 0;
			n += english;
		}
	bench_value(b, "p_at_1", name, "share", at_one / (double)n);
	bench_value(b, "gain", name, "share", gain / (double)n);
}

int main(int argc, char **argv)
{
	nb_lexicon *lexicon = NULL;
	sides ntrex, pud;
	nb_error err;
	bench b;

	bench_start(&b, "lexicon", argc, argv);
	if (nb_lexicon_open(lexicon_path, &lexicon, &err) != NB_OK) {
		fprintf(stderr, "bench_lexicon: %s: %s\n", lexicon_path, err.reason);
		return 1;
	}
	if (!sides_open(&ntrex, "../shared/data/ntrex.jsonl.zst") ||
	    !sides_open(&pud, "../shared/data/udpud.jsonl.zst")) {
		fprintf(stderr, "bench_lexicon: ../shared/data has no ntrex and udpud: skipped\n");
		return 0;
	}
	if (!option(&b, "--quality"))
		measure_speed(&b, lexicon, &ntrex);
	measure_set(&b, lexicon, &ntrex, "ntrex", LETTERS_ALL);
	measure_set(&b, lexicon, &ntrex, "ntrex-300", 300);
	measure_set(&b, lexicon, &pud, "udpud", LETTERS_ALL);
	if (!option(&b, "--quality"))
		measure_set(&b, NULL, &pud, "udpud-names", LETTERS_ALL);
	sides_release(&ntrex);
	sides_release(&pud);
	nb_lexicon_free(lexicon);
	return bench_end(&b);
}
