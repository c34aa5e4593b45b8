/* SPDX-License-Identifier: MIT
 *
 * split.c - see split.h.
 */
#include "read/input/split.h"

#include <fcntl.h>
#include <unistd.h>

#include "base/file.h"
#include "read/input/decode.h"

#define SPLIT_FROM    ((uint64_t)4 << 20)  /* smaller files are one stretch */
#define STRETCH_BYTES ((uint64_t)1 << 20)  /* compressed bytes of a stretch, at least */

void nb_split_close(nb_split *s)
{
	if (s->fd >= 0)
		close(s->fd);
	s->fd = -1;
}

void nb_split_open(nb_split *s, const char *path, uint64_t size)
{
	unsigned char magic[4];

	*s = (nb_split){ .fd = -1, .size = size };
	if (size < SPLIT_FROM)
		return;
	s->fd = nb_file_open(NULL, AT_FDCWD, path, O_RDONLY);
	if (s->fd < 0)
		return;
	if (nb_file_read_at(NULL, s->fd, magic, 4, 0) != 4 ||
	    (!nb_is_zstd(magic, 4) && !nb_is_gzip(magic, 4)))
		nb_split_close(s);
	else
		s->gzip = nb_is_gzip(magic, 4);
}

/* Whole frames up to STRETCH_BYTES or more; less if a frame's end is not found. */
static uint64_t frames_end(const nb_split *s)
{
	uint64_t end = s->at;

	while (end - s->at < STRETCH_BYTES && end < s->size)
		if (!nb_zstd_frame_end(s->fd, end, s->size, &end))
			break;
	return end;
}

uint64_t nb_split_next(nb_split *s)
{
	uint64_t end = s->at;

	if (!s->gzip)
		end = frames_end(s);
	else if (!nb_gzip_member_find(s->fd, s->at + STRETCH_BYTES, s->size, &end))
		end = s->size;
	/* no progress, or an end that was not found: the rest is streamed as it is */
	if (end - s->at < STRETCH_BYTES || end >= s->size) {
		nb_split_close(s);
		return UINT64_MAX;
	}
	s->at = end;
	return end;
}
