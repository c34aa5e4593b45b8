/* SPDX-License-Identifier: MIT
 *
 * scratch.h - room for one value after the other.
 */
#ifndef NB_BASE_SCRATCH_H
#define NB_BASE_SCRATCH_H

#include <stddef.h>

/* Growing room for one value at a time; content is lost when it grows. */
typedef struct nb_scratch {
	char *p;
	size_t capacity;
} nb_scratch;

/** NULL if there is no memory. */
char *nb_scratch_room(nb_scratch *s, size_t n);
void nb_scratch_release(nb_scratch *s);

#endif
