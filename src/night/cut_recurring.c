/* SPDX-License-Identifier: MIT
 *
 * cut_recurring.c - nb_night_cut_recurring: the lines that recur, once found, become spans.
 */
#include <omp.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/ascii.h"
#include "night/night_memory.h"
#include "text/lines.h"

#define CHUNK 1024u /* pages whose new spans wait to be stored */

typedef struct recutting {
	nb_night *night;
	const uint64_t *key; /* that recur, ascending */
	size_t n_keys;
} recutting;

static bool is_recurring(const recutting *c, uint64_t key)
{
	size_t low = 0, high = c->n_keys;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (c->key[mid] == key)
			return true;
		if (c->key[mid] < key)
			low = mid + 1;
		else
			high = mid;
	}
	return false;
}

static bool page_recurs(const recutting *c, const nb_recurring *r, size_t page)
{
	uint64_t end = page + 1 < r->n_pages ? r->page[page + 1].key_at : r->n_keys;

	for (uint64_t k = r->page[page].key_at; k < end; k++)
		if (is_recurring(c, r->key[k]))
			return true;
	return false;
}

/* Insert a span between those there are, or prolong the one before; its place is at *at or after.
 */
static void insert_cut(nb_cut *cut, uint32_t *n, uint32_t *at, nb_cut add)
{
	while (*at < *n && cut[*at].begin < add.begin)
		++*at;
	if (*at > 0 && cut[*at - 1].end == add.begin && cut[*at - 1].reason == add.reason) {
		cut[*at - 1].end = add.end;
		return;
	}
	if (*n == NB_CUTS_MAX)
		return;
	memmove(cut + *at + 1, cut + *at, (*n - *at) * sizeof(*cut));
	cut[*at] = add;
	++*n;
}

/* The blanks before what is cut at the end of the text go with it. */
static void trim_tail(nb_str text, nb_cut *cut, uint32_t n)
{
	uint32_t least = n > 1 ? cut[n - 2].end : 0;

	if (n == 0 || cut[n - 1].end != text.len)
		return;
	while (cut[n - 1].begin > least && nb_is_blank(text.ptr[cut[n - 1].begin - 1]))
		cut[n - 1].begin--;
}

/* The next line that is not cut from *i on, without the blanks around it; false at the end. */
static bool next_line(nb_str text, const nb_cut *cut, uint32_t n, uint32_t *k, size_t *i, nb_cut *line)
{
	const char *feed;
	size_t end;

	while (*i < text.len) {
		while (*k < n && cut[*k].end <= *i)
			++*k;
		if (*k < n && cut[*k].begin <= *i)
			*i = cut[*k].end;
		else if (nb_is_blank(text.ptr[*i]))
			++*i;
		else
			break;
	}
	if (*i >= text.len)
		return false;
	feed = memchr(text.ptr + *i, '\n', text.len - *i);
	end = feed ? (size_t)(feed - text.ptr) : text.len;
	if (*k < n && cut[*k].begin < end)
		end = cut[*k].begin;
	line->begin = (uint32_t)*i;
	*i = end;
	while (end > line->begin && nb_is_blank(text.ptr[end - 1]))
		end--;
	line->end = (uint32_t)end;
	return true;
}

static bool line_recurs(const recutting *c, uint32_t source, nb_str text, const nb_cut *line)
{
	size_t n = line->end - line->begin;

	return n <= NB_LINE_KEY_BYTES && n >= 2 &&
	       is_recurring(c, nb_recurring_key(source, nb_line_key(text.ptr + line->begin, n)));
}

/* Where the report begins and ends: its first and last line that does not recur. */
static nb_cut report_span(const recutting *c, uint32_t source, nb_str text, const nb_cut *cut,
			  uint32_t n)
{
	nb_cut line = { 0 }, report = { (uint32_t)text.len, 0, NB_CUT_RECURRING };
	uint32_t k = 0;

	for (size_t i = 0; next_line(text, cut, n, &k, &i, &line);)
		if (!line_recurs(c, source, text, &line)) {
			report.begin = line.begin < report.begin ? line.begin : report.begin;
			report.end = line.end;
		}
	return report;
}

/*
 * Cut the recurring lines before and after the report, with the blanks after each.  Between its
 * lines what recurs is as often its own: heads of tables, "Year", "In other news".
 */
static uint32_t cut_lines(const recutting *c, uint32_t source, nb_str text, nb_cut *cut, uint32_t n)
{
	nb_cut report = report_span(c, source, text, cut, n), line = { 0 };
	uint32_t at = 0, k = 0;

	for (size_t i = 0; next_line(text, cut, n, &k, &i, &line);) {
		if (line.begin >= report.begin && line.end <= report.end)
			continue;
		while (i < text.len && nb_is_blank(text.ptr[i]) && !(k < n && cut[k].begin == i))
			i++;
		insert_cut(cut, &n, &at, (nb_cut){ line.begin, (uint32_t)i, NB_CUT_RECURRING });
	}
	trim_tail(text, cut, n);
	return n;
}

