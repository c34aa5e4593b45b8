/* SPDX-License-Identifier: MIT
 *
 * nightfile.c - nights as files (see generate.h).
 *
 * All threads make articles, a piece of some articles each; then one feeds the pieces, in their
 * order, to the compressor, whose workers run beside the next round.
 */
#include <omp.h>
#include <stdio.h>
#include <stdlib.h>
#include <zstd.h>

#include "generate.h"
#include "gen_language.h"
#include "progress.h"
#include "render.h"

#define PIECE  64u /* articles that one thread makes at a time */
#define PIECES 64u /* made between two turns of the compressor */

struct buffer {
	char *text;
	size_t n, capacity;
};

struct stream {
	FILE *file;
	ZSTD_CCtx *zstd;
	char *out;
	size_t capacity;
};

/* ---- rows ------------------------------------------------------------------------------------ */

/* Room for `more` bytes; NULL: no memory. */
static char *buffer_room(struct buffer *b, size_t more)
{
	if (b->n + more > b->capacity) {
		size_t capacity = (b->n + more) * 3 / 2;
		char *text = realloc(b->text, capacity);

		if (!text)
			return NULL;
		b->text = text;
		b->capacity = capacity;
	}
	return b->text + b->n;
}

static char *put_json(char *p, const char *key, nb_str s)
{
	p = put_text(put_text(put_text(p, ",\""), key), "\":\"");
	for (size_t k = 0; k < s.len; k++) {
		char c = s.ptr[k];

		if (c == '\n' || c == '"' || c == '\\') {
			*p++ = '\\';
			c = c == '\n' ? 'n' : c;
		}
		*p++ = c;
	}
	*p++ = '"';
	return p;
}

static int put_row(struct buffer *b, const nb_article *a)
{
	char *p = buffer_room(b, 2 * (a->text.len + a->title.len) + 1024), *begin = p;

	if (!p)
		return -1;
	p = put_json(p, "id", a->id);
	p = put_json(p, "source", a->source);
	p = put_json(p, "agency", a->agency);
	p = put_json(p, "lang", a->lang);
	p = put_json(p, "title", a->title);
	p = put_json(p, "published_at", a->published_raw);
	p = put_json(p, "url", a->url);
	p = put_json(p, "text", a->text);
	*begin = '{';
	p = put_text(p, "}\n");
	b->n = (size_t)(p - b->text);
	return 0;
}

/* ---- the compressor -------------------------------------------------------------------------- */

static int stream_write(struct stream *s, const char *text, size_t n, ZSTD_EndDirective end)
{
	ZSTD_inBuffer in = { text, n, 0 };
	size_t left;

	do {
		ZSTD_outBuffer out = { s->out, s->capacity, 0 };

		left = ZSTD_compressStream2(s->zstd, &out, &in, end);
		if (ZSTD_isError(left))
			return -1;
		if (out.pos && fwrite(s->out, 1, out.pos, s->file) != out.pos)
			return -1;
	} while (end == ZSTD_e_end ? left > 0 : in.pos < in.size);
	return 0;
}

static int stream_open(struct stream *s, const char *path, int level)
{
	s->capacity = ZSTD_CStreamOutSize();
	s->out = malloc(s->capacity);
	s->zstd = ZSTD_createCCtx();
	s->file = fopen(path, "wb");
	if (!s->out || !s->zstd || !s->file)
		return -1;
	ZSTD_CCtx_setParameter(s->zstd, ZSTD_c_compressionLevel, level);
	ZSTD_CCtx_setParameter(s->zstd, ZSTD_c_checksumFlag, 1);
	/* at least one worker: the bytes are then the same for any number of them */
	ZSTD_CCtx_setParameter(s->zstd, ZSTD_c_nbWorkers, omp_get_max_threads());
	return 0;
}

static int stream_close(struct stream *s)
{
	int status = s->file && fclose(s->file) ? -1 : 0;

	ZSTD_freeCCtx(s->zstd);
	free(s->out);
	return status;
}

/* ---- the files ------------------------------------------------------------------------------- */

static void writers_free(gen_writer **writer, int n)
{
	for (int t = 0; writer && t < n; t++)
		gen_writer_free(writer[t]);
	free(writer);
}

