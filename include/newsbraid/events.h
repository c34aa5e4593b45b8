/* SPDX-License-Identifier: MIT
 *
 * events.h - copy groups to events, across languages, and events to storylines.
 *
 * An event is a set of reports of one happening; a storyline a set of events that follow from one
 * another.  Leaders of copy groups are what is clustered; their copies come with them.
 *
 * Level: events.
 */
#ifndef NB_EVENTS_H
#define NB_EVENTS_H

#include "newsbraid/copies.h"
#include "newsbraid/lexicon.h"

NB_API_BEGIN

/* What an article is in its event. */
typedef enum nb_event_role {
	NB_ROLE_FIRST = 0,       /* the earliest report of the event */
	NB_ROLE_COPY = 1,        /* copy of another member */
	NB_ROLE_REPORT = 2,      /* a report of its own */
	NB_ROLE_TRANSLATION = 3, /* says what a report of the same agency in another language says */
	NB_ROLE_UPDATE = 4,      /* a later version of a report of the same source and agency */
	NB_ROLE_COUNT = 5,
} nb_event_role;

/* "first", "copy", "report", "translation", "update" */
const char *nb_event_role_name(nb_event_role role);

/* What a pair of reports was found by. */
typedef enum nb_event_method {
	NB_EVENT_RELATED = 0, /* one language: the pair scorer (related.h) */
	NB_EVENT_ACROSS = 1,  /* different languages: aligned concepts */
	NB_EVENT_STORY = 2,   /* different events of one storyline: aligned concepts */
	NB_EVENT_METHOD_COUNT = 3,
} nb_event_method;

/* "related", "across", "story" */
const char *nb_event_method_name(nb_event_method method);

typedef enum nb_anchor_kind {
	NB_ANCHOR_WORD = 0,
	NB_ANCHOR_NAME = 1,
	NB_ANCHOR_PLACE = 2,
	NB_ANCHOR_NUMBER = 3,
	NB_ANCHOR_COUNT = 4,
} nb_anchor_kind;

/* "word", "name", "place", "number" */
const char *nb_anchor_kind_name(nb_anchor_kind kind);

/* Evidence: a word of one report and the word of the other that means the same. */
typedef struct nb_anchor {
	nb_span span; /* bytes in the two reports */
	float weight; /* its share of the score, in [0, 1] */
	uint8_t kind; /* nb_anchor_kind */
} nb_anchor;

#define NB_EDGE_ANCHORS 12u /* heaviest anchors kept with an edge */

/* Two reports and why they are together.  Both lead copy groups. */
typedef struct nb_event_edge {
	uint32_t a, b;  /* article numbers, a < b */
	uint8_t method; /* nb_event_method */
	float score;    /* in [0, 1]: the probability that they report one event (related), or the
			   share of a translation's alignment that they reach (across, story) */
	float words, entities, title, lead; /* related: cosines; else 0 */
	uint32_t n_anchors;
	size_t anchor_at; /* nb_events.anchor[anchor_at..anchor_at + n_anchors), heaviest first */
} nb_event_edge;

/* A word that says what an event is about, where it stands in one of its reports. */
typedef struct nb_event_term {
	uint32_t article, begin, len; /* bytes in the report of that article */
	float weight;
	uint8_t kind; /* nb_anchor_kind */
} nb_event_term;

#define NB_EVENT_TERMS 10u /* terms, and as many places, kept for an event */

/*
 * Events and storylines of n articles.  Both are numbered by their earliest article; members stand
 * in the order of their numbers, which is that of time.  All zero bytes is a valid empty object.
 */
typedef struct nb_events {
	uint32_t n;
	uint32_t n_events, n_storylines; /* single ones included */
	/* by article, [0..n): */
	uint32_t *event;
	uint8_t *role;     /* nb_event_role */
	float *centrality; /* how much it says of what the reports of the event agree on, in [0, 1]; a
			      copy has its leader's, a single report 1 */
	/* by event, [0..n_events): */
	uint32_t *member_at; /* [0..n_events]: members are member[member_at[e]..member_at[e + 1]) */
	uint32_t *member;    /* [0..n) */
	uint32_t *central;   /* the most central report: its title is the event's */
	float *cohesion;     /* mean centrality of its reports */
	uint32_t *storyline;
	size_t *term_at; /* [0..n_events]: term[term_at[e]..term_at[e + 1]), heaviest first */
	nb_event_term *term;
	/* evidence, sorted by (b, a, method): */
	nb_event_edge *edge;
	size_t n_edges;
	nb_anchor *anchor;
} nb_events;

