/* SPDX-License-Identifier: MIT
 *
 * machine.c - limits of the machine: its clock, caches and read bandwidth (see bench.h).
 */
#include "bench.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "newsbraid/isa.h"

size_t bench_cache(int level)
{
	static const int name[4] = { 0, _SC_LEVEL1_DCACHE_SIZE, _SC_LEVEL2_CACHE_SIZE,
				     _SC_LEVEL3_CACHE_SIZE };
	long size = level >= 1 && level <= 3 ? sysconf(name[level]) : 0;

	return size > 0 ? (size_t)size : 0;
}

double bench_clock(void)
{
#if defined(__x86_64__)
	enum { CHAIN = 3000000, RUNS = 5 };
	double best = 1e9;

	for (int run = 0; run < RUNS; run++) {
		uint64_t x = 3;
		double start = bench_cpu_seconds(), time;

		for (int i = 0; i < CHAIN / 4; i++)
			__asm__ volatile("imul %0, %0\n\timul %0, %0\n\timul %0, %0\n\timul %0, %0"
					 : "+r"(x));
		time = bench_cpu_seconds() - start;
		best = time < best ? time : best;
	}
	return 3.0 * CHAIN / best;
#else
	return 0; /* the latency of a multiplication differs too much between ARM cores */
#endif
}

/* Read 512 bytes a step with the widest loads there are; nothing is computed. */
#if defined(__x86_64__)
#define LOAD8(op, reg, step)                                                                       \
	op " 0*" step "(%0), %%" reg "0\n\t" op " 1*" step "(%0), %%" reg "1\n\t"                  \
	op " 2*" step "(%0), %%" reg "2\n\t" op " 3*" step "(%0), %%" reg "3\n\t"                  \
	op " 4*" step "(%0), %%" reg "4\n\t" op " 5*" step "(%0), %%" reg "5\n\t"                  \
	op " 6*" step "(%0), %%" reg "6\n\t" op " 7*" step "(%0), %%" reg "7\n\t"
#define CLOBBER "xmm0", "xmm1", "xmm2", "xmm3", "xmm4", "xmm5", "xmm6", "xmm7", "memory"

__attribute__((target("avx512f"))) static void read_wide(const char *p, size_t bytes)
{
	for (const char *end = p + bytes; p < end; p += 512)
		__asm__ volatile(LOAD8("vmovdqa64", "zmm", "64") : : "r"(p) : CLOBBER);
}

__attribute__((target("avx2"))) static void read_ymm(const char *p, size_t bytes)
{
	for (const char *end = p + bytes; p < end; p += 256)
		__asm__ volatile(LOAD8("vmovdqa", "ymm", "32") : : "r"(p) : CLOBBER);
}

static void read_xmm(const char *p, size_t bytes)
{
	for (const char *end = p + bytes; p < end; p += 128)
		__asm__ volatile(LOAD8("movdqa", "xmm", "16") : : "r"(p) : CLOBBER);
}

static void read_all(const char *p, size_t bytes)
{
	if (nb_isa_usable(NB_ISA_AVX512))
		read_wide(p, bytes);
	else if (nb_isa_usable(NB_ISA_AVX2))
		read_ymm(p, bytes);
	else
		read_xmm(p, bytes);
}
#else
static void read_all(const char *p, size_t bytes)
{
	const uint64_t *word = (const uint64_t *)p;
	uint64_t sum = 0;

	for (size_t i = 0; i < bytes / 8; i++)
		sum |= word[i];
	bench_sink(sum);
}
#endif

double bench_read_bandwidth(size_t bytes)
{
	size_t page = (size_t)2 << 20, room = (bytes + page - 1) / page * page;
	size_t passes = 1 + ((size_t)32 << 20) / (bytes + 1);
	char *p = aligned_alloc(page, room);
	double best = 1e9;

	bytes -= bytes % 512;
	if (!p || !bytes) {
		free(p);
		return 0;
	}
	(void)madvise(p, room, MADV_HUGEPAGE);
	memset(p, 1, room);
	for (int run = 0; run < 5; run++) {
		double start = bench_cpu_seconds(), time;

		for (size_t i = 0; i < passes; i++)
			read_all(p, bytes);
		time = (bench_cpu_seconds() - start) / (double)passes;
		best = time < best ? time : best;
	}
	free(p);
	return (double)bytes / best;
}
