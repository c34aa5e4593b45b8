/* SPDX-License-Identifier: MIT
 *
 * file.h - system calls on files, each a fault point: a test can make the n-th of them fail, and so
 * walk through everything that a full disk or a bad one can do.
 *
 * All functions return -1 and set errno on failure, as the calls they stand for.  Interrupted calls
 * are made again, short writes are continued.
 */
#ifndef NB_BASE_FILE_H
#define NB_BASE_FILE_H

#include <stdbool.h>
#include <sys/types.h>

#include "newsbraid/nb.h"

/* Which calls fail.  NULL where a function takes one: none. */
typedef struct nb_faults {
	uint64_t calls;   /* made so far */
	uint64_t fail_at; /* the call that fails, counted from 1; 0: none */
	int error;        /* errno it fails with; 0: it reads or writes half of what it was asked */
	bool stays;       /* later calls fail too */
	bool kills;       /* instead of failing, the call kills the process */
} nb_faults;

/** As openat; new files get mode 0666, less the umask; descriptors are closed on exec. */
int nb_file_open(nb_faults *f, int dir, const char *name, int flags);

/** As read: at most n bytes, 0 at the end. */
ssize_t nb_file_read(nb_faults *f, int fd, void *buffer, size_t n);

/** Write all of data[0..n). */
int nb_file_write(nb_faults *f, int fd, const void *data, size_t n);

/** As pread: at most n bytes, 0 at the end. */
ssize_t nb_file_pread(nb_faults *f, int fd, void *buffer, size_t n, uint64_t at);

/** As pread and pwrite, of all n bytes: fewer come back only at the end of the file. */
ssize_t nb_file_read_at(nb_faults *f, int fd, void *buffer, size_t n, uint64_t at);
int nb_file_write_at(nb_faults *f, int fd, const void *data, size_t n, uint64_t at);

int nb_file_sync(nb_faults *f, int fd);

/** The descriptor is closed even if this fails. */
int nb_file_close(nb_faults *f, int fd);

int nb_file_mkdir(nb_faults *f, int dir, const char *name);

int nb_file_rename(nb_faults *f, int dir, const char *from, const char *to);

/** Swap two names in one step; ENOSYS or EINVAL where the file system cannot. */
int nb_file_exchange(nb_faults *f, int dir, const char *a, const char *b);

/** Create a file that is not there yet, with data[0..n), on disk when this returns. */
int nb_file_create(nb_faults *f, int dir, const char *name, const void *data, size_t n);

/**
 * Read a whole file into a block of its own (nb_block_alloc), which no later change of the file can
 * reach.
 *
 * @return NB_OK; NB_EIO; NB_ENOMEM; NB_EDATA if it is no regular file or becomes shorter meanwhile
 */
nb_status nb_file_load(nb_faults *f, const char *path, void **bytes, size_t *n,
		       nb_error *err) NB_MUST_CHECK;

/** As unlinkat.  Clean-up is best effort, so that this cannot be made to fail; but the process can
 *  be made to die in it. */
int nb_file_unlink(nb_faults *f, int dir, const char *name, int flags);

#endif
