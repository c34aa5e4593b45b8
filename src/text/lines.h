/* SPDX-License-Identifier: MIT
 *
 * lines.h - a text as lines, and what each looks like: the ground on which cleaning decides.
 *
 * Level: text.
 */
#ifndef NB_TEXT_LINES_H
#define NB_TEXT_LINES_H

#include "newsbraid/clean.h"
#include "text/dateline.h"
#include "text/line_forms.h"
#include "text/words.h"

#define NB_LINE_KEPT 255 /* nb_line.cut of a line that stays */

/* What a line looks like. */
enum {
	NB_LINE_SENTENCE = 1 << 0, /* ends as sentences do */
	NB_LINE_BODY = 1 << 1,     /* long enough, and a sentence: part of a report */
	NB_LINE_AGO = 1 << 2,      /* "3 hours ago", alone or with the next line glued to it */
	NB_LINE_STAMP = 1 << 3,    /* a date and nothing else */
	NB_LINE_CRUMBS = 1 << 4,   /* "Home / World / ...", menus */
	NB_LINE_TITLE = 1 << 5,    /* the title, or a part of it */
	NB_LINE_BYLINE = 1 << 6,
	NB_LINE_DATELINE = 1 << 7,
	NB_LINE_LISTED = 1 << 8, /* may be an entry of a list: short, no statement */
	NB_LINE_ALONE = 1 << 9,  /* the phrase is the whole line */
	NB_LINE_WEAK = 1 << 10,  /* the phrase is two words and more follows: a guess */
	NB_LINE_PHOTO = 1 << 11, /* a byline, but of the picture */
};

typedef struct nb_line {
	uint32_t begin, end; /* without blanks around it; never empty */
	uint32_t width;      /* characters; a Han character counts for more than two */
	uint16_t flags, n_words;
	uint8_t phrase; /* nb_phrase_kind of the list it is in, or NB_WORD_KINDS */
	uint8_t cut;    /* nb_cut_reason or NB_LINE_KEPT */
	uint16_t glued; /* bytes of "3 hours ago" before what is glued to it */
} nb_line;

typedef struct nb_lines {
	nb_line *line;
	size_t n, capacity;
	const nb_page *page;
	bool wrapped; /* lines are broken at a fixed width */
	size_t start; /* the line where the report begins */
	bool has_dateline; /* line `start` has the dateline below */
	nb_dateline dispatch;
	nb_lex title, lex;
} nb_lines;

/** Split and classify.  NB_OK or NB_ENOMEM. */
nb_status nb_lines_read(nb_lines *l, const nb_page *page) NB_MUST_CHECK;

/** Decide what is furniture: sets cut of the lines. */
void nb_lines_mark(nb_lines *l);

/** Lex line i into l->lex (up to NB_LEX_BYTES of it). */
const nb_lex *nb_lines_lex(nb_lines *l, size_t i);

/** A short line as a number, for counting what recurs; bit 0: ends as sentences do. */
uint64_t nb_line_key(const char *line, size_t n);

/* Lines longer than this never recur as furniture. */
#define NB_LINE_KEY_BYTES 200

/** Credits: in dateline, bylines, tail, title, running text; cuts bylines and tail credits. */
void nb_lines_credit(nb_lines *l, nb_cleaned *out, nb_cut *tail);

/** Add a credit, unless the agency has one that is as good. */
void nb_credit_add(nb_cleaned *out, nb_agency agency, nb_agency_role role, nb_str words);

/** Agencies in running text: "TASS reports" is relayed, "told Reuters" quoted. */
void nb_credit_prose(nb_str text, nb_cleaned *out);

#endif
