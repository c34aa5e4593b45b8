/* SPDX-License-Identifier: MIT
 *
 * terms.c - see terms.h.
 *
 * Texts are read once, in blocks: a block is read by all threads, its terms are counted by parts of
 * the table, then each article keeps its heaviest terms by the frequencies known so far.  What is
 * known after the first block is near enough to what will be known at the end, and a night of one
 * block is exact.  The alternative, reading every text twice, costs more than all the rest.
 */
#include "newsbraid/terms.h"

#include <math.h>
#include <omp.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/radix.h"
#include "related/term_counts.h"
#include "related/term_table.h"

#define BLOCK 16384u /* articles */

/* The blend of crosslanguage.md: flat weights count like this many articles. */
#define FLAT_ARTICLES 10.0
#define SHORT_WEIGHT  0.2  /* flat weight of words of up to SHORT_LETTERS letters */
#define SHORT_LETTERS 3u
#define COMMON_SHARE  0.2  /* terms in more of the articles say nothing */
#define NO_WEIGHT     0.05 /* a term that only its flat weight carries, below this, is dropped */

typedef struct block {
	nb_raw_term **term; /* [0..BLOCK): of each article, by part */
	uint32_t (*part_at)[NB_TERM_PARTS + 1];
} block;

/* What one thread needs. */
typedef struct worker {
	nb_term_reader reader;
	uint64_t *key, *scratch;
	size_t key_room, scratch_room;
} worker;

typedef struct counting {
	const nb_night *night;
	const nb_lexicon *lexicon;
	const uint32_t *article;
	uint32_t n;
	nb_terms *out;
	nb_term_table table;
	block block;
	worker *worker;
	int n_workers;
	size_t term_room;
} counting;

void nb_terms_release(nb_terms *t)
{
	free(t->article);
	free(t->term);
	free(t->df);
	free(t->weight);
	*t = (nb_terms){ 0 };
}

/* ---- weights ---- */

/*
 * Weight of a term that df of n articles have.  In a night of many: its inverse frequency over the
 * largest there is; 0 for those that no other has or that very many have.  In a night of few, where
 * an event can be in most articles, that counts little and the flat weight much, which falls
 * for words that stand in many of the few.
 */
static double weight_of(uint32_t df, uint32_t n, unsigned letters)
{
	double share = (double)n / (FLAT_ARTICLES + n), idf = 0, w;
	double flat = (letters <= SHORT_LETTERS ? SHORT_WEIGHT : 1) * (1 - (df - 1.0) / n);

	if (df >= 2 && df < (share * COMMON_SHARE + 1 - share) * n)
		idf = log((n + 1.0) / (df + 0.5)) / log(n + 1.0);
	w = share * idf + (1 - share) * flat;
	return idf > 0 || w >= NO_WEIGHT ? w : 0;
}

static float weight_now(const counting *c, uint32_t id, uint32_t n_seen, bool last)
{
	uint32_t df = nb_term_df(&c->table, id);

	/* a term seen once may still come again */
	return (float)weight_of(df == 1 && !last ? 2 : df, n_seen,
				c->table.part[id % NB_TERM_PARTS].letters[id / NB_TERM_PARTS]);
}

/* ---- a block ---- */

static nb_status read_article(counting *c, worker *w, uint32_t begin, uint32_t i)
{
	nb_term_reader *r = &w->reader;
	nb_status status = nb_term_reader_read(r, c->night, c->article[i], &c->out->article[i]);
	nb_raw_term *copy;

	if (status != NB_OK)
		return status;
	copy = malloc((r->n + 1) * sizeof(*copy));
	if (!copy)
		return NB_ENOMEM;
	if (r->n)
		memcpy(copy, r->term, r->n * sizeof(*copy));
	c->block.term[i - begin] = copy;
	memcpy(c->block.part_at[i - begin], r->part_at, sizeof(r->part_at));
	return NB_OK;
}

static nb_status read_block(counting *c, uint32_t begin, uint32_t end)
{
	nb_status status = NB_OK;

#pragma omp parallel for schedule(dynamic, 64) reduction(nb_worst : status)
	for (uint32_t i = begin; i < end; i++) {
		nb_status one = read_article(c, &c->worker[omp_get_thread_num()], begin, i);

		status = nb_worse(status, one);
	}
	return status;
}

static nb_status count_block(counting *c, uint32_t n)
{
	nb_status status = NB_OK;

#pragma omp parallel for schedule(dynamic, 1) reduction(nb_worst : status)
	for (unsigned p = 0; p < NB_TERM_PARTS; p++)
		for (uint32_t i = 0; i < n; i++) {
			const uint32_t *at = c->block.part_at[i];
			nb_status one = nb_term_table_add(&c->table, p, c->block.term[i] + at[p],
							  at[p + 1] - at[p]);

			status = nb_worse(status, one);
		}
	return status;
}

