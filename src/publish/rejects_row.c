/* SPDX-License-Identifier: MIT
 *
 * rejects_row.c - one row of the table of input records that were not taken.
 */
#include <string.h>

#include "base/array.h"
#include "newsbraid/utf8.h"
#include "publish/row.h"

/* File names are bytes of any kind. */
static nb_status put_path(nb_rowmaker *m, const char *path)
{
	nb_str s = { path, strlen(path) };

	if (!nb_utf8_valid(s.ptr, s.len)) {
		if (NB_GROW(m->scratch, &m->scratch_capacity, NB_UTF8_REPAIR_MAX(s.len)) != NB_OK)
			return NB_ENOMEM;
		s.len = nb_utf8_repair(path, s.len, m->scratch, NULL);
		s.ptr = m->scratch;
	}
	nb_row_field(&m->json, "file", s);
	return NB_OK;
}

nb_status nb_row_reject(nb_rowmaker *m, const nb_plan *plan, uint64_t row)
{
	const nb_reject *reject = &plan->p->reject[row];
	nb_json *j = &m->json;

	nb_json_open(j, '{');
	if (put_path(m, plan->p->path[reject->file]) != NB_OK)
		return NB_ENOMEM;
	nb_json_key(j, "line");
	if (reject->line)
		nb_json_uint(j, reject->line);
	else
		nb_json_null(j);
	nb_json_put_uint(j, "byte", reject->byte);
	nb_json_put_text(j, "reason", nb_reject_reason_name(reject->reason));
	nb_row_field(j, "detail", reject->detail);
	nb_row_field(j, "sample", reject->sample);
	return nb_row_end(j);
}
