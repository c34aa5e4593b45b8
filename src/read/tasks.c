/* SPDX-License-Identifier: MIT
 *
 * tasks.c - see tasks.h.
 */
#include "read/tasks.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "newsbraid/reader.h"

static nb_task *add_task(nb_cutter *c, const char *ptr, size_t len)
{
	nb_task *t;

	if (NB_GROW(c->task, &c->capacity, c->n + 1) != NB_OK)
		return NULL;
	t = &c->task[c->n++];
	*t = (nb_task){ .ptr = ptr,
			.len = len,
			.byte = c->byte,
			.file = c->file,
			.format = c->format,
			.path = c->path,
			.header = c->header };
	memcpy(t->charset, c->scan.charset, sizeof(t->charset));
	return t;
}

/* Memory that lives until the batch is filled again; taken over even on failure. */
static nb_status keep(nb_cutter *c, char *p)
{
	if (NB_GROW(c->kept, &c->kept_capacity, c->n_kept + 1) != NB_OK) {
		free(p);
		return NB_ENOMEM;
	}
	c->kept[c->n_kept++] = p;
	return NB_OK;
}

/* ---- the carry: a record in pieces ---------------------------------------------------------- */

/* Append a piece.  A record that gets too long keeps only its beginning. */
static nb_status carry_add(nb_carry *carry, const char *p, size_t n)
{
	if (carry->skipping)
		return NB_OK;
	if (n > NB_LINE_MAX - carry->n) {
		size_t want = NB_REJECT_SAMPLE;

		carry->skipping = true;
		if (carry->n >= want) {
			char *less = realloc(carry->p, want + NB_JSON_PADDING);

			carry->p = less ? less : carry->p;
			carry->capacity = less ? want + NB_JSON_PADDING : carry->capacity;
			carry->n = want;
			return NB_OK;
		}
		n = want - carry->n;
	}
	if (NB_GROW(carry->p, &carry->capacity, carry->n + n + NB_JSON_PADDING) != NB_OK)
		return NB_ENOMEM;
	memcpy(carry->p + carry->n, p, n);
	carry->n += n;
	return NB_OK;
}

static bool carry_open(const nb_carry *carry)
{
	return carry->n > 0 || carry->skipping;
}

static void drop_carry(nb_carry *carry)
{
	carry->n = 0;
	carry->skipping = false;
}

/* The carried record is whole: make a task of it. */
static nb_status carry_flush(nb_cutter *c, nb_task **out)
{
	nb_carry *carry = &c->carry;
	nb_task *t = add_task(c, carry->p, carry->n);

	*out = t;
	if (!t)
		return NB_ENOMEM;
	t->byte = carry->byte;
	t->line = carry->line;
	t->rejected = carry->skipping;
	t->reason = NB_REJECT_TOO_LONG;
	t->detail = "longer than 64 MiB";
	if (carry->p)
		memset(carry->p + carry->n, 0, NB_JSON_PADDING);
	if (carry->p && keep(c, carry->p) != NB_OK) {
		*carry = (nb_carry){ 0 };
		return NB_ENOMEM;
	}
	*carry = (nb_carry){ 0 };
	return NB_OK;
}

/* ---- lines ---------------------------------------------------------------------------------- */

static nb_status cut_lines(nb_cutter *c, const char *p, size_t n)
{
	const char *end = p + n, *last;
	nb_status status;
	nb_task *t;

	if (carry_open(&c->carry)) {
		const char *line_end = memchr(p, '\n', n);
		size_t part = line_end ? (size_t)(line_end - p) + 1 : n;

		status = carry_add(&c->carry, p, part);
		c->byte += part;
		if (status != NB_OK || !line_end)
			return status;
		if (carry_flush(c, &t) != NB_OK)
			return NB_ENOMEM;
		t->n_lines = t->rejected; /* else its parser counts it */
		p += part;
	}
	last = p < end ? memrchr(p, '\n', (size_t)(end - p)) : NULL;
	if (last) {
		if (!add_task(c, p, (size_t)(last - p) + 1))
			return NB_ENOMEM;
		c->byte += (size_t)(last - p) + 1;
		p = last + 1;
	}
	if (p < end) {
		c->carry.byte = c->byte;
		c->byte += (size_t)(end - p);
		return carry_add(&c->carry, p, (size_t)(end - p));
	}
	return NB_OK;
}

/* ---- files ---------------------------------------------------------------------------------- */

