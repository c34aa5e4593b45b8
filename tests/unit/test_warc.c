/* SPDX-License-Identifier: MIT
 *
 * test_warc.c - web archives: what is a page, bodies in chunks and compressed, lying lengths.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "unit/reading.h"

#define ONE   "Dockworkers at the terminals laid down their work on Tuesday, the union said."
#define TWO   "Talks about early retirement broke down after midnight, while ships were waiting."
#define PAGE  "<!doctype html><title>Strike</title><article><p>" ONE "</p><p>" TWO "</p></article>"
#define TEXT  ONE "\n" TWO
#define OK    "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"
#define HTTP  "application/http; msgtype=response"

/* A file being put together. */
struct archive {
	char bytes[1 << 16];
	size_t n;
};

static void add(struct archive *a, const void *p, size_t n)
{
	assert_true(a->n + n <= sizeof(a->bytes));
	memcpy(a->bytes + a->n, p, n);
	a->n += n;
}

static void add_string(struct archive *a, const char *s)
{
	add(a, s, strlen(s));
}

/* The record says that it has `length` bytes. */
static void add_lying(struct archive *a, const char *type, const char *content_type, size_t length,
		      const void *body, size_t n)
{
	char head[512];

	snprintf(head, sizeof(head),
		 "WARC/1.1\r\nWARC-Type: %s\r\nWARC-Record-ID: <urn:uuid:%zu>\r\n"
		 "WARC-Target-URI: http://www.paper.example/a/%zu\r\n"
		 "WARC-Date: 2024-05-01T10:00:00Z\r\nContent-Type: %s\r\n"
		 "Content-Length: %zu\r\n\r\n",
		 type, a->n, a->n, content_type, length);
	add_string(a, head);
	add(a, body, n);
	add_string(a, "\r\n\r\n");
}

static void add_record(struct archive *a, const char *type, const char *content_type,
		       const char *body)
{
	add_lying(a, type, content_type, strlen(body), body, strlen(body));
}

/* A response with more header lines and a body of any bytes. */
static void add_response(struct archive *a, const char *header, const void *body, size_t n)
{
	char message[1 << 14];
	int head = snprintf(message, sizeof(message), OK "%s\r\n", header);

	assert_true((size_t)head + n <= sizeof(message));
	memcpy(message + head, body, n);
	add_lying(a, "response", HTTP, (size_t)head + n, message, (size_t)head + n);
}

static struct reading read_archive(void **state, const struct archive *a)
{
	return reading_bytes(*state, "in.warc", a->bytes, a->n);
}

static void assert_pages(void **state, const struct archive *a, size_t n)
{
	struct reading r = read_archive(state, a);

	assert_int_equal(r.n_reject, 0);
	assert_int_equal(r.n, n);
	for (size_t i = 0; i < n; i++)
		assert_str(r.article[i].text, TEXT);
	reading_release(&r);
}

static void assert_reject(void **state, const struct archive *a, nb_reject_reason reason,
			  const char *detail)
{
	struct reading r = read_archive(state, a);

	assert_int_equal(r.n_reject, 1);
	assert_int_equal(r.reject[0].reason, reason);
	assert_str(r.reject[0].detail, detail);
	reading_release(&r);
}

/* ---- what is a page -------------------------------------------------------------------------- */

static void a_response_is_a_page_and_the_crawl_no_publication(void **state)
{
	struct archive a = { .n = 0 };
	struct reading r;

	add_response(&a, "", PAGE, strlen(PAGE));
	r = read_archive(state, &a);
	assert_int_equal(r.n, 1);
	assert_string_equal(r.file[0].format, "warc");
	assert_str(r.article[0].id, "urn:uuid:0");
	assert_str(r.article[0].url, "http://www.paper.example/a/0");
	assert_str(r.article[0].title, "Strike");
	assert_str(r.article[0].text, TEXT);
	assert_str(r.article[0].published_raw, "2024-05-01T10:00:00Z");
	assert_int_equal(r.article[0].date_source, NB_DATE_CRAWL);
	assert_true(r.article[0].published_at == NB_NO_TIME);
	reading_release(&r);
}

