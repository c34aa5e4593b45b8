/* SPDX-License-Identifier: MIT
 *
 * words.h - the word lists of the cleaning rules: agencies.txt, phrases.txt, and from ICU the names
 * of months and weekdays and "3 hours ago" in many languages; made by words_gen.c when the library
 * is built.
 *
 * Level: text.
 */
#ifndef NB_TEXT_WORDS_H
#define NB_TEXT_WORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "text/lex.h"

/* What a word or phrase is; the first ones are the lists of phrases.txt, under these names. */
typedef enum nb_phrase_kind {
	NB_WORD_SHARE,
	NB_WORD_COMMENT,
	NB_WORD_RELATED,
	NB_WORD_NOTICE,
	NB_WORD_SECTION,
	NB_WORD_STAMP,
	NB_WORD_BY,
	NB_WORD_WITH,
	NB_WORD_PHOTO,
	NB_WORD_CLOCK,
	NB_WORD_AGENCY_NOUN, /* "news agency": [agency] */
	NB_WORD_RELAY,
	NB_WORD_QUOTE,
	NB_WORD_PARTICLE,
	NB_WORD_SHOUT,
	NB_WORD_LISTS,               /* how many lists phrases.txt has */
	NB_WORD_AGO = NB_WORD_LISTS, /* "# hours ago" */
	NB_WORD_WEEKDAY,
	NB_WORD_MONTH,  /* value: 1..12 */
	NB_WORD_AGENCY, /* value: agency id */
	NB_WORD_SITE,   /* "@reuters.com", as it stands; value: agency id */
	NB_WORD_KINDS,
} nb_phrase_kind;

#define NB_WORD_LONGEST 10 /* words in a phrase */

/* How much of a line a phrase may be; value of the entries of phrases.txt. */
enum { NB_PHRASE_WHOLE, NB_PHRASE_MORE, NB_PHRASE_COLON };

typedef struct nb_word_entry {
	uint32_t at;    /* in nb_word_text */
	uint16_t value;
	uint8_t len, kind;
} nb_word_entry;

/* Sorted by (kind, text); entries of a kind are [nb_word_first[kind], nb_word_first[kind + 1]). */
extern const nb_word_entry nb_word_entries[];
extern const uint16_t nb_word_first[NB_WORD_KINDS + 1];
extern const char nb_word_text[];

/* Which kinds have a phrase whose first word has this hash, a bit each; and all phrases by hash:
 * their number in nb_word_entries plus one, 0: free. */
#define NB_WORD_STARTS 8192u
#define NB_WORD_SLOTS  16384u
extern const uint32_t nb_word_starts[NB_WORD_STARTS];
extern const uint16_t nb_word_slots[NB_WORD_SLOTS];

static inline uint32_t nb_word_start(const nb_lex *lex, uint32_t i)
{
	return lex->word[i].hash & (NB_WORD_STARTS - 1);
}

/* The hash of a phrase is made of those of its words, one after the other. */
static inline uint32_t nb_phrase_hash(uint32_t before, uint32_t word)
{
	return (before ^ word) * 2654435761u + (before >> 15);
}

/* Agencies by id; id 0 is none. */
extern const char *const nb_agency_names[];
extern const uint16_t nb_agency_count; /* ids are 1..nb_agency_count */

/* How running text writes agencies, as it stands there, sorted by bytes; value: agency id. */
extern const nb_word_entry nb_alias_entries[];
extern const uint16_t nb_alias_count;
/* Bit nb_alias_bit(bytes) says whether an alias may begin with these three bytes. */
extern const uint64_t nb_alias_filter[1024];

static inline uint32_t nb_alias_bit(const unsigned char *p)
{
	return ((uint32_t)(p[0] | p[1] << 8 | p[2] << 16) * 2654435761u) >> 16;
}

/** Look text[0..n) up among the words of a kind; NULL if it is none. */
const nb_word_entry *nb_word_find(nb_phrase_kind kind, const char *text, size_t n);

/** The same for words [from, from + n) of a lexed stretch; faster. */
const nb_word_entry *nb_word_at(const nb_lex *lex, uint32_t from, uint32_t n, nb_phrase_kind kind);

/** The longest phrase of a kind that begins at word `from`; *n: its words. */
const nb_word_entry *nb_word_longest(const nb_lex *lex, uint32_t from, nb_phrase_kind kind,
				     uint32_t *n);

#endif
