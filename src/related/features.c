/* SPDX-License-Identifier: MIT
 *
 * features.c - see features.h.
 *
 * One walk over two sorted lists of terms gives everything that depends on shared terms.  What
 * makes one threshold serve crowded and sparse collections are the last six features: how alike
 * this pair is beside others of the same two articles.
 */
#include "related/features.h"

#include <math.h>
#include <stdlib.h>

#include "base/array.h"
#include "base/clock.h"
#include "related/term_counts.h"

#define RARE_LEAST 3     /* articles that may have a rare name, at least */
#define RARE_SHARE 0.005 /* and as a share of all */
#define LONG_WORDS 150u

static const struct {
	int direction;
	const char *text;
} described[] = {
#define DESCRIBE(name, direction, text) { direction, text },
	NB_PAIR_FEATURES(DESCRIBE)
#undef DESCRIBE
};

int nb_pair_direction(nb_pair_feature f)
{
	return described[f].direction;
}

const char *nb_pair_feature_text(nb_pair_feature f)
{
	return described[f].text;
}

/* ---- shared terms ---- */

/* Sums over the terms that two articles share. */
typedef struct overlap {
	double product[NB_VECTOR_COUNT];
	double title[2]; /* weight of the terms of one title that the other text has */
	double rare_weight, rare_words, mass, names_mass;
	unsigned n_rare, n_numbers, n_places, n_names;
} overlap;

static void add_term(const nb_terms *t, const nb_term *p, const nb_term *q, uint32_t rare,
		     overlap *o)
{
	double w = t->weight[p->id];
	uint8_t np[NB_VECTOR_COUNT], nq[NB_VECTOR_COUNT];

	nb_term_counts(p, np);
	nb_term_counts(q, nq);
	for (int v = 0; v < NB_VECTOR_COUNT; v++)
		o->product[v] += w * w * t->ln[np[v]] * t->ln[nq[v]];
	o->title[0] += np[NB_VECTOR_TITLE] ? w : 0;
	o->title[1] += nq[NB_VECTOR_TITLE] ? w : 0;
	o->mass += np[NB_VECTOR_WORDS] ? w : 0;
	o->names_mass += np[NB_VECTOR_ENTITIES] && nq[NB_VECTOR_ENTITIES] ? w : 0;
	o->n_names += np[NB_VECTOR_NAMES] && nq[NB_VECTOR_NAMES];
	o->n_numbers += np[NB_VECTOR_NUMBERS] && nq[NB_VECTOR_NUMBERS];
	o->n_places += np[NB_VECTOR_PLACES] && nq[NB_VECTOR_PLACES];
	if (t->df[p->id] < 2 || t->df[p->id] > rare)
		return;
	o->rare_words += np[NB_VECTOR_WORDS] ? w : 0;
	if (p->n_name && q->n_name) {
		o->n_rare++;
		o->rare_weight += w;
	}
}

static void find_overlap(const nb_terms *t, const nb_terms_article *a, const nb_terms_article *b,
			 overlap *o)
{
	const nb_term *p = t->term + a->at, *q = t->term + b->at;
	const nb_term *p_end = p + a->n, *q_end = q + b->n;
	uint32_t rare = (uint32_t)(RARE_SHARE * t->n);

	if (rare < RARE_LEAST)
		rare = RARE_LEAST;
	*o = (overlap){ 0 };
	while (p < p_end && q < q_end) {
		if (p->id != q->id) {
			bool p_first = p->id < q->id;

			p += p_first;
			q += !p_first;
			continue;
		}
		add_term(t, p++, q++, rare, o);
	}
}

/* ---- features ---- */

static float larger(float x, float y)
{
	return x > y ? x : y;
}

static float smaller(float x, float y)
{
	return x < y ? x : y;
}

static float share(double part, float whole)
{
	return whole > 0 ? smaller((float)part / whole, 1) : 0;
}

static void put_cosines(const nb_terms_article *a, const nb_terms_article *b, const overlap *o,
			float *f)
{
	for (int v = 0; v < NB_VECTOR_COUNT; v++)
		f[NB_PAIR_WORDS + v] = share(o->product[v], a->norm[v] * b->norm[v]);
}

