/* SPDX-License-Identifier: MIT
 *
 * sketch.c - see sketch.h: all of a text's sketch while it is in cache.
 */
#include "newsbraid/sketch.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "sketch/on_kernel.h"
#include "text/token_scratch.h"

#define SPARE       8    /* what a vector store may write after the last value */
#define SLOTS_EACH  8    /* slots per value when distinct values are counted */
#define SLOT_VALUES 8192 /* more values than this are sorted instead: the slots leave the cache */
#define FEW         8
#define KEYS_ASKED  34   /* values expected below the first limit, of which NB_CONTAIN_KEYS stay */
#define REMIX       UINT64_C(0x9FB21C651E98DF25)

struct nb_sketch_scratch {
	size_t shingle_capacity;
	uint64_t *work[2]; /* room for the shingles of a text */
	size_t work_capacity[2];
	uint64_t ranked[NB_RANK_MAX];
	uint16_t slot[2 * SLOTS_EACH * SLOT_VALUES + 1];
};

void nb_sketch_params_init(nb_sketch_params *p)
{
	*p = (nb_sketch_params){ .shingle_tokens = 5, .simhash_bits = 64, .seed = 0 };
}

void nb_sketcher_release(nb_sketcher *s)
{
	nb_tokens_release(&s->tokens);
	free(s->shingle);
	if (s->scratch) {
		free(s->scratch->work[0]);
		free(s->scratch->work[1]);
		free(s->scratch);
	}
	*s = (nb_sketcher){ 0 };
}

nb_status nb_sketcher_use(nb_sketcher *s, const nb_text_kernel *kernel)
{
	return nb_tokens_use(&s->tokens, kernel);
}

static bool params_are_valid(const nb_sketch_params *p)
{
	return p->shingle_tokens >= 1 && p->shingle_tokens <= NB_SHINGLE_MAX &&
	       (p->simhash_bits == 64 || p->simhash_bits == 128 || p->simhash_bits == 256);
}

static nb_status shingle_room(nb_sketcher *s, size_t n)
{
	struct nb_sketch_scratch *scratch = s->scratch;
	nb_status status;

	if (!scratch)
		scratch = s->scratch = nb_block_zero(1, sizeof(*scratch));
	if (!scratch)
		return NB_ENOMEM;
	status = NB_GROW_BLOCK(s->shingle, &scratch->shingle_capacity, 0, n + SPARE);
	for (int i = 0; i < 2 && status == NB_OK; i++)
		status = NB_GROW_BLOCK(scratch->work[i], &scratch->work_capacity[i], 0, n + SPARE);
	return status;
}

nb_status nb_shingle_text(nb_sketcher *s, const nb_sketch_params *p, const char *text, size_t len)
{
	nb_status status = params_are_valid(p) ? NB_OK : NB_EINVAL;
	size_t n;

	s->n_shingle = 0;
	NB_TRY(status, nb_token_hashes(&s->tokens, text, len));
	if (status != NB_OK)
		return status;
	n = nb_shingle_count(s->tokens.n, p->shingle_tokens);
	status = shingle_room(s, n);
	if (status != NB_OK)
		return status;
	nb_shingles_on(s->tokens.scratch->kernel, s->tokens.hash, s->tokens.n, p->shingle_tokens,
		       p->seed, s->shingle);
	s->n_shingle = n;
	return NB_OK;
}

/* ---- distinct shingles ----
 *
 * Exact.  Every value writes its index into the slot its top bits name; who reads back his own
 * index is the one keeper of that slot.  Values equal to their keeper are repeats and done with;
 * the few that met another value go on to a smaller table, by other bits.
 */

static uint32_t slot_shift(size_t n)
{
	return (uint32_t)__builtin_clzll(n * SLOTS_EACH - 1);
}

static bool is_settled(size_t n)
{
	return n > FEW && n <= SLOT_VALUES;
}

/* The first round, begun early. */
static void begin_distinct(const nb_sketcher *s)
{
	if (is_settled(s->n_shingle))
		s->tokens.scratch->kernel->take_slots(s->shingle, s->n_shingle, s->scratch->slot,
						      slot_shift(s->n_shingle));
}

static size_t count_distinct(const nb_sketcher *s)
{
	struct nb_sketch_scratch *scratch = s->scratch;
	const nb_text_kernel *kernel = s->tokens.scratch->kernel;
	uint64_t *rest = scratch->work[0], *other = scratch->work[1], *swap;
	size_t n = s->n_shingle, total = 0, kept;

	if (!is_settled(n)) {
		memcpy(rest, s->shingle, n * sizeof(*rest));
		return nb_shingle_set(rest, n, other);
	}
	n = kernel->settle(s->shingle, n, scratch->slot, slot_shift(n), rest, &kept);
	total += kept;
	/* a crafted text may keep values colliding: after some rounds they are sorted */
	for (int round = 0; round < 8 && n > FEW; round++) {
		for (size_t i = 0; i < n; i++)
			rest[i] *= REMIX;
		kernel->take_slots(rest, n, scratch->slot, slot_shift(n));
		n = kernel->settle(rest, n, scratch->slot, slot_shift(n), other, &kept);
		total += kept;
		swap = rest, rest = other, other = swap;
	}
	return total + nb_shingle_set(rest, n, other);
}

/* ---- keys ---- */

/* found[0..n) sorted, without repeats. */
static size_t sort_found(const nb_sketcher *s, uint64_t **found, size_t n)
{
	uint64_t **work = s->scratch->work;

	if (n > NB_RANK_MAX)
		return nb_shingle_set(*found, n, work[1]);
	*found = s->scratch->ranked;
	return s->tokens.scratch->kernel->rank_few(work[0], n, *found);
}

/* The smallest distinct shingles; shingles are hashes, so a limit tells how many lie below it. */
static uint32_t find_keys(const nb_sketcher *s, uint64_t key[NB_CONTAIN_KEYS])
{
	const nb_text_kernel *kernel = s->tokens.scratch->kernel;
	uint64_t *found;
	uint64_t limit = UINT64_MAX;
	size_t n;

	if (s->n_shingle > KEYS_ASKED)
		limit = UINT64_MAX / s->n_shingle * KEYS_ASKED;
	for (;; limit = limit > UINT64_MAX / 4 ? UINT64_MAX : limit * 4) {
		found = s->scratch->work[0];
		n = kernel->below(s->shingle, s->n_shingle, limit, found);
		n = sort_found(s, &found, n);
		if (n >= NB_CONTAIN_KEYS || limit == UINT64_MAX)
			break;
	}
	if (n > NB_CONTAIN_KEYS)
		n = NB_CONTAIN_KEYS;
	memcpy(key, found, n * sizeof(*key));
	return (uint32_t)n;
}

nb_status nb_sketch_text(nb_sketcher *s, const nb_sketch_params *p, const char *text, size_t len,
			 nb_sketch *out)
{
	nb_status status = nb_shingle_text(s, p, text, len);
	const nb_tokens *t = &s->tokens;

	memset(out, 0, sizeof(*out));
	if (status != NB_OK || t->n == 0)
		return status;
	begin_distinct(s);
	t->scratch->kernel->minhash(s->shingle, s->n_shingle, out->lane);
	nb_simhash_on(t->scratch->kernel, t->hash, t->n, p->simhash_bits, out->simhash);
	out->text_hash = t->scratch->kernel->text_hash(t->hash, t->n, p->seed);
	out->n_tokens = (uint32_t)t->n;
	out->n_shingles = (uint32_t)count_distinct(s);
	out->n_keys = find_keys(s, out->key);
	return NB_OK;
}
