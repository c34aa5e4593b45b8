/* SPDX-License-Identifier: MIT
 *
 * head.c - see head.h.
 */
#include "read/head.h"

#include <string.h>
#include <strings.h>

#include "base/ascii.h"

size_t nb_packed_ending(const char *path)
{
	static const char *const packed[] = { ".zst", ".zstd", ".gz" };
	size_t n = strlen(path);

	for (size_t i = 0; i < sizeof(packed) / sizeof(packed[0]); i++) {
		size_t k = strlen(packed[i]);

		if (n > k && strcasecmp(path + n - k, packed[i]) == 0)
			return k;
	}
	return 0;
}

nb_head nb_head_of(const char *path, const char *p, size_t n, bool whole, bool unpacked)
{
	nb_head head = { path, { p, n }, { p, n }, whole, unpacked };

	if (n >= 3 && memcmp(p, "\xef\xbb\xbf", 3) == 0)
		head.bytes = (nb_str){ p + 3, n - 3 };
	head.visible = head.bytes;
	while (head.visible.len && nb_is_blank(*head.visible.ptr)) {
		head.visible.ptr++;
		head.visible.len--;
	}
	return head;
}

bool nb_head_named(const nb_head *head, const char *ending)
{
	size_t n = strlen(head->path) - nb_packed_ending(head->path), k = strlen(ending);

	return n >= k && strncasecmp(head->path + n - k, ending, k) == 0;
}

bool nb_head_begins(const nb_head *head, nb_str with)
{
	return head->visible.len >= with.len &&
	       memcmp(head->visible.ptr, with.ptr, with.len) == 0;
}
