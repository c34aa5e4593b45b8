/* SPDX-License-Identifier: MIT
 *
 * text_kernel.c - see text_kernel.h: the choice of a table.
 */
#include "kernel/text_kernel.h"

extern const nb_text_kernel nb_text_kernel_portable, nb_text_kernel_avx2, nb_text_kernel_avx512,
	nb_text_kernel_neon;

const nb_text_kernel *nb_text_kernel_for(nb_isa isa)
{
	if (!nb_isa_usable(isa))
		return NULL;
	switch (isa) {
	case NB_ISA_PORTABLE:
		return &nb_text_kernel_portable;
#if defined(__x86_64__)
	case NB_ISA_AVX2:
		return &nb_text_kernel_avx2;
	case NB_ISA_AVX512:
		return &nb_text_kernel_avx512;
#endif
#if defined(__aarch64__)
	case NB_ISA_NEON:
		return &nb_text_kernel_neon;
#endif
	default:
		return NULL;
	}
}

const nb_text_kernel *nb_text_kernel_get(void)
{
	return nb_text_kernel_for(nb_isa_get());
}
