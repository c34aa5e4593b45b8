/* SPDX-License-Identifier: MIT
 *
 * isa.c - see isa.h.
 *
 * A cached level and tables of batch functions, not ifunc: gcc's ifunc resolvers run before the
 * address sanitizer is up and crash there, and musl has none.  The choice is idempotent, so two
 * threads may race to make it; an atomic makes that race defined.
 */
#include "newsbraid/isa.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

static const char *const names[NB_ISA_COUNT] = { "portable", "avx2", "avx512", "neon" };

const char *nb_isa_name(nb_isa isa)
{
	return names[isa];
}

#if defined(__x86_64__)
static bool has_avx2(void)
{
	return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") &&
	       __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("popcnt");
}

static bool has_avx512(void)
{
	return has_avx2() && __builtin_cpu_supports("avx512f") &&
	       __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512cd") &&
	       __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl") &&
	       __builtin_cpu_supports("avx512vbmi") && __builtin_cpu_supports("avx512vbmi2") &&
	       __builtin_cpu_supports("avx512vpopcntdq");
}
#endif

bool nb_isa_usable(nb_isa isa)
{
	switch (isa) {
	case NB_ISA_PORTABLE:
		return true;
#if defined(__x86_64__)
	case NB_ISA_AVX2:
		return has_avx2();
	case NB_ISA_AVX512:
		return has_avx512();
#endif
#if defined(__aarch64__)
	case NB_ISA_NEON:
		return true;
#endif
	default:
		return false;
	}
}

static nb_isa choose(void)
{
	static const nb_isa best_first[] = { NB_ISA_AVX512, NB_ISA_NEON, NB_ISA_AVX2 };
	const char *want = getenv("NEWSBRAID_ISA");
	int limit = NB_ISA_COUNT;

	for (int i = 0; want && i < NB_ISA_COUNT; i++)
		if (strcmp(want, names[i]) == 0)
			limit = i;
	for (size_t i = 0; i < sizeof(best_first) / sizeof(*best_first); i++)
		if ((int)best_first[i] <= limit && nb_isa_usable(best_first[i]))
			return best_first[i];
	return NB_ISA_PORTABLE;
}

nb_isa nb_isa_get(void)
{
	static _Atomic int chosen = -1;
	int isa = atomic_load_explicit(&chosen, memory_order_relaxed);

	if (isa < 0) {
		isa = (int)choose();
		atomic_store_explicit(&chosen, isa, memory_order_relaxed);
	}
	return (nb_isa)isa;
}
