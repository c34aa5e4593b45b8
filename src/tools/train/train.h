/* SPDX-License-Identifier: MIT
 *
 * train.h - pairs with answers to a scorer: logistic regression and boosted trees.
 */
#ifndef NB_TOOLS_TRAIN_H
#define NB_TOOLS_TRAIN_H

#include "related/scorer.h"

enum { TRAIN_TREES_MAX = 256 };

/* Pairs to learn from, n_pairs * NB_PAIR_FEATURE_COUNT features. */
typedef struct train_set {
	float *feature;
	float *weight;
	uint8_t *same; /* 1: one event */
	size_t n, room;
} train_set;

typedef struct train_options {
	unsigned n_trees;   /* [140] */
	double rate;        /* [0.1] */
	double tree_l2;     /* [5] */
	unsigned least;     /* pairs a leaf has, at least [40] */
	double linear_l2;   /* [1] */
	float tree_share;   /* [0.75] */
} train_options;

void train_options_init(train_options *o);

/* A scorer and the memory of its tables. */
typedef struct trained {
	nb_scorer scorer;
	float cut[NB_PAIR_FEATURE_COUNT][NB_CUTS];
	nb_score_model model[NB_PAIR_KINDS];
	nb_tree tree[NB_PAIR_KINDS][TRAIN_TREES_MAX];
} trained;

int train_set_add(train_set *s, const float *feature, bool same, float weight);
void train_set_release(train_set *s);

/** Learn all models.  *out points into itself: do not copy it.  0 or -1: no memory. */
int train_scorer(const train_set set[NB_PAIR_KINDS], const train_options *o, trained *out);

/** Learn the regression of one model: bias, coefficients, means. */
int train_linear(const train_set *s, const train_options *o, nb_score_model *m);

/** Learn the trees of one model. */
int train_trees(const train_set *s, const train_options *o, float cut[][NB_CUTS],
		nb_score_model *m, nb_tree *tree);

#endif
