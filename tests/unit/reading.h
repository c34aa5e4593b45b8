/* SPDX-License-Identifier: MIT
 *
 * reading.h - read inputs whole, and what came of them in one piece.
 *
 * Include after <cmocka.h>.
 */
#ifndef NB_TEST_READING_H
#define NB_TEST_READING_H

#include <libdeflate.h>
#include <zstd.h>

#include "newsbraid/reader.h"
#include "unit/folder.h"

/* All articles, rejects and files of a run; strings are copies. */
struct reading {
	nb_arena strings;
	nb_article *article;
	size_t n;
	nb_reject *reject;
	size_t n_reject;
	nb_input_file *file;
	size_t n_files;
	uint64_t n_rejected, n_repaired, done, expected;
};

static inline void reading_release(struct reading *r)
{
	nb_arena_release(&r->strings);
	free(r->article);
	free(r->reject);
	free(r->file);
}

static inline nb_str reading_copy(struct reading *r, nb_str s)
{
	nb_str copy;

	assert_int_equal(nb_arena_str(&r->strings, s, &copy), NB_OK);
	return copy;
}

static inline void reading_add(struct reading *r, const nb_batch *b)
{
	r->article = realloc(r->article, (r->n + b->n + 1) * sizeof(*r->article));
	r->reject = realloc(r->reject, (r->n_reject + b->n_reject + 1) * sizeof(*r->reject));
	assert_non_null(r->article);
	assert_non_null(r->reject);
	for (size_t i = 0; i < b->n; i++) {
		nb_article *a = &r->article[r->n++];
		nb_str *s[] = { &a->id,     &a->source,        &a->agency,  &a->version,  &a->lang,
				&a->title,  &a->byline,        &a->url,     &a->located,  &a->subjects,
				&a->origin, &a->published_raw, &a->text };

		*a = b->article[i];
		for (size_t k = 0; k < sizeof(s) / sizeof(s[0]); k++)
			*s[k] = reading_copy(r, *s[k]);
	}
	for (size_t i = 0; i < b->n_reject; i++) {
		nb_reject *x = &r->reject[r->n_reject++];

		*x = b->reject[i];
		x->detail = reading_copy(r, x->detail);
		x->sample = reading_copy(r, x->sample);
	}
	r->n_rejected += b->n_rejected;
	r->n_repaired += b->n_repaired;
}

/* Read everything; the options' inputs must exist. */
static inline struct reading reading_of(const nb_reader_options *o)
{
	struct reading r = { 0 };
	nb_batch batch = { 0 };
	const nb_input_file *file;
	nb_reader *reader;
	nb_error err = { .reason = "" };

	if (nb_reader_new(o, &reader, &err) != NB_OK)
		fail_msg("%s: %s", err.path, err.reason);
	do {
		assert_int_equal(nb_reader_next(reader, &batch, &err), NB_OK);
		reading_add(&r, &batch);
	} while (!nb_batch_is_empty(&batch));
	/* the end stays the end */
	assert_int_equal(nb_reader_next(reader, &batch, &err), NB_OK);
	assert_true(nb_batch_is_empty(&batch));
	nb_reader_progress(reader, &r.done, &r.expected);
	file = nb_reader_files(reader, &r.n_files);
	r.file = malloc((r.n_files + 1) * sizeof(*r.file));
	assert_non_null(r.file);
	if (r.n_files)
		memcpy(r.file, file, r.n_files * sizeof(*file));
	for (size_t i = 0; i < r.n_files; i++)
		r.file[i].path =
			reading_copy(&r, (nb_str){ file[i].path, strlen(file[i].path) }).ptr;
	nb_batch_release(&batch);
	nb_reader_free(reader);
	return r;
}

static inline struct reading reading_path(const char *path)
{
	nb_reader_options o;

	nb_reader_options_init(&o);
	o.input = &path;
	o.n_input = 1;
	return reading_of(&o);
}

/* Bytes as a file of that name in the folder, read. */
static inline struct reading reading_bytes(const char *folder, const char *name, const void *data,
					   size_t n)
{
	char *path = folder_path(folder, name);
	struct reading r;

	folder_write(folder, name, data, n);
	r = reading_path(path);
	unlink(path);
	free(path);
	return r;
}

static inline struct reading reading_json(const char *folder, const char *json)
{
	return reading_bytes(folder, "in.jsonl", json, strlen(json));
}

#define assert_str(s, want) reading_assert_str((s), (want), __FILE__, __LINE__)

/* want NULL: absent */
static inline void reading_assert_str(nb_str s, const char *want, const char *file, int line)
{
	if (!want && !s.ptr)
		return;
	if (!want || !s.ptr || s.len != strlen(want) || memcmp(s.ptr, want, s.len) != 0) {
		print_error("\"%.*s\" is not \"%s\"\n", s.ptr ? (int)s.len : 4,
			    s.ptr ? s.ptr : "NULL", want ? want : "NULL");
		_fail(file, line);
	}
}

