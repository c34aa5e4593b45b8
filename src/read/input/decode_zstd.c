/* SPDX-License-Identifier: MIT
 *
 * decode_zstd.c - zstd frames: streamed, and their ends found without decoding.
 *
 * The decoder gets exactly the bytes it asks for, that is one block a call: so the blocks before a
 * damaged one have all been delivered when it fails, whatever the sizes of our buffers, and the
 * block is decoded from our buffer without a copy.
 */
#include <unistd.h>
#include <zstd.h>
#include <zstd_errors.h>

#include "base/file.h"
#include "newsbraid/reader.h"
#include "read/input/decode.h"

#define FRAME_BLOCKS_MOST 1024 /* 128 MiB: larger frames are streamed */

static const nb_decode_end whole = { .trouble = NB_REJECT_COUNT };

static nb_decode_end damaged(const char *detail)
{
	return (nb_decode_end){ .trouble = NB_REJECT_DAMAGED, .detail = detail };
}

/* Zero bytes up to the end: a file that was preallocated, or padded for a tape. */
static bool only_zeros(nb_source *s)
{
	size_t n;

	while ((n = nb_source_fill(s, 1)) > 0) {
		for (size_t i = 0; i < n; i++)
			if (s->buffer[s->begin + i] != 0)
				return false;
		s->begin += n;
	}
	return true;
}

/* One block, or one header, into the sink.  *hint: bytes wanted next, 0 at a frame's end. */
static bool decode_block(nb_decoder *d, nb_source *s, nb_sink *sink, size_t *hint,
			 nb_decode_end *end)
{
	ZSTD_inBuffer in = { s->buffer + s->begin, *hint, 0 };
	bool more;

	do {
		size_t room;
		ZSTD_outBuffer out = { sink->space(sink, &room), 0, 0 };
		size_t left;

		if (!out.dst)
			return false;
		out.size = room;
		left = ZSTD_decompressStream(d->zstd, &out, &in);
		if (ZSTD_isError(left)) {
			*end = damaged(ZSTD_getErrorName(left));
			end->no_memory = ZSTD_getErrorCode(left) == ZSTD_error_memory_allocation;
			return false;
		}
		sink->filled(sink, out.pos);
		/* a full output may hide more of the same block */
		more = in.pos < in.size || (out.pos == out.size && left > 0);
		if (in.pos == in.size && !more)
			*hint = left;
	} while (more);
	s->begin += in.size;
	return true;
}

static bool decode_frame(nb_decoder *d, nb_source *s, nb_sink *sink, nb_decode_end *end)
{
	size_t hint = 5; /* magic and descriptor */

	ZSTD_DCtx_reset(d->zstd, ZSTD_reset_session_only);
	while (hint > 0) {
		size_t want = hint < NB_DECODE_INPUT ? hint : NB_DECODE_INPUT;

		if (nb_source_fill(s, want) < want) {
			*end = damaged("the compressed file ends early");
			return false;
		}
		hint = want;
		if (!decode_block(d, s, sink, &hint, end))
			return false;
	}
	return true;
}

nb_decode_end nb_decode_zstd(nb_decoder *d, nb_source *s, nb_sink *sink)
{
	nb_decode_end end = whole;
	size_t n;

	while ((n = nb_source_fill(s, 4)) > 0) {
		if (!nb_is_zstd(s->buffer + s->begin, n))
			return only_zeros(s) ? whole
			       : n < 4       ? damaged("the compressed file ends early")
					     : damaged("no zstd frame where one should begin");
		if (!decode_frame(d, s, sink, &end))
			return end;
	}
	return whole;
}

static bool read_at(int fd, uint64_t at, unsigned char *out, size_t n)
{
	return nb_file_read_at(NULL, fd, out, n, at) == (ssize_t)n;
}

/* Bytes of the frame header after its magic number (RFC 8878, 3.1.1.1). */
static size_t header_bytes(unsigned descriptor)
{
	static const size_t dictionary[4] = { 0, 1, 2, 4 }, content[4] = { 0, 2, 4, 8 };
	bool single = descriptor & 0x20;
	unsigned size_flag = descriptor >> 6;

	return 1u + !single + dictionary[descriptor & 3] +
	       (size_flag == 0 ? single : content[size_flag]);
}

bool nb_zstd_frame_end(int fd, uint64_t at, uint64_t size, uint64_t *end)
{
	unsigned char head[8];
	uint64_t p;

	if (!read_at(fd, at, head, sizeof(head)) || !nb_is_zstd(head, 4))
		return false;
	if (head[0] != 0x28) {
		p = at + 8 +
		    (head[4] | (uint64_t)head[5] << 8 | (uint64_t)head[6] << 16 |
		     (uint64_t)head[7] << 24);
		*end = p;
		return p <= size;
	}
	p = at + 4 + header_bytes(head[4]);
	for (int i = 0; i < FRAME_BLOCKS_MOST; i++) {
		unsigned char b[3];
		uint32_t block;

		if (p + 3 > size || !read_at(fd, p, b, 3))
			return false;
		block = b[0] | (uint32_t)b[1] << 8 | (uint32_t)b[2] << 16;
		if ((block >> 1 & 3) == 3)
			return false;
		p += 3 + ((block >> 1 & 3) == 1 ? 1 : block >> 3);
		if (block & 1) {
			*end = p + (head[4] & 4 ? 4 : 0);
			return *end <= size;
		}
	}
	return false;
}

bool nb_is_zstd(const unsigned char *p, size_t n)
{
	uint32_t magic;

	if (n < 4)
		return false;
	magic = p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
	return magic == ZSTD_MAGICNUMBER ||
	       (magic & ZSTD_MAGIC_SKIPPABLE_MASK) == ZSTD_MAGIC_SKIPPABLE_START;
}
