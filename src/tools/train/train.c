/* SPDX-License-Identifier: MIT
 *
 * train.c - see train.h: the sets, and gradient-boosted trees (Friedman 2001).
 *
 * Trees have three levels, splits at fixed cuts, second-order gains (Chen and Guestrin 2016), and
 * leaves that keep the direction of every feature: a split whose sides stand the wrong way is not
 * made, and below it the sides stay apart.
 */
#include "train.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"

enum { F = NB_PAIR_FEATURE_COUNT, BINS = NB_CUTS + 1, NODES = NB_TREE_NODES };

void train_options_init(train_options *o)
{
	*o = (train_options){ .n_trees = 140,
			      .rate = 0.1,
			      .tree_l2 = 5,
			      .least = 40,
			      .linear_l2 = 1,
			      .tree_share = 0.75f };
}

int train_set_add(train_set *s, const float *feature, bool same, float weight)
{
	size_t floats = s->room * F, one = s->room, two = s->room;

	if (NB_GROW(s->feature, &floats, (s->n + 1) * F) != NB_OK ||
	    NB_GROW(s->weight, &one, s->n + 1) != NB_OK ||
	    NB_GROW(s->same, &two, s->n + 1) != NB_OK)
		return -1;
	s->room = floats / F < one ? floats / F : one;
	memcpy(s->feature + s->n * F, feature, F * sizeof(*feature));
	s->weight[s->n] = weight;
	s->same[s->n++] = same;
	return 0;
}

void train_set_release(train_set *s)
{
	free(s->feature);
	free(s->weight);
	free(s->same);
	*s = (train_set){ 0 };
}

/* ---- cuts ---- */

typedef struct weighed {
	float value, weight;
} weighed;

static int by_value(const void *x, const void *y)
{
	float p = ((const weighed *)x)->value, q = ((const weighed *)y)->value;

	return (p > q) - (p < q);
}

/* Equal weight between cuts; both answers weigh the same, or the few true pairs would get none. */
static void choose_cuts(weighed *w, size_t n, float cut[NB_CUTS])
{
	double sum = 0, seen = 0;
	int n_cuts = 0;

	qsort(w, n, sizeof(*w), by_value);
	for (size_t i = 0; i < n; i++)
		sum += w[i].weight;
	for (size_t i = 0; i + 1 < n && n_cuts < NB_CUTS; i++) {
		seen += w[i].weight;
		if (w[i].value < w[i + 1].value && seen >= sum * (n_cuts + 1) / (NB_CUTS + 1)) {
			cut[n_cuts++] = (w[i].value + w[i + 1].value) / 2;
			while (n_cuts < NB_CUTS && seen >= sum * (n_cuts + 1) / (NB_CUTS + 1)) {
				cut[n_cuts] = cut[n_cuts - 1];
				n_cuts++;
			}
		}
	}
	for (; n_cuts < NB_CUTS; n_cuts++)
		cut[n_cuts] = INFINITY;
}

static int make_cuts(const train_set set[NB_PAIR_KINDS], float cut[][NB_CUTS])
{
	size_t n = 0;
	int failed = 0;

	for (int k = 0; k < NB_PAIR_KINDS; k++)
		n += set[k].n;
#pragma omp parallel for schedule(dynamic, 1) reduction(| : failed)
	for (int f = 0; f < F; f++) {
		weighed *w = malloc((n + 1) * sizeof(*w));
		size_t at = 0;

		if (!w) {
			failed = 1;
			continue;
		}
		for (int k = 0; k < NB_PAIR_KINDS; k++) {
			const train_set *s = &set[k];
			double sum[2] = { 0 };

			for (size_t i = 0; i < s->n; i++)
				sum[s->same[i]] += s->weight[i];
			for (size_t i = 0; i < s->n; i++)
				w[at++] = (weighed){ s->feature[i * F + (size_t)f],
						     (float)(s->weight[i] / sum[s->same[i]]) };
		}
		choose_cuts(w, n, cut[f]);
		free(w);
	}
	return failed ? -1 : 0;
}