static void what_is_no_page_is_passed_over(void **state)
{
	struct archive a = { .n = 0 };

	add_record(&a, "warcinfo", "application/warc-fields", "software: x\r\n");
	add_record(&a, "request", "application/http; msgtype=request", "GET / HTTP/1.1\r\n\r\n");
	add_record(&a, "response", HTTP, "HTTP/1.1 404 Not Found\r\n\r\n" PAGE);
	add_record(&a, "response", HTTP,
		   "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n\x89PNG");
	add_record(&a, "response", "text/dns", "20240501\r\npaper.example. 300 IN A 192.0.2.1\r\n");
	add_record(&a, "revisit", HTTP, OK "\r\n");
	add_record(&a, "metadata", "application/warc-fields", "via: x\r\n");
	add_record(&a, "resource", "text/html", PAGE);
	add_record(&a, "response", HTTP, "HTTP/1.0 200 OK\r\n\r\n" PAGE);
	assert_pages(state, &a, 2);
}

static void plain_text_of_wet_has_its_title_first(void **state)
{
	struct archive a = { .n = 0 };
	struct reading r;

	add_record(&a, "conversion", "text/plain", "Strike\n" ONE "\n" TWO);
	r = read_archive(state, &a);
	assert_int_equal(r.n, 1);
	assert_str(r.article[0].title, "Strike");
	assert_str(r.article[0].text, TEXT);
	assert_str(r.article[0].source, "paper.example");
	reading_release(&r);
}

/* ---- bodies ---------------------------------------------------------------------------------- */

/* In chunks of 50 bytes. */
static size_t in_chunks(char *out, const char *body, size_t n)
{
	size_t at = 0, k;

	for (size_t i = 0; i < n; i += k) {
		k = n - i < 50 ? n - i : 50;
		at += (size_t)sprintf(out + at, "%zx;x=y\r\n", k);
		memcpy(out + at, body + i, k);
		at += k;
		at += (size_t)sprintf(out + at, "\r\n");
	}
	return at + (size_t)sprintf(out + at, "0\r\n\r\n");
}

static size_t in_gzip(char *out, size_t room, const char *body, size_t n)
{
	struct libdeflate_compressor *c = libdeflate_alloc_compressor(6);
	size_t packed;

	assert_non_null(c);
	packed = libdeflate_gzip_compress(c, body, n, out, room);
	libdeflate_free_compressor(c);
	assert_true(packed > 0);
	return packed;
}

static void chunks_and_compression_come_off(void **state)
{
	char packed[4096], chunked[8192];
	struct archive a = { .n = 0 };
	size_t n = in_chunks(chunked, PAGE, strlen(PAGE));

	add_response(&a, "Transfer-Encoding: chunked\r\n", chunked, n);
	n = in_gzip(packed, sizeof(packed), PAGE, strlen(PAGE));
	add_response(&a, "content-encoding: GZIP\r\n", packed, n);
	n = in_chunks(chunked, packed, n);
	add_response(&a, "Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n", chunked, n);
	n = ZSTD_compress(packed, sizeof(packed), PAGE, strlen(PAGE), 3);
	add_response(&a, "Content-Encoding: zstd\r\n", packed, n);
	assert_pages(state, &a, 4);
}

/* Crawlers take off chunks and compression, and keep the headers. */
static void headers_of_what_was_taken_off_do_no_harm(void **state)
{
	struct archive a = { .n = 0 };

	add_response(&a, "Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n", PAGE,
		     strlen(PAGE));
	add_response(&a, "Content-Encoding: br\r\n", PAGE, strlen(PAGE));
	add_response(&a, "Content-Encoding: none\r\n", PAGE, strlen(PAGE));
	assert_pages(state, &a, 3);
}

