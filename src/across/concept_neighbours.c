/* SPDX-License-Identifier: MIT
 *
 * concept_neighbours.c - see concept_neighbours.h.
 *
 * Each list becomes a sparse unit vector over concepts; an inverted index holds them.  Every list
 * then walks the postings of its own concepts, rarest first, adding up products.
 */
#include "across/concept_neighbours.h"

#include <math.h>
#include <omp.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/radix.h"
#include "across/small_set.h"

#define AHEAD       16u /* postings whose sums are fetched before their turn */
#define VECTOR_MOST 96u /* concepts of a list that are indexed: its heaviest */

typedef struct coordinate {
	uint32_t concept;
	float weight;
} coordinate;

typedef struct posting {
	uint32_t list;
	float weight;
} posting;

/* Vectors of all lists, and the index over them. */
typedef struct concept_index {
	uint64_t *at; /* [0..n]: coordinates of list i */
	coordinate *coordinate;
	uint64_t *posting_at; /* [0..n_concepts] */
	posting *posting;
} concept_index;

/* What one thread needs. */
typedef struct searcher {
	float *sum; /* [0..n): products with the list that searches */
	uint32_t *touched;
	uint32_t n_touched;
	coordinate *scratch;
	size_t scratch_capacity;
	uint64_t *key; /* and as much room to sort */
	size_t key_capacity;
	nb_small_set seen;
	nb_neighbour *found;
	size_t n_found, found_capacity;
} searcher;

/* ---- vectors --------------------------------------------------------------------------------- */

/* Sorts heavier coordinates first: bits of a positive float ascend with it. */
static uint64_t heaviest_first(coordinate c)
{
	uint32_t bits;

	memcpy(&bits, &c.weight, sizeof(bits));
	return (uint64_t)~bits << 32 | c.concept;
}

static coordinate coordinate_of(uint64_t key)
{
	uint32_t bits = ~(uint32_t)(key >> 32);
	coordinate c = { .concept = (uint32_t)key };

	memcpy(&c.weight, &bits, sizeof(bits));
	return c;
}

/* All senses of a list, as keys that sort the heaviest first. */
static nb_status list_senses(const nb_concept_vectors *g, const nb_word_lists *l, uint32_t i,
			     searcher *s, size_t *n)
{
	size_t most = 0;

	for (uint64_t k = l->at[i]; k < l->at[i + 1]; k++)
		most += g->word[l->word[k]].n_senses;
	*n = 0;
	if (NB_GROW(s->key, &s->key_capacity, 2 * most + 1) != NB_OK)
		return NB_ENOMEM;
	for (uint64_t k = l->at[i]; k < l->at[i + 1]; k++) {
		const nb_word *word = &g->word[l->word[k]];

		for (uint32_t e = 0; e < word->n_senses; e++) {
			const nb_sense *sense = &g->sense[word->sense_at + e];

			if (!sense->consonants)
				s->key[(*n)++] = heaviest_first((coordinate){
					sense->concept, sense->fit * sense->fit * sense->rarity });
		}
	}
	nb_radix_sort_serial(s->key, *n, s->key + *n);
	return nb_small_set_begin(&s->seen, *n);
}

/* The heaviest concepts, each with its best weight, of length 1 together; *n: how many. */
static nb_status make_vector(const nb_concept_vectors *g, const nb_word_lists *l, uint32_t i,
			     searcher *s, coordinate *out, uint32_t *n)
{
	double square = 0;
	size_t n_senses;
	nb_status status = list_senses(g, l, i, s, &n_senses);

	*n = 0;
	for (size_t k = 0; status == NB_OK && k < n_senses && *n < VECTOR_MOST; k++) {
		coordinate c = coordinate_of(s->key[k]);

		if (!nb_small_set_add(&s->seen, c.concept))
			continue;
		square += (double)c.weight * c.weight;
		out[(*n)++] = c;
	}
	for (uint32_t k = 0; k < *n; k++)
		out[k].weight = (float)(out[k].weight / sqrt(square));
	return status;
}

static nb_status make_vectors(const nb_concept_vectors *g, const nb_word_lists *l, concept_index *x,
			      searcher *team)
{
	nb_status status = NB_OK;
	uint64_t end = 0;

	x->at = calloc((size_t)l->n + 2, sizeof(*x->at));
	x->coordinate = nb_block_alloc((size_t)l->n * VECTOR_MOST + 1, sizeof(*x->coordinate));
	if (!x->at || !x->coordinate)
		return NB_ENOMEM;
#pragma omp parallel for schedule(dynamic, 256) reduction(nb_worst : status)
	for (uint32_t i = 0; i < l->n; i++) {
		uint32_t n = 0;
		nb_status one = make_vector(g, l, i, &team[omp_get_thread_num()],
					    x->coordinate + (uint64_t)i * VECTOR_MOST, &n);

		x->at[i + 1] = n;
		status = nb_worse(status, one);
	}
	for (uint32_t i = 0; i < l->n; i++) {
		uint64_t n = x->at[i + 1];

		memmove(x->coordinate + end, x->coordinate + (uint64_t)i * VECTOR_MOST,
			n * sizeof(*x->coordinate));
		x->at[i] = end;
		end += n;
	}
	x->at[l->n] = end;
	return status;
}

