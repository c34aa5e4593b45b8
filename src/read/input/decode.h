/* SPDX-License-Identifier: MIT
 *
 * decode.h - one stretch of a file, compressed or not, to decompressed bytes in a sink.
 */
#ifndef NB_READ_INPUT_DECODE_H
#define NB_READ_INPUT_DECODE_H

#include <stdbool.h>

#include "newsbraid/article.h"
#include "read/input/source.h"

/* Where bytes go to.  The functions return false if the reader is being freed: stop. */
typedef struct nb_sink nb_sink;
struct nb_sink {
	/* Room for at least one byte; *room says for how many. */
	char *(*space)(nb_sink *sink, size_t *room);
	/* n bytes of the room are filled. */
	void (*filled)(nb_sink *sink, size_t n);
};

/* How a stretch ended. */
typedef struct nb_decode_end {
	nb_reject_reason trouble; /* NB_REJECT_COUNT: none */
	const char *detail;
	bool no_memory; /* not the file's fault: the run fails */
} nb_decode_end;

/* What a thread keeps between stretches. */
typedef struct nb_decoder {
	unsigned char *buffer; /* NB_DECODE_INPUT bytes */
	struct ZSTD_DCtx_s *zstd;
	struct libdeflate_decompressor *deflate;
	struct inflate_state *inflate, *before; /* before: as it was when its last call began */
	unsigned char *member; /* output of one gzip member */
} nb_decoder;

nb_status nb_decoder_init(nb_decoder *d) NB_MUST_CHECK;
void nb_decoder_release(nb_decoder *d);

/** Decode the whole stretch: zstd, gzip or as it is, by its first bytes. */
nb_decode_end nb_decode(nb_decoder *d, nb_source *s, nb_sink *sink);

/** Decode more members of a gzip stretch that stopped at s->stop, which lies further on now. */
nb_decode_end nb_decode_go_on(nb_decoder *d, nb_source *s, nb_sink *sink);

/* The two compressed forms. */
nb_decode_end nb_decode_zstd(nb_decoder *d, nb_source *s, nb_sink *sink);
nb_decode_end nb_decode_gzip(nb_decoder *d, nb_source *s, nb_sink *sink);

/**
 * Where a gzip member may begin, from `from` on in a file of `size` bytes.  Not every such place is
 * one.  false: none in the next 16 MiB.
 */
bool nb_gzip_member_find(int fd, uint64_t from, uint64_t size, uint64_t *at);

bool nb_is_zstd(const unsigned char *p, size_t n);
bool nb_is_gzip(const unsigned char *p, size_t n);

/**
 * The end of the zstd frame that begins at byte `at` of a file, by its block headers alone.
 * False if it is damaged, not whole, or has too many blocks to be worth looking for its end.
 */
bool nb_zstd_frame_end(int fd, uint64_t at, uint64_t size, uint64_t *end);

#endif