static void a_damaged_body_is_a_reject(void **state)
{
	struct archive a = { .n = 0 };
	char packed[4096];
	size_t n = in_gzip(packed, sizeof(packed), PAGE, strlen(PAGE));

	add_response(&a, "Content-Encoding: gzip\r\n", packed, n / 2);
	assert_reject(state, &a, NB_REJECT_DAMAGED, "its compressed body is damaged");
}

static void a_bomb_is_a_reject(void **state)
{
	size_t n = (size_t)65 << 20;
	struct archive a = { .n = 0 };
	char *zeros = calloc(1, n), packed[1 << 13];

	assert_non_null(zeros);
	n = ZSTD_compress(packed, sizeof(packed), zeros, n, 3);
	free(zeros);
	assert_false(ZSTD_isError(n));
	add_response(&a, "Content-Encoding: zstd\r\n", packed, n);
	assert_reject(state, &a, NB_REJECT_TOO_LONG, "longer than 64 MiB when unpacked");
}

/* ---- lengths --------------------------------------------------------------------------------- */

static void a_record_too_short_for_its_length_loses_only_itself(void **state)
{
	struct archive a = { .n = 0 };
	struct reading r;

	add_response(&a, "", PAGE, strlen(PAGE));
	add_lying(&a, "response", HTTP, 100000, OK "\r\n" PAGE, strlen(OK "\r\n" PAGE));
	add_response(&a, "", PAGE, strlen(PAGE));
	r = read_archive(state, &a);
	assert_int_equal(r.n, 2);
	assert_int_equal(r.n_reject, 1);
	assert_int_equal(r.reject[0].reason, NB_REJECT_MALFORMED);
	reading_release(&r);
}

static void a_record_too_long_for_its_length_loses_only_itself(void **state)
{
	struct archive a = { .n = 0 };
	struct reading r;

	add_lying(&a, "response", HTTP, 40, OK "\r\n" PAGE, strlen(OK "\r\n" PAGE));
	add_response(&a, "", PAGE, strlen(PAGE));
	r = read_archive(state, &a);
	assert_int_equal(r.n, 1);
	assert_int_equal(r.n_reject, 1);
	assert_str(r.reject[0].detail, "a WARC record goes on after its Content-Length");
	reading_release(&r);
}

static void members_of_a_compressed_archive_are_one_file(void **state)
{
	char gz[1 << 13], zst[1 << 13];
	size_t n_gz = 0, n_zst = 0;

	for (int i = 0; i < 3; i++) {
		struct archive a = { .n = 0 };
		struct reading r;

		add_response(&a, "", PAGE, strlen(PAGE));
		n_gz += in_gzip(gz + n_gz, sizeof(gz) - n_gz, a.bytes, a.n);
		n_zst += ZSTD_compress(zst + n_zst, sizeof(zst) - n_zst, a.bytes, a.n, 3);
		r = reading_bytes(*state, "in.warc.gz", gz, n_gz);
		assert_int_equal(r.n, i + 1);
		reading_release(&r);
		r = reading_bytes(*state, "in.warc.zst", zst, n_zst);
		assert_int_equal(r.n, i + 1);
		reading_release(&r);
	}
}

#define test(f) cmocka_unit_test_setup_teardown(f, folder_setup, folder_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		test(a_response_is_a_page_and_the_crawl_no_publication),
		test(what_is_no_page_is_passed_over),
		test(plain_text_of_wet_has_its_title_first),
		test(chunks_and_compression_come_off),
		test(headers_of_what_was_taken_off_do_no_harm),
		test(a_damaged_body_is_a_reject),
		test(a_bomb_is_a_reject),
		test(a_record_too_short_for_its_length_loses_only_itself),
		test(a_record_too_long_for_its_length_loses_only_itself),
		test(members_of_a_compressed_archive_are_one_file),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
