/* SPDX-License-Identifier: MIT
 *
 * origin.c - see origin.h.
 */
#include "read/origin.h"

#include <string.h>

#define KEY_MOST 200u

/* Blanks would part what belongs together. */
static void put(nb_origin *o, nb_str s)
{
	s = nb_clip(s, KEY_MOST);
	for (size_t i = 0; i < s.len; i++)
		o->text[o->n++] = (unsigned char)s.ptr[i] <= ' ' ? '_' : s.ptr[i];
}

void nb_origin_add(nb_origin *o, const char *field, nb_str outer, nb_str key, nb_str part)
{
	size_t need = strlen(field) + nb_clip(outer, KEY_MOST).len + nb_clip(key, KEY_MOST).len +
		      nb_clip(part, KEY_MOST).len + 5;

	if (need > sizeof(o->text) - o->n)
		return;
	if (o->n)
		o->text[o->n++] = ' ';
	put(o, (nb_str){ field, strlen(field) });
	o->text[o->n++] = '=';
	put(o, outer);
	if (outer.len)
		o->text[o->n++] = '.';
	put(o, key);
	if (part.ptr) {
		o->text[o->n++] = '[';
		put(o, part);
		o->text[o->n++] = ']';
	}
}

nb_str nb_origin_done(nb_maker *m, const nb_origin *o)
{
	return nb_keep_line(m, (nb_str){ o->text, o->n }, sizeof(o->text));
}

nb_str nb_origin_keep(nb_maker *m, const nb_origin_of *of, size_t n)
{
	nb_origin o = { .n = 0 };

	for (size_t i = 0; i < n; i++)
		if (of[i].from)
			nb_origin_add(&o, of[i].field, (nb_str){ 0 },
				      (nb_str){ of[i].from, strlen(of[i].from) }, (nb_str){ 0 });
	return nb_origin_done(m, &o);
}
