/* SPDX-License-Identifier: MIT
 *
 * place.c - places and countries in running text: the longest name of one to four tokens.
 */
#include <string.h>

#include "lexicon/concepts_scratch.h"
#include "lexicon/place_key.h"

static nb_links find(const struct nb_concepts_scratch *s, uint64_t key)
{
	return nb_lexicon_links(s->lexicon, s->language, NB_LEX_PLACES, key);
}

static void make_form(const struct nb_concepts_scratch *s, const char *text, size_t i, nb_form *form)
{
	const nb_tokens *t = &s->tokens;

	nb_form_make(text + t->begin[i], t->end[i] - t->begin[i],
		     nb_languages[s->language].flags & NB_LANGUAGE_DOTLESS, form);
}

/* Whether tokens i and i + 1 may belong to one name: a blank, a hyphen, an apostrophe or a point
 * between them. */
static bool continues(const struct nb_concepts_scratch *s, const char *text, size_t i)
{
	const nb_tokens *t = &s->tokens;
	size_t gap;

	if (i + 1 >= t->n || t->begin[i + 1] < t->end[i])
		return false;
	gap = t->begin[i + 1] - t->end[i];
	if (gap == 0 || gap > 3)
		return false;
	for (size_t k = 0; k < gap; k++)
		if (memchr(",;:()\n\"!?", text[t->end[i] + k], 10))
			return false;
	return true;
}

/* A name of exactly `tokens` tokens. */
static nb_links find_several(const struct nb_concepts_scratch *s, const char *text, size_t i,
			     size_t tokens)
{
	uint64_t key = 0, stump = 0;
	nb_links links;
	nb_form form;

	for (size_t k = 0; k < tokens; k++) {
		uint64_t one, each;

		if (k && !continues(s, text, i + k - 1))
			return (nb_links){ NULL, 0 };
		make_form(s, text, i + k, &form);
		one = nb_form_key(form.text, form.n);
		each = nb_place_stump_each(form.text, form.n);
		key = k ? nb_form_key_next(key, one) : one;
		stump = k ? nb_form_key_next(stump, each) : each;
	}
	links = find(s, key);
	if (!links.n)
		links = find(s, key ^ NB_LEX_ACRONYM); /* "U.S." */
	if (!links.n && nb_language_flags(s) & NB_LANGUAGE_DECLINES)
		links = find(s, nb_place_stump(stump));
	return links;
}

/* The word with letters of its end cut off, one after the other. */
static nb_links find_declined(const struct nb_concepts_scratch *s, const nb_form *form)
{
	nb_links links = { NULL, 0 };

	for (uint32_t cut = 0; !links.n && cut <= NB_PLACE_CUT_MOST; cut++) {
		if (form->letters < cut + NB_PLACE_STUMP_LEAST)
			break;
		links = find(s, nb_place_stump(nb_form_key(
					form->text,
					nb_form_prefix(form->text, form->n, form->letters - cut))));
	}
	return links;
}

static nb_links find_prefixed(const struct nb_concepts_scratch *s, const nb_form *form)
{
	nb_links links = { NULL, 0 };

	for (size_t i = 0, cut; !links.n && (cut = nb_form_arabic_prefix(form, i)) < form->n; i++)
		if (cut)
			links = find(s, nb_form_key(form->text + cut, form->n - cut));
	return links;
}

void nb_place_describe(const struct nb_concepts_scratch *s, nb_entry *w, const nb_form *form)
{
	uint32_t flags = nb_language_flags(s);

	w->place = w->stump = (nb_links){ NULL, 0 };
	if (!s->lexicon)
		return;
	if (w->acronym)
		w->place = find(s, w->key ^ NB_LEX_ACRONYM);
	if (!w->place.n)
		w->place = find(s, w->key);
	if (!w->place.n && flags & NB_LANGUAGE_PREFIXES)
		w->place = find_prefixed(s, form);
	else if (!w->place.n && flags & NB_LANGUAGE_DECLINES)
		w->stump = find_declined(s, form);
}

/* A name of one token. */
static nb_links find_one(const struct nb_concepts_scratch *s, size_t i, const nb_entry *word)
{
	bool doubtful = word->flags & NB_CONCEPT_KNOWN &&
			(nb_language_flags(s) & NB_LANGUAGE_NOUNS || s->tokens.sentence[i]);

	return word->place.n || doubtful ? word->place : word->stump;
}

void nb_place_find(const struct nb_concepts_scratch *s, const char *text, size_t i,
		   const nb_entry *word, nb_links *links, size_t *tokens)
{
	*links = (nb_links){ NULL, 0 };
	*tokens = 0;
	if (!s->lexicon || !word->key)
		return;
	for (size_t n = NB_PLACE_TOKENS; n > 1 && !links->n; n--)
		if (word->places >> n & 1) {
			*links = find_several(s, text, i, n);
			*tokens = n;
		}
	if (!links->n) {
		*links = find_one(s, i, word);
		*tokens = 1;
	}
	if (!links->n)
		*tokens = 0;
}
