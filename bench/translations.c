/* SPDX-License-Identifier: MIT
 *
 * translations.c - see translations.h.
 */
#include "translations.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "newsbraid/reader.h"

static void *must(void *p)
{
	if (!p) {
		fprintf(stderr, "bench_lexicon: no memory\n");
		exit(1);
	}
	return p;
}

/* ---- reading --------------------------------------------------------------------------------- */

static side *side_of(sides *s, nb_str lang)
{
	for (size_t i = 0; i < s->n; i++)
		if (strncmp(s->side[i].lang, lang.ptr, 2) == 0)
			return &s->side[i];
	if (s->n == SIDES_MOST || lang.len != 2)
		return NULL;
	memcpy(s->side[s->n].lang, lang.ptr, 2);
	return &s->side[s->n++];
}

static void add_text(side *s, const nb_article *a)
{
	const char *name = memrchr(a->id.ptr, ':', a->id.len);

	if (!name)
		return;
	if (s->n_docs == s->capacity) {
		s->capacity = s->capacity * 2 + 64;
		s->id = must(realloc(s->id, s->capacity * sizeof(*s->id)));
		s->text = must(realloc(s->text, s->capacity * sizeof(*s->text)));
		s->len = must(realloc(s->len, s->capacity * sizeof(*s->len)));
	}
	name++;
	s->id[s->n_docs] = must(strndup(name, (size_t)(a->id.ptr + a->id.len - name)));
	s->text[s->n_docs] = must(malloc(a->text.len + 1));
	memcpy(s->text[s->n_docs], a->text.ptr, a->text.len);
	s->len[s->n_docs++] = a->text.len;
}

bool sides_open(sides *s, const char *path)
{
	nb_reader_options o;
	nb_reader *r;
	nb_batch batch = { 0 };
	nb_error err;

	*s = (sides){ .n = 0 };
	nb_reader_options_init(&o);
	o.input = &path;
	o.n_input = 1;
	if (nb_reader_new(&o, &r, &err) != NB_OK)
		return false;
	while (nb_reader_next(r, &batch, &err) == NB_OK && !nb_batch_is_empty(&batch))
		for (size_t i = 0; i < batch.n; i++) {
			side *one = side_of(s, batch.article[i].lang);

			if (one)
				add_text(one, &batch.article[i]);
		}
	nb_batch_release(&batch);
	nb_reader_free(r);
	return s->n > 0;
}

void sides_release(sides *s)
{
	for (size_t k = 0; k < s->n; k++) {
		side *one = &s->side[k];

		for (size_t i = 0; i < one->n_docs; i++) {
			free(one->id[i]);
			free(one->text[i]);
		}
		free(one->id);
		free(one->text);
		free(one->len);
		free(one->begin);
		free(one->word);
		free(one->item);
		free(one->index);
	}
}

/* ---- concepts -------------------------------------------------------------------------------- */

static size_t bytes_of_letters(const char *text, size_t len, size_t letters)
{
	size_t i = 0;

	for (; i < len; i++)
		if (((unsigned char)text[i] & 0xC0) != 0x80 && letters-- == 0)
			break;
	return i;
}

static double strength(const nb_concept *c)
{
	return c->kind == NB_CONCEPT_WORD ? sqrt(c->weight) : c->weight;
}

static void add_word(side *s, uint32_t doc, const nb_concepts *c, const nb_concept_token *t)
{
	for (size_t i = s->begin[doc]; i < s->n_words; i++)
		if (s->word[i].hash == t->hash)
			return;
	if (NB_GROW(s->word, &s->word_capacity, s->n_words + 1) != NB_OK ||
	    NB_GROW(s->item, &s->item_capacity, s->n_items + t->n) != NB_OK)
		must(NULL);
	s->word[s->n_words++] = (doc_word){ t->hash, 0, (uint32_t)s->n_items, t->n };
	for (uint32_t i = 0; i < t->n; i++) {
		const nb_concept *k = &c->concept[t->first + i];

		s->item[s->n_items++] = (concept_item){ k->id, strength(k), doc, k->kind };
	}
}

