/* SPDX-License-Identifier: MIT
 *
 * on_kernel.h - parts of a sketch by the kernels of a given instruction set.
 *
 * Level: sketch.
 */
#ifndef NB_SKETCH_ON_KERNEL_H
#define NB_SKETCH_ON_KERNEL_H

#include "kernel/text_kernel.h"
#include "newsbraid/sketch.h"

/** nb_shingles with this kernel. */
void nb_shingles_on(const nb_text_kernel *kernel, const uint64_t *token, size_t n, uint32_t words,
		    uint64_t seed, uint64_t *out);

/** nb_simhash with this kernel. */
void nb_simhash_on(const nb_text_kernel *kernel, const uint64_t *token, size_t n, uint32_t bits,
		   uint64_t *out);

/** From now on s uses this kernel (tests and benchmarks compare them). */
nb_status nb_sketcher_use(nb_sketcher *s, const nb_text_kernel *kernel);

#endif
