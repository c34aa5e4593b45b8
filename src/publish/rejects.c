/* SPDX-License-Identifier: MIT
 *
 * rejects.c - the table of input records that were not taken, written while the input is read.
 */
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "newsbraid/utf8.h"
#include "publish/row.h"

#define ROWS_BYTES ((size_t)1 << 20) /* rows are handed on when they are this many */

struct nb_reject_table {
	nb_table *table;
	nb_json rows;
	uint64_t n_rows; /* in `rows` */
	char *scratch;
	size_t scratch_capacity;
};

nb_status nb_reject_table_new(nb_output *o, const nb_publish_options *options,
			      nb_reject_table **out, nb_error *err)
{
	nb_reject_table *t = calloc(1, sizeof(*t));
	nb_status status = t ? nb_table_new(o, "rejects.jsonl.zst", options->level,
					    options->workers, &t->table, err)
			     : nb_fail(err, NB_ENOMEM, NULL, "no memory for the table of rejects");

	if (status != NB_OK) {
		nb_reject_table_free(t);
		t = NULL;
	}
	*out = t;
	return status;
}

void nb_reject_table_free(nb_reject_table *t)
{
	if (!t)
		return;
	nb_table_free(t->table);
	nb_json_release(&t->rows);
	free(t->scratch);
	free(t);
}

/* File names are bytes of any kind. */
static nb_status put_path(nb_reject_table *t, const char *path)
{
	nb_str s = { path, strlen(path) };

	if (!nb_utf8_valid(s.ptr, s.len)) {
		if (NB_GROW(t->scratch, &t->scratch_capacity, NB_UTF8_REPAIR_MAX(s.len)) != NB_OK)
			return NB_ENOMEM;
		s.len = nb_utf8_repair(path, s.len, t->scratch, NULL);
		s.ptr = t->scratch;
	}
	nb_row_field(&t->rows, "file", s);
	return NB_OK;
}

static nb_status put_row(nb_reject_table *t, const nb_reject *reject, const char *path)
{
	nb_json *j = &t->rows;

	nb_json_open(j, '{');
	if (put_path(t, path) != NB_OK)
		return NB_ENOMEM;
	nb_json_key(j, "line");
	if (reject->line)
		nb_json_uint(j, reject->line);
	else
		nb_json_null(j);
	nb_json_put_uint(j, "byte", reject->byte);
	nb_json_put_text(j, "reason", nb_reject_reason_name(reject->reason));
	nb_json_put_uint(j, "count", reject->count);
	nb_row_field(j, "detail", reject->detail);
	nb_row_field(j, "sample", reject->sample);
	t->n_rows++;
	return nb_row_end(j);
}

static nb_status hand_on(nb_reject_table *t, nb_error *err)
{
	nb_status status = NB_OK;

	if (t->n_rows)
		status = nb_table_append(t->table, t->rows.text, t->rows.len, t->n_rows, err);
	nb_json_clear(&t->rows);
	t->n_rows = 0;
	return status;
}

nb_status nb_reject_table_append(nb_reject_table *t, const nb_reject *reject, const char *path,
				 nb_error *err)
{
	if (put_row(t, reject, path) != NB_OK)
		return nb_fail(err, NB_ENOMEM, NULL, "no memory for the table of rejects");
	return t->rows.len < ROWS_BYTES ? NB_OK : hand_on(t, err);
}

nb_status nb_reject_table_close(nb_reject_table *t, nb_table_info *info, nb_error *err)
{
	nb_status status = hand_on(t, err);

	return status == NB_OK ? nb_table_close(t->table, info, err) : status;
}
