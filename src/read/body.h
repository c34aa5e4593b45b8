/* SPDX-License-Identifier: MIT
 *
 * body.h - the text in a JSON value that is more than a string: paragraphs, sections, ninjs bodies.
 */
#ifndef NB_READ_BODY_H
#define NB_READ_BODY_H

#include "read/value.h"

/** Whether there is any text in the value. */
bool nb_body_present(const nb_node *node);

/**
 * The text of the value: the string itself; of several bodies that say their kind (ninjs) the
 * plain and main one; else the strings of all its parts, one a line.
 *
 * @param markup  out: whether it is HTML
 * @return lives in the parser or in m->joined; absent if there is none
 */
nb_str nb_body_text(nb_maker *m, const nb_node *node, bool *markup);

#endif
