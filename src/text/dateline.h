/* SPDX-License-Identifier: MIT
 *
 * dateline.h - what opens wire copy: place, date, credit.
 *
 *     MOSKOU (ANP/RTR/AFP) -              Moscow, Russia | XINHUA |
 *     BEIJING, Sept. 25 (Xinhua) --       MOSKVA, 25 sentjabrja. /TASS/.   (in Cyrillic)
 *     (AP) --                             agency Beijing 9 month 25 day dian (in Han)
 *
 * The credit is looked for first: an agency of the table, set off by brackets, slashes, bars or
 * dashes near the beginning of a line.  What stands before it has to be names and dates.
 *
 * Level: text.
 */
#ifndef NB_TEXT_DATELINE_H
#define NB_TEXT_DATELINE_H

#include "newsbraid/clean.h"
#include "text/lex.h"

typedef struct nb_dateline {
	size_t end;        /* bytes of the line that it takes: the report goes on there */
	nb_str place;      /* {NULL, 0} if it names none */
	uint8_t month, day;
	uint16_t year;
	nb_credit credit[NB_CREDITS_MAX];
	uint32_t n_credits;
} nb_dateline;

/**
 * Read the dateline that line[0..n) begins with.
 * @param lex  that line, lexed
 * @return whether there is one
 */
bool nb_dateline_read(const char *line, size_t n, const nb_lex *lex, nb_dateline *out);

#endif
