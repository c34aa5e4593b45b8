/* SPDX-License-Identifier: MIT
 *
 * body.h - the text in a JSON value that is more than a string: paragraphs, sections, ninjs bodies.
 */
#ifndef NB_READ_JSON_BODY_H
#define NB_READ_JSON_BODY_H

#include "read/value.h"

/** Whether there is any text in the value. */
bool nb_body_present(const nb_node *node);

/* One of several bodies or headlines that say what they are: [{role, contenttype, value}]. */
typedef struct nb_pick {
	nb_node value; /* a string */
	nb_str role;   /* absent if it has none */
	bool markup;   /* its content type is not plain text */
} nb_pick;

/**
 * The best of an array of them: the main one before teasers and captions, plain text before
 * markup.  False if it is no such array.
 */
bool nb_pick_best(const nb_node *array, nb_pick *out);

/**
 * The text of the value: the string itself; of several bodies the best; else the strings of all its
 * parts, one a line.
 *
 * @param markup  out: whether it is HTML
 * @param role    out: of the body that was picked; absent
 * @return lives in the parser or in m->joined; absent if there is none
 */
nb_str nb_body_text(nb_maker *m, const nb_node *node, bool *markup, nb_str *role);

#endif
