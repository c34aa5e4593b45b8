/* SPDX-License-Identifier: MIT
 *
 * gen_vocabulary.c - see gen_vocabulary.h.
 *
 * A word is made of syllables, syllables of the lists of its language; word k of a language
 * depends on (seed, language, k) alone.
 */
#include "gen_vocabulary.h"

#include <stdlib.h>
#include <string.h>

#include "chance.h"
#include "newsbraid/nb.h"

#define LIST_MAX 64u

struct list {
	nb_str item[LIST_MAX];
	uint32_t n;
};

/* The items of a blank-separated list. */
static void split(struct list *list, const char *s)
{
	for (list->n = 0; *s && list->n < LIST_MAX; list->n++) {
		size_t len = strcspn(s, " ");

		list->item[list->n] = (nb_str){ s, len };
		s += len + (s[len] == ' ');
	}
}

static void put_char(struct word *w, uint32_t cp)
{
	unsigned n = cp < 0x80 ? 1 : cp < 0x800 ? 2 : 3;

	if (w->len + n >= sizeof(w->text))
		return;
	if (n == 1) {
		w->text[w->len++] = (char)cp;
		return;
	}
	w->text[w->len++] = (char)(n == 2 ? 0xc0 | cp >> 6 : 0xe0 | cp >> 12);
	if (n == 3)
		w->text[w->len++] = (char)(0x80 | (cp >> 6 & 0x3f));
	w->text[w->len++] = (char)(0x80 | (cp & 0x3f));
}

/* Add letters as they stand in the lists. */
static void put_letters(struct word *w, const struct language *l, nb_str s)
{
	if (s.len == 1 && s.ptr[0] == '_')
		return;
	if (!l->cyrillic) {
		if (w->len + s.len < sizeof(w->text)) {
			memcpy(w->text + w->len, s.ptr, s.len);
			w->len = (uint8_t)(w->len + s.len);
		}
		return;
	}
	for (size_t i = 0; i < s.len; i++)
		put_char(w, cyrillic[s.ptr[i] & 0x7f]);
}

/* Frequent words are short (Zipf's law of abbreviation). */
static unsigned syllables(uint32_t rank, struct rng *r)
{
	if (rank >= N_WORDS)
		return between(r, 2, 3);
	if (rank < 300)
		return 1;
	return rank < 4000 ? between(r, 1, 2) : between(r, 2, 3);
}

/* One to three of 3,000 unified ideographs, some drawn far more often than others. */
static void make_han_word(struct word *w, unsigned n, struct rng *r)
{
	for (; n > 0; n--) {
		uint32_t a = below(r, 3000), b = below(r, 3000);

		put_char(w, 0x4e00 + (a < b ? a : b) * 6967 % 20900);
	}
}

static void make_word(struct word *w, const struct language *l, const struct list part[3],
		      uint32_t rank, struct rng *r)
{
	unsigned n = syllables(rank, r);

	if (l->han) {
		make_han_word(w, n, r);
		return;
	}
	for (unsigned i = 1; i <= n; i++) {
		put_letters(w, l, part[0].item[below(r, part[0].n)]);
		put_letters(w, l, part[1].item[below(r, part[1].n)]);
		if (below(r, 3) == 0 || (i == n && below(r, 3)))
			put_letters(w, l, part[2].item[below(r, part[2].n)]);
	}
}

static int make_vocabulary(struct vocabulary *v, unsigned language, uint64_t seed)
{
	const struct language *l = &languages[language];
	struct list part[3], frequent, month;

	split(&part[0], l->onset);
	split(&part[1], l->nucleus);
	split(&part[2], l->coda);
	split(&frequent, l->frequent);
	split(&month, l->month);
	v->word = calloc(N_WORDS + N_NAMES, sizeof(*v->word));
	v->noun = calloc(N_WORDS, 1);
	if (!v->word || !v->noun)
		return -1;
	for (uint32_t k = 0; k < N_WORDS + N_NAMES; k++) {
		struct rng r = { hash3(seed, FOR_WORD, language, k) };

		if (k < frequent.n)
			put_letters(&v->word[k], l, frequent.item[k]);
		else
			make_word(&v->word[k], l, part, k, &r);
		if (k < N_WORDS)
			v->noun[k] = l->nouns && k >= 60 && chance(&r, ALWAYS * 2 / 5);
	}
	for (unsigned k = 0; k < 12; k++)
		put_letters(&v->month[k], l, month.item[k]);
	return 0;
}

/* Rank r has weight 1 / (r + 2.7). */
static void make_zipf(uint16_t zipf[(1 << ZIPF_BITS) + 1])
{
	uint64_t total = 0, sum = 0;
	uint32_t k = 0;

	for (uint32_t r = 1; r <= N_WORDS; r++)
		total += (UINT64_C(10) << 40) / (10 * r + 27);
	for (uint32_t r = 1; r <= N_WORDS; r++) {
		sum += (UINT64_C(10) << 40) / (10 * r + 27);
		for (; k <= 1 << ZIPF_BITS && k * (total >> ZIPF_BITS) < sum; k++)
			zipf[k] = (uint16_t)(r - 1);
	}
	for (; k <= 1 << ZIPF_BITS; k++)
		zipf[k] = N_WORDS - 1;
}

uint32_t draw_word(const struct words *w, uint32_t bits)
{
	uint32_t quantile = bits >> 16;
	uint32_t least = w->zipf[quantile], most = w->zipf[quantile + 1];

	return least + ((bits & 0xffff) * (most - least + 1) >> 16);
}

void words_release(struct words *w)
{
	for (unsigned l = 0; l < N_LANGUAGES; l++) {
		free(w->of[l].word);
		free(w->of[l].noun);
	}
}

int words_init(struct words *w, uint64_t seed)
{
	int failed = 0;

	*w = (struct words){ .seed = seed };
	make_zipf(w->zipf);
#pragma omp parallel for schedule(dynamic, 1) reduction(| : failed)
	for (unsigned l = 0; l < N_LANGUAGES; l++)
		failed |= make_vocabulary(&w->of[l], l, seed) < 0;
	return failed ? -1 : 0;
}
