/* SPDX-License-Identifier: MIT
 *
 * fuzz_decompress.c - any bytes as a file, through the whole reader: threads, zstd, gzip.
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "newsbraid/reader.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char path[64];
	const char *input = path;
	nb_batch batch = { 0 };
	nb_reader_options o;
	nb_reader *r;
	nb_error err;
	int fd = memfd_create("fuzz", MFD_CLOEXEC);

	if (fd < 0 || write(fd, data, size) != (ssize_t)size)
		abort();
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	nb_reader_options_init(&o);
	o.input = &input;
	o.n_input = 1;
	if (nb_reader_new(&o, &r, &err) != NB_OK)
		abort();
	do
		if (nb_reader_next(r, &batch, &err) != NB_OK)
			abort();
	while (!nb_batch_is_empty(&batch));
	nb_reader_free(r);
	nb_batch_release(&batch);
	close(fd);
	return 0;
}
