/* SPDX-License-Identifier: MIT
 *
 * publish.c - the tables of a night: rows made in parallel, chunk by chunk, written in order.
 *
 * A chunk stops early when it has become large, and the writing thread makes the rest of it; so
 * memory stays bounded whatever the rows are, and the usual night loses nothing.
 */
#include <errno.h>
#include <omp.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/status.h"
#include "publish/row.h"

#define CHUNK_ROWS  1024u
#define CHUNK_BYTES ((size_t)4 << 20)

/* Rows [next, end) are to be made; the made ones wait in maker.json. */
typedef struct chunk {
	nb_rowmaker maker;
	uint64_t next, end;
	uint64_t n_made;
	nb_status status;
	int sys_errno; /* of the failed row */
} chunk;

/* One kind of table. */
typedef struct kind {
	const char *name;
	nb_row_fn *row;
	uint64_t n_rows;
	int level;
} kind;

static void make_rows(chunk *c, const nb_plan *plan, nb_row_fn *row)
{
	nb_json_clear(&c->maker.json);
	c->n_made = 0;
	c->status = NB_OK;
	while (c->next < c->end && c->status == NB_OK && c->maker.json.len < CHUNK_BYTES) {
		c->status = row(&c->maker, plan, c->next++);
		c->sys_errno = errno;
		c->n_made++;
	}
}

/* Write a chunk, making what is still missing of it. */
static nb_status write_chunk(nb_table *t, chunk *c, const nb_plan *plan, const kind *k,
			     nb_error *err)
{
	for (;;) {
		nb_status status = c->status;

		if (status != NB_OK) {
			errno = c->sys_errno;
			return nb_fail(err, status, k->name, "cannot make a row");
		}
		status = nb_table_append(t, c->maker.json.text, c->maker.json.len, c->n_made, err);
		if (status != NB_OK || c->next == c->end)
			return status;
		make_rows(c, plan, k->row);
	}
}

/* Chunks are taken and written in the order of their numbers.  Waiting threads sleep: spinning, as
 * OpenMP's `ordered` does, would take the processor from the compression threads. */
typedef struct queue {
	pthread_mutex_t lock;
	pthread_cond_t moved;
	uint64_t n, taken, written;
	nb_status status;
} queue;

static bool take_chunk(queue *q, const kind *k, uint64_t *number, chunk *c)
{
	bool taken;

	pthread_mutex_lock(&q->lock);
	taken = q->taken < q->n && q->status == NB_OK;
	if (taken)
		*number = q->taken++;
	pthread_mutex_unlock(&q->lock);
	if (!taken)
		return false;
	c->next = *number * CHUNK_ROWS;
	c->end = *number + 1 < q->n ? c->next + CHUNK_ROWS : k->n_rows;
	return true;
}

/* Sleep until it is this chunk's turn; whether it is still to be written. */
static bool wait_turn(queue *q, uint64_t number)
{
	bool go_on;

	pthread_mutex_lock(&q->lock);
	while (q->written != number)
		pthread_cond_wait(&q->moved, &q->lock);
	go_on = q->status == NB_OK;
	pthread_mutex_unlock(&q->lock);
	return go_on;
}

static void end_turn(queue *q, nb_status status)
{
	pthread_mutex_lock(&q->lock);
	if (status != NB_OK)
		q->status = status;
	q->written++;
	pthread_cond_broadcast(&q->moved);
	pthread_mutex_unlock(&q->lock);
}

/* Make and write all rows.  While a thread writes, the others make rows. */
static nb_status write_rows(nb_table *t, chunk *chunks, const nb_plan *plan, const kind *k,
			    nb_error *err)
{
	queue q = { .lock = PTHREAD_MUTEX_INITIALIZER,
		    .moved = PTHREAD_COND_INITIALIZER,
		    .n = (k->n_rows + CHUNK_ROWS - 1) / CHUNK_ROWS };

#pragma omp parallel if (q.n > 1)
	{
		chunk *c = &chunks[omp_get_thread_num()];
		uint64_t number;

		while (take_chunk(&q, k, &number, c)) {
			nb_status status = NB_OK;

			make_rows(c, plan, k->row);
			if (wait_turn(&q, number))
				status = write_chunk(t, c, plan, k, err);
			end_turn(&q, status);
		}
	}
	return q.status;
}

static nb_status write_table(nb_output *o, chunk *chunks, const nb_plan *plan, const kind *k,
			     int workers, nb_table_info *info, nb_error *err)
{
	nb_table *t;
	nb_status status = nb_table_new(o, k->name, k->level, workers, &t, err);

	if (status != NB_OK)
		return status;
	status = write_rows(t, chunks, plan, k, err);
	NB_TRY(status, nb_table_close(t, info, err));
	nb_table_free(t);
	return status;
}

static void free_chunks(chunk *chunks, size_t n)
{
	for (size_t i = 0; chunks && i < n; i++)
		nb_rowmaker_release(&chunks[i].maker);
	free(chunks);
}

void nb_publish_options_init(nb_publish_options *o)
{
	*o = (nb_publish_options){ .level = 3, .workers = 1, .texts = true };
}

nb_status nb_publish_tables(nb_output *o, const nb_published *p, const nb_publish_options *options,
			    nb_table_info info[NB_TABLES], nb_error *err)
{
	size_t n_chunks = (size_t)omp_get_max_threads(); /* one a thread */
	chunk *chunks = calloc(n_chunks, sizeof(*chunks));
	nb_plan plan = { 0 };
	nb_status status = chunks ? nb_plan_init(&plan, p) : NB_ENOMEM;
	const kind kinds[NB_TABLES - 1] = {
		{ "articles.jsonl.zst", nb_row_article, p->night->n, options->level },
		{ "copies.jsonl.zst", nb_row_copies, plan.n_groups, options->level },
		{ "events.jsonl.zst", nb_row_event, p->events->n_events, options->level },
		{ "storylines.jsonl.zst", nb_row_storyline, p->events->n_storylines,
		  options->level },
		{ "edges.jsonl.zst", nb_row_edge, plan.n_edges, options->level },
		{ "texts.jsonl.zst", nb_row_text, p->night->n, 1 },
	};

	memset(info, 0, NB_TABLES * sizeof(*info));
	if (status != NB_OK)
		nb_fail(err, status, nb_output_tmp(o), "no memory to write tables");
	for (size_t i = 0; status == NB_OK && i < NB_TABLES - 1; i++)
		if (options->texts || kinds[i].row != nb_row_text)
			status = write_table(o, chunks, &plan, &kinds[i], options->workers,
					     &info[i], err);
	if (status == NB_OK && p->rejects)
		status = nb_reject_table_close(p->rejects, &info[NB_TABLES - 1], err);
	nb_plan_release(&plan);
	free_chunks(chunks, n_chunks);
	return status;
}
