/* SPDX-License-Identifier: MIT
 *
 * batch.h - the memory of a batch: what each worker thread wrote, and the lists made of it.
 */
#ifndef NB_READ_BATCH_H
#define NB_READ_BATCH_H

#include "newsbraid/article.h"

/*
 * A bump allocator that keeps its blocks when it is reset: a batch is filled again and again, and
 * fresh memory from the system costs more than parsing into it.
 */
typedef struct nb_pool {
	struct nb_pool_block *first, *current;
	size_t used; /* bytes taken of the current block */
} nb_pool;

void nb_pool_reset(nb_pool *pool);
void nb_pool_release(nb_pool *pool);

/** n bytes, not aligned; NULL if there is no memory. */
char *nb_pool_take(nb_pool *pool, size_t n);

/** Give back the last n bytes of what was taken last. */
void nb_pool_untake(nb_pool *pool, size_t n);

/* What one thread made of its share of a batch. */
typedef struct nb_share {
	nb_pool pool;
	nb_article *article;
	size_t n, capacity;
	nb_reject *reject;
	size_t n_reject, reject_capacity;
} nb_share;

struct nb_batch_memory {
	nb_share *share; /* one for each thread, and the last for the thread that cuts */
	size_t n_shares;
	size_t capacity, reject_capacity;
};

/** Empty the batch and make sure that it has n_shares shares. */
nb_status nb_batch_prepare(nb_batch *batch, size_t n_shares) NB_MUST_CHECK;

#endif
