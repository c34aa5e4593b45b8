/* SPDX-License-Identifier: MIT
 *
 * related_explain.c - why a pair has its probability (related.h).
 *
 * What a feature contributes is what the log-odds would lose if it had its mean over the training
 * pairs instead: the same question for trees and regression, and one that a reader can ask too.
 */
#include <math.h>
#include <stdlib.h>

#include "related/scorer.h"

_Static_assert((int)NB_PAIR_FEATURE_COUNT <= (int)NB_RELATED_FEATURES, "room for every feature");

static bool same_language(const nb_night *night, uint32_t a, uint32_t b)
{
	nb_article x, y;

	nb_night_article(night, a, &x);
	nb_night_article(night, b, &y);
	return nb_language_key(x.lang) == nb_language_key(y.lang);
}

/* Those of article[0..n) that share the language of a; *i and *j: where a and b stand there. */
static uint32_t choose(const nb_night *night, const uint32_t *article, uint32_t n, uint32_t a,
		       uint32_t b, uint32_t *out, uint32_t *i, uint32_t *j)
{
	uint32_t kept = 0;

	*i = *j = UINT32_MAX;
	for (uint32_t k = 0; k < n; k++) {
		if (!same_language(night, article[k], a))
			continue;
		if (article[k] == a)
			*i = kept;
		if (article[k] == b)
			*j = kept;
		out[kept++] = article[k];
	}
	return kept;
}

static void reason(const nb_pair_context *c, uint32_t i, uint32_t j, nb_related_reason *out)
{
	float f[NB_PAIR_FEATURE_COUNT], z;
	nb_pair_kind kind = nb_pair_kind_of(c, i, j);
	const nb_score_model *m = nb_scorer_shipped.model[kind];

	nb_pair_features(c, i, j, f);
	z = nb_score_mixed(&nb_scorer_shipped, kind, f);
	*out = (nb_related_reason){ .dated = !isnan(c->day[i] - c->day[j]),
				     .headline = kind == NB_PAIR_HEADLINE,
				     .days_apart = nb_pair_days_apart(c, i, j) };
	out->n = NB_PAIR_FEATURE_COUNT;
	out->p = nb_pair_probability(c, i, j, f);
	for (uint32_t k = 0; k < out->n; k++) {
		float value = f[k];

		out->name[k] = nb_pair_feature_text((nb_pair_feature)k);
		out->value[k] = value;
		f[k] = m->mean[k];
		out->log_odds[k] =
			z - nb_score_mixed(&nb_scorer_shipped, kind, f);
		f[k] = value;
	}
}

nb_status nb_related_explain(const nb_night *night, const uint32_t *article, uint32_t n,
			     const nb_related_options *o, uint32_t a, uint32_t b,
			     nb_related_reason *out, nb_error *err)
{
	uint32_t *chosen = malloc(((size_t)n + 1) * sizeof(*chosen)), n_chosen, i, j;
	nb_pair_context c;
	nb_related_stats ignored = { 0 };
	nb_status status;

	*out = (nb_related_reason){ 0 };
	if (!chosen)
		return nb_fail(err, NB_ENOMEM, NULL, "no memory to explain a pair");
	n_chosen = choose(night, article, n, a, b, chosen, &i, &j);
	if (a == b || i == UINT32_MAX || j == UINT32_MAX)
		status = nb_fail(err, NB_EINVAL, NULL, "no two articles of one language");
	else
		status = nb_pair_context_make(night, chosen, n_chosen, o, &c, &ignored, err);
	if (status == NB_OK) {
		reason(&c, i, j, out);
		nb_pair_context_release(&c);
	}
	free(chosen);
	return status;
}
