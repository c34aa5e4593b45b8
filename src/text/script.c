/* SPDX-License-Identifier: MIT
 *
 * script.c - see script.h.
 */
#include "text/script.h"

#include <stddef.h>

/* clang-format off */
#define BLOCK(first, last, script) { first, last, NB_SCRIPT_##script }
/* clang-format on */

/* Blocks by first code point, ascending. */
static const struct {
	uint32_t first, last;
	nb_script script;
} block[] = {
	BLOCK(0x41, 0x5A, LATIN),       BLOCK(0x61, 0x7A, LATIN),
	BLOCK(0xC0, 0x24F, LATIN),      BLOCK(0x370, 0x3FF, GREEK),
	BLOCK(0x400, 0x52F, CYRILLIC),  BLOCK(0x531, 0x58F, ARMENIAN),
	BLOCK(0x5D0, 0x5F4, HEBREW),    BLOCK(0x620, 0x64A, ARABIC),
	BLOCK(0x66E, 0x6D3, ARABIC),    BLOCK(0x900, 0x963, DEVANAGARI),
	BLOCK(0x980, 0x9E3, BENGALI),   BLOCK(0xA00, 0xA65, GURMUKHI),
	BLOCK(0xA80, 0xAE3, GUJARATI),  BLOCK(0xB80, 0xBE5, TAMIL),
	BLOCK(0xC00, 0xC65, TELUGU),    BLOCK(0xC80, 0xCE5, KANNADA),
	BLOCK(0xD00, 0xD65, MALAYALAM), BLOCK(0xD80, 0xDE5, SINHALA),
	BLOCK(0xE01, 0xE4E, THAI),      BLOCK(0xE81, 0xECF, LAO),
	BLOCK(0x1000, 0x103F, MYANMAR), BLOCK(0x10A0, 0x10FF, GEORGIAN),
	BLOCK(0x1100, 0x11FF, HANGUL),  BLOCK(0x1200, 0x137F, ETHIOPIC),
	BLOCK(0x1780, 0x17D3, KHMER),   BLOCK(0x1E00, 0x1EFF, LATIN),
	BLOCK(0x1F00, 0x1FFF, GREEK),   BLOCK(0x3041, 0x30FF, KANA),
	BLOCK(0x3400, 0x9FFF, HAN),     BLOCK(0xAC00, 0xD7A3, HANGUL),
	BLOCK(0xF900, 0xFAFF, HAN),     BLOCK(0x20000, 0x3134F, HAN),
};

#define N_BLOCKS (sizeof(block) / sizeof(block[0]))

nb_script nb_script_of(uint32_t cp)
{
	size_t low = 0, high = N_BLOCKS;

	while (low < high) {
		size_t mid = (low + high) / 2;

		if (cp > block[mid].last)
			low = mid + 1;
		else
			high = mid;
	}
	return low < N_BLOCKS && cp >= block[low].first ? block[low].script : NB_SCRIPT_NONE;
}