/* ---- one tree ---- */

typedef struct bin_sum {
	double g, h;
	uint32_t n;
} bin_sum;

typedef struct split {
	double gain, left, right; /* values of the sides */
	int feature, cut;
} split;

typedef struct growing {
	const train_set *s;
	const train_options *o;
	uint8_t *bin;  /* [F][n] */
	uint8_t *node; /* [n]: of the level at work, counted from the tree's first node */
	float *g, *h, *z;
	bin_sum (*sum)[NODES][BINS]; /* [F] */
	split (*best)[NODES];        /* [F] */
	double low[2 * NODES + 1], high[2 * NODES + 1]; /* bounds of what is below a node */
	double value[2 * NODES + 1];
} growing;

static double value_of(const growing *w, double g, double h, int node)
{
	double v = -g / (h + w->o->tree_l2);

	return fmin(fmax(v, w->low[node]), w->high[node]);
}

/* What a node with this value lowers the loss by. */
static double gain_of(const growing *w, double g, double h, double v)
{
	return -(g * v + 0.5 * (h + w->o->tree_l2) * v * v);
}

static split best_split(const growing *w, int f, int node)
{
	const bin_sum *b = w->sum[f][node];
	int direction = nb_pair_direction((nb_pair_feature)f);
	bin_sum all = { 0 }, left = { 0 };
	split best = { .gain = 0, .feature = 0, .cut = NB_CUTS };
	double whole;

	for (int k = 0; k < BINS; k++) {
		all.g += b[k].g;
		all.h += b[k].h;
		all.n += b[k].n;
	}
	whole = gain_of(w, all.g, all.h, value_of(w, all.g, all.h, node));
	best.left = best.right = value_of(w, all.g, all.h, node);
	for (int k = 0; k < NB_CUTS; k++) {
		double l, r, gain;

		left.g += b[k].g;
		left.h += b[k].h;
		left.n += b[k].n;
		if (left.n < w->o->least || all.n - left.n < w->o->least)
			continue;
		l = value_of(w, left.g, left.h, node);
		r = value_of(w, all.g - left.g, all.h - left.h, node);
		if (direction * (r - l) < 0)
			continue;
		gain = gain_of(w, left.g, left.h, l) +
		       gain_of(w, all.g - left.g, all.h - left.h, r) - whole;
		if (gain > best.gain)
			best = (split){ gain, l, r, f, k };
	}
	return best;
}

/* Sums and best splits of the nodes [first, last), by feature. */
static void look(growing *w, int first, int last)
{
#pragma omp parallel for schedule(dynamic, 1)
	for (int f = 0; f < F; f++) {
		const uint8_t *bin = w->bin + (size_t)f * w->s->n;

		memset(w->sum[f], 0, sizeof(w->sum[f]));
		for (size_t i = 0; i < w->s->n; i++) {
			bin_sum *b = &w->sum[f][w->node[i]][bin[i]];

			b->g += w->g[i];
			b->h += w->h[i];
			b->n++;
		}
		for (int node = first; node < last; node++)
			w->best[f][node] = best_split(w, f, node);
	}
}

static void take_split(growing *w, int node, nb_tree *t)
{
	split best = w->best[0][node];
	int left = 2 * node + 1, right = left + 1, direction;
	double middle;

	for (int f = 1; f < F; f++)
		if (w->best[f][node].gain > best.gain)
			best = w->best[f][node];
	direction = best.cut < NB_CUTS ? nb_pair_direction((nb_pair_feature)best.feature) : 0;
	middle = (best.left + best.right) / 2;
	t->feature[node] = (uint8_t)best.feature;
	t->cut[node] = (uint8_t)best.cut;
	w->value[left] = best.left;
	w->value[right] = best.right;
	w->low[left] = direction < 0 ? middle : w->low[node];
	w->high[left] = direction > 0 ? middle : w->high[node];
	w->low[right] = direction > 0 ? middle : w->low[node];
	w->high[right] = direction < 0 ? middle : w->high[node];
}

