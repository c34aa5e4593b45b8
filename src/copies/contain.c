/* SPDX-License-Identifier: MIT
 *
 * contain.c - articles whose text stands in another.
 *
 * The smallest shingles of an article are a random sample of all of them, and the same sample
 * whatever stands around it.  So an article that is contained in another to a share c finds about c
 * of its keys among the other's shingles, however long the other is.  Every text is shingled again
 * and every shingle asked for in the index of keys.
 *
 * A key that very many articles have (furniture) is kept for the earliest only.  An article is then
 * looked for by those keys that still name it.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/radix.h"
#include "copies/binomial.h"
#include "copies/key_index.h"
#include "copies/candidate_lists.h"
#include "newsbraid/match.h"

#define LEAST_HITS 3u  /* fewer say nothing, unless an article has no more keys */
#define AHEAD      16u /* shingles between a prefetch and its use */
#define AT_ONCE    64u /* shingles that ask the filter together */
#define FEW_SLOTS  64u

struct contain {
	const nb_sketches *s;
	const nb_night *night;
	nb_key_index index;
	uint8_t need[NB_CONTAIN_KEYS + 1]; /* hits, by keys in the index */
	nb_candidate_lists partners;
};

struct hit {
	uint32_t article, n; /* n == 0: free */
};

/* What one thread needs. */
struct asker {
	nb_sketcher sketcher;
	char *buffer;
	uint64_t *found;   /* shingles after the filter; then runs: first entry << 8 | number */
	uint64_t *scratch; /* to sort them */
	struct hit *hit;   /* hash table */
	size_t buffer_room, found_room, scratch_room, hit_room;
	uint64_t n_hits, n_passed;
	nb_status status;
	int sys_errno;
};

static void asker_release(struct asker *k)
{
	nb_sketcher_release(&k->sketcher);
	free(k->buffer);
	free(k->found);
	free(k->scratch);
	free(k->hit);
}

static nb_status shingle_article(const struct contain *c, struct asker *k, uint32_t i)
{
	nb_str text;

	if (NB_GROW(k->buffer, &k->buffer_room, (size_t)c->night->text_len[i] + 1) != NB_OK)
		return NB_ENOMEM;
	if (nb_night_text(c->night, i, k->buffer, &text) != NB_OK) {
		k->sys_errno = errno;
		return NB_EIO;
	}
	return nb_shingle_text(&k->sketcher, &c->s->params, text.ptr, text.len);
}

/* Shingles that pass the filter, to k->found.  Its words are asked for before they are used. */
static size_t ask_filter(const struct contain *c, struct asker *k)
{
	const uint64_t *shingle = k->sketcher.shingle, *word[AT_ONCE];
	size_t n = k->sketcher.n_shingle, kept = 0;
	uint64_t *found = k->found;

	for (size_t begin = 0, end; begin < n; begin = end) {
		end = n - begin < AT_ONCE ? n : begin + AT_ONCE;
		for (size_t i = begin; i < end; i++) {
			word[i - begin] = nb_key_word(&c->index, shingle[i]);
			__builtin_prefetch(word[i - begin]);
		}
		for (size_t i = begin; i < end; i++) {
			uint64_t bits = nb_key_bits(shingle[i]);

			found[kept] = shingle[i];
			kept += (*word[i - begin] & bits) == bits;
		}
	}
	return kept;
}

/* The shingles in k->found to runs of entries, each run once.  Runs. */
static size_t find_runs(const struct contain *c, struct asker *k, uint32_t self, size_t n)
{
	const nb_key_index *ix = &c->index;
	size_t n_runs = 0, kept = 0;

	for (size_t i = 0; i < n + 2 * AHEAD; i++) {
		if (i < n)
			__builtin_prefetch(&ix->end[nb_key_bucket(ix, k->found[i])]);
		if (i >= AHEAD && i - AHEAD < n) {
			uint32_t bucket = nb_key_bucket(ix, k->found[i - AHEAD]);

			__builtin_prefetch(&ix->entry[ix->end[(ptrdiff_t)bucket - 1]]);
		}
		if (i >= 2 * AHEAD) {
			uint32_t first, found = nb_key_find(ix, k->found[i - 2 * AHEAD], &first);

			/* most runs are the article itself */
			if (found > 1 ||
			    (found == 1 && nb_key_article(ix, ix->entry[first]) != self))
				k->found[n_runs++] = (uint64_t)first << 8 | found;
		}
	}
	nb_radix_sort_serial(k->found, n_runs, k->scratch);
	for (size_t i = 0; i < n_runs; i++)
		if (i == 0 || k->found[i] != k->found[i - 1])
			k->found[kept++] = k->found[i];
	return kept;
}

