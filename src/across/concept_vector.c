/* SPDX-License-Identifier: MIT
 *
 * concept_vector.c - see concept_vector.h.
 *
 * Texts are read by all threads, chunk by chunk; words get their numbers in one thread, in the order
 * of the reports, so the numbers do not depend on how many threads there are.
 */
#include "across/concept_vector.h"

#include <math.h>
#include <omp.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/radix.h"
#include "across/concept_reader.h"

#define CHUNK         4096u
#define MAX_LANGUAGES 256u
/* While a language has few reports all its words weigh the same; rarity takes over as they grow
 * more than this many (reference: half idf, half flat is best between 10 and 100 documents). */
#define FLAT_REPORTS 10.0

typedef struct maker {
	const nb_night *night;
	const nb_lexicon *lexicon;
	const uint32_t *article;
	nb_concept_vectors *out;
	nb_vocabulary vocabulary;
	nb_concept_reader *reader; /* one a thread */
	nb_drawn *drawn;        /* [0..CHUNK) */
	uint32_t *order;        /* [0..CHUNK): reports of a chunk in the order of reading */
	size_t word_capacity, place_capacity;
} maker;

void nb_word_lists_release(nb_word_lists *l)
{
	free(l->lang);
	free(l->at);
	free(l->word);
	*l = (nb_word_lists){ 0 };
}

void nb_concept_vectors_release(nb_concept_vectors *g)
{
	nb_word_lists_release(&g->of);
	free(g->place);
	free(g->word);
	free(g->sense);
	free(g->language);
	*g = (nb_concept_vectors){ 0 };
}

/* ---- languages ------------------------------------------------------------------------------- */

static nb_status number_languages(maker *m)
{
	nb_concept_vectors *g = m->out;

	g->language = calloc(MAX_LANGUAGES, sizeof(*g->language));
	if (!g->language)
		return NB_ENOMEM;
	g->n_languages = 1;
	for (uint32_t i = 0; i < g->of.n; i++) {
		nb_article a;
		uint32_t k = 0;
		size_t len;

		nb_night_article(m->night, m->article[i], &a);
		len = a.lang.len < 3 ? a.lang.len : 3;
		while (k < g->n_languages && (strlen(g->language[k]) != len ||
					      (len && memcmp(g->language[k], a.lang.ptr, len) != 0)))
			k++;
		if (k == MAX_LANGUAGES)
			return NB_ELIMIT;
		if (k == g->n_languages) {
			memcpy(g->language[k], a.lang.ptr, len);
			g->n_languages++;
		}
		g->of.lang[i] = (uint8_t)k;
	}
	return NB_OK;
}

/* ---- numbering ------------------------------------------------------------------------------- */

static nb_status take_report(maker *m, const nb_drawn *d, uint32_t i)
{
	nb_concept_vectors *g = m->out;
	uint64_t *end = &g->of.at[i + 1];
	nb_status status = NB_GROW(g->of.word, &m->word_capacity, g->of.at[i] + d->n);

	*end = g->of.at[i];
	NB_TRY(status, NB_GROW(g->place, &m->place_capacity, *end + d->n));
	for (size_t k = 0; status == NB_OK && k < d->n; k++) {
		const nb_drawn_word *word = &d->word[k];
		uint32_t number = word->number;

		if (number == NB_NO_WORD)
			status = nb_vocabulary_word(&m->vocabulary, word->key, g->of.lang[i],
						    d->concept + word->concept, word->n_concepts,
						    &number);
		g->place[*end] = word->place;
		g->of.word[(*end)++] = number;
	}
	return status;
}

/* Language by language: what is looked up in a lexicon and in the cache of words stays near. */
static void order_chunk(maker *m, uint32_t begin, uint32_t end)
{
	const uint8_t *lang = m->out->of.lang;
	uint32_t at[MAX_LANGUAGES + 1] = { 0 };

	for (uint32_t i = begin; i < end; i++)
		at[lang[i] + 1]++;
	for (uint32_t k = 1; k < MAX_LANGUAGES; k++)
		at[k] += at[k - 1];
	for (uint32_t i = begin; i < end; i++)
		m->order[at[lang[i]]++] = i;
}

static nb_status take_chunk(maker *m, uint32_t begin, uint32_t end)
{
	const nb_concept_vectors *g = m->out;
	nb_status status = NB_OK;

	order_chunk(m, begin, end);
#pragma omp parallel for schedule(dynamic, 16) reduction(nb_worst : status)
	for (uint32_t k = 0; k < end - begin; k++) {
		uint32_t i = m->order[k];
		nb_status one =
			nb_concept_read(&m->reader[omp_get_thread_num()], m->night, m->lexicon,
					&m->vocabulary, m->article[i], g->of.lang[i],
					g->language[g->of.lang[i]], &m->drawn[i - begin]);

		status = nb_worse(status, one);
	}
	for (uint32_t i = begin; status == NB_OK && i < end; i++)
		status = take_report(m, &m->drawn[i - begin], i);
	return status;
}