/* One for each thread; NULL: no memory. */
static gen_writer **writers_new(const gen_night *g, int n)
{
	gen_writer **writer = calloc((size_t)n, sizeof(*writer));

	for (int t = 0; writer && t < n; t++) {
		writer[t] = gen_writer_new(g);
		if (!writer[t]) {
			writers_free(writer, n);
			return NULL;
		}
	}
	return writer;
}

/* Articles [begin, end) into pieces; -1: no memory. */
static int make_pieces(gen_writer **writer, uint32_t begin, uint32_t end, struct buffer *piece)
{
	uint32_t n_pieces = (end - begin + PIECE - 1) / PIECE;
	int failed = 0;

#pragma omp parallel for schedule(dynamic, 1) reduction(| : failed)
	for (uint32_t k = 0; k < n_pieces; k++) {
		uint32_t from = begin + k * PIECE, to = from + PIECE < end ? from + PIECE : end;

		piece[k].n = 0;
		for (uint32_t i = from; i < to; i++) {
			nb_article a;

			gen_article(writer[omp_get_thread_num()], i, &a);
			failed |= put_row(&piece[k], &a) < 0;
		}
	}
	return failed ? -1 : 0;
}

static nb_status write_articles(const gen_night *g, gen_writer **writer, struct stream *s,
				struct buffer *piece, uint64_t *bytes)
{
	uint32_t n = gen_n_articles(g);
	struct progress *p = progress_begin("making the night", n);
	nb_status status = NB_OK;

	for (uint32_t i = 0, end; status == NB_OK && i < n; i = end) {
		end = n - i < PIECE * PIECES ? n : i + PIECE * PIECES;
		if (make_pieces(writer, i, end, piece) < 0)
			status = NB_ENOMEM;
		for (uint32_t k = 0; status == NB_OK && k * PIECE < end - i; k++) {
			*bytes += piece[k].n;
			if (stream_write(s, piece[k].text, piece[k].n, ZSTD_e_continue) < 0)
				status = NB_EIO;
		}
		progress_add(p, end - i);
	}
	if (status == NB_OK && stream_write(s, NULL, 0, ZSTD_e_end) < 0)
		status = NB_EIO;
	progress_end(p);
	return status;
}

nb_status gen_night_write(const gen_night *g, const char *path, int level, uint64_t *raw_bytes,
			  nb_error *err)
{
	int threads = omp_get_max_threads();
	gen_writer **writer = writers_new(g, threads);
	struct buffer piece[PIECES] = { { 0 } };
	struct stream s = { 0 };
	uint64_t bytes = 0;
	nb_status status = NB_ENOMEM;

	if (writer)
		status = stream_open(&s, path, level) < 0
				 ? NB_EIO : write_articles(g, writer, &s, piece, &bytes);
	if (stream_close(&s) < 0)
		status = NB_EIO;
	writers_free(writer, threads);
	for (uint32_t k = 0; k < PIECES; k++)
		free(piece[k].text);
	if (raw_bytes)
		*raw_bytes = bytes;
	return status == NB_OK ? NB_OK : nb_fail(err, status, path, "cannot write the night");
}

nb_status gen_truth_write(const gen_night *g, const char *path, nb_error *err)
{
	static const char *const unit_name[] = { "single", "copies", "series", "topic" };
	FILE *f = fopen(path, "w");

	if (!f)
		return nb_fail(err, NB_EIO, path, "cannot write the truth");
	fprintf(f, "id\tunit\tunit_kind\tinstance\tkind\tlang\n");
	for (uint32_t i = 0; i < gen_n_articles(g); i++) {
		gen_truth t;

		gen_truth_get(g, i, &t);
		fprintf(f, "n%09u\t%u\t%s\t%u\t%s\t%s\n", i, t.unit,
			unit_name[gen_unit_get(g, t.unit).kind], t.instance, gen_kind_name(t.kind),
			languages[t.language].code);
	}
	if (ferror(f) | fclose(f))
		return nb_fail(err, NB_EIO, path, "cannot write the truth");
	return NB_OK;
}
