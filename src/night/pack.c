/* SPDX-License-Identifier: MIT
 *
 * pack.c - see pack.h.
 */
#include "night/pack.h"

#include <string.h>

size_t nb_pack_number(char *out, uint64_t x)
{
	size_t n = 0;

	for (; x >= 128; x >>= 7)
		out[n++] = (char)(x | 128);
	out[n++] = (char)x;
	return n;
}

size_t nb_unpack_number(const char *in, uint64_t *x)
{
	size_t n = 0;
	unsigned char byte;

	*x = 0;
	do {
		byte = (unsigned char)in[n];
		*x |= (uint64_t)(byte & 127) << (7 * n);
		n++;
	} while (byte & 128);
	return n;
}

size_t nb_pack_string(char *out, nb_str s)
{
	size_t n = nb_pack_number(out, s.ptr ? s.len + 1 : 0);

	if (s.len)
		memcpy(out + n, s.ptr, s.len);
	return n + s.len;
}

size_t nb_unpack_string(const char *in, nb_str *s)
{
	uint64_t len;
	size_t n = nb_unpack_number(in, &len);

	*s = (nb_str){ 0 };
	if (len == 0)
		return n;
	*s = (nb_str){ in + n, len - 1 };
	return n + s->len;
}
