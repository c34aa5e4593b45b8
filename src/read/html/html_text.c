/* SPDX-License-Identifier: MIT
 *
 * html_text.c - runs of characters to text: references decoded, blanks put together.
 */
#include <string.h>

#include "read/html/html_lex.h"

/* The character at s[0..n): its code point and bytes; blanks of any kind are ' '. */
static uint32_t character(const char *s, size_t n, size_t *used)
{
	unsigned char c = (unsigned char)*s;
	uint32_t cp;

	*used = 1;
	if (c == '&') {
		cp = nb_html_reference(s, n, used);
		if (cp)
			return cp;
		*used = 1;
	}
	/* no-break space */
	if (c == 0xc2 && n > 1 && (unsigned char)s[1] == 0xa0) {
		*used = 2;
		return ' ';
	}
	return c <= ' ' || c == 0x7f ? ' ' : c;
}

void nb_html_put(nb_html_writer *w, nb_str s)
{
	size_t i = 0, used;

	while (i < s.len) {
		uint32_t cp = character(s.ptr + i, s.len - i, &used);

		if (cp == ' ') {
			w->blank = true;
		} else {
			if (w->n > w->from && (w->line || w->blank))
				w->out[w->n++] = w->line ? '\n' : ' ';
			w->line = w->blank = false;
			if (s.ptr[i] == '&' && used > 1)
				w->n += nb_html_encode(cp, w->out + w->n);
			else
				w->out[w->n++] = s.ptr[i];
		}
		i += used;
	}
}

size_t nb_html_decode(nb_str s, char *out)
{
	nb_html_writer w = { .out = out };

	nb_html_put(&w, s);
	return w.n;
}
