/* SPDX-License-Identifier: MIT
 *
 * html_tag.c - see html_tag.h.  A name of up to eight letters is one number, so that halving
 * compares numbers; the few longer ones share their first eight letters with no other.
 */
#include "read/html/html_tag.h"

#include <string.h>

static const struct {
	char name[12];
	uint8_t is;
} element[NB_TAG_COUNT] = {
#define NB_TAG_ROW(name, text, behaviour) [NB_TAG_##name] = { text, behaviour },
	NB_HTML_TAGS(NB_TAG_ROW)
#undef NB_TAG_ROW
};

/* The first eight letters, lower case, first letter highest: ascending as the names are. */
static uint64_t key_of(const char *name, size_t n)
{
	uint64_t key = 0;

	for (size_t i = 0; i < 8; i++) {
		unsigned char c = i < n ? (unsigned char)name[i] : 0;

		key = key << 8 | (c >= 'A' && c <= 'Z' ? c | 32 : c);
	}
	return key;
}

static uint64_t known_key(unsigned tag)
{
	uint64_t key;

	memcpy(&key, element[tag].name, 8);
	return __builtin_bswap64(key);
}

nb_html_tag nb_html_tag_of(nb_str name)
{
	unsigned low = NB_TAG_NONE + 1, high = NB_TAG_OTHER;
	uint64_t key = key_of(name.ptr, name.len);

	while (low < high) {
		unsigned mid = (low + high) / 2;

		if (known_key(mid) < key)
			low = mid + 1;
		else
			high = mid;
	}
	if (low == NB_TAG_OTHER || known_key(low) != key || strlen(element[low].name) != name.len)
		return NB_TAG_OTHER;
	return (nb_html_tag)low;
}

unsigned nb_html_tag_is(nb_html_tag tag)
{
	return element[tag].is;
}

const char *nb_html_tag_name(nb_html_tag tag)
{
	return element[tag].name;
}
