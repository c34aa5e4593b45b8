/* SPDX-License-Identifier: MIT
 *
 * recurring_lines.h - lines that recur over pages of one source: what is kept while reading, and the count.
 */
#ifndef NB_NIGHT_RECURRING_LINES_H
#define NB_NIGHT_RECURRING_LINES_H

#include "newsbraid/clean.h"

/* A page that has keys: those of its lines, mixed with its source. */
typedef struct nb_recurring_page {
	uint64_t key_at;   /* in key; up to the next page's */
	uint32_t article;
	uint32_t source;   /* hash */
	uint32_t report;   /* hash of the longest line */
} nb_recurring_page;

typedef struct nb_recurring {
	uint64_t *key;
	size_t n_keys, key_capacity;
	nb_recurring_page *page; /* ascending by article */
	size_t n_pages, page_capacity;
} nb_recurring;

void nb_recurring_release(nb_recurring *r);

/** Keep the keys of an article's lines; nothing if its source is absent. */
nb_status nb_recurring_add(nb_recurring *r, uint32_t article, nb_str source,
			   const nb_cleaned *cleaned) NB_MUST_CHECK;

/** The key of a line on pages of a source. */
uint64_t nb_recurring_key(uint32_t source, uint64_t line);

/**
 * Find the keys that recur.
 * @param recurring  out: ascending; free() it
 */
nb_status nb_recurring_find(const nb_recurring *r, uint64_t **recurring, size_t *n) NB_MUST_CHECK;

#endif
