/* SPDX-License-Identifier: MIT
 *
 * line_forms.h - lines that are told by their form alone: stamps of time, bread crumbs; and what
 * follows from it, where the headline of a page stands.
 *
 * Level: text.
 */
#ifndef NB_TEXT_LINE_FORMS_H
#define NB_TEXT_LINE_FORMS_H

#include "newsbraid/nb.h"
#include "text/lex.h"

/** Marks before word i of a lexed line. */
uint32_t nb_lex_gap(const nb_lex *lex, uint32_t i, const char *line, size_t n);

/** A date and what stands around one, nothing else. */
bool nb_line_is_stamp(const nb_lex *lex, const char *line, size_t n);

/** "Home / World / ...", or a menu. */
bool nb_line_is_crumbs(const nb_lex *lex, const char *line);

/** The headline of plain text: its first line with something in it; below a stamp of time or bread
 *  crumbs the first line of some words, if it is near.  Without blanks around it. */
nb_str nb_headline(nb_str text);

#endif
