/* SPDX-License-Identifier: MIT
 *
 * text_store.h - the texts of a night: appended once, read now and then, in memory while they fit.
 *
 * Texts lie in chunks of TEXT_CHUNK bytes; no text crosses a chunk.  When the memory bound is
 * passed, the oldest chunks move to a temporary file, each to the place its number says, so that a
 * text keeps its place whether it is in memory or not.  A chunk is written by a thread of its own while
 * the next one fills: writing takes as long as reading does.
 */
#ifndef NB_NIGHT_TEXT_STORE_H
#define NB_NIGHT_TEXT_STORE_H

#include <pthread.h>
#include <stdbool.h>

#include "newsbraid/nb.h"

#define NB_TEXT_CHUNK ((size_t)16 << 20) /* also the longest text */

typedef struct nb_text_store {
	char **chunk; /* chunk[0..n); NULL: moved to the file */
	size_t n, capacity;
	size_t used;       /* bytes taken of the last chunk */
	size_t n_moved;    /* chunks [0..n_moved) are in the file */
	size_t n_resident; /* how many chunks memory may hold; at least 1 */
	int fd;            /* the file, -1 if none is open */
	char *tmp_dir;     /* NULL: never move */
	char *spare;       /* memory of a chunk that has moved, or NULL */
	bool writing;      /* `writer` is writing chunk n_moved, which stays readable until it has
			      ended; write_errno then says how it went */
	pthread_t writer;
	int write_errno;
} nb_text_store;

/* Not to be copied or moved in memory while it is in use. */
nb_status nb_text_store_init(nb_text_store *t, size_t memory, const char *tmp_dir) NB_MUST_CHECK;
void nb_text_store_release(nb_text_store *t);

/** Copy text into the store; NB_ELIMIT if it is longer than a chunk.  *at: its place. */
nb_status nb_text_store_append(nb_text_store *t, nb_str text, uint64_t *at,
			       nb_error *err) NB_MUST_CHECK;

/** The text at a place: in the store, or read into buffer[0..len).  Thread-safe. */
nb_status nb_text_store_get(const nb_text_store *t, uint64_t at, size_t len, char *buffer,
			    nb_str *out) NB_MUST_CHECK;

#endif
