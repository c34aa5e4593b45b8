/* SPDX-License-Identifier: MIT
 *
 * translations.h - documents that stand in several languages, as concepts, and how alike they are.
 *
 * The likeness is ALIGN: every token counts once, through its best concept in the other text,
 *     cov(A -> B) = sum_t idf(t) max_c m(c, t) min(1, idf_B(c)) m(c, B) / sum_t idf(t),
 * and the geometric mean of both directions.  Computed here in the simplest way.
 */
#ifndef NB_BENCH_TRANSLATIONS_H
#define NB_BENCH_TRANSLATIONS_H

#include "newsbraid/concepts.h"

typedef struct doc_word {
	uint64_t hash;
	double idf;
	uint32_t first, n; /* side.item */
} doc_word;

/* A concept of a token. */
typedef struct concept_item {
	uint64_t id;
	double m;
	uint32_t doc;
	uint8_t kind;
} concept_item;

/* All documents of one language. */
typedef struct side {
	char lang[3];
	size_t n_docs;
	char **id;         /* id[0..n_docs): what the document is called in every language */
	char **text;
	size_t *len;
	size_t capacity;
	uint32_t *begin;   /* words of document d: word[begin[d]..begin[d + 1]) */
	doc_word *word;
	size_t n_words, word_capacity;
	concept_item *item; /* by word */
	size_t n_items, item_capacity;
	concept_item *index; /* the best of each concept and document, by id, doc; m times min(1, idf) */
	size_t n_index;
	double known; /* share of words that are in the dictionary */
} side;

#define SIDES_MOST 24

typedef struct sides {
	side side[SIDES_MOST];
	size_t n;
} sides;

/** Read a set; false if it is absent.  Ids are "SET:LANG:NAME".  Texts are cut to `most` bytes. */
bool sides_open(sides *s, const char *path);
void sides_release(sides *s);

/** Make the concepts of every text, of at most `letters` code points each. */
void side_make(side *s, const nb_lexicon *lexicon, size_t letters);

typedef struct retrieval {
	double at_one;   /* share of documents whose translation comes first, both directions */
	double gain;     /* mean likeness of translations */
	double wrong;    /* mean likeness of the others */
	double f;        /* best F over all pairs, threshold tuned on them */
	size_t n_missed;
	uint32_t missed[8][2]; /* document of a, and what came first in b */
} retrieval;

/** Documents that both sides have, each looked for among all of the other side. */
retrieval retrieve(const side *a, const side *b);

#endif
