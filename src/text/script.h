/* SPDX-License-Identifier: MIT
 *
 * script.h - writing systems, and which one a character belongs to.
 *
 * Level: text.
 */
#ifndef NB_TEXT_SCRIPT_H
#define NB_TEXT_SCRIPT_H

#include <stdint.h>

/* With the names that src/data/languages.tsv gives them. */
/* clang-format off */
#define NB_SCRIPTS(X)                                                                              \
	X(LATIN, latin) X(CYRILLIC, cyrillic) X(GREEK, greek) X(ARMENIAN, armenian)                \
	X(HEBREW, hebrew) X(ARABIC, arabic) X(DEVANAGARI, devanagari) X(BENGALI, bengali)          \
	X(GURMUKHI, gurmukhi) X(GUJARATI, gujarati) X(TAMIL, tamil) X(TELUGU, telugu)              \
	X(KANNADA, kannada) X(MALAYALAM, malayalam) X(SINHALA, sinhala) X(THAI, thai)              \
	X(LAO, lao) X(MYANMAR, myanmar) X(GEORGIAN, georgian) X(ETHIOPIC, ethiopic)                \
	X(KHMER, khmer) X(KANA, kana) X(HAN, han) X(HANGUL, hangul)
/* clang-format on */

typedef enum nb_script {
#define X(script, name) NB_SCRIPT_##script,
	NB_SCRIPTS(X)
#undef X
	NB_SCRIPT_COUNT,
	NB_SCRIPT_ANY = NB_SCRIPT_COUNT, /* of a language: several, or one that is not listed */
	NB_SCRIPT_NONE = NB_SCRIPT_ANY,  /* of a character: no letter, or of none listed */
} nb_script;

/** The script of a letter.  Digits and marks in a script's blocks count as its letters. */
nb_script nb_script_of(uint32_t cp);

#endif
