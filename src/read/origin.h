/* SPDX-License-Identifier: MIT
 *
 * origin.h - which field of the input each string of an article came from.
 */
#ifndef NB_READ_ORIGIN_H
#define NB_READ_ORIGIN_H

#include "read/value.h"

#define NB_ORIGIN_MOST 1024u /* bytes; what does not fit is left out */

/* "title=headlines[main] text=metadata.body" being written; all zero bytes is empty. */
typedef struct nb_origin {
	char text[NB_ORIGIN_MOST];
	size_t n;
} nb_origin;

/** Add a field of the article and what it came from: OUTER.KEY[PART]; outer, part may be absent. */
void nb_origin_add(nb_origin *o, const char *field, nb_str outer, nb_str key, nb_str part);

/** What was written, in m->pool. */
nb_str nb_origin_done(nb_maker *m, const nb_origin *o);

typedef struct nb_origin_of {
	const char *field; /* of the article */
	const char *from;  /* in the input; NULL: nowhere */
} nb_origin_of;

/** "title=contentMeta/headline text=inlineXML", in m->pool. */
nb_str nb_origin_keep(nb_maker *m, const nb_origin_of *of, size_t n);

#endif
