/* SPDX-License-Identifier: MIT
 *
 * lex.c - see lex.h.
 *
 * Built into the library and into the tool that makes the word lists (words_gen.c), so that a list
 * and a text always agree on what a word is.
 */
#include "text/lex.h"

#include "unicode/fold.h"

#define VALUE_MOST 100000000u
#define ROOM_LEAST 80 /* one character folds to at most 54 bytes, and a blank */

/* What a character is to the lexer. */
enum class { GAP, MARK, LOWER, UPPER, DIGIT, OWN };

typedef struct reader {
	nb_lex *lex;
	size_t used;        /* of folded */
	nb_lex_word *open;  /* the word that is being read, or NULL */
	enum class last;    /* class of its last character */
	bool capitals_only; /* so far */
} reader;

static enum class class_of(uint32_t entry, const char *folded, size_t n)
{
	if (n == 0)
		return entry & NB_CP_JOIN ? MARK : GAP;
	if (entry & NB_CP_OWN)
		return OWN;
	if (*folded >= '0' && *folded <= '9')
		return DIGIT;
	return entry & NB_CP_UPPER ? UPPER : LOWER;
}

static enum class ascii_class(uint8_t c)
{
	if ((uint8_t)(c - 'a') < 26)
		return LOWER;
	if ((uint8_t)(c - 'A') < 26)
		return UPPER;
	return (uint8_t)(c - '0') < 10 ? DIGIT : GAP;
}

/* The bytes of one folded character that belong to a token; *n of them. */
static const char *fold_one(const uint8_t *in, size_t left, char *room, size_t *n, uint32_t *take,
			    uint32_t *entry)
{
	nb_fold f = { (uint8_t *)room + 8, 0 };
	uint32_t bytes = nb_fold_load(in, left), cp;
	char *begin = room + 8, *end;

	*take = nb_fold_decode(bytes, &cp);
	*n = 0;
	*entry = 0;
	if (*take == 0) {
		*take = 1;
		return begin;
	}
	*entry = nb_cp_lookup(cp, bytes & 0xFF);
	if (!(*entry & (NB_CP_EXPAND | NB_CP_COMPOSE | NB_CP_OWN))) { /* letters, as a rule */
		nb_fold_put(&f, *entry, bytes);
		*n = (size_t)((char *)f.out - begin);
		if ((uint8_t)*begin < 0x80 && ascii_class((uint8_t)*begin) == GAP)
			*n = 0;
		return begin;
	}
	memset(room, ' ', 8);
	if (*entry & NB_CP_COMPOSE) /* jamo and parts of kana: rare in news, kept apart here */
		nb_fold_put(&f, *entry & ~NB_CP_COMPOSE, bytes);
	else
		nb_fold_step(&f, in, left);
	end = (char *)f.out;
	while (begin < end && *begin == ' ')
		begin++;
	while (begin < end && end[-1] == ' ')
		end--;
	*n = (size_t)(end - begin);
	/* "½" and the like fold to more than one word: no word at all */
	if (*n && (memchr(begin, ' ', *n) ||
		   ((uint8_t)*begin < 0x80 && ascii_class((uint8_t)*begin) == GAP)))
		*n = 0;
	return begin;
}

/* Eight bytes at a time; after the word stands what was there before, so the rest is copied. */
static uint32_t hash_word(const char *p, size_t n)
{
	const uint64_t k = UINT64_C(0x9E3779B97F4A7C15);
	uint64_t h = n * k, x;

	for (; n >= 8; p += 8, n -= 8) {
		memcpy(&x, p, 8);
		h = (h ^ x) * k;
		h ^= h >> 29;
	}
	x = 0;
	for (size_t i = 0; i < n; i++)
		x |= (uint64_t)(unsigned char)p[i] << 8 * i;
	h = (h ^ x) * k;
	return (uint32_t)(h >> 32);
}

