/* SPDX-License-Identifier: MIT
 *
 * key_index.c - see key_index.h.
 *
 * An entry is one word.  Its partition is told by its place and need not be stored, so beside the
 * article number there is room for nearly all of the key: two keys that look equal are equal but
 * for one chance in 2^50 or so, and then verification decides.
 *
 * Entries first go to their partitions, thread by thread, then each partition is put in order where
 * it stands: it fits the second-level cache, and no two threads write to one place.
 */
#include "copies/key_index.h"

#include <omp.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/radix.h"

#define PART_AIM   16384u     /* entries in a partition */
#define PARTS_MOST 11u        /* bits */
#define BUCKET_AIM 4u         /* entries in a bucket */
#define BUCKET_FEW 64u        /* looked through one by one */
#define FILTER_AIM 4u         /* keys in a filter word */
#define NO_ENTRY   UINT64_MAX /* fills the end of a bucket that was cut */

void nb_key_index_release(nb_key_index *ix)
{
	if (ix->end)
		free(ix->end - 1);
	free(ix->entry);
	free(ix->kept);
	free(ix->filter);
	*ix = (nb_key_index){ 0 };
}

static uint32_t bits_for(uint64_t n, uint32_t least, uint32_t most)
{
	uint32_t bits = least;

	while (bits < most && UINT64_C(1) << bits < n)
		bits++;
	return bits;
}

/* The keys of article i that go into the index are key[key_at[i]..this). */
static uint64_t keys_end(const nb_sketches *s, uint32_t i, uint32_t min_shingles)
{
	return s->n_shingles[i] >= min_shingles ? s->key_at[i + 1] : s->key_at[i];
}

/* Number of keys, and how many of each class. */
static uint64_t count_keys(nb_key_index *ix, const nb_sketches *s, uint32_t min_shingles,
			   uint64_t of_class[NB_KEY_CLASSES])
{
	uint64_t n = 0;
	uint32_t n_articles = 0;

#pragma omp parallel for schedule(static) reduction(+ : n, n_articles, of_class[:NB_KEY_CLASSES])
	for (uint32_t i = 0; i < s->n; i++) {
		uint64_t end = keys_end(s, i, min_shingles);

		for (uint64_t k = s->key_at[i]; k < end; k++)
			of_class[nb_key_class(s->key[k])]++;
		n += end - s->key_at[i];
		n_articles += end > s->key_at[i];
	}
	ix->n_articles = n_articles;
	return n;
}

static nb_status make_filter(nb_key_index *ix, const uint64_t of_class[NB_KEY_CLASSES])
{
	uint64_t words = 0;

	for (uint32_t c = 0; c < NB_KEY_CLASSES; c++) {
		uint32_t bits = bits_for(of_class[c] / FILTER_AIM, 1, 31);

		ix->part[c].at = words;
		ix->part[c].shift = 32 - bits;
		words += UINT64_C(1) << bits;
	}
	ix->filter = nb_block_zero(words, sizeof(*ix->filter));
	return ix->filter ? NB_OK : NB_ENOMEM;
}

static nb_status make_room(nb_key_index *ix, uint32_t n_articles, uint64_t n_keys)
{
	uint32_t *block;

	/* one number more than articles: no entry is NO_ENTRY */
	ix->article_bits = bits_for((uint64_t)n_articles + 1, 1, 32);
	ix->part_bits = bits_for(n_keys / PART_AIM, 0, PARTS_MOST);
	ix->bucket_bits = bits_for(n_keys / BUCKET_AIM, ix->part_bits + 1, 30);
	block = nb_block_zero(((size_t)1 << ix->bucket_bits) + 1, sizeof(*block));
	ix->end = block ? block + 1 : NULL;
	ix->entry = nb_block_alloc(n_keys, sizeof(*ix->entry));
	ix->kept = nb_block_alloc(n_articles, sizeof(*ix->kept));
	return ix->end && ix->entry && ix->kept ? NB_OK : NB_ENOMEM;
}

static uint32_t part_of(const nb_key_index *ix, uint64_t shingle)
{
	return (uint32_t)((shingle & UINT32_MAX) >> (32 - ix->part_bits));
}

/* Entries of one chunk of articles to place[part], or their numbers if there is no entry yet. */
static void send_chunk(nb_key_index *ix, const nb_sketches *s, uint32_t min_shingles,
		       uint32_t begin, uint32_t end, bool count, uint32_t *place)
{
	for (uint32_t i = begin; i < end; i++) {
		uint64_t last = keys_end(s, i, min_shingles);

		ix->kept[i] = (uint8_t)(last - s->key_at[i]);
		for (uint64_t k = s->key_at[i]; k < last; k++) {
			uint32_t at = place[part_of(ix, s->key[k])]++;

			if (!count)
				ix->entry[at] = nb_key_entry(ix, s->key[k], i);
		}
	}
}

/* All entries to their partitions; partition p is then entry[place[p - 1]..place[p]). */
static nb_status send_all(nb_key_index *ix, const nb_sketches *s, uint32_t min_shingles,
			  uint32_t *part_end)
{
	size_t n_parts = (size_t)1 << ix->part_bits, n_chunks = (size_t)omp_get_max_threads();
	uint32_t *place = nb_block_zero(n_chunks * n_parts, sizeof(*place)), sum = 0;

	if (!place)
		return NB_ENOMEM;
#pragma omp parallel for schedule(static)
	for (size_t c = 0; c < n_chunks; c++)
		send_chunk(ix, s, min_shingles, (uint32_t)(s->n * c / n_chunks),
			   (uint32_t)(s->n * (c + 1) / n_chunks), true, place + c * n_parts);
	for (size_t p = 0; p < n_parts; p++) {
		for (size_t c = 0; c < n_chunks; c++) {
			uint32_t here = place[c * n_parts + p];

			place[c * n_parts + p] = sum;
			sum += here;
		}
		part_end[p] = sum;
	}
#pragma omp parallel for schedule(static)
	for (size_t c = 0; c < n_chunks; c++)
		send_chunk(ix, s, min_shingles, (uint32_t)(s->n * c / n_chunks),
			   (uint32_t)(s->n * (c + 1) / n_chunks), false, place + c * n_parts);
	free(place);
	return NB_OK;
}

