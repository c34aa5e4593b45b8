/* SPDX-License-Identifier: MIT
 *
 * fuzz_xml.c - any bytes as a file of news items in XML: scanner, expat's events, text, repair.
 *
 * The first byte says how the rest is cut into segments, and whether it ends in damage.  What does
 * not look like a file of items is made to.
 */
#include "fuzz/steps.h"

#include "read/xml/xml.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Repair must end, within the room it asked for. */
static void repair(const uint8_t *data, size_t size)
{
	nb_str xml = { (const char *)data, size };
	size_t n = nb_xml_repair(xml, NULL);
	char *out = malloc(n + 1);

	check(out != NULL);
	check(nb_xml_repair(xml, out) == n);
	free(out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const root[] = { "<newsMessage>", "<NewsML>", "<nitf>", "<newsItem>" };
	nb_alias_map map;
	const char *begin;
	uint8_t *file;
	unsigned first;

	if (size < 1)
		return 0;
	first = data[0];
	begin = first & 8 ? root[first & 3] : "";
	file = malloc(strlen(begin) + size);
	check(file != NULL && nb_alias_map_init(&map, NULL, 0, NULL) == NB_OK);
	memcpy(file, begin, strlen(begin));
	memcpy(file + strlen(begin), data + 1, size - 1);
	read_all_ways(&map, "a.xml", file, strlen(begin) + size - 1, first >> 4, first & 4);
	repair(data + 1, size - 1);
	nb_alias_map_release(&map);
	free(file);
	return 0;
}
