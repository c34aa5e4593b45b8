/* SPDX-License-Identifier: MIT
 *
 * lex.h - a short stretch of text as folded words: what the cleaning rules look at.
 *
 * Unlike token.h this keeps what the words looked like, joins nothing and stops early.  Words are
 * folded as tokens are (case, width, marks); a number is "#"; letters and digits are apart, and so
 * are a lower-case letter and a capital after it ("geledenPARIJS"), because pages glue lines.
 *
 * Level: text.
 */
#ifndef NB_TEXT_LEX_H
#define NB_TEXT_LEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define NB_LEX_BYTES  320 /* source bytes looked at, at most */
#define NB_LEX_WORDS  48
#define NB_LEX_FOLDED 768

enum {
	NB_LEX_LOWER = 0,   /* begins with a letter that is no capital */
	NB_LEX_CAPITAL = 1, /* begins with a capital */
	NB_LEX_UPPER = 2,   /* capitals alone, two at least */
	NB_LEX_NUMBER = 3,
	NB_LEX_OWN = 4,     /* a character of a script written without spaces */
};

typedef struct nb_lex_word {
	uint16_t begin, end; /* bytes in the source */
	uint16_t at, stop;   /* bytes in `folded` */
	uint8_t kind;
	uint32_t value; /* of a number, 0xffffffff if it is large */
	uint32_t hash;  /* of the folded word */
} nb_lex_word;

typedef struct nb_lex {
	nb_lex_word word[NB_LEX_WORDS];
	uint32_t n;
	bool whole; /* the source was read to its end */
	char folded[NB_LEX_FOLDED]; /* the words, one blank between two */
} nb_lex;

/** Read source[0..n), valid UTF-8. */
void nb_lex_read(nb_lex *lex, const char *source, size_t n);

#endif
