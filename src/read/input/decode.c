/* SPDX-License-Identifier: MIT
 *
 * decode.c - see decode.h: the choice of the format, and bytes as they are.
 */
#include "read/input/decode.h"

#include <isa-l/igzip_lib.h>
#include <libdeflate.h>
#include <stdlib.h>
#include <string.h>
#include <zstd.h>

#include "newsbraid/reader.h"

nb_status nb_decoder_init(nb_decoder *d)
{
	*d = (nb_decoder){ 0 };
	d->buffer = malloc(NB_DECODE_INPUT);
	d->zstd = ZSTD_createDCtx();
	d->deflate = libdeflate_alloc_decompressor();
	if (!d->buffer || !d->zstd || !d->deflate ||
	    ZSTD_isError(ZSTD_DCtx_setParameter(d->zstd, ZSTD_d_windowLogMax, NB_WINDOW_LOG_MAX))) {
		nb_decoder_release(d);
		return NB_ENOMEM;
	}
	return NB_OK;
}

void nb_decoder_release(nb_decoder *d)
{
	free(d->buffer);
	ZSTD_freeDCtx(d->zstd);
	libdeflate_free_decompressor(d->deflate);
	free(d->inflate);
	free(d->before);
	free(d->member);
	*d = (nb_decoder){ 0 };
}

/* A compressed file cut within its very first bytes. */
static bool is_stump(const nb_source *s, const unsigned char *p, size_t n)
{
	static const unsigned char zstd[4] = { 0x28, 0xb5, 0x2f, 0xfd },
				   gzip[3] = { 0x1f, 0x8b, 8 };

	return (s->named_zstd && n < 4 && memcmp(p, zstd, n) == 0) ||
	       (s->named_gzip && n < 3 && memcmp(p, gzip, n) == 0);
}

static nb_decode_end decode_plain(nb_source *s, nb_sink *sink)
{
	size_t room, n;
	char *out;

	while ((out = sink->space(sink, &room))) {
		n = s->n - s->begin;
		if (n > room)
			n = room;
		memcpy(out, s->buffer + s->begin, n);
		s->begin += n;
		if (n == 0)
			n = nb_source_read(s, out, room);
		if (n == 0)
			break;
		sink->filled(sink, n);
	}
	return (nb_decode_end){ .trouble = NB_REJECT_COUNT };
}

nb_decode_end nb_decode(nb_decoder *d, nb_source *s, nb_sink *sink)
{
	nb_decode_end end;
	size_t n;

	s->buffer = d->buffer;
	s->begin = s->n = 0;
	/* only the first bytes: what is not compressed is best read into its place at once */
	while (s->n < 4 && !s->ended)
		s->n += nb_source_read(s, s->buffer + s->n, 4 - s->n);
	n = s->n;
	if (!s->error && is_stump(s, s->buffer, n))
		return (nb_decode_end){ .trouble = NB_REJECT_DAMAGED,
					.detail = "the compressed file has no beginning" };
	s->packed = nb_is_zstd(s->buffer, n) || nb_is_gzip(s->buffer, n);
	if (nb_is_zstd(s->buffer, n))
		end = nb_decode_zstd(d, s, sink);
	else if (nb_is_gzip(s->buffer, n))
		end = nb_decode_gzip(d, s, sink);
	else
		end = decode_plain(s, sink);
	return s->error ? (nb_decode_end){ .trouble = NB_REJECT_UNREADABLE, .detail = s->error }
			: end;
}

nb_decode_end nb_decode_go_on(nb_decoder *d, nb_source *s, nb_sink *sink)
{
	nb_decode_end end = nb_decode_gzip(d, s, sink);

	return s->error ? (nb_decode_end){ .trouble = NB_REJECT_UNREADABLE, .detail = s->error }
			: end;
}
