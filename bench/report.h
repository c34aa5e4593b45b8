/* SPDX-License-Identifier: MIT
 *
 * report.h - reports as lists of tokens: making them, editing them.  Part of generate.c.
 *
 * Copies are made by editing the list, not a string; only then is it written out in the style of
 * its source (render.h).  What unrelated reports share in life (phrases of the trade, footers) is
 * put in on purpose.
 */
#ifndef BENCH_REPORT_H
#define BENCH_REPORT_H

#include "vocabulary.h"

#define N_PHRASES  400u    /* phrases of the trade */
#define TOKENS_MAX 16384u  /* of a report */
#define BYTES_MAX  20000u  /* aimed-at bytes of a report */
#define PARTS_MAX  512u    /* paragraphs that are told apart */

/* ---- reports as tokens ----------------------------------------------------------------------- */

enum token_kind { WORD, NAME, NUMBER, DECIMAL, DATE };
enum token_flag { SENTENCE = 1, PARAGRAPH = 2, OPEN = 4, CLOSE = 8 };

struct token {
	uint32_t value; /* rank, name or number */
	uint8_t kind, flags;
	char after; /* punctuation behind it, or 0 */
};

struct report {
	struct token *token; /* [0..TOKENS_MAX) */
	uint32_t n;
	uint32_t bytes; /* of the words, about */
};

/* The people, places and bodies that a report is about. */
struct cast {
	uint32_t first_name[5], last_name[5], place[3], body[2];
};

/* What a passage is made with. */
struct maker {
	const struct words *words;
	unsigned language;
	struct rng text;  /* decides everything but facts */
	struct rng facts; /* numbers and dates */
	struct cast cast;
	uint32_t p_fact, p_phrase; /* a token is one, in 65536 */
	uint64_t topic;            /* seed of the topic's own phrases, 0 if none */
	struct report *out;
};

static struct token *push(struct maker *m, enum token_kind kind, uint32_t value)
{
	struct report *out = m->out;
	struct token *t = &out->token[out->n < TOKENS_MAX ? out->n++ : TOKENS_MAX - 1];

	*t = (struct token){ .value = value, .kind = (uint8_t)kind };
	out->bytes += 1 + (kind <= NAME ? m->words->of[m->language].word[value].len : 4);
	return t;
}

static void draw_cast(struct cast *c, uint64_t seed)
{
	struct rng r = { seed };

	for (unsigned k = 0; k < 5; k++) {
		c->first_name[k] = N_WORDS + below(&r, N_NAMES / 10);
		c->last_name[k] = N_WORDS + below(&r, N_NAMES);
	}
	for (unsigned k = 0; k < 3; k++)
		c->place[k] = N_WORDS + below(&r, N_NAMES / 4);
	for (unsigned k = 0; k < 2; k++)
		c->body[k] = N_WORDS + below(&r, N_NAMES);
}

static void push_fact(struct maker *m)
{
	uint64_t r = next(&m->text), f = next(&m->facts);
	unsigned what = (unsigned)(r % 16), who = (unsigned)((r >> 8) % 5);
	uint32_t x = (uint32_t)(f >> 40);

	if (what < 5) {
		if ((r >> 16) % 3 == 0)
			push(m, NAME, m->cast.first_name[who]);
		push(m, NAME, m->cast.last_name[who]);
	} else if (what < 8) {
		push(m, NAME, m->cast.place[who % 3]);
	} else if (what < 9) {
		push(m, NAME, m->cast.body[who % 2]);
	} else if (what < 12) {
		push(m, NUMBER, 2 + x % 98);
	} else if (what < 13) {
		push(m, NUMBER, 1000 + x % 90000);
	} else if (what < 14) {
		push(m, DECIMAL, 1 + x % 999);
	} else {
		push(m, DATE, (x % 28 + 1) * 16 + (x >> 8) % 12);
	}
}

/* Four to seven words that always stand together. */
static void push_phrase(struct maker *m)
{
	uint64_t r = next(&m->text), phrase;
	uint32_t k = (uint32_t)(r >> 32 & 0xffff), n;

	if (m->topic && r % 2)
		phrase = hash3(m->topic, FOR_PHRASE, 0, r >> 8 & 3);
	else /* low numbers more often */
		phrase = hash3(m->words->seed, FOR_PHRASE, m->language + 1,
			       ((uint64_t)k * k >> 16) * N_PHRASES >> 16);
	n = 4 + (uint32_t)(phrase % 4);
	for (struct rng words = { phrase }; n > 0; n--)
		push(m, WORD, draw_word(m->words, (uint32_t)(next(&words) >> 32)));
}

/* Texts repeat themselves: one word in four is one that the report has already, one in eight
 * follows the word before it as it often does. */
