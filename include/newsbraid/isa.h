/* SPDX-License-Identifier: MIT
 *
 * isa.h - which instruction set the kernels use.
 *
 * The choice is made once per process, at first use: the best set the CPU has, or the one that the
 * environment variable NEWSBRAID_ISA names (portable, avx2, avx512, neon).  A set that is not
 * known or not available falls back to the best available one below it; nb_isa_name tells.
 * Results never depend on the choice.
 *
 * Level: kernel.  Safe from any thread.
 */
#ifndef NB_ISA_H
#define NB_ISA_H

#include <stdbool.h>

#include "newsbraid/nb.h"

NB_API_BEGIN

typedef enum nb_isa {
	NB_ISA_PORTABLE = 0,
	NB_ISA_AVX2 = 1,   /* x86-64 with AVX2, BMI1, BMI2, LZCNT, POPCNT */
	NB_ISA_AVX512 = 2, /* ... and AVX-512 F, BW, CD, DQ, VL, VBMI, VBMI2, VPOPCNTDQ */
	NB_ISA_NEON = 3,   /* AArch64 */
	NB_ISA_COUNT = 4,
} nb_isa;

/** The set in use. */
nb_isa nb_isa_get(void);

/** Whether this build and this CPU can run the set. */
bool nb_isa_usable(nb_isa isa);

/** "portable", "avx2", "avx512" or "neon". */
const char *nb_isa_name(nb_isa isa);

NB_API_END

#endif
