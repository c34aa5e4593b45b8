/* SPDX-License-Identifier: MIT
 *
 * term_reader.c - see term_reader.h.
 *
 * What is a name is told by capitals alone, which needs no dictionary and holds wherever sentences
 * open with a capital and names have one.  A title in which most words have one says nothing about
 * names; there only the numbers count.
 */
#include "related/term_reader.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "text/language.h"
#include "text/token_scratch.h"

#define STEM_LETTERS  5u
#define LEAD_TOKENS   120u
#define TITLE_TOKENS  14u  /* taken for a title where there is none */
#define HEADLINE_MAX  30u  /* a text of no more tokens, without a title, is a headline */
#define OLDEST        119u
#define CAPITALS_MOST 0.6  /* share of capitals in a title that still tells names */
#define PLACE_WORD    2u   /* letters of a word before a place, at most */

/* Where tokens stand. */
typedef struct zone {
	nb_str text;
	bool title;  /* all of it is title */
	bool first;  /* its first words are taken for one */
	bool names;  /* capitals tell names */
} zone;

void nb_term_reader_release(nb_term_reader *r)
{
	nb_tokens_release(&r->tokens);
	free(r->term);
	free(r->found);
	free(r->slot);
	free(r->stem);
	free(r->buffer);
	nb_stop_words_release(&r->stops);
	*r = (nb_term_reader){ 0 };
}

static uint64_t mix(uint64_t x)
{
	x = (x ^ x >> 32) * UINT64_C(0xD6E8FEB86659FD93);
	x = (x ^ x >> 32) * UINT64_C(0xD6E8FEB86659FD93);
	return x ^ x >> 32;
}

/* ---- tokens ---- */

/* Bytes of the first characters of folded text, at most `most` characters; *letters: how many. */
static size_t prefix(const uint8_t *folded, size_t n, unsigned most, unsigned *letters)
{
	size_t i = 0;

	for (*letters = 0; i < n && *letters < most; ++*letters)
		for (i++; i < n && (folded[i] & 0xC0) == 0x80;)
			i++;
	return i;
}

static uint64_t hash_bytes(const uint8_t *p, size_t n)
{
	uint64_t h = n;

	for (size_t i = 0; i < n; i++)
		h = (h ^ p[i]) * UINT64_C(0x100000001B3);
	return mix(h);
}

static bool is_numeric(uint8_t kind)
{
	return kind == NB_TOKEN_NUMBER || kind == NB_TOKEN_MIXED;
}

static const uint8_t *folded_of(const nb_tokens *t, size_t i, size_t *n)
{
	const uint32_t *place = t->scratch->place + 2 * i;

	*n = place[1] - place[0];
	return nb_token_folded(t->scratch) + place[0];
}

/* Whether only this one byte stands between token i and the one before it. */
static bool gap_is(const nb_tokens *t, size_t i, const char *text, char byte)
{
	return i > 0 && t->end[i - 1] + 1 == t->begin[i] && text[t->end[i - 1]] == byte;
}

static bool is_name(const nb_tokens *t, size_t i)
{
	return t->kind[i] == NB_TOKEN_CAPITAL && !t->sentence[i];
}

/* ---- counting ---- */

static nb_status grow_slots(nb_term_reader *r)
{
	size_t n_slots = r->n_slots ? 2 * r->n_slots : 1024;
	uint32_t *slot = calloc(n_slots, sizeof(*slot));

	if (!slot)
		return NB_ENOMEM;
	free(r->slot);
	r->slot = slot;
	r->n_slots = n_slots;
	for (size_t i = 0; i < r->n; i++) {
		size_t s = (size_t)r->found[i].hash & (n_slots - 1);

		while (slot[s])
			s = (s + 1) & (n_slots - 1);
		slot[s] = (uint32_t)i + 1;
	}
	return NB_OK;
}

/* The term with this hash, made if it is new; NULL: no memory. */
static nb_raw_term *term_of(nb_term_reader *r, uint64_t hash, unsigned letters)
{
	size_t s;

	if (2 * (r->n + 1) > r->n_slots && grow_slots(r) != NB_OK)
		return NULL;
	for (s = (size_t)hash & (r->n_slots - 1); r->slot[s]; s = (s + 1) & (r->n_slots - 1))
		if (r->found[r->slot[s] - 1].hash == hash)
			return &r->found[r->slot[s] - 1];
	if (NB_GROW(r->found, &r->found_room, r->n + 1) != NB_OK)
		return NULL;
	r->found[r->n] = (nb_raw_term){ .hash = hash, .letters = (uint8_t)letters };
	r->slot[s] = (uint32_t)++r->n;
	return &r->found[r->n - 1];
}

static void count_up(uint8_t *count)
{
	*count = (uint8_t)(*count + (*count < UINT8_MAX));
}

static void count_in(const zone *z, size_t i, bool name, nb_term *t)
{
	count_up(&t->n);
	if (z->title || i < LEAD_TOKENS)
		count_up(&t->n_lead);
	if ((z->title || (z->first && i < TITLE_TOKENS)) &&
	    (t->mark & NB_TERM_TITLE) < NB_TERM_TITLE)
		t->mark++;
	if (name)
		count_up(&t->n_name);
}

