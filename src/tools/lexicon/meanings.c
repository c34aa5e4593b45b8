/* SPDX-License-Identifier: MIT
 *
 * meanings.c - what was gathered of each language becomes lists of concepts: by form, and by stem.
 */
#include <math.h>
#include <string.h>

#include "tools/lexicon/build.h"
#include "lexicon/form.h"
#include "lexicon/stem.h"

#define RANK_DECAY   .8
#define WORDS_MOST   6    /* English words a form may mean */
#define RANK_LETTER  .01f /* a stem means what its shortest forms mean, first */

typedef struct list {
	size_t n, words;
	nb_concept concept[NB_LEX_LINKS];
} list;

static void list_add(list *l, nb_concept c)
{
	for (size_t i = 0; i < l->n; i++) {
		if (l->concept[i].id != c.id)
			continue;
		l->concept[i].weight = fmaxf(l->concept[i].weight, c.weight);
		return;
	}
	if (l->n == NB_LEX_LINKS || (c.kind == NB_CONCEPT_WORD && l->words == WORDS_MOST))
		return;
	l->words += c.kind == NB_CONCEPT_WORD;
	l->concept[l->n++] = c;
}

/* The concepts of m[0..n), the meanings of one form, best first. */
static void list_make(build *b, list *l, const meaning *m, size_t n)
{
	l->n = l->words = 0;
	for (size_t i = 0; i < n; i++) {
		nb_concept c[ENGLISH_CONCEPTS];
		size_t n_c = english_concepts(&b->english, m[i].phrase, c);
		float decay = (float)pow(RANK_DECAY, m[i].rank > 0 ? m[i].rank : 0);

		for (size_t k = 0; k < n_c; k++) {
			c[k].weight *= decay;
			list_add(l, c[k]);
		}
	}
}

/* Note how long words are that begin as this one does. */
static void put_length(build *b, uint32_t language, nb_str form)
{
	size_t two = nb_form_prefix(form.ptr, form.len, 2), letters = 0;

	for (size_t i = 0; i < form.len; i++)
		letters += ((unsigned char)form.ptr[i] & 0xC0) != 0x80;
	if (letters < 32)
		tables_set(b->tables, language, NB_LEX_LENGTHS, nb_form_key(form.ptr, two),
			   1u << letters);
}

static void put_all(build *b, words *w, enum nb_lex_kind kind)
{
	bool unspaced = nb_languages[w->language].flags & NB_LANGUAGE_UNSPACED;
	list l;

	words_sort(w);
	for (size_t i = 0, n; i < w->n; i += n) {
		nb_str form = strings_get(&w->forms, w->meaning[i].form);

		for (n = 1; i + n < w->n && w->meaning[i + n].form == w->meaning[i].form;)
			n++;
		list_make(b, &l, w->meaning + i, n);
		tables_put(b->tables, w->language, kind, nb_form_key(form.ptr, form.len),
			   l.concept, l.n);
		if (unspaced && l.n)
			put_length(b, w->language, form);
	}
}

static void put_stems(build *b, const words *w)
{
	words stems = { .language = w->language };
	nb_form stem;

	for (size_t i = 0; i < w->n; i++) {
		const meaning *m = &w->meaning[i];
		nb_str form = strings_get(&w->forms, m->form);

		if (nb_stem(&b->english.stemmers, w->language, form.ptr, form.len, &stem) != NB_OK)
			die("cannot build", "no memory");
		words_add_form(&stems, stem.text, stem.n, m->phrase,
			       m->rank + RANK_LETTER * (float)(form.len - stem.n));
	}
	put_all(b, &stems, NB_LEX_STEMS);
	words_release(&stems);
}

void build_words(build *b)
{
	for (uint32_t i = words_language(0); i < nb_n_languages; i = words_language(i + 1)) {
		put_all(b, &b->words[i], NB_LEX_WORDS);
		if (!(nb_languages[i].flags & NB_LANGUAGE_UNSPACED))
			put_stems(b, &b->words[i]);
	}
}

void build_english(build *b)
{
	words *en = &b->words[nb_language_find("en")];
	uint32_t n = b->english.phrases.n;

	for (uint32_t i = 0; i < n; i++) {
		nb_str phrase = strings_get(&b->english.phrases, i);

		if (phrase.len > 2 && *phrase.ptr != '#' && phrase.ptr[1] >= 'a' &&
		    phrase.ptr[1] <= 'z')
			words_add(en, (nb_str){ phrase.ptr + 1, phrase.len - 1 }, i, 0);
	}
}
