/* SPDX-License-Identifier: MIT
 *
 * markup.h - the text of a piece of HTML that stands in a JSON field.
 *
 * For bodies as agencies send them (paragraphs, links, lists), not for pages.
 */
#ifndef NB_READ_HTML_MARKUP_H
#define NB_READ_HTML_MARKUP_H

#include <stdbool.h>

#include "newsbraid/nb.h"

/** Whether a text is HTML rather than words: it opens with a tag and has a closing one. */
bool nb_markup_likely(nb_str text);

/**
 * Tags off, block elements to line feeds, character references decoded, scripts, styles and
 * comments left out.  By the lexer that reads pages (html_lex.h), but with no region chosen.  O(n).
 *
 * @param out  room for text.len bytes
 * @return bytes written
 */
size_t nb_markup_text(nb_str text, char *out);

/** The character that "ndash" or "#8211" refers to, in UTF-8: its length, 0 if we do not know it. */
size_t nb_markup_reference(nb_str name, char utf8[4]);

#endif