void nb_events_release(nb_events *e);

/** Copies alone: every copy group an event and a storyline of its own, without edges or terms.
 *  @param out  out: release with nb_events_release; @return NB_OK or NB_ENOMEM (*out is then empty) */
nb_status nb_events_of_copies(const nb_copies *copies, nb_events *out) NB_MUST_CHECK;

/*
 * What decides which reports are one event, field by field.  Above each group stand the commands that
 * found its values, on which sets, and the file that has the figures; `newsbraid run --set NAME=VALUE`
 * tries another.  "share of a translation" is an alignment beside what a translation reaches.
 *
 * X(REAL or COUNT, field, default, least, most, unit or NULL, what it is)
 */
#define NB_EVENTS_OPTIONS(X)                                                                      \
	/* pairs of one language (related.h): `make bench-events`, `newsbraid run` and `eval`     \
	   on gva-dev */                                                                          \
	X(REAL, related_stop, 0.35, 0.01, 1, NULL,                                                \
	  "mean probability from which two clusters of one language are one event")               \
	X(REAL, related_floor, 0.02, 0, 1, NULL, "least probability of a pair that is kept")      \
	X(COUNT, related_candidates, 60, 1, 200, "reports",                                       \
	  "most reports that one is compared with")                                               \
	X(COUNT, related_postings, 100, 1, 1000000, "reports",                                    \
	  "most reports that a term leads to, the nearest in time")                               \
	/* run and eval on the sample night: src/related/scorer.c */                              \
	X(REAL, related_sigma_days, 2.0, 0.01, 1000, "days",                                      \
	  "deviation of the time between reports of one event and language")                      \
	/* run and eval on ecb+, gva-dev and the sample night: src/events/series.c */             \
	X(REAL, series_other_numbers, 0.75, 0.01, 1, NULL,                                        \
	  "share of the numbers that differs between reports of a series")                        \
	/* what other languages say of a pair: run and eval on the sample night, ntrex, its       \
	   first 300 characters, udpud: src/events/cross_evidence.c */                            \
	X(COUNT, evidence_languages, 8, 1, 8, "languages",                                        \
	  "most languages that are asked about a report")                                         \
	X(REAL, evidence_floor, 0.2, 0, 1, NULL,                                                  \
	  "least probability of a pair that is asked about")                                      \
	X(REAL, evidence_sure, 0.3, 0, 1, NULL,                                                   \
	  "share of a translation from which a report is a counterpart")                          \
	X(REAL, evidence_far, 0.02, 0.001, 1, NULL,                                               \
	  "share that stands for what is not near at all")                                        \
	X(REAL, evidence_near, 1.0, 0.001, 10, NULL, "share from which nearer is no nearer")      \
	X(REAL, evidence_margin, 0.2, 0, 10, NULL,                                                \
	  "disagreement that says nothing, the logarithm of a ratio")                             \
	X(REAL, evidence_weight, 12.0, 0, 1000, NULL,                                             \
	  "log-odds that the rest of a disagreement weighs")                                      \
	/* clusters of different languages: run and eval on the same sets; names: `make           \
	   bench-across`: src/events/cross_linkage.c */                                           \
	X(REAL, across_first_stop, 0.45, 0.01, 2, NULL,                                           \
	  "share of a translation from which clusters are joined at first")                       \
	X(REAL, across_second_stop, 0.35, 0.01, 2, NULL, "... then")                              \
	X(REAL, across_stop, 0.30, 0.01, 2, NULL, "... and at last")                              \
	X(COUNT, across_rounds, 3, 1, 100, "rounds",                                              \
	  "most rounds of joins at one of these shares")                                          \
	X(COUNT, across_anchors, 2, 0, 100, "words", "independent words that must agree")         \
	X(REAL, across_shared, 0.5, 0, 1, NULL,                                                   \
	  "share of the score that goes if both have the same languages")                         \
	X(REAL, across_named, 0.1, 0, 1, NULL,                                                    \
	  "share that the root of the names in common weighs")                                    \
	X(COUNT, across_names_most, 3, 0, 100, "names", "most names in common that count")        \
	X(COUNT, across_names_usual, 2, 0, 100, "names",                                          \
	  "names in common that add and take away nothing")                                       \
	X(REAL, across_sigma_days, 0.5, 0.01, 1000, "days",                                       \
	  "deviation of the time between reports of one event and two languages")                 \
	X(REAL, across_neighbour, 0.05, 0.001, 1, NULL,                                           \
	  "cosine of concepts from which clusters are compared")                                  \
	X(COUNT, across_compared, 16, 1, 1000000, "clusters",                                     \
	  "most clusters of an event that are compared with another's")                           \
	/* storylines: run and eval on the sample night: src/events/cross_linkage.c */            \
	X(REAL, story_stop, 0.21, 0.01, 2, NULL,                                                  \
	  "share of a translation from which events are one storyline")                           \
	X(REAL, story_days, 10.0, 0.01, 10000, "days",                                            \
	  "days after which a link of events is worth a third")                                   \
	X(COUNT, story_names, 2, 0, 100, "names",                                                 \
	  "names that events of a storyline have in common")                                      \
	X(COUNT, story_anchors, 3, 0, 100, "words",                                               \
	  "words that must agree between events of a storyline")                                  \
	/* what is told of an event: as first chosen; no set has labels of roles or evidence */   \
	X(REAL, translation_same, 0.70, 0, 2, NULL,                                               \
	  "share of a translation that makes a report one, of the same agency")                   \
	X(REAL, translation_any, 0.90, 0, 2, NULL, "... of another agency")                       \
	X(COUNT, roles_compared, 24, 1, 1000000, "reports",                                       \
	  "most reports before it that one is compared with for its role")                        \
	X(COUNT, edges_each, 4, 1, 1000, "pairs",                                                 \
	  "most pairs of a report, cluster or event kept as evidence")

