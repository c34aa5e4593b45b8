/* SPDX-License-Identifier: MIT
 *
 * scorer.h - features of a pair to the probability that both report one event.
 *
 * A model for each kind of pair (nb_pair_kind): a sum of boosted trees and a logistic regression,
 * whose log-odds are mixed.  In both kinds a
 * feature counts only the way its direction says.  The numbers are in src/data/scorer.txt;
 * src/tools/train learns them.
 *
 * Level: related.
 */
#ifndef NB_RELATED_SCORER_H
#define NB_RELATED_SCORER_H

#include "related/features.h"

#define NB_CUTS       31 /* values at which a feature may be split */
#define NB_TREE_NODES 7  /* three levels */
#define NB_TREE_LEAVES 8
#define NB_LEAF_UNIT  0.001f

/*
 * A tree of three levels, node 0 the root, below node k nodes 2k + 1 and 2k + 2.  A pair goes to
 * the second of them if its feature is above cut number cut[k]; a cut of NB_CUTS is never passed.
 */
typedef struct nb_tree {
	uint8_t feature[NB_TREE_NODES], cut[NB_TREE_NODES];
	int16_t leaf[NB_TREE_LEAVES]; /* log-odds in NB_LEAF_UNIT */
} nb_tree;

typedef struct nb_score_model {
	float bias, coefficient[NB_PAIR_FEATURE_COUNT]; /* the regression */
	float base;                                     /* the trees */
	const nb_tree *tree;
	uint32_t n_trees;
} nb_score_model;

typedef struct nb_scorer {
	const float (*cut)[NB_CUTS]; /* by feature, ascending */
	const nb_score_model *model[NB_PAIR_KINDS];
	float tree_share;            /* of the trees in the mix, 0..1 */
} nb_scorer;

/* What the library uses: src/data/scorer.txt. */
extern const nb_scorer nb_scorer_shipped;

/** Log-odds of a pair by the regression alone, by the trees alone, and mixed. */
float nb_score_linear(const nb_score_model *m, const float feature[NB_PAIR_FEATURE_COUNT]);
float nb_score_trees(const nb_scorer *s, const nb_score_model *m,
		     const float feature[NB_PAIR_FEATURE_COUNT]);
float nb_score_mixed(const nb_scorer *s, nb_pair_kind kind,
		     const float feature[NB_PAIR_FEATURE_COUNT]);

/** The probability of log-odds. */
float nb_probability(float log_odds);

/** Log-odds that the days between two reports take away: above 0 only if both name their second. */
float nb_pair_days_apart(const nb_pair_context *c, uint32_t i, uint32_t j);

/** The probability of a pair with these features, by nb_scorer_shipped. */
float nb_pair_probability(const nb_pair_context *c, uint32_t i, uint32_t j,
			  const float feature[NB_PAIR_FEATURE_COUNT]);

#endif
