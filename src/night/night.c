/* SPDX-License-Identifier: MIT
 *
 * night.c - see night.h: columns, packed strings, texts.
 *
 * A million articles with eleven strings each would cost 176 bytes an article for pointers and
 * lengths alone, so strings are packed with one-byte lengths and unpacked when asked for.  Ids
 * have a block of their own because ordering gives new ones.  Of origins there are few different
 * ones: each is kept once.
 */
#include "night/night_memory.h"

#include <stdlib.h>
#include <string.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "base/array.h"

#define N_META   10 /* strings besides id, text and origin */
#define N_FIRST  8  /* those of them that there were when ids were first made */
#define N_NUMBER 5  /* numbers in front of them */

/* The packed strings of an article, in their order. */
static void meta_strings(nb_article *a, nb_str *out[N_META])
{
	nb_str *s[N_META] = { &a->source, &a->agency, &a->version,       &a->lang,    &a->title,
			      &a->byline, &a->url,    &a->published_raw, &a->located, &a->subjects };

	memcpy(out, s, sizeof(s));
}

nb_status nb_night_init(nb_night *night, size_t text_memory, const char *tmp_dir)
{
	nb_status status;

	*night = (nb_night){ 0 };
	night->memory = calloc(1, sizeof(*night->memory));
	if (!night->memory)
		return NB_ENOMEM;
	status = nb_text_store_init(&night->memory->text, text_memory, tmp_dir);
	if (status != NB_OK)
		nb_night_release(night);
	return status;
}

void nb_night_release(nb_night *night)
{
	struct nb_night_memory *m = night->memory;

	if (m) {
		nb_text_store_release(&m->text);
		nb_intern_release(&m->origin);
		free(m->id_at);
		free(m->content);
		free(m->id_bytes);
		free(m->meta_bytes);
		free(m->clean_at);
		free(m->cuts_at);
		free(m->clean_bytes);
		nb_recurring_release(&m->recur);
		free(m);
	}
	free(night->published_at);
	free(night->date_source);
	free(night->day_only);
	free(night->pub_status);
	free(night->text_len);
	free(night->cut_bytes);
	free(night->text_at);
	free(night->meta_at);
	*night = (nb_night){ 0 };
}

/* Room for one more article in every column.  All have one capacity; a column that grew before
 * another failed keeps its room, which is not counted until all have it. */
static nb_status grow_columns(nb_night *night)
{
#define GROW(column) (room = m->capacity, NB_GROW(column, &room, (size_t)night->n + 1))
	struct nb_night_memory *m = night->memory;
	size_t room;

	if (night->n < m->capacity)
		return NB_OK;
	if (GROW(night->published_at) || GROW(night->date_source) || GROW(night->day_only) ||
	    GROW(night->pub_status) || GROW(night->text_len) || GROW(night->cut_bytes) ||
	    GROW(night->text_at) || GROW(night->meta_at) || GROW(m->id_at) || GROW(m->content) ||
	    GROW(m->clean_at) || GROW(m->cuts_at))
		return NB_ENOMEM;
	m->capacity = room;
	return NB_OK;
#undef GROW
}

nb_status nb_night_store_id(struct nb_night_memory *m, nb_str id, uint64_t *at)
{
	if (NB_GROW(m->id_bytes, &m->id_capacity, m->id_used + NB_PACKED_NUMBER_MAX + id.len) !=
	    NB_OK)
		return NB_ENOMEM;
	*at = m->id_used;
	m->id_used += nb_pack_string(m->id_bytes + m->id_used, id);
	return NB_OK;
}

/* Signed to unsigned, small either way. */
static uint64_t zigzag(int64_t x)
{
	return (uint64_t)x << 1 ^ (uint64_t)(x >> 63);
}

static int64_t unzigzag(uint64_t x)
{
	return (int64_t)(x >> 1 ^ (~(x & 1) + 1));
}

/* Numbers and strings; the block's new end is set by the caller when all has succeeded. */
static nb_status pack_meta(struct nb_night_memory *m, nb_article *a, size_t *end)
{
	nb_str *s[N_META];
	size_t need = m->meta_used + (N_META + N_NUMBER) * NB_PACKED_NUMBER_MAX, at = m->meta_used;
	uint32_t origin;

	if (nb_intern_number(&m->origin, a->origin, &origin) != NB_OK)
		return NB_ENOMEM;
	meta_strings(a, s);
	for (int i = 0; i < N_META; i++)
		need += s[i]->len;
	if (NB_GROW(m->meta_bytes, &m->meta_capacity, need) != NB_OK)
		return NB_ENOMEM;
	at += nb_pack_number(m->meta_bytes + at, a->file);
	at += nb_pack_number(m->meta_bytes + at, a->line);
	at += nb_pack_number(m->meta_bytes + at, a->byte);
	at += nb_pack_number(m->meta_bytes + at, zigzag(a->embargo));
	at += nb_pack_number(m->meta_bytes + at, origin);
	for (int i = 0; i < N_META; i++)
		at += nb_pack_string(m->meta_bytes + at, *s[i]);
	*end = at;
	return NB_OK;
}

/*
 * Equal for articles that say the same, wherever they stood.  Ids are made from it, and must not
 * change for articles that do not use a field that came later: those are hashed only if one is set.
 */
