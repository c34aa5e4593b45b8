/* SPDX-License-Identifier: MIT
 *
 * test_sketch.c - the sketch of a text: its parts against brute force, its parameters, its errors.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "newsbraid/sketch.h"
#include "sample.h"

static int ascending(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return x < y ? -1 : x > y;
}

static nb_sketch sketch(const nb_sketch_params *p, const char *text, size_t n)
{
	nb_sketcher s = { .n_shingle = 0 };
	nb_sketch out;

	assert_int_equal(nb_sketch_text(&s, p, text, n, &out), NB_OK);
	nb_sketcher_release(&s);
	return out;
}

static bool is_zero(const nb_sketch *s)
{
	static const nb_sketch zero = { .n_tokens = 0 };

	return memcmp(s, &zero, sizeof(zero)) == 0;
}

static void defaults(void **state)
{
	nb_sketch_params p;

	(void)state;
	nb_sketch_params_init(&p);
	assert_int_equal(p.shingle_tokens, 5);
	assert_int_equal(p.simhash_bits, 64);
	assert_int_equal(p.seed, 0);
}

static void bad_parameters_are_refused(void **state)
{
	static const nb_sketch_params bad[] = { { 0, 64, 0 },  { 33, 64, 0 }, { 5, 0, 0 },
						{ 5, 63, 0 },  { 5, 192, 0 }, { 5, 512, 0 } };
	nb_sketcher s = { .n_shingle = 0 };
	nb_sketch_params p;
	nb_sketch out;

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		memset(&out, 1, sizeof(out));
		assert_int_equal(nb_sketch_text(&s, &bad[i], "a b c", 5, &out), NB_EINVAL);
		assert_true(is_zero(&out));
		assert_int_equal(nb_shingle_text(&s, &bad[i], "a b c", 5), NB_EINVAL);
	}
	nb_sketch_params_init(&p);
	memset(&out, 1, sizeof(out));
	assert_int_equal(nb_sketch_text(&s, &p, "", (size_t)NB_TOKEN_TEXT_MAX + 1, &out),
			 NB_ELIMIT);
	assert_true(is_zero(&out));
	nb_sketcher_release(&s);
}

static void texts_without_tokens_are_zero(void **state)
{
	nb_sketch_params p;
	nb_sketch s;

	(void)state;
	nb_sketch_params_init(&p);
	s = sketch(&p, "", 0);
	assert_true(is_zero(&s));
	s = sketch(&p, " ?! \n", 5);
	assert_true(is_zero(&s));
}

static void short_texts_have_one_shingle(void **state)
{
	nb_sketch_params p;

	(void)state;
	nb_sketch_params_init(&p);
	for (size_t words = 1; words <= 6; words++) {
		nb_sketch s = sketch(&p, "aa bb cc dd ee ff", words * 3 - 1);

		assert_int_equal(s.n_tokens, words);
		assert_int_equal(s.n_shingles, words <= 5 ? 1 : 2);
		assert_int_equal(s.n_keys, s.n_shingles);
		assert_true(s.text_hash != 0);
	}
}

/* n_shingles is exact, the keys are the smallest distinct shingles: sort and see. */
static void check_against_brute_force(nb_sketcher *s, const nb_sketch_params *p, const char *text,
				      size_t n)
{
	uint8_t lane[NB_LANES];
	nb_sketch out;
	uint64_t *sorted, simhash[NB_SIMHASH_WORDS] = { 0 };
	size_t kept = 0, keys;

	assert_int_equal(nb_sketch_text(s, p, text, n, &out), NB_OK);
	assert_int_equal(out.n_tokens, s->tokens.n);
	assert_int_equal(s->n_shingle, nb_shingle_count(s->tokens.n, p->shingle_tokens));
	if (s->n_shingle == 0) {
		assert_true(is_zero(&out));
		return;
	}
	nb_minhash(s->shingle, s->n_shingle, lane);
	assert_memory_equal(lane, out.lane, sizeof(lane));
	nb_simhash(s->tokens.hash, s->tokens.n, p->simhash_bits, simhash);
	assert_memory_equal(simhash, out.simhash, sizeof(simhash));
	sorted = malloc(s->n_shingle * sizeof(*sorted));
	memcpy(sorted, s->shingle, s->n_shingle * sizeof(*sorted));
	qsort(sorted, s->n_shingle, sizeof(*sorted), ascending);
	for (size_t i = 0; i < s->n_shingle; i++)
		if (kept == 0 || sorted[kept - 1] != sorted[i])
			sorted[kept++] = sorted[i];
	assert_int_equal(out.n_shingles, kept);
	keys = kept < NB_CONTAIN_KEYS ? kept : NB_CONTAIN_KEYS;
	assert_int_equal(out.n_keys, keys);
	assert_memory_equal(out.key, sorted, keys * sizeof(*sorted));
	for (size_t i = keys; i < NB_CONTAIN_KEYS; i++)
		assert_true(out.key[i] == 0);
	free(sorted);
}

/* Texts of `vocabulary` words: 1 repeats everything, many repeat nothing. */
static size_t words(char *text, size_t tokens, uint64_t vocabulary, uint64_t *seed)
{
	size_t n = 0;

	for (size_t i = 0; i < tokens; i++)
		n += (size_t)sprintf(text + n, "w%u ",
				     (unsigned)(sample_random(seed) % vocabulary));
	return n;
}

