/* SPDX-License-Identifier: MIT
 *
 * key_index.c - see key_index.h.
 *
 * An entry is one word.  The low bits of a key choose its bucket and need not be stored, so beside
 * the article number there is room for (nearly) all of the rest: an entry that looks equal is equal
 * but for one chance in 2^50 or less, and then verification decides.
 */
#include "match/key_index.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/radix.h"

#define BUCKET_AIM  4u        /* entries in a bucket */
#define BUCKET_FEW  64u       /* looked through one by one */
#define FILTER_AIM  4u        /* keys in a filter word */
#define FILTER_BITS 26u       /* most bits of a word number: 512 MiB a part */
#define NO_ENTRY    UINT64_MAX /* fills the end of a bucket that was cut */

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

static bool indexed(const nb_sketches *s, uint32_t i, uint32_t min_shingles)
{
	return s->n_shingles[i] > 0 && s->n_shingles[i] >= min_shingles;
}

/* Number of keys, and how many of each class. */
static uint64_t count_keys(nb_key_index *ix, const nb_sketches *s, uint32_t min_shingles,
			   uint64_t of_class[NB_KEY_CLASSES])
{
	uint64_t n = 0;
	uint32_t n_articles = 0;

#pragma omp parallel for schedule(static) reduction(+ : n, n_articles, of_class[:NB_KEY_CLASSES])
	for (uint32_t i = 0; i < s->n; i++) {
		if (!indexed(s, i, min_shingles))
			continue;
		for (uint64_t k = s->key_at[i]; k < s->key_at[i + 1]; k++)
			of_class[nb_key_class(s->key[k])]++;
		n += s->key_at[i + 1] - s->key_at[i];
		n_articles++;
	}
	ix->n_articles = n_articles;
	return n;
}

static nb_status make_filter(nb_key_index *ix, const uint64_t of_class[NB_KEY_CLASSES])
{
	uint64_t words = 0;

	for (uint32_t c = 0; c < NB_KEY_CLASSES; c++) {
		uint64_t n = UINT64_C(1) << bits_for(of_class[c] / FILTER_AIM, 0, FILTER_BITS);

		ix->part[c].at = words;
		ix->part[c].mask = n - 1;
		words += n;
	}
	ix->filter = nb_block_zero(words, sizeof(*ix->filter));
	return ix->filter ? NB_OK : NB_ENOMEM;
}

static nb_status make_room(nb_key_index *ix, uint32_t n_articles, uint64_t n_keys)
{
	uint32_t *block;

	ix->article_bits = bits_for((uint64_t)n_articles + 1, 1, 32);
	ix->bucket_bits = bits_for(n_keys / BUCKET_AIM, 4, 30);
	block = nb_block_zero(((size_t)1 << ix->bucket_bits) + 1, sizeof(*block));
	ix->end = block ? block + 1 : NULL;
	ix->entry = nb_block_alloc(n_keys, sizeof(*ix->entry));
	ix->kept = nb_block_zero(n_articles, sizeof(*ix->kept));
	return ix->end && ix->entry && ix->kept ? NB_OK : NB_ENOMEM;
}

/* Entries to their buckets, in any order; end[b] is then the end of bucket b. */
static void fill_buckets(nb_key_index *ix, const nb_sketches *s, uint32_t min_shingles)
{
	size_t n_buckets = (size_t)1 << ix->bucket_bits;
	uint32_t sum = 0;

#pragma omp parallel for schedule(static)
	for (uint32_t i = 0; i < s->n; i++)
		for (uint64_t k = s->key_at[i];
		     indexed(s, i, min_shingles) && k < s->key_at[i + 1]; k++)
			__atomic_fetch_add(&ix->end[nb_key_bucket(ix, s->key[k])], 1,
					   __ATOMIC_RELAXED);
	for (size_t b = 0; b < n_buckets; b++) {
		uint32_t here = ix->end[b];

		ix->end[b] = sum;
		sum += here;
	}
#pragma omp parallel for schedule(static)
	for (uint32_t i = 0; i < s->n; i++)
		for (uint64_t k = s->key_at[i];
		     indexed(s, i, min_shingles) && k < s->key_at[i + 1]; k++) {
			uint32_t at = __atomic_fetch_add(&ix->end[nb_key_bucket(ix, s->key[k])], 1,
							 __ATOMIC_RELAXED);

			ix->entry[at] = nb_key_rest(ix, s->key[k]) | i;
		}
}

