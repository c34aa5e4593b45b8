/* SPDX-License-Identifier: MIT
 *
 * table.c - rows to one zstd frame.
 *
 * The bytes must depend on the rows alone.  libzstd gives the same frame for every number of
 * workers from one up, as long as no call but the last says that the content ends; input goes in
 * blocks of one size all the same, so that it never sees how the rows were handed over.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <xxhash.h>
#include <zstd.h>

#include "base/status.h"
#include "foreign/memory_shim.h"
#include "publish/output.h"

#define BLOCK_IN  ((size_t)1 << 20)
#define BLOCK_OUT ((size_t)1 << 20)

struct nb_table {
	nb_output *output;
	ZSTD_CCtx *cctx;
	XXH3_state_t *hash, *content_hash;
	char *in, *out; /* in[0..n_in): rows not yet handed to zstd */
	size_t n_in;
	int fd;
	bool closed;
	nb_table_info info;
};

static nb_status set_options(ZSTD_CCtx *cctx, int level, int workers)
{
	const struct {
		ZSTD_cParameter which;
		int value;
	} option[] = {
		{ ZSTD_c_compressionLevel, level },
		{ ZSTD_c_checksumFlag, 1 },
		{ ZSTD_c_nbWorkers, workers < 1 ? 1 : workers },
	};

	for (size_t i = 0; i < sizeof(option) / sizeof(option[0]); i++)
		if (ZSTD_isError(ZSTD_CCtx_setParameter(cctx, option[i].which, option[i].value)))
			return NB_EINVAL;
	return NB_OK;
}

static nb_status cannot_write(nb_table *t, nb_error *err)
{
	t->output->failed = true;
	return nb_fail(err, NB_EIO, t->info.name, "cannot write");
}

nb_status nb_table_new(nb_output *o, const char *name, int level, int workers, nb_table **out,
		       nb_error *err)
{
	nb_table *t;

	*out = NULL;
	if (strlen(name) >= sizeof(t->info.name) || level < 1 || level > 19)
		return nb_fail(err, NB_EINVAL, name, "table name too long or level not in 1..19");
	t = calloc(1, sizeof(*t));
	if (!t)
		return nb_fail(err, NB_ENOMEM, name, "no memory for a table");
	t->output = o;
	t->fd = -1;
	o->n_open++;
	strcpy(t->info.name, name);
	t->cctx = nb_foreign_zstd_compressor();
	t->hash = XXH3_createState();
	t->content_hash = XXH3_createState();
	t->in = malloc(BLOCK_IN);
	t->out = malloc(BLOCK_OUT);
	if (!t->cctx || !t->hash || !t->content_hash || !t->in || !t->out) {
		nb_table_free(t);
		return nb_fail(err, NB_ENOMEM, name, "no memory for a table");
	}
	XXH3_128bits_reset(t->hash);
	XXH3_128bits_reset(t->content_hash);
	if (set_options(t->cctx, level, workers) != NB_OK) {
		nb_table_free(t);
		return nb_fail(err, NB_EINVAL, name, "this libzstd was built without threads");
	}
	t->fd = nb_file_open(o->faults, o->dir, name, O_WRONLY | O_CREAT | O_EXCL);
	if (t->fd < 0) {
		nb_status status = cannot_write(t, err);

		nb_table_free(t);
		return status;
	}
	*out = t;
	return NB_OK;
}

/* Compress data[0..n); write what comes out. */
static nb_status compress(nb_table *t, const char *data, size_t n, bool last, nb_error *err)
{
	ZSTD_inBuffer in = { data, n, 0 };
	size_t left;

	do {
		ZSTD_outBuffer out = { t->out, BLOCK_OUT, 0 };

		left = ZSTD_compressStream2(t->cctx, &out, &in,
					    last ? ZSTD_e_end : ZSTD_e_continue);
		if (ZSTD_isError(left)) {
			t->output->failed = true;
			return nb_fail(err, NB_ENOMEM, t->info.name, "cannot compress");
		}
		if (nb_file_write(t->output->faults, t->fd, t->out, out.pos) < 0)
			return cannot_write(t, err);
		XXH3_128bits_update(t->hash, t->out, out.pos);
		t->info.bytes += out.pos;
	} while (last ? left : in.pos < in.size);
	return NB_OK;
}

/* Whether text is whole rows of legal length, n_rows of them. */
static bool are_rows(const char *text, size_t len, uint64_t n_rows)
{
	const char *end = text + len;

	for (; text < end; n_rows--) {
		const char *feed = memchr(text, '\n', (size_t)(end - text));

		if (!feed || !n_rows || (size_t)(feed - text) + 1 >= NB_ROW_MAX)
			return false;
		text = feed + 1;
	}
	return n_rows == 0;
}

nb_status nb_table_append(nb_table *t, const char *text, size_t len, uint64_t n_rows, nb_error *err)
{
	nb_status status = NB_OK;

	if (t->closed || !are_rows(text, len, n_rows))
		return nb_fail(err, NB_EINVAL, t->info.name, "not whole rows of legal length");
	XXH3_128bits_update(t->content_hash, text, len);
	t->info.content_bytes += len;
	t->info.rows += n_rows;
	while (status == NB_OK && len) {
		size_t n = BLOCK_IN - t->n_in;

		if (n > len)
			n = len;
		if (n == BLOCK_IN) {
			status = compress(t, text, n, false, err);
		} else {
			memcpy(t->in + t->n_in, text, n);
			t->n_in += n;
		}
		if (status == NB_OK && t->n_in == BLOCK_IN) {
			status = compress(t, t->in, t->n_in, false, err);
			t->n_in = 0;
		}
		text += n;
		len -= n;
	}
	return status;
}

static void put_hash(const XXH3_state_t *state, char out[33])
{
	XXH128_canonical_t bytes;

	XXH128_canonicalFromHash(&bytes, XXH3_128bits_digest(state));
	for (size_t i = 0; i < sizeof(bytes.digest); i++)
		snprintf(out + 2 * i, 3, "%02x", bytes.digest[i]);
}

nb_status nb_table_close(nb_table *t, nb_table_info *info, nb_error *err)
{
	nb_status status = NB_OK;

	if (t->closed)
		return nb_fail(err, NB_EINVAL, t->info.name, "closed twice");
	if (t->n_in)
		status = compress(t, t->in, t->n_in, false, err);
	NB_TRY(status, compress(t, NULL, 0, true, err));
	if (status == NB_OK && nb_file_sync(t->output->faults, t->fd) < 0)
		status = cannot_write(t, err);
	if (nb_file_close(t->output->faults, t->fd) < 0 && status == NB_OK)
		status = cannot_write(t, err);
	t->fd = -1;
	put_hash(t->hash, t->info.xxh128);
	put_hash(t->content_hash, t->info.content_xxh128);
	if (status != NB_OK)
		return status;
	t->closed = true;
	t->output->n_open--;
	*info = t->info;
	return NB_OK;
}

void nb_table_free(nb_table *t)
{
	if (!t)
		return;
	if (t->fd >= 0)
		close(t->fd);
	if (!t->closed) {
		/* half a table must not be published */
		t->output->n_open--;
		t->output->failed = true;
	}
	ZSTD_freeCCtx(t->cctx);
	XXH3_freeState(t->hash);
	XXH3_freeState(t->content_hash);
	free(t->in);
	free(t->out);
	free(t);
}