/* ---- the index ------------------------------------------------------------------------------- */

/* Counting sort of all coordinates by concept; postings stand in the order of the lists. */
static nb_status make_index(const nb_concept_vectors *g, const nb_word_lists *l, concept_index *x)
{
	uint64_t n = x->at[l->n], *at;

	x->posting_at = calloc((size_t)g->n_concepts + 2, sizeof(*x->posting_at));
	x->posting = nb_block_alloc(n + 1, sizeof(*x->posting));
	if (!x->posting_at || !x->posting)
		return NB_ENOMEM;
	at = x->posting_at + 1;
	for (uint64_t k = 0; k < n; k++)
		at[x->coordinate[k].concept + 1]++;
	for (uint32_t c = 1; c <= g->n_concepts; c++)
		at[c] += at[c - 1];
	for (uint32_t i = 0; i < l->n; i++)
		for (uint64_t k = x->at[i]; k < x->at[i + 1]; k++)
			x->posting[at[x->coordinate[k].concept]++] =
				(posting){ i, x->coordinate[k].weight };
	return NB_OK;
}

static uint64_t length(const concept_index *x, uint32_t concept)
{
	return x->posting_at[concept + 1] - x->posting_at[concept];
}

/* ---- searching ------------------------------------------------------------------------------- */

/* The part of a posting list that the budget allows: around list i. */
static void around(const concept_index *x, uint32_t concept, uint32_t i, uint64_t budget,
		   uint64_t *begin, uint64_t *end)
{
	uint64_t low = x->posting_at[concept], high = x->posting_at[concept + 1];

	*begin = low;
	*end = high;
	if (high - low <= budget)
		return;
	while (low < high) {
		uint64_t middle = low + (high - low) / 2;

		if (x->posting[middle].list < i)
			low = middle + 1;
		else
			high = middle;
	}
	*begin = low - *begin > budget / 2 ? low - budget / 2 : *begin;
	if (*end - *begin > budget)
		*end = *begin + budget;
}

static void add_products(searcher *s, const concept_index *x, uint32_t i)
{
	uint64_t budget = NB_NEIGHBOUR_POSTINGS;
	uint32_t n = (uint32_t)(x->at[i + 1] - x->at[i]);

	for (uint32_t k = 0; k < n && budget > 0; k++) {
		const coordinate *c = &s->scratch[k];
		uint64_t begin, end;

		around(x, c->concept, i, budget, &begin, &end);
		budget -= end - begin;
		for (uint64_t p = begin; p < end; p++) {
			uint32_t other = x->posting[p].list;

			if (p + AHEAD < end)
				__builtin_prefetch(&s->sum[x->posting[p + AHEAD].list], 1);
			if (s->sum[other] == 0)
				s->touched[s->n_touched++] = other;
			s->sum[other] += c->weight * x->posting[p].weight;
		}
	}
}

/* Own concepts, rarest first. */
static nb_status order_by_rarity(searcher *s, const concept_index *x, uint32_t i)
{
	uint32_t n = (uint32_t)(x->at[i + 1] - x->at[i]);

	if (NB_GROW(s->scratch, &s->scratch_capacity, (size_t)n + 1) != NB_OK)
		return NB_ENOMEM;
	for (uint32_t k = 0; k < n; k++) {
		coordinate c = x->coordinate[x->at[i] + k];
		uint32_t at = k;

		while (at > 0 && length(x, s->scratch[at - 1].concept) > length(x, c.concept)) {
			s->scratch[at] = s->scratch[at - 1];
			at--;
		}
		s->scratch[at] = c;
	}
	return NB_OK;
}

/* Insert into the best of its language, kept in falling order of (sum, -number). */
static void place(uint32_t *best, uint32_t *n, const float *sum, uint32_t other)
{
	uint32_t at = *n < NB_NEIGHBOURS_EACH ? *n : NB_NEIGHBOURS_EACH;

	while (at > 0 && (sum[other] > sum[best[at - 1]] ||
			  (sum[other] == sum[best[at - 1]] && other < best[at - 1]))) {
		if (at < NB_NEIGHBOURS_EACH)
			best[at] = best[at - 1];
		at--;
	}
	if (at < NB_NEIGHBOURS_EACH) {
		best[at] = other;
		*n += *n < NB_NEIGHBOURS_EACH;
	}
}

