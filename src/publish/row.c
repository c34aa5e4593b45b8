/* SPDX-License-Identifier: MIT
 *
 * row.c - see row.h.
 */
#include "publish/row.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "newsbraid/utf8.h"

#define HEADLINE_MOST 80u /* characters of a report that stand for a missing title */

void nb_rowmaker_release(nb_rowmaker *m)
{
	nb_json_release(&m->json);
	for (size_t i = 0; i < 2; i++)
		free(m->report[i].buffer);
	nb_tallies_release(&m->tallies);
	nb_tokens_release(&m->tokens);
	nb_arena_release(&m->words);
	free(m->scratch);
	free(m->list);
	*m = (nb_rowmaker){ 0 };
}

void nb_row_field(nb_json *j, const char *key, nb_str s)
{
	nb_json_key(j, key);
	s.len = nb_json_fit(s, NB_FIELD_MAX);
	nb_json_string(j, s);
}

nb_status nb_row_id(nb_rowmaker *m, const char *key, char kind, const nb_night *night, uint32_t i)
{
	nb_str id = nb_night_id(night, i);

	if (NB_GROW(m->scratch, &m->scratch_capacity, id.len + 2) != NB_OK)
		return NB_ENOMEM;
	m->scratch[0] = kind;
	m->scratch[1] = ':';
	memcpy(m->scratch + 2, id.ptr, id.len);
	nb_row_field(&m->json, key, (nb_str){ m->scratch, id.len + 2 });
	return NB_OK;
}

void nb_row_time(nb_json *j, const char *key, int64_t time)
{
	char text[NB_DATE_TEXT];

	nb_json_key(j, key);
	nb_date_format(time, text);
	nb_json_cstring(j, time == NB_NO_TIME ? NULL : text);
}

void nb_row_lag(nb_json *j, const char *key, const nb_night *night, uint32_t a, uint32_t b)
{
	int64_t from = night->published_at[a], to = night->published_at[b];

	nb_json_key(j, key);
	if (from == NB_NO_TIME || to == NB_NO_TIME || night->day_only[a] || night->day_only[b])
		nb_json_null(j);
	else
		nb_json_int(j, to - from);
}

void nb_row_times(nb_json *j, const char *first_key, const char *last_key, const nb_night *night,
		  const uint32_t *member, size_t n)
{
	int64_t first = NB_NO_TIME, last = NB_NO_TIME;

	for (size_t i = 0; i < n; i++) {
		int64_t t = night->published_at[member[i]];

		if (t == NB_NO_TIME)
			continue;
		if (first == NB_NO_TIME || t < first)
			first = t;
		if (last == NB_NO_TIME || t > last)
			last = t;
	}
	nb_row_time(j, first_key, first);
	nb_row_time(j, last_key, last);
}

void nb_row_names(nb_json *j, const char *key, const nb_tallies *t)
{
	size_t begin;

	nb_json_key(j, key);
	nb_json_open(j, '[');
	begin = j->len;
	for (size_t i = 0; i < t->n && j->len - begin < NB_LIST_MAX; i++) {
		nb_str name = t->tally[i].name;

		name.len = nb_json_fit(name, NB_FIELD_MAX);
		nb_json_string(j, name);
	}
	nb_json_close(j, ']');
}

nb_str nb_row_word(nb_str report, uint32_t begin, uint32_t len)
{
	nb_str word = { report.ptr + begin, len };

	if (begin > report.len || len > report.len - begin)
		return (nb_str){ 0 };
	if (word.len > NB_WORD_MAX)
		word.len = nb_json_fit(word, NB_WORD_MAX);
	return word;
}

nb_status nb_row_report_of(nb_rowmaker *m, unsigned slot, const nb_night *night, uint32_t i,
			   nb_str *text)
{
	nb_row_report *r = &m->report[slot];
	nb_status status = NB_OK;

	if (r->of != i + 1) {
		r->of = 0;
		status = NB_GROW(r->buffer, &r->capacity, night->text_len[i]);
		NB_TRY(status, nb_night_text(night, i, r->buffer, &r->text));
		if (status == NB_OK)
			r->of = i + 1;
	}
	*text = r->of ? r->text : (nb_str){ 0 };
	return status;
}

/* The first line, as far as a title may go, up to a blank if there is one. */
static nb_str first_words(nb_str text)
{
	size_t at = 0, blank = 0;

	for (unsigned n = 0; at < text.len && text.ptr[at] != '\n'; n++) {
		uint32_t cp;

		if (text.ptr[at] == ' ')
			blank = at;
		if (n == HEADLINE_MOST)
			return (nb_str){ text.ptr, blank ? blank : at };
		at += nb_utf8_decode(text.ptr + at, text.len - at, &cp);
	}
	return (nb_str){ text.ptr, at };
}

nb_status nb_row_headline(nb_rowmaker *m, const char *key, const nb_night *night, uint32_t i)
{
	nb_status status = NB_OK;
	nb_article a;
	nb_str text;

	nb_night_article(night, i, &a);
	if (!a.title.ptr) {
		status = nb_row_report_of(m, 0, night, i, &text);
		a.title = status == NB_OK ? first_words(text) : (nb_str){ 0 };
	}
	nb_row_field(&m->json, key, a.title);
	return status;
}

nb_status nb_row_end(nb_json *j)
{
	nb_json_close(j, '}');
	nb_json_newline(j);
	return j->failed ? NB_ENOMEM : NB_OK;
}
