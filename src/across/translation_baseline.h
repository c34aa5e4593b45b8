/* SPDX-License-Identifier: MIT
 *
 * translation_baseline.h - how well a translation aligns with its original, by language: what alignments are
 * measured by, so that one threshold serves all pairs of languages.
 */
#ifndef NB_ACROSS_TRANSLATION_BASELINE_H
#define NB_ACROSS_TRANSLATION_BASELINE_H

/** Mean alignment of human translations between two languages, in (0, 1].  Codes are ISO 639-1,
 *  NUL-terminated, "" for an unknown language. */
float nb_translation_baseline(const char *a, const char *b);

#endif
