/* SPDX-License-Identifier: MIT
 *
 * gist.c - see gist.h.
 *
 * Texts are read by all threads, chunk by chunk; words get their numbers in one thread, in the order
 * of the reports, so the numbers do not depend on how many threads there are.
 */
#include "match/gist.h"

#include <math.h>
#include <omp.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "match/vocabulary.h"

#define CHUNK         1024u
#define MAX_LANGUAGES 256u
/* While a language has few reports all its words weigh the same; rarity takes over as they grow
 * more than this many (reference: half idf, half flat is best between 10 and 100 documents). */
#define FLAT_REPORTS 10.0

/* The tokens of one report, copied out of a thread's scratch. */
typedef struct drawn {
	uint64_t *key;   /* [0..n) */
	nb_place *place; /* [0..n) */
	uint32_t *first; /* [0..n]: concepts of token i are concept[first[i]..first[i + 1]) */
	size_t n, capacity, place_capacity, first_capacity;
	nb_concept *concept;
	size_t n_concepts, concept_capacity;
} drawn;

typedef struct reader {
	nb_concepts concepts;
	char *buffer;
	size_t capacity;
} reader;

typedef struct maker {
	const nb_night *night;
	const nb_lexicon *lexicon;
	const uint32_t *article;
	nb_gists *out;
	nb_vocabulary vocabulary;
	reader *reader; /* one a thread */
	drawn *drawn;   /* [0..CHUNK) */
	uint32_t *word_stamp, *meaning_stamp; /* the last report that had it, plus 1 */
	size_t word_stamps, meaning_stamps, word_capacity, place_capacity;
} maker;

void nb_word_lists_release(nb_word_lists *l)
{
	free(l->lang);
	free(l->at);
	free(l->word);
	*l = (nb_word_lists){ 0 };
}

void nb_gists_release(nb_gists *g)
{
	nb_word_lists_release(&g->of);
	free(g->place);
	free(g->word);
	free(g->sense);
	free(g->meaning);
	free(g->language);
	*g = (nb_gists){ 0 };
}

/* ---- languages ------------------------------------------------------------------------------- */

