/* SPDX-License-Identifier: MIT
 *
 * word_list.h - what the builder gathers of one language: forms and what they mean.
 */
#ifndef NB_TOOLS_LEXICON_WORD_LIST_H
#define NB_TOOLS_LEXICON_WORD_LIST_H

#include <stdbool.h>

#include "tools/lexicon/strings.h"
#include "lexicon/form.h"
#include "text/language.h"

/* One meaning of one form. */
typedef struct meaning {
	uint32_t form;   /* in words.forms */
	uint32_t phrase; /* in the builder's English phrases */
	float rank;      /* 0 first; parts of a rank for roundabout ways */
	uint32_t order;  /* as they came: ties stay deterministic */
} meaning;

typedef struct words {
	uint32_t language; /* place in nb_languages */
	strings forms;
	meaning *meaning; /* meaning[0..n); by form, rank, order once sorted */
	size_t n, capacity;
	bool sorted;
} words;

void words_release(words *w);

/**
 * Note what a word means.
 * @param text  one word or more; of more than one token it is left out, except in languages
 *              without blanks
 */
void words_add(words *w, nb_str text, uint32_t phrase, float rank);

/** As words_add for what is a form already. */
void words_add_form(words *w, const char *form, size_t n, uint32_t phrase, float rank);

/** The meanings of a form, best first: *n of them, NULL if none.  Sorts when needed. */
const meaning *words_find(words *w, nb_str text, size_t *n);

/** Put the meanings of each form together. */
void words_sort(words *w);

/** The form of one word; false if the text is none or several. */
bool words_form(uint32_t language, nb_str text, nb_form *form);

/** The first language from place `from` on that the lexicon has words of; nb_n_languages after the
 *  last one. */
static inline uint32_t words_language(uint32_t from)
{
	while (from < nb_n_languages && !(nb_languages[from].flags & NB_LANGUAGE_LEXICON))
		from++;
	return from;
}

/** Whether a Japanese word can be looked up: two to twelve letters, with kanji or all katakana. */
bool words_unspaced(nb_str text);

#endif
