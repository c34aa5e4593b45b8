/* SPDX-License-Identifier: MIT
 *
 * source.h - the bytes of a file, or of a stretch of it, as they stand on the disk or in the pipe.
 */
#ifndef NB_READ_INPUT_SOURCE_H
#define NB_READ_INPUT_SOURCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "newsbraid/nb.h"

#define NB_DECODE_INPUT ((size_t)1 << 20) /* bytes of the buffer for compressed input */

/* Where bytes come from: a file's bytes [at, end), by way of buffer[begin..end_of_buffer). */
typedef struct nb_source {
	int fd, stop_fd; /* stop_fd: readable when the reader is being freed; for pipes */
	nb_str memory;   /* the file, if it stands in memory: fd is not used then */
	bool regular;
	uint64_t at, end;      /* of a regular file: next byte to read, end of the stretch */
	uint64_t stop;         /* gzip: no member that begins here or after it is decoded */
	unsigned char *buffer; /* NB_DECODE_INPUT bytes */
	size_t begin, n;       /* buffer[begin..n) is unread */
	bool ended;
	bool named_zstd, named_gzip;
	bool packed;       /* out: it is compressed */
	const char *error; /* static text: reading failed */
} nb_source;

/** One read past the buffer; 0 at the end, on failure and on stop. */
size_t nb_source_read(nb_source *s, void *out, size_t room);

/** Read on until `want` bytes are unread or the source has ended; how many there are. */
size_t nb_source_fill(nb_source *s, size_t want);

/** The byte of the file that is decoded next. */
uint64_t nb_source_position(const nb_source *s);

#endif
