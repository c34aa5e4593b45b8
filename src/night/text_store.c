/* SPDX-License-Identifier: MIT
 *
 * text_store.c - see text_store.h.
 */
#include "night/text_store.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/array.h"
#include "base/file.h"

nb_status nb_text_store_init(nb_text_store *t, size_t memory, const char *tmp_dir)
{
	*t = (nb_text_store){ .fd = -1, .n_resident = memory / NB_TEXT_CHUNK };
	if (t->n_resident == 0)
		t->n_resident = 1;
	if (!tmp_dir)
		return NB_OK;
	t->tmp_dir = strdup(tmp_dir);
	return t->tmp_dir ? NB_OK : NB_ENOMEM;
}

void nb_text_store_release(nb_text_store *t)
{
	if (t->writing)
		pthread_join(t->writer, NULL);
	free(t->spare);
	for (size_t i = t->n_moved; i < t->n; i++)
		free(t->chunk[i]);
	free(t->chunk);
	free(t->tmp_dir);
	if (t->fd >= 0)
		close(t->fd);
	*t = (nb_text_store){ .fd = -1 };
}

/* A file without a name: nothing is left after, however the process ends. */
static nb_status open_file(nb_text_store *t, nb_error *err)
{
	char path[4096];
	size_t len = strlen(t->tmp_dir);

	t->fd = open(t->tmp_dir, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
	if (t->fd >= 0)
		return NB_OK;
	if (len + sizeof("/newsbraid-XXXXXX") > sizeof(path))
		return nb_fail(err, NB_EINVAL, t->tmp_dir, "temporary folder's name is too long");
	memcpy(path, t->tmp_dir, len);
	memcpy(path + len, "/newsbraid-XXXXXX", sizeof("/newsbraid-XXXXXX"));
	t->fd = mkostemp(path, O_CLOEXEC);
	if (t->fd < 0)
		return nb_fail(err, NB_EIO, t->tmp_dir, "cannot make a temporary file");
	unlink(path);
	return NB_OK;
}

/* Write the oldest chunk to its place in the file. */
static void *write_oldest(void *argument)
{
	nb_text_store *t = argument;
	const char *p = t->chunk[t->n_moved];

	t->write_errno = 0;
	if (nb_file_write_at(NULL, t->fd, p, NB_TEXT_CHUNK, t->n_moved * NB_TEXT_CHUNK) < 0)
		t->write_errno = errno;
	return NULL;
}

/* The chunk that was written has moved; its memory is spare. */
static nb_status end_move(nb_text_store *t, nb_error *err)
{
	if (!t->writing)
		return NB_OK;
	pthread_join(t->writer, NULL);
	t->writing = false;
	if (t->write_errno) {
		errno = t->write_errno;
		return nb_fail(err, NB_EIO, t->tmp_dir, "cannot write texts to temporary file");
	}
	t->spare = t->chunk[t->n_moved];
	t->chunk[t->n_moved++] = NULL;
	return NB_OK;
}

/* Have the oldest chunk written. */
static nb_status begin_move(nb_text_store *t, nb_error *err)
{
	nb_status status = t->fd < 0 ? open_file(t, err) : NB_OK;
	sigset_t all, before;

	if (status != NB_OK)
		return status;
	sigfillset(&all); /* signals are for the thread that called */
	pthread_sigmask(SIG_SETMASK, &all, &before);
	t->writing = pthread_create(&t->writer, NULL, write_oldest, t) == 0;
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	if (!t->writing)
		return nb_fail(err, NB_ENOMEM, NULL, "no thread to write texts");
	return NB_OK;
}

static nb_status add_chunk(nb_text_store *t, nb_error *err)
{
	nb_status status = end_move(t, err);
	char *chunk;

	if (status == NB_OK && NB_GROW(t->chunk, &t->capacity, t->n + 1) != NB_OK)
		status = nb_fail(err, NB_ENOMEM, NULL, "no memory for texts");
	if (status != NB_OK)
		return status;
	if (t->n > t->n_moved) /* whole chunks are written, so all their bytes must be defined */
		memset(t->chunk[t->n - 1] + t->used, 0, NB_TEXT_CHUNK - t->used);
	chunk = t->spare ? t->spare : nb_block_alloc(NB_TEXT_CHUNK, 1);
	t->spare = NULL;
	if (!chunk)
		return nb_fail(err, NB_ENOMEM, NULL, "no memory for texts");
	t->chunk[t->n++] = chunk;
	t->used = 0;
	return t->tmp_dir && t->n - t->n_moved > t->n_resident ? begin_move(t, err) : NB_OK;
}

nb_status nb_text_store_append(nb_text_store *t, nb_str text, uint64_t *at, nb_error *err)
{
	if (text.len > NB_TEXT_CHUNK)
		return nb_fail(err, NB_ELIMIT, NULL, "a text is longer than 16 MiB");
	if (t->n == t->n_moved || NB_TEXT_CHUNK - t->used < text.len) {
		nb_status status = add_chunk(t, err);

		if (status != NB_OK)
			return status;
	}
	if (text.len)
		memcpy(t->chunk[t->n - 1] + t->used, text.ptr, text.len);
	*at = (t->n - 1) * NB_TEXT_CHUNK + t->used;
	t->used += text.len;
	return NB_OK;
}

nb_status nb_text_store_get(const nb_text_store *t, uint64_t at, size_t len, char *buffer,
			    nb_str *out)
{
	size_t i = at / NB_TEXT_CHUNK;

	*out = (nb_str){ buffer, len };
	if (len == 0)
		return NB_OK;
	if (i >= t->n_moved) {
		out->ptr = t->chunk[i] + at % NB_TEXT_CHUNK;
		return NB_OK;
	}
	return nb_file_read_at(NULL, t->fd, buffer, len, at) == (ssize_t)len ? NB_OK : NB_EIO;
}