static void put_evidence(const nb_terms_article *a, const nb_terms_article *b, const overlap *o,
			 float *f)
{
	float x = share(o->title[0], a->title_mass), y = share(o->title[1], b->title_mass);
	bool aged = (a->age[0] | a->age[1]) && (b->age[0] | b->age[1]);
	bool agree = (a->age[0] & b->age[0]) | (a->age[1] & b->age[1]);

	f[NB_PAIR_TITLE_MAX] = larger(x, y);
	f[NB_PAIR_TITLE_MIN] = smaller(x, y);
	f[NB_PAIR_SHARED_WORDS] = logf(1 + (float)o->mass);
	f[NB_PAIR_SHARED_NAMES] = logf(1 + (float)o->names_mass);
	f[NB_PAIR_RARE] = logf(1 + (float)o->n_rare);
	f[NB_PAIR_RARE_WEIGHT] = logf(1 + (float)o->rare_weight);
	f[NB_PAIR_RARE_WORDS] = logf(1 + (float)o->rare_words);
	x = share(o->mass, a->mass);
	y = share(o->mass, b->mass);
	f[NB_PAIR_COVER_MAX] = larger(x, y);
	f[NB_PAIR_COVER_MIN] = smaller(x, y);
	f[NB_PAIR_NAMES_CLASH] = a->n_names >= 2 && b->n_names >= 2 && o->n_names == 0;
	f[NB_PAIR_AGES_AGREE] = agree;
	f[NB_PAIR_AGES_CLASH] = aged && !agree;
	f[NB_PAIR_PLACES_CLASH] = a->n_places >= 2 && b->n_places >= 2 && o->n_places == 0;
	f[NB_PAIR_NUMBERS_CLASH] = a->n_numbers >= 2 && b->n_numbers >= 2 && o->n_numbers == 0;
}

static void put_lengths(const nb_terms_article *a, const nb_terms_article *b, float *f)
{
	float x = (float)a->n_words, y = (float)b->n_words;

	f[NB_PAIR_LENGTH_RATIO] = logf((1 + larger(x, y)) / (1 + smaller(x, y)));
	f[NB_PAIR_LENGTH] = logf(1 + smaller(x, y));
	f[NB_PAIR_BOTH_LONG] = a->n_words >= LONG_WORDS && b->n_words >= LONG_WORDS;
	f[NB_PAIR_TITLE_LENGTH] = logf(1 + smaller(a->n_title, b->n_title));
}

static void put_times(double dt, float *f)
{
	dt = fabs(dt);
	if (isnan(dt)) {
		f[NB_PAIR_HOURS] = f[NB_PAIR_DAYS_2] = f[NB_PAIR_DAYS_7] = f[NB_PAIR_DAYS_30] = 0.5f;
		f[NB_PAIR_DAYS_LOG] = logf(4);
		return;
	}
	f[NB_PAIR_HOURS] = (float)exp(-dt * 24 / 8);
	f[NB_PAIR_DAYS_2] = (float)exp(-dt * dt / 8);
	f[NB_PAIR_DAYS_7] = (float)exp(-dt * dt / 98);
	f[NB_PAIR_DAYS_30] = (float)exp(-dt / 30);
	f[NB_PAIR_DAYS_LOG] = (float)log1p(dt);
}

/*
 * How little of all that was written lies between two articles, i the earlier one: two days are
 * near in an archive of years and far in a night of one.
 */
static float time_rarity(const nb_pair_context *c, uint32_t i, uint32_t j)
{
	if (isnan(c->day[i]) || isnan(c->day[j]))
		return 0;
	return logf((float)(c->n_dated + 1) / (float)(c->until[j] - c->earlier[i] + 1));
}

static void put_surroundings(const nb_surroundings *a, const nb_surroundings *b, double days,
			     float *f)
{
	float words = f[NB_PAIR_WORDS];
	float mix = NB_RANK_WORDS * words + NB_RANK_ENTITIES * f[NB_PAIR_ENTITIES];
	float wa = share(words, a->best_words), wb = share(words, b->best_words);
	float ma = share(mix, a->best), mb = share(mix, b->best);
	float near = mix * nb_time_discount(days);
	float na = share(near, a->best_near), nb = share(near, b->best_near);

	f[NB_PAIR_DENSITY] = (a->density + b->density) / 2;
	f[NB_PAIR_MIX_DENSITY] = mix * f[NB_PAIR_DENSITY];
	f[NB_PAIR_WORDS_MAX] = larger(wa, wb);
	f[NB_PAIR_WORDS_MIN] = smaller(wa, wb);
	f[NB_PAIR_MIX_MAX] = larger(ma, mb);
	f[NB_PAIR_MIX_MIN] = smaller(ma, mb);
	f[NB_PAIR_NEAR_MAX] = larger(na, nb);
	f[NB_PAIR_NEAR_MIN] = smaller(na, nb);
}

