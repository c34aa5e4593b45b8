/* SPDX-License-Identifier: MIT
 *
 * explain.h - the parts of newsbraid explain.
 */
#ifndef NB_PIPELINE_EXPLAIN_H
#define NB_PIPELINE_EXPLAIN_H

#include "output_info.h"
#include "tables.h"

typedef struct explanation {
	const char *out;
	nb_str id[2];
	size_t n_ids;
	bool full;
	int width;
	stored stored;
	article_list list;
	const found_article *article[2];
	nb_arena text;
	nb_str body[2]; /* the texts, absent if the output has none */
} explanation;

/** "ID  time  who  title" after `lead`, cut to the width. */
void print_article(const explanation *e, const char *lead, const found_article *a);

/** The article itself, or the leader that stands for it where reports are scored. */
const found_article *report_of(const explanation *e, const found_article *a);

/** Whether the output has the table of texts. */
bool has_texts(const explanation *e);

/** One article: its copy group and every pair of copies it is in. */
nb_status explain_group(const explanation *e, nb_error *err);
/** Two articles: why they are, or are not, copies; texts that are alike side by side.
 *  *alike: whether they are, or are in one copy group. */
nb_status explain_copies(const explanation *e, bool *alike, nb_error *err);
/** The beginnings of two texts that are not alike. */
void explain_beginnings(const explanation *e);

/** One article: its credits, place, language, and what was cut from its text. */
nb_status explain_page(explanation *e, nb_error *err);

/** One article: its event and storyline, and the strongest pairs it is in. */
nb_status explain_event(const explanation *e, nb_error *err);
/** Two articles: are they one event, one storyline, and by what evidence. */
nb_status explain_link(const explanation *e, nb_error *err);

/** The nearest path of pairs from one article to another, printed. */
nb_status explain_path(const explanation *e, const found_article *from, const found_article *to,
		       nb_error *err);

/** The words that a scored pair has in common, two columns; swap: b stands left. */
void print_anchors(const explanation *e, const nb_node *edge, bool swap);
/** The heaviest of them on one line: "Putin = Poetin, 2020 = 2020". */
void print_best_anchors(const nb_node *edge, bool swap);

#endif
