/* SPDX-License-Identifier: MIT
 *
 * fold.h - fold one character: the step that the fast kernels and nb_token_spans share.
 *
 * Folded text is UTF-8 in which every byte of a token is an ASCII letter or digit or >= 0x80, and
 * every separator is ASCII.  A character that is a token of its own has a space before and after
 * it; that space is taken back when a mark follows.  So the tokens of folded text are simply its
 * runs of token bytes (and '.', ',' and ':' between digits), 64 bytes at a time.
 *
 * Static functions only: this file is compiled into objects for several instruction sets.
 *
 * Level: unicode.
 */
#ifndef NB_UNICODE_FOLD_H
#define NB_UNICODE_FOLD_H

#include <stddef.h>
#include <string.h>

#include "unicode/codepoints.h"

#define NB_FOLD_INLINE static inline __attribute__((always_inline))

/* Folded bytes of n source bytes are at most this many; at worst 3 become 33 and spaces. */
#define NB_FOLD_MAX(n) ((n) * 18)
/* A step and a vector store may write this many bytes past the folded ones. */
#define NB_FOLD_SLACK 64
/* Readable bytes before the first folded one: spaces. */
#define NB_FOLD_FRONT 64

/* Where the output of a fold stands. */
typedef struct nb_fold {
	uint8_t *out; /* next byte to write */
	uint32_t own; /* 1: the last token is a character of its own, its space is out[-1] */
} nb_fold;

/* Write the folded bytes of a plain entry; `bytes` holds the source bytes, first lowest. */
NB_FOLD_INLINE void nb_fold_put(nb_fold *f, uint32_t entry, uint32_t bytes)
{
	uint32_t is_own = (entry / NB_CP_OWN) & 1, back = (entry / NB_CP_JOIN) & f->own;
	uint32_t lead = is_own & ~f->own, length = NB_CP_LEN(entry);
	uint8_t *out = f->out;

	*out = ' ';
	out += lead;
	out -= back;
	bytes ^= entry & NB_CP_DELTA;
	memcpy(out, &bytes, 4);
	f->own = is_own | back;
	out[length] = ' ';
	f->out = out + length + f->own;
}

/* Decode valid UTF-8 that ends at `end`; *length bytes of it. */
NB_FOLD_INLINE uint32_t nb_fold_last(const uint8_t *end, uint32_t *length)
{
	uint32_t cp = 0, shift = 0, n = 1;

	while (n < 4 && (end[-(ptrdiff_t)n] & 0xC0) == 0x80) {
		cp |= (uint32_t)(end[-(ptrdiff_t)n] & 0x3F) << shift;
		shift += 6;
		n++;
	}
	*length = n;
	if (n == 1)
		return end[-1];
	return cp | (uint32_t)(end[-(ptrdiff_t)n] & (0x7F >> n)) << shift;
}

NB_FOLD_INLINE uint32_t nb_fold_encode(uint32_t cp)
{
	if (cp < 0x80)
		return cp;
	if (cp < 0x800)
		return 0x80C0u | cp >> 6 | (cp & 63) << 8;
	if (cp < 0x10000)
		return 0x8080E0u | cp >> 12 | (cp >> 6 & 63) << 8 | (cp & 63) << 16;
	return 0x808080F0u | cp >> 18 | (cp >> 12 & 63) << 8 | (cp >> 6 & 63) << 16 |
	       (cp & 63) << 24;
}

/* What the two fuse to, 0 if they do not. */
static inline uint32_t nb_fold_pair(uint32_t first, uint32_t second)
{
	if (first - 0x1100 < 19 && second - 0x1161 < 21)
		return 0xAC00 + ((first - 0x1100) * 21 + (second - 0x1161)) * 28;
	if (first - 0xAC00 < 11172 && (first - 0xAC00) % 28 == 0 && second - 0x11A8 < 27)
		return first + (second - 0x11A7);
	for (uint32_t i = 0; i < nb_cp_n_pairs; i++)
		if (nb_cp_pairs[i].first == first && nb_cp_pairs[i].second == second)
			return nb_cp_pairs[i].both;
	return 0;
}

