/* SPDX-License-Identifier: MIT
 *
 * texts_row.c - one row of the table of texts: the report, and what was cut from the text.
 */
#include "base/array.h"
#include "publish/row.h"

/* A text and its cuts beside two fields and a few numbers. */
#define TEXT_MOST (NB_ROW_MAX - 2 * NB_FIELD_MAX - 1024)
#define CUT_MOST  64 /* bytes of a cut beside its text */

/* "cut": [[begin, text, reason], ...]; false if there is no room for all of it. */
static bool put_cuts(nb_json *j, nb_str raw, const nb_cleaned *cleaned, size_t room)
{
	bool all = true;

	nb_json_key(j, "cut");
	nb_json_open(j, '[');
	for (uint32_t i = 0; i < cleaned->n_cuts && all; i++) {
		const nb_cut *cut = &cleaned->cut[i];
		nb_str text = { raw.ptr + cut->begin, cut->end - cut->begin };
		size_t before = j->len;

		all = room > CUT_MOST && nb_json_fit(text, room - CUT_MOST) == text.len;
		if (!all)
			break;
		nb_json_open(j, '[');
		nb_json_uint(j, cut->begin);
		nb_json_string(j, text);
		nb_json_cstring(j, nb_cut_reason_name(cut->reason));
		nb_json_close(j, ']');
		room -= j->len - before < room ? j->len - before : room;
	}
	nb_json_close(j, ']');
	return all;
}

static nb_status raw_text(nb_rowmaker *m, const nb_night *night, uint32_t i, nb_str *raw)
{
	*raw = (nb_str){ 0 };
	if (!night->cut_bytes[i])
		return NB_OK;
	if (NB_GROW(m->scratch, &m->scratch_capacity, night->text_len[i]) != NB_OK)
		return NB_ENOMEM;
	return nb_night_raw_text(night, i, m->scratch, raw);
}

nb_status nb_row_text(nb_rowmaker *m, const nb_plan *plan, uint64_t row)
{
	const nb_night *night = plan->p->night;
	uint32_t i = plan->order[row];
	nb_json *j = &m->json;
	nb_cleaned cleaned;
	nb_article a;
	nb_str text, raw;
	nb_status status;
	size_t n, begin;
	bool all;

	status = nb_row_report_of(m, 0, night, i, &text);
	NB_TRY(status, raw_text(m, night, i, &raw));
	if (status != NB_OK)
		return status;
	nb_night_article(night, i, &a);
	nb_night_cleaned(night, i, &cleaned);
	n = nb_json_fit(text, TEXT_MOST);
	nb_json_open(j, '{');
	nb_row_field(j, "id", a.id);
	nb_row_field(j, "title", a.title);
	begin = j->len;
	nb_json_key(j, "text");
	nb_json_string(j, (nb_str){ text.ptr, n });
	all = put_cuts(j, raw, &cleaned, TEXT_MOST - (j->len - begin < TEXT_MOST ? j->len - begin
										 : TEXT_MOST));
	nb_json_key(j, "text_cut");
	nb_json_bool(j, n < text.len || !all);
	return nb_row_end(j);
}