static void parts_agree_with_brute_force(void **state)
{
	static const uint64_t vocabulary[] = { 1, 2, 3, 4, 6, 20, 100000 };
	static const size_t sizes[] = { 1,  2,	 4,   5,   6,	10,   24,   28,	  29,	30,
					40, 43,	 44,  45,  100, 500,  1000, 3000, 8196, 8197,
					9000, 20000, 100000 };
	char *text = malloc(100000 * 8);
	nb_sketcher s = { .n_shingle = 0 };
	nb_sketch_params p;
	uint64_t seed = 6;

	(void)state;
	nb_sketch_params_init(&p);
	for (size_t i = 0; i < sizeof(sizes) / sizeof(*sizes); i++)
		for (size_t v = 0; v < sizeof(vocabulary) / sizeof(*vocabulary); v++) {
			size_t n = words(text, sizes[i], vocabulary[v], &seed);

			p.simhash_bits = 64u << v % 3;
			p.shingle_tokens = v % 2 ? 5 : 3;
			check_against_brute_force(&s, &p, text, n);
		}
	for (int kind = 0; kind < SAMPLE_KINDS; kind++)
		for (size_t n = 0; n < 4000; n += 37) {
			sample_text((enum sample_kind)kind, &seed, text, n);
			check_against_brute_force(&s, &p, text, n);
		}
	nb_sketcher_release(&s);
	free(text);
}

/* The same text gives the same sketch however the sketcher was used before. */
static void sketchers_keep_nothing(void **state)
{
	char *text = malloc(60000);
	nb_sketcher s = { .n_shingle = 0 };
	nb_sketch_params p;
	nb_sketch first, again;
	uint64_t seed = 31;
	size_t n;

	(void)state;
	nb_sketch_params_init(&p);
	assert_int_equal(nb_sketch_text(&s, &p, "one two three four five six seven", 33, &first),
			 NB_OK);
	n = words(text, 6000, 50, &seed);
	assert_int_equal(nb_sketch_text(&s, &p, text, n, &again), NB_OK);
	assert_int_equal(nb_sketch_text(&s, &p, "one two three four five six seven", 33, &again),
			 NB_OK);
	assert_memory_equal(&first, &again, sizeof(first));
	nb_sketcher_release(&s);
	free(text);
}

static void parameters_separate_sketches(void **state)
{
	static const char text[] = "the quick brown fox jumps over the lazy dog again and again";
	nb_sketch_params p, q;
	nb_sketch a, b;

	(void)state;
	nb_sketch_params_init(&p);
	q = p;
	q.seed = 1;
	a = sketch(&p, text, sizeof(text) - 1);
	b = sketch(&q, text, sizeof(text) - 1);
	assert_memory_not_equal(a.lane, b.lane, sizeof(a.lane));
	assert_true(a.text_hash != b.text_hash);
	assert_true(a.key[0] != b.key[0]);
	q = p;
	q.shingle_tokens = 4;
	b = sketch(&q, text, sizeof(text) - 1);
	assert_memory_not_equal(a.lane, b.lane, sizeof(a.lane));
	assert_true(a.text_hash == b.text_hash);
	/* spelling does not separate */
	b = sketch(&p, "THE quick, brown fox - jumps over the lazy dog. Again and AGAIN!", 64);
	assert_memory_equal(&a, &b, sizeof(a));
}

/* Stored sketches outlive this build: these values may not change. */
static void golden_sketch(void **state)
{
	static const char text[] =
		"MOSCOW, Sept. 25 (Agency) -- The president proposed a four-point programme on "
		"Friday, 1,506 days after \u201cthe first\u201d talks; "
		"\u041c\u043e\u0441\u043a\u0432\u0430 "
		"\u0438 \u5317\u4eac agreed.";
	nb_sketch_params p = { 5, 256, 7 };
	nb_sketch s = sketch(&p, text, sizeof(text) - 1);
	uint64_t lanes = 0;

	(void)state;
	for (uint32_t i = 0; i < NB_LANES; i++)
		lanes = (lanes ^ s.lane[i]) * UINT64_C(0x100000001B3);
	assert_int_equal(s.n_tokens, 24);
	assert_int_equal(s.n_shingles, 20);
	assert_true(lanes == UINT64_C(0xA09A67E48E4F5F44));
	assert_true(s.text_hash == UINT64_C(0xA2088FFCA210D454));
	assert_true(s.simhash[0] == UINT64_C(0x346875A52CC0D239));
	assert_true(s.simhash[1] == UINT64_C(0x39D4F46C41080132));
	assert_true(s.simhash[2] == UINT64_C(0xA451EB9000CC6C31));
	assert_true(s.simhash[3] == UINT64_C(0xC27CCA50C2B1C500));
	assert_true(s.key[0] == UINT64_C(0x27A9482EF99D3EA4));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(defaults),
		cmocka_unit_test(bad_parameters_are_refused),
		cmocka_unit_test(texts_without_tokens_are_zero),
		cmocka_unit_test(short_texts_have_one_shingle),
		cmocka_unit_test(parts_agree_with_brute_force),
		cmocka_unit_test(sketchers_keep_nothing),
		cmocka_unit_test(parameters_separate_sketches),
		cmocka_unit_test(golden_sketch),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
