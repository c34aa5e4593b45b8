/* SPDX-License-Identifier: MIT
 *
 * stem.c - see stem.h.
 */
#include "lexicon/stem.h"

#include <libstemmer.h>
#include <string.h>

#define PREFIX_LETTERS 5
#define STEM_LETTERS   3 /* left when vowels are cut, at least */

void nb_stemmers_release(nb_stemmers *s)
{
	for (uint32_t i = 0; i < NB_LANGUAGE_MOST; i++)
		if (s->of[i])
			sb_stemmer_delete(s->of[i]);
	*s = (nb_stemmers){ 0 };
}

static void keep(nb_form *stem, const char *text, size_t n)
{
	stem->n = (uint32_t)(n < NB_FORM_MAX ? n : NB_FORM_MAX);
	memcpy(stem->text, text, stem->n);
}

/* Endings of nouns and adjectives begin with a vowel, or are one. */
static size_t cut(const char *form, size_t n)
{
	size_t least = nb_form_prefix(form, n, STEM_LETTERS), shorter;

	n = nb_form_prefix(form, n, PREFIX_LETTERS);
	while (nb_form_ends_in_vowel(form, n) && (shorter = nb_form_without_last(form, n)) >= least)
		n = shorter;
	return n;
}

nb_status nb_stem(nb_stemmers *s, uint32_t language, const char *form, size_t n, nb_form *stem)
{
	const char *name = nb_languages[language].stemmer;
	const sb_symbol *out;

	if (!name) {
		keep(stem, form, cut(form, n));
		return NB_OK;
	}
	if (!s->of[language])
		s->of[language] = sb_stemmer_new(name, NULL);
	if (!s->of[language])
		return NB_ENOMEM;
	out = sb_stemmer_stem(s->of[language], (const sb_symbol *)form, (int)n);
	if (!out)
		return NB_ENOMEM;
	keep(stem, (const char *)out, (size_t)sb_stemmer_length(s->of[language]));
	return NB_OK;
}
