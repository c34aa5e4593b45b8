/* SPDX-License-Identifier: MIT
 *
 * test_text_kernel.c - every instruction set returns the bytes of the portable kernels, on any
 * size and any input.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "kernel/text_kernel.h"
#include "sample.h"
#include "sketch/on_kernel.h"

enum { VALUES = 5000 };

/* The kernels to compare with portable; at least one, if only portable with itself. */
static size_t kernels(const nb_text_kernel *out[NB_ISA_COUNT])
{
	size_t n = 0;

	for (int isa = 0; isa < NB_ISA_COUNT; isa++)
		if ((out[n] = nb_text_kernel_for((nb_isa)isa)))
			n++;
	return n;
}

static void table_is_complete(void **state)
{
	const nb_text_kernel *kernel[NB_ISA_COUNT];
	size_t n = kernels(kernel);

	(void)state;
	assert_true(n >= 1);
	assert_int_equal(kernel[0]->isa, NB_ISA_PORTABLE);
	assert_int_equal(nb_text_kernel_get()->isa, nb_isa_get());
	for (int isa = 0; isa < NB_ISA_COUNT; isa++)
		assert_int_equal(nb_text_kernel_for((nb_isa)isa) != NULL,
				 nb_isa_usable((nb_isa)isa));
}

typedef struct folded {
	uint8_t *block, *text;
	size_t n;
} folded;

static folded fold(const nb_text_kernel *kernel, const char *text, size_t n)
{
	size_t size = NB_FOLD_FRONT + NB_FOLD_MAX(n) + NB_FOLD_SLACK + NB_FOLDED_PAD;
	folded out = { malloc(size), NULL, 0 };
	nb_fold f;

	assert_non_null(out.block);
	memset(out.block, ' ', size);
	out.text = out.block + NB_FOLD_FRONT;
	f = (nb_fold){ out.text, 0 };
	kernel->fold(&f, (const uint8_t *)text, n);
	out.n = (size_t)(f.out - out.text);
	memset(f.out, ' ', NB_FOLDED_PAD);
	return out;
}

static void compare_texts(const nb_text_kernel *a, const nb_text_kernel *b, const char *text,
			  size_t n)
{
	folded x = fold(a, text, n), y = fold(b, text, n);
	static uint32_t edge_x[NB_EDGE_ROOM], edge_y[NB_EDGE_ROOM];
	static uint64_t hash_x[NB_EDGE_ROOM], hash_y[NB_EDGE_ROOM];
	nb_edge_state s = { 0, 0 }, t = { 0, 0 };
	size_t end = (x.n / 64 + 1) * 64, n_x, n_y;

	assert_int_equal(x.n, y.n);
	assert_memory_equal(x.text, y.text, x.n);
	assert_true(end <= NB_EDGE_BATCH);
	n_x = a->edges(x.text, 0, end, &s, edge_x);
	n_y = b->edges(y.text, 0, end, &t, edge_y);
	assert_int_equal(n_x, n_y);
	assert_int_equal(n_x % 2, 0);
	assert_memory_equal(edge_x, edge_y, n_x * sizeof(*edge_x));
	assert_memory_equal(&s, &t, sizeof(s));
	a->hashes(x.text, edge_x, n_x / 2, hash_x);
	b->hashes(y.text, edge_y, n_y / 2, hash_y);
	assert_memory_equal(hash_x, hash_y, n_x / 2 * sizeof(*hash_x));
	free(x.block);
	free(y.block);
}

static void texts_are_equal(void **state)
{
	const nb_text_kernel *kernel[NB_ISA_COUNT];
	size_t n_kernels = kernels(kernel);
	char text[200];
	uint64_t seed = 3;

	(void)state;
	for (int kind = 0; kind < SAMPLE_KINDS; kind++)
		for (int round = 0; round < 1500; round++) {
			size_t n = (size_t)round % (sizeof(text) + 1);
			char *exact;

			sample_text((enum sample_kind)kind, &seed, text, n);
			exact = sample_exact(text, n);
			for (size_t k = 1; k < n_kernels; k++)
				compare_texts(kernel[0], kernel[k], exact, n);
			free(exact);
		}
}

