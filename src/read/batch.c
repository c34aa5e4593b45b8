/* SPDX-License-Identifier: MIT
 *
 * batch.c - see batch.h.
 */
#include "read/batch.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"

#define BLOCK_FIRST ((size_t)64 << 10)
#define BLOCK_MOST  ((size_t)4 << 20)

struct nb_pool_block {
	struct nb_pool_block *next;
	size_t size; /* bytes after this head */
};

static char *data_of(struct nb_pool_block *block)
{
	return (char *)(block + 1);
}

void nb_pool_reset(nb_pool *pool)
{
	struct nb_pool_block **at = &pool->first;

	/* blocks for one giant text are not kept */
	while (*at) {
		struct nb_pool_block *block = *at;

		if (block->size <= BLOCK_MOST) {
			at = &block->next;
			continue;
		}
		*at = block->next;
		free(block);
	}
	pool->current = pool->first;
	pool->used = 0;
}

void nb_pool_release(nb_pool *pool)
{
	while (pool->first) {
		struct nb_pool_block *block = pool->first;

		pool->first = block->next;
		free(block);
	}
	*pool = (nb_pool){ 0 };
}

/* Go on to a block with room for n bytes: the next one, or a new one put in front of it. */
static nb_status next_block(nb_pool *pool, size_t n)
{
	struct nb_pool_block *next = pool->current ? pool->current->next : pool->first, *block;
	size_t size = pool->current ? pool->current->size * 4 : BLOCK_FIRST;

	if (next && next->size >= n) {
		pool->current = next;
		pool->used = 0;
		return NB_OK;
	}
	if (size > BLOCK_MOST)
		size = BLOCK_MOST;
	size -= sizeof(*block);
	if (size < n)
		size = n;
	if (size > SIZE_MAX - sizeof(*block))
		return NB_ENOMEM;
	block = nb_block_alloc(size + sizeof(*block), 1);
	if (!block)
		return NB_ENOMEM;
	*block = (struct nb_pool_block){ next, size };
	if (pool->current)
		pool->current->next = block;
	else
		pool->first = block;
	pool->current = block;
	pool->used = 0;
	return NB_OK;
}

char *nb_pool_take(nb_pool *pool, size_t n)
{
	char *p;

	if (!pool->current || pool->current->size - pool->used < n)
		if (next_block(pool, n) != NB_OK)
			return NULL;
	p = data_of(pool->current) + pool->used;
	pool->used += n;
	return p;
}

void nb_pool_untake(nb_pool *pool, size_t n)
{
	pool->used -= n;
}

static void release_share(nb_share *share)
{
	nb_pool_release(&share->pool);
	free(share->article);
	free(share->reject);
}

nb_status nb_batch_prepare(nb_batch *batch, size_t n_shares)
{
	struct nb_batch_memory *m = batch->memory;
	nb_share *share;

	if (!m) {
		m = batch->memory = calloc(1, sizeof(*m));
		if (!m)
			return NB_ENOMEM;
	}
	if (m->n_shares < n_shares) {
		share = realloc(m->share, n_shares * sizeof(*share));
		if (!share)
			return NB_ENOMEM;
		memset(share + m->n_shares, 0, (n_shares - m->n_shares) * sizeof(*share));
		m->share = share;
		m->n_shares = n_shares;
	}
	for (size_t i = 0; i < m->n_shares; i++) {
		nb_pool_reset(&m->share[i].pool);
		m->share[i].n = m->share[i].n_reject = 0;
	}
	batch->n = batch->n_reject = 0;
	batch->n_rejected = 0;
	batch->n_repaired = batch->n_skipped = 0;
	return NB_OK;
}

void nb_batch_release(nb_batch *batch)
{
	struct nb_batch_memory *m = batch->memory;

	if (m) {
		for (size_t i = 0; i < m->n_shares; i++)
			release_share(&m->share[i]);
		free(m->share);
		free(m);
	}
	free(batch->article);
	free(batch->reject);
	*batch = (nb_batch){ 0 };
}
