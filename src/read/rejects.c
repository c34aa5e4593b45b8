/* SPDX-License-Identifier: MIT
 *
 * rejects.c - see rejects.h.
 */
#include "read/rejects.h"

#include <string.h>

#include "base/array.h"

static nb_status append(nb_batch *batch, const nb_reject *reject)
{
	if (NB_GROW(batch->reject, &batch->memory->reject_capacity, batch->n_reject + 1) != NB_OK)
		return NB_ENOMEM;
	batch->reject[batch->n_reject++] = *reject;
	return NB_OK;
}

/* A string kept in room[0..most). */
static nb_str keep(nb_str s, char *room, size_t most)
{
	if (s.len > most)
		s.len = most;
	if (s.len)
		memcpy(room, s.ptr, s.len);
	return (nb_str){ room, s.len };
}

nb_status nb_file_rejects_add(nb_file_rejects *f, nb_batch *batch, const nb_reject *reject)
{
	nb_reject_rest *rest = &f->rest[reject->reason];

	batch->n_rejected++;
	if (++f->n[reject->reason] <= NB_REJECT_FULL)
		return append(batch, reject);
	if (rest->reject.count++ == 0) {
		rest->reject = *reject;
		rest->reject.detail = keep(reject->detail, rest->detail, sizeof(rest->detail));
		rest->reject.sample = keep(reject->sample, rest->sample, sizeof(rest->sample));
	}
	return NB_OK;
}

void nb_file_rejects_count(nb_file_rejects *f, nb_batch *batch, nb_reject_reason reason, uint64_t n)
{
	batch->n_rejected += n;
	f->n[reason] += n;
	f->rest[reason].reject.count += n;
}

/* The batch outlives what is known of the file. */
static nb_status move_string(nb_batch *batch, nb_str *s)
{
	char *copy = nb_pool_take(&batch->memory->share->pool, s->len + 1);

	if (!copy)
		return NB_ENOMEM;
	*s = keep(*s, copy, s->len);
	return NB_OK;
}

nb_status nb_file_rejects_end(nb_file_rejects *f, nb_batch *batch)
{
	for (int i = 0; i < NB_REJECT_COUNT; i++) {
		nb_reject *reject = &f->rest[i].reject;

		if (reject->count && (move_string(batch, &reject->detail) != NB_OK ||
				      move_string(batch, &reject->sample) != NB_OK ||
				      append(batch, reject) != NB_OK))
			return NB_ENOMEM;
		reject->count = f->n[i] = 0;
	}
	return NB_OK;
}
