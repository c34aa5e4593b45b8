/* SPDX-License-Identifier: MIT
 *
 * order.c - nb_night_order: unique ids, then numbers by (publication time, id).
 *
 * Nothing here may depend on the order of the input: ids are made from content, and only records
 * that are equal in everything (and so exchangeable) are told apart by their place.
 */
#include "night/night_memory.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "base/radix.h"

#define ID_ROOM    2048 /* bytes of the longest made id */
#define RADIX_FROM 4096 /* longer lists of keys are sorted by radix */
#define RUN_SMALL  32   /* runs up to here are sorted by comparing strings */

/* What articles are sorted by; `number` breaks ties between records equal in everything. */
#define LAST_SECOND_S 86399 /* of a day */

struct key {
	uint64_t major, minor;
	uint32_t number;
};

static int compare_keys(const void *a, const void *b)
{
	const struct key *x = a, *y = b;

	if (x->major != y->major)
		return x->major < y->major ? -1 : 1;
	if (x->minor != y->minor)
		return x->minor < y->minor ? -1 : 1;
	return x->number < y->number ? -1 : x->number > y->number;
}

/* Sort by (major, minor, number).  Keys must come in order of their numbers. */
static nb_status sort_keys(struct key *key, size_t n)
{
	nb_radix_item *item, *scratch;
	struct key *old;
	nb_status status = NB_ENOMEM;

	if (n < RADIX_FROM) {
		qsort(key, n, sizeof(*key), compare_keys);
		return NB_OK;
	}
	item = malloc(n * sizeof(*item));
	scratch = malloc(n * sizeof(*scratch));
	old = malloc(n * sizeof(*old));
	if (!item || !scratch || !old)
		goto out;
	memcpy(old, key, n * sizeof(*old));
	for (size_t i = 0; i < n; i++)
		item[i] = (nb_radix_item){ old[i].minor, i };
	nb_radix_sort_items(item, n, scratch);
	for (size_t i = 0; i < n; i++)
		item[i].key = old[item[i].value].major;
	nb_radix_sort_items(item, n, scratch); /* stable: minor still decides between equal ones */
	for (size_t i = 0; i < n; i++)
		key[i] = old[item[i].value];
	status = NB_OK;
out:
	free(item);
	free(scratch);
	free(old);
	return status;
}

static int compare_strings(nb_str a, nb_str b)
{
	size_t n = a.len < b.len ? a.len : b.len;
	int order = n ? memcmp(a.ptr, b.ptr, n) : 0;

	return order ? order : (a.len > b.len) - (a.len < b.len);
}

/* A set of ids in use: open addressing over places in the id block, where nothing ever moves.  So
 * an id that several articles shared stays taken after all of them got new ones. */
struct id_set {
	uint64_t *slot; /* place + 1, with SHARED if it was put in twice; 0: free */
	size_t mask;
};

#define SHARED    (UINT64_C(1) << 63)
#define HASH_SEED UINT64_C(0x6e657773627261)

static nb_status id_set_init(struct id_set *set, size_t n)
{
	size_t size = 16;

	while (size < n + n / 3)
		size *= 2;
	set->slot = calloc(size, sizeof(*set->slot));
	set->mask = size - 1;
	return set->slot ? NB_OK : NB_ENOMEM;
}

static uint64_t hash_id(nb_str id)
{
	return XXH3_64bits_withSeed(id.ptr, id.len, HASH_SEED);
}

/* The slot that holds id, or the free one where it belongs. */
static uint64_t *id_set_find(const struct id_set *set, const struct nb_night_memory *m, nb_str id)
{
	size_t at = hash_id(id) & set->mask;

	for (;; at = (at + 1) & set->mask) {
		uint64_t *slot = &set->slot[at];

		if (*slot == 0 ||
		    compare_strings(nb_night_stored_id(m, (*slot & ~SHARED) - 1), id) == 0)
			return slot;
	}
}

/*
 * Find the articles whose id has to be made: those without one and those that share one.
 * key[0..*n_unnamed) gets them, sorted by (hash of their id, content), so that articles of one id
 * stand together.  All ids go into the set.
 */