static void push_word(struct maker *m, uint64_t r)
{
	const struct report *out = m->out;
	uint32_t bits = (uint32_t)(r >> 32), how = r >> 24 & 7;
	const struct token *t;

	if (how < 2 && out->n > 16) {
		t = &out->token[(uint64_t)bits * out->n >> 32];
		if (t->kind == WORD) {
			push(m, WORD, t->value);
			return;
		}
	} else if (how == 2 && out->n > 0) {
		t = &out->token[out->n - 1];
		bits = (uint32_t)hash3(m->words->seed, FOR_PHRASE, t->value, 1000 + bits % 4);
	}
	push(m, WORD, draw_word(m->words, bits));
}

static void push_sentence(struct maker *m, uint32_t words)
{
	struct report *out = m->out;
	uint32_t first = out->n, end = out->n + words;

	while (out->n < end && out->n < TOKENS_MAX - 8) {
		uint64_t r = next(&m->text);
		uint32_t p = (uint32_t)(r & 0xffff);

		if (p < m->p_fact)
			push_fact(m);
		else if (p < m->p_fact + m->p_phrase)
			push_phrase(m);
		else
			push_word(m, r);
		if ((r >> 16 & 0xff) < 14 && out->n < end)
			out->token[out->n - 1].after = ',';
	}
	if (out->n == first)
		return;
	out->token[first].flags |= SENTENCE;
	out->token[out->n - 1].after = '.';
}

static void push_paragraph(struct maker *m, uint32_t sentences)
{
	uint32_t first = m->out->n;
	bool quote = chance(&m->text, ALWAYS / 5);

	for (; sentences > 0; sentences--)
		push_sentence(m, between(&m->text, 7, 27));
	if (m->out->n == first)
		return;
	m->out->token[first].flags |= PARAGRAPH | (quote ? OPEN : 0);
	if (quote)
		m->out->token[m->out->n - 1].flags |= CLOSE;
}

/* Paragraphs until the report has about this many bytes. */
static void push_body(struct maker *m, uint32_t bytes)
{
	uint32_t end = m->out->bytes + bytes;

	while (m->out->bytes < end && m->out->n < TOKENS_MAX - 256) {
		if (end - m->out->bytes < 180) { /* a flash, or the last line */
			uint32_t words = (end - m->out->bytes) / 6;

			push_sentence(m, words < 6 ? 6 : words);
			return;
		}
		push_paragraph(m, between(&m->text, 1, 4));
	}
}

/* Text bytes: 4 % flashes of 60 to 260, else lognormal around 2,200 (sigma 0.8), by its quantiles
 * in steps of 1/16. */
static uint32_t draw_bytes(struct rng *r)
{
	static const uint16_t quantile[17] = {
		280, 645, 877, 1081, 1283, 1489, 1706, 1938, 2200, 2495, 2839, 3251, 3772, 4478,
		5522, 7504, 17000,
	};
	uint32_t x = below(r, 1u << 20), k = x >> 16;

	if (chance(r, ALWAYS / 25))
		return between(r, 60, 260);
	return quantile[k] + ((quantile[k + 1] - quantile[k]) * (x >> 4 & 0xfff) >> 12);
}

/* ---- what is done to copies ------------------------------------------------------------------ */

static void append(struct report *to, const struct token *token, uint32_t n)
{
	if (n > TOKENS_MAX - to->n)
		n = TOKENS_MAX - to->n;
	memcpy(to->token + to->n, token, n * sizeof(*token));
	to->n += n;
	to->bytes += n * 7;
}

/* Keep about `share` (in 65536) of the tokens, up to the end of a sentence. */
static void cut(struct report *r, uint32_t share)
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

/* Replace words at this rate (in 65536); one change in eight leaves the word out instead. */
static void edit(const struct words *w, struct report *r, uint32_t rate, struct rng *rng)
{
	uint32_t kept = 0;
	bool corrected = !chance(rng, ALWAYS / 3);

	for (uint32_t k = 0; k < r->n; k++) {
		struct token t = r->token[k];
		uint64_t x = next(rng);

		if (t.kind == NUMBER && !corrected) {
			t.value += 1 + (x >> 32) % 5;
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

/* A few paragraphs swapped, dropped or inserted: r is rearranged into m->out. */
static void rearrange(struct maker *m, const struct report *r, struct rng *rng)
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

/* A longer piece that holds the report somewhere. */
static void embed(struct maker *m, const struct report *r, struct rng *rng)
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

/* A line of the menu, the report, and teasers of other stories. */
static void furnish(struct maker *m, const struct report *r, uint64_t source, struct rng *rng)
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


#endif