/* Among Han, which vectors take many at a time, and with one byte of it spoilt. */
static void compare_among_han(const nb_text_kernel *a, const nb_text_kernel *b, uint32_t cp)
{
	char text[40 * 3 + 2 * 4];
	size_t n = 0, at = cp % 30;

	for (size_t i = 0; i < 40; i++) {
		n += sample_utf8(0x4E00 + (cp * 40 + (uint32_t)i) % 0x5200, text + n);
		if (i == at || i == at + 2)
			n += sample_utf8(cp, text + n);
	}
	compare_texts(a, b, text, n);
	text[cp % n] = (char)(cp * 7);
	compare_texts(a, b, text, n);
}

/* The shortcuts of a kernel say what the table says: every code point, at many places. */
static void every_code_point_is_folded_alike(void **state)
{
	const nb_text_kernel *kernel[NB_ISA_COUNT];
	size_t n_kernels = kernels(kernel);

	(void)state;
	for (uint32_t cp = 1; cp < 0x110000; cp += cp < 0x30000 ? 1 : 37)
		for (size_t k = 1; k < n_kernels; k++) {
			char text[40 + 3 * 4];
			size_t n = cp % 29;

			memset(text, 'x', sizeof(text));
			n += sample_utf8(cp, text + n);
			n += sample_utf8(0x439, text + n);
			n += sample_utf8(cp, text + n);
			compare_texts(kernel[0], kernel[k], text, cp % 3 ? n : sizeof(text));
			compare_among_han(kernel[0], kernel[k], cp);
		}
}

/* Shingles of few values: repeats, slots and lanes that collide. */
static void fill(uint64_t *value, size_t n, int how, uint64_t *seed)
{
	for (size_t i = 0; i < n; i++) {
		value[i] = sample_random(seed);
		if (how == 1)
			value[i] >>= 50;
		else if (how == 2)
			value[i] <<= 50;
		else if (how == 3)
			value[i] = i % 2 ? UINT64_MAX : 0;
		else if (how == 4 && i > n / 2)
			value[i] = value[i - n / 2];
		else if (how == 5)
			value[i] = i ? value[0] : value[i];
	}
}

static int ascending(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return x < y ? -1 : x > y;
}

static size_t distinct(const uint64_t *value, size_t n, uint64_t *sorted)
{
	size_t kept = 0;

	memcpy(sorted, value, n * sizeof(*value));
	qsort(sorted, n, sizeof(*sorted), ascending);
	for (size_t i = 0; i < n; i++)
		if (kept == 0 || sorted[kept - 1] != sorted[i])
			sorted[kept++] = sorted[i];
	return kept;
}

static void compare_values(const nb_text_kernel *a, const nb_text_kernel *b, const uint64_t *value,
			   size_t n)
{
	static uint64_t x[VALUES + 8], y[VALUES + 8];
	static const uint64_t limit[] = { 0, 1, UINT64_C(1) << 62, UINT64_MAX / 2, UINT64_MAX };
	uint8_t lane_x[NB_MINHASH_LANES], lane_y[NB_MINHASH_LANES];

	a->minhash(value, n, lane_x);
	b->minhash(value, n, lane_y);
	assert_memory_equal(lane_x, lane_y, sizeof(lane_x));
	assert_true(a->simhash(value, n, 77) == b->simhash(value, n, 77));
	assert_true(a->simhash(value, n, 0) == b->simhash(value, n, 0));
	assert_true(a->text_hash(value, n, 5) == b->text_hash(value, n, 5));
	for (size_t i = 0; i < sizeof(limit) / sizeof(*limit); i++) {
		size_t n_x = a->below(value, n, limit[i], x);

		assert_int_equal(n_x, b->below(value, n, limit[i], y));
		assert_memory_equal(x, y, n_x * sizeof(*x));
	}
	for (uint32_t words = 1; words <= NB_SHINGLE_MAX && words <= n; words += 1 + words / 6) {
		a->shingles(value, n, words, 99, x);
		b->shingles(value, n, words, 99, y);
		assert_memory_equal(x, y, (n - words + 1) * sizeof(*x));
	}
}

