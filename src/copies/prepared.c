/* SPDX-License-Identifier: MIT
 *
 * prepared.c - see prepared.h.
 *
 * One table serves three questions: how many distinct shingles a text has, how many it shares with
 * another (look up each distinct one of the other), and where a shared passage starts.
 */
#include "copies/prepared.h"

#include <stdlib.h>
#include <string.h>

void nb_prepared_free(nb_prepared *p)
{
	free(p);
}

size_t nb_prepared_tokens(const nb_prepared *p)
{
	return p->n_tokens;
}

/* Shingles are mixed so that their high bits are as good as their low bits. */
static uint32_t slot_of(const nb_prepared *p, uint64_t shingle)
{
	return (uint32_t)(shingle >> 20) & p->slot_mask;
}

uint32_t nb_prepared_find(const nb_prepared *p, uint64_t shingle)
{
	if (p->n_shingles == 0)
		return NB_NO_PLACE;
	for (uint32_t s = slot_of(p, shingle); p->slot[s]; s = (s + 1) & p->slot_mask)
		if (p->shingle[p->slot[s] - 1] == shingle)
			return p->slot[s] - 1;
	return NB_NO_PLACE;
}

/* Everything in one block, the wide arrays first so that each is aligned. */
static nb_prepared *prepared_alloc(uint32_t n_tokens, uint32_t n_shingles)
{
	uint32_t n_slots = 16;
	size_t wide = (size_t)n_tokens + n_shingles, narrow, bytes;
	nb_prepared *p;

	while (n_slots < 2 * (size_t)n_shingles)
		n_slots *= 2;
	narrow = 2 * (size_t)n_tokens + n_shingles + n_slots;
	bytes = wide * sizeof(uint64_t) + narrow * sizeof(uint32_t) + 3 * (size_t)n_tokens;
	p = malloc(sizeof(*p) + bytes);
	if (!p)
		return NULL;
	p->n_tokens = n_tokens;
	p->n_shingles = n_shingles;
	p->slot_mask = n_slots - 1;
	p->token = (uint64_t *)(p + 1);
	p->shingle = p->token + n_tokens;
	p->begin = (uint32_t *)(p->shingle + n_shingles);
	p->end = p->begin + n_tokens;
	p->distinct = p->end + n_tokens;
	p->slot = p->distinct + n_shingles;
	p->kind = (uint8_t *)(p->slot + n_slots);
	p->small = p->kind + n_tokens;
	p->sentence = (bool *)(p->small + n_tokens);
	return p;
}

static void fill_table(nb_prepared *p)
{
	memset(p->slot, 0, ((size_t)p->slot_mask + 1) * sizeof(*p->slot));
	p->n_distinct = 0;
	for (uint32_t i = 0; i < p->n_shingles; i++) {
		uint32_t s = slot_of(p, p->shingle[i]);

		while (p->slot[s] && p->shingle[p->slot[s] - 1] != p->shingle[i])
			s = (s + 1) & p->slot_mask;
		if (p->slot[s])
			continue;
		p->slot[s] = i + 1;
		p->distinct[p->n_distinct++] = i;
	}
}

static void copy_tokens(nb_prepared *p, const nb_tokens *t)
{
	if (t->n == 0)
		return;
	memcpy(p->token, t->hash, t->n * sizeof(*p->token));
	memcpy(p->begin, t->begin, t->n * sizeof(*p->begin));
	memcpy(p->end, t->end, t->n * sizeof(*p->end));
	memcpy(p->kind, t->kind, t->n * sizeof(*p->kind));
	memcpy(p->small, t->small, t->n * sizeof(*p->small));
	memcpy(p->sentence, t->sentence, t->n * sizeof(*p->sentence));
}

nb_status nb_prepare(nb_tokens *scratch, const nb_sketch_params *params, nb_str text,
		     nb_prepared **out)
{
	nb_status status = nb_token_spans(scratch, text.ptr, text.len);
	nb_prepared *p;

	*out = NULL;
	if (status != NB_OK)
		return status;
	p = prepared_alloc((uint32_t)scratch->n,
			   (uint32_t)nb_shingle_count(scratch->n, params->shingle_tokens));
	if (!p)
		return NB_ENOMEM;
	p->text = text;
	copy_tokens(p, scratch);
	nb_shingles(p->token, p->n_tokens, params->shingle_tokens, params->seed, p->shingle);
	fill_table(p);
	*out = p;
	return NB_OK;
}
