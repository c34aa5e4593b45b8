/* SPDX-License-Identifier: MIT
 *
 * vocabulary.c - see vocabulary.h.
 */
#include "across/vocabulary.h"

#include <math.h>
#include <stdlib.h>

#include "base/array.h"

#define FIRST_SLOTS ((size_t)1 << 12)

/* ---- numbers of keys ------------------------------------------------------------------------- */

/* The slot of a key, or the free one where it belongs.  Key 0 marks a free slot. */
static size_t find_slot(const nb_number_table *t, uint64_t key)
{
	size_t at = (key ^ key >> 32) & t->mask;

	while (t->key[at] && t->key[at] != key)
		at = (at + 1) & t->mask;
	return at;
}

static nb_status grow_table(nb_number_table *t)
{
	size_t slots = t->mask ? 2 * (t->mask + 1) : FIRST_SLOTS;
	nb_number_table wide = { .mask = slots - 1, .used = t->used };

	wide.key = nb_block_zero(slots, sizeof(*wide.key));
	wide.number = nb_block_alloc(slots, sizeof(*wide.number));
	if (!wide.key || !wide.number) {
		free(wide.key);
		free(wide.number);
		return NB_ENOMEM;
	}
	for (size_t i = 0; t->mask && i <= t->mask; i++) {
		if (t->key[i]) {
			size_t at = find_slot(&wide, t->key[i]);

			wide.key[at] = t->key[i];
			wide.number[at] = t->number[i];
		}
	}
	free(t->key);
	free(t->number);
	*t = wide;
	return NB_OK;
}

/* The number of a key; *new: it had none until now. */
static nb_status number_of(nb_number_table *t, uint64_t key, uint32_t *number, bool *new)
{
	size_t at;

	key += key == 0;
	if (2 * (t->used + 1) > t->mask) {
		nb_status status = grow_table(t);

		if (status != NB_OK)
			return status;
	}
	at = find_slot(t, key);
	*new = t->key[at] == 0;
	if (*new) {
		if (t->used >= UINT32_MAX)
			return NB_ELIMIT;
		t->key[at] = key;
		t->number[at] = (uint32_t)t->used++;
	}
	*number = t->number[at];
	return NB_OK;
}

static void release_table(nb_number_table *t)
{
	free(t->key);
	free(t->number);
}

void nb_vocabulary_release(nb_vocabulary *v)
{
	release_table(&v->words);
	release_table(&v->meanings);
	release_table(&v->concepts);
	free(v->word);
	free(v->sense);
	*v = (nb_vocabulary){ 0 };
}

/* ---- words ----------------------------------------------------------------------------------- */

uint64_t nb_word_key(uint8_t lang, const nb_concept_token *token)
{
	uint64_t key = (token->hash + lang) * UINT64_C(0x9E3779B97F4A7C15);

	key = (key ^ key >> 32 ^ token->senses) * UINT64_C(0xD6E8FEB86659FD93);
	return key ^ key >> 32;
}

uint32_t nb_vocabulary_known(const nb_vocabulary *v, uint64_t key)
{
	const nb_number_table *t = &v->words;
	size_t at;

	if (!t->mask)
		return NB_NO_WORD;
	key += key == 0;
	at = find_slot(t, key);
	return t->key[at] ? t->number[at] : NB_NO_WORD;
}

/* The most telling of the kinds of its concepts. */
static uint8_t word_kind(const nb_concept *concept, size_t n)
{
	uint8_t kind = NB_WORD_PLAIN;

	for (size_t i = 0; i < n; i++) {
		switch (concept[i].kind) {
		case NB_CONCEPT_COUNTRY:
			return NB_WORD_COUNTRY;
		case NB_CONCEPT_PLACE:
			kind = NB_WORD_PLACE;
			break;
		case NB_CONCEPT_NUMBER:
			kind = NB_WORD_NUMBER;
			break;
		case NB_CONCEPT_NAME:
			/* words of the language may be names as well, with less weight */
			if (kind == NB_WORD_PLAIN && concept[i].weight >= 1)
				kind = NB_WORD_NAME;
			break;
		default:
			break;
		}
	}
	return kind;
}

static nb_status add_sense(nb_vocabulary *v, uint8_t lang, const nb_concept *concept)
{
	uint32_t number, meaning;
	bool new;
	nb_status status = NB_GROW(v->sense, &v->sense_capacity, v->n_senses + 1);

	NB_TRY(status, number_of(&v->concepts, concept->id, &number, &new));
	NB_TRY(status, number_of(&v->meanings, (uint64_t)number << 8 | lang | UINT64_C(1) << 63,
				 &meaning, &new));
	if (status == NB_OK && meaning > INT32_MAX)
		status = NB_ELIMIT;
	if (status == NB_OK)
		v->sense[v->n_senses++] = (nb_sense){
			.concept = number,
			.fit = concept->weight >= 1 ? 1 : sqrtf(concept->weight),
			.meaning = meaning & INT32_MAX,
			.consonants = concept->kind == NB_CONCEPT_CONSONANTS,
		};
	return status;
}

nb_status nb_vocabulary_word(nb_vocabulary *v, uint64_t key, uint8_t lang,
			     const nb_concept *concept, size_t n_concepts, uint32_t *number)
{
	bool new;
	nb_status status = number_of(&v->words, key, number, &new);

	if (status != NB_OK || !new)
		return status;
	if (v->n_senses + n_concepts > UINT32_MAX || n_concepts > UINT16_MAX)
		return NB_ELIMIT;
	status = NB_GROW(v->word, &v->word_capacity, (size_t)*number + 1);
	if (status != NB_OK)
		return status;
	v->word[*number] = (nb_word){ .sense_at = (uint32_t)v->n_senses,
				      .n_senses = (uint16_t)n_concepts,
				      .lang = lang,
				      .kind = word_kind(concept, n_concepts) };
	for (size_t i = 0; status == NB_OK && i < n_concepts; i++)
		status = add_sense(v, lang, &concept[i]);
	return status;
}
