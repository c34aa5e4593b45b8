/* SPDX-License-Identifier: MIT
 *
 * text_neon.c - the text kernels for AArch64: the portable bodies, whose loops the compiler turns
 * into NEON where it can.
 */
#include "kernel/sketch_kernel_body.h"

INLINE fold_run plain_run(const uint8_t *in, size_t n, uint8_t *out)
{
	size_t run = ascii_run_portable(in, n, out);

	return (fold_run){ run, run };
}

static void fold_neon(nb_fold *f, const uint8_t *in, size_t n)
{
	fold_body(f, in, n, plain_run, han_run_none);
}

extern const nb_text_kernel nb_text_kernel_neon;
const nb_text_kernel nb_text_kernel_neon = {
	.isa = NB_ISA_NEON,
	.fold = fold_neon,
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