static int by_hash(const void *a, const void *b)
{
	const doc_word *x = *(doc_word *const *)a, *y = *(doc_word *const *)b;

	return x->hash < y->hash ? -1 : x->hash > y->hash;
}

static double idf(size_t n, size_t df)
{
	return fmax(0, log((double)(n + 1) / ((double)df + .5)) / log((double)n + 1));
}

static void weigh_words(side *s)
{
	doc_word **order = must(malloc((s->n_words + 1) * sizeof(*order)));

	for (size_t i = 0; i < s->n_words; i++)
		order[i] = &s->word[i];
	qsort(order, s->n_words, sizeof(*order), by_hash);
	for (size_t i = 0, df; i < s->n_words; i += df) {
		for (df = 1; i + df < s->n_words && order[i + df]->hash == order[i]->hash;)
			df++;
		for (size_t k = 0; k < df; k++)
			order[i + k]->idf = idf(s->n_docs, df);
	}
	free(order);
}

static int by_concept(const void *a, const void *b)
{
	const concept_item *x = a, *y = b;

	if (x->id != y->id)
		return x->id < y->id ? -1 : 1;
	if (x->doc != y->doc)
		return x->doc < y->doc ? -1 : 1;
	return x->m > y->m ? -1 : x->m < y->m;
}

/* One item a concept and document, the strongest. */
static void make_index(side *s)
{
	size_t n = 0;

	s->index = must(malloc((s->n_items + 1) * sizeof(*s->index)));
	memcpy(s->index, s->item, s->n_items * sizeof(*s->index));
	qsort(s->index, s->n_items, sizeof(*s->index), by_concept);
	for (size_t i = 0; i < s->n_items; i++)
		if (!n || s->index[n - 1].id != s->index[i].id ||
		    s->index[n - 1].doc != s->index[i].doc)
			s->index[n++] = s->index[i];
	s->n_index = n;
	for (size_t i = 0, df; i < n; i += df) {
		for (df = 1; i + df < n && s->index[i + df].id == s->index[i].id;)
			df++;
		for (size_t k = 0; k < df; k++)
			s->index[i + k].m *= fmin(1, idf(s->n_docs, df));
	}
}

void side_make(side *s, const nb_lexicon *lexicon, size_t letters)
{
	nb_concepts c = { 0 };
	size_t known = 0, words = 0;

	free(s->begin);
	free(s->index);
	s->n_words = s->n_items = 0;
	s->begin = must(malloc((s->n_docs + 1) * sizeof(*s->begin)));
	for (uint32_t d = 0; d < s->n_docs; d++) {
		size_t n = bytes_of_letters(s->text[d], s->len[d], letters);

		s->begin[d] = (uint32_t)s->n_words;
		if (nb_concepts_text(&c, lexicon, s->lang, s->text[d], n) != NB_OK)
			must(NULL);
		for (size_t i = 0; i < c.n; i++) {
			add_word(s, d, &c, &c.token[i]);
			words += !(c.token[i].flags & NB_CONCEPT_DIGITS);
			known += (c.token[i].flags & NB_CONCEPT_KNOWN) != 0;
		}
	}
	s->begin[s->n_docs] = (uint32_t)s->n_words;
	s->known = words ? (double)known / (double)words : 0;
	nb_concepts_release(&c);
	weigh_words(s);
	make_index(s);
}

/* ---- ALIGN ----------------------------------------------------------------------------------- */

