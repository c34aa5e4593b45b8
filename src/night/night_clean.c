/* SPDX-License-Identifier: MIT
 *
 * night_clean.c - what cleaning found, packed: most articles have a dateline and a span or two.
 *
 * Language, writer and place stand first, because nb_night_article asks for them each time.  Spans
 * are apart: when recurring lines are found they are written again.  Place 0 is never used, so 0
 * can stand for nothing.
 */
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "night/night_memory.h"

/* Room for n more bytes after a first one that no record uses. */
static char *room(struct nb_night_memory *m, size_t n)
{
	if (NB_GROW(m->clean_bytes, &m->clean_capacity, m->clean_used + n + 1) != NB_OK)
		return NULL;
	m->clean_used += m->clean_used == 0;
	return m->clean_bytes + m->clean_used;
}

nb_status nb_night_store_cuts(struct nb_night_memory *m, const nb_cut *cut, uint32_t n,
			      uint64_t *cuts_at)
{
	char *begin, *at;
	uint32_t last = 0;

	*cuts_at = 0;
	if (n == 0)
		return NB_OK;
	begin = at = room(m, (3 * (size_t)n + 1) * NB_PACKED_NUMBER_MAX);
	if (!at)
		return NB_ENOMEM;
	at += nb_pack_number(at, n);
	for (uint32_t i = 0; i < n; i++) {
		at += nb_pack_number(at, cut[i].begin - last);
		at += nb_pack_number(at, cut[i].end - cut[i].begin);
		at += nb_pack_number(at, cut[i].reason);
		last = cut[i].end;
	}
	*cuts_at = m->clean_used;
	m->clean_used += (size_t)(at - begin);
	return NB_OK;
}

uint32_t nb_night_stored_cuts(const struct nb_night_memory *m, uint64_t at,
			      nb_cut cut[NB_CUTS_MAX])
{
	const char *in = m->clean_bytes + at;
	uint64_t n, gap, len, reason;
	uint32_t last = 0;

	if (!at)
		return 0;
	in += nb_unpack_number(in, &n);
	for (uint64_t i = 0; i < n; i++) {
		in += nb_unpack_number(in, &gap);
		in += nb_unpack_number(in, &len);
		in += nb_unpack_number(in, &reason);
		cut[i] = (nb_cut){ last + (uint32_t)gap, last + (uint32_t)(gap + len),
				   (nb_cut_reason)reason };
		last = cut[i].end;
	}
	return (uint32_t)n;
}

/* As it is published: the name of the table, else the words. */
static nb_str name_of(const nb_credit *c)
{
	return c->agency ? nb_agency_name(c->agency) : c->words;
}

static nb_str writer_of(const nb_cleaned *c)
{
	if (c->n_credits && c->credit[0].role == NB_WROTE)
		return name_of(&c->credit[0]);
	return (nb_str){ 0 };
}

static size_t room_needed(const nb_cleaned *c)
{
	size_t n = 8 * NB_PACKED_NUMBER_MAX + c->place.len + writer_of(c).len;

	for (uint32_t i = 0; i < c->n_credits; i++)
		n += 3 * NB_PACKED_NUMBER_MAX + c->credit[i].words.len;
	return n;
}

static size_t pack(char *out, const nb_cleaned *c)
{
	char *at = out;

	at += nb_pack_string(at, (nb_str){ *c->lang ? c->lang : NULL, *c->lang ? 2 : 0 });
	at += nb_pack_string(at, writer_of(c));
	at += nb_pack_string(at, c->place);
	at += nb_pack_number(at, c->year);
	at += nb_pack_number(at, c->month);
	at += nb_pack_number(at, c->day);
	at += nb_pack_number(at, c->n_credits);
	for (uint32_t i = 0; i < c->n_credits; i++) {
		at += nb_pack_number(at, c->credit[i].agency);
		at += nb_pack_number(at, c->credit[i].role);
		at += nb_pack_string(at, c->credit[i].words);
	}
	return (size_t)(at - out);
}

nb_status nb_night_store_clean(struct nb_night_memory *m, const nb_cleaned *cleaned,
			       uint64_t *clean_at, uint64_t *cuts_at)
{
	char *at;

	*clean_at = 0;
	if (*cleaned->lang || cleaned->n_credits || cleaned->place.len || cleaned->day) {
		at = room(m, room_needed(cleaned));
		if (!at)
			return NB_ENOMEM;
		*clean_at = m->clean_used;
		m->clean_used += pack(at, cleaned);
	}
	return nb_night_store_cuts(m, cleaned->cut, cleaned->n_cuts, cuts_at);
}

void nb_night_fill_article(const struct nb_night_memory *m, uint64_t clean_at, nb_article *a)
{
	const char *at = m->clean_bytes + clean_at;
	nb_str lang, writer, place;

	if (!clean_at)
		return;
	at += nb_unpack_string(at, &lang);
	at += nb_unpack_string(at, &writer);
	nb_unpack_string(at, &place);
	if (lang.len) {
		a->lang = lang;
		a->lang_detected = true;
	}
	if (!a->agency.len)
		a->agency = writer;
	if (!a->located.len)
		a->located = place;
}

void nb_night_cleaned(const nb_night *night, uint32_t i, nb_cleaned *out)
{
	const struct nb_night_memory *m = night->memory;
	const char *at = m->clean_bytes + m->clean_at[i];
	uint64_t number[4];
	nb_str lang, writer;

	memset(out, 0, sizeof(*out));
	out->n_cuts = nb_night_stored_cuts(m, m->cuts_at[i], out->cut);
	out->report_bytes = night->text_len[i] - night->cut_bytes[i];
	if (!m->clean_at[i])
		return;
	at += nb_unpack_string(at, &lang);
	at += nb_unpack_string(at, &writer);
	at += nb_unpack_string(at, &out->place);
	if (lang.len)
		memcpy(out->lang, lang.ptr, 2);
	for (int k = 0; k < 4; k++)
		at += nb_unpack_number(at, &number[k]);
	out->year = (uint16_t)number[0];
	out->month = (uint8_t)number[1];
	out->day = (uint8_t)number[2];
	out->n_credits = (uint32_t)number[3];
	for (uint32_t k = 0; k < out->n_credits; k++) {
		at += nb_unpack_number(at, &number[0]);
		at += nb_unpack_number(at, &number[1]);
		at += nb_unpack_string(at, &out->credit[k].words);
		out->credit[k].agency = (nb_agency)number[0];
		out->credit[k].role = (nb_agency_role)number[1];
	}
}