/* A code point that may fuse with the last one. */
static inline void nb_fold_compose(nb_fold *f, uint32_t entry, uint32_t cp, uint32_t bytes)
{
	uint32_t length, first = nb_fold_last(f->out - f->own, &length);
	uint32_t both = nb_fold_pair(first, cp);

	if (!both) {
		nb_fold_put(f, entry, bytes);
		return;
	}
	f->out -= length + f->own;
	bytes = nb_fold_encode(both);
	memcpy(f->out, &bytes, 4);
	f->out += both < 0x800 ? 2 : 3;
	*f->out = ' ';
	f->out += f->own;
}

/* Entries that are not plain.  By value: the state of the common path stays in registers. */
static __attribute__((noinline, unused)) nb_fold nb_fold_rare(nb_fold f, uint32_t entry,
							      uint32_t cp, uint32_t bytes)
{
	const uint32_t *fold = nb_cp_pool + (entry & NB_CP_DELTA);

	if (entry & NB_CP_COMPOSE) {
		nb_fold_compose(&f, entry, cp, bytes);
		return f;
	}
	for (uint32_t i = 1; i <= fold[0]; i++) {
		bytes = nb_fold_encode(fold[i]);
		entry = nb_cp_lookup(fold[i], bytes & 0xFF);
		if (entry & NB_CP_COMPOSE)
			nb_fold_compose(&f, entry, fold[i], bytes);
		else
			nb_fold_put(&f, entry, bytes);
	}
	return f;
}

/* The 4 bytes at `in`, zeros after the end. */
NB_FOLD_INLINE uint32_t nb_fold_load(const uint8_t *in, size_t left)
{
	uint32_t bytes = 0;

	if (__builtin_expect(left >= 4, 1))
		memcpy(&bytes, in, 4);
	else
		for (size_t i = 0; i < left; i++)
			bytes |= (uint32_t)in[i] << (8 * i);
	return bytes;
}

/* Decode the first character of `bytes`; returns its length, 0 if it is not valid. */
NB_FOLD_INLINE uint32_t nb_fold_decode(uint32_t bytes, uint32_t *cp)
{
	uint32_t b = bytes & 0xFF;

	if (b < 0xE0) {
		/* without a branch: Cyrillic, Greek or Arabic words and the spaces between them */
		uint32_t two = b >> 7, pair = (b & 0x1F) << 6 | (bytes >> 8 & 0x3F);
		uint32_t bad = two & (((bytes & 0xC000) != 0x8000) | (b < 0xC2));

		*cp = (pair & -two) | (b & (two - 1));
		return __builtin_expect(bad, 0) ? 0 : 1 + two;
	}
	if (b < 0xF0) {
		*cp = (b & 0x0F) << 12 | (bytes >> 2 & 0xFC0) | (bytes >> 16 & 0x3F);
		return (bytes & 0xC0C000) == 0x808000 && *cp >= 0x800 ? 3 : 0;
	}
	*cp = (b & 0x07) << 18 | (bytes << 4 & 0x3F000) | (bytes >> 10 & 0xFC0) |
	      (bytes >> 24 & 0x3F);
	return (bytes & 0xC0C0C000) == 0x80808000 && b < 0xF8 && *cp - 0x10000 < 0x100000 ? 4 : 0;
}

/* Fold the character at in[0..left), left >= 1; returns the source bytes taken. */
NB_FOLD_INLINE uint32_t nb_fold_step(nb_fold *f, const uint8_t *in, size_t left)
{
	uint32_t bytes = nb_fold_load(in, left), cp, entry, take = nb_fold_decode(bytes, &cp);

	if (__builtin_expect(!take, 0)) {
		*f->out++ = ' ';
		f->own = 0;
		return 1;
	}
	entry = nb_cp_lookup(cp, bytes & 0xFF);
	if (__builtin_expect(entry & (NB_CP_EXPAND | NB_CP_COMPOSE), 0))
		*f = nb_fold_rare(*f, entry, cp, bytes);
	else
		nb_fold_put(f, entry, bytes);
	return take;
}

#endif