static nb_status add_reject(nb_cutter *c, nb_reject_reason reason, const char *detail,
			    const char *sample, size_t n)
{
	nb_task *t;
	char *copy = NULL;

	if (n > NB_REJECT_SAMPLE)
		n = NB_REJECT_SAMPLE;
	if (n) {
		copy = malloc(n);
		if (!copy || keep(c, copy) != NB_OK)
			return NB_ENOMEM;
		memcpy(copy, sample, n);
	}
	t = add_task(c, copy, n);
	if (!t)
		return NB_ENOMEM;
	t->rejected = true;
	t->reason = reason;
	t->detail = detail;
	t->line = c->format && c->format->scan ? c->scan.place : 0;
	t->whole_file = !c->format;
	return NB_OK;
}

/* ---- records -------------------------------------------------------------------------------- */

/* Whole records in the bytes at hand that are no task yet. */
struct group {
	size_t begin, end; /* end == 0: none */
	uint64_t line;
};

/* The first record of a file is its header, which outlives the batch. */
static nb_status take_header(nb_cutter *c, const char *p, struct group *g)
{
	nb_status status = carry_add(&c->carry, p + g->begin, g->end - g->begin);
	bool too_long = c->carry.skipping || c->carry.n > NB_HEADER_MAX;

	if (status != NB_OK)
		return status;
	if (too_long) {
		c->dead = true;
		drop_carry(&c->carry);
		return add_reject(c, NB_REJECT_TOO_LONG, "its header is longer than 64 KiB",
				  p + g->begin, g->end - g->begin);
	}
	c->header = (nb_str){ c->carry.p, c->carry.n };
	c->carry = (nb_carry){ 0 };
	g->end = 0;
	return NB_OK;
}

/* Make a task of them; the first may have begun in the carry. */
static nb_status flush_group(nb_cutter *c, const char *p, struct group *g)
{
	nb_task *t;

	if (carry_open(&c->carry)) {
		if (carry_add(&c->carry, p, g->end) != NB_OK || carry_flush(c, &t) != NB_OK)
			return NB_ENOMEM;
	} else {
		t = add_task(c, p + g->begin, g->end - g->begin);
		if (!t)
			return NB_ENOMEM;
		t->byte = c->byte + g->begin;
		t->line = g->line;
	}
	g->end = 0;
	return NB_OK;
}

/* The record that begins at p[0], or goes on there, does not end in these n bytes. */
static nb_status carry_rest(nb_cutter *c, const char *p, size_t n, uint64_t byte, uint64_t line)
{
	if (!carry_open(&c->carry)) {
		c->carry.byte = byte;
		c->carry.line = line;
	}
	return carry_add(&c->carry, p, n);
}

static nb_status cut_records(nb_cutter *c, const char *p, size_t n)
{
	struct group group = { 0 };
	uint64_t line = 0;
	size_t at = 0, begin = 0;
	nb_scan_event event;
	nb_status status = NB_OK;

	do {
		event = c->format->scan(&c->scan, p, n, &at);
		if (event == NB_SCAN_BEGIN) {
			c->inside = true;
			begin = at;
			line = c->scan.place;
		} else if (event == NB_SCAN_DROP) {
			c->inside = false;
			drop_carry(&c->carry);
		} else if (event == NB_SCAN_END) {
			c->inside = false;
			if (group.end == 0)
				group = (struct group){ begin, at, line };
			group.end = at;
			if (c->format->header && !c->header.ptr)
				status = take_header(c, p, &group);
			else if (c->format->cut == NB_CUT_RECORDS || carry_open(&c->carry))
				status = flush_group(c, p, &group);
		}
	} while (status == NB_OK && !c->dead && event != NB_SCAN_MORE && event != NB_SCAN_BROKEN);
	if (c->dead)
		return status;
	if (status == NB_OK && group.end > 0)
		status = flush_group(c, p, &group);
	if (status == NB_OK && event == NB_SCAN_MORE && c->inside)
		status = carry_rest(c, p + begin, n - begin, c->byte + begin, line);
	c->byte += at;
	if (status == NB_OK && event == NB_SCAN_BROKEN) {
		c->dead = true;
		status = add_reject(c, c->scan.reason, c->scan.broken, p + at, n - at);
	}
	return status;
}

/* What is still carried when the file ends. */
static nb_status cut_rest(nb_cutter *c, bool trouble)
{
	nb_cut_kind kind = c->format ? c->format->cut : NB_CUT_WHOLE;
	nb_task *t;

	/* of half a file or record nothing is made; the reject that says so has its beginning */
	if (trouble && kind != NB_CUT_LINES)
		return NB_OK;
	if (!carry_open(&c->carry))
		return c->format && c->format->scan ? cut_records(c, "", 0) : NB_OK;
	if (carry_flush(c, &t) != NB_OK)
		return NB_ENOMEM;
	t->partial = trouble && !t->rejected;
	if (kind == NB_CUT_WHOLE)
		t->line = 1;
	return NB_OK;
}

