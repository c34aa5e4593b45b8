/* SPDX-License-Identifier: MIT
 *
 * word_list.c - see word_list.h.
 */
#include "tools/lexicon/word_list.h"

#include <stdlib.h>
#include <string.h>

#include "lexicon/form.h"
#include "newsbraid/utf8.h"

void words_release(words *w)
{
	strings_release(&w->forms);
	free(w->meaning);
	*w = (words){ 0 };
}

#define ARTICLE_LETTERS 3    /* of a word after its article, at least */
#define RANK_ARTICLE    .25f /* a word listed without an article goes before one listed with it */

/* Whether text has a character that separates words; letters beyond ASCII are taken as such. */
static bool is_one_word(nb_str text)
{
	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.ptr[i];

		if (c < 0x80 && (unsigned)((c | 32) - 'a') >= 26 && (unsigned)(c - '0') >= 10)
			return false;
		if (c == 0xE2 && i + 1 < text.len && (unsigned char)text.ptr[i + 1] == 0x80)
			return false; /* dashes, quotation marks, joiners */
	}
	return text.len > 0;
}

bool words_form(uint32_t language, nb_str text, nb_form *form)
{
	if (!is_one_word(text))
		return false;
	nb_form_make(text.ptr, text.len, nb_languages[language].flags & NB_LANGUAGE_DOTLESS, form);
	return form->n > 0;
}

void words_add_form(words *w, const char *form, size_t n, uint32_t phrase, float rank)
{
	w->meaning = grow(w->meaning, &w->capacity, w->n + 1, sizeof(*w->meaning));
	w->meaning[w->n] = (meaning){ strings_add(&w->forms, form, n), phrase, rank,
				      (uint32_t)w->n };
	w->n++;
	w->sorted = false;
}

/* Arabic dictionaries list many nouns with their article only. */
static size_t article_length(const words *w, const nb_form *form)
{
	static const char article[] = "ال";
	size_t n = sizeof(article) - 1;

	if (!(nb_languages[w->language].flags & NB_LANGUAGE_PREFIXES) ||
	    form->letters < 2 + ARTICLE_LETTERS || memcmp(form->text, article, n) != 0)
		return 0;
	return n;
}

void words_add(words *w, nb_str text, uint32_t phrase, float rank)
{
	nb_form form;

	size_t article;

	if (!words_form(w->language, text, &form))
		return;
	words_add_form(w, form.text, form.n, phrase, rank);
	article = article_length(w, &form);
	if (article)
		words_add_form(w, form.text + article, form.n - article, phrase,
			       rank + RANK_ARTICLE);
}

static int by_form(const void *a, const void *b)
{
	const meaning *x = a, *y = b;

	if (x->form != y->form)
		return x->form < y->form ? -1 : 1;
	if (x->rank != y->rank)
		return x->rank < y->rank ? -1 : 1;
	return x->order < y->order ? -1 : 1;
}

void words_sort(words *w)
{
	if (!w->sorted && w->n)
		qsort(w->meaning, w->n, sizeof(*w->meaning), by_form);
	for (size_t i = 0; !w->sorted && i < w->n; i++)
		w->meaning[i].order = (uint32_t)i;
	w->sorted = true;
}

const meaning *words_find(words *w, nb_str text, size_t *n)
{
	nb_form form;
	uint32_t wanted = words_form(w->language, text, &form)
				  ? strings_find(&w->forms, form.text, form.n)
				  : STRINGS_NONE;
	size_t low = 0, high = w->n;

	*n = 0;
	if (wanted == STRINGS_NONE)
		return NULL;
	words_sort(w);
	while (low < high) {
		size_t mid = (low + high) / 2;

		if (w->meaning[mid].form < wanted)
			low = mid + 1;
		else
			high = mid;
	}
	while (low + *n < w->n && w->meaning[low + *n].form == wanted)
		++*n;
	return *n ? w->meaning + low : NULL;
}

bool words_unspaced(nb_str text)
{
	uint32_t letters = 0, han = 0, katakana = 0, cp;

	for (size_t i = 0; i < text.len; letters++) {
		i += nb_utf8_decode(text.ptr + i, text.len - i, &cp);
		han += cp - 0x3400 < 0x6C00;
		katakana += cp - 0x30A0 < 0x60;
		if (cp < 0x3040)
			return false;
	}
	return letters >= 2 && letters <= 12 && (han > 0 || katakana == letters);
}
