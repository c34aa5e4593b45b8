/* SPDX-License-Identifier: MIT
 *
 * arena.c - see arena.h.  Blocks double up to 1 MiB, so small arenas stay small.
 */
#include "newsbraid/arena.h"

#include <stdlib.h>
#include <string.h>

#define BLOCK_FIRST ((size_t)4 << 10)
#define BLOCK_MOST  ((size_t)1 << 20)
#define ALIGN       ((size_t)16)

struct nb_arena_block {
	struct nb_arena_block *older;
	size_t size; /* bytes in data */
	_Alignas(16) unsigned char data[];
};

void nb_arena_init(nb_arena *a)
{
	*a = (nb_arena){ 0 };
}

static void free_chain(struct nb_arena_block *b)
{
	while (b) {
		struct nb_arena_block *older = b->older;

		free(b);
		b = older;
	}
}

void nb_arena_release(nb_arena *a)
{
	free_chain(a->block);
	nb_arena_init(a);
}

void nb_arena_reset(nb_arena *a)
{
	struct nb_arena_block *largest = a->block;

	for (struct nb_arena_block *b = a->block; b; b = b->older)
		if (b->size > largest->size)
			largest = b;
	/* unhook the largest, free the rest */
	for (struct nb_arena_block **at = &a->block; *at; at = &(*at)->older) {
		if (*at == largest) {
			*at = largest->older;
			break;
		}
	}
	free_chain(a->block);
	a->block = largest;
	a->used = 0;
	if (largest)
		largest->older = NULL;
}

static nb_status add_block(nb_arena *a, size_t n)
{
	size_t size = a->block ? a->block->size * 2 : BLOCK_FIRST;
	struct nb_arena_block *b;

	if (size > BLOCK_MOST)
		size = BLOCK_MOST;
	if (size < n)
		size = n;
	if (size > SIZE_MAX - sizeof(*b))
		return NB_ENOMEM;
	b = malloc(sizeof(*b) + size);
	if (!b)
		return NB_ENOMEM;
	b->older = a->block;
	b->size = size;
	a->block = b;
	a->used = 0;
	return NB_OK;
}

void *nb_arena_alloc(nb_arena *a, size_t n)
{
	size_t rounded = (n + ALIGN - 1) & ~(ALIGN - 1);
	void *p;

	if (rounded < n)
		return NULL;
	if (!a->block || a->block->size - a->used < rounded)
		if (add_block(a, rounded) != NB_OK)
			return NULL;
	p = a->block->data + a->used;
	a->used += rounded;
	return p;
}

nb_status nb_arena_str(nb_arena *a, nb_str s, nb_str *out)
{
	char *p;

	*out = (nb_str){ 0 };
	if (!s.ptr)
		return NB_OK;
	p = nb_arena_alloc(a, s.len + 1);
	if (!p)
		return NB_ENOMEM;
	memcpy(p, s.ptr, s.len);
	p[s.len] = '\0';
	*out = (nb_str){ p, s.len };
	return NB_OK;
}
