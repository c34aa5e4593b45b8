/* SPDX-License-Identifier: MIT
 *
 * sample.h - seeded input for the tests of tokens and sketches.
 */
#ifndef TESTS_UNIT_SAMPLE_H
#define TESTS_UNIT_SAMPLE_H

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static inline uint64_t sample_random(uint64_t *seed)
{
	uint64_t z = *seed += UINT64_C(0x9E3779B97F4A7C15);

	z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
	z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
	return z ^ z >> 31;
}

/* How a piece of random text is made. */
enum sample_kind {
	SAMPLE_WORDS,   /* lower-case ASCII words */
	SAMPLE_NEWS,    /* with capitals, numbers, punctuation, curly quotes, accents */
	SAMPLE_SCRIPTS, /* characters of all kinds, marks and jamo among them */
	SAMPLE_BROKEN,  /* that, and bytes that are no UTF-8 */
	SAMPLE_BYTES,   /* anything */
	SAMPLE_KINDS,
};

static inline size_t sample_utf8(uint32_t cp, char *out)
{
	size_t n = 0;

	if (cp < 0x80) {
		out[n++] = (char)cp;
		return n;
	}
	if (cp < 0x800) {
		out[n++] = (char)(0xC0 | cp >> 6);
	} else {
		if (cp < 0x10000) {
			out[n++] = (char)(0xE0 | cp >> 12);
		} else {
			out[n++] = (char)(0xF0 | cp >> 18);
			out[n++] = (char)(0x80 | (cp >> 12 & 63));
		}
		out[n++] = (char)(0x80 | (cp >> 6 & 63));
	}
	out[n++] = (char)(0x80 | (cp & 63));
	return n;
}

static inline uint32_t sample_character(enum sample_kind kind, uint64_t *seed)
{
	static const uint16_t range[][2] = {
		{ 0x20, 0x7F },	    { 0xA0, 0x250 },	{ 0x300, 0x30A },   { 0x370, 0x400 },
		{ 0x400, 0x460 },   { 0x5D0, 0x5F5 },	{ 0x600, 0x6D5 },   { 0x900, 0x980 },
		{ 0x985, 0x9D8 },   { 0xE01, 0xE5C },	{ 0x1000, 0x1050 }, { 0x1100, 0x1113 },
		{ 0x1161, 0x1176 }, { 0x11A8, 0x11C3 }, { 0x1780, 0x17D4 }, { 0x1F00, 0x1FFF },
		{ 0x2000, 0x2070 }, { 0x2150, 0x2190 }, { 0x2460, 0x24FF }, { 0x3000, 0x3100 },
		{ 0x3099, 0x309B }, { 0x4E00, 0x9FFF }, { 0xAC00, 0xD7A4 }, { 0xF900, 0xFAFF },
		{ 0xFB00, 0xFDFF }, { 0xFE00, 0xFFFE }, { 0x438, 0x439 },   { 0x456, 0x457 },
		{ 0x306, 0x309 },
	};
	uint64_t r = sample_random(seed);
	uint32_t which = (uint32_t)(r >> 32) % (sizeof(range) / sizeof(*range));

	if (kind == SAMPLE_WORDS)
		return r % 6 == 0 ? ' ' : (uint32_t)('a' + r % 26);
	if (kind == SAMPLE_NEWS) {
		static const uint32_t spice[] = { '.', ',', ':', '-', '\n', '"', '\'', 0x201C,
						  0x201D, 0x2019, 0x2014, 0xE9, 0xEB, 0xFC };

		if (r % 16 == 0)
			return spice[(r >> 8) % (sizeof(spice) / sizeof(*spice))];
		if (r % 16 == 1)
			return (uint32_t)('0' + (r >> 8) % 10);
		if (r % 16 == 2)
			return (uint32_t)('A' + (r >> 8) % 26);
		return r % 6 == 0 ? ' ' : (uint32_t)('a' + (r >> 8) % 26);
	}
	if (r % 500 == 0)
		return 0x10000 + (uint32_t)(r >> 40) % 0x100000;
	return range[which][0] + (uint32_t)(r >> 8) % (uint32_t)(range[which][1] - range[which][0]);
}

/* Fill text[0..n) exactly; what does not fit at the end becomes spaces. */
static inline void sample_text(enum sample_kind kind, uint64_t *seed, char *text, size_t n)
{
	size_t at = 0;

	while (kind == SAMPLE_BYTES && at < n)
		text[at++] = (char)(sample_random(seed) >> 56);
	while (at + 4 <= n) {
		if (kind == SAMPLE_BROKEN && sample_random(seed) % 8 == 0)
			text[at++] = (char)(0x80 | sample_random(seed) >> 57);
		else
			at += sample_utf8(sample_character(kind, seed), text + at);
	}
	memset(text + at, ' ', n - at);
}

/* A copy that ends where the memory block ends: a sanitizer sees any read past it. */
static inline char *sample_exact(const char *text, size_t n)
{
	char *copy = malloc(n ? n : 1);

	if (copy && n)
		memcpy(copy, text, n);
	return copy;
}

#endif
