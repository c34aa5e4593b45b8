/* SPDX-License-Identifier: MIT
 *
 * lex_format.h - the bytes of a lexicon file.
 *
 * Little-endian.  Header, table of sections, sections, each at a multiple of 8.
 *   IDS    uint64_t: the concepts
 *   LINKS  uint32_t: place in IDS << 8 | weight * 256 - 1, lists of them
 *   a map: uint64_t key[count], then uint32_t value[count]; count is a power of two, key 0 is an
 *          empty slot; a key stands at most NB_LEX_PROBES slots after slot key % count.
 *          Of WORDS, STEMS and PLACES the value is place in LINKS << 4 | number of links; of
 *          LENGTHS bit k is set if something k letters (tokens for places) long begins so; STOPS
 *          are keys only.
 *
 * Level: lexicon.
 */
#ifndef NB_LEXICON_LEX_FORMAT_H
#define NB_LEXICON_LEX_FORMAT_H

#include <stddef.h>
#include <stdint.h>

#define NB_LEX_MAGIC   "NBLEXIC\n"
#define NB_LEX_VERSION 2u
#define NB_LEX_PROBES  64u
#define NB_LEX_LINKS   15u /* most links of one key */

enum nb_lex_kind {
	NB_LEX_IDS = 0,
	NB_LEX_LINK_LISTS,
	NB_LEX_WORDS,   /* form -> what it means */
	NB_LEX_STEMS,   /* stem -> what its forms mean */
	NB_LEX_STOPS,   /* forms that mean nothing */
	NB_LEX_PLACES,  /* forms of one to four tokens -> place or country; also their stems */
	NB_LEX_LENGTHS, /* first token, or first two characters of unspaced scripts -> lengths */
	NB_LEX_KINDS,
};

typedef struct nb_lex_header {
	char magic[8];
	uint32_t version, n_sections;
	uint64_t size;     /* bytes of the file */
	uint64_t checksum; /* nb_lex_checksum */
} nb_lex_header;

typedef struct nb_lex_section {
	char lang[4]; /* ISO 639-1, "" for IDS and LINK_LISTS */
	uint32_t kind;
	uint64_t offset; /* from the start of the file */
	uint64_t count;  /* ids, links or slots */
	uint64_t used;   /* keys in a map */
} nb_lex_section;

/** Checksum of a whole file, its header included: XXH3 of what is behind the header, seeded with
 *  that of the header whose own checksum is 0.  n >= sizeof(nb_lex_header). */
uint64_t nb_lex_checksum(const void *bytes, size_t n);

/* What the key of a place is mixed with when only capitals may write it: US, not us. */
#define NB_LEX_ACRONYM UINT64_C(0x9E3779B97F4A7C15)
/* ... and when it is what case endings leave. */
#define NB_LEX_STUMP UINT64_C(0xC2B2AE3D27D4EB4F)

#endif
