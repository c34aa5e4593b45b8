/* SPDX-License-Identifier: MIT
 *
 * minhash.c - see sketch.h; the algorithm is in kernel/sketch_kernel_body.h.
 */
#include <string.h>

#include "kernel/text_kernel.h"
#include "newsbraid/sketch.h"

_Static_assert(NB_LANES == NB_MINHASH_LANES, "sketch and kernel agree on the number of lanes");

void nb_minhash(const uint64_t *shingle, size_t n, uint8_t lane[NB_LANES])
{
	if (n == 0)
		memset(lane, 0, NB_LANES);
	else
		nb_text_kernel_get()->minhash(shingle, n, lane);
}

uint32_t nb_minhash_equal(const uint8_t a[NB_LANES], const uint8_t b[NB_LANES])
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < NB_LANES; i++)
		n += a[i] == b[i];
	return n;
}

double nb_minhash_jaccard(uint32_t equal)
{
	const double chance = 1.0 / 256;
	double j = ((double)equal / NB_LANES - chance) / (1 - chance);

	return j > 0 ? j : 0;
}