/* Of each key keep the earliest articles.  Entries left out. */
static uint64_t cut_bucket(nb_key_index *ix, uint64_t *entry, size_t n)
{
	size_t kept = 0, same = 0;

	if (n <= NB_KEY_POSTINGS)
		return 0;
	for (size_t i = 0; i < n; i++) {
		uint64_t e = entry[i];

		same = kept && entry[kept - 1] >> ix->article_bits == e >> ix->article_bits
			       ? same + 1
			       : 0;
		if (same < NB_KEY_POSTINGS)
			entry[kept++] = e;
		else
			__atomic_fetch_sub(&ix->kept[nb_key_article(ix, e)], 1, __ATOMIC_RELAXED);
	}
	for (size_t i = kept; i < n; i++)
		entry[i] = NO_ENTRY;
	return n - kept;
}

/* One partition into its buckets; scratch takes it whole.  Entries left out. */
static uint64_t order_part(nb_key_index *ix, size_t part, uint32_t begin, uint32_t end,
			   uint64_t *scratch)
{
	uint32_t n_buckets = 1u << (ix->bucket_bits - ix->part_bits);
	uint32_t shift = 64 - (ix->bucket_bits - ix->part_bits), sum = begin;
	uint32_t *place = ix->end + part * n_buckets;
	uint64_t n_cut = 0;

	if (end > begin) /* there may be no scratch yet */
		memcpy(scratch, ix->entry + begin, (end - begin) * sizeof(*scratch));
	for (uint32_t i = 0; i < end - begin; i++)
		place[scratch[i] >> shift]++;
	for (uint32_t b = 0; b < n_buckets; b++) {
		uint32_t here = place[b];

		place[b] = sum;
		sum += here;
	}
	for (uint32_t i = 0; i < end - begin; i++)
		ix->entry[place[scratch[i] >> shift]++] = scratch[i];
	for (uint32_t b = 0, at = begin; b < n_buckets; at = place[b++]) {
		nb_radix_sort_serial(ix->entry + at, place[b] - at, scratch);
		n_cut += cut_bucket(ix, ix->entry + at, place[b] - at);
	}
	return n_cut;
}

static nb_status order_parts(nb_key_index *ix, const uint32_t *part_end)
{
	size_t n_parts = (size_t)1 << ix->part_bits;
	uint32_t n_failed = 0;
	uint64_t n_cut = 0;

#pragma omp parallel reduction(+ : n_cut, n_failed)
	{
		uint64_t *scratch = NULL;
		size_t room = 0;

#pragma omp for schedule(dynamic)
		for (size_t p = 0; p < n_parts; p++) {
			uint32_t begin = p ? part_end[p - 1] : 0, end = part_end[p];

			if (NB_GROW(scratch, &room, end - begin) == NB_OK)
				n_cut += order_part(ix, p, begin, end, scratch);
			else
				n_failed++;
		}
		free(scratch);
	}
	ix->n_cut = n_cut;
	return n_failed ? NB_ENOMEM : NB_OK;
}

static void set_filter(nb_key_index *ix, const nb_sketches *s, uint32_t min_shingles)
{
#pragma omp parallel for schedule(static)
	for (uint32_t i = 0; i < s->n; i++)
		for (uint64_t k = s->key_at[i]; k < keys_end(s, i, min_shingles); k++)
			__atomic_fetch_or(nb_key_word(ix, s->key[k]), nb_key_bits(s->key[k]),
					  __ATOMIC_RELAXED);
}

nb_status nb_key_index_build(nb_key_index *ix, const nb_sketches *s, uint32_t min_shingles)
{
	uint64_t of_class[NB_KEY_CLASSES] = { 0 }, n_keys;
	uint32_t part_end[1u << PARTS_MOST];
	nb_status status = NB_ELIMIT;

	*ix = (nb_key_index){ 0 };
	n_keys = count_keys(ix, s, min_shingles, of_class);
	if (n_keys < UINT32_MAX)
		status = make_filter(ix, of_class);
	NB_TRY(status, make_room(ix, s->n, n_keys));
	NB_TRY(status, send_all(ix, s, min_shingles, part_end));
	NB_TRY(status, order_parts(ix, part_end));
	if (status == NB_OK)
		set_filter(ix, s, min_shingles);
	else
		nb_key_index_release(ix);
	return status;
}

uint32_t nb_key_find(const nb_key_index *ix, uint64_t shingle, uint32_t *first)
{
	ptrdiff_t bucket = nb_key_bucket(ix, shingle);
	uint32_t at = ix->end[bucket - 1], end = ix->end[bucket], high = end;
	uint64_t entry = nb_key_entry(ix, shingle, 0);

	while (high - at > BUCKET_FEW) {
		uint32_t middle = at + (high - at) / 2;

		if (ix->entry[middle] < entry)
			at = middle + 1;
		else
			high = middle;
	}
	while (at < end && ix->entry[at] < entry)
		at++;
	*first = at;
	while (at < end && ix->entry[at] >> ix->article_bits == entry >> ix->article_bits &&
	       ix->entry[at] != NO_ENTRY)
		at++;
	return at - *first;
}
