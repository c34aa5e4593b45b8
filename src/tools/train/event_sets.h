/* SPDX-License-Identifier: MIT
 *
 * event_sets.h - what the scorer is learned from and measured on: sets with gold events, their pairs,
 * and models that have not seen what they score.  src/data/SETS.md describes the sets.
 *
 * For programs that run from the top folder of the source: what goes wrong ends them with a message.
 */
#ifndef NB_TOOLS_EVENT_SETS_H
#define NB_TOOLS_EVENT_SETS_H

#include "labelled.h"
#include "newsbraid/agreement.h"
#include "train.h"

enum { SCORES = 4 };

/* By what a pair is scored. */
typedef enum score_kind { MIXED, TREES, LINEAR, COSINES } score_kind;

/* Two articles of a set. */
typedef struct event_pair {
	uint32_t a, b;
	bool same;
	nb_pair_kind kind;
	float feature[NB_PAIR_FEATURE_COUNT];
	float score[SCORES]; /* probabilities */
} event_pair;

/* A set, its pairs and what they were given. */
typedef struct event_set {
	const char *name, *file;
	labelled_how how;
	unsigned nights;  /* topics are divided among so many nights; 0: one */
	bool apart;       /* and the two events of a topic, too */
	double weight;    /* of all true pairs together in training (of all pairs where none is
			     true); 0: only measured */
	labelled gold;
	event_pair *pair;
	size_t n, room, n_same;
	double recall; /* of gold pairs, by the candidates */
	bool absent;
} event_set;

/** Name the files that are not there on stderr, the lexicon among them; returns how many. */
size_t event_sets_absent(void);

/** Load all of them, with their candidates and features; those whose file is not there are absent.
 *  @param lexicon  or NULL */
event_set *event_sets_open(const nb_lexicon *lexicon, size_t *n);
void event_sets_release(event_set *set, size_t n);

/** The lexicon of the build, NULL if there is none (said on stderr). */
nb_lexicon *event_sets_lexicon(void);

/** Learn from every set that weighs something and whose file is `only` (NULL: all). */
void event_sets_learn(const event_set *set, size_t n, const char *only, const train_options *o,
		      trained *out);

/** Score every pair by a model that has seen no pair with an event (for ecbplus: a topic) of either
 *  article's fold. */
void event_sets_score_by_folds(event_set *set, size_t n, const train_options *o);

/** Score every pair of a set. */
void event_set_score(event_set *s, const nb_scorer *scorer);

/** Cluster a set at this stop by one of its scores and compare with gold. */
nb_agreement event_set_measure(const event_set *s, score_kind by, double stop);

/** Memory, or the end of the program. */
void *must(void *p);
/** The end of the program. */
_Noreturn void die(const char *what);

#endif
