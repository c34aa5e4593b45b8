/* SPDX-License-Identifier: MIT
 *
 * array.c - see array.h.
 */
#include "base/array.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#define HUGE_PAGE ((size_t)2 << 20)

/* By half, `extra` and to `need` at least. */
static size_t grown(size_t capacity, size_t need, size_t extra)
{
	size_t more = capacity + capacity / 2 + extra;

	return more < need ? need : more;
}

void *nb_grow(void *array, size_t *capacity, size_t need, size_t item)
{
	size_t room = grown(*capacity, need, 16);
	void *p;

	if (need <= *capacity || room > SIZE_MAX / item)
		return array;
	p = realloc(array, room * item);
	if (!p)
		return array;
	*capacity = room;
	return p;
}

void *nb_block_alloc(size_t n, size_t item)
{
	size_t align = 64, bytes;
	void *p;

	if (item && n > (SIZE_MAX - HUGE_PAGE) / item)
		return NULL;
	bytes = n * item;
	if (bytes >= 2 * HUGE_PAGE)
		align = HUGE_PAGE;
	bytes = (bytes + align) / align * align;
	p = aligned_alloc(align, bytes);
	/* advice only: without huge pages everything still works, with more TLB misses */
	if (p && align == HUGE_PAGE)
		(void)madvise(p, bytes, MADV_HUGEPAGE);
	return p;
}

void *nb_block_zero(size_t n, size_t item)
{
	void *p = nb_block_alloc(n, item);

	if (p)
		memset(p, 0, n * item);
	return p;
}

void *nb_grow_block(void *array, size_t *capacity, size_t used, size_t need, size_t item)
{
	size_t room = grown(*capacity, need, 64);
	void *p;

	if (need <= *capacity)
		return array;
	p = nb_block_alloc(room, item);
	if (!p)
		return array;
	if (used)
		memcpy(p, array, used * item);
	free(array);
	*capacity = room;
	return p;
}