/* A page of nothing but blanks and cuts has no report: what is left goes to the last cut. */
static uint32_t close_gaps(nb_str text, nb_cut *cut, uint32_t n)
{
	size_t at = 0;

	for (uint32_t i = 0; i <= n; i++) {
		size_t end = i < n ? cut[i].begin : text.len;

		for (; at < end; at++)
			if (!nb_is_blank(text.ptr[at]))
				return n;
		at = i < n ? cut[i].end : at;
	}
	for (uint32_t i = 0; i < n; i++)
		cut[i].end = i + 1 < n ? cut[i + 1].begin : (uint32_t)text.len;
	if (n)
		cut[0].begin = 0;
	return n;
}

typedef struct new_cuts {
	nb_cut cut[NB_CUTS_MAX];
	uint32_t n;
	nb_status status;
} new_cuts;

static void recut(const recutting *c, const nb_recurring_page *page, char *buffer, new_cuts *out)
{
	const nb_night *night = c->night;
	const struct nb_night_memory *m = night->memory;
	nb_str text;

	out->status = nb_night_raw_text(night, page->article, buffer, &text);
	if (out->status != NB_OK)
		return;
	out->n = nb_night_stored_cuts(m, m->cuts_at[page->article], out->cut);
	out->n = cut_lines(c, page->source, text, out->cut, out->n);
	out->n = close_gaps(text, out->cut, out->n);
}

/* New spans of some pages, made in parallel and stored in order. */
static nb_status recut_chunk(recutting *c, const uint32_t *page, size_t n, new_cuts *made)
{
	struct nb_night_memory *m = c->night->memory;
	nb_status status = NB_OK;

#pragma omp parallel
	{
		char *buffer = NULL;
		size_t capacity = 0;

#pragma omp for schedule(dynamic, 16)
		for (size_t i = 0; i < n; i++) {
			const nb_recurring_page *p = &m->recur.page[page[i]];

			made[i].status = NB_GROW(buffer, &capacity,
						 c->night->text_len[p->article] + (size_t)1);
			if (made[i].status == NB_OK)
				recut(c, p, buffer, &made[i]);
		}
		free(buffer);
	}
	for (size_t i = 0; i < n && status == NB_OK; i++) {
		uint32_t article = m->recur.page[page[i]].article, bytes = 0;

		status = made[i].status;
		NB_TRY(status,
		       nb_night_store_cuts(m, made[i].cut, made[i].n, &m->cuts_at[article]));
		for (uint32_t k = 0; status == NB_OK && k < made[i].n; k++)
			bytes += made[i].cut[k].end - made[i].cut[k].begin;
		if (status == NB_OK)
			c->night->cut_bytes[article] = bytes;
	}
	return status;
}

static nb_status recut_pages(recutting *c, uint32_t *page, size_t n)
{
	new_cuts *made = malloc(CHUNK * sizeof(*made));
	nb_status status = made ? NB_OK : NB_ENOMEM;

	for (size_t i = 0; i < n && status == NB_OK; i += CHUNK)
		status = recut_chunk(c, page + i, n - i < CHUNK ? n - i : CHUNK, made);
	free(made);
	return status;
}

nb_status nb_night_cut_recurring(nb_night *night, uint32_t **changed, uint32_t *n_changed,
				 nb_error *err)
{
	nb_recurring *r = &night->memory->recur;
	recutting c = { .night = night };
	uint64_t *key = NULL;
	uint32_t *page = malloc((r->n_pages + 1) * sizeof(*page));
	nb_status status = page ? nb_recurring_find(r, &key, &c.n_keys) : NB_ENOMEM;
	size_t n = 0;

	c.key = key;
	for (size_t i = 0; status == NB_OK && c.n_keys && i < r->n_pages; i++)
		if (page_recurs(&c, r, i))
			page[n++] = (uint32_t)i;
	NB_TRY(status, recut_pages(&c, page, n));
	for (size_t i = 0; status == NB_OK && i < n; i++)
		page[i] = r->page[page[i]].article;
	nb_recurring_release(r);
	free(key);
	*changed = status == NB_OK ? page : NULL;
	*n_changed = status == NB_OK ? (uint32_t)n : 0;
	if (status == NB_OK)
		return NB_OK;
	free(page);
	return nb_fail(err, status, NULL, "cannot cut lines that recur");
}