static uint64_t hash_content(nb_article *a)
{
	uint64_t part[N_FIRST + 3], later[N_META - N_FIRST + 3] = { 0 };
	nb_str *s[N_META];
	bool set = a->embargo || a->pub_status != NB_PUB_USABLE;

	meta_strings(a, s);
	for (int i = 0; i < N_FIRST; i++)
		part[i] = s[i]->ptr ? XXH3_64bits(s[i]->ptr, s[i]->len) : 0;
	part[N_FIRST] = XXH3_64bits(a->text.ptr, a->text.len);
	part[N_FIRST + 1] = (uint64_t)a->published_at;
	part[N_FIRST + 2] = a->date_source;
	for (int i = N_FIRST; i < N_META; i++) {
		later[i - N_FIRST] = s[i]->ptr ? XXH3_64bits(s[i]->ptr, s[i]->len) : 0;
		set |= s[i]->ptr != NULL;
	}
	later[N_META - N_FIRST] = XXH3_64bits(part, sizeof(part));
	later[N_META - N_FIRST + 1] = (uint64_t)a->embargo;
	later[N_META - N_FIRST + 2] = a->pub_status;
	return set ? XXH3_64bits(later, sizeof(later)) : later[N_META - N_FIRST];
}

nb_status nb_night_append(nb_night *night, const nb_article *article, nb_error *err)
{
	return nb_night_append_clean(night, article, NULL, err);
}

nb_status nb_night_append_clean(nb_night *night, const nb_article *article,
				const nb_cleaned *cleaned, nb_error *err)
{
	struct nb_night_memory *m = night->memory;
	nb_article a = *article;
	size_t meta_end, i = night->n;
	nb_status status;

	if (night->n >= NB_NIGHT_MAX)
		return nb_fail(err, NB_ELIMIT, NULL, "too many articles for one night");
	if (grow_columns(night) != NB_OK || pack_meta(m, &a, &meta_end) != NB_OK)
		return nb_fail(err, NB_ENOMEM, NULL, "no memory for article metadata");
	status = nb_text_store_append(&m->text, a.text, &night->text_at[i], err);
	if (status != NB_OK)
		return status;
	if (nb_night_store_id(m, a.id, &m->id_at[i]) != NB_OK)
		return nb_fail(err, NB_ENOMEM, NULL, "no memory for article ids");
	m->clean_at[i] = m->cuts_at[i] = 0;
	if (cleaned &&
	    (nb_night_store_clean(m, cleaned, &m->clean_at[i], &m->cuts_at[i]) != NB_OK ||
	     nb_recurring_add(&m->recur, (uint32_t)i, a.source, cleaned) != NB_OK))
		return nb_fail(err, NB_ENOMEM, NULL, "no memory for what was cut");
	night->cut_bytes[i] = cleaned ? (uint32_t)a.text.len - cleaned->report_bytes : 0;
	night->published_at[i] = a.published_at;
	night->date_source[i] = (uint8_t)a.date_source;
	night->day_only[i] = a.day_only;
	night->pub_status[i] = (uint8_t)a.pub_status;
	night->text_len[i] = (uint32_t)a.text.len;
	night->meta_at[i] = m->meta_used;
	m->content[i] = hash_content(&a);
	m->meta_used = meta_end;
	night->n++;
	return NB_OK;
}

nb_str nb_night_stored_id(const struct nb_night_memory *m, uint64_t at)
{
	nb_str id;

	nb_unpack_string(m->id_bytes + at, &id);
	return id;
}

nb_str nb_night_id(const nb_night *night, uint32_t i)
{
	return nb_night_stored_id(night->memory, night->memory->id_at[i]);
}

void nb_night_article(const nb_night *night, uint32_t i, nb_article *out)
{
	const char *at = night->memory->meta_bytes + night->meta_at[i];
	nb_str *s[N_META];
	uint64_t file, embargo, origin;

	*out = (nb_article){ 0 };
	meta_strings(out, s);
	at += nb_unpack_number(at, &file);
	at += nb_unpack_number(at, &out->line);
	at += nb_unpack_number(at, &out->byte);
	at += nb_unpack_number(at, &embargo);
	at += nb_unpack_number(at, &origin);
	for (int k = 0; k < N_META; k++)
		at += nb_unpack_string(at, s[k]);
	out->file = (uint32_t)file;
	out->embargo = unzigzag(embargo);
	out->origin = nb_intern_string(&night->memory->origin, (uint32_t)origin);
	out->id = nb_night_id(night, i);
	out->published_at = night->published_at[i];
	out->date_source = (nb_date_source)night->date_source[i];
	out->day_only = night->day_only[i];
	out->pub_status = (nb_pub_status)night->pub_status[i];
	nb_night_fill_article(night->memory, night->memory->clean_at[i], out);
}

nb_status nb_night_raw_text(const nb_night *night, uint32_t i, char *buffer, nb_str *out)
{
	return nb_text_store_get(&night->memory->text, night->text_at[i], night->text_len[i],
				 buffer, out);
}

nb_status nb_night_text(const nb_night *night, uint32_t i, char *buffer, nb_str *out)
{
	nb_status status = nb_night_raw_text(night, i, buffer, out);
	nb_cut cut[NB_CUTS_MAX];
	uint32_t n;

	if (status != NB_OK || !night->memory->cuts_at[i])
		return status;
	n = nb_night_stored_cuts(night->memory, night->memory->cuts_at[i], cut);
	if (n == 1 && cut->end == out->len) { /* cut from the bottom: nothing has to move */
		out->len = cut->begin;
	} else if (n == 1 && cut->begin == 0) {
		*out = (nb_str){ out->ptr + cut->end, out->len - cut->end };
	} else {
		out->len = nb_cut_out(*out, cut, n, buffer);
		out->ptr = buffer;
	}
	return NB_OK;
}
