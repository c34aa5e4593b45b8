/* SPDX-License-Identifier: MIT
 *
 * source.c - see source.h.
 */
#include "read/input/source.h"

#include <errno.h>
#include <poll.h>
#include <string.h>

#include "base/file.h"

/* A pipe may stay silent for ever; then only the stop signal wakes us. */
static bool wait_for_input(const nb_source *s)
{
	struct pollfd p[2] = { { .fd = s->fd, .events = POLLIN },
			       { .fd = s->stop_fd, .events = POLLIN } };

	if (s->regular)
		return true;
	while (poll(p, 2, -1) < 0)
		if (errno != EINTR)
			return true; /* then read() will say what is wrong */
	return p[1].revents == 0;
}

static size_t copy_some(nb_source *s, void *out, size_t room)
{
	size_t n = s->memory.len - (size_t)s->at;

	n = n < room ? n : room;
	if (n)
		memcpy(out, s->memory.ptr + s->at, n);
	s->at += n;
	s->ended = n == 0;
	return n;
}

size_t nb_source_read(nb_source *s, void *out, size_t room)
{
	ssize_t n;

	if (s->regular && room > s->end - s->at)
		room = s->end - s->at;
	if (room == 0 || s->ended || !wait_for_input(s)) {
		s->ended = true;
		return 0;
	}
	if (s->memory.ptr)
		return copy_some(s, out, room);
	n = s->regular ? nb_file_pread(NULL, s->fd, out, room, s->at)
		       : nb_file_read(NULL, s->fd, out, room);
	if (n <= 0) {
		if (n < 0)
			s->error = strerrordesc_np(errno);
		s->ended = true;
		return 0;
	}
	s->at += (size_t)n;
	return (size_t)n;
}

uint64_t nb_source_position(const nb_source *s)
{
	return s->at - (s->n - s->begin);
}

size_t nb_source_fill(nb_source *s, size_t want)
{
	if (s->n - s->begin >= want)
		return s->n - s->begin;
	memmove(s->buffer, s->buffer + s->begin, s->n - s->begin);
	s->n -= s->begin;
	s->begin = 0;
	while (s->n < want && !s->ended)
		s->n += nb_source_read(s, s->buffer + s->n, NB_DECODE_INPUT - s->n);
	return s->n;
}
