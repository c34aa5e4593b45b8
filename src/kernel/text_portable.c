/* SPDX-License-Identifier: MIT
 *
 * text_portable.c - the text kernels in plain C: 8 bytes at a time in 64-bit words.
 */
#include "kernel/sketch_kernel_body.h"

INLINE fold_run plain_run(const uint8_t *in, size_t n, uint8_t *out)
{
	size_t run = ascii_run_portable(in, n, out);

	return (fold_run){ run, run };
}

static void fold_portable(nb_fold *f, const uint8_t *in, size_t n)
{
	fold_body(f, in, n, plain_run, han_run_none);
}

extern const nb_text_kernel nb_text_kernel_portable;
const nb_text_kernel nb_text_kernel_portable = {
	.isa = NB_ISA_PORTABLE,
	.fold = fold_portable,
	.edges = edges_portable,
	.hashes = hashes_portable,
	.shingles = shingles_portable,
	.minhash = minhash_portable,
	.simhash = simhash_portable,
	.text_hash = text_hash,
	.rank_few = rank_few_portable,
	.below = below_portable,
	.take_slots = take_slots,
	.settle = settle_portable,
};
