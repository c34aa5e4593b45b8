/* SPDX-License-Identifier: MIT
 *
 * agency.h - news agencies: their names, how they are written, and what a text credits them with.
 *
 * The table is src/data/agencies.txt: a line an agency, with its codes and its names in every
 * script they appear in ("RTR", "Рейтер", "路透社" are Reuters).
 *
 * Level: text.  Pure functions over constant tables, safe from any thread.
 */
#ifndef NB_AGENCY_H
#define NB_AGENCY_H

#include "newsbraid/nb.h"

NB_API_BEGIN

/* An agency of the table; numbers are not stable between versions, names are. */
typedef uint16_t nb_agency;
#define NB_AGENCY_NONE 0u /* none, or one that is not in the table */

/* What an article owes to an agency. */
typedef enum nb_agency_role {
	NB_WROTE = 0,   /* wrote the report: first in the dateline, byline, tail, own page */
	NB_RELAYED = 1, /* its report is passed on: later in the dateline, "TASS reports" */
	NB_QUOTED = 2,  /* somebody said something to it: "told Reuters" */
} nb_agency_role;

/* "wrote", "relayed", "quoted" */
const char *nb_agency_role_name(nb_agency_role role);

/** "Reuters"; "" for NB_AGENCY_NONE.  Static. */
nb_str nb_agency_name(nb_agency agency);

/** The agency that a credit names: "RTR", "reuters", "РЕЙТЕР", "Reuters News"; else NONE. */
nb_agency nb_agency_find(nb_str credit);

/** The agency whose own site or feed this is: "www.reuters.com", "Reuters"; else NONE. */
nb_agency nb_agency_of_source(nb_str source);

NB_API_END

#endif
