/* SPDX-License-Identifier: MIT
 *
 * token.c - see token.h: the fast path.
 *
 * The text is folded into a scratch block, piece by piece so that the room asked for ahead stays
 * small even where characters expand.  The block has spaces before and after it, which makes the
 * wide loads of the kernels legal; the text of the caller is never read past its end.
 */
#include "text/token_scratch.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"

#define PIECE ((size_t)16 << 10)

void nb_tokens_release(nb_tokens *t)
{
	struct nb_token_scratch *s = t->scratch;

	if (s) {
		free(s->block);
		free(s->from);
		free(s->to);
		free(s->place);
		free(s->numbers);
		free(s);
	}
	free(t->hash);
	free(t->begin);
	free(t->end);
	free(t->kind);
	free(t->small);
	free(t->sentence);
	*t = (nb_tokens){ 0 };
}

nb_status nb_tokens_use(nb_tokens *t, const nb_text_kernel *kernel)
{
	if (!t->scratch)
		t->scratch = calloc(1, sizeof(*t->scratch));
	if (!t->scratch)
		return NB_ENOMEM;
	t->scratch->kernel = kernel;
	return NB_OK;
}

nb_status nb_token_begin(nb_tokens *t, size_t len)
{
	nb_status status = NB_OK;

	t->n = 0;
	if (len > NB_TOKEN_TEXT_MAX)
		return NB_ELIMIT;
	if (!t->scratch)
		status = nb_tokens_use(t, nb_text_kernel_get());
	if (status == NB_OK)
		t->scratch->n_folded = 0;
	return status;
}

nb_status nb_token_room(struct nb_token_scratch *s, size_t n)
{
	size_t need = NB_FOLD_FRONT + s->n_folded + NB_FOLD_MAX(n) + NB_FOLD_SLACK + NB_FOLDED_PAD;
	size_t used = s->n_folded ? NB_FOLD_FRONT + s->n_folded : 0;
	nb_status status = NB_GROW_BLOCK(s->block, &s->block_capacity, used, need);

	if (status == NB_OK && !used)
		memset(s->block, ' ', NB_FOLD_FRONT);
	return status;
}

void nb_token_pad(struct nb_token_scratch *s)
{
	memset(nb_token_folded(s) + s->n_folded, ' ', NB_FOLDED_PAD);
}

size_t nb_token_piece(const uint8_t *text, size_t at, size_t len)
{
	size_t n = PIECE;

	if (len - at <= PIECE)
		return len - at;
	while (n > PIECE - 4 && (text[at + n] & 0xC0) == 0x80)
		n--;
	return n;
}

static nb_status fold_text(struct nb_token_scratch *s, const uint8_t *text, size_t len)
{
	nb_fold f = { NULL, 0 };
	nb_status status = nb_token_room(s, 0);

	for (size_t at = 0, n; status == NB_OK && at < len; at += n) {
		n = nb_token_piece(text, at, len);
		status = nb_token_room(s, n);
		if (status != NB_OK)
			break;
		f.out = nb_token_folded(s) + s->n_folded;
		s->kernel->fold(&f, text + at, n);
		s->n_folded = (size_t)(f.out - nb_token_folded(s));
	}
	if (status == NB_OK)
		nb_token_pad(s);
	return status;
}

static nb_status keep_places(nb_tokens *t, size_t n)
{
	struct nb_token_scratch *s = t->scratch;
	nb_status status = NB_GROW(s->place, &s->place_capacity, 2 * (t->n + n));

	if (status == NB_OK && n)
		memcpy(s->place + 2 * t->n, s->edge, 2 * n * sizeof(*s->place));
	return status;
}

nb_status nb_token_collect(nb_tokens *t, bool places)
{
	struct nb_token_scratch *s = t->scratch;
	const uint8_t *folded = nb_token_folded(s);
	size_t end = (s->n_folded / 64 + 1) * 64; /* at least one space ends the last token */
	nb_edge_state state = { 0, 0 };
	size_t n = 0; /* edges waiting: 1 if a token goes on in the next batch */

	for (size_t at = 0, stop; at < end; at = stop) {
		nb_status status;

		stop = end - at > NB_EDGE_BATCH ? at + NB_EDGE_BATCH : end;
		n += s->kernel->edges(folded, at, stop, &state, s->edge + n);
		status = NB_GROW_BLOCK(t->hash, &s->hash_capacity, t->n, t->n + n / 2);
		if (status == NB_OK && places)
			status = keep_places(t, n / 2);
		if (status != NB_OK)
			return status;
		if (n / 2 > 0)
			s->kernel->hashes(folded, s->edge, n / 2, t->hash + t->n);
		t->n += n / 2;
		s->edge[0] = s->edge[n - (n > 0)];
		n %= 2;
	}
	return NB_OK;
}

nb_status nb_token_hashes(nb_tokens *t, const char *text, size_t len)
{
	nb_status status = nb_token_begin(t, len);

	NB_TRY(status, fold_text(t->scratch, (const uint8_t *)text, len));
	NB_TRY(status, nb_token_collect(t, false));
	if (status != NB_OK)
		t->n = 0;
	return status;
}
