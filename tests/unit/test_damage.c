/* SPDX-License-Identifier: MIT
 *
 * test_damage.c - damaged files of every format: what comes of one depends on its bytes alone, not
 * on threads, nor on the files that were read before it.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <omp.h>

#include "unit/reading.h"

#define FILES_MOST 512

/* ---- a deflate stream by hand ---------------------------------------------------------------- */

struct bits {
	struct bytes out;
	unsigned held, n;
};

static void put_bit(struct bits *b, unsigned bit)
{
	char byte;

	b->held |= bit << b->n;
	if (++b->n < 8)
		return;
	byte = (char)b->held;
	bytes_add(&b->out, &byte, 1);
	b->held = b->n = 0;
}

/* Huffman codes stand with their highest bit first, numbers with their lowest. */
static void put_code(struct bits *b, unsigned code, unsigned n)
{
	while (n-- > 0)
		put_bit(b, code >> n & 1);
}

static void put_number(struct bits *b, unsigned x, unsigned n)
{
	for (unsigned i = 0; i < n; i++)
		put_bit(b, x >> i & 1);
}

/* Ten bytes of what came 1025 bytes before. */
static void put_far_copy(struct bits *b)
{
	put_code(b, 264 - 256, 7);
	put_code(b, 20, 5);
	put_number(b, 0, 9);
}

/* A gzip member of one block: `text`, then copies of what stands before its beginning. */
static struct bytes member_with_far_copies(const char *text, int copies)
{
	static const unsigned char header[10] = { 0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3 };
	struct bits b = { 0 };

	bytes_add(&b.out, header, sizeof(header));
	put_number(&b, 1, 1); /* the last block */
	put_number(&b, 1, 2); /* of fixed codes */
	for (const char *p = text; *p; p++)
		put_code(&b, 0x30 + (unsigned char)*p, 8);
	for (int i = 0; i < copies; i++)
		put_far_copy(&b);
	put_code(&b, 0, 7);
	for (int i = 0; i < 9; i++) /* to the end of the byte; checksum and length */
		put_number(&b, 0, 8);
	return b.out;
}

/* The decoder of a member that reaches back behind its beginning finds another file there. */
static void nothing_of_another_file(void **state)
{
	struct bytes other = { 0 }, first = { 0 };
	struct bytes broken = member_with_far_copies("{\"text\":\"mine\"}\n{\"text\":\"", 40);
	char *path[2] = { folder_path(*state, "a.jsonl.gz"), folder_path(*state, "b.jsonl.gz") };
	nb_reader_options o;
	struct reading r;

	for (int i = 0; i < 200; i++)
		bytes_add(&other, "{\"text\":\"secret\"}\n", 18);
	add_gzip(&first, other.p, other.n);
	first.p[first.n - 5] ^= 1; /* a wrong length at its end, so that it is streamed too */
	folder_write(*state, "a.jsonl.gz", first.p, first.n);
	folder_write(*state, "b.jsonl.gz", broken.p, broken.n);
	nb_reader_options_init(&o);
	o.input = (const char *const *)path;
	o.n_input = 2;
	omp_set_num_threads(1);
	r = reading_of(&o);
	assert_int_equal(r.n, 201);
	assert_str(r.article[200].text, "mine");
	assert_int_equal(r.n_reject, 2);
	assert_int_equal(r.reject[1].reason, NB_REJECT_DAMAGED);
	assert_int_equal(r.reject[1].line, 2);
	assert_str(r.reject[1].sample, "{\"text\":\"");
	reading_release(&r);
	for (int i = 0; i < 2; i++)
		free(path[i]);
	free(other.p);
	free(first.p);
	free(broken.p);
}

/* ---- mutated files of every format ----------------------------------------------------------- */

/* What came of file i, as if it had been read alone. */
static char *dump_of_file(const struct reading *all, uint32_t i)
{
	struct reading one = *all;
	char *text;

	one.article = calloc(all->n + 1, sizeof(*one.article));
	one.reject = calloc(all->n_reject + 1, sizeof(*one.reject));
	one.n = one.n_reject = 0;
	one.file = &all->file[i];
	one.n_files = 1;
	one.n_repaired = 0;
	for (size_t k = 0; k < all->n; k++)
		if (all->article[k].file == i)
			one.article[one.n++] = all->article[k];
	for (size_t k = 0; k < all->n_reject; k++)
		if (all->reject[k].file == i)
			one.reject[one.n_reject++] = all->reject[k];
	for (size_t k = 0; k < one.n; k++)
		one.article[k].file = 0;
	for (size_t k = 0; k < one.n_reject; k++)
		one.reject[k].file = 0;
	text = reading_dump(&one);
	free(one.article);
	free(one.reject);
	return text;
}

