/* SPDX-License-Identifier: MIT
 *
 * test_table.c - rows to a zstd table and back: the same bytes however they were handed over, and
 * no damage that goes unnoticed.
 */
#define ZSTD_STATIC_LINKING_ONLY /* ZSTD_getFrameHeader */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <xxhash.h>
#include <zstd.h>

#include <cmocka.h>

#include "folder.h"
#include "newsbraid/publish.h"

#define NAME "edges.jsonl.zst"

/* Rows of uneven length that compress as rows do. */
static char *make_rows(size_t n_rows, size_t *len)
{
	char *text = malloc(n_rows * 200), *p = text;

	for (size_t i = 0; i < n_rows; i++)
		p += sprintf(p, "{\"id\":\"%zu\",\"title\":\"%.*s\",\"n\":%zu}\n", i,
			     (int)(i * 7 % 61),
			     "a title that is as long as the number of its row wants it to be ....",
			     i * i % 1000003);
	*len = (size_t)(p - text);
	return text;
}

static size_t count_feeds(const char *text, size_t n)
{
	size_t feeds = 0;

	for (size_t i = 0; i < n; i++)
		feeds += text[i] == '\n';
	return feeds;
}

/* Write text as a table of an output of its own, in pieces of about `piece` bytes. */
static nb_table_info write_table(const char *folder, const char *out, const char *text, size_t len,
				 size_t piece, int level, int workers)
{
	char *path = folder_path(folder, out);
	nb_output *o;
	nb_table *t;
	nb_table_info info;

	assert_int_equal(nb_output_new(path, NULL, &o, NULL), NB_OK);
	assert_int_equal(nb_table_new(o, NAME, level, workers, &t, NULL), NB_OK);
	while (len) {
		size_t n = piece < len ? piece : len;

		while (text[n - 1] != '\n')
			n++;
		assert_int_equal(nb_table_append(t, text, n, count_feeds(text, n), NULL), NB_OK);
		text += n;
		len -= n;
	}
	assert_int_equal(nb_table_close(t, &info, NULL), NB_OK);
	nb_table_free(t);
	assert_int_equal(nb_output_file(o, "manifest.json", "{\"tool\": \"newsbraid\"}", 21, NULL),
			 NB_OK);
	assert_int_equal(nb_output_commit(o, NULL), NB_OK);
	nb_output_free(o);
	free(path);
	return info;
}

static char *read_table(const char *folder, const char *out, size_t *n)
{
	char *path = folder_path(folder, out), *data = folder_read(path, NAME, n);

	free(path);
	return data;
}

static void bytes_depend_on_the_rows_alone(void **state)
{
	size_t len, n0, n, n_rows = 160000;
	char *text = make_rows(n_rows, &len), *first, *again;
	const size_t piece[] = { 1, 1000, (size_t)1 << 20, ((size_t)1 << 20) + 1, (size_t)3 << 20 };

	for (int level = 1; level <= 3; level += 2) {
		write_table(*state, "first", text, len, len, level, 1);
		first = read_table(*state, "first", &n0);
		for (int workers = 0; workers <= 4; workers++) {
			size_t p = piece[(size_t)workers % 5];

			write_table(*state, "again", text, len, p, level, workers);
			again = read_table(*state, "again", &n);
			assert_int_equal(n, n0);
			assert_memory_equal(again, first, n);
			free(again);
		}
		free(first);
	}
	free(text);
}

static void one_frame_with_checksum_and_small_window(void **state)
{
	size_t len, n;
	char *text = make_rows(10000, &len), *file;
	ZSTD_frameHeader header;

	write_table(*state, "out", text, len, 5000, 19, 2);
	file = read_table(*state, "out", &n);
	assert_int_equal(ZSTD_findFrameCompressedSize(file, n), n);
	assert_int_equal(ZSTD_getFrameHeader(&header, file, n), 0);
	assert_int_equal(header.checksumFlag, 1);
	assert_true(header.windowSize <= (uint64_t)1 << 27);
	free(file);
	free(text);
}

static void hex128(const void *data, size_t n, char out[33])
{
	XXH128_canonical_t c;

	XXH128_canonicalFromHash(&c, XXH3_128bits(data, n));
	for (int i = 0; i < 16; i++)
		sprintf(out + 2 * i, "%02x", c.digest[i]);
}

