/* SPDX-License-Identifier: MIT
 *
 * strings.c - see strings.h.
 */
#include "read/strings.h"

#include <string.h>
#include <strings.h>

#include "base/ascii.h"

static bool is_empty(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v' || c == 0;
}

nb_str nb_trim(nb_str s)
{
	while (s.len && is_empty(*s.ptr)) {
		s.ptr++;
		s.len--;
	}
	while (s.len && is_empty(s.ptr[s.len - 1]))
		s.len--;
	return s;
}

bool nb_says_nothing(nb_str s)
{
	return s.len == 0 || nb_same_word(s, "none") || nb_same_word(s, "null") || nb_same_word(s, "nan");
}

bool nb_is_http(nb_str s)
{
	return (s.len > 7 && strncasecmp(s.ptr, "http://", 7) == 0) ||
	       (s.len > 8 && strncasecmp(s.ptr, "https://", 8) == 0);
}

nb_str nb_url_host(nb_str url)
{
	const char *begin, *end, *p;

	if (!nb_is_http(url))
		return (nb_str){ 0 };
	begin = (const char *)memchr(url.ptr, ':', url.len) + 3;
	for (end = begin; end < url.ptr + url.len && !strchr("/?#", *end);)
		end++;
	p = memrchr(begin, '@', (size_t)(end - begin));
	if (p)
		begin = p + 1;
	p = memchr(begin, ':', (size_t)(end - begin));
	if (p)
		end = p;
	if (end - begin > 4 && memcmp(begin, "www.", 4) == 0)
		begin += 4;
	return begin == end ? (nb_str){ 0 } : (nb_str){ begin, (size_t)(end - begin) };
}

nb_str nb_clip(nb_str s, size_t most)
{
	if (s.len <= most)
		return s;
	s.len = most;
	while (s.len && ((unsigned char)s.ptr[s.len] & 0xc0) == 0x80)
		s.len--;
	return s;
}
