/* SPDX-License-Identifier: MIT
 *
 * texts_row.c - one row of the table of texts.
 */
#include "publish/row.h"

/* A text beside two fields and a few numbers. */
#define TEXT_MOST (NB_ROW_MAX - 2 * NB_FIELD_MAX - 1024)

nb_status nb_row_text(nb_rowmaker *m, const nb_plan *plan, uint64_t row)
{
	const nb_night *night = plan->p->night;
	uint32_t i = plan->order[row];
	nb_json *j = &m->json;
	nb_article a;
	nb_str text;
	nb_status status;
	size_t n;

	status = nb_row_report_of(m, 0, night, i, &text);
	if (status != NB_OK)
		return status;
	nb_night_article(night, i, &a);
	n = nb_json_fit(text, TEXT_MOST);
	nb_json_open(j, '{');
	nb_row_field(j, "id", a.id);
	nb_row_field(j, "title", a.title);
	nb_json_key(j, "text");
	nb_json_string(j, (nb_str){ text.ptr, n });
	nb_json_key(j, "text_cut");
	nb_json_bool(j, n < text.len);
	return nb_row_end(j);
}
