/* SPDX-License-Identifier: MIT
 *
 * fuzz_jsonl.c - any bytes as the content of a file: formats, cutting, repair, JSON, field map,
 * text.
 *
 * The first byte picks the file's name and how the rest is cut into segments.
 */
#include "fuzz/steps.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const name[] = { "a.jsonl", "a.json", "a.txt", "a" };
	static const char *const entry[] = { "title=a.b", "id=k" };
	nb_alias_map map;
	unsigned first;

	if (size < 1)
		return 0;
	first = data[0];
	check(nb_alias_map_init(&map, entry, first & 4 ? 2 : 0, NULL) == NB_OK);
	read_all_ways(&map, name[first & 3], data + 1, size - 1, first >> 4, first & 8);
	nb_alias_map_release(&map);
	return 0;
}
