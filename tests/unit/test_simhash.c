/* SPDX-License-Identifier: MIT
 *
 * test_simhash.c - SimHash: a majority of votes, balanced, near for near texts.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "newsbraid/sketch.h"
#include "sample.h"

enum { MANY = 3000 };

/* The vote of a token is the SimHash of that token alone: count them one by one. */
static void counts_votes(void **state)
{
	static const size_t sizes[] = { 1, 2, 3, 7, 8, 9, 31, 32, 33, 63, 64, 65, 127, 128, 129,
					500, 511, 512, 513, 1024, MANY };
	static uint64_t token[MANY];
	uint64_t seed = 1;

	(void)state;
	for (size_t i = 0; i < MANY; i++)
		token[i] = sample_random(&seed) >> (i % 3 == 0 ? 60 : 0); /* some are repeats */
	for (size_t s = 0; s < sizeof(sizes) / sizeof(*sizes); s++)
		for (uint32_t bits = 64; bits <= 256; bits *= 2) {
			uint32_t votes[256] = { 0 };
			uint64_t got[4], one[4];

			for (size_t i = 0; i < sizes[s]; i++) {
				nb_simhash(token + i, 1, bits, one);
				for (uint32_t b = 0; b < bits; b++)
					votes[b] += one[b / 64] >> (b % 64) & 1;
			}
			nb_simhash(token, sizes[s], bits, got);
			for (uint32_t b = 0; b < bits; b++)
				assert_int_equal(got[b / 64] >> (b % 64) & 1,
						 votes[b] > sizes[s] / 2);
		}
}

/* Over the words of a language every bit is set about half the time, alone and beside others. */
static void votes_are_balanced(void **state)
{
	enum { WORDS = 20000 };
	nb_tokens t = { 0 };
	char *text = malloc(WORDS * 8);
	uint32_t set[256] = { 0 }, both[255] = { 0 };
	size_t n = 0;

	(void)state;
	/* short words in order: the least random input there is */
	for (uint32_t i = 0; i < WORDS; i++) {
		uint32_t x = i;

		for (int k = 0; k < 4; k++, x /= 26)
			text[n++] = (char)('a' + x % 26);
		text[n++] = ' ';
	}
	assert_int_equal(nb_token_hashes(&t, text, n), NB_OK);
	assert_int_equal(t.n, WORDS);
	for (size_t i = 0; i < t.n; i++) {
		uint64_t h[4];

		nb_simhash(t.hash + i, 1, 256, h);
		for (int b = 0; b < 256; b++)
			set[b] += h[b / 64] >> (b % 64) & 1;
		for (int b = 0; b < 255; b++)
			both[b] += (h[b / 64] >> (b % 64) & h[(b + 1) / 64] >> ((b + 1) % 64)) & 1;
	}
	/* 6 standard deviations */
	for (int b = 0; b < 256; b++)
		assert_in_range(set[b], WORDS / 2 - 425, WORDS / 2 + 425);
	for (int b = 0; b < 255; b++)
		assert_in_range(both[b], WORDS / 4 - 368, WORDS / 4 + 368);
	nb_tokens_release(&t);
	free(text);
}

static uint32_t distance(const uint64_t *a, const uint64_t *b, uint32_t words)
{
	uint32_t d = 0;

	for (uint32_t w = 0; w < words; w++)
		d += (uint32_t)__builtin_popcountll(a[w] ^ b[w]);
	return d;
}

static void near_texts_are_near(void **state)
{
	uint64_t token[600], edited[600], a[4], b[4], c[4], seed = 9;

	(void)state;
	for (size_t i = 0; i < 600; i++)
		edited[i] = token[i] = sample_random(&seed);
	for (size_t i = 0; i < 12; i++)
		edited[i * 50] = sample_random(&seed);
	nb_simhash(token, 600, 256, a);
	nb_simhash(edited, 600, 256, b);
	for (size_t i = 0; i < 600; i++)
		edited[i] = sample_random(&seed);
	nb_simhash(edited, 600, 256, c);
	assert_true(distance(a, b, 4) < 40);
	assert_in_range(distance(a, c, 4), 128 - 48, 128 + 48);
	/* widths are prefixes of one another */
	nb_simhash(token, 600, 64, b);
	assert_int_equal(a[0], b[0]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(counts_votes),
		cmocka_unit_test(votes_are_balanced),
		cmocka_unit_test(near_texts_are_near),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
