/* SPDX-License-Identifier: MIT
 *
 * reader.c - see reader.h: segments gathered to a batch, cut in order, parsed in parallel, put
 * together in order.
 */
#include "newsbraid/reader.h"

#include <omp.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/threads.h"
#include "read/input/read_ahead.h"
#include "read/rejects.h"
#include "read/tasks.h"

#define BATCH_BYTES    ((size_t)16 << 20)
#define SEGMENT_LEAST  ((size_t)8 << 10) /* more than NB_FORMAT_HEAD: see open_head in tasks.c */
#define SEGMENT_MOST   ((size_t)256 << 10)
#define SEGMENTS_BATCH 64 /* segments in a batch, if they have the sizes between the two */
#define PUMP_THREADS   8
#define TASKS_BATCH    65536 /* a batch of tiny files ends here */
/* A batch of tiny records ends after the slice that passes RECORDS_BATCH: an article takes twenty
 * times the bytes of the shortest line that makes one. */
#define RECORDS_BATCH    ((size_t)1 << 18)
#define SLICE_TASKS      ((size_t)4096)
#define SLICE_BYTES      ((size_t)4 << 20) /* at least; more for many threads */
#define SLICE_PER_THREAD ((size_t)512 << 10)

struct nb_reader {
	nb_alias_map map;
	nb_inputs in;
	nb_read_ahead *pump;
	nb_cutter cutter;
	size_t batch_bytes, n_threads;
	nb_segment *held; /* segments that the cutter's tasks point into */
	size_t n_parsed;  /* of the cutter's tasks */
	nb_maker *maker;  /* one a thread */
	size_t n_makers;
	bool ended;
	uint32_t current; /* the file that is being delivered */
	uint64_t lines;   /* of it so far */
	nb_file_rejects rejects;
	_Atomic uint64_t done;
};

void nb_reader_options_init(nb_reader_options *o)
{
	*o = (nb_reader_options){ .batch_bytes = BATCH_BYTES };
}

static size_t clamp(size_t x, size_t least, size_t most)
{
	return x < least ? least : x > most ? most : x;
}

nb_status nb_reader_new(const nb_reader_options *o, nb_reader **out, nb_error *err)
{
	nb_reader *r = calloc(1, sizeof(*r));
	size_t segment, budget;
	nb_status status;

	*out = NULL;
	if (!r)
		return nb_fail(err, NB_ENOMEM, NULL, "no memory for the reader");
	r->batch_bytes = o->batch_bytes;
	r->n_threads = (size_t)nb_threads(o->threads);
	r->current = UINT32_MAX;
	atomic_init(&r->done, 0);
	status = nb_alias_map_init(&r->map, o->map, o->n_map, err);
	NB_TRY(status, nb_inputs_list(&r->in, o, err));
	if (status == NB_OK) {
		segment = clamp(o->batch_bytes / SEGMENTS_BATCH, SEGMENT_LEAST, SEGMENT_MOST);
		budget = o->batch_bytes > BATCH_BYTES ? o->batch_bytes : BATCH_BYTES;
		status = nb_read_ahead_new(
			&r->in, segment, budget,
			(unsigned)clamp(r->n_threads, 1, PUMP_THREADS), &r->pump);
		if (status != NB_OK)
			nb_fail(err, status, NULL, "cannot start the reading threads");
	}
	if (status != NB_OK) {
		nb_reader_free(r);
		return status;
	}
	*out = r;
	return NB_OK;
}

static void drop_held(nb_reader *r)
{
	while (r->held) {
		nb_segment *s = r->held;

		r->held = s->next;
		nb_read_ahead_recycle(r->pump, s);
	}
}

void nb_reader_free(nb_reader *r)
{
	if (!r)
		return;
	if (r->pump)
		drop_held(r);
	nb_read_ahead_free(r->pump);
	nb_cut_release(&r->cutter);
	for (size_t i = 0; i < r->n_makers; i++)
		nb_maker_release(&r->maker[i]);
	free(r->maker);
	nb_alias_map_release(&r->map);
	nb_inputs_release(&r->in);
	free(r);
}

static nb_status make_makers(nb_reader *r, size_t n)
{
	nb_maker *maker;

	if (r->n_makers >= n)
		return NB_OK;
	maker = realloc(r->maker, n * sizeof(*maker));
	if (!maker)
		return NB_ENOMEM;
	r->maker = maker;
	for (; r->n_makers < n; r->n_makers++)
		if (nb_maker_init(&maker[r->n_makers]) != NB_OK)
			return NB_ENOMEM;
	return NB_OK;
}

/* Take segments until the batch is full, and cut them. */
static nb_status gather(nb_reader *r)
{
	size_t bytes = 0;

	while (!r->ended && (bytes < r->batch_bytes || r->cutter.n == 0) &&
	       r->cutter.n < TASKS_BATCH) {
		nb_status status;
		nb_segment *s = nb_read_ahead_next(r->pump, &status);
		nb_input_file *file;

		if (!s) {
			r->ended = true;
			return status;
		}
		s->next = r->held;
		r->held = s;
		bytes += s->capacity;
		file = &r->in.file[s->file];
		status = nb_cut_segment(&r->cutter, file->path, s);
		if (status != NB_OK)
			return status;
		file->format = r->cutter.format ? r->cutter.format->name : "";
		file->bytes += s->consumed;
		if (r->cutter.dead)
			nb_read_ahead_give_up(r->pump, s->file);
		file->truncated |= s->trouble == NB_REJECT_DAMAGED;
		atomic_fetch_add_explicit(&r->done, s->consumed, memory_order_relaxed);
		/* a segment that only continues a long record holds nothing a task points to */
		if (r->cutter.n == 0) {
			r->held = s->next;
			nb_read_ahead_recycle(r->pump, s);
			bytes = 0;
		}
	}
	return NB_OK;
}