static nb_status keep_best(const nb_concept_vectors *g, const nb_word_lists *l, uint32_t i,
			   float least, searcher *s, uint32_t (*best)[NB_NEIGHBOURS_EACH],
			   uint32_t *n)
{
	memset(n, 0, g->n_languages * sizeof(*n));
	for (uint32_t k = 0; k < s->n_touched; k++) {
		uint32_t other = s->touched[k], lang = l->lang[other];

		if (other != i && s->sum[other] >= least)
			place(best[lang], &n[lang], s->sum, other);
	}
	for (uint32_t lang = 0; lang < g->n_languages; lang++) {
		for (uint32_t k = 0; k < n[lang]; k++) {
			uint32_t other = best[lang][k];

			if (NB_GROW(s->found, &s->found_capacity, s->n_found + 1) != NB_OK)
				return NB_ENOMEM;
			s->found[s->n_found++] =
				(nb_neighbour){ i < other ? i : other, i < other ? other : i,
						s->sum[other] };
		}
	}
	for (uint32_t k = 0; k < s->n_touched; k++)
		s->sum[s->touched[k]] = 0;
	s->n_touched = 0;
	return NB_OK;
}

static nb_status search_all(const nb_concept_vectors *g, const nb_word_lists *l,
			    const concept_index *x, float least, searcher *team)
{
	nb_status status = NB_OK;

#pragma omp parallel reduction(nb_worst : status)
	{
		searcher *s = &team[omp_get_thread_num()];
		uint32_t(*best)[NB_NEIGHBOURS_EACH] = malloc(g->n_languages * sizeof(*best));
		uint32_t *n = malloc(g->n_languages * sizeof(*n));
		nb_status mine = NB_OK;

		s->sum = calloc((size_t)l->n + 1, sizeof(*s->sum));
		s->touched = malloc(((size_t)l->n + 1) * sizeof(*s->touched));
		if (!best || !n || !s->sum || !s->touched)
			mine = NB_ENOMEM;
#pragma omp for schedule(dynamic, 64)
		for (uint32_t i = 0; i < l->n; i++) {
			if (mine == NB_OK)
				mine = order_by_rarity(s, x, i);
			if (mine == NB_OK) {
				add_products(s, x, i);
				mine = keep_best(g, l, i, least, s, best, n);
			}
		}
		status = nb_worse(status, mine);
		free(best);
		free(n);
	}
	return status;
}

/* ---- the pairs ------------------------------------------------------------------------------- */

static uint64_t pair_key(const nb_neighbour *p)
{
	return (uint64_t)p->a << 32 | p->b;
}

static void take_found(const searcher *team, int n_team, nb_radix_item *item)
{
	for (int t = 0; t < n_team; t++)
		for (size_t k = 0; k < team[t].n_found; k++) {
			uint32_t bits;

			memcpy(&bits, &team[t].found[k].cosine, sizeof(bits));
			*item++ = (nb_radix_item){ pair_key(&team[t].found[k]), bits };
		}
}

/* Items in order, pairs that were found from both sides once.  The sum may differ in its last bits
 * with who searched: the larger one is kept. */
static void join_pairs(const nb_radix_item *item, size_t n, nb_neighbours *out)
{
	for (size_t k = 0; k < n; k++) {
		uint32_t bits = (uint32_t)item[k].value;
		nb_neighbour p = { (uint32_t)(item[k].key >> 32), (uint32_t)item[k].key, 0 };
		nb_neighbour *last = out->n ? &out->near[out->n - 1] : NULL;

		memcpy(&p.cosine, &bits, sizeof(bits));
		if (!last || pair_key(last) != pair_key(&p))
			out->near[out->n++] = p;
		else if (last->cosine < p.cosine)
			last->cosine = p.cosine;
	}
}

static nb_status collect(const searcher *team, int n_team, nb_neighbours *out)
{
	nb_radix_item *item;
	size_t n = 0;

	for (int t = 0; t < n_team; t++)
		n += team[t].n_found;
	item = malloc((2 * n + 1) * sizeof(*item));
	out->near = malloc((n + 1) * sizeof(*out->near));
	if (!item || !out->near) {
		free(item);
		return NB_ENOMEM;
	}
	take_found(team, n_team, item);
	nb_radix_sort_items(item, n, item + n);
	join_pairs(item, n, out);
	free(item);
	return NB_OK;
}

static void free_team(searcher *team, int n)
{
	for (int t = 0; team && t < n; t++) {
		free(team[t].sum);
		free(team[t].touched);
		free(team[t].scratch);
		free(team[t].key);
		nb_small_set_release(&team[t].seen);
		free(team[t].found);
	}
	free(team);
}

nb_status nb_neighbours_find(const nb_concept_vectors *g, const nb_word_lists *l, float least,
			     nb_neighbours *out)
{
	int n_team = omp_get_max_threads();
	searcher *team = calloc((size_t)n_team, sizeof(*team));
	concept_index x = { 0 };
	nb_status status = team ? make_vectors(g, l, &x, team) : NB_ENOMEM;

	*out = (nb_neighbours){ 0 };
	NB_TRY(status, make_index(g, l, &x));
	NB_TRY(status, search_all(g, l, &x, least, team));
	NB_TRY(status, collect(team, n_team, out));
	free(x.at);
	free(x.coordinate);
	free(x.posting_at);
	free(x.posting);
	free_team(team, n_team);
	return status;
}
