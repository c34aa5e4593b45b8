/* SPDX-License-Identifier: MIT
 *
 * format_warc.c - web archives: pages of responses, and the plain text of WET.
 *
 * The date of a record is that of the crawl, never one of publication.  What is no page (requests,
 * metadata, images, errors, pages that were found unchanged) is counted and passed over.
 */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "read/formats.h"
#include "read/web/http_body.h"
#include "read/web/page.h"
#include "read/web/warc.h"
#include "text/language.h"

static bool is(const nb_head *head)
{
	return nb_head_begins(head, NB_STR("WARC/"));
}

static bool begins(nb_str s, const char *with)
{
	return s.len >= strlen(with) && strncasecmp(s.ptr, with, strlen(with)) == 0;
}

/* ---- what a record holds --------------------------------------------------------------------- */

static bool is_page(nb_str type, nb_str body)
{
	body = nb_trim(body);
	if (type.len)
		return begins(type, "text/html") || begins(type, "application/xhtml");
	return begins(body, "<!doctype html") || begins(body, "<html");
}

static void parse_page(nb_parse *p, const nb_warc *warc, nb_str type, nb_str body,
		       const nb_record *at)
{
	const nb_page_source source = {
		.content_type = type,
		.url = nb_keep_bytes(p->m, warc->url, NB_SHORT_MAX),
		.id = nb_keep_bytes(p->m, warc->id, NB_ID_MAX),
		.crawled = nb_keep_bytes(p->m, warc->date, NB_DATE_MAX),
	};

	nb_parse_page(p, body, &source, at);
}

/* A page's text as others took it out: its first line is the page's title. */
static void parse_text(nb_parse *p, const nb_warc *warc, const nb_record *at)
{
	nb_article a = {
		.id = nb_keep_bytes(p->m, warc->id, NB_ID_MAX),
		.url = nb_keep_bytes(p->m, warc->url, NB_SHORT_MAX),
		.source = nb_keep_bytes(p->m, nb_url_host(warc->url), NB_SHORT_MAX),
		.published_raw = nb_keep_bytes(p->m, warc->date, NB_DATE_MAX),
		.published_at = NB_NO_TIME,
		.date_source = warc->date.len ? NB_DATE_CRAWL : NB_DATE_NONE,
	};
	char code[3];

	nb_parse_titled_text(p, warc->body, &a);
	if (nb_language_code(warc->language, code))
		a.lang = nb_keep_line(p->m, (nb_str){ code, 2 }, 2);
	nb_parse_article(p, &a, at);
}

static void parse_response(nb_parse *p, const nb_warc *warc, const nb_record *at)
{
	nb_reject_reason reason;
	nb_http http;
	const char *why = nb_http_head(warc->body, &http);

	if (why && !begins(warc->content_type, "application/http")) {
		nb_parse_skipped(p); /* a name looked up, a file fetched */
		return;
	}
	if (why) {
		nb_parse_reject(p, NB_REJECT_MALFORMED, why, at);
		return;
	}
	if (http.status != 200) {
		nb_parse_skipped(p);
		return;
	}
	why = nb_http_body(p->m->http, warc->body, &http, &reason);
	p->m->no_memory |= p->m->http->no_memory;
	if (!is_page(http.type, why ? (nb_str){ 0 } : http.body))
		nb_parse_skipped(p);
	else if (why)
		nb_parse_reject(p, reason, why, at);
	else
		parse_page(p, warc, http.type, http.body, at);
}

/* ---- records --------------------------------------------------------------------------------- */

static void parse_whole(nb_parse *p, const nb_warc *warc, const nb_record *at)
{
	if (nb_header_is(warc->type, "response"))
		parse_response(p, warc, at);
	else if (nb_header_is(warc->type, "resource") && is_page(warc->content_type, warc->body))
		parse_page(p, warc, warc->content_type, warc->body, at);
	else if (nb_header_is(warc->type, "conversion") && begins(warc->content_type, "text/plain"))
		parse_text(p, warc, at);
	else
		nb_parse_skipped(p);
}

/* A record, or what is left of one between two others. */
static void parse_piece(nb_parse *p, const nb_record *at)
{
	nb_warc warc;
	const char *why = nb_warc_parse(at->bytes, &warc);

	if (why)
		nb_parse_reject(p, NB_REJECT_MALFORMED, why, at);
	else
		parse_whole(p, &warc, at);
}

/* A record whose length does not lead to the next one is lost, but those that it has swallowed are
 * not. */
static void parse_pieces(nb_parse *p, const nb_record *at)
{
	nb_record piece = *at;
	size_t end;

	for (size_t begin = 0; begin < at->bytes.len && !p->m->no_memory; begin = end) {
		end = nb_warc_next(at->bytes, begin + 1);
		piece.bytes = (nb_str){ at->bytes.ptr + begin, end - begin };
		piece.byte = at->byte + begin;
		parse_piece(p, &piece);
	}
}

static void parse(nb_parse *p, const nb_record *at)
{
	nb_warc warc;

	if (!p->m->http && !(p->m->http = calloc(1, sizeof(*p->m->http)))) {
		p->m->no_memory = true;
		return;
	}
	if (nb_warc_parse(at->bytes, &warc))
		parse_pieces(p, at);
	else
		parse_whole(p, &warc, at);
	nb_http_decoder_shrink(p->m->http);
	nb_maker_shrink(p->m);
}

const nb_format nb_format_warc = {
	.name = "warc",
	.is = is,
	.cut = NB_CUT_RECORDS,
	.scan = nb_warc_scan_records,
	.parse = parse,
};
