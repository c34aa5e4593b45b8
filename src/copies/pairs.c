/* SPDX-License-Identifier: MIT
 *
 * pairs.c - candidate pairs: the list of match.h.
 *
 * A pair becomes one word, b above a, so that sorting by (b, a) is sorting words.
 */
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/radix.h"
#include "newsbraid/match.h"

_Static_assert(sizeof(nb_pair) == sizeof(uint64_t), "a pair and its word take the same room");

void nb_pairs_release(nb_pairs *p)
{
	free(p->pair);
	*p = (nb_pairs){ 0 };
}

static uint64_t word_of(nb_pair pair)
{
	return (uint64_t)pair.b << 32 | pair.a;
}

/* Sorted words to pairs, doubles and late partners left out.  Pairs kept. */
static size_t unpack(const uint64_t *word, size_t n, uint32_t most, nb_pair *pair)
{
	uint64_t partners = 0;
	size_t kept = 0;

	for (size_t i = 0; i < n; i++) {
		if (i > 0 && word[i] == word[i - 1])
			continue;
		if (i > 0 && word[i] >> 32 != word[i - 1] >> 32)
			partners = 0;
		if (partners++ < most)
			pair[kept++] = (nb_pair){ (uint32_t)word[i], (uint32_t)(word[i] >> 32) };
	}
	return kept;
}

nb_status nb_pairs_normalise(nb_pairs *p, uint32_t most)
{
	uint64_t *word = nb_block_alloc(p->n, 2 * sizeof(*word));

	if (!word)
		return NB_ENOMEM;
	for (size_t i = 0; i < p->n; i++)
		word[i] = word_of(p->pair[i]);
	nb_radix_sort(word, p->n, word + p->n);
	p->n = unpack(word, p->n, most, p->pair);
	free(word);
	return NB_OK;
}

nb_status nb_pairs_add(nb_pairs *p, const nb_pairs *more)
{
	if (NB_GROW(p->pair, &p->capacity, p->n + more->n) != NB_OK)
		return NB_ENOMEM;
	if (more->n)
		memcpy(p->pair + p->n, more->pair, more->n * sizeof(*p->pair));
	p->n += more->n;
	return NB_OK;
}
