/* SPDX-License-Identifier: MIT
 *
 * term_table.c - see term_table.h.
 *
 * A slot keeps 32 bits of the hash beside the four that name the part: of twenty million terms one
 * in 3,000 shares its number with another, which no cosine notices.
 */
#include "related/term_table.h"

#include <stdlib.h>

#include "base/array.h"

#define AHEAD 8u /* terms between a prefetch and its use */

struct nb_term_slot {
	uint32_t tag;
	uint32_t number; /* in its part, plus one; 0: free */
};

void nb_term_table_release(nb_term_table *t)
{
	for (unsigned p = 0; p < NB_TERM_PARTS; p++) {
		free(t->part[p].slot);
		free(t->part[p].df);
		free(t->part[p].letters);
	}
	*t = (nb_term_table){ 0 };
}

static uint32_t tag_of(uint64_t hash)
{
	return (uint32_t)(hash >> 28);
}

static struct nb_term_slot *find(const nb_term_part *p, uint32_t tag)
{
	size_t at = tag & (p->n_slots - 1);

	while (p->slot[at].number && p->slot[at].tag != tag)
		at = (at + 1) & (p->n_slots - 1);
	return &p->slot[at];
}

static nb_status grow_slots(nb_term_part *p)
{
	nb_term_part old = *p;

	p->n_slots = old.n_slots ? 2 * old.n_slots : 1024;
	p->slot = nb_block_zero(p->n_slots, sizeof(*p->slot));
	if (!p->slot) {
		*p = old;
		return NB_ENOMEM;
	}
	for (size_t i = 0; i < old.n_slots; i++)
		if (old.slot[i].number)
			*find(p, old.slot[i].tag) = old.slot[i];
	free(old.slot);
	return NB_OK;
}

static nb_status add_number(nb_term_part *p, uint8_t letters)
{
	nb_status status = NB_GROW(p->df, &p->df_room, (size_t)p->n + 1);

	NB_TRY(status, NB_GROW(p->letters, &p->letters_room, (size_t)p->n + 1));
	if (status != NB_OK)
		return status;
	p->df[p->n] = 0;
	p->letters[p->n] = letters;
	p->n++;
	return NB_OK;
}

nb_status nb_term_table_add(nb_term_table *t, unsigned part, nb_raw_term *term, size_t n)
{
	nb_term_part *p = &t->part[part];

	/* twice as many slots as terms, so that a growing table is not asked in the middle */
	while (2 * ((size_t)p->n + n) >= p->n_slots)
		if (grow_slots(p) != NB_OK)
			return NB_ENOMEM;
	for (size_t i = 0; i < n && i < AHEAD; i++)
		__builtin_prefetch(&p->slot[tag_of(term[i].hash) & (p->n_slots - 1)]);
	for (size_t i = 0; i < n; i++) {
		struct nb_term_slot *s = find(p, tag_of(term[i].hash));

		if (i + AHEAD < n)
			__builtin_prefetch(
				&p->slot[tag_of(term[i + AHEAD].hash) & (p->n_slots - 1)]);
		if (!s->number) {
			if (add_number(p, term[i].letters) != NB_OK)
				return NB_ENOMEM;
			*s = (struct nb_term_slot){ tag_of(term[i].hash), p->n };
		}
		p->df[s->number - 1]++;
		term[i].id = (s->number - 1) * NB_TERM_PARTS + part;
	}
	return NB_OK;
}

uint32_t nb_term_table_ids(const nb_term_table *t)
{
	uint32_t most = 0;

	for (unsigned p = 0; p < NB_TERM_PARTS; p++)
		if (t->part[p].n > most)
			most = t->part[p].n;
	return most * NB_TERM_PARTS;
}
