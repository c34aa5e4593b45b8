/* SPDX-License-Identifier: MIT
 *
 * records.c - records of a caller as the JSON lines they stand for, so that they go the way of all
 * input and give the same answer.
 */
#include "run/run_state.h"

#define LINES_BYTES ((size_t)16 << 20) /* of lines that wait, more or less */

static void put_record(nb_json *j, const nb_record *record)
{
	const struct {
		const char *key;
		nb_str value;
	} member[] = {
		{ "id", record->id },
		{ "source", record->source },
		{ "agency", record->agency },
		{ "version", record->version },
		{ "lang", record->lang },
		{ "title", record->title },
		{ "byline", record->byline },
		{ "url", record->url },
		{ "published", record->published },
		{ "text", record->text },
		{ "located", record->located },
		{ "subjects", record->subjects },
		{ "embargo", record->embargo },
		{ "pubstatus", record->pub_status },
	};

	nb_json_open(j, '{');
	for (size_t i = 0; i < sizeof(member) / sizeof(*member); i++)
		if (member[i].value.len)
			nb_json_key(j, member[i].key), nb_json_string(j, member[i].value);
	nb_json_close(j, '}');
	nb_json_newline(j);
}

static nb_status add(nb_run *r, const nb_record *record, nb_error *err)
{
	put_record(&r->records, record);
	r->n_waiting++;
	if (r->records.failed)
		return nb_fail(err, NB_ENOMEM, NULL, "no memory for a record");
	return r->records.len < LINES_BYTES ? NB_OK
					    : nb_run_call(r, nb_run_take_records, NULL, err);
}

nb_status nb_run_add(nb_run *r, const nb_record *record, size_t n, nb_error *err)
{
	nb_status status = nb_run_begin(r, err);

	for (size_t i = 0; status == NB_OK && i < n; i++)
		status = add(r, &record[i], err);
	r->closed |= status != NB_OK;
	return status;
}