static nb_status find_unnamed(const nb_night *night, struct id_set *set, struct key *key,
			      size_t *n_unnamed)
{
	const struct nb_night_memory *m = night->memory;
	size_t n_key = 0;

	for (uint32_t i = 0; i < night->n; i++) {
		nb_str id = nb_night_id(night, i);
		uint64_t *slot;

		if (id.len == 0)
			continue;
		slot = id_set_find(set, m, id);
		*slot = *slot ? *slot | SHARED : m->id_at[i] + 1;
	}
	for (uint32_t i = 0; i < night->n; i++) {
		nb_str id = nb_night_id(night, i);

		if (id.len == 0 || *id_set_find(set, m, id) & SHARED)
			key[n_key++] = (struct key){ id.len ? hash_id(id) : 0, m->content[i], i };
	}
	*n_unnamed = n_key;
	return sort_keys(key, n_key);
}

/* Write "ID~xxxxxxxx" or "nb-xxxxxxxxxxxxxxxx", and ".k" for the k-th that would be equal. */
static size_t write_id(char out[ID_ROOM], nb_str id, uint64_t content, uint64_t k)
{
	size_t most = ID_ROOM - 64, len = id.len < most ? id.len : most;
	int n;

	if (len) {
		while (len < id.len && len > 0 && ((unsigned char)id.ptr[len] & 0xc0) == 0x80)
			len--; /* cut between characters */
		memcpy(out, id.ptr, len);
		n = snprintf(out + len, 64, "~%08x", (unsigned)(content >> 32));
	} else {
		n = snprintf(out, 64, "nb-%016llx", (unsigned long long)content);
	}
	len += (size_t)n;
	if (k > 1)
		len += (size_t)snprintf(out + len, 32, ".%llu", (unsigned long long)k);
	return len;
}

/* Give article i the first of its possible ids that nobody has.  *k remembers how many were tried
 * for articles equal to this one, so that a million equal records are named in linear time. */
static nb_status name_article(nb_night *night, struct id_set *set, uint32_t i, uint64_t *k)
{
	struct nb_night_memory *m = night->memory;
	char made[ID_ROOM];
	nb_str id = { made, 0 };
	uint64_t *slot;

	do {
		id.len = write_id(made, nb_night_id(night, i), m->content[i], ++*k);
		slot = id_set_find(set, m, id);
	} while (*slot);
	if (nb_night_store_id(m, id, &m->id_at[i]) != NB_OK)
		return NB_ENOMEM;
	*slot = m->id_at[i] + 1;
	return NB_OK;
}

static nb_status make_ids_unique(nb_night *night)
{
	struct id_set set = { 0 };
	struct key *key = malloc((night->n + (size_t)1) * sizeof(*key));
	nb_status status = NB_ENOMEM;
	uint64_t k = 0;
	size_t n_key = 0;

	/* each article puts at most two ids into the set: its own and a made one */
	if (!key || id_set_init(&set, (size_t)night->n * 2) != NB_OK)
		goto out;
	status = find_unnamed(night, &set, key, &n_key);
	for (size_t i = 0; i < n_key && status == NB_OK; i++) {
		if (i == 0 || key[i].major != key[i - 1].major || key[i].minor != key[i - 1].minor)
			k = 0;
		status = name_article(night, &set, key[i].number, &k);
	}
out:
	free(key);
	free(set.slot);
	return status;
}

/* Bytes that all ids of a run begin with: they say nothing about its order. */
static size_t common_prefix(const nb_night *night, const struct key *key, size_t n)
{
	nb_str first;
	size_t len;

	if (n == 0)
		return 0;
	first = nb_night_id(night, key[0].number);
	len = first.len;
	for (size_t i = 1; i < n && len > 0; i++) {
		nb_str id = nb_night_id(night, key[i].number);
		size_t same = 0;

		while (same < len && same < id.len && id.ptr[same] == first.ptr[same])
			same++;
		len = same;
	}
	return len;
}

/* The eight bytes of an id from `skip` on, as a number that sorts as they do. */
static uint64_t id_key(nb_str id, size_t skip)
{
	uint64_t key = 0;

	for (size_t i = 0; i < 8; i++)
		key = key << 8 | (skip + i < id.len ? (unsigned char)id.ptr[skip + i] : 0);
	return key;
}

