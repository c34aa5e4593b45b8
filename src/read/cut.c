/* SPDX-License-Identifier: MIT
 *
 * cut.c - see cut.h.
 */
#include "read/cut.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "newsbraid/reader.h"

static nb_task *add_task(nb_cutter *c, nb_task_kind kind, const char *ptr, size_t len)
{
	nb_task *t;

	if (nb_reserve((void **)&c->task, &c->capacity, c->n + 1, sizeof(*c->task)) != NB_OK)
		return NULL;
	t = &c->task[c->n++];
	*t = (nb_task){ .ptr = ptr, .len = len, .kind = kind, .file = c->file, .byte = c->byte };
	return t;
}

/* Memory that lives until the batch is filled again; taken over even on failure. */
static nb_status keep(nb_cutter *c, char *p)
{
	if (nb_reserve((void **)&c->kept, &c->kept_capacity, c->n_kept + 1, sizeof(*c->kept)) !=
	    NB_OK) {
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
	if (nb_reserve((void **)&carry->p, &carry->capacity, carry->n + n + NB_JSON_PADDING, 1) !=
	    NB_OK)
		return NB_ENOMEM;
	memcpy(carry->p + carry->n, p, n);
	carry->n += n;
	return NB_OK;
}

static bool carry_open(const nb_carry *carry)
{
	return carry->n > 0 || carry->skipping;
}

/* The carried record is whole: make a task of it. */
static nb_status carry_flush(nb_cutter *c, nb_task_kind kind, nb_task **out)
{
	nb_carry *carry = &c->carry;
	nb_task *t = add_task(c, carry->skipping ? NB_TASK_REJECT : kind, carry->p, carry->n);

	*out = t;
	if (!t)
		return NB_ENOMEM;
	t->byte = carry->byte;
	t->line = carry->line;
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

/* ---- JSON lines ----------------------------------------------------------------------------- */

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
		if (carry_flush(c, NB_TASK_RECORD, &t) != NB_OK)
			return NB_ENOMEM;
		t->n_lines = 1;
		p += part;
	}
	last = p < end ? memrchr(p, '\n', (size_t)(end - p)) : NULL;
	if (last) {
		if (!add_task(c, NB_TASK_LINES, p, (size_t)(last - p) + 1))
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

/* ---- JSON values over several lines ---------------------------------------------------------- */

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == 0; /* zeros: padding */
}

/* Between values: whether c begins one. */
static bool scan_begin(nb_json_scan *s, char c)
{
	if (is_blank(c) || c == ',')
		return false;
	if (c == '[' && !s->in_array) {
		s->in_array = true;
		return false;
	}
	if (c == ']' && s->in_array) {
		s->in_array = false;
		return false;
	}
	s->state = c == '{' || c == '[' ? NB_SCAN_NESTED
		   : c == '"'           ? NB_SCAN_STRING
					: NB_SCAN_SCALAR;
	s->depth = s->state == NB_SCAN_NESTED;
	s->in_string = s->state == NB_SCAN_STRING;
	s->escaped = false;
	return true;
}

/* Inside a value: whether it ends with c. */
static bool scan_inside(nb_json_scan *s, char c)
{
	if (s->in_string) {
		if (s->escaped)
			s->escaped = false;
		else if (c == '\\')
			s->escaped = true;
		else if (c == '"')
			s->in_string = false;
		return !s->in_string && s->state == NB_SCAN_STRING;
	}
	if (c == '"')
		s->in_string = true;
	else if (c == '{' || c == '[')
		s->depth++;
	else if (c == '}' || c == ']')
		s->depth--;
	return s->depth == 0;
}

/* A value that lies whole in p[begin..end), or whose last piece that is. */
static nb_status flush_value(nb_cutter *c, const char *p, size_t begin, size_t end, uint64_t line)
{
	nb_task *t;

	if (carry_open(&c->carry)) {
		if (carry_add(&c->carry, p + begin, end - begin) != NB_OK)
			return NB_ENOMEM;
		return carry_flush(c, NB_TASK_RECORD, &t);
	}
	t = add_task(c, NB_TASK_RECORD, p + begin, end - begin);
	if (!t)
		return NB_ENOMEM;
	t->byte = c->byte + begin;
	t->line = line;
	return NB_OK;
}

static nb_status cut_json(nb_cutter *c, const char *p, size_t n)
{
	nb_json_scan *s = &c->scan;
	uint64_t line = c->carry.line;
	size_t begin = 0;
	nb_status status = NB_OK;

	for (size_t i = 0; i < n && status == NB_OK; i++) {
		bool ends;

		if (p[i] == '\n')
			s->line++;
		if (s->state == NB_SCAN_BETWEEN) {
			if (scan_begin(s, p[i])) {
				begin = i;
				line = s->line;
			}
			continue;
		}
		if (s->state == NB_SCAN_SCALAR)
			ends = is_blank(p[i]) || strchr(",[]{}\"", p[i]);
		else
			ends = scan_inside(s, p[i]);
		if (!ends)
			continue;
		/* a scalar ends before the character that ends it */
		status = flush_value(c, p, begin, s->state == NB_SCAN_SCALAR ? i : i + 1, line);
		begin = i + 1;
		if (s->state == NB_SCAN_SCALAR) {
			s->state = NB_SCAN_BETWEEN;
			s->line -= p[i] == '\n';
			i--;
		}
		s->state = NB_SCAN_BETWEEN;
	}
	if (status == NB_OK && s->state != NB_SCAN_BETWEEN) {
		if (!carry_open(&c->carry)) {
			c->carry.byte = c->byte + begin;
			c->carry.line = line;
		}
		status = carry_add(&c->carry, p + begin, n - begin);
	}
	c->byte += n;
	return status;
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
	t = add_task(c, NB_TASK_REJECT, copy, n);
	if (!t)
		return NB_ENOMEM;
	t->reason = reason;
	t->detail = detail;
	t->line = c->format == NB_FORMAT_JSON ? c->scan.line : 0;
	t->whole_file = c->format == NB_FORMAT_UNKNOWN || c->format == NB_FORMAT_NONE;
	return NB_OK;
}

/* What is still carried when the file ends. */
static nb_status cut_rest(nb_cutter *c, bool trouble)
{
	nb_task *t;

	if (c->format == NB_FORMAT_JSON && c->scan.in_array && !trouble && !carry_open(&c->carry))
		return add_reject(c, NB_REJECT_JSON, "the array has no end", NULL, 0);
	if (!carry_open(&c->carry))
		return NB_OK;
	/* half a text is no article; the reject that says so has its beginning */
	if (c->format == NB_FORMAT_TEXT && trouble)
		return NB_OK;
	if (carry_flush(c, c->format == NB_FORMAT_TEXT ? NB_TASK_TEXT : NB_TASK_RECORD, &t) !=
	    NB_OK)
		return NB_ENOMEM;
	t->partial = trouble && t->kind == NB_TASK_RECORD;
	t->path = t->kind == NB_TASK_TEXT ? c->path : NULL;
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
		if (status == NB_OK)
			status = add_reject(c, s->trouble, s->detail, sample, n);
		c->carry.n = 0;
		c->carry.skipping = false;
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
	switch (c->format) {
	case NB_FORMAT_LINES:
		return cut_lines(c, p, n);
	case NB_FORMAT_JSON:
		return cut_json(c, p, n);
	case NB_FORMAT_TEXT:
		c->byte += n;
		return carry_add(&c->carry, p, n);
	case NB_FORMAT_UNKNOWN:
	case NB_FORMAT_NONE:
		break;
	}
	return NB_OK;
}

/*
 * Recognise the file by its head, which the carry collects if segments are shorter.  The head has
 * the same length however the bytes arrive, so the answer is always the same.
 */
static nb_status open_head(nb_cutter *c, const char *path, const nb_segment *s, const char **p,
			   size_t *n)
{
	bool whole = s->last || s->trouble != NB_REJECT_COUNT;
	const char *why;
	nb_status status;

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
	c->path = path;
	c->format = nb_format_of(path, *p, *n < NB_FORMAT_HEAD ? *n : NB_FORMAT_HEAD,
				 whole && *n <= NB_FORMAT_HEAD, s->unpacked, &why);
	if (c->format == NB_FORMAT_NONE) {
		c->dead = true;
		return add_reject(c, NB_REJECT_UNREADABLE, why, *p, *n);
	}
	if (c->format != NB_FORMAT_TEXT && *n >= 3 && memcmp(*p, "\xef\xbb\xbf", 3) == 0) {
		*p += 3;
		*n -= 3;
		c->byte += 3;
	}
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
		c->scan = (nb_json_scan){ .line = 1 };
		c->open = true;
		c->dead = false;
		c->file = s->file;
		c->format = NB_FORMAT_UNKNOWN;
		c->byte = 0;
	}
	if (c->dead) {
		c->open = !s->last;
		return NB_OK;
	}
	if (c->format == NB_FORMAT_UNKNOWN)
		status = open_head(c, path, s, &p, &n);
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
	*c = (nb_cutter){ 0 };
}
