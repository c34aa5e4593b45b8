/* SPDX-License-Identifier: MIT
 *
 * cross_evidence.c - see cross_evidence.h.
 */
#include "events/cross_evidence.h"

#include <math.h>
#include <stdlib.h>

#include "across/concept_align.h"
#include "across/translation_baseline.h"
#include "base/array.h"

/*
 * Where evidence_margin and evidence_weight of nb_events_options come from: mean disagreement that
 * is no evidence, and what the rest weighs in log-odds.  Sample night (event BCubed F1, pairs
 * across languages F1) and pairs across languages of ntrex, its first 300 characters and udpud,
 * `newsbraid run` and `eval` (before the scorer knew stop words, which gave .943 .939 .934 .919
 * .981 with what is set here):
 *     not asked      .877 .838   .634 .540 .702
 *     weight 3       .928 .924   .819 .842 .980   margin 0
 *     weight 12      .930 .926   .933 .917 .980   margin .2
 *     weight 12      .930 .923   .940 .920 .981   margin .1
 * Not counting a language in which the two counterparts were themselves found likely to be one
 * event: .933 .931   .726 .783 .977; the documents of ntrex are of one week, and where several of
 * them are about one affair the pair scorer says so in every language, gold does not.
 */

#define LANGUAGES 8u /* room; evidence_languages says how many are asked */

/* The report of another language that is nearest, and how near. */
typedef struct counterpart {
	uint32_t report;
	uint32_t lang;
	float share;
} counterpart;

/* The surest counterparts of a report, one a language, surest first. */
typedef struct counterparts {
	counterpart of[LANGUAGES];
	uint32_t n;
} counterparts;

typedef struct asking {
	const nb_concept_vectors *g;
	const nb_language_clusters *single; /* each report a part of its own */
	const nb_events_options *o;
	counterparts *known; /* [0..n reports) */
} asking;

/* ---- the nearest of every language ----------------------------------------------------------- */

static void take(counterparts *c, uint32_t most, counterpart one)
{
	uint32_t at = 0;

	while (at < c->n && c->of[at].lang != one.lang)
		at++;
	if (at < c->n && c->of[at].share >= one.share)
		return;
	if (at == c->n) {
		if (c->n == most && c->of[most - 1].share >= one.share)
			return;
		c->n += c->n < most;
		at = c->n - 1;
	}
	for (; at > 0 && c->of[at - 1].share < one.share; at--)
		c->of[at] = c->of[at - 1];
	c->of[at] = one;
}

static void take_link(asking *x, const nb_cluster_link *l)
{
	const uint8_t *lang = x->g->of.lang;
	float share = (float)(l->score / l->gain *
			      nb_language_clusters_discount(x->single, x->o, l->a, l->b));
	uint32_t most = x->o->evidence_languages;

	if (lang[l->a] == lang[l->b] || share < (float)x->o->evidence_sure)
		return;
	take(&x->known[l->a], most, (counterpart){ l->b, lang[l->b], share });
	take(&x->known[l->b], most, (counterpart){ l->a, lang[l->a], share });
}

static nb_status find_counterparts(asking *x, const nb_cluster_links *links)
{
	x->known = calloc((size_t)x->g->of.n + 1, sizeof(*x->known));
	if (!x->known)
		return NB_ENOMEM;
	for (size_t k = 0; k < links->n; k++)
		take_link(x, &links->link[k]);
	return NB_OK;
}

/* ---- asking ---------------------------------------------------------------------------------- */

static nb_status nearness(const asking *x, nb_concept_aligner *aligner, uint32_t a, uint32_t b,
			  double *share)
{
	const nb_word_lists *l = &x->g->of;
	nb_status status = nb_concept_align_from(aligner, l, a);

	if (status != NB_OK)
		return status;
	*share = nb_concept_align_to(aligner, l, b).score /
		 nb_translation_baseline(x->g->language[l->lang[a]], x->g->language[l->lang[b]]) *
		 nb_language_clusters_discount(x->single, x->o, a, b);
	*share = fmax(*share, x->o->evidence_far);
	return NB_OK;
}

/* How much nearer a and b are to their own counterparts than to each other's: the logarithm of the
 * mean ratio; 0 if they have the same, or the other's is as near. */
static nb_status disagreement(const asking *x, nb_concept_aligner *aligner, uint32_t a, uint32_t b,
			      counterpart of_a, counterpart of_b, double *out)
{
	double a_other, b_other;
	nb_status status = nearness(x, aligner, a, of_b.report, &a_other);

	NB_TRY(status, nearness(x, aligner, b, of_a.report, &b_other));
	if (status == NB_OK)
		*out = fmax(0, log(fmin(of_a.share, x->o->evidence_near) / a_other) +
				       log(fmin(of_b.share, x->o->evidence_near) / b_other)) /
		       2;
	return status;
}

/* Mean disagreement over the languages in which both have a counterpart. */
static nb_status ask(const asking *x, nb_concept_aligner *aligner, uint32_t a, uint32_t b,
		     double *out)
{
	const counterparts *ca = &x->known[a], *cb = &x->known[b];
	double sum = 0, one;
	uint32_t n = 0;

	for (uint32_t i = 0; i < ca->n; i++) {
		for (uint32_t k = 0; k < cb->n; k++) {
			nb_status status = NB_OK;

			if (ca->of[i].lang != cb->of[k].lang)
				continue;
			n++;
			if (ca->of[i].report == cb->of[k].report)
				continue;
			status = disagreement(x, aligner, a, b, ca->of[i], cb->of[k], &one);
			if (status != NB_OK)
				return status;
			sum += one;
		}
	}
	*out = n ? fmax(0, sum / n - x->o->evidence_margin) : 0;
	return NB_OK;
}

static nb_status lower(const asking *x, nb_concept_aligner *aligner, nb_link *l)
{
	double evidence = 0;
	bool joins = l->score >= (float)x->o->evidence_floor; /* less likely pairs never do */
	nb_status status = joins ? ask(x, aligner, l->a, l->b, &evidence) : NB_OK;

	if (status == NB_OK && evidence > 0)
		l->score =
			(float)(l->score / (l->score + (1 - l->score) * exp(x->o->evidence_weight *
									    evidence)));
	return status;
}

static nb_status lower_all(const asking *x, nb_link *link, size_t n)
{
	nb_status status = NB_OK;

#pragma omp parallel reduction(nb_worst : status)
	{
		nb_concept_aligner *aligner = nb_concept_aligner_new(x->g);
		nb_status mine = aligner ? NB_OK : NB_ENOMEM;

#pragma omp for schedule(dynamic, 1024)
		for (size_t k = 0; k < n; k++)
			if (mine == NB_OK)
				mine = lower(x, aligner, &link[k]);
		nb_concept_aligner_free(aligner);
		status = nb_worse(status, mine);
	}
	return status;
}

static bool one_language(const nb_concept_vectors *g)
{
	for (uint32_t i = 1; i < g->of.n; i++)
		if (g->of.lang[i] != g->of.lang[0])
			return false;
	return true;
}

nb_status nb_cross_evidence_weigh(const nb_concept_vectors *g, const nb_language_clusters *single,
				  const nb_cluster_links *links, const nb_events_options *o,
				  nb_link *link, size_t n)
{
	asking x = { .g = g, .single = single, .o = o };
	nb_status status;

	if (n == 0 || one_language(g))
		return NB_OK;
	status = find_counterparts(&x, links);
	NB_TRY(status, lower_all(&x, link, n));
	free(x.known);
	return status;
}
