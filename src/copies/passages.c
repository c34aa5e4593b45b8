/* SPDX-License-Identifier: MIT
 *
 * passages.c - two texts as a list of passages: see verify.h.
 */
#include <stdlib.h>

#include "copies/align.h"

_Static_assert(NB_PASSAGES == 2 * NB_RUNS + 1, "every run, and what lies around it");

/* The text of tokens [begin, end), up to where the next token starts, so that no mark is lost. */
static nb_str stretch(const nb_prepared *p, uint32_t begin, uint32_t end)
{
	size_t from = begin == 0 ? 0 : begin < p->n_tokens ? p->begin[begin] : p->text.len;
	size_t to = end < p->n_tokens ? p->begin[end] : p->text.len;

	return begin < end ? (nb_str){ p->text.ptr + from, to - from } : (nb_str){ 0 };
}

static nb_passage_kind kind_of_gap(const nb_prepared *a, uint32_t a0, uint32_t a1,
				   const nb_prepared *b, uint32_t b0, uint32_t b1)
{
	nb_facts f;

	if (a0 >= a1)
		return NB_PASSAGE_ONLY_B;
	if (b0 >= b1)
		return NB_PASSAGE_ONLY_A;
	f = nb_align_replaced(a, a0, a1, b, b0, b1);
	return f.numbers_differ + f.names_differ > 0 ? NB_PASSAGE_FACTS : NB_PASSAGE_REPLACED;
}

nb_status nb_passages(const nb_prepared *a, const nb_prepared *b, nb_passage *passage, size_t *n)
{
	nb_shared_run *run = malloc(NB_RUNS * sizeof(*run));
	size_t n_runs = run ? nb_align_runs(a, b, run) : 0;
	uint32_t a_end = 0, b_end = 0;

	*n = 0;
	if (!run)
		return NB_ENOMEM;
	for (size_t r = 0; r <= n_runs; r++) {
		nb_shared_run at = r < n_runs ? run[r] :
						(nb_shared_run){ a->n_tokens, b->n_tokens, 0 };
		bool moved = at.a < a_end;
		uint32_t a_gap = moved ? a_end : at.a;

		if (a_end < a_gap || b_end < at.b)
			passage[(*n)++] = (nb_passage){ kind_of_gap(a, a_end, a_gap, b, b_end, at.b),
							stretch(a, a_end, a_gap),
							stretch(b, b_end, at.b) };
		if (at.n > 0)
			passage[(*n)++] = (nb_passage){ moved ? NB_PASSAGE_MOVED : NB_PASSAGE_SHARED,
							stretch(a, at.a, at.a + at.n),
							stretch(b, at.b, at.b + at.n) };
		a_end = moved ? a_end : at.a + at.n;
		b_end = at.b + at.n;
	}
	free(run);
	return NB_OK;
}
