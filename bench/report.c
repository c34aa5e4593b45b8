/* SPDX-License-Identifier: MIT
 *
 * report.c - see report.h.
 */
#include "report.h"

#define N_PHRASES 400u /* phrases of the trade */

struct token *push_token(struct maker *m, enum token_kind kind, uint32_t value)
{
	struct report *out = m->out;
	struct token *t = &out->token[out->n < TOKENS_MAX ? out->n++ : TOKENS_MAX - 1];

	*t = (struct token){ .value = value, .kind = (uint8_t)kind };
	out->bytes += 1u + (kind <= NAME ? m->words->of[m->language].word[value].len : 4u);
	return t;
}

void draw_cast(struct cast *c, uint64_t seed)
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
			push_token(m, NAME, m->cast.first_name[who]);
		push_token(m, NAME, m->cast.last_name[who]);
	} else if (what < 8) {
		push_token(m, NAME, m->cast.place[who % 3]);
	} else if (what < 9) {
		push_token(m, NAME, m->cast.body[who % 2]);
	} else if (what < 12) {
		push_token(m, NUMBER, 2 + x % 98);
	} else if (what < 13) {
		push_token(m, NUMBER, 1000 + x % 90000);
	} else if (what < 14) {
		push_token(m, DECIMAL, 1 + x % 999);
	} else {
		push_token(m, DATE, (x % 28 + 1) * 16 + (x >> 8) % 12);
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
		push_token(m, WORD, draw_word(m->words, (uint32_t)(next(&words) >> 32)));
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
			push_token(m, WORD, t->value);
			return;
		}
	} else if (how == 2 && out->n > 0) {
		t = &out->token[out->n - 1];
		bits = (uint32_t)hash3(m->words->seed, FOR_PHRASE, t->value, 1000 + bits % 4);
	}
	push_token(m, WORD, draw_word(m->words, bits));
}

void push_sentence(struct maker *m, uint32_t words)
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

void push_paragraph(struct maker *m, uint32_t sentences)
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

void push_body(struct maker *m, uint32_t bytes)
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

/* 4 % flashes of 60 to 260, else lognormal around 2,200 (sigma 0.8), by its quantiles in steps of
 * 1/16. */
uint32_t draw_bytes(struct rng *r)
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
