/* SPDX-License-Identifier: MIT
 *
 * row.h - what one thread needs to make rows, one function a table, and what they share.
 *
 * Every column stands in every row, in the same order, null where nothing is known.  The schemas
 * are in schema/.
 */
#ifndef NB_PUBLISH_ROW_H
#define NB_PUBLISH_ROW_H

#include "newsbraid/json.h"
#include "newsbraid/token.h"
#include "publish/row_plan.h"
#include "publish/tally.h"

/* A report that was read last; rows that stand beside each other often want the same one. */
typedef struct nb_row_report {
	char *buffer;
	size_t capacity;
	nb_str text;
	uint32_t of; /* article number + 1, 0: none */
} nb_row_report;

/* All zero bytes is a valid empty object. */
typedef struct nb_rowmaker {
	nb_json json;
	nb_row_report report[2];
	nb_tallies tallies;
	nb_tokens tokens; /* scratch */
	nb_arena words;   /* of one row */
	char *scratch;
	size_t scratch_capacity;
	void *list; /* scratch of terms.c */
	size_t list_capacity;
} nb_rowmaker;

void nb_rowmaker_release(nb_rowmaker *m);

/** Append row number `row` of a table, with its line feed, to m->json. */
typedef nb_status nb_row_fn(nb_rowmaker *m, const nb_plan *plan, uint64_t row);

nb_row_fn nb_row_article, nb_row_copies, nb_row_event, nb_row_storyline, nb_row_edge, nb_row_text;

/* Longest escaped form of a string other than a text: thirty of them fit in a row. */
#define NB_FIELD_MAX ((size_t)1 << 19)
/* Bytes of a list of names, its last one not counted. */
#define NB_LIST_MAX ((size_t)1 << 20)
/* Longest word or name that is shown as evidence, in bytes. */
#define NB_WORD_MAX ((size_t)200)
/* Bytes of a row before the last member of the list that closes it (two fields a member). */
#define NB_MEMBERS_MAX (NB_ROW_MAX - 2 * NB_FIELD_MAX - 4096)

/** "key": s, cut to NB_FIELD_MAX. */
void nb_row_field(nb_json *j, const char *key, nb_str s);

/** "key": "k:ID", the id of the copy group ('c'), event ('e') or storyline ('s') whose earliest
 *  article is i. */
nb_status nb_row_id(nb_rowmaker *m, const char *key, char kind, const nb_night *night, uint32_t i)
	NB_MUST_CHECK;

/** "key": time in RFC 3339, or null. */
void nb_row_time(nb_json *j, const char *key, int64_t time);

/** "key": seconds from article a to b, null where a time of day is not known. */
void nb_row_lag(nb_json *j, const char *key, const nb_night *night, uint32_t a, uint32_t b);

/** The report of article i in place `slot` of m; valid until another is asked for there. */
nb_status nb_row_report_of(nb_rowmaker *m, unsigned slot, const nb_night *night, uint32_t i,
			   nb_str *text) NB_MUST_CHECK;

/** "key": the names of t, as they stand there, the first NB_LIST_MAX bytes of them. */
void nb_row_names(nb_json *j, const char *key, const nb_tallies *t);

/** The earliest and the latest known time of member[0..n), or null. */
void nb_row_times(nb_json *j, const char *first_key, const char *last_key, const nb_night *night,
		  const uint32_t *member, size_t n);

/** Bytes [begin, begin + len) of a report, at most NB_WORD_MAX of them. */
nb_str nb_row_word(nb_str report, uint32_t begin, uint32_t len);

/** "key": the title of article i; the first words of its report if it has none. */
nb_status nb_row_headline(nb_rowmaker *m, const char *key, const nb_night *night, uint32_t i)
	NB_MUST_CHECK;

/** Tally the languages of member[0..n), most used first. */
nb_status nb_tally_languages(nb_tallies *t, const nb_published *p, const uint32_t *member, size_t n)
	NB_MUST_CHECK;

/** "agencies", "sources", "languages" of member[0..n), which stand in the order of time. */
nb_status nb_row_who(nb_rowmaker *m, const nb_published *p, const uint32_t *member, size_t n)
	NB_MUST_CHECK;

/** "places" and "terms" of these events, heaviest first, NB_EVENT_TERMS of each. */
nb_status nb_row_terms(nb_rowmaker *m, const nb_published *p, const uint32_t *event,
		       size_t n_events) NB_MUST_CHECK;

/** Close the row. */
nb_status nb_row_end(nb_json *j) NB_MUST_CHECK;

#endif
