/* SPDX-License-Identifier: MIT
 *
 * stop_words.h - which words of a language say nothing, by the lexicon's lists.
 *
 * Frequencies tell that in a night of thousands; in one of fifty they do not.
 *
 * Level: match.
 */
#ifndef NB_LEXICON_STOP_WORDS_H
#define NB_LEXICON_STOP_WORDS_H

#include "newsbraid/article.h"
#include "newsbraid/lexicon.h"

/* One object serves one thread, for many articles of one lexicon.  All zero bytes is a valid one,
 * to which no word is a stop word. */
typedef struct nb_stop_words {
	const nb_lexicon *lexicon; /* may be NULL */
	uint32_t language;         /* as nb_language_find has it */
	uint64_t *known;           /* private: answers, by hash */
} nb_stop_words;

void nb_stop_words_release(nb_stop_words *s);

/** The words that follow are of this language.  NB_OK or NB_ENOMEM. */
nb_status nb_stop_words_language(nb_stop_words *s, nb_str lang) NB_MUST_CHECK;

/** Whether a word, as the text has it, says nothing. */
bool nb_stop_words_has(nb_stop_words *s, nb_str word);

#endif
