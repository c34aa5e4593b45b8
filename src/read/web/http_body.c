/* SPDX-License-Identifier: MIT
 *
 * http_body.c - see http_body.h.
 */
#include "read/web/http_body.h"

#include <brotli/decode.h>
#include <libdeflate.h>
#include <string.h>
#include <strings.h>
#include <zstd.h>
#include <zstd_errors.h>

#include "newsbraid/reader.h"
#include "read/strings.h"
#include "read/web/warc.h"

#define KEEP_MOST      ((size_t)8 << 20)
#define GUESS_LEAST    ((size_t)64 << 10)
#define ENCODINGS_MOST 4

static const char too_long[] = "longer than 64 MiB when unpacked";
static const char damaged[] = "its compressed body is damaged";

void nb_http_decoder_release(nb_http_decoder *d)
{
	nb_scratch_release(&d->joined);
	nb_scratch_release(&d->unpacked[0]);
	nb_scratch_release(&d->unpacked[1]);
	libdeflate_free_decompressor(d->deflate);
	ZSTD_freeDCtx(d->zstd);
	*d = (nb_http_decoder){ 0 };
}

/* Not the message's fault, so no reject of it. */
static const char *fail_no_memory(nb_http_decoder *d)
{
	d->no_memory = true;
	return "no memory to unpack it";
}

void nb_http_decoder_shrink(nb_http_decoder *d)
{
	nb_scratch *s[] = { &d->joined, &d->unpacked[0], &d->unpacked[1] };

	for (size_t i = 0; i < sizeof(s) / sizeof(s[0]); i++)
		if (s[i]->capacity > KEEP_MOST)
			nb_scratch_release(s[i]);
}

/* ---- the head -------------------------------------------------------------------------------- */

const char *nb_http_head(nb_str message, nb_http *out)
{
	nb_str name, value;
	const char *blank;
	size_t at = 0;

	*out = (nb_http){ 0 };
	if (message.len < 9 || strncasecmp(message.ptr, "HTTP/", 5) != 0)
		return "no HTTP response";
	blank = memchr(message.ptr, ' ', message.len);
	if (blank)
		out->status = (unsigned)nb_warc_number(
			(nb_str){ blank, (size_t)(message.ptr + message.len - blank) });
	while (nb_header_line(message, &at, &name, &value))
		if (nb_header_is(name, "content-type") && value.len)
			out->type = value;
	out->body = (nb_str){ message.ptr + at, message.len - at };
	return NULL;
}

/* ---- chunks ---------------------------------------------------------------------------------- */

/* The size at s[*at..] and after its line; false if there is none. */
static bool chunk_size(nb_str s, size_t *at, size_t *size)
{
	const char *end = memchr(s.ptr + *at, '\n', s.len - *at);
	size_t i = *at, digits = 0;

	if (!end || end - (s.ptr + *at) > 256)
		return false;
	for (*size = 0; i < s.len; i++, digits++) {
		char c = (char)(s.ptr[i] | 32);

		if (s.ptr[i] >= '0' && s.ptr[i] <= '9')
			*size = *size * 16 + (size_t)(s.ptr[i] - '0');
		else if (c >= 'a' && c <= 'f')
			*size = *size * 16 + (size_t)(c - 'a' + 10);
		else
			break;
		if (*size > SIZE_MAX / 32)
			return false;
	}
	if (digits == 0 || (s.ptr[i] != '\r' && s.ptr[i] != '\n' && s.ptr[i] != ';' &&
			    s.ptr[i] != ' '))
		return false;
	*at = (size_t)(end - s.ptr) + 1;
	return true;
}

