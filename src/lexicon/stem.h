/* SPDX-License-Identifier: MIT
 *
 * stem.h - what stands for all forms of a word: Snowball's stem; where Snowball does not know the
 * language, its first five letters without the vowels at their end.
 *
 * Level: lexicon.  One nb_stemmers must not be used by two threads at the same time.
 */
#ifndef NB_LEXICON_STEM_H
#define NB_LEXICON_STEM_H

#include "lexicon/form.h"
#include "text/language.h"

/* Made when first asked for.  All zero bytes is a valid empty object. */
typedef struct nb_stemmers {
	struct sb_stemmer *of[NB_LANGUAGE_MOST];
} nb_stemmers;

void nb_stemmers_release(nb_stemmers *s);

/**
 * @param language  place in nb_languages
 * @param stem      out; its text is never longer than the form's
 * @return NB_OK or NB_ENOMEM
 */
nb_status nb_stem(nb_stemmers *s, uint32_t language, const char *form, size_t n,
		  nb_form *stem) NB_MUST_CHECK;

#endif
