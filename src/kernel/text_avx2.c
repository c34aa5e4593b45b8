/* SPDX-License-Identifier: MIT
 *
 * text_avx2.c - the text kernels for AVX2.
 */
#include "kernel/sketch_kernel_body.h"

static void fold_portable(nb_fold *f, const uint8_t *in, size_t n)
{
	fold_body(f, in, n, ascii_run_portable);
}

extern const nb_text_kernel nb_text_kernel_avx2;
const nb_text_kernel nb_text_kernel_avx2 = {
	.isa = NB_ISA_AVX2,
	.fold = fold_portable,
	.edges = edges_portable,
	.hashes = hashes_portable,
	.shingles = shingles_portable,
	.minhash = minhash_portable,
	.simhash = simhash_portable,
	.below = below_portable,
	.settle = settle_portable,
};
