/* SPDX-License-Identifier: MIT
 *
 * files.c - see files.h.
 */
#include "tools/lexicon/files.h"

#include <libdeflate.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

nb_str file_read(const char *path)
{
	FILE *f = fopen(path, "rb");
	struct stat s;
	char *bytes = NULL;
	size_t n = 0;

	if (f && fstat(fileno(f), &s) == 0 && S_ISREG(s.st_mode)) {
		bytes = calloc(1, (size_t)s.st_size + FILE_PADDING);
		n = bytes ? fread(bytes, 1, (size_t)s.st_size, f) : 0;
	}
	if (f)
		fclose(f);
	return (nb_str){ bytes, n };
}

/* The length that a gzip file says it unpacks to. */
static size_t unpacked_size(nb_str packed)
{
	uint32_t size = 0;

	if (packed.len >= 18)
		memcpy(&size, packed.ptr + packed.len - 4, 4);
	return size;
}

nb_str file_read_gzip(const char *path)
{
	nb_str packed = file_read(path), plain = { NULL, 0 };
	struct libdeflate_decompressor *d = libdeflate_alloc_decompressor();
	size_t room = unpacked_size(packed), n = 0;
	char *bytes = packed.ptr ? calloc(1, room + FILE_PADDING) : NULL;

	if (d && bytes &&
	    libdeflate_gzip_decompress(d, packed.ptr, packed.len, bytes, room, &n) ==
		    LIBDEFLATE_SUCCESS)
		plain = (nb_str){ bytes, n };
	else
		free(bytes);
	libdeflate_free_decompressor(d);
	free((void *)(uintptr_t)packed.ptr);
	return plain;
}
