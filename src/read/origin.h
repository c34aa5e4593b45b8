/* SPDX-License-Identifier: MIT
 *
 * origin.h - which field of the input each string of an article came from.
 */
#ifndef NB_READ_ORIGIN_H
#define NB_READ_ORIGIN_H

#include "read/value.h"

typedef struct nb_origin_of {
	const char *field; /* of the article */
	const char *from;  /* in the input; NULL: nowhere */
} nb_origin_of;

/** "title=contentMeta/headline text=inlineXML", in m->pool. */
nb_str nb_origin_keep(nb_maker *m, const nb_origin_of *of, size_t n);

#endif
