/* SPDX-License-Identifier: MIT
 *
 * concept_align.c - see concept_align.h.
 *
 * A is entered into a table from concepts to its words; one walk over the senses of B then finds
 * the best counterparts in both directions.
 */
#include "across/concept_align.h"

#include <math.h>
#include <stdlib.h>

#include "base/array.h"

#define NONE UINT32_MAX
/* A counterpart that fits less than this is no anchor: a sound key, a third translation. */
#define ANCHOR_FIT 0.5f

/* A word of A that can mean a concept, and the next one that can. */
typedef struct entry {
	uint32_t word, next;
	float fit, rarity;
} entry;

struct nb_concept_aligner {
	const nb_concept_vectors *g;
	uint32_t *head; /* [0..n_concepts): first entry, NONE if no word of A means it */
	const uint32_t *word;
	uint32_t n;
	entry *entry;
	size_t n_entries, entry_capacity;
	nb_counterpart *best;
	float *fit; /* of the counterpart, rarity left out */
	size_t best_capacity, fit_capacity;
	float weight; /* sum over A */
	uint8_t lang;
	bool consonants; /* names without vowels count between these two languages */
	bool *used;   /* words of B that are counterparts */
	size_t used_capacity;
};

nb_concept_aligner *nb_concept_aligner_new(const nb_concept_vectors *g)
{
	nb_concept_aligner *x = calloc(1, sizeof(*x));

	if (!x)
		return NULL;
	x->g = g;
	x->head = nb_block_alloc((size_t)g->n_concepts + 1, sizeof(*x->head));
	if (!x->head) {
		free(x);
		return NULL;
	}
	for (uint32_t c = 0; c < g->n_concepts; c++)
		x->head[c] = NONE;
	return x;
}

void nb_concept_aligner_free(nb_concept_aligner *x)
{
	if (!x)
		return;
	free(x->head);
	free(x->entry);
	free(x->best);
	free(x->fit);
	free(x->used);
	free(x);
}

/* ---- A --------------------------------------------------------------------------------------- */

static void forget(nb_concept_aligner *x)
{
	for (uint32_t k = 0; k < x->n; k++) {
		const nb_word *word = &x->g->word[x->word[k]];

		for (uint32_t s = 0; s < word->n_senses; s++)
			x->head[x->g->sense[word->sense_at + s].concept] = NONE;
	}
	x->n = 0;
	x->n_entries = 0;
	x->weight = 0;
}

static nb_status enter_word(nb_concept_aligner *x, uint32_t k)
{
	const nb_word *word = &x->g->word[x->word[k]];

	if (NB_GROW(x->entry, &x->entry_capacity, x->n_entries + word->n_senses) != NB_OK)
		return NB_ENOMEM;
	x->weight += word->weight;
	for (uint32_t s = 0; s < word->n_senses; s++) {
		const nb_sense *sense = &x->g->sense[word->sense_at + s];
		uint32_t *head = &x->head[sense->concept];

		x->entry[x->n_entries] = (entry){ k, *head, sense->fit, sense->rarity };
		*head = (uint32_t)x->n_entries++;
	}
	return NB_OK;
}

nb_status nb_concept_align_from(nb_concept_aligner *x, const nb_word_lists *l, uint32_t i)
{
	uint32_t n = (uint32_t)(l->at[i + 1] - l->at[i]);
	nb_status status;

	forget(x);
	status = NB_GROW(x->best, &x->best_capacity, (size_t)n + 1);
	NB_TRY(status, NB_GROW(x->fit, &x->fit_capacity, (size_t)n + 1));
	NB_TRY(status, NB_GROW(x->used, &x->used_capacity, NB_CONCEPT_WORDS));
	if (status != NB_OK)
		return status;
	x->word = l->word + l->at[i];
	x->lang = l->lang[i];
	for (uint32_t k = 0; status == NB_OK && k < n; k++) {
		x->n = k + 1;
		status = enter_word(x, k);
	}
	return status;
}

/* ---- B --------------------------------------------------------------------------------------- */

/* One word of B against A: how well A renders it; words of A that it renders better than those
 * before it take it. */
static float meet(nb_concept_aligner *x, const nb_word *word, uint32_t b)
{
	float best = 0;

	for (uint32_t s = 0; s < word->n_senses; s++) {
		const nb_sense *sense = &x->g->sense[word->sense_at + s];

		if (sense->consonants && !x->consonants)
			continue;
		for (uint32_t e = x->head[sense->concept]; e != NONE; e = x->entry[e].next) {
			const entry *a = &x->entry[e];
			float fit = sense->fit * a->fit;
			float there = fit * sense->rarity;

			if (there > x->best[a->word].value) {
				x->best[a->word] = (nb_counterpart){ a->word, b, there };
				x->fit[a->word] = fit;
			}
			if (fit * a->rarity > best)
				best = fit * a->rarity;
		}
	}
	return best;
}

static void count_anchors(nb_concept_aligner *x, uint32_t n, nb_concept_alignment *out)
{
	for (uint32_t b = 0; b < n; b++)
		x->used[b] = false;
	for (uint32_t k = 0; k < x->n; k++) {
		uint8_t kind = x->g->word[x->word[k]].kind;

		if (x->best[k].value <= 0 || x->fit[k] < ANCHOR_FIT || kind == NB_WORD_COUNTRY ||
		    x->used[x->best[k].b])
			continue;
		x->used[x->best[k].b] = true;
		out->n_anchors++;
		out->n_names += kind != NB_WORD_PLAIN;
	}
}

nb_concept_alignment nb_concept_align_to(nb_concept_aligner *x, const nb_word_lists *l, uint32_t i)
{
	const uint32_t *word = l->word + l->at[i];
	uint32_t n = (uint32_t)(l->at[i + 1] - l->at[i]);
	nb_concept_alignment out = { 0 };
	float back = 0, weight = 0, forth = 0;

	x->consonants = nb_concepts_by_consonants(x->g->language[x->lang],
						  x->g->language[l->lang[i]]);
	for (uint32_t k = 0; k < x->n; k++)
		x->best[k] = (nb_counterpart){ k, 0, 0 };
	for (uint32_t b = 0; b < n; b++) {
		const nb_word *w = &x->g->word[word[b]];

		back += w->weight * meet(x, w, b);
		weight += w->weight;
	}
	for (uint32_t k = 0; k < x->n; k++) {
		x->best[k].value *= x->g->word[x->word[k]].weight;
		forth += x->best[k].value;
	}
	if (weight > 0 && x->weight > 0)
		out.score = sqrtf(forth / x->weight * (back / weight));
	count_anchors(x, n, &out);
	return out;
}

uint32_t nb_concept_align_counterparts(const nb_concept_aligner *x, const nb_counterpart **out)
{
	*out = x->best;
	return x->n;
}