/* A term as one number that sorts by id, and back. */
static uint64_t pack(const nb_raw_term *r)
{
	nb_term t = r->counts;

	return (uint64_t)r->id << 32 | (uint32_t)t.n << 24 | (uint32_t)t.n_lead << 16 |
	       (uint32_t)t.n_name << 8 | t.mark;
}

static nb_term unpack(uint64_t x)
{
	return (nb_term){ .id = (uint32_t)(x >> 32),
			  .n = (uint8_t)(x >> 24),
			  .n_lead = (uint8_t)(x >> 16),
			  .n_name = (uint8_t)(x >> 8),
			  .mark = (uint8_t)x };
}

/* A number that sorts the heaviest first, then by place: positive floats are in the order of their
 * bits. */
static uint64_t heavy_key(float weight, uint32_t place)
{
	uint32_t bits;

	memcpy(&bits, &weight, sizeof(bits));
	return (uint64_t)~bits << 32 | place;
}

/* The heaviest terms of an article to the front of its list, ascending by id; how many. */
static uint32_t choose(const counting *c, worker *w, nb_raw_term *term, uint32_t n, uint32_t n_seen,
		       bool last)
{
	uint64_t *key = w->key, *chosen = (uint64_t *)term;
	uint32_t kept = 0, most;

	for (uint32_t i = 0; i < n; i++) {
		float weight = weight_now(c, term[i].id, n_seen, last);

		if (weight > 0)
			key[kept++] = heavy_key(weight * c->out->ln[term[i].counts.n], i);
	}
	most = kept < NB_TERMS_KEPT ? kept : NB_TERMS_KEPT;
	if (kept > most)
		nb_radix_sort_serial(key, kept, w->scratch);
	for (uint32_t i = 0; i < most; i++)
		key[i] = pack(&term[(uint32_t)key[i]]);
	nb_radix_sort_serial(key, most, w->scratch);
	if (most)
		memcpy(chosen, key, most * sizeof(*key));
	return most;
}

static nb_status choose_block(counting *c, uint32_t begin, uint32_t end)
{
	nb_status status = NB_OK;

#pragma omp parallel for schedule(dynamic, 64) reduction(nb_worst : status)
	for (uint32_t i = begin; i < end; i++) {
		worker *w = &c->worker[omp_get_thread_num()];
		uint32_t n = c->block.part_at[i - begin][NB_TERM_PARTS];

		if (NB_GROW(w->key, &w->key_room, n) != NB_OK ||
		    NB_GROW(w->scratch, &w->scratch_room, n))
			status = NB_ENOMEM;
		else
			c->out->article[i].n = (uint16_t)choose(c, w, c->block.term[i - begin], n,
								end, end == c->n);
	}
	return status;
}

static nb_status keep_block(counting *c, uint32_t begin, uint32_t end)
{
	nb_terms *out = c->out;
	size_t sum = out->n_kept;
	nb_status status;

	for (uint32_t i = begin; i < end; i++)
		sum += out->article[i].n;
	status = NB_GROW(out->term, &c->term_room, sum);
	for (uint32_t i = begin; status == NB_OK && i < end; i++) {
		const uint64_t *chosen = (const uint64_t *)c->block.term[i - begin];

		out->article[i].at = out->n_kept;
		for (uint32_t k = 0; k < out->article[i].n; k++)
			out->term[out->n_kept++] = unpack(chosen[k]);
	}
	return status;
}

static void free_block(counting *c)
{
	for (uint32_t i = 0; c->block.term && i < BLOCK; i++) {
		free(c->block.term[i]);
		c->block.term[i] = NULL;
	}
}

static nb_status take_block(counting *c, uint32_t begin, uint32_t end)
{
	nb_status status = read_block(c, begin, end);

	NB_TRY(status, count_block(c, end - begin));
	NB_TRY(status, choose_block(c, begin, end));
	NB_TRY(status, keep_block(c, begin, end));
	free_block(c);
	return status;
}

/* ---- the end ---- */

static nb_status weigh(counting *c)
{
	nb_terms *out = c->out;

	out->n_ids = nb_term_table_ids(&c->table);
	out->df = nb_block_zero((size_t)out->n_ids + 1, sizeof(*out->df));
	out->weight = nb_block_zero((size_t)out->n_ids + 1, sizeof(*out->weight));
	if (!out->df || !out->weight)
		return NB_ENOMEM;
	for (unsigned p = 0; p < NB_TERM_PARTS; p++)
		for (uint32_t k = 0; k < c->table.part[p].n; k++) {
			uint32_t id = k * NB_TERM_PARTS + p;

			out->df[id] = c->table.part[p].df[k];
			out->weight[id] = weight_now(c, id, c->n, true);
		}
	return NB_OK;
}

