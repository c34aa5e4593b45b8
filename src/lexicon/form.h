/* SPDX-License-Identifier: MIT
 *
 * form.h - the form under which a word is looked up.
 *
 * Lower case, composed (NFC), without stress marks, Arabic vowel signs and invisible characters,
 * and with spelling variants made one (Russian yo, Arabic alef and ya, digits of all scripts).
 * Unlike the fold of token.h it keeps the accents of Latin letters, which stemmers look at.
 *
 * Level: lexicon.  Pure functions, safe from any thread.
 */
#ifndef NB_LEXICON_FORM_H
#define NB_LEXICON_FORM_H

#include <stdbool.h>

#include "newsbraid/nb.h"

#define NB_FORM_MAX 96 /* longest form, in bytes; longer words are cut between characters */

typedef struct nb_form {
	uint32_t n;             /* bytes */
	uint32_t letters;       /* code points */
	char text[NB_FORM_MAX]; /* text[0..n) */
} nb_form;

/**
 * The form of one word.
 *
 * @param text     text[0..n): valid UTF-8; other bytes are left out
 * @param turkish  I is the capital of dotless i
 * @param form     out; n == 0 if nothing of the word is left
 */
void nb_form_make(const char *text, size_t n, bool turkish, nb_form *form);

/** The key of a form in the lexicon; never 0. */
uint64_t nb_form_key(const char *text, size_t n);

/** The key of a sequence of words, from the key of those before and that of the next. */
uint64_t nb_form_key_next(uint64_t before, uint64_t next);

/** Bytes of the first `letters` code points of text[0..n), n if it has fewer. */
size_t nb_form_prefix(const char *text, size_t n, uint32_t letters);

/** Bytes of text[0..n) without its last letter. */
size_t nb_form_without_last(const char *text, size_t n);

/** Whether its last letter is one that case endings change: a vowel, a soft sign, short i. */
bool nb_form_ends_in_vowel(const char *text, size_t n);

/**
 * Bytes of what Arabic may write in front of a word (and, with, to, the ...), if the form begins
 * with the i-th such prefix; 0 if it does not; form->n if there is no i-th.
 */
size_t nb_form_arabic_prefix(const nb_form *form, size_t i);

#endif
