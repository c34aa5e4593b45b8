/* SPDX-License-Identifier: MIT
 *
 * fuzz_wire.c - any bytes as text wires: messages, headers, dates, lines.
 *
 * The first byte says how the rest is cut into segments, and whether it ends in damage.
 */
#include "fuzz/steps.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	nb_alias_map map;

	if (size < 1)
		return 0;
	check(nb_alias_map_init(&map, NULL, 0, NULL) == NB_OK);
	read_all_ways(&map, "a.wire", data + 1, size - 1, data[0] >> 4, data[0] & 4);
	nb_alias_map_release(&map);
	return 0;
}
