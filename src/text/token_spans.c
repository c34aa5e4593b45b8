/* SPDX-License-Identifier: MIT
 *
 * token_spans.c - see token.h: tokens with their places and kinds.
 *
 * The same fold, one character at a time, with a note for every folded byte which source character
 * it is made of; then the same edges and hashes.
 */
#include "text/token_scratch.h"

#include <string.h>

#include "base/array.h"
#include "newsbraid/utf8.h"

static bool is_digit(uint8_t c)
{
	return (uint8_t)(c - '0') < 10;
}

/* Whether a byte of folded text belongs to a token by itself. */
static bool is_token_byte(uint8_t c)
{
	return c >= 0x80 || is_digit(c) || (uint8_t)(c - 'a') < 26;
}

static nb_status map_room(struct nb_token_scratch *s, size_t n)
{
	nb_status status = nb_token_room(s, n);

	NB_TRY(status, NB_GROW(s->from, &s->from_capacity, s->block_capacity));
	NB_TRY(status, NB_GROW(s->to, &s->to_capacity, s->block_capacity));
	return status;
}

/*
 * Source characters [begin, end) became block bytes [old, now), or were joined to the one before.
 * old_own and own: whether a character of its own was last, with its space after it.
 */
static void note(struct nb_token_scratch *s, size_t old, uint32_t old_own, size_t now, uint32_t own,
		 uint32_t begin, uint32_t end)
{
	for (size_t i = old - old_own; i < now; i++) {
		s->from[i] = begin;
		s->to[i] = end;
	}
	if (now == old && is_token_byte(s->block[now - own - 1]))
		s->to[now - own - 1] = end;
}

/* Whether p[0..8) is ASCII. */
static bool ascii8(const uint8_t *p)
{
	uint64_t x;

	memcpy(&x, p, sizeof(x));
	return (x & UINT64_C(0x8080808080808080)) == 0;
}

/*
 * ASCII from text[i] on, eight bytes at a time, as long as nothing that follows could join it:
 * each folds to one byte, its lower case.  Returns where it ends.
 */
static size_t fold_ascii(struct nb_token_scratch *s, nb_fold *f, const uint8_t *text, size_t i,
			 size_t end)
{
	while (i + 9 <= end && ascii8(text + i) && ascii8(text + i + 1)) {
		uint32_t *from = s->from + (f->out - s->block), *to = s->to + (f->out - s->block);

		for (uint32_t k = 0; k < 8; k++) {
			uint8_t c = text[i + k];

			f->out[k] = (uint8_t)(c + ((uint8_t)(c - 'A') < 26 ? 32 : 0));
			from[k] = (uint32_t)i + k;
			to[k] = (uint32_t)i + k + 1;
		}
		f->out += 8;
		f->own = 0;
		i += 8;
	}
	return i;
}

/* Fold text[at..at + n) and note the source of every byte. */
static void fold_piece(struct nb_token_scratch *s, nb_fold *f, const uint8_t *text, size_t at,
		       size_t n)
{
	size_t end = at + n;

	f->out = nb_token_folded(s) + s->n_folded;
	for (size_t i = at, took; i < end; i += took) {
		size_t old;
		uint32_t old_own;

		i = fold_ascii(s, f, text, i, end);
		old = (size_t)(f->out - s->block);
		old_own = f->own;
		took = nb_fold_step(f, text + i, end - i);
		note(s, old, old_own, (size_t)(f->out - s->block), f->own, (uint32_t)i,
		     (uint32_t)(i + took));
	}
	s->n_folded = (size_t)(f->out - nb_token_folded(s));
}

static nb_status fold_noted(struct nb_token_scratch *s, const uint8_t *text, size_t len)
{
	nb_fold f = { NULL, 0 };
	nb_status status = map_room(s, 0);

	for (size_t at = 0, n; status == NB_OK && at < len; at += n) {
		n = nb_token_piece(text, at, len);
		status = map_room(s, n);
		if (status == NB_OK)
			fold_piece(s, &f, text, at, n);
	}
	if (status == NB_OK)
		nb_token_pad(s);
	return status;
}

/* ---- kinds ---- */

static uint32_t entry_at(const char *text, size_t n)
{
	uint32_t cp;

	nb_utf8_decode(text, n, &cp);
	return nb_cp_lookup(cp, (uint8_t)*text);
}

static bool is_upper(const char *text, size_t n)
{
	uint8_t c = (uint8_t)*text;

	if (c < 0x80)
		return (uint8_t)(c - 'A') < 26;
	return entry_at(text, n) & NB_CP_UPPER;
}

static nb_token_kind kind_of(const uint8_t *folded, size_t n, const char *source, size_t n_source)
{
	bool digit = false, letter = false;

	if (folded[0] >= 0x80 && entry_at((const char *)folded, n) & NB_CP_OWN)
		return NB_TOKEN_CHARACTER;
	for (size_t i = 0; i < n; i++) {
		digit |= is_digit(folded[i]);
		letter |= is_token_byte(folded[i]) && !is_digit(folded[i]);
	}
	if (digit)
		return letter ? NB_TOKEN_MIXED : NB_TOKEN_NUMBER;
	return is_upper(source, n_source) ? NB_TOKEN_CAPITAL : NB_TOKEN_WORD;
}

