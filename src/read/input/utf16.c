/* SPDX-License-Identifier: MIT
 *
 * utf16.c - see utf16.h.
 */
#include "read/input/utf16.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/ucnv.h>

#define ROOM  ((size_t)1 << 16) /* bytes that are held: the first ones, and UTF-16 to be converted */
#define PIVOT 4096
#define FIRST 256u /* bytes that tell */

struct nb_utf16 {
	nb_sink sink;
	nb_sink *to;
	size_t held;
	bool known, wide, stopped, no_memory;
	UConverter *from, *utf8;
	UChar pivot[PIVOT], *pivot_begin, *pivot_end;
	char room[ROOM];
};

/* ---- what it is ------------------------------------------------------------------------------ */

static bool is_ascii(unsigned char c)
{
	return (c >= ' ' && c < 127) || c == '\t' || c == '\n' || c == '\r';
}

/* Whether three of four characters are ASCII, beside a zero. */
static const char *name_by_zeros(const unsigned char *p, size_t n)
{
	size_t little = 0, big = 0;

	for (size_t i = 0; i + 1 < n; i += 2) {
		little += is_ascii(p[i]) && !p[i + 1];
		big += !p[i] && is_ascii(p[i + 1]);
	}
	if (little * 8 >= n * 3)
		return "UTF-16LE";
	return big * 8 >= n * 3 ? "UTF-16BE" : NULL;
}

/* The name of the set, NULL if it is no UTF-16. */
static const char *name_of(const unsigned char *p, size_t n)
{
	if (n < 2)
		return NULL;
	if (p[0] == 0xFF && p[1] == 0xFE)
		return n >= 4 && !p[2] && !p[3] ? NULL : "UTF-16"; /* or the mark of UTF-32 */
	if (p[0] == 0xFE && p[1] == 0xFF)
		return "UTF-16";
	return name_by_zeros(p, n < FIRST ? n : FIRST);
}

static void decide(nb_utf16 *w)
{
	const char *name = name_of((const unsigned char *)w->room, w->held);
	UErrorCode error = U_ZERO_ERROR;

	w->known = true;
	if (!name)
		return;
	w->from = ucnv_open(name, &error);
	w->utf8 = ucnv_open("UTF-8", &error);
	w->wide = U_SUCCESS(error);
	w->no_memory = !w->wide; /* both sets are part of ICU itself */
}

/* ---- handing on ------------------------------------------------------------------------------ */

static void convert(nb_utf16 *w, bool last)
{
	const char *p = w->room, *end = p + w->held;
	UErrorCode error = U_BUFFER_OVERFLOW_ERROR;

	w->held = 0;
	while (error == U_BUFFER_OVERFLOW_ERROR) {
		size_t room;
		char *out = w->to->space(w->to, &room), *at = out;

		w->stopped = !out;
		if (!out)
			return;
		error = U_ZERO_ERROR;
		ucnv_convertEx(w->utf8, w->from, &at, out + room, &p, end, w->pivot,
			       &w->pivot_begin, &w->pivot_end, w->pivot + PIVOT, false, last,
			       &error);
		if (at > out)
			w->to->filled(w->to, (size_t)(at - out));
	}
}

static void copy(nb_utf16 *w)
{
	size_t done = 0, room;
	char *out;

	while (done < w->held && (out = w->to->space(w->to, &room))) {
		size_t n = w->held - done < room ? w->held - done : room;

		memcpy(out, w->room + done, n);
		w->to->filled(w->to, n);
		done += n;
	}
	w->held = 0;
}

static void hand_on(nb_utf16 *w, bool last)
{
	if (!w->known && (last || w->held >= FIRST))
		decide(w);
	if (w->wide)
		convert(w, last);
	else if (w->known)
		copy(w);
}

/* ---- the sink -------------------------------------------------------------------------------- */

static char *space(nb_sink *sink, size_t *room)
{
	nb_utf16 *w = (nb_utf16 *)sink;

	if (w->known && !w->wide)
		return w->to->space(w->to, room);
	*room = ROOM - w->held;
	return w->stopped ? NULL : w->room + w->held;
}

static void filled(nb_sink *sink, size_t n)
{
	nb_utf16 *w = (nb_utf16 *)sink;

	if (w->known && !w->wide) {
		w->to->filled(w->to, n);
		return;
	}
	w->held += n;
	hand_on(w, false);
}

nb_utf16 *nb_utf16_new(nb_sink *to)
{
	nb_utf16 *w = malloc(sizeof(*w));

	if (!w)
		return NULL;
	memset(w, 0, offsetof(nb_utf16, pivot));
	w->sink = (nb_sink){ space, filled };
	w->to = to;
	w->pivot_begin = w->pivot_end = w->pivot;
	return w;
}

nb_sink *nb_utf16_sink(nb_utf16 *w)
{
	return &w->sink;
}

bool nb_utf16_end(nb_utf16 *w)
{
	bool converted;

	hand_on(w, true);
	converted = !w->no_memory;
	ucnv_close(w->from);
	ucnv_close(w->utf8);
	free(w);
	return converted;
}
