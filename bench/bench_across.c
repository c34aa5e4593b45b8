/* SPDX-License-Identifier: MIT
 *
 * bench_across.c - how well the words of translations align, by language: the gains of
 * src/across/translation_baseline.c, retrieval of the translation among all texts of a language, and what names in
 * common weigh in src/events/cross_linkage.c.
 *
 *     make bench-across [ARGS=--json]
 *
 * Sets are ntrex, its first 300 characters, and udpud of the data folder: human translations, so
 * the easy case; a real event is told by two reporters who have not read each other.  Those are in
 * the sample night.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench.h"
#include "events/language_clusters.h"
#include "across/concept_align.h"
#include "across/translation_baseline.h"
#include "tools/train/labelled.h"
#include "tools/train/named.h"

#define LEAST   0.15 /* share of the links that names are weighed by */
#define LEXICON "build/data/newsbraid.lex"
#define MOST    32u /* languages */

typedef struct translated_set {
	const char *name, *path;
	labelled_how how;
} translated_set;

static const translated_set sets[] = {
	{ "ntrex", "../shared/data/ntrex.jsonl.zst", { 0 } },
	{ "ntrex_300", "../shared/data/ntrex.jsonl.zst", { .characters = 300 } },
	{ "udpud", "../shared/data/udpud.jsonl.zst", { 0 } },
	{ "sample", "build/bench/sample.jsonl", { 0 } },
};

/* Sums over the pairs of texts of two languages. */
typedef struct language_pair {
	double right, wrong; /* alignment of translations, of other texts */
	uint32_t n_right, n_wrong, n_first; /* n_first: translations that come first */
} language_pair;

typedef struct measured {
	labelled gold;
	nb_concept_vectors vectors;
	language_pair pair[MOST][MOST];
} measured;

static void die(const char *what)
{
	fprintf(stderr, "bench_across: %s\n", what);
	exit(1);
}

/* ---- alignments ------------------------------------------------------------------------------ */

/* One text against all of other languages. */
static void compare_text(measured *m, nb_concept_aligner *x, uint32_t a)
{
	const nb_word_lists *l = &m->vectors.of;
	float best[MOST] = { 0 };
	uint32_t first[MOST];

	memset(first, 0xff, sizeof(first));
	if (nb_concept_align_from(x, l, a) != NB_OK)
		die("no memory");
	for (uint32_t b = 0; b < l->n; b++) {
		language_pair *p = &m->pair[l->lang[a]][l->lang[b]];
		float score;

		if (l->lang[a] == l->lang[b])
			continue;
		score = nb_concept_align_to(x, l, b).score;
		if (score > best[l->lang[b]]) {
			best[l->lang[b]] = score;
			first[l->lang[b]] = b;
		}
		if (m->gold.event[a] == m->gold.event[b]) {
			p->right += score;
			p->n_right++;
		} else {
			p->wrong += score;
			p->n_wrong++;
		}
	}
	for (uint32_t k = 0; k < m->vectors.n_languages; k++)
		m->pair[l->lang[a]][k].n_first +=
			first[k] < l->n && m->gold.event[first[k]] == m->gold.event[a];
}

static void compare_all(measured *m)
{
	nb_concept_aligner *x = nb_concept_aligner_new(&m->vectors);

	if (!x)
		die("no memory");
	for (uint32_t a = 0; a < m->vectors.of.n; a++)
		compare_text(m, x, a);
	nb_concept_aligner_free(x);
}

/* ---- gains ----------------------------------------------------------------------------------- */

static double mean(const language_pair *p)
{
	return p->n_right ? p->right / p->n_right : 0;
}

/* Shares whose products are nearest to the mean alignments: least squares of logarithms, one
 * language after the other. */
static void fit_shares(const measured *m, double share[MOST])
{
	uint32_t n = m->vectors.n_languages;

	for (uint32_t a = 0; a < n; a++)
		share[a] = 0.6;
	for (int round = 0; round < 100; round++) {
		for (uint32_t a = 0; a < n; a++) {
			double sum = 0, pairs = 0;

			for (uint32_t b = 0; b < n; b++) {
				if (mean(&m->pair[a][b]) <= 0)
					continue;
				sum += log(mean(&m->pair[a][b])) - log(share[b]);
				pairs++;
			}
			if (pairs > 0)
				share[a] = exp(sum / pairs);
		}
	}
}

