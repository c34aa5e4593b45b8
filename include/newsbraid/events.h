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
 * @param out    out: release with nb_events_release
 * @param stats  out
 * @return NB_OK, NB_ENOMEM or what a text gave (*out is then empty)
 *
 * The same result for any number of threads and instruction set.  Opens OpenMP regions.
 */
nb_status nb_events_find(const nb_night *night, const nb_edges *edges, const nb_copies *copies,
			 const nb_lexicon *lexicon, nb_events *out, nb_events_stats *stats,
			 nb_error *err) NB_MUST_CHECK;

#endif