static uint64_t next_random(uint64_t *x)
{
	*x ^= *x << 13, *x ^= *x >> 7, *x ^= *x << 17;
	return *x;
}

/* Bits turned, bytes doubled or missing, an end cut off. */
static void mutate(struct bytes *b, uint64_t *seed)
{
	for (uint64_t k = next_random(seed) % 4; b->n > 8 && k > 0; k--) {
		uint64_t x = next_random(seed);
		size_t at = (x >> 8) % b->n, n = 1 + (x >> 40) % 16;

		n = n < b->n - at ? n : b->n - at;
		if (x % 8 < 5) {
			b->p[at] ^= (char)(1 << (x >> 60 & 7));
		} else if (x % 8 == 5) {
			memmove(b->p + at, b->p + at + n, b->n - at - n);
			b->n -= n;
		} else if (x % 8 == 6) {
			memmove(b->p + at, b->p, n < at ? n : at);
		} else {
			b->n = at;
		}
	}
}

/* A file of the corpus as it is or packed, mutated before or behind that. */
static void make_mutant(const char *folder, size_t i, const char *data, size_t n, uint64_t *seed)
{
	static const char *const ending[] = { "", ".gz", ".zst" };
	static void (*const pack[])(struct bytes *, const void *, size_t) = { NULL, add_gzip,
									      add_zstd };
	uint64_t how = next_random(seed) % 5;
	struct bytes b = { 0 }, packed = { 0 };
	char name[64];

	bytes_add(&b, data, n);
	if (how < 3)
		mutate(&b, seed);
	if (how % 3)
		pack[how % 3](&packed, b.p, b.n);
	else
		bytes_add(&packed, b.p, b.n);
	if (how >= 3)
		mutate(&packed, seed);
	snprintf(name, sizeof(name), "f%04zu%s", i, how == 4 ? ".gz" : ending[how % 3]);
	folder_write(folder, name, packed.p, packed.n);
	free(b.p);
	free(packed.p);
}

/* `rounds` mutants of every file in the fuzzers' corpora; how many. */
static size_t make_mutants(const char *folder, int rounds)
{
	static const char *const kinds[] = { "csv",  "html", "jsonl",     "warc",
					     "wire", "xml",  "decompress" };
	uint64_t seed = UINT64_C(0x9E3779B97F4A7C15);
	size_t n = 0;

	for (size_t k = 0; k < sizeof(kinds) / sizeof(kinds[0]); k++) {
		char *corpus = folder_path("tests/fuzz/corpus", kinds[k]);
		struct dirent **entry;
		int n_entries = scandir(corpus, &entry, NULL, alphasort);

		assert_true(n_entries > 2);
		for (int i = 0; i < n_entries; i++) {
			size_t size;
			char *data = entry[i]->d_name[0] == '.'
					     ? NULL
					     : folder_read(corpus, entry[i]->d_name, &size);

			for (int r = 0; data && r < rounds && n < FILES_MOST; r++)
				make_mutant(folder, n++, data, size, &seed);
			free(data);
			free(entry[i]);
		}
		free(entry);
		free(corpus);
	}
	return n;
}

static void a_file_alone_or_after_others(void **state)
{
	static const int threads[] = { 1, 2, 3, 8 };
	size_t n = make_mutants(*state, 6);
	char **alone = calloc(n, sizeof(*alone));

	assert_true(n > 150);
	for (size_t t = 0; t < sizeof(threads) / sizeof(threads[0]); t++) {
		struct reading all;

		omp_set_num_threads(threads[t]);
		all = reading_path(*state);
		assert_int_equal(all.n_files, n);
		for (uint32_t i = 0; i < n; i++) {
			char *text = dump_of_file(&all, i);

			if (!alone[i]) {
				struct reading one = reading_path(all.file[i].path);

				alone[i] = dump_of_file(&one, 0);
				reading_release(&one);
			}
			assert_string_equal(text, alone[i]);
			free(text);
		}
		reading_release(&all);
	}
	for (size_t i = 0; i < n; i++)
		free(alone[i]);
	free(alone);
}

#define test(f) cmocka_unit_test_setup_teardown(f, folder_setup, folder_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		test(nothing_of_another_file),
		test(a_file_alone_or_after_others),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
