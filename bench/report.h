/* SPDX-License-Identifier: MIT
 *
 * report.h - reports as lists of tokens.
 *
 * Copies are made by editing the list (edit.h), not a string; only then is it written out in the
 * style of its source (render.h).  What unrelated reports share in life (phrases of the trade,
 * footers) is put in on purpose.
 */
#ifndef BENCH_REPORT_H
#define BENCH_REPORT_H

#include "chance.h"
#include "gen_vocabulary.h"

#define TOKENS_MAX 16384u /* of a report */
#define BYTES_MAX  20000u /* aimed-at bytes of a report */

enum token_kind { WORD, NAME, NUMBER, DECIMAL, DATE };
enum token_flag { SENTENCE = 1, PARAGRAPH = 2, OPEN = 4, CLOSE = 8 };

struct token {
	uint32_t value; /* rank, name or number */
	uint8_t kind, flags;
	char after; /* punctuation after it, or 0 */
};

struct report {
	struct token *token; /* [0..TOKENS_MAX) */
	uint32_t n;
	uint32_t bytes; /* of the words, about */
};

/* The people, places and bodies that a report is about. */
struct cast {
	uint32_t first_name[5], last_name[5], place[3], body[2];
};

/* What a passage is made with. */
struct maker {
	const struct words *words;
	unsigned language;
	struct rng text;  /* decides everything but facts */
	struct rng facts; /* numbers and dates */
	struct cast cast;
	uint32_t p_fact, p_phrase; /* a token is one, in 65536 */
	uint64_t topic;            /* seed of the topic's own phrases, 0 if none */
	struct report *out;        /* what is pushed goes after its end */
};

/** Draw the people, places and bodies of a report. */
void draw_cast(struct cast *c, uint64_t seed);

/** How many bytes a report is to have: flashes, else lognormal. */
uint32_t draw_bytes(struct rng *r);

/** Add one token; in a full report it replaces the last. */
struct token *push_token(struct maker *m, enum token_kind kind, uint32_t value);

/** Add a sentence of at least this many words and facts, while there is room. */
void push_sentence(struct maker *m, uint32_t words);

/** Add a paragraph; one in five is a quotation. */
void push_paragraph(struct maker *m, uint32_t sentences);

/** Add paragraphs until the report has about this many bytes more. */
void push_body(struct maker *m, uint32_t bytes);

#endif
