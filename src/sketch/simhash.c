/* SPDX-License-Identifier: MIT
 *
 * simhash.c - see sketch.h.  Token hashes vote as they are for the first 64 columns, and are
 * mixed again for every 64 more, so that wider SimHashes are independent votes of the same tokens.
 */
#include "sketch/on_kernel.h"

#define KEY_STEP UINT64_C(0x9E3779B97F4A7C15)

void nb_simhash_on(const nb_text_kernel *kernel, const uint64_t *token, size_t n, uint32_t bits,
		   uint64_t *out)
{
	for (uint32_t w = 0; w < bits / 64; w++)
		out[w] = kernel->simhash(token, n, w * KEY_STEP);
}

void nb_simhash(const uint64_t *token, size_t n, uint32_t bits, uint64_t *out)
{
	nb_simhash_on(nb_text_kernel_get(), token, n, bits, out);
}
