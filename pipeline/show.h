/* SPDX-License-Identifier: MIT
 *
 * show.h - the parts of newsbraid show.
 */
#ifndef NB_PIPELINE_SHOW_H
#define NB_PIPELINE_SHOW_H

#include "output_info.h"
#include "tables.h"
#include "top_rows.h"

/* The title of an event that a storyline names, in the reader's language. */
typedef struct wanted_title {
	nb_str event, title;
} wanted_title;

typedef struct shown {
	const char *out;
	const char *lang; /* of the reader */
	char locale[3];   /* the language that the locale says */
	size_t n_groups;  /* to list */
	bool series;      /* list reports of a series, too */
	int width;
	stored stored;
	article_list list;
	top_rows events, storylines;
	wanted_title *wanted; /* [0..n_wanted), sorted by event */
	size_t n_wanted, wanted_capacity;
	nb_arena text;
	nb_doc *doc; /* for rows of events and storylines */
} shown;

/** The largest storylines; then the largest events, and the titles that the storylines want. */
nb_status load_storylines(shown *s, nb_error *err);
nb_status load_events(shown *s, nb_error *err);

nb_status print_storylines(const shown *s);
nb_status print_events(const shown *s);
nb_status print_groups(const shown *s);
nb_status print_series(const shown *s, nb_error *err);

/** The title in the reader's language, else in English, else the title of the row. */
nb_str title_for(const char *lang, const nb_node *event_row);

/** "en 8, nl 6, de 3" */
void print_languages(const nb_node *row);

/** How heavy an event or a storyline is: its articles times its languages. */
double weight_of(const table *t);

#endif
