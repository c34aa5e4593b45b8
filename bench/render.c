/* SPDX-License-Identifier: MIT
 *
 * render.c - see render.h.
 */
#include "render.h"

#include <string.h>

char *put_text(char *p, const char *s)
{
	size_t n = strlen(s);

	memcpy(p, s, n);
	return p + n;
}

static char *put_uint(char *p, uint32_t x, unsigned digits)
{
	char d[10];
	unsigned n = 0;

	for (; x > 0 || n < digits; x /= 10)
		d[n++] = (char)('0' + x % 10);
	while (n > 0)
		*p++ = d[--n];
	return p;
}

/* Make the letter at p a capital: ASCII, Latin-1 and Cyrillic, as the vocabularies have. */
static void capital(char *p)
{
	unsigned char *c = (unsigned char *)p;

	if (c[0] >= 'a' && c[0] <= 'z') {
		c[0] -= 32;
	} else if (c[0] == 0xc3 && c[1] >= 0xa0 && c[1] != 0xb7) {
		c[1] -= 0x20;
	} else if (c[0] == 0xd0 && c[1] >= 0xb0) {
		c[1] -= 0x20;
	} else if (c[0] == 0xd1 && c[1] <= 0x8f) {
		c[0] = 0xd0;
		c[1] += 0x20;
	}
}

char *put_word(char *p, const struct word *w, bool first, bool all)
{
	memcpy(p, w->text, sizeof(w->text));
	if (first && !all)
		capital(p);
	for (unsigned k = 0; all && k < w->len; k++)
		if (((unsigned char)p[k] & 0xc0) != 0x80)
			capital(p + k);
	return p + w->len;
}

static char *put_value(char *p, const struct vocabulary *v, const struct language *l,
		       const struct token *t)
{
	if (t->kind == DECIMAL) {
		p = put_uint(p, t->value / 10, 1);
		*p++ = l->decimal;
		return put_uint(p, t->value % 10, 1);
	}
	if (t->kind == DATE) {
		uint32_t day = t->value / 16, month = t->value % 16;

		if (l->han) {
			p = put_text(put_uint(p, month + 1, 1), "\u6708");
			return put_text(put_uint(p, day, 1), "\u65e5");
		}
		p = put_uint(p, day, 1);
		*p++ = ' ';
		return put_word(p, &v->month[month], l->code[0] == 'e' && l->code[1] == 'n', false);
	}
	if (t->value < 1000)
		return put_uint(p, t->value, 1);
	p = put_text(put_uint(p, t->value / 1000, 1), l->group);
	return put_uint(p, t->value % 1000, 3);
}

static char *put_after(char *p, const struct language *l, char after)
{
	if (!l->han) {
		*p++ = after;
		return p;
	}
	return put_text(p, after == ',' ? "\uff0c" : "\u3002");
}

char *put_report(char *p, const struct vocabulary *v, const struct report *r,
		 const struct style *s)
{
	const struct language *l = s->language;

	for (uint32_t k = 0; k < r->n; k++) {
		const struct token *t = &r->token[k];

		if (k > 0) {
			if (t->flags & PARAGRAPH)
				p = put_text(p, s->paragraph);
			else if (!l->han)
				*p++ = ' ';
		}
		if (t->flags & OPEN)
			p = put_text(p, s->open);
		if (t->kind > NAME)
			p = put_value(p, v, l, t);
		else
			p = put_word(p, &v->word[t->value],
				     t->kind == NAME || t->flags & SENTENCE || v->noun[t->value],
				     s->shout && k < 3);
		if (t->after)
			p = put_after(p, l, t->after);
		if (t->flags & CLOSE)
			p = put_text(p, s->close);
	}
	return p;
}
