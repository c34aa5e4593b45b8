/* SPDX-License-Identifier: MIT
 *
 * ports.c - see ports.h.
 *
 * Twelve instructions that do not wait for one another, again and again.  Logic reads what it
 * writes (an instruction that could be seen to give zero would not be executed at all).
 */
#include "ports.h"

#include <stddef.h>

#include "bench.h"

#if defined(__x86_64__)

#define TIMES  30000
#define RUNS   9
#define UNROLL 12

#define TWELVE(op, reg)                                                                            \
	op(reg, "0") op(reg, "1") op(reg, "2") op(reg, "3") op(reg, "4") op(reg, "5")              \
	op(reg, "6") op(reg, "7") op(reg, "8") op(reg, "9") op(reg, "10") op(reg, "11")
#define MASKS(op) op("1") op("2") op("3") op("4") op("5") op("6") op("1") op("2") op("3") op("4") \
	op("5") op("6")
#define CLOBBER                                                                                    \
	"xmm0", "xmm1", "xmm2", "xmm3", "xmm4", "xmm5", "xmm6", "xmm7", "xmm8", "xmm9", "xmm10",   \
		"xmm11"

#define OR128(r, n)       "por %%" r "12, %%" r n "\n\t"
#define OR256(r, n)       "vpor %%" r "12, %%" r n ", %%" r n "\n\t"
#define TERNARY(r, n)     "vpternlogq $0xF6, %%" r "12, %%" r "13, %%" r n "\n\t"
#define POPCOUNT(r, n)    "vpopcntq %%" r "12, %%" r n "\n\t"
#define COMPARE128(r, n)  "pcmpeqb %%" r "12, %%" r n "\n\t"
#define COMPARE256(r, n)  "vpcmpeqb %%" r "12, %%" r "13, %%" r n "\n\t"
#define COMPARE_MASK(n)   "vpcmpeqb %%zmm12, %%zmm13, %%k" n "\n\t"
#define SUM128(r, n)      "psadbw %%" r "12, %%" r n "\n\t"
#define SUM256(r, n)      "vpsadbw %%" r "12, %%" r "13, %%" r n "\n\t"

#define NOTHING(r, n)     "nop\n\t"

#define LOOP(name, body)                                                                           \
	static void name(void)                                                                     \
	{                                                                                          \
		for (int i = 0; i < TIMES; i++)                                                    \
			__asm__ volatile(body : : : CLOBBER);                                      \
	}
#define LOOP_WIDE(name, body)                                                                      \
	static void name(void)                                                                     \
	{                                                                                          \
		for (int i = 0; i < TIMES; i++)                                                    \
			__asm__ volatile(body : : : CLOBBER);                                      \
		__asm__ volatile("vzeroupper" : : : CLOBBER);                                      \
	}

LOOP(nothing, TWELVE(NOTHING, ""))
LOOP(or_128, TWELVE(OR128, "xmm"))
LOOP(compare_128, TWELVE(COMPARE128, "xmm"))
LOOP(sum_128, TWELVE(SUM128, "xmm"))
LOOP_WIDE(or_256, TWELVE(OR256, "ymm"))
LOOP_WIDE(compare_256, TWELVE(COMPARE256, "ymm"))
LOOP_WIDE(sum_256, TWELVE(SUM256, "ymm"))
LOOP_WIDE(logic_512, TWELVE(TERNARY, "zmm"))
LOOP_WIDE(popcount_512, TWELVE(POPCOUNT, "zmm"))
LOOP_WIDE(compare_512, MASKS(COMPARE_MASK))
LOOP_WIDE(sum_512, TWELVE(SUM256, "zmm"))

typedef void loop_fn(void);

static loop_fn *loop_of(nb_isa isa, port_kind kind)
{
	static loop_fn *const loop[][PORT_KINDS] = {
		[NB_ISA_PORTABLE] = { or_128, NULL, compare_128, sum_128, nothing },
		[NB_ISA_AVX2] = { or_256, NULL, compare_256, sum_256, nothing },
		[NB_ISA_AVX512] = { logic_512, popcount_512, compare_512, sum_512, nothing },
	};

	if ((size_t)isa >= sizeof(loop) / sizeof(*loop) || !nb_isa_usable(isa))
		return NULL;
	return loop[isa][kind];
}

double ports_measure(nb_isa isa, port_kind kind)
{
	static double known[NB_ISA_COUNT][PORT_KINDS];
	loop_fn *loop = loop_of(isa, kind);

	if (!loop || known[isa][kind] > 0)
		return loop ? known[isa][kind] : 0;
	for (int run = 0; run < RUNS; run++) {
		double clock = bench_clock(), start = bench_cpu_seconds(), rate;

		loop();
		rate = (double)UNROLL * TIMES / (bench_cpu_seconds() - start) / clock;
		if (rate > known[isa][kind])
			known[isa][kind] = rate;
	}
	return known[isa][kind];
}

#else

double ports_measure(nb_isa isa, port_kind kind)
{
	(void)isa;
	(void)kind;
	return 0;
}

#endif
