/* SPDX-License-Identifier: MIT
 *
 * codepoints.h - what every code point becomes when text is folded to tokens.
 *
 * A two-stage constant table made from ICU's properties when the library is built
 * (codepoints_gen.c); a run needs no ICU.  An entry holds the folded bytes as their exclusive or
 * with the source bytes, so that the blocks of letters that stay as they are share one block.
 *
 * Level: unicode.
 */
#ifndef NB_UNICODE_CODEPOINTS_H
#define NB_UNICODE_CODEPOINTS_H

#include <stdint.h>

/*
 * Bits 0..23: first three folded bytes ^ first three source bytes (little-endian); bits 24..26:
 * number of folded bytes, 0..4.  With NB_CP_EXPAND bits 0..23 are a place in nb_cp_pool instead.
 */
#define NB_CP_DELTA   0x00FFFFFFu
#define NB_CP_LEN(e)  ((e) >> 24 & 7)
#define NB_CP_OWN     (1u << 27) /* a token of its own */
#define NB_CP_JOIN    (1u << 28) /* belongs to what stands before it: marks, dropped characters */
#define NB_CP_EXPAND  (1u << 29) /* becomes nb_cp_pool[i + 1 .. i + nb_cp_pool[i]] */
#define NB_CP_UPPER   (1u << 30) /* upper or title case in the source */
#define NB_CP_COMPOSE (1u << 31) /* may fuse with the character before it: see nb_cp_pair */

#define NB_CP_LIMIT 0x32400u /* the table ends here; what lies above is an exception */

/* Two characters that are one: a decomposed letter that stays a letter of its own. */
typedef struct nb_cp_pair {
	uint16_t first, second, both;
} nb_cp_pair;

extern const uint16_t nb_cp_block[NB_CP_LIMIT / 64]; /* code point / 64 -> block */
extern const uint32_t nb_cp_entry[];                 /* 64 entries a block */
extern const uint32_t nb_cp_pool[];
extern const nb_cp_pair nb_cp_pairs[]; /* ascending by second, first */
extern const uint32_t nb_cp_n_pairs;

/* Variation selectors and tags of plane 14 are dropped; nothing else up there is a letter. */
static inline uint32_t nb_cp_above(uint32_t cp, uint32_t first_byte)
{
	if (cp - 0xE0000 < 0x1000)
		return NB_CP_JOIN;
	return (first_byte ^ ' ') | 1u << 24;
}

/* The entry of a code point whose first UTF-8 byte is first_byte. */
static inline uint32_t nb_cp_lookup(uint32_t cp, uint32_t first_byte)
{
	if (__builtin_expect(cp >= NB_CP_LIMIT, 0))
		return nb_cp_above(cp, first_byte);
	return nb_cp_entry[(uint32_t)nb_cp_block[cp >> 6] * 64 + (cp & 63)];
}

#endif
