/* SPDX-License-Identifier: MIT
 *
 * prepared.c - see prepared.h.
 *
 * One table serves three questions: how many distinct shingles a text has, how many it shares with
 * another (look up each distinct one of the other), and where a shared passage starts.
 */
#include "match/prepared.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"

nb_prepared *nb_prepared_new(void)
{
	return calloc(1, sizeof(nb_prepared));
}

void nb_prepared_free(nb_prepared *p)
{
	if (!p)
		return;
	nb_tokens_release(&p->tokens);
	free(p->shingle);
	free(p->slot);
	free(p->distinct);
	free(p);
}

size_t nb_prepared_tokens(const nb_prepared *p)
{
	return p->tokens.n;
}

/* Shingles are mixed so that their high bits are as good as their low bits. */
static size_t slot_of(const nb_prepared *p, uint64_t shingle)
{
	return (size_t)(shingle >> 20) & p->slot_mask;
}

uint32_t nb_prepared_find(const nb_prepared *p, uint64_t shingle)
{
	if (p->n_shingle == 0)
		return NB_NO_PLACE;
	for (size_t s = slot_of(p, shingle); p->slot[s]; s = (s + 1) & p->slot_mask)
		if (p->shingle[p->slot[s] - 1] == shingle)
			return p->slot[s] - 1;
	return NB_NO_PLACE;
}

static nb_status make_room(nb_prepared *p, size_t n)
{
	size_t n_slots = 16;
	nb_status status;

	while (n_slots < 2 * n)
		n_slots *= 2;
	status = nb_reserve((void **)&p->shingle, &p->shingle_capacity, n, sizeof(*p->shingle));
	if (status == NB_OK)
		status = nb_reserve((void **)&p->distinct, &p->distinct_capacity, n,
				    sizeof(*p->distinct));
	if (status == NB_OK)
		status = nb_reserve((void **)&p->slot, &p->slot_capacity, n_slots, sizeof(*p->slot));
	if (status != NB_OK)
		return status;
	p->slot_mask = n_slots - 1;
	memset(p->slot, 0, n_slots * sizeof(*p->slot));
	return NB_OK;
}

static void fill_table(nb_prepared *p)
{
	p->n_distinct = 0;
	for (size_t i = 0; i < p->n_shingle; i++) {
		size_t s = slot_of(p, p->shingle[i]);

		while (p->slot[s] && p->shingle[p->slot[s] - 1] != p->shingle[i])
			s = (s + 1) & p->slot_mask;
		if (p->slot[s])
			continue;
		p->slot[s] = (uint32_t)i + 1;
		p->distinct[p->n_distinct++] = (uint32_t)i;
	}
}

nb_status nb_prepare(nb_prepared *p, const nb_sketch_params *params, nb_str text)
{
	nb_status status = nb_token_spans(&p->tokens, text.ptr, text.len);
	size_t n;

	p->n_shingle = p->n_distinct = 0;
	if (status != NB_OK)
		return status;
	n = nb_shingle_count(p->tokens.n, params->shingle_tokens);
	status = make_room(p, n);
	if (status != NB_OK)
		return status;
	nb_shingles(p->tokens.hash, p->tokens.n, params->shingle_tokens, params->seed, p->shingle);
	p->text = text;
	p->n_shingle = n;
	p->words = p->tokens.n < params->shingle_tokens ? (uint32_t)p->tokens.n
							: params->shingle_tokens;
	fill_table(p);
	return NB_OK;
}
