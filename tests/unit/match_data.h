/* SPDX-License-Identifier: MIT
 *
 * match_data.h - synthetic nights for the tests of match: articles of random words, and copies of
 * them whose exact similarity the tests work out by brute force.
 */
#ifndef NB_TESTS_MATCH_DATA_H
#define NB_TESTS_MATCH_DATA_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "newsbraid/isa.h"
#include "newsbraid/match.h"

#define UNUSED __attribute__((unused))

/* ---- chance ---------------------------------------------------------------- */

static inline uint64_t next_random(uint64_t *state)
{
	uint64_t z = *state += UINT64_C(0x9e3779b97f4a7c15);

	z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
	return z ^ z >> 31;
}

static inline uint32_t below(uint64_t *state, uint32_t n)
{
	return (uint32_t)((next_random(state) >> 32) * n >> 32);
}

static inline double unit(uint64_t *state)
{
	return (double)(next_random(state) >> 11) * 0x1p-53;
}

/* ---- articles as word numbers ---------------------------------------------- */

typedef struct words {
	uint32_t *word;
	uint32_t n;
} words;

typedef struct corpus {
	words *doc;
	uint32_t n, room;
	uint64_t random;
	nb_night night;
	nb_sketches sketches;
	uint64_t **set; /* exact shingle sets */
	uint32_t *n_set;
} corpus;

static inline void die(const char *what)
{
	fprintf(stderr, "%s\n", what);
	abort();
}

static inline void *must(void *p)
{
	if (!p)
		die("no memory for a test");
	return p;
}

/* An empty article with room for `most` words; its number. */
static inline uint32_t corpus_new(corpus *c, uint32_t most)
{
	if (c->n == c->room) {
		c->room = c->room * 2 + 64;
		c->doc = must(realloc(c->doc, c->room * sizeof(*c->doc)));
	}
	c->doc[c->n] = (words){ must(malloc((most + 1u) * sizeof(uint32_t))), 0 };
	return c->n++;
}

static inline void put_word(words *d, uint32_t word)
{
	d->word[d->n++] = word;
}

/* An article of n random words. */
static UNUSED uint32_t corpus_random(corpus *c, uint32_t n)
{
	uint32_t i = corpus_new(c, n);

	while (c->doc[i].n < n)
		put_word(&c->doc[i], below(&c->random, 60000));
	return i;
}

/* Article `from` with a share of its words replaced. */
static UNUSED uint32_t corpus_edit(corpus *c, uint32_t from, double share)
{
	uint32_t n = c->doc[from].n, i = corpus_new(c, n);

	for (uint32_t w = 0; w < n; w++)
		put_word(&c->doc[i], unit(&c->random) < share ? below(&c->random, 60000)
							      : c->doc[from].word[w]);
	return i;
}

/* Words [begin, end) of article `from`, with `before` and `after` random words around them. */
static UNUSED uint32_t corpus_cut(corpus *c, uint32_t from, uint32_t begin, uint32_t end,
				  uint32_t before, uint32_t after)
{
	uint32_t i = corpus_new(c, before + end - begin + after);

	for (uint32_t w = 0; w < before; w++)
		put_word(&c->doc[i], below(&c->random, 60000));
	for (uint32_t w = begin; w < end; w++)
		put_word(&c->doc[i], c->doc[from].word[w]);
	for (uint32_t w = 0; w < after; w++)
		put_word(&c->doc[i], below(&c->random, 60000));
	return i;
}

static UNUSED void corpus_shuffle(corpus *c)
{
	for (uint32_t i = c->n; i > 1; i--) {
		uint32_t j = below(&c->random, i);
		words swap = c->doc[i - 1];

		c->doc[i - 1] = c->doc[j];
		c->doc[j] = swap;
	}
}

/* ---- texts, sketches, sets ------------------------------------------------- */

/* No number is part of another's text: words are five letters each. */
static inline size_t spell(const words *d, char *text)
{
	size_t len = 0;

	for (uint32_t w = 0; w < d->n; w++) {
		uint32_t x = d->word[w];

		for (int i = 0; i < 5; i++, x /= 26)
			text[len++] = (char)('a' + x % 26);
		text[len++] = w % 12 == 11 ? '\n' : ' ';
	}
	return len;
}

/* Read the articles into a night and sketch them. */
static UNUSED void corpus_read(corpus *c)
{
	nb_sketch_params params;
	nb_sketcher sketcher = { 0 };
	nb_sketch *sketch = must(malloc(sizeof(*sketch)));

	nb_sketch_params_init(&params);
	nb_sketches_init(&c->sketches, &params);
	if (nb_night_init(&c->night, (size_t)1 << 30, NULL) != NB_OK)
		die("night");
	c->set = must(calloc(c->n + 1u, sizeof(*c->set)));
	c->n_set = must(calloc(c->n + 1u, sizeof(*c->n_set)));
	for (uint32_t i = 0; i < c->n; i++) {
		char *text = must(malloc(6u * c->doc[i].n + 1));
		size_t len = spell(&c->doc[i], text), n;
		nb_article article = { .text = { text, len }, .published_at = i };

		if (nb_night_append(&c->night, &article, NULL) != NB_OK ||
		    nb_sketch_text(&sketcher, &params, text, len, sketch) != NB_OK ||
		    nb_sketches_append(&c->sketches, sketch, 1) != NB_OK)
			die("sketch");
		n = nb_shingle_count(c->doc[i].n, params.shingle_tokens);
		c->set[i] = must(malloc((2 * n + 1) * sizeof(uint64_t)));
		if (nb_shingle_text(&sketcher, &params, text, len) != NB_OK ||
		    sketcher.n_shingle != n)
			die("shingles");
		memcpy(c->set[i], sketcher.shingle, n * sizeof(uint64_t));
		c->n_set[i] = (uint32_t)nb_shingle_set(c->set[i], n, c->set[i] + n);
		free(text);
	}
	nb_sketcher_release(&sketcher);
	free(sketch);
}