/* ---- counting -------------------------------------------------------------------------------- */

static void add_one(uint32_t *count)
{
#pragma omp atomic
	++*count;
}

/* One more report has these words, and can mean what they mean: df[0..n_meanings). */
static nb_status count_report(nb_concept_vectors *g, uint32_t i, nb_small_set *meanings,
			      uint32_t *df)
{
	size_t n = 0;
	nb_status status;

	for (uint64_t k = g->of.at[i]; k < g->of.at[i + 1]; k++)
		n += g->word[g->of.word[k]].n_senses;
	status = nb_small_set_begin(meanings, n);
	for (uint64_t k = g->of.at[i]; status == NB_OK && k < g->of.at[i + 1]; k++) {
		nb_word *word = &g->word[g->of.word[k]];

		add_one(&word->df);
		for (uint32_t s = 0; s < word->n_senses; s++) {
			uint32_t meaning = g->sense[word->sense_at + s].meaning;

			if (nb_small_set_add(meanings, meaning))
				add_one(&df[meaning]);
		}
	}
	return status;
}

static nb_status count(nb_concept_vectors *g, uint32_t *df)
{
	nb_status status = NB_OK;

#pragma omp parallel reduction(nb_worst : status)
	{
		nb_small_set meanings = { 0 };

#pragma omp for schedule(dynamic, 256)
		for (uint32_t i = 0; i < g->of.n; i++) {
			nb_status one = count_report(g, i, &meanings, df);

			status = nb_worse(status, one);
		}
		nb_small_set_release(&meanings);
	}
	return status;
}

/* ---- weights --------------------------------------------------------------------------------- */

/* Inverse document frequency on a scale from 0 to 1, flat while n is small (crosslanguage: with
 * fewer than about 10 documents counted frequencies are noise). */
static float rarity(uint32_t df, uint32_t n)
{
	double idf = log((n + 1.0) / (df + 0.5)) / log(n + 1.0);

	idf = idf > 1 ? 1 : idf < 0.01 ? 0.01 : idf;
	return (float)((FLAT_REPORTS + n * idf) / (FLAT_REPORTS + n));
}

static void weigh_words(nb_concept_vectors *g, const uint32_t *df)
{
	uint32_t n[MAX_LANGUAGES] = { 0 };

	for (uint32_t i = 0; i < g->of.n; i++)
		n[g->of.lang[i]]++;
	for (uint32_t w = 0; w < g->n_words; w++) {
		nb_word *word = &g->word[w];

		word->weight = rarity(word->df, n[word->lang]);
		for (uint32_t s = 0; s < word->n_senses; s++) {
			nb_sense *sense = &g->sense[word->sense_at + s];

			sense->rarity = rarity(df[sense->meaning], n[word->lang]);
		}
	}
}

static nb_status weigh(nb_concept_vectors *g)
{
	uint32_t *df = calloc((size_t)g->n_meanings + 1, sizeof(*df));
	nb_status status = df ? count(g, df) : NB_ENOMEM;

	if (status == NB_OK)
		weigh_words(g, df);
	free(df);
	return status;
}

/* What one thread sorts with. */
typedef struct sorter {
	uint64_t *key; /* [0..2 n): weight and rank in one, and room to sort */
	uint32_t *word;
	nb_word_place *place;
	size_t capacity, word_capacity, place_capacity;
} sorter;

static void sorter_release(sorter *s)
{
	free(s->key);
	free(s->word);
	free(s->place);
}

static nb_status sorter_room(sorter *s, size_t n)
{
	nb_status status = NB_GROW(s->key, &s->capacity, 2 * n);

	NB_TRY(status, NB_GROW(s->word, &s->word_capacity, n));
	NB_TRY(status, NB_GROW(s->place, &s->place_capacity, n));
	return status;
}

/* Sorts heavier words first, equal ones as they came: bits of a positive float ascend with it. */
static uint64_t sort_key(float weight, uint32_t rank)
{
	uint32_t bits;

	memcpy(&bits, &weight, sizeof(bits));
	return (uint64_t)~bits << 32 | rank;
}