/* The term that token i stands for; 0: none. */
static uint64_t stem_of(const nb_tokens *t, size_t i, unsigned *letters)
{
	size_t n;
	const uint8_t *folded = folded_of(t, i, &n);

	if (t->kind[i] == NB_TOKEN_CHARACTER) {
		*letters = 2;
		if (i > 0 && t->kind[i - 1] == NB_TOKEN_CHARACTER && t->end[i - 1] == t->begin[i])
			return mix(t->hash[i - 1] * 31 + t->hash[i]);
		return 0;
	}
	if (is_numeric(t->kind[i])) {
		prefix(folded, n, UINT8_MAX, letters);
		return mix(t->hash[i]);
	}
	n = prefix(folded, n, STEM_LETTERS, letters);
	return *letters > 1 ? hash_bytes(folded, n) : 0;
}

/* Two neighbouring names; the first may open a sentence. */
static nb_status count_name_pair(nb_term_reader *r, const zone *z, size_t i)
{
	const nb_tokens *t = &r->tokens;
	nb_raw_term *pair;

	if (!z->names || !is_name(t, i) || t->kind[i - 1] != NB_TOKEN_CAPITAL || !r->stem[i - 1] ||
	    !(gap_is(t, i, z->text.ptr, ' ') || gap_is(t, i, z->text.ptr, '-')))
		return NB_OK;
	pair = term_of(r, mix(r->stem[i - 1] * 3 + r->stem[i]), 2 * STEM_LETTERS);
	if (!pair)
		return NB_ENOMEM;
	pair->counts.mark = NB_TERM_PAIR;
	count_up(&pair->counts.n);
	return NB_OK;
}

/* A capital after a short word: "in Hermitage", "te Utrecht", "w Warszawie". */
static bool is_place(const nb_tokens *t, size_t i, const char *text)
{
	size_t n;
	const uint8_t *folded;
	unsigned letters;

	if (!is_name(t, i) || t->kind[i - 1] != NB_TOKEN_WORD || !gap_is(t, i, text, ' '))
		return false;
	folded = folded_of(t, i - 1, &n);
	return prefix(folded, n, PLACE_WORD, &letters) == n;
}

static bool says_nothing(nb_term_reader *r, const zone *z, size_t i, bool name)
{
	const nb_tokens *t = &r->tokens;
	nb_str word = { z->text.ptr + t->begin[i], t->end[i] - t->begin[i] };

	return !name && t->kind[i] <= NB_TOKEN_CAPITAL && nb_stop_words_has(&r->stops, word);
}

static nb_status count_token(nb_term_reader *r, const zone *z, size_t i)
{
	const nb_tokens *t = &r->tokens;
	bool name = is_numeric(t->kind[i]) || (z->names && is_name(t, i));
	unsigned letters = 0;
	nb_raw_term *term;

	r->stem[i] = says_nothing(r, z, i, name) ? 0 : stem_of(t, i, &letters);
	if (!r->stem[i])
		return NB_OK;
	term = term_of(r, r->stem[i], letters);
	if (!term)
		return NB_ENOMEM;
	count_in(z, i, name, &term->counts);
	if (is_numeric(t->kind[i]))
		term->counts.mark |= NB_TERM_NUMBER;
	if (z->names && is_place(t, i, z->text.ptr))
		term->counts.mark |= NB_TERM_PLACE;
	return count_name_pair(r, z, i);
}

/* ---- ages ---- */

/* The number that token i is, if it can be an age; else 0. */
static unsigned age_number(const nb_tokens *t, size_t i)
{
	size_t n;
	const uint8_t *folded = folded_of(t, i, &n);
	unsigned x = 0;

	if (t->kind[i] != NB_TOKEN_NUMBER || n > 3)
		return 0;
	for (size_t k = 0; k < n; k++) {
		if ((uint8_t)(folded[k] - '0') > 9)
			return 0;
		x = 10 * x + (folded[k] - '0');
	}
	return x <= OLDEST ? x : 0;
}

/* Whether the word after a number makes it an age: 17-year-old, 17-jarige, 17-jahriger, ... */
static bool is_age_word(const nb_tokens *t, size_t i)
{
	size_t n;
	const uint8_t *folded;

	if (i >= t->n)
		return false;
	folded = folded_of(t, i, &n);
	for (uint32_t k = 0; k < nb_n_language_ages; k++) {
		const char *word = nb_language_ages[k].text;

		if (n >= strlen(word) && memcmp(folded, word, strlen(word)) == 0)
			return true;
	}
	return false;
}

