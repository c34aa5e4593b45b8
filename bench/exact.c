/* SPDX-License-Identifier: MIT
 *
 * exact.c - see exact.h.
 */
#include "exact.h"

#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

int judge_init(struct judge *j, const gen_night *night, const struct reports *reports)
{
	*j = (struct judge){ .writer = gen_writer_new(night), .reports = reports };
	nb_sketch_params_init(&j->sketch);
	nb_copy_params_init(&j->copy);
	return j->writer ? 0 : -1;
}

void judge_release(struct judge *j)
{
	gen_writer_free(j->writer);
	nb_sketcher_release(&j->sketcher);
	free(j->scratch);
}

/* Scratch for n shingles. */
static int make_room(struct judge *j, size_t n)
{
	if (n <= j->capacity)
		return 0;
	free(j->scratch);
	j->scratch = malloc(2 * n * sizeof(*j->scratch));
	j->capacity = j->scratch ? 2 * n : 0;
	return j->scratch ? 0 : -1;
}

static nb_str text_of(struct judge *j, uint32_t i)
{
	nb_article a;

	if (j->reports)
		return reports_text(j->reports, i);
	gen_article(j->writer, i, &a);
	return a.text;
}

int exact_make(struct judge *j, const gen_night *night, uint32_t i, struct exact *out)
{
	nb_sketcher *s = &j->sketcher;
	nb_str text = text_of(j, i);
	gen_truth t;

	gen_truth_get(night, i, &t);
	if (nb_shingle_text(s, &j->sketch, text.ptr, text.len) != NB_OK)
		return -1;
	if (make_room(j, s->n_shingle) < 0)
		return -1;
	*out = (struct exact){ .number = i, .instance = t.instance, .kind = t.kind,
			       .published_at = t.published_at };
	out->tokens = XXH3_64bits(s->tokens.hash, s->tokens.n * sizeof(*s->tokens.hash));
	out->n = (uint32_t)nb_shingle_set(s->shingle, s->n_shingle, j->scratch);
	out->shingle = malloc((out->n + 1) * sizeof(*out->shingle));
	if (!out->shingle)
		return -1;
	memcpy(out->shingle, s->shingle, out->n * sizeof(*out->shingle));
	return 0;
}

static uint32_t shared_shingles(const struct exact *a, const struct exact *b)
{
	uint32_t i = 0, k = 0, shared = 0;

	while (i < a->n && k < b->n) {
		uint64_t x = a->shingle[i], y = b->shingle[k];

		shared += x == y;
		i += x <= y;
		k += y <= x;
	}
	return shared;
}

struct likeness exact_compare(const struct exact *a, const struct exact *b,
			      const nb_copy_params *p)
{
	uint32_t shared = shared_shingles(a, b), least = a->n < b->n ? a->n : b->n;
	struct likeness l = { 0 };

	if (least == 0)
		return l;
	l.jaccard = (double)shared / (double)(a->n + b->n - shared);
	l.containment = (double)shared / (double)least;
	l.copy = a->tokens == b->tokens;
	if (least >= p->min_shingles && l.jaccard >= p->jaccard)
		l.copy = true;
	if (least >= p->min_shingles && least >= p->contain_shingles &&
	    l.containment >= p->containment)
		l.copy = true;
	return l;
}
