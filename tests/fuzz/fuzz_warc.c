/* SPDX-License-Identifier: MIT
 *
 * fuzz_warc.c - any bytes as a web archive: scanner, headers, chunks, compression, pages.
 *
 * The first byte says how the rest is cut into segments, and whether it ends in damage.  What does
 * not look like an archive is made to.
 */
#include "fuzz/steps.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char begin[] = "WARC/1.0\r\n";
	nb_alias_map map;
	size_t n_begin;
	uint8_t *file;

	if (size < 1)
		return 0;
	n_begin = data[0] & 8 ? sizeof(begin) - 1 : 0;
	file = malloc(n_begin + size);
	check(file != NULL && nb_alias_map_init(&map, NULL, 0, NULL) == NB_OK);
	memcpy(file, begin, n_begin);
	memcpy(file + n_begin, data + 1, size - 1);
	read_all_ways(&map, "a.warc", file, n_begin + size - 1, data[0] >> 4, data[0] & 4);
	nb_alias_map_release(&map);
	free(file);
	return 0;
}
