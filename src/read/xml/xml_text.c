/* SPDX-License-Identifier: MIT
 *
 * xml_text.c - see xml_text.h.
 */
#include "read/xml/xml_text.h"

#include <string.h>

#include "base/ascii.h"

void nb_xml_text_clear(nb_xml_text *t)
{
	t->n = t->feeds = 0;
	t->blank = t->line = false;
}

void nb_xml_text_break(nb_xml_text *t)
{
	t->line = true;
}

/* A word, after what was held back. */
static void put(nb_xml_text *t, const char *p, size_t n)
{
	if (n + 1 > t->capacity - t->n)
		n = t->capacity - t->n ? t->capacity - t->n - 1 : 0;
	if (n == 0)
		return;
	if (t->n > 0 && (t->line || t->blank))
		t->out[t->n++] = t->line ? '\n' : ' ';
	t->line = t->blank = false;
	t->feeds = 0;
	memcpy(t->out + t->n, p, n);
	t->n += n;
}

void nb_xml_text_add(nb_xml_text *t, const char *p, size_t n, bool lines, bool loose)
{
	size_t i = 0;

	while (i < n) {
		size_t begin = i;

		while (i < n && !nb_is_blank(p[i]))
			i++;
		if (i > begin)
			put(t, p + begin, i - begin);
		for (; i < n && nb_is_blank(p[i]); i++) {
			t->blank = true;
			if (p[i] == '\n' && (lines || (++t->feeds > 1 && loose)))
				t->line = true;
		}
	}
}
