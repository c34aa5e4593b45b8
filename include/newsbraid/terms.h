/* SPDX-License-Identifier: MIT
 *
 * terms.h - what articles of one language say, as counted terms with weights.
 *
 * A term is the first five characters of a word (stemming for free), a whole number, or two
 * neighbouring characters of a script written without spaces.  Two neighbouring names are a term of
 * their own.  For each term an article keeps how often it stands in the title, in the lead, as a
 * name and anywhere; seven vectors are read off these counts (nb_vector), so that comparing two
 * articles is one walk over two sorted lists.
 *
 * Weights are inverse document frequencies in the night; in a small night, where frequencies mean
 * nothing yet, they approach 1 for all terms but short words.
 *
 * Level: related.
 */
#ifndef NB_TERMS_H
#define NB_TERMS_H

#include "newsbraid/lexicon.h"
#include "newsbraid/night.h"

NB_API_BEGIN

/* Which terms of an article, counted how: (1 + ln count) x weight. */
typedef enum nb_vector {
	NB_VECTOR_WORDS = 0,    /* title and report */
	NB_VECTOR_TITLE = 1,    /* title, or the first words where there is none */
	NB_VECTOR_LEAD = 2,     /* title and first words */
	NB_VECTOR_ENTITIES = 3, /* capitals inside a sentence, and numbers */
	NB_VECTOR_NAMES = 4,    /* pairs of neighbouring capitals */
	NB_VECTOR_PLACES = 5,   /* capitals after a short word: in, at, te, w */
	NB_VECTOR_NUMBERS = 6,
	NB_VECTOR_COUNT = 7,
} nb_vector;

#define NB_TERM_TITLE  0x0fu /* mark: times in the title */
#define NB_TERM_PLACE  0x10u /* mark: stands where places stand */
#define NB_TERM_NUMBER 0x20u /* mark: has a digit */
#define NB_TERM_PAIR   0x40u /* mark: two neighbouring names; n counts these */
#define NB_TERM_HEAVY  0x80u /* mark: one of the heaviest, by which candidates are found */

/* One term of one article.  Counts stop at 255. */
typedef struct nb_term {
	uint32_t id;
	uint8_t n;      /* times in title and report */
	uint8_t n_lead; /* times in title and lead */
	uint8_t n_name; /* times as a name or a number */
	uint8_t mark;   /* NB_TERM_... */
} nb_term;

/* What is kept of an article beside its terms. */
typedef struct nb_terms_article {
	uint64_t at;      /* terms are nb_terms.term[at..at + n), ascending by id */
	uint16_t n;
	uint16_t n_title; /* tokens of the title, or of the first words taken for one */
	uint32_t n_words; /* tokens of the report */
	uint64_t age[2];  /* bit i: somebody aged i is named */
	uint8_t n_numbers, n_places, n_names; /* distinct ones, kept or not; counts stop at 255 */
	bool headline;   /* nothing but a title */
	float norm[NB_VECTOR_COUNT]; /* Euclidean lengths */
	float mass, title_mass; /* sums of the weights of all terms, of the title's terms */
} nb_terms_article;

#define NB_TERMS_KEPT  112u /* heaviest terms kept of an article */
#define NB_HEAVY_WORDS 30u  /* of them are marked heavy */
#define NB_HEAVY_NAMES 15u  /* and so many entities */

/* Terms of n articles. */
typedef struct nb_terms {
	uint32_t n;
	nb_terms_article *article; /* [0..n) */
	nb_term *term;
	size_t n_kept;   /* terms of all articles */
	uint32_t n_ids;  /* ids are below; not every number is used */
	uint32_t *df;    /* [0..n_ids): articles that have the term */
	float *weight;   /* [0..n_ids); 0 for terms that say nothing */
	float ln[256];   /* by count: 1 + ln, and 0 for 0 */
} nb_terms;

void nb_terms_release(nb_terms *t);

/**
 * Count the terms of some articles, which should be of one language.
 *
 * @param lexicon  whose stop words are left out; NULL: none are
 * @param article  article[0..n): article numbers; t->article[i] is about article[i]
 * @param out      out: release with nb_terms_release
 * @return NB_OK, NB_ENOMEM or NB_EIO (a text cannot be read); *out is then empty
 *
 * Each text is read once, to NB_TERMS_TEXT bytes.  Of an article's terms the NB_TERMS_KEPT heaviest
 * are kept, by the frequencies in its block of articles and those before it.  Memory: at most 1 KB
 * an article, 16 bytes a distinct term, and 60 MB.  Opens OpenMP regions.  The same result for any
 * number of threads and instruction set.
 */
nb_status nb_terms_count(const nb_night *night, const nb_lexicon *lexicon, const uint32_t *article,
			 uint32_t n, nb_terms *out, nb_error *err) NB_MUST_CHECK;

#define NB_TERMS_TEXT (16u << 10)

NB_API_END

#endif