static void grow_tree(growing *w, nb_tree *t)
{
	w->low[0] = -INFINITY;
	w->high[0] = INFINITY;
	memset(w->node, 0, w->s->n);
	for (int level = 0, first = 0; level < 3; level++, first = 2 * first + 1) {
		int last = 2 * first + 1;

		look(w, first, last);
		for (int node = first; node < last; node++)
			take_split(w, node, t);
		for (size_t i = 0; i < w->s->n; i++) {
			int k = w->node[i];
			uint8_t bin = w->bin[(size_t)t->feature[k] * w->s->n + i];

			w->node[i] = (uint8_t)(2 * k + 1 + (bin > t->cut[k]));
		}
	}
	for (int leaf = 0; leaf < NB_TREE_LEAVES; leaf++)
		t->leaf[leaf] = (int16_t)lround(w->value[NODES + leaf] * w->o->rate / NB_LEAF_UNIT);
	for (size_t i = 0; i < w->s->n; i++)
		w->z[i] += NB_LEAF_UNIT * t->leaf[w->node[i] - NODES];
}

/* ---- all trees ---- */

static void take_gradients(growing *w)
{
	for (size_t i = 0; i < w->s->n; i++) {
		float p = nb_probability(w->z[i]);

		w->g[i] = w->s->weight[i] * (p - w->s->same[i]);
		w->h[i] = w->s->weight[i] * p * (1 - p);
	}
}

static uint8_t bin_of(const float *cut, float value)
{
	uint8_t bin = 0;

	while (bin < NB_CUTS && value > cut[bin])
		bin++;
	return bin;
}

int train_trees(const train_set *s, const train_options *o, float cut[][NB_CUTS],
		nb_score_model *m, nb_tree *tree)
{
	growing w = { .s = s, .o = o };
	double sum = 0, same = 0;
	int failed;

	w.bin = malloc(s->n * F + 1);
	w.node = malloc(s->n + 1);
	w.g = malloc((s->n + 1) * sizeof(*w.g));
	w.h = malloc((s->n + 1) * sizeof(*w.h));
	w.z = malloc((s->n + 1) * sizeof(*w.z));
	w.sum = malloc(F * sizeof(*w.sum));
	w.best = malloc(F * sizeof(*w.best));
	failed = !w.bin || !w.node || !w.g || !w.h || !w.z || !w.sum || !w.best;
	for (size_t i = 0; !failed && i < s->n; i++) {
		sum += s->weight[i];
		same += s->same[i] ? s->weight[i] : 0;
		for (int f = 0; f < F; f++)
			w.bin[(size_t)f * s->n + i] = bin_of(cut[f], s->feature[i * F + (size_t)f]);
	}
	if (!failed) {
		m->base = (float)log(same / (sum - same));
		m->tree = tree;
		m->n_trees = o->n_trees;
		for (size_t i = 0; i < s->n; i++)
			w.z[i] = m->base;
		for (uint32_t t = 0; t < m->n_trees; t++) {
			take_gradients(&w);
			grow_tree(&w, &tree[t]);
		}
	}
	free(w.bin);
	free(w.node);
	free(w.g);
	free(w.h);
	free(w.z);
	free(w.sum);
	free(w.best);
	return failed ? -1 : 0;
}

int train_scorer(const train_set set[NB_PAIR_KINDS], const train_options *o, trained *out)
{
	int failed = make_cuts(set, out->cut);

	out->scorer = (nb_scorer){ .cut = (const float(*)[NB_CUTS])out->cut,
				   .tree_share = o->tree_share };
	for (int k = 0; !failed && k < NB_PAIR_KINDS; k++) {
		out->scorer.model[k] = &out->model[k];
		failed = train_linear(&set[k], o, &out->model[k]) != 0 ||
			 train_trees(&set[k], o, out->cut, &out->model[k], out->tree[k]) != 0;
	}
	return failed ? -1 : 0;
}