/* Count the entries of all runs by article.  Slots of the table, 0 if there is no memory. */
static size_t count_hits(const struct contain *c, struct asker *k, uint32_t self, size_t n_runs)
{
	size_t n_hits = 0, n_slots = FEW_SLOTS;

	for (size_t r = 0; r < n_runs; r++)
		n_hits += k->found[r] & 0xff;
	while (n_slots < 2 * n_hits)
		n_slots *= 2;
	if (NB_GROW(k->hit, &k->hit_room, n_slots) != NB_OK)
		return 0;
	memset(k->hit, 0, n_slots * sizeof(*k->hit));
	for (size_t r = 0; r < n_runs; r++) {
		const uint64_t *entry = c->index.entry + (k->found[r] >> 8);

		for (size_t e = 0; e < (k->found[r] & 0xff); e++) {
			uint32_t a = nb_key_article(&c->index, entry[e]);
			size_t at = a * UINT64_C(0x9e3779b97f4a7c15) >> 32 & (n_slots - 1);

			if (a == self)
				continue;
			__builtin_prefetch(&c->index.kept[a]); /* for add_hits */
			while (k->hit[at].n && k->hit[at].article != a)
				at = (at + 1) & (n_slots - 1);
			k->hit[at].article = a;
			k->hit[at].n++;
			k->n_hits++;
		}
	}
	return n_slots;
}

static nb_status add_hits(struct contain *c, struct asker *k, uint32_t self, size_t n_slots)
{
	for (size_t at = 0; at < n_slots; at++) {
		const struct hit *h = &k->hit[at];

		k->n_passed += h->n > 0;
		if (h->n && h->n >= c->need[c->index.kept[h->article]] &&
		    nb_candidate_lists_add(&c->partners, h->article, self, 1) != NB_OK)
			return NB_ENOMEM;
	}
	return NB_OK;
}

static nb_status ask_article(struct contain *c, struct asker *k, uint32_t i)
{
	nb_status status = shingle_article(c, k, i);
	size_t n, n_slots;

	if (status != NB_OK)
		return status;
	n = k->sketcher.n_shingle + 1;
	if (NB_GROW(k->found, &k->found_room, n) != NB_OK ||
	    NB_GROW(k->scratch, &k->scratch_room, n) != NB_OK)
		return NB_ENOMEM;
	n = find_runs(c, k, i, ask_filter(c, k));
	if (n == 0)
		return NB_OK;
	n_slots = count_hits(c, k, i, n);
	return n_slots ? add_hits(c, k, i, n_slots) : NB_ENOMEM;
}

static nb_status ask_all(struct contain *c, nb_match_stats *stats, nb_error *err)
{
	uint64_t n_hits = 0, n_passed = 0;
	nb_status status = NB_OK;
	int sys_errno = 0;

#pragma omp parallel reduction(+ : n_hits, n_passed)
	{
		struct asker k = { .status = NB_OK };

#pragma omp for schedule(dynamic, 32)
		for (uint32_t i = 0; i < c->s->n; i++)
			if (k.status == NB_OK && c->s->n_shingles[i])
				k.status = ask_article(c, &k, i);
		n_hits += k.n_hits;
		n_passed += k.n_passed;
#pragma omp critical
		if (k.status < status) {
			status = k.status;
			sys_errno = k.sys_errno;
		}
		asker_release(&k);
	}
	stats->n_compared = n_hits;
	stats->n_passed = n_passed;
	errno = sys_errno;
	return status == NB_OK ? NB_OK : nb_fail(err, status, NULL, "cannot look into an article");
}

/* Keys are drawn without replacement, which makes their number err less than the binomial. */
static void choose_needs(struct contain *c, double containment)
{
	for (uint32_t n = 0; n <= NB_CONTAIN_KEYS; n++) {
		uint32_t need = nb_binomial_threshold(n, containment);
		uint32_t least = n < LEAST_HITS ? n : LEAST_HITS;

		c->need[n] = (uint8_t)(need > least ? need : least);
	}
}

static void fill_stats(const struct contain *c, double containment, nb_match_stats *stats)
{
	uint64_t live = 0, looked_for = c->index.n_articles;

	for (uint32_t i = 0; i < c->s->n; i++)
		live += c->s->n_shingles[i] > 0;
	stats->n_possible = looked_for * (live - looked_for);
	stats->n_possible += looked_for ? looked_for * (looked_for - 1) / 2 : 0;
	stats->n_dropped = c->index.n_cut + nb_candidate_lists_dropped(&c->partners);
	stats->expected_recall =
		nb_binomial_at_least(NB_CONTAIN_KEYS, containment, c->need[NB_CONTAIN_KEYS]);
}

nb_status nb_match_contain(const nb_sketches *s, const nb_night *night, double containment,
			   uint32_t min_shingles, nb_pairs *out, nb_match_stats *stats,
			   nb_error *err)
{
	struct contain c = { .s = s, .night = night };
	nb_match_stats mine = { 0 };
	nb_status status;

	if (!(containment > 0 && containment <= 1))
		return nb_fail(err, NB_EINVAL, NULL, "containment is not in (0, 1]");
	choose_needs(&c, containment);
	status = nb_key_index_build(&c.index, s, min_shingles);
	NB_TRY(status, nb_candidate_lists_init(&c.partners, s->n, NB_PAIRS_PER_ARTICLE));
	if (status != NB_OK)
		nb_fail(err, status, NULL, "cannot index the keys of the articles");
	NB_TRY(status, ask_all(&c, &mine, err));
	if (status == NB_OK && nb_candidate_lists_take(&c.partners, out) != NB_OK)
		status = nb_fail(err, NB_ENOMEM, NULL, "no memory for candidate pairs");
	if (status == NB_OK) {
		fill_stats(&c, containment, &mine);
		mine.n_pairs = out->n;
		if (stats)
			*stats = mine;
	}
	nb_candidate_lists_release(&c.partners);
	nb_key_index_release(&c.index);
	return status;
}
