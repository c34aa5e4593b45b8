/* SPDX-License-Identifier: MIT
 *
 * token.h - text to tokens: what counts as a word, and one 64-bit hash for each.
 *
 * A token is a run of letters and digits, folded so that spelling habits do not matter: case,
 * width and ligature forms (NFKC), marks on Latin, Greek, Cyrillic, Arabic and Hebrew letters
 * (but Russian short i, Ukrainian yi and Belarusian short u stay letters of their own), Arabic
 * alef, ya, kaf and ta marbuta forms, tatweel and vowel signs, default-ignorable characters; the
 * Turkish dotless i is an i, and the decimal digits of all scripts are 0 to 9.
 * The spellings NFC and NFD of a text have the same tokens.
 * A Han, kana, Thai, Khmer, Lao or Myanmar character is a token of its own.
 * A number stays whole: '.' ',' and ':' between two digits belong to it ("1,506", "12.30", "4:2").
 * Everything else separates.
 *
 * The hash of a token depends on its folded bytes alone: the same on every machine, instruction
 * set and run.
 *
 * Level: text.
 */
#ifndef NB_TOKEN_H
#define NB_TOKEN_H

#include <stdbool.h>

#include "newsbraid/nb.h"

NB_API_BEGIN

/* What a token looks like in the source text (before folding). */
typedef enum nb_token_kind {
	NB_TOKEN_WORD = 0,    /* letters, first one not upper case */
	NB_TOKEN_CAPITAL = 1, /* first character is an upper-case or title-case letter */
	NB_TOKEN_NUMBER = 2,  /* has a digit and no letter: "12", "1,506", "4:2" */
	NB_TOKEN_MIXED = 3,   /* letters and digits: "A380", "2nd" */
	NB_TOKEN_CHARACTER = 4, /* one character of a script written without spaces */
} nb_token_kind;

/*
 * The tokens of one text and the scratch memory to make them; reuse one object for many texts.
 * Not to be used by two threads at the same time.  All zero bytes is a valid empty object.
 */
typedef struct nb_tokens {
	size_t n;       /* number of tokens */
	uint64_t *hash; /* hash[0..n) */
	/* Filled by nb_token_spans only: */
	uint32_t *begin; /* begin[0..n): byte in the source text where the token starts */
	uint32_t *end;   /* end[0..n): byte after its last character */
	uint8_t *kind;   /* kind[0..n): nb_token_kind */
	uint8_t *small;  /* small[0..n): 1 to 12 if it is that number, in digits or as a word of one
			    of ten European languages ("six", "zes"); else 0 */
	bool *sentence;  /* sentence[0..n): the token opens the text, a line or a sentence */
	struct nb_token_scratch *scratch; /* private */
} nb_tokens;

/** Longest text one call takes, in bytes. */
#define NB_TOKEN_TEXT_MAX (64u << 20)

/** Free what t holds; t is empty afterwards and may be used again. */
void nb_tokens_release(nb_tokens *t);

/**
 * Find the tokens of a text and hash them: the fast path (only n and hash are filled).
 *
 * @param t     out; earlier content is overwritten
 * @param text  text[0..len): valid UTF-8; invalid bytes separate tokens and are otherwise ignored
 * @param len   0..NB_TOKEN_TEXT_MAX
 * @return NB_OK, NB_ELIMIT or NB_ENOMEM (t->n is then 0)
 *
 * O(len); on ASCII text several GB/s, elsewhere hundreds of MB/s.
 */
nb_status nb_token_hashes(nb_tokens *t, const char *text, size_t len) NB_MUST_CHECK;

/**
 * As nb_token_hashes, the same tokens and hashes, and also where each stands and what it is.
 * A character that folds to several tokens (one half: "1", "2") gives them all its own span.
 * A sentence opens after a line end, or after a full stop, question or exclamation mark and a
 * space (East Asian, Arabic, Indic ones: without), but not after the full stop of an initial.
 * For evidence and for decisions that look at words; several times slower.
 */
nb_status nb_token_spans(nb_tokens *t, const char *text, size_t len) NB_MUST_CHECK;

NB_API_END

#endif
