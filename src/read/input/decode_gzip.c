/* SPDX-License-Identifier: MIT
 *
 * decode_gzip.c - gzip members: small ones whole with libdeflate, all others streamed with isa-l.
 *
 * libdeflate is half again as fast but needs a member whole in memory and gives all or nothing.
 * So each member is tried with it as long as such tries succeed; what does not fit, is cut or is
 * damaged goes through isa-l, which delivers what stands before the damage.
 *
 * A call of isa-l that fails has written bytes that nobody vouches for: a copy from before the
 * member's beginning comes out as what the buffer held of another file.  So its output is dropped,
 * the decoder goes back to where the call began, and smaller and smaller pieces of input lead to
 * the very byte that is wrong.  What is delivered depends on the file alone.
 */
#include <isa-l/igzip_lib.h>
#include <libdeflate.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "read/input/decode.h"

#define MEMBER_MOST ((size_t)1 << 20) /* decompressed bytes of a member that is taken whole */
#define PAUSE_FIRST 8u /* members streamed after one was too large to be taken whole */
#define PAUSE_MOST  4096u
#define FIND_MOST   ((uint64_t)16 << 20) /* compressed bytes that are searched for a member */
#define FIND_STEP   ((size_t)32 << 10)
#define HEADER      10u /* bytes of the shortest header */

static const nb_decode_end whole = { .trouble = NB_REJECT_COUNT };

static nb_decode_end damaged(const char *detail)
{
	return (nb_decode_end){ .trouble = NB_REJECT_DAMAGED, .detail = detail };
}

static bool deliver(nb_sink *sink, const unsigned char *data, size_t n)
{
	while (n > 0) {
		size_t room;
		char *out = sink->space(sink, &room);

		if (!out)
			return false;
		if (room > n)
			room = n;
		memcpy(out, data, room);
		sink->filled(sink, room);
		data += room;
		n -= room;
	}
	return true;
}

/* The member at the buffer's beginning, whole; false if it has to be streamed. */
static bool decode_whole(nb_decoder *d, nb_source *s, size_t *produced)
{
	size_t taken;

	if (libdeflate_gzip_decompress_ex(d->deflate, s->buffer + s->begin, s->n - s->begin,
					  d->member, MEMBER_MOST, &taken,
					  produced) != LIBDEFLATE_SUCCESS)
		return false;
	s->begin += taken;
	return true;
}

static const char *inflate_error(int code)
{
	switch (code) {
	case ISAL_INVALID_WRAPPER:
	case ISAL_UNSUPPORTED_METHOD:
		return "bad gzip header";
	case ISAL_INCORRECT_CHECKSUM:
		return "gzip checksum does not match";
	default:
		return "bad gzip data";
	}
}

/* One call for the next bytes of input, at most *most; a call that fails leaves everything as it
 * was, and half as many are tried next.  *made: bytes in d->member. */
static int inflate_some(nb_decoder *d, nb_source *s, size_t n, size_t *most, size_t *made)
{
	struct inflate_state *state = d->inflate;
	int code;

	n = n < *most ? n : *most;
	*d->before = *state;
	state->next_in = s->buffer + s->begin;
	state->avail_in = (uint32_t)n;
	state->next_out = d->member;
	state->avail_out = (uint32_t)MEMBER_MOST;
	code = isal_inflate(state);
	*made = MEMBER_MOST - state->avail_out;
	if (code == ISAL_DECOMP_OK || code == ISAL_END_INPUT || code == ISAL_OUT_OVERFLOW) {
		s->begin += n - state->avail_in;
		return ISAL_DECOMP_OK;
	}
	*state = *d->before;
	*made = 0;
	*most = n / 2;
	return code;
}

