/* SPDX-License-Identifier: MIT
 *
 * align.c - see align.h.
 */
#include "match/align.h"

#include <string.h>

/* Where the passage at place b starts in a: behind the last run if it goes on there. */
static uint32_t place_in_a(const nb_prepared *a, const nb_prepared *b, uint32_t at, uint32_t next)
{
	uint64_t shingle = b->shingle[at];

	if (next < a->n_shingle && a->shingle[next] == shingle)
		return next;
	return nb_prepared_find(a, shingle);
}

static uint32_t run_length(const nb_tokens *a, uint32_t i, const nb_tokens *b, uint32_t j)
{
	uint32_t n = 0;

	while (i + n < a->n && j + n < b->n && a->hash[i + n] == b->hash[j + n])
		n++;
	return n;
}

size_t nb_align_runs(const nb_prepared *a, const nb_prepared *b, nb_run *run)
{
	size_t n_runs = 0;
	uint32_t next = 0; /* place in a behind the last run */

	for (uint32_t j = 0; j < b->n_shingle && n_runs < NB_RUNS;) {
		uint32_t i = place_in_a(a, b, j, next);
		uint32_t n = i == NB_NO_PLACE ? 0 : run_length(&a->tokens, i, &b->tokens, j);

		if (n == 0) { /* not shared, or a chance collision of shingles */
			j++;
			continue;
		}
		run[n_runs++] = (nb_run){ i, j, n };
		next = i + n;
		j += n;
	}
	return n_runs;
}

/* ---- facts ----------------------------------------------------------------------------------- */

#define GAP_MOST 48u /* tokens of a replaced stretch; longer ones are other text, not other facts */

typedef enum fact { NO_FACT, NUMBER, NAME } fact;

/* A word that opens a sentence is capitalised anyway; only `openings` says that it counts. */
static fact fact_of(const nb_tokens *t, size_t i, bool openings)
{
	switch ((nb_token_kind)t->kind[i]) {
	case NB_TOKEN_NUMBER:
	case NB_TOKEN_MIXED:
		return NUMBER;
	case NB_TOKEN_CAPITAL:
		return t->sentence[i] && !openings ? NO_FACT : NAME;
	default:
		return NO_FACT;
	}
}

/* Facts of one kind in t[begin..end) that other[from..to) does not have. */
static uint32_t unmatched(const nb_tokens *t, uint32_t begin, uint32_t end, const nb_tokens *other,
			  uint32_t from, uint32_t to, fact kind)
{
	bool openings = begin == 0 && from == 0;
	uint32_t n = 0;

	for (uint32_t i = begin; i < end; i++) {
		uint32_t j = from;

		if (fact_of(t, i, openings) != kind)
			continue;
		while (j < to && other->hash[j] != t->hash[i])
			j++;
		n += j == to;
	}
	return n;
}

static uint32_t facts_inside(const nb_tokens *t, uint32_t begin, uint32_t n)
{
	uint32_t facts = 0;

	for (uint32_t i = begin; i < begin + n; i++)
		facts += fact_of(t, i, false) != NO_FACT;
	return facts;
}

static bool short_gap(uint32_t begin, uint32_t end)
{
	return begin <= end && end - begin <= GAP_MOST;
}

/* A number against another number, a name against another name. */
uint32_t nb_align_replaced(const nb_prepared *a, uint32_t a0, uint32_t a1, const nb_prepared *b,
			   uint32_t b0, uint32_t b1)
{
	uint32_t n = 0;

	if (!short_gap(a0, a1) || !short_gap(b0, b1))
		return 0;
	for (fact kind = NUMBER; kind <= NAME; kind++) {
		uint32_t in_a = unmatched(&a->tokens, a0, a1, &b->tokens, b0, b1, kind);
		uint32_t in_b = unmatched(&b->tokens, b0, b1, &a->tokens, a0, a1, kind);

		n += in_a < in_b ? in_a : in_b;
	}
	return n;
}

void nb_align_facts(const nb_prepared *a, const nb_prepared *b, const nb_run *run, size_t n_runs,
		    uint32_t *agree, uint32_t *differ)
{
	uint32_t a_end = 0, b_end = 0; /* behind the run before; the texts' beginnings face each other */

	*agree = *differ = 0;
	for (size_t r = 0; r <= n_runs; r++) {
		uint32_t a0 = r < n_runs ? run[r].a : (uint32_t)a->tokens.n;
		uint32_t b0 = r < n_runs ? run[r].b : (uint32_t)b->tokens.n;

		*differ += nb_align_replaced(a, a_end, a0, b, b_end, b0);
		if (r == n_runs)
			break;
		*agree += facts_inside(&a->tokens, run[r].a, run[r].n);
		a_end = run[r].a + run[r].n;
		b_end = run[r].b + run[r].n;
	}
}
