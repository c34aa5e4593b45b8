/* SPDX-License-Identifier: MIT
 *
 * reports.c - see reports.h.
 */
#include "reports.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/status.h"
#include "generate.h"
#include "progress.h"
#include "rows.h"

#define NO_TEXT UINT64_MAX

void reports_release(struct reports *r)
{
	if (r->map)
		munmap((void *)(uintptr_t)r->map, r->bytes);
	if (r->fd > 0)
		close(r->fd);
	free(r->at);
	free(r->len);
	free(r->cut);
	free(r->buffer);
	*r = (struct reports){ 0 };
}

nb_str reports_text(const struct reports *r, uint32_t i)
{
	return (nb_str){ r->len[i] ? r->map + r->at[i] : "", r->len[i] };
}

static nb_status open_scratch(struct reports *r, const char *folder, nb_error *err)
{
	char path[4096];

	snprintf(path, sizeof(path), "%s/reports.XXXXXX", folder);
	r->fd = mkstemp(path);
	if (r->fd < 0)
		return nb_fail(err, NB_EIO, folder, "cannot make a temporary file");
	unlink(path);
	return NB_OK;
}

/* The reasons in "cut": [[begin, text, reason], ...], the last key but one of a row. */
static uint16_t cut_reasons(nb_str row)
{
	static const char key[] = "\"cut\":";
	const char *at = memmem(row.ptr, row.len, key, sizeof(key) - 1);
	uint16_t reasons = 0;

	for (unsigned k = 0; at && k < NB_CUT_REASONS; k++) {
		char pattern[40];
		int n = snprintf(pattern, sizeof(pattern), ",\"%s\"]", nb_cut_reason_name(k));

		if (memmem(at, (size_t)(row.ptr + row.len - at), pattern, (size_t)n))
			reasons |= (uint16_t)(1u << k);
	}
	return reasons;
}

static nb_status append(struct reports *r, size_t n, nb_error *err)
{
	for (size_t done = 0; done < n;) {
		ssize_t wrote = write(r->fd, r->buffer + done, n - done);

		if (wrote <= 0)
			return nb_fail(err, NB_EIO, NULL, "cannot write the temporary file");
		done += (size_t)wrote;
	}
	r->bytes += n;
	return NB_OK;
}

static nb_status take_text(void *to, nb_str row, nb_error *err)
{
	struct reports *r = to;
	uint32_t i = gen_id_number(row_field(row, "id"));
	nb_str text = row_field(row, "text");

	if (i >= r->n || r->at[i] != NO_TEXT)
		return nb_fail(err, NB_EDATA, "texts.jsonl.zst", "unknown or repeated id");
	if (text.len > r->capacity) {
		free(r->buffer);
		r->capacity = 2 * text.len;
		r->buffer = malloc(r->capacity);
		if (!r->buffer)
			return nb_fail(err, NB_ENOMEM, NULL, "no memory for a text");
	}
	r->at[i] = r->bytes;
	r->len[i] = (uint32_t)row_unescape(text, r->buffer);
	r->cut[i] = cut_reasons(row);
	return append(r, r->len[i], err);
}

static nb_status map_texts(struct reports *r, nb_error *err)
{
	void *map;

	for (uint32_t i = 0; i < r->n; i++)
		if (r->at[i] == NO_TEXT)
			return nb_fail(err, NB_EDATA, "texts.jsonl.zst", "an article has no row");
	if (r->bytes == 0)
		return NB_OK;
	map = mmap(NULL, r->bytes, PROT_READ, MAP_PRIVATE, r->fd, 0);
	if (map == MAP_FAILED)
		return nb_fail(err, NB_EIO, NULL, "cannot map the temporary file");
	r->map = map;
	return NB_OK;
}

nb_status reports_load(struct reports *r, const char *dir, uint32_t n, const char *scratch,
		       nb_error *err)
{
	struct progress *p = progress_begin("reading the reports", 0);
	nb_status status = open_scratch(r, scratch, err);

	r->n = n;
	r->at = malloc((n + 1) * sizeof(*r->at));
	r->len = calloc(n + 1, sizeof(*r->len));
	r->cut = calloc(n + 1, sizeof(*r->cut));
	if (status == NB_OK && (!r->at || !r->len || !r->cut))
		status = nb_fail(err, NB_ENOMEM, NULL, "no memory for texts");
	if (status == NB_OK) {
		memset(r->at, 0xff, (n + 1) * sizeof(*r->at));
		status = rows_each(dir, "texts.jsonl.zst", r, take_text, err);
	}
	NB_TRY(status, map_texts(r, err));
	progress_end(p);
	return status;
}