static void close_word(reader *r, size_t source_end)
{
	nb_lex_word *w = r->open;

	if (!w)
		return;
	w->end = (uint16_t)source_end;
	w->stop = (uint16_t)r->used;
	w->hash = hash_word(r->lex->folded + w->at, w->stop - w->at);
	if (w->kind == NB_LEX_CAPITAL && r->capitals_only && w->end - w->begin > 1)
		w->kind = NB_LEX_UPPER;
	r->open = NULL;
}

static void open_word(reader *r, size_t at, enum class class)
{
	nb_lex_word *w = &r->lex->word[r->lex->n++];

	if (r->used)
		r->lex->folded[r->used++] = ' ';
	*w = (nb_lex_word){ .begin = (uint16_t)at, .at = (uint16_t)r->used };
	w->kind = class == DIGIT   ? NB_LEX_NUMBER
		  : class == OWN   ? NB_LEX_OWN
		  : class == UPPER ? NB_LEX_CAPITAL
				   : NB_LEX_LOWER;
	r->capitals_only = class == UPPER;
	r->open = w;
}

static bool begins_word(const reader *r, enum class class)
{
	if (!r->open || class == OWN || r->last == OWN)
		return true;
	if ((class == DIGIT) != (r->last == DIGIT))
		return true;
	return class == UPPER && r->last == LOWER;
}

static void add_digit(reader *r, char digit)
{
	nb_lex_word *w = r->open;

	if (w->at == r->used)
		r->lex->folded[r->used++] = '#';
	w->value = w->value < VALUE_MOST ? w->value * 10 + (uint32_t)(digit - '0') : UINT32_MAX;
}

/* Whether there was room for one more character. */
static bool add(reader *r, size_t at, enum class class, const char *folded, size_t n)
{
	if (class == GAP) {
		close_word(r, at);
		return true;
	}
	if (class == MARK)
		return true;
	if (begins_word(r, class)) {
		close_word(r, at);
		if (r->lex->n == NB_LEX_WORDS)
			return false;
		open_word(r, at, class);
	}
	if (class == DIGIT) {
		add_digit(r, *folded);
	} else {
		memcpy(r->lex->folded + r->used, folded, n);
		r->used += n;
	}
	r->capitals_only &= class == UPPER;
	r->last = class;
	return r->used + ROOM_LEAST < NB_LEX_FOLDED;
}

/* Small letters after a letter, as most of them are: no need to look closer. */
static size_t run_on(reader *r, const uint8_t *in, size_t at, size_t most)
{
	char *folded = r->lex->folded;
	size_t used = r->used;

	if (!r->open || (r->last != LOWER && r->last != UPPER))
		return at;
	while (at < most && (uint8_t)(in[at] - 'a') < 26 && used + ROOM_LEAST < NB_LEX_FOLDED)
		folded[used++] = (char)in[at++];
	if (used > r->used) {
		r->last = LOWER;
		r->capitals_only = false;
		r->used = used;
	}
	return at;
}

void nb_lex_read(nb_lex *lex, const char *source, size_t n)
{
	const uint8_t *in = (const uint8_t *)source;
	reader r = { .lex = lex };
	size_t at = 0, most = n < NB_LEX_BYTES ? n : NB_LEX_BYTES;
	bool room = true;

	lex->n = 0;
	while (at < most && room) {
		char buffer[NB_FOLD_MAX(4) + NB_FOLD_SLACK + 8];
		uint32_t take = 1, entry;
		size_t len;

		if (in[at] < 0x80) {
			enum class class = ascii_class(in[at]);

			*buffer = (char)(class == UPPER ? in[at] | 32 : in[at]);
			room = add(&r, at, class, buffer, 1);
		} else {
			const char *folded = fold_one(in + at, n - at, buffer, &len, &take, &entry);

			room = add(&r, at, class_of(entry, folded, len), folded, len);
		}
		if (room || r.open)
			at += take;
		at = run_on(&r, in, at, most);
	}
	close_word(&r, at);
	lex->whole = at >= n;
}