/* The end of the slice of tasks that begins at `begin`. */
static size_t slice_end(const nb_cutter *c, size_t begin, size_t n_threads)
{
	size_t most = SLICE_PER_THREAD * n_threads, bytes = 0, end = begin;

	if (most < SLICE_BYTES)
		most = SLICE_BYTES;
	while (end < c->n && end - begin < SLICE_TASKS && bytes < most)
		bytes += c->task[end++].len;
	return end;
}

/* Parse tasks until the batch has enough records, or all. */
static nb_status parse_tasks(nb_reader *r, nb_batch *batch, size_t n_threads)
{
	nb_cutter *c = &r->cutter;
	bool no_memory = false;
	size_t n_records = 0;

	while (r->n_parsed < c->n && n_records < RECORDS_BATCH && !no_memory) {
		size_t begin = r->n_parsed, end = slice_end(c, begin, n_threads);

#pragma omp parallel for schedule(dynamic, 1) num_threads((int)n_threads) if (end - begin > 1)
		for (size_t i = begin; i < end; i++) {
			size_t k = (size_t)omp_get_thread_num();

			c->task[i].share = k;
			nb_parse_task(&r->map, &r->maker[k], &c->task[i], &batch->memory->share[k]);
		}
		for (size_t i = begin; i < end; i++)
			n_records += c->task[i].n_articles + c->task[i].n_rejects;
		for (size_t k = 0; k < n_threads; k++)
			no_memory |= r->maker[k].no_memory;
		r->n_parsed = end;
	}
	return no_memory ? NB_ENOMEM : NB_OK;
}

/* Append the rejects of a task; `before`: lines before it. */
static nb_status append_rejects(nb_reader *r, nb_batch *batch, const nb_task *t, uint64_t before)
{
	const nb_reject *from = batch->memory->share[t->share].reject + t->reject;
	uint64_t kept[NB_REJECT_COUNT] = { 0 };
	nb_status status = NB_OK;

	for (size_t i = 0; status == NB_OK && i < t->n_rejects; i++) {
		nb_reject reject = from[i];

		reject.line += t->whole_file ? 0 : before;
		kept[reject.reason]++;
		status = nb_file_rejects_add(&r->rejects, batch, &reject);
	}
	for (int i = 0; status == NB_OK && i < NB_REJECT_COUNT; i++) {
		nb_file_rejects_count(&r->rejects, batch, (nb_reject_reason)i,
				      t->n_rejected[i] - kept[i]);
		r->in.file[t->file].n_rejects += t->n_rejected[i];
	}
	return status;
}

/* Append what a task made, its line numbers counted from the file's beginning. */
static nb_status append_task(nb_reader *r, nb_batch *batch, const nb_task *t)
{
	const nb_share *share = &batch->memory->share[t->share];
	nb_input_file *file = &r->in.file[t->file];
	uint64_t before;

	if (r->current != t->file) {
		if (nb_file_rejects_end(&r->rejects, batch) != NB_OK)
			return NB_ENOMEM;
		r->current = t->file;
		r->lines = 0;
	}
	before = t->line ? 0 : r->lines;
	r->lines += t->n_lines;
	for (size_t i = 0; i < t->n_articles; i++) {
		batch->article[batch->n] = share->article[t->article + i];
		batch->article[batch->n++].line += before;
	}
	file->n_records += t->n_articles;
	batch->n_repaired += t->n_repaired;
	batch->n_skipped += t->n_skipped;
	return append_rejects(r, batch, t, before);
}

/* Put together what tasks [begin, end) made. */
static nb_status assemble(nb_reader *r, nb_batch *batch, size_t begin, size_t end)
{
	nb_status status;
	size_t n = 0;

	for (size_t i = begin; i < end; i++)
		n += r->cutter.task[i].n_articles;
	status = NB_GROW(batch->article, &batch->memory->capacity, n);
	for (size_t i = begin; status == NB_OK && i < end; i++)
		status = append_task(r, batch, &r->cutter.task[i]);
	return status;
}

nb_status nb_reader_next(nb_reader *r, nb_batch *batch, nb_error *err)
{
	size_t n_threads = r->n_threads;
	nb_status status = nb_batch_prepare(batch, n_threads);

	NB_TRY(status, make_makers(r, n_threads));
	/* a batch may come out empty: of blank lines, say */
	while (status == NB_OK && nb_batch_is_empty(batch)) {
		size_t begin;

		if (r->n_parsed == r->cutter.n) {
			if (r->ended) {
				status = nb_file_rejects_end(&r->rejects, batch);
				break;
			}
			nb_cut_reset(&r->cutter);
			drop_held(r);
			r->n_parsed = 0;
			status = gather(r);
		}
		begin = r->n_parsed;
		NB_TRY(status, parse_tasks(r, batch, n_threads));
		NB_TRY(status, assemble(r, batch, begin, r->n_parsed));
	}
	return status == NB_OK ? NB_OK : nb_fail(err, status, NULL, "no memory for a batch");
}

nb_status nb_reader_check_map(const char *entry, nb_error *err)
{
	return nb_alias_entry_check(entry, err);
}

bool nb_reader_map_used(const nb_reader *r, size_t i)
{
	return atomic_load_explicit(&r->map.seen[i], memory_order_relaxed);
}

const nb_input_file *nb_reader_files(const nb_reader *r, size_t *n)
{
	*n = r->in.n;
	return r->in.file;
}

void nb_reader_progress(const nb_reader *r, uint64_t *done, uint64_t *expected)
{
	*done = atomic_load_explicit(&r->done, memory_order_relaxed);
	*expected = r->in.expected;
}