/* "Smith, 34," and "Smith (34)": what stands before and after the number. */
static bool is_apposition(const nb_tokens *t, size_t i, const char *text, size_t len)
{
	uint32_t before = i > 0 ? t->end[i - 1] : 0;
	char open, close = t->end[i] < len ? text[t->end[i]] : 0;

	if (i == 0 || t->kind[i - 1] != NB_TOKEN_CAPITAL || before + 2 != t->begin[i])
		return false;
	open = text[before] == ',' ? ',' : text[before + 1];
	return (open == ',' && close == ',') || (open == '(' && close == ')');
}

static void note_age(const nb_tokens *t, size_t i, nb_str text, uint64_t age[2])
{
	unsigned x = age_number(t, i);

	if (x > 0 && ((is_age_word(t, i + 1) && t->begin[i + 1] == t->end[i] + 1) ||
		      is_apposition(t, i, text.ptr, text.len)))
		age[x / 64] |= UINT64_C(1) << x % 64;
}

/* ---- an article ---- */

/* Whether capitals in a title mark names, not just words. */
static bool tells_names(const nb_tokens *t)
{
	size_t capitals = 0, words = 0;

	for (size_t i = 0; i < t->n; i++) {
		words += t->kind[i] <= NB_TOKEN_CAPITAL;
		capitals += t->kind[i] == NB_TOKEN_CAPITAL;
	}
	return (double)capitals <= CAPITALS_MOST * (double)words;
}

static nb_status count_zone(nb_term_reader *r, zone *z, nb_terms_article *facts)
{
	nb_tokens *t = &r->tokens;
	nb_status status = nb_token_spans(t, z->text.ptr, z->text.len);

	NB_TRY(status, NB_GROW(r->stem, &r->stem_room, t->n));
	if (z->title)
		z->names = tells_names(t);
	for (size_t i = 0; status == NB_OK && i < t->n; i++) {
		status = count_token(r, z, i);
		note_age(t, i, z->text, facts->age);
	}
	return status;
}

/* A prefix of the text that ends between characters. */
static nb_str cut_text(nb_str text)
{
	if (text.len > NB_TERMS_TEXT)
		for (text.len = NB_TERMS_TEXT; (text.ptr[text.len] & 0xC0) == 0x80;)
			text.len--;
	return text;
}

static nb_status count_article(nb_term_reader *r, nb_str title, nb_str text,
			       nb_terms_article *facts)
{
	zone head = { .text = title, .title = true };
	zone body = { .text = cut_text(text), .names = true };
	nb_status status = NB_OK;

	/* a record whose only text is its title */
	if (title.len && title.len == text.len && memcmp(title.ptr, text.ptr, text.len) == 0)
		head.text = (nb_str){ 0 };
	if (head.text.len) {
		status = count_zone(r, &head, facts);
		facts->n_title = (uint16_t)r->tokens.n;
	}
	body.first = facts->n_title == 0;
	NB_TRY(status, count_zone(r, &body, facts));
	facts->n_words = (uint32_t)r->tokens.n;
	facts->headline = body.first && facts->n_words <= HEADLINE_MAX;
	if (body.first)
		facts->n_title = (uint16_t)(facts->n_words < TITLE_TOKENS ? facts->n_words
									  : TITLE_TOKENS);
	return status;
}

/* By part, and the facts that count distinct terms. */
static nb_status divide(nb_term_reader *r, nb_terms_article *facts)
{
	uint32_t at[NB_TERM_PARTS] = { 0 }, sum = 0;
	nb_status status = NB_GROW(r->term, &r->term_room, r->n);

	if (status != NB_OK)
		return status;
	for (size_t i = 0; i < r->n; i++) {
		const nb_raw_term *t = &r->found[i];

		at[t->hash >> 60]++;
		if (t->counts.mark & NB_TERM_NUMBER)
			count_up(&facts->n_numbers);
		if (t->counts.mark & NB_TERM_PLACE)
			count_up(&facts->n_places);
		if (t->counts.mark & NB_TERM_PAIR)
			count_up(&facts->n_names);
	}
	for (unsigned p = 0; p < NB_TERM_PARTS; p++) {
		r->part_at[p] = sum;
		sum += at[p];
		at[p] = r->part_at[p];
	}
	r->part_at[NB_TERM_PARTS] = sum;
	for (size_t i = 0; i < r->n; i++)
		r->term[at[r->found[i].hash >> 60]++] = r->found[i];
	return NB_OK;
}

nb_status nb_term_reader_read(nb_term_reader *r, const nb_night *night, uint32_t article,
			      nb_terms_article *facts)
{
	nb_article meta;
	nb_str text;
	nb_status status =
		NB_GROW(r->buffer, &r->buffer_room, (size_t)night->text_len[article] + 1);

	*facts = (nb_terms_article){ 0 };
	r->n = 0;
	if (r->slot)
		memset(r->slot, 0, r->n_slots * sizeof(*r->slot));
	NB_TRY(status, nb_night_text(night, article, r->buffer, &text));
	if (status != NB_OK)
		return status;
	nb_night_article(night, article, &meta);
	status = nb_stop_words_language(&r->stops, meta.lang);
	NB_TRY(status, count_article(r, meta.title, text, facts));
	return status == NB_OK ? divide(r, facts) : status;
}
