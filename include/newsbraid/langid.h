/* SPDX-License-Identifier: MIT
 *
 * langid.h - the language of a text that comes without one.
 *
 * Scripts decide first: kana, Hangul, Greek, Thai and their like have one language each, and Han
 * without kana is Chinese.  Latin, Cyrillic, Arabic and Devanagari go to two detectors: fastText
 * with the model lid.176.ftz (Joulin et al. 2016, arXiv:1607.01759), if there is one, and CLD2.
 * What they confuse at random is one language here: Afrikaans is Dutch unless both are sure over a
 * long text; Bosnian, Croatian and Serbian in Latin letters are "hr".
 *
 * A wrong language is worse than none: a short text needs detectors that agree.
 *
 * Level: text.
 */
#ifndef NB_LANGID_H
#define NB_LANGID_H

#include <stdbool.h>

#include "newsbraid/nb.h"

NB_API_BEGIN

typedef struct nb_langid nb_langid;

/**
 * Open the detectors.
 *
 * @param model  path of lid.176.ftz; NULL: do without fastText
 * @param out    out: free with nb_langid_free
 * @return NB_OK; NB_EIO; NB_EDATA if the file is no model; NB_ENOMEM
 */
nb_status nb_langid_new(const char *model, nb_langid **out, nb_error *err) NB_MUST_CHECK;

void nb_langid_free(nb_langid *l);

/**
 * Detect.
 *
 * @param title  or {NULL, 0}
 * @param text   the report; its first bytes are looked at
 * @param lang   out: ISO 639-1, "" if it cannot be told
 * @return whether it was told
 *
 * Thread-safe.  Some 40 us where detectors are asked.  The same result for every number of threads.
 */
bool nb_langid_detect(const nb_langid *l, nb_str title, nb_str text, char lang[3]);

/**
 * Whether a text can be in a language, as far as scripts tell: a text in Cyrillic is not English.
 * True where too little is known of the language or the text.
 */
bool nb_langid_plausible(nb_str lang, nb_str text);

NB_API_END

#endif
