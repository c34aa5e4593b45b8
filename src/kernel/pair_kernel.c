/* SPDX-License-Identifier: MIT
 *
 * pair_kernel.c - see pair_kernel.h: the choice of a table, and packing into blocks.
 *
 * Packing is one pass over the sketches against hundreds of passes of the scan: plain C will do.
 */
#include "kernel/pair_kernel.h"

#include <string.h>

extern const nb_pair_kernel nb_pair_kernel_portable, nb_pair_kernel_avx2, nb_pair_kernel_avx512,
	nb_pair_kernel_neon;

const nb_pair_kernel *nb_pair_kernel_for(nb_isa isa)
{
	if (!nb_isa_usable(isa))
		return NULL;
	switch (isa) {
	case NB_ISA_PORTABLE:
		return &nb_pair_kernel_portable;
#if defined(__x86_64__)
	case NB_ISA_AVX2:
		return &nb_pair_kernel_avx2;
	case NB_ISA_AVX512:
		return &nb_pair_kernel_avx512;
#endif
#if defined(__aarch64__)
	case NB_ISA_NEON:
		return &nb_pair_kernel_neon;
#endif
	default:
		return NULL;
	}
}

const nb_pair_kernel *nb_pair_kernel_get(void)
{
	return nb_pair_kernel_for(nb_isa_get());
}

/* 64, 128, 256 -> 0, 1, 2; -1 for others */
static int width_index(uint32_t lanes)
{
	return lanes == 64 ? 0 : lanes == 128 ? 1 : lanes == 256 ? 2 : -1;
}

nb_filter_fn *nb_pair_filter(const nb_pair_kernel *kernel, uint32_t lanes, uint32_t planes)
{
	int width = width_index(lanes);

	return width < 0 || planes < 1 || planes > 4 ? NULL : kernel->filter[width][planes - 1];
}

nb_hamming_fn *nb_pair_hamming(const nb_pair_kernel *kernel, uint32_t bits)
{
	int width = width_index(bits);

	return width < 0 ? NULL : kernel->hamming[width];
}

/* Bit p of 8 bytes to 8 adjacent bits: the multiplication moves bit 8 i to bit 56 + i. */
static uint64_t gather_bits(uint64_t bytes, uint32_t p)
{
	return (((bytes >> p) & UINT64_C(0x0101010101010101)) * UINT64_C(0x0102040810204080)) >> 56;
}

static uint64_t load_bytes(const uint8_t *byte)
{
	uint64_t x = 0;

	for (int i = 0; i < 8; i++)
		x |= (uint64_t)byte[i] << (8 * i);
	return x;
}

void nb_pair_slice(const uint8_t *lane, uint32_t lanes, uint32_t planes, uint64_t *word)
{
	memset(word, 0, nb_pair_words(lanes, planes) * sizeof(*word));
	for (uint32_t i = 0; i < lanes; i += 8) {
		uint64_t bytes = load_bytes(lane + i);

		for (uint32_t p = 0; p < planes; p++)
			word[p * (lanes / 64) + i / 64] |= gather_bits(bytes, p) << (i % 64);
	}
}

/* Document at place `at` of an array of blocks. */
static void put(uint64_t *block, size_t at, const uint64_t *word, size_t words)
{
	uint64_t *to = block + at / NB_PAIR_BLOCK * NB_PAIR_BLOCK * words + at % NB_PAIR_BLOCK;

	for (size_t w = 0; w < words; w++)
		to[w * NB_PAIR_BLOCK] = word[w];
}

static void clear_last(uint64_t *block, size_t n, size_t words)
{
	if (n % NB_PAIR_BLOCK)
		memset(block + n / NB_PAIR_BLOCK * NB_PAIR_BLOCK * words, 0,
		       NB_PAIR_BLOCK * words * sizeof(*block));
}

void nb_pair_pack(const uint8_t (*lane)[NB_PAIR_LANES], const uint32_t *order, size_t n,
		  uint32_t lanes, uint32_t planes, uint64_t *block)
{
	size_t words = nb_pair_words(lanes, planes);
	uint64_t word[NB_PAIR_PLANES * NB_PAIR_LANES / 64];

	clear_last(block, n, words);
	for (size_t i = 0; i < n; i++) {
		nb_pair_slice(lane[order ? order[i] : i], lanes, planes, word);
		put(block, i, word, words);
	}
}

void nb_pair_pack_simhash(const uint64_t *simhash, const uint32_t *order, size_t n, uint32_t bits,
			  uint64_t *block)
{
	size_t words = bits / 64;

	clear_last(block, n, words);
	for (size_t i = 0; i < n; i++)
		put(block, i, simhash + (order ? order[i] : i) * words, words);
}