static nb_status end_file(nb_cutter *c, const nb_segment *s)
{
	bool trouble = s->trouble != NB_REJECT_COUNT;
	nb_status status = NB_OK;

	if (trouble) {
		size_t n = c->carry.n;
		char sample[NB_REJECT_SAMPLE];

		n = n < sizeof(sample) ? n : sizeof(sample);
		if (n)
			memcpy(sample, c->carry.p, n);
		status = cut_rest(c, true);
		NB_TRY(status, add_reject(c, s->trouble, s->detail, sample, n));
		drop_carry(&c->carry);
		c->dead = true;
	} else if (s->last && !c->dead) {
		status = cut_rest(c, false);
	}
	if (s->last)
		c->open = false;
	return status;
}

static nb_status cut_bytes(nb_cutter *c, const char *p, size_t n)
{
	if (n == 0)
		return NB_OK;
	switch (c->format->cut) {
	case NB_CUT_LINES:
		return cut_lines(c, p, n);
	case NB_CUT_RECORDS:
	case NB_CUT_GROUPS:
		return cut_records(c, p, n);
	case NB_CUT_WHOLE:
		break;
	}
	c->byte += n;
	return carry_add(&c->carry, p, n);
}

/*
 * Recognise the file by its head, which the carry collects if segments are shorter.  The head has
 * the same length however the bytes arrive, so the answer is always the same.
 */
static nb_status open_head(nb_cutter *c, const nb_segment *s, const char **p, size_t *n)
{
	bool whole = s->last || s->trouble != NB_REJECT_COUNT;
	const char *why;
	nb_status status;
	nb_head head;

	if (c->carry.n > 0 || (s->n < NB_FORMAT_HEAD && !whole)) {
		status = carry_add(&c->carry, s->data, s->n);
		if (status != NB_OK || (c->carry.n < NB_FORMAT_HEAD && !whole)) {
			*n = 0;
			return status;
		}
		*p = c->carry.p;
		*n = c->carry.n;
		c->carry = (nb_carry){ 0 };
		status = keep(c, (char *)*p);
		if (status != NB_OK)
			return status;
	}
	if (*n == 0)
		return NB_OK;
	head = nb_head_of(c->path, *p, *n < NB_FORMAT_HEAD ? *n : NB_FORMAT_HEAD,
			  whole && *n <= NB_FORMAT_HEAD, s->unpacked);
	c->known = true;
	c->format = nb_format_of(&head, &why);
	if (!c->format) {
		c->dead = true;
		return add_reject(c, NB_REJECT_UNREADABLE, why, *p, *n);
	}
	c->byte = (uint64_t)(head.bytes.ptr - *p);
	*n -= c->byte;
	*p = head.bytes.ptr;
	return NB_OK;
}

nb_status nb_cut_segment(nb_cutter *c, const char *path, const nb_segment *s)
{
	const char *p = s->data;
	size_t n = s->n;
	nb_status status = NB_OK;

	if (!c->open) {
		free(c->carry.p);
		c->carry = (nb_carry){ 0 };
		if (c->header.ptr && keep(c, (char *)c->header.ptr) != NB_OK) {
			c->header = (nb_str){ 0 };
			return NB_ENOMEM;
		}
		c->header = (nb_str){ 0 };
		c->scan = (nb_scan){ .place = 1, .reason = NB_REJECT_MALFORMED };
		c->open = true;
		c->known = c->dead = c->inside = false;
		c->path = path;
		c->file = s->file;
		c->format = NULL;
		c->byte = 0;
	}
	if (c->dead) {
		c->open = !s->last;
		return NB_OK;
	}
	if (!c->known)
		status = open_head(c, s, &p, &n);
	if (status == NB_OK && !c->dead)
		status = cut_bytes(c, p, n);
	if (status == NB_OK && !c->dead)
		return end_file(c, s);
	c->open = c->open && !s->last;
	return status;
}

void nb_cut_reset(nb_cutter *c)
{
	for (size_t i = 0; i < c->n_kept; i++)
		free(c->kept[i]);
	c->n_kept = c->n = 0;
}

void nb_cut_release(nb_cutter *c)
{
	nb_cut_reset(c);
	free(c->kept);
	free(c->task);
	free(c->carry.p);
	free((char *)c->header.ptr);
	*c = (nb_cutter){ 0 };
}
