/* SPDX-License-Identifier: MIT
 *
 * ninjs.h - what makes an object an invalid ninjs item (IPTC ninjs 1.0 to 3.1).
 *
 * Its fields are found by the same map as everybody's (alias.c).  Validity is judged by what we use
 * and by what could mislead: properties of an agency's own are no fault.
 */
#ifndef NB_READ_JSON_NINJS_H
#define NB_READ_JSON_NINJS_H

#include "newsbraid/json.h"

typedef struct nb_ninjs {
	bool is;           /* it says that it is ninjs, or looks like it */
	bool uri;          /* it may be: it has the one property that ninjs asks for */
	bool fatal;        /* the fault makes the item unusable, whatever else it holds */
	const char *fault; /* static text; NULL: none */
} nb_ninjs;

nb_ninjs nb_ninjs_check(const nb_node *object);

#endif
