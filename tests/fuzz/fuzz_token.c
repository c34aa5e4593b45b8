/* SPDX-License-Identifier: MIT
 *
 * fuzz_token.c - text to tokens and sketch: the fast path, the spans and every instruction set
 * agree on any bytes, and repaired text is valid.
 */
#include <stdlib.h>
#include <string.h>

#include "newsbraid/sketch.h"
#include "newsbraid/utf8.h"
#include "sketch/on_kernel.h"

#define REQUIRE(condition)                                                                         \
	do {                                                                                       \
		if (!(condition))                                                                  \
			abort();                                                                   \
	} while (0)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_spans(const char *text, size_t n)
{
	nb_tokens fast = { 0 }, slow = { 0 };

	REQUIRE(nb_token_hashes(&fast, text, n) == NB_OK);
	REQUIRE(nb_token_spans(&slow, text, n) == NB_OK);
	REQUIRE(fast.n == slow.n);
	REQUIRE(fast.n == 0 || memcmp(fast.hash, slow.hash, fast.n * sizeof(*fast.hash)) == 0);
	for (size_t i = 0; i < slow.n; i++)
		REQUIRE(slow.begin[i] < slow.end[i] && slow.end[i] <= n);
	nb_tokens_release(&fast);
	nb_tokens_release(&slow);
}

static void check_sketches(const char *text, size_t n)
{
	nb_sketch_params p;
	nb_sketch first, other;
	int done = 0;

	nb_sketch_params_init(&p);
	p.simhash_bits = 256;
	p.shingle_tokens = 3;
	for (int isa = 0; isa < NB_ISA_COUNT; isa++) {
		const nb_text_kernel *kernel = nb_text_kernel_for((nb_isa)isa);
		nb_sketcher s = { .n_shingle = 0 };

		if (!kernel)
			continue;
		REQUIRE(nb_sketcher_use(&s, kernel) == NB_OK);
		REQUIRE(nb_sketch_text(&s, &p, text, n, done ? &other : &first) == NB_OK);
		REQUIRE(!done || memcmp(&first, &other, sizeof(first)) == 0);
		REQUIRE(first.n_shingles <= s.n_shingle);
		nb_sketcher_release(&s);
		done = 1;
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *repaired = malloc(NB_UTF8_REPAIR_MAX(size) + 1), *exact;
	size_t n = nb_utf8_repair((const char *)data, size, repaired, NULL);

	REQUIRE(n <= NB_UTF8_REPAIR_MAX(size));
	REQUIRE(nb_utf8_valid(repaired, n));
	check_spans((const char *)data, size);
	check_sketches((const char *)data, size);
	exact = malloc(n + 1);
	memcpy(exact, repaired, n);
	check_spans(exact, n);
	free(exact);
	free(repaired);
	return 0;
}
