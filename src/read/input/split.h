/* SPDX-License-Identifier: MIT
 *
 * split.h - a large compressed file in stretches that can be decompressed at the same time.
 *
 * The ends of zstd frames are known from their headers.  Those of gzip members are not: a stretch
 * ends where something looks like the header of a member, and only who has decompressed up to there
 * knows whether it is one (read_ahead.c).
 */
#ifndef NB_READ_INPUT_SPLIT_H
#define NB_READ_INPUT_SPLIT_H

#include <stdbool.h>
#include <stdint.h>

typedef struct nb_split {
	int fd; /* -1: no file */
	bool gzip;
	uint64_t at, size; /* the next stretch begins here; bytes of the file */
} nb_split;

#define NB_SPLIT_NONE ((nb_split){ .fd = -1 })

/** Open a file of `size` bytes if it is large and made of frames or members; else fd stays -1. */
void nb_split_open(nb_split *s, const char *path, uint64_t size);

/**
 * The end of the stretch that begins at s->at: some whole frames or members.
 * @return UINT64_MAX if it is the last: the file is closed
 */
uint64_t nb_split_next(nb_split *s);

void nb_split_close(nb_split *s);

#endif