static void report_language(bench *b, const measured *m, const char *set, uint32_t a, double share)
{
	double right = 0, wrong = 0, first = 0, n = 0, n_wrong = 0;
	char metric[96];

	for (uint32_t k = 0; k < m->vectors.n_languages; k++) {
		const language_pair *p = &m->pair[a][k];

		right += p->right;
		n += p->n_right;
		wrong += p->wrong;
		n_wrong += p->n_wrong;
		first += p->n_first;
	}
	if (n == 0)
		return;
	bench_say(b, "  %-10s %-3s share %.3f  translations %.3f  others %.3f  first %.4f\n", set,
		  m->vectors.language[a], share, right / n, wrong / n_wrong, first / n);
	snprintf(metric, sizeof(metric), "%s_first_%s", set, m->vectors.language[a]);
	bench_value(b, metric, NULL, "share", first / n);
}

/* ---- names ----------------------------------------------------------------------------------- */

static void list_links(const measured *m, const uint32_t *article, unsigned set, named_rows *rows)
{
	nb_language_clusters single;
	nb_cluster_links links;
	nb_events_options options;
	int bad = nb_language_clusters_single(&m->gold.night, &m->vectors, article, &single);

	nb_events_options_init(&options);
	if (bad || nb_language_clusters_compare(&m->vectors, &single, &options, &links))
		die("no memory");
	for (size_t k = 0; k < links.n; k++) {
		const nb_cluster_link *l = &links.link[k];
		double share = l->score / l->gain *
			       nb_language_clusters_discount(&single, &options, l->a, l->b);

		if (m->vectors.of.lang[l->a] == m->vectors.of.lang[l->b] ||
		    l->score < LEAST * l->gain)
			continue;
		if (named_add(rows, set, share, l->n_names,
			      m->gold.event[l->a] == m->gold.event[l->b]))
			die("no memory");
	}
	free(links.link);
	nb_language_clusters_release(&single);
}

/* Every set by what the others taught, and at the end what all of them teach. */
static void report_names(bench *b, const named_rows *rows)
{
	double c[NAMED_TERMS];

	bench_say(b, "\n  names in common: log-odds = a + b share + c root(names, 3 at most)\n");
	for (unsigned set = 0; set <= sizeof(sets) / sizeof(*sets); set++) {
		bool all = set == sizeof(sets) / sizeof(*sets);

		named_fit(rows, set, c);
		if (!all && rows->of_set[set])
			bench_say(b, "  %-10s best F1 of its links by share %.3f, by the model of the others %.3f\n",
				  sets[set].name, named_f1(rows, set, c, false),
				  named_f1(rows, set, c, true));
		if (all)
			bench_say(b, "  all sets: a %.2f b %.2f c %.2f, c / b %.3f\n", c[0], c[1], c[2],
				  c[2] / c[1]);
	}
	bench_value(b, "names_weight", NULL, "share", c[2] / c[1]);
}

static void measure(bench *b, unsigned at, const nb_lexicon *lexicon, named_rows *rows)
{
	const translated_set *set = &sets[at];
	measured *m = calloc(1, sizeof(*m));
	double share[MOST] = { 0 };
	uint32_t *article;
	nb_error err = { 0 };
	int found;

	found = m ? labelled_load(set->path, &set->how, &m->gold) : -2;
	if (found == -1) {
		bench_say(b, "  %s: not here, left out\n", set->path);
		free(m);
		return;
	}
	article = malloc((m ? m->gold.night.n + 1u : 1u) * sizeof(*article));
	if (found < 0 || !article)
		die("cannot load a set");
	for (uint32_t i = 0; i < m->gold.night.n; i++)
		article[i] = i;
	if (nb_concept_vectors_make(&m->gold.night, lexicon, article, m->gold.night.n, &m->vectors,
				    &err) != NB_OK)
		die(err.reason);
	if (m->vectors.n_languages > MOST)
		die("too many languages");
	compare_all(m);
	fit_shares(m, share);
	for (uint32_t a = 0; a < m->vectors.n_languages; a++)
		report_language(b, m, set->name, a, share[a]);
	list_links(m, article, at, rows);
	nb_concept_vectors_release(&m->vectors);
	labelled_release(&m->gold);
	free(article);
	free(m);
}

int main(int argc, char **argv)
{
	nb_lexicon *lexicon = NULL;
	named_rows rows = { 0 };
	nb_error err = { 0 };
	bench b;

	bench_start(&b, "across", argc, argv);
	if (nb_lexicon_open(LEXICON, &lexicon, &err) != NB_OK)
		bench_say(&b, "  no lexicon (%s): names and numbers only\n", LEXICON);
	for (size_t i = 0; i < sizeof(sets) / sizeof(*sets); i++)
		measure(&b, (unsigned)i, lexicon, &rows);
	report_names(&b, &rows);
	named_release(&rows);
	nb_lexicon_free(lexicon);
	return bench_end(&b);
}