void nb_pair_features(const nb_pair_context *c, uint32_t i, uint32_t j,
		      float feature[NB_PAIR_FEATURE_COUNT])
{
	const nb_terms_article *a = &c->terms.article[i], *b = &c->terms.article[j];
	overlap o;

	find_overlap(&c->terms, a, b, &o);
	put_cosines(a, b, &o, feature);
	put_evidence(a, b, &o, feature);
	put_lengths(a, b, feature);
	put_times(c->day[i] - c->day[j], feature);
	feature[NB_PAIR_TIME_RARE] = time_rarity(c, i < j ? i : j, i < j ? j : i);
	put_surroundings(&c->candidates.around[i], &c->candidates.around[j],
			 c->day[i] - c->day[j], feature);
}

nb_pair_kind nb_pair_kind_of(const nb_pair_context *c, uint32_t i, uint32_t j)
{
	if (c->terms.article[i].headline || c->terms.article[j].headline)
		return NB_PAIR_HEADLINE;
	if (isnan(c->day[i]) || isnan(c->day[j]))
		return NB_PAIR_UNDATED;
	return c->to_second[i] && c->to_second[j] ? NB_PAIR_TIMED : NB_PAIR_DATED;
}

/* ---- context ---- */

void nb_pair_context_release(nb_pair_context *c)
{
	nb_terms_release(&c->terms);
	nb_candidates_release(&c->candidates);
	free(c->day);
	free(c->to_second);
	free(c->earlier);
	free(c->until);
	*c = (nb_pair_context){ 0 };
}

/* The middle of a day stands for all of it. */
static double day_of(const nb_night *night, uint32_t i)
{
	if (night->published_at[i] == NB_NO_TIME)
		return NAN;
	return (double)night->published_at[i] / 86400 + (night->day_only[i] ? 0.5 : 0);
}

/* Articles ascend by time, those without one are last; a day alone may stand out of place. */
static void count_times(nb_pair_context *c, uint32_t n)
{
	uint32_t first = 0;

	for (uint32_t i = 0; i < n; i++)
		c->n_dated += isnan(c->day[i]) ? 0 : 1;
	for (uint32_t i = 0; i < c->n_dated; i++) {
		if (i > 0 && c->day[i] != c->day[i - 1])
			first = i;
		c->earlier[i] = first;
	}
	for (uint32_t i = c->n_dated; i-- > 0;)
		c->until[i] = i + 1 < c->n_dated && c->day[i] == c->day[i + 1] ? c->until[i + 1]
									       : i + 1;
}

static void add_stats(const nb_pair_context *c, double terms_s, double candidates_s,
		      nb_related_stats *stats)
{
	stats->n_articles += c->terms.n;
	stats->n_languages++;
	stats->n_terms += c->terms.n_ids;
	stats->n_kept += c->terms.n_kept;
	stats->n_postings += c->candidates.n_postings;
	stats->n_dropped += c->candidates.n_dropped;
	stats->n_candidates += c->candidates.n;
	stats->terms_s += terms_s;
	stats->candidates_s += candidates_s;
}

nb_status nb_pair_context_make(const nb_night *night, const uint32_t *article, uint32_t n,
			       const nb_related_options *o, nb_pair_context *out,
			       nb_related_stats *stats, nb_error *err)
{
	double t0 = nb_clock_s(), t1;
	nb_status status;

	*out = (nb_pair_context){ .day = malloc(((size_t)n + 1) * sizeof(double)),
				  .to_second = malloc(((size_t)n + 1) * sizeof(bool)),
				  .earlier = calloc((size_t)n + 1, sizeof(uint32_t)),
				  .until = calloc((size_t)n + 1, sizeof(uint32_t)),
				  .sigma_days = o->sigma_days };
	if (!out->day || !out->to_second || !out->earlier || !out->until) {
		nb_pair_context_release(out);
		return nb_fail(err, NB_ENOMEM, NULL, "no memory to compare articles");
	}
	for (uint32_t i = 0; i < n; i++) {
		out->day[i] = day_of(night, article[i]);
		out->to_second[i] = !night->day_only[article[i]];
	}
	count_times(out, n);
	status = nb_terms_count(night, o->lexicon, article, n, &out->terms, err);
	t1 = nb_clock_s();
	if (status == NB_OK &&
	    nb_candidates_find(&out->terms, out->day, o, &out->candidates) != NB_OK)
		status = nb_fail(err, NB_ENOMEM, NULL, "no memory for candidates");
	if (status == NB_OK)
		add_stats(out, t1 - t0, nb_clock_s() - t1, stats);
	else
		nb_pair_context_release(out);
	return status;
}