/* Against brute force, not only against each other. */
static void check_selection(const nb_text_kernel *k, const uint64_t *value, size_t n)
{
	static uint64_t out[VALUES + 8], want[VALUES];
	static uint16_t slot[(1 << 13) + 1];
	size_t few = n < NB_RANK_MAX ? n : NB_RANK_MAX, rest, kept, total;

	assert_int_equal(k->rank_few(value, few, out), distinct(value, few, want));
	assert_memory_equal(out, want, distinct(value, few, want) * sizeof(*out));
	total = distinct(value, n, want);
	k->take_slots(value, n, slot, 64 - 13);
	rest = k->settle(value, n, slot, 64 - 13, out, &kept);
	assert_int_equal(kept + distinct(out, rest, want), total);
}

static void values_are_equal(void **state)
{
	static const size_t sizes[] = { 1, 2, 3, 5, 8, 15, 16, 17, 31, 33, 63, 64, 65, 100, 127,
					128, 250, 513, 1000, 1024, 1025, 2500, VALUES };
	const nb_text_kernel *kernel[NB_ISA_COUNT];
	size_t n_kernels = kernels(kernel);
	uint64_t seed = 11;

	(void)state;
	for (size_t s = 0; s < sizeof(sizes) / sizeof(*sizes); s++)
		for (int how = 0; how < 6; how++) {
			uint64_t *value = malloc(sizes[s] * sizeof(*value));

			assert_non_null(value);
			fill(value, sizes[s], how, &seed);
			for (size_t k = 0; k < n_kernels; k++) {
				compare_values(kernel[0], kernel[k], value, sizes[s]);
				check_selection(kernel[k], value, sizes[s]);
			}
			free(value);
		}
}

/* The whole way, long texts too: one sketch whatever the instruction set. */
static void sketches_are_equal(void **state)
{
	enum { LONGEST = 40000 };
	const nb_text_kernel *kernel[NB_ISA_COUNT];
	size_t n_kernels = kernels(kernel);
	char *text = malloc(LONGEST);
	nb_sketcher sketcher[NB_ISA_COUNT] = { { .n_shingle = 0 } };
	nb_sketch_params params;
	uint64_t seed = 21;

	(void)state;
	nb_sketch_params_init(&params);
	for (size_t k = 0; k < n_kernels; k++)
		assert_int_equal(nb_sketcher_use(&sketcher[k], kernel[k]), NB_OK);
	for (int round = 0; round < 200; round++) {
		size_t n = sample_random(&seed) % (round % 10 ? 4000 : LONGEST);
		nb_sketch first, other;

		params.shingle_tokens = 1 + (uint32_t)round % NB_SHINGLE_MAX;
		params.simhash_bits = 64u << round % 3;
		params.seed = (uint64_t)round / 2;
		sample_text((enum sample_kind)(round % SAMPLE_KINDS), &seed, text, n);
		assert_int_equal(nb_sketch_text(&sketcher[0], &params, text, n, &first), NB_OK);
		for (size_t k = 1; k < n_kernels; k++) {
			assert_int_equal(nb_sketch_text(&sketcher[k], &params, text, n, &other),
					 NB_OK);
			assert_memory_equal(&first, &other, sizeof(first));
		}
	}
	for (size_t k = 0; k < n_kernels; k++)
		nb_sketcher_release(&sketcher[k]);
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(table_is_complete),
		cmocka_unit_test(texts_are_equal),
		cmocka_unit_test(every_code_point_is_folded_alike),
		cmocka_unit_test(values_are_equal),
		cmocka_unit_test(sketches_are_equal),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