/* ---- sentences ---- */

typedef enum gap_class {
	GAP_OTHER,
	GAP_SPACE,
	GAP_CLOSE, /* may stand between the full stop and the space */
	GAP_STOP,  /* ends a sentence before a space */
	GAP_END,   /* ends one in any case */
} gap_class;

static gap_class class_in_gap(uint32_t cp)
{
	switch (cp) {
	case '\n':
	case '\r':
	case 0x2028: /* line and paragraph separators */
	case 0x2029:
	case 0x589:  /* full stops and question marks: Armenian */
	case 0x61F:  /* Arabic */
	case 0x6D4:  /* Urdu */
	case 0x964:  /* Devanagari */
	case 0x965:
	case 0x104B: /* Myanmar */
	case 0x17D4: /* Khmer */
	case 0x3002: /* East Asian */
	case 0xFF01:
	case 0xFF0E:
	case 0xFF1F:
	case 0xFF61:
		return GAP_END;
	case '.':
	case '!':
	case '?':
	case 0x2026: /* ellipsis */
	case 0x203C:
	case 0x2047:
	case 0x2048:
	case 0x2049:
		return GAP_STOP;
	case ')':
	case ']':
	case '"':
	case '\'':
	case 0xBB:   /* quotation marks that close, here or elsewhere */
	case 0xAB:
	case 0x2018:
	case 0x2019:
	case 0x201C:
	case 0x201D:
	case 0x203A:
		return GAP_CLOSE;
	case ' ':
	case '\t':
	case 0xA0:
	case 0x2002:
	case 0x2003:
	case 0x2009:
	case 0x202F:
	case 0x3000:
		return GAP_SPACE;
	default:
		return GAP_OTHER;
	}
}

/* Whether a sentence ends in gap[0..n), what stands between two tokens. */
static bool ends_sentence(const char *gap, size_t n, bool after_initial)
{
	bool stopped = false;
	uint32_t cp;

	for (size_t i = 0; i < n;) {
		gap_class class;

		i += nb_utf8_decode(gap + i, n - i, &cp);
		class = class_in_gap(cp);
		if (class == GAP_END || (stopped && class == GAP_SPACE))
			return true;
		if (class == GAP_STOP)
			stopped = cp != '.' || !after_initial;
		else if (class != GAP_CLOSE)
			stopped = false;
		after_initial = false;
	}
	return false;
}

/* "J" in "J. Smith": a capital and nothing else, whose full stop ends no sentence. */
static bool is_initial(const char *text, size_t n, uint8_t kind)
{
	uint32_t cp;

	return kind == NB_TOKEN_CAPITAL && nb_utf8_decode(text, n, &cp) == n;
}

/* Whether a sentence ends between tokens i - 1 and i. */
static bool opens_sentence(const nb_tokens *t, size_t i, const char *text)
{
	uint32_t gap = t->end[i - 1], n = t->begin[i] - gap;

	/* two tokens of one ligature overlap, and most gaps are one blank */
	if (gap >= t->begin[i] || (n == 1 && text[gap] == ' '))
		return false;
	return ends_sentence(text + gap, n,
			     is_initial(text + t->begin[i - 1], gap - t->begin[i - 1],
					t->kind[i - 1]));
}

static nb_status describe_room(nb_tokens *t)
{
	struct nb_token_scratch *s = t->scratch;

	if (!s->numbers && nb_number_words_new(&s->numbers) != NB_OK)
		return NB_ENOMEM;
	if (NB_GROW(t->begin, &s->begin_capacity, t->n) ||
	    NB_GROW(t->end, &s->end_capacity, t->n) || NB_GROW(t->kind, &s->kind_capacity, t->n) ||
	    NB_GROW(t->small, &s->small_capacity, t->n) ||
	    NB_GROW(t->sentence, &s->sentence_capacity, t->n))
		return NB_ENOMEM;
	return NB_OK;
}

static void describe(nb_tokens *t, const char *text)
{
	const struct nb_token_scratch *s = t->scratch;
	const uint8_t *folded = nb_token_folded(s);
	const uint32_t *from = s->from + NB_FOLD_FRONT, *to = s->to + NB_FOLD_FRONT;

	for (size_t i = 0; i < t->n; i++) {
		uint32_t first = s->place[2 * i], last = s->place[2 * i + 1] - 1;

		t->begin[i] = from[first];
		t->end[i] = to[last];
		t->kind[i] = (uint8_t)kind_of(folded + first, last + 1 - first, text + from[first],
					      to[last] - from[first]);
		t->small[i] = nb_number_word(s->numbers, t->hash[i]);
		t->sentence[i] = i == 0 || opens_sentence(t, i, text);
	}
}

nb_status nb_token_spans(nb_tokens *t, const char *text, size_t len)
{
	nb_status status = nb_token_begin(t, len);

	NB_TRY(status, fold_noted(t->scratch, (const uint8_t *)text, len));
	NB_TRY(status, nb_token_collect(t, true));
	NB_TRY(status, describe_room(t));
	if (status == NB_OK)
		describe(t, text);
	else
		t->n = 0;
	return status;
}