static void info_is_what_the_manifest_needs(void **state)
{
	size_t len, n;
	char *text = make_rows(30000, &len), *file, hex[33];
	nb_table_info info = write_table(*state, "out", text, len, 100000, 3, 1);

	file = read_table(*state, "out", &n);
	assert_string_equal(info.name, NAME);
	assert_int_equal(info.rows, 30000);
	assert_int_equal(info.bytes, n);
	assert_int_equal(info.content_bytes, len);
	hex128(file, n, hex);
	assert_string_equal(info.xxh128, hex);
	hex128(text, len, hex);
	assert_string_equal(info.content_xxh128, hex);
	free(file);
	free(text);
}

/* Fixed paths work whatever a night brings. */
static void no_rows_are_an_empty_frame(void **state)
{
	nb_table_info info = write_table(*state, "out", "", 0, 1, 3, 1);
	size_t n;
	char *frame = read_table(*state, "out", &n);

	assert_non_null(frame);
	assert_int_equal(ZSTD_decompress(NULL, 0, frame, n), 0);
	assert_string_equal(info.name, NAME);
	assert_int_equal(info.rows, 0);
	assert_int_equal(info.bytes, n);
	assert_string_equal(info.content_xxh128, "99aa06d3014798d86001c324468d497f"); /* of nothing */
	free(frame);
}

static void only_whole_rows_below_16_mib(void **state)
{
	char *path = folder_path(*state, "out"), *row = malloc(NB_ROW_MAX + 1);
	nb_output *o;
	nb_table *t;

	memset(row, 'x', NB_ROW_MAX + 1);
	assert_int_equal(nb_output_new(path, NULL, &o, NULL), NB_OK);
	assert_int_equal(nb_table_new(o, "a name longer than any table has", 3, 1, &t, NULL),
			 NB_EINVAL);
	assert_int_equal(nb_table_new(o, NAME, 0, 1, &t, NULL), NB_EINVAL);
	assert_int_equal(nb_table_new(o, NAME, 3, 1, &t, NULL), NB_OK);
	assert_int_equal(nb_table_append(t, "{}", 2, 1, NULL), NB_EINVAL);
	assert_int_equal(nb_table_append(t, "{}\n{}\n", 6, 1, NULL), NB_EINVAL);
	assert_int_equal(nb_table_append(t, "{}\n{}\n", 6, 3, NULL), NB_EINVAL);
	row[NB_ROW_MAX - 1] = '\n';
	assert_int_equal(nb_table_append(t, row, NB_ROW_MAX, 1, NULL), NB_EINVAL);
	row[NB_ROW_MAX - 2] = '\n';
	assert_int_equal(nb_table_append(t, row, NB_ROW_MAX - 1, 1, NULL), NB_OK);
	nb_table_free(t);
	nb_output_free(o);
	free(row);
	free(path);
}

/* ---- reading back ---------------------------------------------------------------------------- */

static char got[(size_t)24 << 20];

/* Read all rows of FOLDER/NAME to got[0..*len), with line feeds. */
static nb_status read_rows(const char *folder, const char *name, size_t *len, nb_error *err)
{
	char *path = folder_path(folder, name);
	nb_rows *r = NULL;
	nb_str row;
	nb_status status = nb_rows_open(path, &r, err);

	*len = 0;
	while (status == NB_OK) {
		status = nb_rows_next(r, &row, err);
		if (status != NB_OK || !row.ptr)
			break;
		memcpy(got + *len, row.ptr, row.len);
		got[*len + row.len] = '\n';
		*len += row.len + 1;
	}
	nb_rows_free(r);
	free(path);
	return status;
}

/* The file `name` made of data[0..n) reads as the rows `want`. */
static void expect_rows(const char *folder, const char *name, const void *data, size_t n,
			const char *want, size_t want_len)
{
	size_t len;

	folder_write(folder, name, data, n);
	assert_int_equal(read_rows(folder, name, &len, NULL), NB_OK);
	assert_int_equal(len, want_len);
	assert_memory_equal(got, want, len);
}

static void what_was_written_is_read(void **state)
{
	size_t len, n;
	char *text = make_rows(100000, &len), *file;

	write_table(*state, "out", text, len, 100000, 3, 2);
	file = read_table(*state, "out", &n);
	expect_rows(*state, "x.jsonl.zst", file, n, text, len);
	expect_rows(*state, "x.jsonl", text, len, text, len);
	free(file);
	free(text);
}

static void plain_files_as_people_write_them(void **state)
{
	expect_rows(*state, "x.jsonl", "", 0, "", 0);
	expect_rows(*state, "x.jsonl", "{}", 2, "{}\n", 3);
	expect_rows(*state, "x.jsonl", "{}\n", 3, "{}\n", 3);
	expect_rows(*state, "x.jsonl", "\n\n{}", 4, "\n\n{}\n", 5);
	expect_rows(*state, "x.jsonl", "{}\r\n", 4, "{}\r\n", 4);
}

