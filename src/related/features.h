/* SPDX-License-Identifier: MIT
 *
 * features.h - what a pair of articles is judged by.
 *
 * Level: related.
 */
#ifndef NB_RELATED_FEATURES_H
#define NB_RELATED_FEATURES_H

#include "related/candidates.h"

/* X(NAME, direction: +1 more speaks for one event, -1 against, 0 not known, text for people) */
#define NB_PAIR_FEATURES(X)                                                                   \
	X(WORDS, +1, "cosine of words")                                                       \
	X(TITLE, +1, "cosine of titles")                                                      \
	X(LEAD, +1, "cosine of leads")                                                        \
	X(ENTITIES, +1, "cosine of names and numbers")                                        \
	X(NAMES, +1, "cosine of neighbouring names")                                          \
	X(PLACES, +1, "cosine of places")                                                     \
	X(NUMBERS, +1, "cosine of numbers")                                                   \
	X(TITLE_MAX, +1, "title found in the other text, better side")                        \
	X(TITLE_MIN, +1, "title found in the other text, worse side")                         \
	X(SHARED_WORDS, +1, "weight of words shared")                                         \
	X(SHARED_NAMES, +1, "weight of names and numbers shared")                             \
	X(RARE, +1, "rare names shared")                                                      \
	X(RARE_WEIGHT, +1, "weight of rare names shared")                                     \
	X(RARE_WORDS, +1, "weight of rare words shared")                                      \
	X(COVER_MAX, +1, "text found in the other, better side")                              \
	X(COVER_MIN, +1, "text found in the other, worse side")                               \
	X(AGES_AGREE, +1, "an age in both")                                                   \
	X(AGES_CLASH, -1, "ages, and none in both")                                           \
	X(PLACES_CLASH, -1, "places, and none in both")                                       \
	X(NAMES_CLASH, -1, "full names, and none in both")                                    \
	X(NUMBERS_CLASH, -1, "numbers, and none in both")                                     \
	X(LENGTH_RATIO, -1, "lengths apart")                                                  \
	X(LENGTH, 0, "length of the shorter")                                                 \
	X(BOTH_LONG, 0, "both long")                                                          \
	X(TITLE_LENGTH, 0, "length of the shorter title")                                     \
	X(HOURS, +1, "time between, by hours")                                                \
	X(DAYS_2, +1, "time between, by days")                                                \
	X(DAYS_7, +1, "time between, by weeks")                                               \
	X(DAYS_30, +1, "time between, by months")                                             \
	X(DAYS_LOG, -1, "time between")                                                       \
	X(TIME_RARE, +1, "few articles in the time between")                                  \
	X(DENSITY, -1, "likeness of other articles around")                                   \
	X(MIX_DENSITY, 0, "likeness where others are alike")                                  \
	X(WORDS_MAX, +1, "cosine of words beside the best one, better side")                  \
	X(WORDS_MIN, +1, "cosine of words beside the best one, worse side")                   \
	X(MIX_MAX, +1, "likeness beside the best one, better side")                           \
	X(MIX_MIN, +1, "likeness beside the best one, worse side")                            \
	X(NEAR_MAX, +1, "likeness near in time beside the best one, better side")             \
	X(NEAR_MIN, +1, "likeness near in time beside the best one, worse side")

#define NB_PAIR_ENUM(name, direction, text) NB_PAIR_##name,
typedef enum nb_pair_feature { NB_PAIR_FEATURES(NB_PAIR_ENUM) NB_PAIR_FEATURE_COUNT } nb_pair_feature;
#undef NB_PAIR_ENUM

/* +1, -1 or 0: which way a feature may count. */
int nb_pair_direction(nb_pair_feature f);
/* "cosine of words" */
const char *nb_pair_feature_text(nb_pair_feature f);

/* All that is known of the articles of one language. */
typedef struct nb_pair_context {
	nb_terms terms;
	nb_candidates candidates;
	double *day;       /* [0..n): days since 1970, NAN if unknown */
	bool *to_second;   /* [0..n): the time is known to the second, not just its day */
	uint32_t *earlier; /* [0..n): how many articles have an earlier time */
	uint32_t *until;   /* [0..n): how many have the same or an earlier one */
	uint32_t n_dated;
	double sigma_days; /* of nb_related_options */
} nb_pair_context;

void nb_pair_context_release(nb_pair_context *c);

/** Terms, candidates and times of some articles, which should be of one language. */
nb_status nb_pair_context_make(const nb_night *night, const uint32_t *article, uint32_t n,
			       const nb_related_options *o, nb_pair_context *out,
			       nb_related_stats *stats, nb_error *err) NB_MUST_CHECK;

/**
 * The features of a pair.
 *
 * @param i, j     numbers as in c->terms
 * @param feature  out
 */
void nb_pair_features(const nb_pair_context *c, uint32_t i, uint32_t j,
		      float feature[NB_PAIR_FEATURE_COUNT]);

/** A language code as a number that sorts as it does; longer ones than eight bytes are cut. */
uint64_t nb_language_key(nb_str lang);

/* By what model a pair is judged: what is known of its times and texts. */
typedef enum nb_pair_kind {
	NB_PAIR_UNDATED, /* one has none */
	NB_PAIR_DATED,   /* of one only the day is known */
	NB_PAIR_TIMED,   /* both are known to the second */
	NB_PAIR_HEADLINE, /* one is nothing but a title, whatever the times */
	NB_PAIR_KINDS
} nb_pair_kind;

nb_pair_kind nb_pair_kind_of(const nb_pair_context *c, uint32_t i, uint32_t j);

#endif