static nb_status sort_words(nb_concept_vectors *g, uint32_t i, sorter *s)
{
	uint32_t *word = g->of.word + g->of.at[i];
	nb_word_place *place = g->place + g->of.at[i];
	uint32_t n = (uint32_t)(g->of.at[i + 1] - g->of.at[i]);
	uint32_t most = n < NB_CONCEPT_WORDS ? n : NB_CONCEPT_WORDS;

	if (sorter_room(s, (size_t)n + 1) != NB_OK)
		return NB_ENOMEM;
	for (uint32_t k = 0; k < n; k++)
		s->key[k] = sort_key(g->word[word[k]].weight, k);
	nb_radix_sort_serial(s->key, n, s->key + n);
	for (uint32_t k = 0; k < most; k++) {
		s->word[k] = word[(uint32_t)s->key[k]];
		s->place[k] = place[(uint32_t)s->key[k]];
	}
	memcpy(word, s->word, most * sizeof(*word));
	memcpy(place, s->place, most * sizeof(*place));
	return NB_OK;
}

/* Give back the room of what was dropped: half of it, and what follows needs room of its own. */
static void shrink(nb_concept_vectors *g)
{
	size_t n = g->of.at[g->of.n] + 1;
	uint32_t *word = realloc(g->of.word, n * sizeof(*word));
	nb_word_place *place = realloc(g->place, n * sizeof(*place));

	g->of.word = word ? word : g->of.word;
	g->place = place ? place : g->place;
}

/* Heaviest words first, the rest dropped. */
static nb_status keep_heaviest(nb_concept_vectors *g)
{
	uint64_t begin = 0, end = 0;
	nb_status status = NB_OK;

	if (!g->of.word)
		return NB_OK; /* no report has a word */
#pragma omp parallel reduction(nb_worst : status)
	{
		sorter s = { 0 };

#pragma omp for schedule(dynamic, 256)
		for (uint32_t i = 0; i < g->of.n; i++) {
			nb_status one = sort_words(g, i, &s);

			status = nb_worse(status, one);
		}
		sorter_release(&s);
	}
	for (uint32_t i = 0; i < g->of.n; i++) {
		uint64_t n = g->of.at[i + 1] - begin;

		n = n < NB_CONCEPT_WORDS ? n : NB_CONCEPT_WORDS;
		memmove(g->of.word + end, g->of.word + begin, n * sizeof(*g->of.word));
		memmove(g->place + end, g->place + begin, n * sizeof(*g->place));
		begin = g->of.at[i + 1];
		end += n;
		g->of.at[i + 1] = end;
	}
	shrink(g);
	return status;
}

/* ---------------------------------------------------------------------------------------------- */

static nb_status maker_init(maker *m)
{
	nb_concept_vectors *g = m->out;

	g->of.lang = calloc((size_t)g->of.n + 1, sizeof(*g->of.lang));
	g->of.at = calloc((size_t)g->of.n + 2, sizeof(*g->of.at));
	m->reader = calloc((size_t)omp_get_max_threads(), sizeof(*m->reader));
	m->drawn = calloc(CHUNK, sizeof(*m->drawn));
	m->order = calloc(CHUNK, sizeof(*m->order));
	return g->of.lang && g->of.at && m->reader && m->drawn && m->order ? NB_OK : NB_ENOMEM;
}

static void maker_release(maker *m)
{
	for (int i = 0; m->reader && i < omp_get_max_threads(); i++)
		nb_concept_reader_release(&m->reader[i]);
	for (uint32_t i = 0; m->drawn && i < CHUNK; i++)
		nb_drawn_release(&m->drawn[i]);
	free(m->reader);
	free(m->drawn);
	free(m->order);
	nb_vocabulary_release(&m->vocabulary);
}

/* The vocabulary's arrays become the vectors' own. */
static void hand_over(maker *m)
{
	nb_concept_vectors *g = m->out;
	nb_vocabulary *v = &m->vocabulary;

	g->word = v->word;
	g->n_words = (uint32_t)v->words.used;
	g->sense = v->sense;
	g->n_meanings = (uint32_t)v->meanings.used;
	g->n_concepts = (uint32_t)v->concepts.used;
	v->word = NULL;
	v->sense = NULL;
}

nb_status nb_concept_vectors_make(const nb_night *night, const nb_lexicon *lexicon,
				  const uint32_t *article, uint32_t n, nb_concept_vectors *out,
				  nb_error *err)
{
	maker m = { .night = night, .lexicon = lexicon, .article = article, .out = out };
	nb_status status;

	*out = (nb_concept_vectors){ .of.n = n };
	status = maker_init(&m);
	NB_TRY(status, number_languages(&m));
	for (uint32_t i = 0; status == NB_OK && i < n; i += CHUNK)
		status = take_chunk(&m, i, n - i < CHUNK ? n : i + CHUNK);
	hand_over(&m);
	maker_release(&m);
	NB_TRY(status, weigh(out));
	NB_TRY(status, keep_heaviest(out));
	if (status != NB_OK) {
		nb_concept_vectors_release(out);
		return nb_fail(err, status, NULL, "cannot read what reports say");
	}
	return NB_OK;
}
