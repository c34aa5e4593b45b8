/* SPDX-License-Identifier: MIT
 *
 * sketch_columns.c - the sketch columns of match.h.
 *
 * Columns, not structs: the scan reads lanes only, the size test n_shingles only.  A night of a
 * million articles holds 350 MB here, so permuting works in place, column by column.
 */
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "newsbraid/match.h"

void nb_sketches_init(nb_sketches *s, const nb_sketch_params *params)
{
	*s = (nb_sketches){ .params = *params };
}

void nb_sketches_release(nb_sketches *s)
{
	free(s->lane);
	free(s->simhash);
	free(s->text_hash);
	free(s->n_tokens);
	free(s->n_shingles);
	free(s->key_at);
	free(s->key);
	*s = (nb_sketches){ .params = s->params };
}

static size_t simhash_words(const nb_sketches *s)
{
	return s->params.simhash_bits / 64;
}

/* Move a column of n items to a block of `room` items.  On failure it stays as it was. */
static nb_status grow_column(void *column, size_t n, size_t room, size_t item)
{
	void *old, *block = nb_block_alloc(room, item);

	if (!block)
		return NB_ENOMEM;
	memcpy(&old, column, sizeof(old));
	if (n)
		memcpy(block, old, n * item);
	memcpy(column, &block, sizeof(block));
	free(old);
	return NB_OK;
}

static nb_status grow_articles(nb_sketches *s, size_t need)
{
	size_t room = s->capacity + s->capacity / 2 + 64, n = s->n;

	if (need <= s->capacity)
		return NB_OK;
	if (room < need)
		room = need;
	if (grow_column(&s->lane, n, room, sizeof(*s->lane)) != NB_OK ||
	    grow_column(&s->simhash, n, room, simhash_words(s) * sizeof(*s->simhash)) != NB_OK ||
	    grow_column(&s->text_hash, n, room, sizeof(*s->text_hash)) != NB_OK ||
	    grow_column(&s->n_tokens, n, room, sizeof(*s->n_tokens)) != NB_OK ||
	    grow_column(&s->n_shingles, n, room, sizeof(*s->n_shingles)) != NB_OK ||
	    grow_column(&s->key_at, s->key_at ? n + 1 : 0, room + 1, sizeof(*s->key_at)) != NB_OK)
		return NB_ENOMEM;
	if (n == 0)
		s->key_at[0] = 0;
	s->capacity = room;
	return NB_OK;
}

static nb_status grow_keys(nb_sketches *s, size_t more)
{
	size_t n = s->n ? s->key_at[s->n] : 0, room = s->key_capacity + s->key_capacity / 2 + 1024;

	if (n + more <= s->key_capacity)
		return NB_OK;
	if (room < n + more)
		room = n + more;
	if (grow_column(&s->key, n, room, sizeof(*s->key)) != NB_OK)
		return NB_ENOMEM;
	s->key_capacity = room;
	return NB_OK;
}

/* The columns of article i; keys as far as there is room for them. */
static void put_sketch(nb_sketches *s, uint32_t i, const nb_sketch *from)
{
	size_t words = simhash_words(s), room = s->key_at[i + 1] - s->key_at[i];
	size_t n_keys = from->n_keys < room ? from->n_keys : room;

	memcpy(s->lane[i], from->lane, NB_LANES);
	memcpy(s->simhash + i * words, from->simhash, words * sizeof(*s->simhash));
	s->text_hash[i] = from->text_hash;
	s->n_tokens[i] = from->n_tokens;
	s->n_shingles[i] = from->n_shingles;
	if (n_keys) /* there may be no column yet */
		memcpy(s->key + s->key_at[i], from->key, n_keys * sizeof(*s->key));
}

nb_status nb_sketches_append(nb_sketches *s, const nb_sketch *sketch, size_t n)
{
	size_t n_keys = 0;

	if (n > NB_NIGHT_MAX - s->n)
		return NB_ENOMEM;
	for (size_t i = 0; i < n; i++)
		n_keys += sketch[i].n_keys;
	if (grow_articles(s, s->n + n) != NB_OK || grow_keys(s, n_keys) != NB_OK)
		return NB_ENOMEM;
	for (size_t i = 0; i < n; i++, s->n++) {
		s->key_at[s->n + 1] = s->key_at[s->n] + sketch[i].n_keys;
		put_sketch(s, s->n, &sketch[i]);
	}
	return NB_OK;
}

void nb_sketches_replace(nb_sketches *s, const uint32_t *article, const nb_sketch *sketch, size_t n)
{
	for (size_t i = 0; i < n; i++)
		put_sketch(s, article[i], &sketch[i]);
}

#define ITEM_MOST 128

/* item i gets what item from[i] had; `placed` is cleared and used for one bit an article */
static void permute_column(void *column, size_t item, const uint32_t *from, uint32_t n,
			   uint64_t *placed)
{
	unsigned char *c = column, first[ITEM_MOST];

	memset(placed, 0, ((size_t)n + 63) / 64 * sizeof(*placed));
	for (uint32_t start = 0; start < n; start++) {
		uint32_t at = start;

		if (from[start] == start || placed[start / 64] >> start % 64 & 1)
			continue;
		memcpy(first, c + start * item, item);
		for (; from[at] != start; at = from[at]) {
			memcpy(c + at * item, c + from[at] * item, item);
			placed[at / 64] |= UINT64_C(1) << at % 64;
		}
		memcpy(c + at * item, first, item);
		placed[at / 64] |= UINT64_C(1) << at % 64;
	}
}

static void permute_keys(nb_sketches *s, const uint32_t *from, uint64_t *key_at, uint64_t *key)
{
	key_at[0] = 0;
	for (uint32_t i = 0; i < s->n; i++) {
		uint64_t begin = s->key_at[from[i]], n = s->key_at[from[i] + 1] - begin;

		if (n > s->n_shingles[from[i]]) /* replaced by a shorter text's */
			n = s->n_shingles[from[i]];
		if (n)
			memcpy(key + key_at[i], s->key + begin, n * sizeof(*key));
		key_at[i + 1] = key_at[i] + n;
	}
}

nb_status nb_sketches_permute(nb_sketches *s, const uint32_t *from)
{
	size_t n_keys = s->n ? s->key_at[s->n] : 0;
	uint64_t *placed, *key_at, *key;

	if (s->n == 0)
		return NB_OK;
	placed = nb_block_alloc(((size_t)s->n + 63) / 64, sizeof(*placed));
	key_at = nb_block_alloc((size_t)s->capacity + 1, sizeof(*key_at));
	key = nb_block_alloc(n_keys, sizeof(*key));
	if (!placed || !key_at || !key) {
		free(placed);
		free(key_at);
		free(key);
		return NB_ENOMEM;
	}
	permute_keys(s, from, key_at, key);
	free(s->key_at);
	free(s->key);
	s->key_at = key_at;
	s->key = key;
	s->key_capacity = n_keys;
	permute_column(s->lane, sizeof(*s->lane), from, s->n, placed);
	permute_column(s->simhash, simhash_words(s) * sizeof(*s->simhash), from, s->n, placed);
	permute_column(s->text_hash, sizeof(*s->text_hash), from, s->n, placed);
	permute_column(s->n_tokens, sizeof(*s->n_tokens), from, s->n, placed);
	permute_column(s->n_shingles, sizeof(*s->n_shingles), from, s->n, placed);
	free(placed);
	return NB_OK;
}
