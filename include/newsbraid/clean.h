/* SPDX-License-Identifier: MIT
 *
 * clean.h - one page of text to its report: what is furniture, what the dateline says, who is
 * credited.
 *
 * Nothing is changed and nothing copied: the result is a list of spans to cut.  What is left is the
 * report; report and cuts together are the text again, byte for byte.
 *
 * The rules are about form, in any language: the dateline, lines that repeat the title, bread
 * crumbs, menus, stamps of time, lists of links after a heading, a second and third dispatch after
 * the report, forms for comments.  Words come in where form is not enough (src/data/phrases.txt).
 * A line is kept where the rules are in doubt.  Text whose lines are broken at a fixed width is
 * treated with more care still, because there a line is not a paragraph.
 *
 * Level: text.
 */
#ifndef NB_CLEAN_H
#define NB_CLEAN_H

#include <stdbool.h>

#include "newsbraid/agency.h"
#include "newsbraid/nb.h"

NB_API_BEGIN

/* Why a span was cut. */
typedef enum nb_cut_reason {
	NB_CUT_DATELINE = 0,   /* dateline */
	NB_CUT_TITLE = 1,      /* the title again */
	NB_CUT_NAVIGATION = 2, /* bread crumbs, menus, name of the site */
	NB_CUT_STAMP = 3,      /* date of the page, "3 hours ago" */
	NB_CUT_BYLINE = 4,     /* who wrote, at the head or the tail */
	NB_CUT_SHARE = 5,      /* share, follow, subscribe */
	NB_CUT_COMMENT = 6,    /* comments and their forms */
	NB_CUT_TEASER = 7,     /* other stories, and the heading over them */
	NB_CUT_NOTICE = 8,     /* cookies, rights, scripts */
	NB_CUT_RECURRING = 9,  /* stands on many pages of the source */
	NB_CUT_REASONS = 10,
} nb_cut_reason;

/* "dateline", "title", "navigation", "stamp", "byline", "share", "comment", "teaser", "notice",
 * "recurring" */
const char *nb_cut_reason_name(nb_cut_reason reason);

/* Bytes [begin, end) of the text. */
typedef struct nb_cut {
	uint32_t begin, end;
	nb_cut_reason reason;
} nb_cut;

/* An agency that is credited, and how the text wrote it. */
typedef struct nb_credit {
	nb_agency agency; /* NB_AGENCY_NONE: not in the table, the words are its name */
	nb_agency_role role;
	nb_str words;     /* in the text, title or byline that was cleaned */
} nb_credit;

#define NB_CUTS_MAX    64u /* of one text; what would need more stays */
#define NB_CREDITS_MAX 8u
#define NB_LINES_MAX   24u

/* What came of one text.  Strings point into the text. */
typedef struct nb_cleaned {
	nb_cut cut[NB_CUTS_MAX]; /* cut[0..n_cuts): ascending, disjoint, on character boundaries */
	uint32_t n_cuts;
	uint32_t report_bytes;
	nb_credit credit[NB_CREDITS_MAX]; /* who wrote first; an agency stands once, in its best role */
	uint32_t n_credits;
	nb_str place;       /* of the dateline: "NARVA, Estonia" */
	uint8_t month, day; /* of the dateline; 0: not said */
	uint16_t year;
	char lang[3]; /* ISO 639-1 if it was detected, else ""; nb_clean leaves it "" */
	uint64_t line[NB_LINES_MAX]; /* hashes of short lines at both ends of the report, for counting
					what recurs; none where lines are broken at a fixed width */
	uint32_t n_lines;
	uint64_t longest; /* hash of the longest line of the report: tells reports apart */
} nb_cleaned;

/* What is known of the text.  Absent strings are {NULL, 0}. */
typedef struct nb_page {
	nb_str text;  /* valid UTF-8, below 4 GiB */
	nb_str title;
	nb_str byline; /* a field of the input: credits are read from it */
	nb_str source; /* likewise */
} nb_page;

/* Scratch memory; reuse one object for many texts.  All zero bytes is a valid empty object. */
typedef struct nb_cleaner {
	struct nb_lines *lines; /* private */
} nb_cleaner;

void nb_cleaner_release(nb_cleaner *c);

/**
 * Clean one page.
 *
 * @param out  out; without cuts where nothing is furniture.  A page without any report (a form to
 *             log in) is cut whole: report_bytes is 0.
 * @return NB_OK or NB_ENOMEM
 *
 * Time is linear in the text.  One object per thread.  The same result on every machine.
 */
nb_status nb_clean(nb_cleaner *c, const nb_page *page, nb_cleaned *out) NB_MUST_CHECK;

/**
 * The report of a text: what cut[0..n) leaves.
 *
 * @param out  out[0..text.len), may be text.ptr itself
 * @return bytes written
 */
size_t nb_cut_out(nb_str text, const nb_cut *cut, size_t n, char *out);

NB_API_END

#endif