/* Chunks joined.  What does not continue as a chunk should is taken as it is. */
static const char *join_chunks(nb_http_decoder *d, nb_str *body)
{
	size_t at = 0, n = 0, size;
	char *out;

	if (!chunk_size(*body, &at, &size))
		return NULL;
	out = nb_scratch_room(&d->joined, body->len);
	if (!out)
		return fail_no_memory(d);
	while (size > 0) {
		if (size > body->len - at)
			size = body->len - at;
		memcpy(out + n, body->ptr + at, size);
		n += size;
		at += size;
		while (at < body->len && (body->ptr[at] == '\r' || body->ptr[at] == '\n'))
			at++;
		if (at == body->len)
			break;
		if (!chunk_size(*body, &at, &size)) {
			memcpy(out + n, body->ptr + at, body->len - at);
			n += body->len - at;
			break;
		}
	}
	*body = (nb_str){ out, n };
	return NULL;
}

/* ---- compression ----------------------------------------------------------------------------- */

/* How an attempt with some room went. */
enum outcome { DONE, MORE_ROOM, BAD, NO_MEMORY };

typedef enum outcome unpack_fn(nb_http_decoder *d, nb_str in, char *out, size_t room, size_t *n);

static enum outcome outcome_of(enum libdeflate_result result)
{
	return result == LIBDEFLATE_SUCCESS              ? DONE
	       : result == LIBDEFLATE_INSUFFICIENT_SPACE ? MORE_ROOM
							 : BAD;
}

static enum outcome unpack_gzip(nb_http_decoder *d, nb_str in, char *out, size_t room, size_t *n)
{
	size_t taken;

	/* bytes after the end are left alone, as browsers do */
	return outcome_of(libdeflate_gzip_decompress_ex(d->deflate, in.ptr, in.len, out, room,
							&taken, n));
}

/* "deflate" means zlib; some servers send it bare. */
static enum outcome unpack_deflate(nb_http_decoder *d, nb_str in, char *out, size_t room,
				   size_t *n)
{
	size_t taken;
	enum outcome result = outcome_of(libdeflate_zlib_decompress_ex(d->deflate, in.ptr, in.len,
								       out, room, &taken, n));

	if (result != BAD)
		return result;
	return outcome_of(libdeflate_deflate_decompress_ex(d->deflate, in.ptr, in.len, out, room,
							   &taken, n));
}

static enum outcome unpack_brotli(nb_http_decoder *d, nb_str in, char *out, size_t room, size_t *n)
{
	BrotliDecoderState *state = BrotliDecoderCreateInstance(NULL, NULL, NULL);
	const uint8_t *next_in = (const uint8_t *)in.ptr;
	uint8_t *next_out = (uint8_t *)out;
	size_t left_in = in.len, left_out = room;
	BrotliDecoderResult result;
	BrotliDecoderErrorCode code;

	(void)d;
	if (!state)
		return NO_MEMORY;
	result = BrotliDecoderDecompressStream(state, &left_in, &next_in, &left_out, &next_out,
					       NULL);
	code = BrotliDecoderGetErrorCode(state);
	BrotliDecoderDestroyInstance(state);
	if (code <= BROTLI_DECODER_ERROR_ALLOC_CONTEXT_MODES &&
	    code >= BROTLI_DECODER_ERROR_ALLOC_BLOCK_TYPE_TREES)
		return NO_MEMORY;
	*n = room - left_out;
	return result == BROTLI_DECODER_RESULT_SUCCESS             ? DONE
	       : result == BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT ? MORE_ROOM
								   : BAD;
}

static enum outcome unpack_zstd(nb_http_decoder *d, nb_str in, char *out, size_t room, size_t *n)
{
	ZSTD_inBuffer from = { in.ptr, in.len, 0 };
	ZSTD_outBuffer to = { out, room, 0 };
	size_t left;

	if (!d->zstd && !(d->zstd = ZSTD_createDCtx()))
		return NO_MEMORY;
	ZSTD_DCtx_reset(d->zstd, ZSTD_reset_session_only);
	left = ZSTD_decompressStream(d->zstd, &to, &from);
	*n = to.pos;
	if (ZSTD_getErrorCode(left) == ZSTD_error_memory_allocation)
		return NO_MEMORY;
	if (ZSTD_isError(left))
		return BAD;
	return left == 0 ? DONE : to.pos == to.size ? MORE_ROOM : BAD;
}

