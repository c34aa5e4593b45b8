/* SPDX-License-Identifier: MIT
 *
 * http_body.h - an HTTP response as it was stored: what its body is when chunks and compression
 * are taken off.
 */
#ifndef NB_READ_WEB_HTTP_BODY_H
#define NB_READ_WEB_HTTP_BODY_H

#include "base/scratch.h"
#include "newsbraid/article.h"

typedef struct nb_http {
	unsigned status;
	nb_str type; /* "text/html; charset=utf-8", as it stands; absent if not said */
	nb_str body; /* in the message, or in the decoder's memory until the next message */
} nb_http;

/* What one thread needs: all zero is valid. */
typedef struct nb_http_decoder {
	nb_scratch joined, unpacked[2];
	struct libdeflate_decompressor *deflate;
	struct ZSTD_DCtx_s *zstd;
	bool no_memory; /* the last failure was this */
} nb_http_decoder;

void nb_http_decoder_release(nb_http_decoder *d);
/** Give back memory that grew for one giant body. */
void nb_http_decoder_shrink(nb_http_decoder *d);

/**
 * Status and type of a message, and where its body begins.
 * @return NULL, or what is wrong: static text
 */
const char *nb_http_head(nb_str message, nb_http *out);

/**
 * Take chunks and compression (gzip, deflate, br, zstd) off the body.
 *
 * Archives often keep headers of what they have taken off themselves: a body that is not as the
 * headers say is taken as it is.
 *
 * @param http    of nb_http_head, its body replaced
 * @param reason  out: NB_REJECT_DAMAGED, NB_REJECT_TOO_LONG (more than NB_LINE_MAX unpacked)
 * @return NULL, or what is wrong: static text
 */
const char *nb_http_body(nb_http_decoder *d, nb_str message, nb_http *http,
			 nb_reject_reason *reason);

#endif
