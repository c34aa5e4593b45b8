/* SPDX-License-Identifier: MIT
 *
 * compare.c - see compare.h.
 */
#include "copies/compare.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"

void nb_edges_release(nb_edges *e)
{
	free(e->edge);
	free(e->span);
	*e = (nb_edges){ 0 };
}

void nb_preparer_release(nb_preparer *p)
{
	nb_tokens_release(&p->tokens);
	free(p->buffer);
	*p = (nb_preparer){ 0 };
}

nb_status nb_prepare_article(nb_preparer *p, const nb_night *night, const nb_sketch_params *params,
			     uint32_t i, nb_prepared **out)
{
	nb_str text;
	nb_status status = NB_GROW(p->buffer, &p->capacity, (size_t)night->text_len[i] + 1);

	*out = NULL;
	NB_TRY(status, nb_night_text(night, i, p->buffer, &text));
	return status == NB_OK ? nb_prepare(&p->tokens, params, text, out) : status;
}

static uint16_t simhash_distance(const nb_sketches *s, nb_pair p)
{
	size_t words = s->simhash ? s->params.simhash_bits / 64 : 0;
	unsigned n = 0;

	for (size_t w = 0; w < words; w++)
		n += (unsigned)__builtin_popcountll(s->simhash[p.a * words + w] ^
						    s->simhash[p.b * words + w]);
	return (uint16_t)n;
}

static int64_t apart(const nb_night *night, nb_pair p)
{
	return nb_apart(night->published_at[p.a], night->day_only[p.a], night->published_at[p.b],
			night->day_only[p.b]);
}

nb_status nb_compare_articles(const nb_night *night, const nb_sketches *s,
			      const nb_copy_params *params, nb_pair pair, const nb_prepared *a,
			      const nb_prepared *b, nb_edge *edge, nb_span span[NB_EDGE_SPANS])
{
	nb_status status = nb_verify_text(a, b, params, apart(night, pair), edge, span);

	edge->a = pair.a;
	edge->b = pair.b;
	edge->simhash_distance = simhash_distance(s, pair);
	return status;
}

nb_status nb_edges_append(nb_edges *out, const nb_edge *edge, const nb_span *span)
{
	nb_status status = NB_GROW(out->edge, &out->capacity, out->n + 1);

	NB_TRY(status, NB_GROW(out->span, &out->span_capacity, out->n_spans + NB_EDGE_SPANS));
	if (status != NB_OK)
		return status;
	out->edge[out->n] = *edge;
	out->edge[out->n++].span_at = out->n_spans;
	memcpy(out->span + out->n_spans, span, edge->n_spans * sizeof(*span));
	out->n_spans += edge->n_spans;
	return NB_OK;
}
