/* SPDX-License-Identifier: MIT
 *
 * read_rows.c - reading tables back: decompress, split at line feeds.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zstd.h>

#include "base/array.h"
#include "base/file.h"
#include "newsbraid/publish.h"

#define READ_BYTES  ((size_t)256 << 10)
#define WINDOW_LOG  27 /* what we write, and what a decoder should have to grant */
#define MAGIC_BYTES 4

struct nb_rows {
	char *path;
	int fd;
	ZSTD_DCtx *dctx; /* NULL: plain text */
	char *in;        /* in[in_at..in_end): read, not yet decompressed */
	size_t in_at, in_end;
	size_t frame_left; /* 0 between frames */
	char *text;        /* text[begin..end): rows not yet handed out */
	size_t begin, end, capacity;
	size_t scanned;    /* no line feed in text[begin..scanned) */
	uint64_t line, byte; /* of text[begin] */
	bool ended, failed;
};

static nb_status damaged(nb_rows *r, const char *reason, nb_error *err)
{
	r->failed = true;
	nb_fail(err, NB_EDATA, r->path, reason);
	if (err) {
		err->line = r->line;
		err->byte = r->byte;
	}
	return NB_EDATA;
}

/* Read more compressed or plain bytes into r->in, after what is there. */
static nb_status fill_in(nb_rows *r, nb_error *err)
{
	ssize_t got = nb_file_read(NULL, r->fd, r->in + r->in_end, READ_BYTES - r->in_end);

	if (got < 0) {
		r->failed = true;
		return nb_fail(err, NB_EIO, r->path, "cannot read");
	}
	r->in_end += (size_t)got;
	r->ended = got == 0;
	return NB_OK;
}

/* Frames begin with 28 B5 2F FD, skippable ones with 5x 2A 4D 18. */
static bool is_zstd(const char *head, size_t n)
{
	if (n < MAGIC_BYTES)
		return false;
	return !memcmp(head, "\x28\xb5\x2f\xfd", 4) ||
	       ((head[0] & 0xf0) == 0x50 && !memcmp(head + 1, "\x2a\x4d\x18", 3));
}

/* Without this, a table cut to its first bytes would pass for a short text. */
static bool has_zstd_name(const char *path)
{
	size_t n = strlen(path);

	return n >= 4 && !strcmp(path + n - 4, ".zst");
}

static nb_status begin_format(nb_rows *r, nb_error *err)
{
	nb_status status = NB_OK;

	while (status == NB_OK && !r->ended && r->in_end < MAGIC_BYTES)
		status = fill_in(r, err);
	if (status != NB_OK)
		return status;
	if (!is_zstd(r->in, r->in_end))
		return has_zstd_name(r->path) ? damaged(r, "no zstd frame", err) : NB_OK;
	r->dctx = ZSTD_createDCtx();
	if (!r->dctx ||
	    ZSTD_isError(ZSTD_DCtx_setParameter(r->dctx, ZSTD_d_windowLogMax, WINDOW_LOG)))
		return nb_fail(err, NB_ENOMEM, r->path, "no memory for decompression");
	return NB_OK;
}

nb_status nb_rows_open(const char *path, nb_rows **out, nb_error *err)
{
	nb_rows *r = calloc(1, sizeof(*r));
	nb_status status;

	*out = NULL;
	if (!r)
		return nb_fail(err, NB_ENOMEM, path, "no memory to read rows");
	r->line = 1;
	r->path = strdup(path);
	r->in = malloc(READ_BYTES);
	r->fd = nb_file_open(NULL, AT_FDCWD, path, O_RDONLY);
	if (r->fd < 0)
		status = nb_fail(err, NB_EIO, path, "cannot open");
	else if (!r->path || !r->in)
		status = nb_fail(err, NB_ENOMEM, path, "no memory to read rows");
	else
		status = begin_format(r, err);
	if (status != NB_OK) {
		int saved = errno;

		nb_rows_free(r);
		errno = saved;
		return status;
	}
	*out = r;
	return NB_OK;
}

/* Move bytes from r->in to room[0..n), decompressing them; *got of them, maybe none. */
static nb_status take(nb_rows *r, char *room, size_t n, size_t *got, nb_error *err)
{
	size_t have = r->in_end - r->in_at;
	ZSTD_inBuffer in = { r->in, r->in_end, r->in_at };
	ZSTD_outBuffer out = { room, n, 0 };

	if (!r->dctx) {
		*got = have < n ? have : n;
		memcpy(room, r->in + r->in_at, *got);
		r->in_at += *got;
		return NB_OK;
	}
	*got = 0;
	if (!have && !r->frame_left)
		return NB_OK; /* between frames: nothing is held back */
	r->frame_left = ZSTD_decompressStream(r->dctx, &out, &in);
	if (ZSTD_isError(r->frame_left))
		return damaged(r, "damaged zstd frame", err);
	r->in_at = in.pos;
	*got = out.pos;
	return NB_OK;
}

/* Append decompressed bytes to r->text; none only at the end of the file. */
static nb_status fill_text(nb_rows *r, nb_error *err)
{
	size_t got = 0;
	nb_status status;

	if (r->begin && r->begin >= r->end / 2) {
		memmove(r->text, r->text + r->begin, r->end - r->begin);
		r->end -= r->begin;
		r->scanned -= r->begin;
		r->begin = 0;
	}
	if (NB_GROW(r->text, &r->capacity, r->end + READ_BYTES) != NB_OK)
		return nb_fail(err, NB_ENOMEM, r->path, "no memory for a row");
	while (!got) {
		/* the decoder may hold back output although it has taken all input */
		status = take(r, r->text + r->end, r->capacity - r->end, &got, err);
		if (status != NB_OK || got)
			break;
		if (r->in_at < r->in_end)
			continue; /* an empty frame ended */
		if (r->ended)
			return r->frame_left ? damaged(r, "truncated zstd frame", err) : NB_OK;
		r->in_at = r->in_end = 0;
		status = fill_in(r, err);
		if (status != NB_OK)
			break;
	}
	r->end += got;
	return status;
}

/* Hand out text[begin..begin+len) and step over it and `feed` bytes after it. */
static void hand_out(nb_rows *r, size_t len, size_t feed, nb_str *row)
{
	*row = (nb_str){ r->text + r->begin, len };
	r->begin += len + feed;
	r->scanned = r->begin;
	r->byte += len + feed;
	r->line++;
}

nb_status nb_rows_next(nb_rows *r, nb_str *row, nb_error *err)
{
	*row = (nb_str){ 0 };
	if (r->failed)
		return damaged(r, "reading failed before", err);
	for (;;) {
		size_t before = r->end - r->begin;
		char *feed = NULL;
		nb_status status;

		if (r->scanned < r->end)
			feed = memchr(r->text + r->scanned, '\n', r->end - r->scanned);
		if (feed) {
			hand_out(r, (size_t)(feed - r->text) - r->begin, 1, row);
			return NB_OK;
		}
		r->scanned = r->end;
		if (before >= NB_ROW_MAX)
			return damaged(r, "row of 16 MiB or more", err);
		status = fill_text(r, err);
		if (status != NB_OK)
			return status;
		if (r->end - r->begin == before) {
			if (before)
				hand_out(r, before, 0, row);
			return NB_OK;
		}
	}
}

void nb_rows_free(nb_rows *r)
{
	if (!r)
		return;
	if (r->fd >= 0)
		close(r->fd);
	ZSTD_freeDCtx(r->dctx);
	free(r->path);
	free(r->in);
	free(r->text);
	free(r);
}
