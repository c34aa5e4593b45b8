/* SPDX-License-Identifier: MIT
 *
 * array.c - see array.h.
 */
#include "base/array.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#define HUGE_PAGE ((size_t)2 << 20)

nb_status nb_reserve(void **ptr, size_t *capacity, size_t need, size_t item)
{
	size_t grown = *capacity + *capacity / 2 + 16;
	void *p;

	if (need <= *capacity)
		return NB_OK;
	if (grown < need)
		grown = need;
	if (grown > SIZE_MAX / item)
		return NB_ENOMEM;
	p = realloc(*ptr, grown * item);
	if (!p)
		return NB_ENOMEM;
	*ptr = p;
	*capacity = grown;
	return NB_OK;
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