static void set_filter(nb_key_index *ix, const nb_sketches *s, uint32_t min_shingles)
{
#pragma omp parallel for schedule(static)
	for (uint32_t i = 0; i < s->n; i++)
		for (uint64_t k = s->key_at[i];
		     indexed(s, i, min_shingles) && k < s->key_at[i + 1]; k++)
			__atomic_fetch_or(nb_key_word(ix, s->key[k]), nb_key_bits(s->key[k]),
					  __ATOMIC_RELAXED);
}

/* Of each key keep the earliest articles.  Entries left out. */
static uint64_t cut_bucket(nb_key_index *ix, uint64_t *entry, size_t n)
{
	size_t kept = 0, same = 0;

	for (size_t i = 0; i < n; i++) {
		uint64_t e = entry[i];

		same = kept && entry[kept - 1] >> ix->article_bits == e >> ix->article_bits
			       ? same + 1
			       : 0;
		if (same >= NB_KEY_POSTINGS)
			continue;
		entry[kept++] = e;
		__atomic_fetch_add(&ix->kept[nb_key_article(ix, e)], 1, __ATOMIC_RELAXED);
	}
	for (size_t i = kept; i < n; i++)
		entry[i] = NO_ENTRY;
	return n - kept;
}

static nb_status sort_buckets(nb_key_index *ix)
{
	uint64_t n_cut = 0;
	uint32_t n_failed = 0;

#pragma omp parallel for schedule(dynamic, 1024) reduction(+ : n_cut, n_failed)
	for (size_t b = 0; b < (size_t)1 << ix->bucket_bits; b++) {
		uint64_t *entry = ix->entry + ix->end[(ptrdiff_t)b - 1], few[BUCKET_FEW];
		size_t n = ix->end[b] - ix->end[(ptrdiff_t)b - 1];
		uint64_t *scratch = n <= BUCKET_FEW ? few : nb_block_alloc(n, sizeof(*scratch));

		if (scratch)
			nb_radix_sort_serial(entry, n, scratch);
		n_failed += !scratch;
		n_cut += scratch ? cut_bucket(ix, entry, n) : 0;
		if (scratch != few)
			free(scratch);
	}
	ix->n_cut = n_cut;
	return n_failed ? NB_ENOMEM : NB_OK;
}

nb_status nb_key_index_build(nb_key_index *ix, const nb_sketches *s, uint32_t min_shingles)
{
	uint64_t of_class[NB_KEY_CLASSES] = { 0 }, n_keys;
	nb_status status = NB_ELIMIT;

	*ix = (nb_key_index){ 0 };
	n_keys = count_keys(ix, s, min_shingles, of_class);
	if (n_keys < UINT32_MAX)
		status = make_filter(ix, of_class);
	if (status == NB_OK)
		status = make_room(ix, s->n, n_keys);
	if (status == NB_OK) {
		fill_buckets(ix, s, min_shingles);
		set_filter(ix, s, min_shingles);
		status = sort_buckets(ix);
	}
	if (status != NB_OK)
		nb_key_index_release(ix);
	return status;
}

uint32_t nb_key_find(const nb_key_index *ix, uint64_t shingle, uint32_t *first)
{
	ptrdiff_t bucket = nb_key_bucket(ix, shingle);
	uint32_t at = ix->end[bucket - 1], end = ix->end[bucket], high = end;
	uint64_t rest = nb_key_rest(ix, shingle);

	while (high - at > BUCKET_FEW) {
		uint32_t middle = at + (high - at) / 2;

		if (ix->entry[middle] < rest)
			at = middle + 1;
		else
			high = middle;
	}
	while (at < end && ix->entry[at] < rest)
		at++;
	*first = at;
	while (at < end && ix->entry[at] >> ix->article_bits == rest >> ix->article_bits &&
	       ix->entry[at] != NO_ENTRY)
		at++;
	return at - *first;
}