/* Drop terms that turned out to say nothing, and measure the vectors. */
static void finish_article(const counting *c, uint32_t i)
{
	const nb_terms *t = c->out;
	nb_terms_article *a = &c->out->article[i];
	nb_term *term = c->out->term + a->at;
	double square[NB_VECTOR_COUNT] = { 0 }, mass = 0, title_mass = 0;
	uint16_t kept = 0;

	for (uint16_t k = 0; k < a->n; k++) {
		double w = t->weight[term[k].id];
		uint8_t n[NB_VECTOR_COUNT];

		if (w <= 0)
			continue;
		nb_term_counts(&term[k], n);
		for (int v = 0; v < NB_VECTOR_COUNT; v++)
			square[v] += w * w * c->out->ln[n[v]] * c->out->ln[n[v]];
		mass += n[NB_VECTOR_WORDS] ? w : 0;
		title_mass += n[NB_VECTOR_TITLE] ? w : 0;
		term[kept++] = term[k];
	}
	a->n = kept;
	a->mass = (float)mass;
	a->title_mass = (float)title_mass;
	for (int v = 0; v < NB_VECTOR_COUNT; v++)
		a->norm[v] = (float)sqrt(square[v]);
}

/* Mark the heaviest terms of one vector. */
static void mark_heavy(const counting *c, uint32_t i, nb_vector v, uint32_t most)
{
	const nb_terms_article *a = &c->out->article[i];
	nb_term *term = c->out->term + a->at;
	uint64_t key[NB_TERMS_KEPT], scratch[NB_TERMS_KEPT];
	uint32_t n = 0;

	for (uint32_t k = 0; k < a->n; k++) {
		uint8_t count[NB_VECTOR_COUNT];

		nb_term_counts(&term[k], count);
		if (count[v])
			key[n++] = heavy_key(c->out->weight[term[k].id] * c->out->ln[count[v]], k);
	}
	if (n > most)
		nb_radix_sort_serial(key, n, scratch);
	for (uint32_t k = 0; k < n && k < most; k++)
		term[(uint32_t)key[k]].mark |= NB_TERM_HEAVY;
}

static nb_status finish(counting *c)
{
	nb_status status = weigh(c);

	if (status != NB_OK)
		return status;
#pragma omp parallel for schedule(static)
	for (uint32_t i = 0; i < c->n; i++) {
		finish_article(c, i);
		mark_heavy(c, i, NB_VECTOR_WORDS, NB_HEAVY_WORDS);
		mark_heavy(c, i, NB_VECTOR_ENTITIES, NB_HEAVY_NAMES);
	}
	return NB_OK;
}

static nb_status counting_init(counting *c)
{
	c->n_workers = omp_get_max_threads();
	c->worker = calloc((size_t)c->n_workers, sizeof(*c->worker));
	c->block.term = calloc(BLOCK, sizeof(*c->block.term));
	c->block.part_at = malloc(BLOCK * sizeof(*c->block.part_at));
	c->out->article = nb_block_zero((size_t)c->n + 1, sizeof(*c->out->article));
	for (int i = 0; c->worker && i < c->n_workers; i++)
		c->worker[i].reader.stops.lexicon = c->lexicon;
	for (int i = 1; i < 256; i++)
		c->out->ln[i] = (float)(1 + log(i));
	return c->worker && c->block.term && c->block.part_at && c->out->article ? NB_OK
										 : NB_ENOMEM;
}

static void counting_release(counting *c)
{
	for (int i = 0; c->worker && i < c->n_workers; i++) {
		nb_term_reader_release(&c->worker[i].reader);
		free(c->worker[i].key);
		free(c->worker[i].scratch);
	}
	free(c->worker);
	free(c->block.term);
	free(c->block.part_at);
	nb_term_table_release(&c->table);
}

nb_status nb_terms_count(const nb_night *night, const nb_lexicon *lexicon, const uint32_t *article,
			 uint32_t n, nb_terms *out, nb_error *err)
{
	counting c = { .night = night, .lexicon = lexicon, .article = article, .n = n, .out = out };
	nb_status status;

	*out = (nb_terms){ .n = n };
	status = counting_init(&c);
	for (uint32_t begin = 0; status == NB_OK && begin < n; begin += BLOCK)
		status = take_block(&c, begin, n - begin < BLOCK ? n : begin + BLOCK);
	NB_TRY(status, finish(&c));
	counting_release(&c);
	if (status != NB_OK) {
		nb_terms_release(out);
		return nb_fail(err, status, NULL, "cannot count the terms of the texts");
	}
	return NB_OK;
}