/* One text that says all there is to say about articles and rejects; free it. */
static inline char *reading_dump(const struct reading *r)
{
	char *text = NULL;
	size_t n;
	FILE *f = open_memstream(&text, &n);

	assert_non_null(f);
	for (size_t i = 0; i < r->n; i++) {
		const nb_article *a = &r->article[i];
		nb_str s[] = { a->id,     a->source,        a->agency, a->version, a->lang,
			       a->title,  a->byline,        a->url,    a->located, a->subjects,
			       a->origin, a->published_raw, a->text };

		fprintf(f, "%u:%lu@%lu %ld %d %ld %d", a->file, (unsigned long)a->line,
			(unsigned long)a->byte, (long)a->published_at, (int)a->date_source,
			(long)a->embargo, (int)a->pub_status);
		for (size_t k = 0; k < sizeof(s) / sizeof(s[0]); k++)
			fprintf(f, " [%.*s]", (int)s[k].len, s[k].ptr ? s[k].ptr : "");
		fputc('\n', f);
	}
	for (size_t i = 0; i < r->n_reject; i++) {
		const nb_reject *x = &r->reject[i];

		fprintf(f, "%u:%lu@%lu %s %.*s [%.*s]\n", x->file, (unsigned long)x->line,
			(unsigned long)x->byte, nb_reject_reason_name(x->reason),
			(int)x->detail.len, x->detail.ptr, (int)x->sample.len, x->sample.ptr);
	}
	for (size_t i = 0; i < r->n_files; i++)
		fprintf(f, "file %lu %s %lu %lu %d\n", (unsigned long)i, r->file[i].format,
			(unsigned long)r->file[i].n_records, (unsigned long)r->file[i].n_rejects,
			r->file[i].truncated);
	fprintf(f, "%lu repaired\n", (unsigned long)r->n_repaired);
	fclose(f);
	return text;
}

/* ---- making inputs --------------------------------------------------------------------------- */

struct bytes {
	char *p;
	size_t n, capacity;
};

static inline void bytes_add(struct bytes *b, const void *p, size_t n)
{
	if (b->n + n + 1 > b->capacity) {
		b->capacity = (b->n + n + 1) * 2;
		b->p = realloc(b->p, b->capacity);
		assert_non_null(b->p);
	}
	memcpy(b->p + b->n, p, n);
	b->n += n;
	b->p[b->n] = '\0';
}

/* n lines of JSON of about `size` bytes, numbered from first, no two alike. */
static inline struct bytes make_lines(size_t first, size_t n, size_t size)
{
	static const char *const word[] = { "storm",
					    "minister",
					    "Hafen",
					    "\xd0\xbc\xd0\xb8\xd1\x80",
					    "talks",
					    "prijs",
					    "\xe6\x96\xb0\xe9\x97\xbb",
					    "12.5" };
	struct bytes b = { 0 };
	uint64_t seed = 88172645463325252u + first;

	for (size_t i = first; i < first + n; i++) {
		char head[256], number[16];
		size_t begin = b.n;
		int k = snprintf(
			head, sizeof(head),
			"{\"id\":\"a%zu\",\"title\":\"Title %zu\",\"date\":\"2020-09-%02zuT"
			"10:00:00Z\",\"text\":\"",
			i, i, i % 30 + 1);

		bytes_add(&b, head, (size_t)k);
		while (b.n - begin < size) {
			seed ^= seed << 13, seed ^= seed >> 7, seed ^= seed << 17;
			if (seed & 16)
				bytes_add(&b, number,
					  (size_t)snprintf(number, sizeof(number), "%x",
							   (unsigned)(seed >> 32)));
			else
				bytes_add(&b, word[seed % 8], strlen(word[seed % 8]));
			bytes_add(&b, seed & 256 ? "\\n" : " ", seed & 256 ? 2 : 1);
		}
		bytes_add(&b, "\"}\n", 3);
	}
	return b;
}

static inline void add_zstd(struct bytes *b, const void *p, size_t n)
{
	ZSTD_CCtx *c = ZSTD_createCCtx();
	size_t room = ZSTD_compressBound(n), made;
	char *out = malloc(room);

	assert_non_null(c);
	assert_non_null(out);
	ZSTD_CCtx_setParameter(c, ZSTD_c_checksumFlag, 1);
	made = ZSTD_compress2(c, out, room, p, n);
	assert_false(ZSTD_isError(made));
	bytes_add(b, out, made);
	free(out);
	ZSTD_freeCCtx(c);
}

/* level 0: stored as it is */
static inline void add_gzip_at(struct bytes *b, const void *p, size_t n, int level)
{
	struct libdeflate_compressor *c = libdeflate_alloc_compressor(level);
	size_t room = libdeflate_gzip_compress_bound(c, n), made;
	char *out = malloc(room);

	assert_non_null(out);
	made = libdeflate_gzip_compress(c, p, n, out, room);
	assert_true(made > 0);
	bytes_add(b, out, made);
	free(out);
	libdeflate_free_compressor(c);
}

static inline void add_gzip(struct bytes *b, const void *p, size_t n)
{
	add_gzip_at(b, p, n, 6);
}

#endif