static nb_status number_languages(maker *m)
{
	nb_gists *g = m->out;

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

/* ---- reading --------------------------------------------------------------------------------- */

nb_str nb_gist_opening(nb_str text)
{
	size_t at = 0, characters = 0;

	while (at < text.len && characters < NB_GIST_CHARACTERS) {
		at++;
		while (at < text.len && ((unsigned char)text.ptr[at] & 0xC0) == 0x80)
			at++;
		characters++;
	}
	return (nb_str){ text.ptr, at };
}

static nb_place place_of(const nb_concept_token *token, bool title)
{
	uint32_t len = token->end - token->begin;

	if (title || len > UINT16_MAX || token->begin > UINT16_MAX)
		return (nb_place){ 0 };
	return (nb_place){ (uint16_t)token->begin, (uint16_t)len };
}

static nb_status keep_tokens(drawn *d, uint8_t lang, const nb_concepts *c, bool title)
{
	nb_status status = nb_reserve((void **)&d->key, &d->capacity, d->n + c->n, sizeof(*d->key));

	if (status == NB_OK)
		status = nb_reserve((void **)&d->place, &d->place_capacity, d->n + c->n,
				    sizeof(*d->place));
	if (status == NB_OK)
		status = nb_reserve((void **)&d->first, &d->first_capacity, d->n + c->n + 1,
				    sizeof(*d->first));
	if (status == NB_OK)
		status = nb_reserve((void **)&d->concept, &d->concept_capacity,
				    d->n_concepts + c->n_concepts, sizeof(*d->concept));
	for (size_t i = 0; status == NB_OK && i < c->n; i++) {
		const nb_concept_token *token = &c->token[i];

		if (token->n == 0)
			continue;
		d->key[d->n] = nb_word_key(lang, c, token);
		d->place[d->n] = place_of(token, title);
		d->first[d->n++] = (uint32_t)d->n_concepts;
		memcpy(d->concept + d->n_concepts, c->concept + token->first,
		       token->n * sizeof(*d->concept));
		d->n_concepts += token->n;
	}
	if (status == NB_OK)
		d->first[d->n] = (uint32_t)d->n_concepts;
	return status;
}

static nb_status draw_text(maker *m, reader *r, drawn *d, uint8_t lang, nb_str text,
			   bool title)
{
	char code[3] = { 0 };
	nb_status status;

	memcpy(code, m->out->language[lang], 2);
	status = nb_concepts_text(&r->concepts, m->lexicon, code, text.ptr, text.len);
	return status == NB_OK ? keep_tokens(d, lang, &r->concepts, title) : status;
}

static nb_status draw_report(maker *m, reader *r, drawn *d, uint32_t i)
{
	uint32_t article = m->article[i];
	uint8_t lang = m->out->of.lang[i];
	nb_article a;
	nb_str text;
	nb_status status = nb_reserve((void **)&r->buffer, &r->capacity,
				      (size_t)m->night->text_len[article] + 1, 1);

	d->n = d->n_concepts = 0;
	nb_night_article(m->night, article, &a);
	if (status == NB_OK)
		status = nb_night_text(m->night, article, r->buffer, &text);
	/* the opening first: a word that both have is shown there */
	if (status == NB_OK)
		status = draw_text(m, r, d, lang, nb_gist_opening(text), false);
	if (status == NB_OK && a.title.len)
		status = draw_text(m, r, d, lang, a.title, true);
	return status;
}

/* ---- numbering ------------------------------------------------------------------------------- */

/* Room for stamps of everything the vocabulary has. */
static nb_status grow_stamps(uint32_t **stamp, size_t *stamps, size_t need)
{
	size_t old = *stamps;
	nb_status status = nb_reserve((void **)stamp, stamps, need, sizeof(**stamp));

	if (status == NB_OK && *stamps > old)
		memset(*stamp + old, 0, (*stamps - old) * sizeof(**stamp));
	return status;
}

static void count_meanings(maker *m, const nb_word *word, uint32_t stamp)
{
	nb_vocabulary *v = &m->vocabulary;

	for (uint32_t s = 0; s < word->n_senses; s++) {
		uint32_t meaning = v->sense[word->sense_at + s].meaning;

		v->meaning[meaning].df += m->meaning_stamp[meaning] != stamp;
		m->meaning_stamp[meaning] = stamp;
	}
}

static nb_status take_word(maker *m, const drawn *d, size_t token, uint32_t i)
{
	nb_vocabulary *v = &m->vocabulary;
	nb_gists *g = m->out;
	uint64_t *end = &g->of.at[i + 1];
	uint32_t number;
	nb_status status = nb_vocabulary_word(v, d->key[token], g->of.lang[i],
					      d->concept + d->first[token],
					      d->first[token + 1] - d->first[token], &number);

	if (status == NB_OK)
		status = grow_stamps(&m->word_stamp, &m->word_stamps, v->words.used);
	if (status == NB_OK)
		status = grow_stamps(&m->meaning_stamp, &m->meaning_stamps, v->meanings.used);
	if (status == NB_OK)
		status = nb_reserve((void **)&g->of.word, &m->word_capacity, *end + 1,
				    sizeof(*g->of.word));
	if (status == NB_OK)
		status = nb_reserve((void **)&g->place, &m->place_capacity, *end + 1,
				    sizeof(*g->place));
	if (status != NB_OK || m->word_stamp[number] == i + 1)
		return status;
	m->word_stamp[number] = i + 1;
	v->word[number].df++;
	count_meanings(m, &v->word[number], i + 1);
	g->place[*end] = d->place[token];
	g->of.word[(*end)++] = number;
	return NB_OK;
}

static nb_status take_report(maker *m, const drawn *d, uint32_t i)
{
	nb_status status = NB_OK;

	m->out->of.at[i + 1] = m->out->of.at[i];
	for (size_t token = 0; status == NB_OK && token < d->n; token++)
		status = take_word(m, d, token, i);
	return status;
}

static nb_status take_chunk(maker *m, uint32_t begin, uint32_t end)
{
	int worst = NB_OK;
	nb_status status;

#pragma omp parallel for schedule(dynamic, 16) reduction(min : worst)
	for (uint32_t i = begin; i < end; i++) {
		nb_status one = draw_report(m, &m->reader[omp_get_thread_num()],
					    &m->drawn[i - begin], i);

		worst = (int)one < worst ? (int)one : worst;
	}
	status = (nb_status)worst;
	for (uint32_t i = begin; status == NB_OK && i < end; i++)
		status = take_report(m, &m->drawn[i - begin], i);
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

static void weigh(nb_gists *g)
{
	uint32_t n[MAX_LANGUAGES] = { 0 };

	for (uint32_t i = 0; i < g->of.n; i++)
		n[g->of.lang[i]]++;
	for (uint32_t w = 0; w < g->n_words; w++) {
		nb_word *word = &g->word[w];

		word->weight = rarity(word->df, n[word->lang]);
		for (uint32_t s = 0; s < word->n_senses; s++) {
			nb_meaning *meaning = &g->meaning[g->sense[word->sense_at + s].meaning];

			meaning->weight = rarity(meaning->df, n[word->lang]);
		}
	}
}

typedef struct weighed {
	float weight;
	uint32_t rank, word; /* rank: as it came */
	nb_place place;
} weighed;

static int heavier_first(const void *x, const void *y)
{
	const weighed *a = x, *b = y;

	if (a->weight != b->weight)
		return a->weight > b->weight ? -1 : 1;
	return a->rank < b->rank ? -1 : a->rank > b->rank;
}

static nb_status sort_words(nb_gists *g, uint32_t i, weighed **list, size_t *capacity)
{
	uint32_t *word = g->of.word + g->of.at[i];
	nb_place *place = g->place + g->of.at[i];
	uint32_t n = (uint32_t)(g->of.at[i + 1] - g->of.at[i]);

	if (nb_reserve((void **)list, capacity, (size_t)n + 1, sizeof(**list)) != NB_OK)
		return NB_ENOMEM;
	for (uint32_t k = 0; k < n; k++)
		(*list)[k] = (weighed){ g->word[word[k]].weight, k, word[k], place[k] };
	qsort(*list, n, sizeof(**list), heavier_first);
	for (uint32_t k = 0; k < n; k++) {
		word[k] = (*list)[k].word;
		place[k] = (*list)[k].place;
	}
	return NB_OK;
}

/* Heaviest words first, the rest dropped. */
static nb_status keep_heaviest(nb_gists *g)
{
	uint64_t begin = 0, end = 0;
	int worst = NB_OK;

#pragma omp parallel reduction(min : worst)
	{
		weighed *list = NULL;
		size_t capacity = 0;

#pragma omp for schedule(dynamic, 256)
		for (uint32_t i = 0; i < g->of.n; i++) {
			int one = sort_words(g, i, &list, &capacity);

			worst = one < worst ? one : worst;
		}
		free(list);
	}
	for (uint32_t i = 0; i < g->of.n; i++) {
		uint64_t n = g->of.at[i + 1] - begin;

		n = n < NB_GIST_WORDS ? n : NB_GIST_WORDS;
		memmove(g->of.word + end, g->of.word + begin, n * sizeof(*g->of.word));
		memmove(g->place + end, g->place + begin, n * sizeof(*g->place));
		begin = g->of.at[i + 1];
		end += n;
		g->of.at[i + 1] = end;
	}
	return (nb_status)worst;
}

/* ---------------------------------------------------------------------------------------------- */

static nb_status maker_init(maker *m)
{
	nb_gists *g = m->out;

	g->of.lang = calloc((size_t)g->of.n + 1, sizeof(*g->of.lang));
	g->of.at = calloc((size_t)g->of.n + 2, sizeof(*g->of.at));
	m->reader = calloc((size_t)omp_get_max_threads(), sizeof(*m->reader));
	m->drawn = calloc(CHUNK, sizeof(*m->drawn));
	return g->of.lang && g->of.at && m->reader && m->drawn ? NB_OK : NB_ENOMEM;
}

static void maker_release(maker *m)
{
	for (int i = 0; m->reader && i < omp_get_max_threads(); i++) {
		nb_concepts_release(&m->reader[i].concepts);
		free(m->reader[i].buffer);
	}
	for (uint32_t i = 0; m->drawn && i < CHUNK; i++) {
		free(m->drawn[i].key);
		free(m->drawn[i].place);
		free(m->drawn[i].first);
		free(m->drawn[i].concept);
	}
	free(m->reader);
	free(m->drawn);
	free(m->word_stamp);
	free(m->meaning_stamp);
	nb_vocabulary_release(&m->vocabulary);
}

/* The vocabulary's arrays become the gists' own. */
static void hand_over(maker *m)
{
	nb_gists *g = m->out;
	nb_vocabulary *v = &m->vocabulary;

	g->word = v->word;
	g->n_words = (uint32_t)v->words.used;
	g->sense = v->sense;
	g->meaning = v->meaning;
	g->n_meanings = (uint32_t)v->meanings.used;
	g->n_concepts = (uint32_t)v->concepts.used;
	v->word = NULL;
	v->sense = NULL;
	v->meaning = NULL;
}

nb_status nb_gists_make(const nb_night *night, const nb_lexicon *lexicon, const uint32_t *article,
			uint32_t n, nb_gists *out, nb_error *err)
{
	maker m = { .night = night, .lexicon = lexicon, .article = article, .out = out };
	nb_status status;

	*out = (nb_gists){ .of.n = n };
	status = maker_init(&m);
	if (status == NB_OK)
		status = number_languages(&m);
	for (uint32_t i = 0; status == NB_OK && i < n; i += CHUNK)
		status = take_chunk(&m, i, n - i < CHUNK ? n : i + CHUNK);
	hand_over(&m);
	maker_release(&m);
	if (status == NB_OK) {
		weigh(out);
		status = keep_heaviest(out);
	}
	if (status != NB_OK) {
		nb_gists_release(out);
		return nb_fail(err, status, NULL, "cannot read what reports say");
	}
	return NB_OK;
}
