/* SPDX-License-Identifier: MIT
 *
 * tables.h - reading an output back: rows of a table, one field at a time.
 */
#ifndef NB_PIPELINE_TABLES_H
#define NB_PIPELINE_TABLES_H

#include <stdbool.h>

#include "newsbraid/json.h"
#include "newsbraid/arena.h"
#include "newsbraid/publish.h"
#include "printable.h"

/* A table that is being read.  Strings of a row live until the next one. */
typedef struct table {
	char path[4096];
	nb_rows *rows;
	nb_doc *doc;
	char *padded; /* the row, with the padding that the parser wants */
	size_t len, capacity;
	nb_node row;
	uint64_t line;
} table;

/** Open a table of the output folder, or the file `name` if out is NULL. */
nb_status table_open(table *t, const char *out, const char *name, nb_error *err);
/** The next row; *more is false at the end. */
nb_status table_next(table *t, bool *more, nb_error *err);
void table_close(table *t);

/** Fields of the row; absent, null or of another kind: {NULL, 0}, 0, false. */
bool table_field(const table *t, const char *key, nb_node *value);
nb_str table_text(const table *t, const char *key);
double table_real(const table *t, const char *key);

/** The same of any object. */
bool node_member(const nb_node *object, const char *key, nb_node *value);
nb_str node_text(const nb_node *object, const char *key);
double node_real(const nb_node *object, const char *key);

/** The number in a node, 0 if it is none. */
double node_number(const nb_node *node);

/**
 * Every row of a table (of the file `name` if out is NULL) through one function.  NB_ESTOP from the function ends the walk without
 * failure; another failure is told as one of memory.
 */
typedef nb_status table_row_fn(void *context, const table *t);
nb_status table_each(const char *out, const char *name, table_row_fn *row, void *context,
		     nb_error *err);

/* ---- whole columns --------------------------------------------------------------------------- */

/* One article of an output. */
typedef struct found_article {
	nb_str id, copy, role, copy_of, event, storyline, event_role;
	nb_str source, agency, lang, title, published_at;
	bool day_only; /* published_at names a day, not a time of it */
	bool usable;   /* neither withheld nor taken back by who sent it */
	double score, centrality;
} found_article;

/* Which columns are wanted: all, or those that say where an article belongs. */
typedef enum article_columns { ARTICLES_WHOLE, ARTICLES_PLACES } article_columns;

/* Every article, sorted by id as it stands in the table. */
typedef struct article_list {
	found_article *article; /* [0..n) */
	size_t n, capacity;
	nb_arena text;
	article_columns columns;
} article_list;

nb_status articles_load(article_list *f, const char *out, article_columns columns, nb_error *err);
/** A table_row_fn: the next row into the list. */
nb_status articles_add(void *list, const table *t);
void articles_release(article_list *f);
/** The article with this id, or NULL. */
const found_article *article_by_id(const article_list *f, nb_str id);

/** Negative if a comes before b in the order of time: (time, id), a day alone after the hours of
 *  that day, without a time last.  As articles are numbered. */
int article_compare_time(const found_article *a, const found_article *b);

/** When it was published, NB_NO_TIME if that is not known. */
int64_t article_time(const found_article *a);
/** The same to read: "2026-03-17T20:05:00Z", "2026-03-17", {NULL, 0}. */
nb_str article_time_text(const found_article *a);

int str_compare(nb_str a, nb_str b); /* bytes, then length */
bool str_equal(nb_str a, nb_str b);
bool str_equal_c(nb_str a, const char *b);

#endif
