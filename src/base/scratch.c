/* SPDX-License-Identifier: MIT
 *
 * scratch.c - see scratch.h.
 */
#include "base/scratch.h"

#include <stdlib.h>

char *nb_scratch_room(nb_scratch *s, size_t n)
{
	char *p;

	if (n <= s->capacity)
		return s->p;
	p = malloc(n + n / 2);
	if (!p)
		return NULL;
	free(s->p);
	s->p = p;
	s->capacity = n + n / 2;
	return p;
}

void nb_scratch_release(nb_scratch *s)
{
	free(s->p);
	*s = (nb_scratch){ 0 };
}
