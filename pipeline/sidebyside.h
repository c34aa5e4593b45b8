/* SPDX-License-Identifier: MIT
 *
 * sidebyside.h - two texts beside each other, for a person at a terminal.
 */
#ifndef NB_PIPELINE_SIDEBYSIDE_H
#define NB_PIPELINE_SIDEBYSIDE_H

#include <stdbool.h>
#include <stdio.h>

#include "newsbraid/verify.h"

/**
 * Print both texts in two columns, passage by passage.  The mark between them says what a passage
 * is: '=' in both, '|' replaced, '#' replaced with other numbers or names, '<' only left,
 * '>' only right, '~' in both but moved.
 *
 * @param width  columns of the terminal
 * @param full   whole passages; else long shared ones are shortened
 * @return NB_OK or NB_ENOMEM
 */
nb_status print_side_by_side(FILE *to, const nb_prepared *a, const nb_prepared *b, int width,
			     bool full, bool colour) NB_MUST_CHECK;

/** Print two texts in two columns, without comparing them. */
void print_beside(FILE *to, nb_str left, nb_str right, int width);

#endif