static UNUSED void corpus_release(corpus *c)
{
	for (uint32_t i = 0; i < c->n; i++) {
		free(c->doc[i].word);
		if (c->set)
			free(c->set[i]);
	}
	free(c->doc);
	free(c->set);
	free(c->n_set);
	nb_night_release(&c->night);
	nb_sketches_release(&c->sketches);
	*c = (corpus){ 0 };
}

/* ---- exact similarity ------------------------------------------------------ */

static inline uint32_t shared(const corpus *c, uint32_t a, uint32_t b)
{
	uint32_t i = 0, j = 0, n = 0;

	while (i < c->n_set[a] && j < c->n_set[b]) {
		uint64_t x = c->set[a][i], y = c->set[b][j];

		n += x == y;
		i += x <= y;
		j += y <= x;
	}
	return n;
}

static UNUSED double exact_jaccard(const corpus *c, uint32_t a, uint32_t b)
{
	uint32_t both = shared(c, a, b);

	return (double)both / (c->n_set[a] + c->n_set[b] - both);
}

struct posting {
	uint64_t shingle;
	uint32_t doc;
};

static inline int by_shingle(const void *x, const void *y)
{
	const struct posting *a = x, *b = y;

	return (a->shingle > b->shingle) - (a->shingle < b->shingle);
}

/* |A and B| of all pairs, [a * n + b]: by shingle, not by pair. */
static UNUSED uint32_t *shared_of_all(const corpus *c)
{
	uint32_t *both = must(calloc((size_t)c->n * c->n + 1, sizeof(*both)));
	struct posting *p;
	size_t n = 0, at = 0, end;

	for (uint32_t i = 0; i < c->n; i++)
		n += c->n_set[i];
	p = must(malloc((n + 1) * sizeof(*p)));
	for (uint32_t i = 0; i < c->n; i++)
		for (uint32_t k = 0; k < c->n_set[i]; k++)
			p[at++] = (struct posting){ c->set[i][k], i };
	qsort(p, n, sizeof(*p), by_shingle);
	for (at = 0; at < n; at = end)
		for (end = at + 1; end < n && p[end].shingle == p[at].shingle; end++)
			for (size_t k = at; k < end; k++) {
				both[(size_t)p[k].doc * c->n + p[end].doc]++;
				both[(size_t)p[end].doc * c->n + p[k].doc]++;
			}
	free(p);
	return both;
}

static inline uint32_t equal_lanes(const nb_sketches *s, uint32_t a, uint32_t b)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < NB_LANES; i++)
		n += s->lane[a][i] == s->lane[b][i];
	return n;
}

/* ---- lists of pairs -------------------------------------------------------- */

static UNUSED bool has_pair(const nb_pairs *p, uint32_t a, uint32_t b)
{
	size_t low = 0, high = p->n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		nb_pair x = p->pair[middle];

		if (x.a == a && x.b == b)
			return true;
		if (x.b < b || (x.b == b && x.a < a))
			low = middle + 1;
		else
			high = middle;
	}
	return false;
}

/* Sorted by (b, a), each once, a < b. */
static UNUSED bool in_order(const nb_pairs *p)
{
	for (size_t i = 0; i < p->n; i++) {
		if (p->pair[i].a >= p->pair[i].b)
			return false;
		if (i > 0 && (p->pair[i].b < p->pair[i - 1].b ||
			      (p->pair[i].b == p->pair[i - 1].b &&
			       p->pair[i].a <= p->pair[i - 1].a)))
			return false;
	}
	return true;
}

static UNUSED bool same_pairs(const nb_pairs *x, const nb_pairs *y)
{
	return x->n == y->n &&
	       (x->n == 0 || memcmp(x->pair, y->pair, x->n * sizeof(*x->pair)) == 0);
}

static UNUSED void push_pair(nb_pairs *p, uint32_t a, uint32_t b)
{
	if (p->n == p->capacity) {
		p->capacity = p->capacity * 2 + 64;
		p->pair = must(realloc(p->pair, p->capacity * sizeof(*p->pair)));
	}
	p->pair[p->n++] = (nb_pair){ a, b };
}

static inline uint64_t digest(const nb_pairs *p)
{
	uint64_t h = p->n;

	for (size_t i = 0; i < p->n; i++) {
		h ^= (uint64_t)p->pair[i].b << 32 | p->pair[i].a;
		h = next_random(&h);
	}
	return h;
}

/*
 * What `work` finds with one instruction set: in a process of its own, because the choice is made
 * once a process.  Call it before the test program has opened a parallel region.
 */
static UNUSED uint64_t digest_with(const char *isa, void (*work)(nb_pairs *out))
{
	uint64_t answer = 0;
	int channel[2], status;
	pid_t child;

	if (pipe(channel) != 0)
		die("pipe");
	child = fork();
	if (child < 0)
		die("fork");
	if (child == 0) {
		nb_pairs found = { 0 };

		setenv("NEWSBRAID_ISA", isa, 1);
		work(&found);
		answer = digest(&found);
		_exit(write(channel[1], &answer, sizeof(answer)) != sizeof(answer));
	}
	close(channel[1]);
	if (read(channel[0], &answer, sizeof(answer)) != sizeof(answer) ||
	    waitpid(child, &status, 0) != child || status != 0)
		die("a child failed");
	close(channel[0]);
	return answer;
}

#endif