/* Try with more and more room. */
static const char *unpack(nb_http_decoder *d, nb_scratch *s, unpack_fn *fn, nb_str *body,
			  nb_reject_reason *reason)
{
	size_t room = body->len * 4 < GUESS_LEAST ? GUESS_LEAST : body->len * 4, n;

	*reason = NB_REJECT_DAMAGED;
	if (!d->deflate && !(d->deflate = libdeflate_alloc_decompressor()))
		return fail_no_memory(d);
	for (;;) {
		char *out = nb_scratch_room(s, room < NB_LINE_MAX ? room : NB_LINE_MAX);
		enum outcome result;

		if (!out)
			return fail_no_memory(d);
		result = fn(d, *body, out, s->capacity, &n);
		if (result == DONE && n <= NB_LINE_MAX) {
			*body = (nb_str){ out, n };
			return NULL;
		}
		if (result == BAD)
			return damaged;
		if (result == NO_MEMORY)
			return fail_no_memory(d);
		if (room >= NB_LINE_MAX)
			break;
		room = room * 2 > s->capacity ? room * 2 : s->capacity * 2;
	}
	*reason = NB_REJECT_TOO_LONG;
	return too_long;
}

/* A body that does not begin as it should: taken off by whoever stored it. */
static bool looks_packed(nb_str body, unpack_fn *fn)
{
	const unsigned char *p = (const unsigned char *)body.ptr;

	if (body.len < 4)
		return false;
	if (fn == unpack_gzip)
		return p[0] == 0x1f && p[1] == 0x8b;
	if (fn == unpack_zstd)
		return p[0] == 0x28 && p[1] == 0xb5;
	/* the other two have no mark; text begins with what would be rare in them */
	return p[0] != '<' && p[0] != ' ' && p[0] != '\n' && p[0] != '\r' && p[0] != 0xef;
}

static unpack_fn *unpacker_of(nb_str name)
{
	if (nb_header_is(name, "gzip") || nb_header_is(name, "x-gzip"))
		return unpack_gzip;
	if (nb_header_is(name, "deflate"))
		return unpack_deflate;
	if (nb_header_is(name, "br"))
		return unpack_brotli;
	if (nb_header_is(name, "zstd"))
		return unpack_zstd;
	return NULL;
}

/* "gzip, br": the one applied last, which comes off first, and what is left of the list. */
static nb_str last_of(nb_str *list)
{
	const char *comma = memrchr(list->ptr, ',', list->len);
	nb_str last = *list;

	if (comma)
		last = (nb_str){ comma + 1, (size_t)(list->ptr + list->len - comma - 1) };
	list->len = comma ? (size_t)(comma - list->ptr) : 0;
	return nb_trim(last);
}

static const char *unpack_all(nb_http_decoder *d, nb_str encodings, nb_str *body,
			      nb_reject_reason *reason)
{
	for (int i = 0; i < ENCODINGS_MOST && encodings.len; i++) {
		unpack_fn *fn = unpacker_of(last_of(&encodings));
		const char *why = NULL;

		if (fn && looks_packed(*body, fn))
			why = unpack(d, &d->unpacked[i & 1], fn, body, reason);
		if (why)
			return why;
	}
	return NULL;
}

static bool says_chunked(nb_str value)
{
	return value.len >= 7 && strncasecmp(value.ptr + value.len - 7, "chunked", 7) == 0;
}

const char *nb_http_body(nb_http_decoder *d, nb_str message, nb_http *http,
			 nb_reject_reason *reason)
{
	nb_str name, value, encodings = { 0 };
	const char *why = NULL;
	bool chunked = false;
	size_t at = 0;

	while (nb_header_line(message, &at, &name, &value)) {
		if (nb_header_is(name, "content-encoding"))
			encodings = value;
		else if (nb_header_is(name, "transfer-encoding"))
			chunked = says_chunked(value);
	}
	*reason = NB_REJECT_DAMAGED;
	if (chunked)
		why = join_chunks(d, &http->body);
	return why ? why : unpack_all(d, encodings, &http->body, reason);
}