static size_t first_of(const side *s, uint64_t id)
{
	size_t low = 0, high = s->n_index;

	while (low < high) {
		size_t mid = (low + high) / 2;

		if (s->index[mid].id < id)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

/* cov(document d of a -> each document of b) */
static void cover(const side *a, uint32_t d, const side *b, double *out)
{
	bool consonants = nb_concepts_by_consonants(a->lang, b->lang);
	double *best = must(calloc(b->n_docs, sizeof(*best))), total = 0;

	memset(out, 0, b->n_docs * sizeof(*out));
	for (uint32_t w = a->begin[d]; w < a->begin[d + 1]; w++) {
		memset(best, 0, b->n_docs * sizeof(*best));
		for (uint32_t i = a->word[w].first; i < a->word[w].first + a->word[w].n; i++) {
			const concept_item *c = &a->item[i];

			if (c->kind == NB_CONCEPT_CONSONANTS && !consonants)
				continue;
			for (size_t k = first_of(b, c->id); k < b->n_index && b->index[k].id == c->id; k++)
				best[b->index[k].doc] =
					fmax(best[b->index[k].doc], c->m * b->index[k].m);
		}
		total += a->word[w].idf;
		for (size_t k = 0; k < b->n_docs; k++)
			out[k] += a->word[w].idf * best[k];
	}
	for (size_t k = 0; total > 0 && k < b->n_docs; k++)
		out[k] /= total;
	free(best);
}

/* alike[i * b->n_docs + k] */
static double *align_all(const side *a, const side *b)
{
	double *ab = must(malloc((a->n_docs * b->n_docs + 1) * sizeof(*ab)));
	double *row = must(malloc((a->n_docs + 1) * sizeof(*row)));

	for (uint32_t i = 0; i < a->n_docs; i++)
		cover(a, i, b, ab + i * b->n_docs);
	for (uint32_t k = 0; k < b->n_docs; k++) {
		cover(b, k, a, row);
		for (size_t i = 0; i < a->n_docs; i++)
			ab[i * b->n_docs + k] = sqrt(ab[i * b->n_docs + k] * row[i]);
	}
	free(row);
	return ab;
}

typedef struct scored {
	double score;
	bool right;
} scored;

static int by_score(const void *a, const void *b)
{
	const scored *x = a, *y = b;

	if (x->score != y->score)
		return x->score > y->score ? -1 : 1;
	return (int)x->right - (int)y->right;
}

static double best_f(scored *pair, size_t n, size_t n_right)
{
	double best = 0;
	size_t right = 0;

	qsort(pair, n, sizeof(*pair), by_score);
	for (size_t i = 0; i < n; i++) {
		right += pair[i].right;
		best = fmax(best, 2. * (double)right / (double)(i + 1 + n_right));
	}
	return best;
}

retrieval retrieve(const side *a, const side *b)
{
	double *alike = align_all(a, b);
	scored *pair = must(malloc((a->n_docs * b->n_docs + 1) * sizeof(*pair)));
	retrieval r = { 0 };
	size_t n = 0, right = 0, first = 0;

	for (uint32_t i = 0; i < a->n_docs; i++) {
		uint32_t top = 0, mine = UINT32_MAX;
		bool back = true;

		for (uint32_t k = 0; k < b->n_docs; k++) {
			double x = alike[i * b->n_docs + k];
			bool same = strcmp(a->id[i], b->id[k]) == 0;

			pair[n++] = (scored){ x, same };
			mine = same ? k : mine;
			*(same ? &r.gain : &r.wrong) += x;
			top = x > alike[i * b->n_docs + top] ? k : top;
		}
		if (mine == UINT32_MAX)
			continue;
		right++;
		for (uint32_t k = 0; k < a->n_docs; k++)
			back &= k == i || alike[k * b->n_docs + mine] < alike[i * b->n_docs + mine];
		first += (size_t)(top == mine) + (size_t)back;
		if (top != mine && r.n_missed < 8) {
			r.missed[r.n_missed][0] = i;
			r.missed[r.n_missed++][1] = top;
		}
	}
	r.at_one = right ? (double)first / (2. * (double)right) : 0;
	r.gain /= right ? (double)right : 1;
	r.wrong /= n > right ? (double)(n - right) : 1;
	r.f = best_f(pair, n, right);
	free(pair);
	free(alike);
	return r;
}