#define NB_OPTION_REAL  double
#define NB_OPTION_COUNT uint32_t
#define NB_OPTION_FIELD(kind, name, ...) NB_OPTION_##kind name;

typedef struct nb_events_options {
	NB_EVENTS_OPTIONS(NB_OPTION_FIELD)
} nb_events_options;

#undef NB_OPTION_FIELD

/** The defaults of the table. */
void nb_events_options_init(nb_events_options *o);

/** NB_OK; NB_EINVAL if a field is not in its range: err->path then names it. */
nb_status nb_events_options_check(const nb_events_options *o, nb_error *err) NB_MUST_CHECK;

/* How the stage went. */
typedef struct nb_events_stats {
	uint32_t n_reports;            /* leaders that were clustered */
	uint64_t n_edges[NB_EVENT_METHOD_COUNT];
	uint32_t n_events, n_storylines; /* of two reports and more; of two events and more */
	uint32_t n_across;             /* events in two languages and more */
	double related_s, across_s, story_s; /* wall seconds */
} nb_events_stats;

/**
 * The stage.
 *
 * @param edges    of nb_copies_find: which pairs are of a series
 * @param lexicon  may be NULL: across languages only names and numbers are then understood
 * @param options  NULL: the defaults
 * @param out    out: release with nb_events_release
 * @param stats  out
 * @return NB_OK, NB_EINVAL (options), NB_ENOMEM or what a text gave (*out is then empty)
 *
 * The same result for any number of threads and instruction set.  Opens OpenMP regions.
 */
nb_status nb_events_find(const nb_night *night, const nb_edges *edges, const nb_copies *copies,
			 const nb_lexicon *lexicon, const nb_events_options *options,
			 nb_events *out, nb_events_stats *stats, nb_error *err) NB_MUST_CHECK;

NB_API_END

#endif
