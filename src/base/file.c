/* SPDX-License-Identifier: MIT
 *
 * file.c - see file.h.
 */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/array.h"

/* Count a call; whether it is to fail. */
static bool fault(nb_faults *f)
{
	if (!f)
		return false;
	f->calls++;
	if (!f->fail_at || (f->stays ? f->calls < f->fail_at : f->calls != f->fail_at))
		return false;
	if (f->kills)
		(void)kill(getpid(), SIGKILL);
	return true;
}

/* As fault, for calls that cannot be short: sets errno. */
static bool refused(nb_faults *f)
{
	if (!fault(f) || !f->error)
		return false;
	errno = f->error;
	return true;
}

int nb_file_open(nb_faults *f, int dir, const char *name, int flags)
{
	int fd;

	do
		fd = refused(f) ? -1 : openat(dir, name, flags | O_CLOEXEC, 0666);
	while (fd < 0 && errno == EINTR);
	return fd;
}

ssize_t nb_file_read(nb_faults *f, int fd, void *buffer, size_t n)
{
	ssize_t got;

	do {
		bool hit = fault(f);

		if (hit && f->error) {
			errno = f->error;
			got = -1;
		} else {
			got = read(fd, buffer, hit && n > 1 ? n / 2 : n);
		}
	} while (got < 0 && errno == EINTR);
	return got;
}

int nb_file_write(nb_faults *f, int fd, const void *data, size_t n)
{
	const char *p = data;

	while (n) {
		bool hit = fault(f);
		ssize_t put;

		if (hit && f->error) {
			errno = f->error;
			put = -1;
		} else {
			put = write(fd, p, hit && n > 1 ? n / 2 : n);
		}
		if (put < 0 && errno == EINTR)
			continue;
		if (put < 0)
			return -1;
		p += put;
		n -= (size_t)put;
	}
	return 0;
}

ssize_t nb_file_pread(nb_faults *f, int fd, void *buffer, size_t n, uint64_t at)
{
	ssize_t got;

	do {
		bool hit = fault(f);

		errno = hit ? f->error : 0;
		got = errno ? -1 : pread(fd, buffer, hit && n > 1 ? n / 2 : n, (off_t)at);
	} while (got < 0 && errno == EINTR);
	return got;
}

ssize_t nb_file_read_at(nb_faults *f, int fd, void *buffer, size_t n, uint64_t at)
{
	size_t done = 0;

	while (done < n) {
		ssize_t got = nb_file_pread(f, fd, (char *)buffer + done, n - done, at + done);

		if (got < 0)
			return -1;
		if (got == 0)
			break;
		done += (size_t)got;
	}
	return (ssize_t)done;
}

int nb_file_write_at(nb_faults *f, int fd, const void *data, size_t n, uint64_t at)
{
	size_t done = 0;

	while (done < n) {
		bool hit = fault(f);
		size_t want = hit && n - done > 1 ? (n - done) / 2 : n - done;
		ssize_t put = -1;

		errno = hit ? f->error : 0;
		if (!errno)
			put = pwrite(fd, (const char *)data + done, want, (off_t)(at + done));
		if (put < 0 && errno == EINTR)
			continue;
		if (put == 0)
			errno = EIO;
		if (put <= 0)
			return -1;
		done += (size_t)put;
	}
	return 0;
}

int nb_file_sync(nb_faults *f, int fd)
{
	int status;

	do
		status = refused(f) ? -1 : fsync(fd);
	while (status < 0 && errno == EINTR);
	return status;
}

int nb_file_close(nb_faults *f, int fd)
{
	bool hit = refused(f);
	int wanted = errno;

	/* Linux has closed the descriptor when close is interrupted */
	if (close(fd) < 0 && errno != EINTR)
		return -1;
	errno = wanted;
	return hit && wanted != EINTR ? -1 : 0;
}

int nb_file_mkdir(nb_faults *f, int dir, const char *name)
{
	return refused(f) ? -1 : mkdirat(dir, name, 0777);
}

int nb_file_rename(nb_faults *f, int dir, const char *from, const char *to)
{
	return refused(f) ? -1 : renameat(dir, from, dir, to);
}

int nb_file_exchange(nb_faults *f, int dir, const char *a, const char *b)
{
	return refused(f) ? -1 : renameat2(dir, a, dir, b, RENAME_EXCHANGE);
}

int nb_file_create(nb_faults *f, int dir, const char *name, const void *data, size_t n)
{
	int fd = nb_file_open(f, dir, name, O_WRONLY | O_CREAT | O_EXCL);
	int status, saved;

	if (fd < 0)
		return -1;
	status = nb_file_write(f, fd, data, n);
	if (!status)
		status = nb_file_sync(f, fd);
	saved = errno;
	if (nb_file_close(f, fd) < 0)
		return -1;
	errno = saved;
	return status;
}

/* All of an open file. */
static nb_status load(nb_faults *f, int fd, const char *path, void **bytes, size_t *n,
		      nb_error *err)
{
	struct stat s;
	ssize_t got;

	if (fstat(fd, &s) < 0)
		return nb_fail(err, NB_EIO, path, "cannot be looked at");
	if (!S_ISREG(s.st_mode))
		return nb_fail(err, NB_EDATA, path, "is no regular file");
	*n = (size_t)s.st_size;
	*bytes = nb_block_alloc(*n + 1, 1);
	if (!*bytes)
		return nb_fail(err, NB_ENOMEM, path, "no memory for its content");
	got = nb_file_read_at(f, fd, *bytes, *n, 0);
	if (got < 0)
		return nb_fail(err, NB_EIO, path, "cannot be read");
	if ((size_t)got < *n)
		return nb_fail(err, NB_EDATA, path, "became shorter while it was read");
	return NB_OK;
}

nb_status nb_file_load(nb_faults *f, const char *path, void **bytes, size_t *n, nb_error *err)
{
	int fd = nb_file_open(f, AT_FDCWD, path, O_RDONLY);
	nb_status status;

	*bytes = NULL;
	*n = 0;
	if (fd < 0)
		return nb_fail(err, NB_EIO, path, "cannot be opened");
	status = load(f, fd, path, bytes, n, err);
	close(fd);
	if (status != NB_OK) {
		free(*bytes);
		*bytes = NULL;
		*n = 0;
	}
	return status;
}

int nb_file_unlink(nb_faults *f, int dir, const char *name, int flags)
{
	if (f && f->kills)
		(void)fault(f);
	return unlinkat(dir, name, flags);
}
