/* SPDX-License-Identifier: MIT
 *
 * edit.c - see edit.h.
 */
#include "edit.h"

#include <string.h>

#define PARTS_MAX 512u /* paragraphs that are told apart */

static void append(struct report *to, const struct token *token, uint32_t n)
{
	if (n > TOKENS_MAX - to->n)
		n = TOKENS_MAX - to->n;
	memcpy(to->token + to->n, token, n * sizeof(*token));
	to->n += n;
	to->bytes += n * 7;
}

void edit_cut(struct report *r, uint32_t share)
{
	uint32_t least = (uint32_t)((uint64_t)r->n * share >> 16);

	if (least < 8)
		least = 8;
	for (uint32_t k = least; k < r->n; k++) {
		if (r->token[k - 1].after == '.') {
			r->n = k;
			return;
		}
	}
}

void edit_words(const struct words *w, struct report *r, uint32_t rate, struct rng *rng)
{
	uint32_t kept = 0;
	bool corrected = !chance(rng, ALWAYS / 3);

	for (uint32_t k = 0; k < r->n; k++) {
		struct token t = r->token[k];
		uint64_t x = next(rng);

		if (t.kind == NUMBER && !corrected) {
			t.value += (uint32_t)(1 + (x >> 32) % 5);
			corrected = true;
		}
		if (t.kind == WORD && (x & 0xffff) < rate) {
			if ((x >> 16) % 8 == 0 && t.flags == 0 && t.after == 0)
				continue;
			t.value = draw_word(w, (uint32_t)(x >> 32));
		}
		r->token[kept++] = t;
	}
	r->n = kept;
}

void edit_rearrange(struct maker *m, const struct report *r, struct rng *rng)
{
	uint32_t start[PARTS_MAX + 1], n = 0, changes = between(rng, 1, 3);

	for (uint32_t k = 0; k < r->n && n < PARTS_MAX; k++)
		if (k == 0 || r->token[k].flags & PARAGRAPH)
			start[n++] = k;
	start[n] = r->n;
	m->out->n = 0;
	for (uint32_t k = 0; k < n; k++) {
		bool change = changes > 0 && k > 0 && below(rng, n - k) < changes;
		uint32_t how = below(rng, 3);

		if (change && how == 0 && k + 1 < n) { /* this one and the next change places */
			append(m->out, r->token + start[k + 1], start[k + 2] - start[k + 1]);
			append(m->out, r->token + start[k], start[k + 1] - start[k]);
			k++;
		} else {
			if (change && how == 1)
				push_paragraph(m, 2);
			if (!change || how != 2)
				append(m->out, r->token + start[k], start[k + 1] - start[k]);
		}
		changes -= change;
	}
}

void edit_embed(struct maker *m, const struct report *r, struct rng *rng)
{
	uint32_t more = r->bytes * between(rng, 1, 4);
	uint32_t before;

	if (more > BYTES_MAX)
		more = BYTES_MAX;
	before = (uint32_t)((uint64_t)more * below(rng, ALWAYS) >> 16);
	m->out->n = 0;
	push_body(m, before);
	append(m->out, r->token, r->n);
	push_body(m, more - before);
}

void edit_furnish(struct maker *m, const struct report *r, uint64_t source, struct rng *rng)
{
	struct rng own = m->text;

	m->out->n = 0;
	m->text.state = source;
	push_sentence(m, 6 + (uint32_t)(source % 6));
	m->text = own;
	append(m->out, r->token, r->n);
	for (uint32_t k = between(rng, 3, 9); k > 0; k--) {
		uint32_t first = m->out->n;

		push_sentence(m, between(rng, 5, 11));
		m->out->token[first].flags |= PARAGRAPH;
		m->out->token[m->out->n - 1].after = 0;
	}
}
