/* SPDX-License-Identifier: MIT
 *
 * arena.h - a bump allocator: many small pieces that are freed together.
 *
 * A batch of articles, or the strings of a night, come and go as one; freeing them one by one
 * would cost more than making them.
 *
 * Level: base.  One arena must not be used by two threads at the same time.
 */
#ifndef NB_ARENA_H
#define NB_ARENA_H

#include "newsbraid/nb.h"

NB_API_BEGIN

/* Treat as opaque.  All zero bytes is a valid empty arena. */
typedef struct nb_arena {
	struct nb_arena_block *block; /* newest block; older ones are linked after it */
	size_t used;                  /* bytes taken from the newest block */
} nb_arena;

/** Make *a empty.  Cannot fail; takes no memory until the first nb_arena_alloc. */
void nb_arena_init(nb_arena *a);

/** Free everything.  *a is empty afterwards and may be used again. */
void nb_arena_release(nb_arena *a);

/** Forget all pieces but keep the largest block, so that the next batch allocates nothing. */
void nb_arena_reset(nb_arena *a);

/**
 * Take n bytes, aligned to 16, not initialised.
 *
 * @return NULL if there is no memory; n == 0 gives a valid pointer to nothing
 *
 * The piece lives until nb_arena_reset or nb_arena_release.  O(1) amortised.
 */
void *nb_arena_alloc(nb_arena *a, size_t n);

/**
 * Copy s into the arena; one NUL byte follows the copy, so .ptr is also a C string.
 *
 * @param out  out; {NULL, 0} if s is absent
 * @return NB_OK or NB_ENOMEM (*out is then {NULL, 0})
 */
nb_status nb_arena_str(nb_arena *a, nb_str s, nb_str *out) NB_MUST_CHECK;

NB_API_END

#endif