static int compare_ids(const void *a, const void *b, void *night)
{
	const struct key *x = a, *y = b;

	return compare_strings(nb_night_id(night, x->number), nb_night_id(night, y->number));
}

/*
 * Sort by `major`, then id.  Comparing strings that lie all over memory is slow, so eight bytes of
 * each after the common prefix are compared as a number first, and equal ones again with the
 * next eight (multikey sorting, Bentley and Sedgewick 1997).  Ids are at most ID_ROOM bytes, so
 * this is at most ID_ROOM / 8 deep.
 */
static nb_status sort_run(nb_night *night, struct key *key, size_t n)
{
	size_t skip = common_prefix(night, key, n);
	nb_status status;

	for (size_t i = 0; i < n; i++)
		key[i].minor = id_key(nb_night_id(night, key[i].number), skip);
	status = sort_keys(key, n);
	for (size_t i = 0, end; i < n && status == NB_OK; i = end) {
		for (end = i + 1;
		     end < n && key[end].major == key[i].major && key[end].minor == key[i].minor;)
			end++;
		if (end - i > RUN_SMALL && end - i < n)
			status = sort_run(night, key + i, end - i);
		else if (end - i > 1)
			qsort_r(key + i, end - i, sizeof(*key), compare_ids, night);
	}
	return status;
}

static nb_status sort_articles(nb_night *night, uint32_t *from)
{
	struct key *key = malloc((night->n + (size_t)1) * sizeof(*key));
	nb_status status;

	if (!key)
		return NB_ENOMEM;
	for (uint32_t i = 0; i < night->n; i++) {
		int64_t latest = night->published_at[i];
		uint64_t time;

		if (night->day_only[i] && latest != NB_NO_TIME)
			latest += LAST_SECOND_S;
		time = latest == NB_NO_TIME ? UINT64_MAX : (uint64_t)latest ^ (UINT64_C(1) << 63);
		key[i] = (struct key){ .major = time, .number = i };
	}
	status = sort_run(night, key, night->n);
	for (uint32_t i = 0; i < night->n; i++)
		from[i] = key[i].number;
	free(key);
	return status;
}

/* column[i] = old column[from[i]], by way of a scratch column. */
static void permute(void *column, const uint32_t *from, size_t n, size_t item, void *scratch)
{
	const char *old = column;
	char *out = scratch;

	for (size_t i = 0; i < n; i++)
		memcpy(out + i * item, old + from[i] * item, item);
	if (n > 0)
		memcpy(column, scratch, n * item);
}

nb_status nb_night_order(nb_night *night, uint32_t *from, nb_error *err)
{
	struct nb_night_memory *m = night->memory;
	uint64_t *scratch = malloc((night->n + (size_t)1) * sizeof(*scratch));
	size_t n = night->n;

	if (n == 0) {
		free(scratch);
		return NB_OK;
	}
	if (!scratch || make_ids_unique(night) != NB_OK || sort_articles(night, from) != NB_OK) {
		free(scratch);
		return nb_fail(err, NB_ENOMEM, NULL, "no memory to order the night");
	}
	permute(night->published_at, from, n, sizeof(*night->published_at), scratch);
	permute(night->date_source, from, n, sizeof(*night->date_source), scratch);
	permute(night->day_only, from, n, sizeof(*night->day_only), scratch);
	permute(night->pub_status, from, n, sizeof(*night->pub_status), scratch);
	permute(night->text_len, from, n, sizeof(*night->text_len), scratch);
	permute(night->cut_bytes, from, n, sizeof(*night->cut_bytes), scratch);
	permute(night->text_at, from, n, sizeof(*night->text_at), scratch);
	permute(night->meta_at, from, n, sizeof(*night->meta_at), scratch);
	permute(m->id_at, from, n, sizeof(*m->id_at), scratch);
	permute(m->content, from, n, sizeof(*m->content), scratch);
	permute(m->clean_at, from, n, sizeof(*m->clean_at), scratch);
	permute(m->cuts_at, from, n, sizeof(*m->cuts_at), scratch);
	free(scratch);
	return NB_OK;
}