/* Read a member piece by piece; *end says how it ended, false: stop here. */
static bool decode_stream(nb_decoder *d, nb_source *s, nb_sink *sink, nb_decode_end *end)
{
	struct inflate_state *state = d->inflate;
	size_t most = NB_DECODE_INPUT;

	memset(state, 0, sizeof(*state)); /* isal_inflate_init leaves much of it as it was */
	isal_inflate_init(state);
	state->crc_flag = ISAL_GZIP;
	while (state->block_state != ISAL_BLOCK_FINISH) {
		size_t n = nb_source_fill(s, NB_DECODE_INPUT / 2), made;
		int code = inflate_some(d, s, n, &most, &made);

		if (!deliver(sink, d->member, made))
			return false;
		if (most == 0) {
			*end = damaged(inflate_error(code));
			return false;
		}
		if (n == 0 && made == 0) {
			*end = damaged("the compressed file ends early");
			return false;
		}
	}
	return true;
}

static bool prepare(nb_decoder *d)
{
	if (!d->member)
		d->member = malloc(MEMBER_MOST);
	if (!d->inflate)
		d->inflate = malloc(sizeof(*d->inflate));
	if (!d->before)
		d->before = malloc(sizeof(*d->before));
	return d->member && d->inflate && d->before;
}

/* After the last member: nothing, zeros, or something that should not be there. */
static nb_decode_end look_after(nb_source *s, size_t n)
{
	if (n < 3 && s->buffer[s->begin] == 0x1f)
		return damaged("the compressed file ends early");
	do {
		for (size_t i = s->begin; i < s->n; i++)
			if (s->buffer[i] != 0)
				return damaged("bytes after the last gzip member");
		s->begin = s->n;
	} while (nb_source_fill(s, 1) > 0);
	return whole;
}

nb_decode_end nb_decode_gzip(nb_decoder *d, nb_source *s, nb_sink *sink)
{
	nb_decode_end end = whole;
	unsigned pause = 0, next_pause = PAUSE_FIRST;
	size_t n, made;

	if (!prepare(d))
		return (nb_decode_end){ .trouble = NB_REJECT_COUNT, .no_memory = true };
	/* a half-full buffer holds every member that is taken whole, unless gzip made it larger */
	while (nb_source_position(s) < s->stop &&
	       (n = nb_source_fill(s, NB_DECODE_INPUT / 2)) > 0) {
		if (!nb_is_gzip(s->buffer + s->begin, n))
			return look_after(s, n);
		if (pause == 0 && decode_whole(d, s, &made)) {
			next_pause = PAUSE_FIRST;
			if (!deliver(sink, d->member, made))
				return whole;
			continue;
		}
		if (pause == 0) {
			pause = next_pause;
			next_pause = next_pause < PAUSE_MOST ? next_pause * 2 : PAUSE_MOST;
		} else {
			pause--;
		}
		if (!decode_stream(d, s, sink, &end))
			return end;
	}
	return whole;
}

/* Whether p[0..HEADER) could be the header of a member, as programs write them. */
static bool is_header(const unsigned char *p)
{
	return nb_is_gzip(p, HEADER) && (p[3] & 0xe0) == 0 &&
	       (p[8] == 0 || p[8] == 2 || p[8] == 4) && (p[9] <= 13 || p[9] == 255);
}

bool nb_gzip_member_find(int fd, uint64_t from, uint64_t size, uint64_t *at)
{
	unsigned char buffer[FIND_STEP];
	uint64_t most = size - from < FIND_MOST || from > size ? size : from + FIND_MOST;

	while (from < most) {
		ssize_t n = nb_file_pread(NULL, fd, buffer, sizeof(buffer), from);
		const unsigned char *p = buffer;

		if (n < (ssize_t)HEADER)
			return false;
		while ((p = memchr(p, 0x1f, (size_t)(buffer + n - p) - HEADER + 1)) != NULL) {
			if (is_header(p)) {
				*at = from + (uint64_t)(p - buffer);
				return true;
			}
			if (++p > buffer + n - HEADER)
				break;
		}
		from += (uint64_t)n - HEADER + 1;
	}
	return false;
}

bool nb_is_gzip(const unsigned char *p, size_t n)
{
	return n >= 3 && p[0] == 0x1f && p[1] == 0x8b && p[2] == 8;
}