static void several_frames_and_skippable_ones(void **state)
{
	static const char skip[] = "\x5a\x2a\x4d\x18\x03\x00\x00\x00zzz";
	char file[1000];
	size_t n = sizeof(skip) - 1;

	memcpy(file, skip, n);
	n += ZSTD_compress(file + n, sizeof(file) - n, "{\"a\":1}\n{\"b\"", 12, 3);
	n += ZSTD_compress(file + n, sizeof(file) - n, "", 0, 3);
	memcpy(file + n, skip, sizeof(skip) - 1);
	n += sizeof(skip) - 1;
	n += ZSTD_compress(file + n, sizeof(file) - n, ":2}\n", 4, 3);
	expect_rows(*state, "x.jsonl.zst", file, n, "{\"a\":1}\n{\"b\":2}\n", 16);
}

/* Reading must end in NB_EDATA, or, where the flipped bit means nothing, give the same rows. */
static void expect_noticed(const char *folder, const char *file, size_t n, const char *text,
			   size_t len, size_t *n_noticed)
{
	nb_error err;
	size_t got_len;

	folder_write(folder, "x.jsonl.zst", file, n);
	if (read_rows(folder, "x.jsonl.zst", &got_len, &err) == NB_OK) {
		assert_int_equal(got_len, len);
		assert_memory_equal(got, text, len);
	} else {
		assert_int_equal(err.status, NB_EDATA);
		assert_true(err.line <= count_feeds(text, len) + 1);
		++*n_noticed;
	}
}

static void every_damage_is_noticed(void **state)
{
	size_t len, n, n_noticed = 0, n_tried = 0;
	char *text = make_rows(2000, &len), *file;

	write_table(*state, "out", text, len, len, 3, 1);
	file = read_table(*state, "out", &n);
	for (size_t bit = 0; bit < 8 * n; bit += bit < 256 ? 1 : 8 * n / 200 + 1, n_tried++) {
		file[bit / 8] ^= (char)(1 << bit % 8);
		expect_noticed(*state, file, n, text, len, &n_noticed);
		file[bit / 8] ^= (char)(1 << bit % 8);
	}
	assert_true(n_noticed + 10 >= n_tried);
	n_noticed = n_tried = 0;
	for (size_t cut = 0; cut < n; cut += cut < 20 || cut + 20 > n ? 1 : n / 100, n_tried++)
		expect_noticed(*state, file, cut, text, len, &n_noticed);
	assert_int_equal(n_noticed, n_tried);
	free(file);
	free(text);
}

static void errors_say_where(void **state)
{
	char *text = malloc(NB_ROW_MAX + 100), *path = folder_path(*state, "missing");
	size_t len;
	nb_rows *r;
	nb_str row;
	nb_error err;

	memset(text, 'x', NB_ROW_MAX + 100);
	memcpy(text, "{}\n[]\n", 6);
	folder_write(*state, "x.jsonl", text, NB_ROW_MAX + 100);
	assert_int_equal(read_rows(*state, "x.jsonl", &len, &err), NB_EDATA);
	assert_int_equal(len, 6);
	assert_int_equal(err.line, 3);
	assert_int_equal(err.byte, 6);
	assert_int_equal(nb_rows_open(path, &r, &err), NB_EIO);
	assert_int_equal(err.sys_errno, ENOENT);
	assert_null(r);
	assert_int_equal(nb_rows_open(*state, &r, &err), NB_EIO);
	assert_int_equal(err.sys_errno, EISDIR);
	folder_write(*state, "y.jsonl.zst", "\x28\xb5\x2f\xfd", 4);
	free(path);
	path = folder_path(*state, "y.jsonl.zst");
	assert_int_equal(nb_rows_open(path, &r, &err), NB_OK);
	assert_int_equal(nb_rows_next(r, &row, &err), NB_EDATA);
	assert_int_equal(nb_rows_next(r, &row, &err), NB_EDATA); /* and stays so */
	nb_rows_free(r);
	free(path);
	free(text);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, folder_setup, folder_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(bytes_depend_on_the_rows_alone),
		TEST(one_frame_with_checksum_and_small_window),
		TEST(info_is_what_the_manifest_needs),
		TEST(no_rows_are_an_empty_frame),
		TEST(only_whole_rows_below_16_mib),
		TEST(what_was_written_is_read),
		TEST(plain_files_as_people_write_them),
		TEST(several_frames_and_skippable_ones),
		TEST(every_damage_is_noticed),
		TEST(errors_say_where),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
