/* SPDX-License-Identifier: MIT
 *
 * concepts_scratch.h - what the parts of nb_concepts_text share.
 *
 * Level: lexicon.
 */
#ifndef NB_LEXICON_CONCEPTS_SCRATCH_H
#define NB_LEXICON_CONCEPTS_SCRATCH_H

#include "lexicon/lookup.h"
#include "lexicon/stem.h"

#define NB_WORD_CONCEPTS 16u /* most of one token */

/* What the lexicon knows of a word, wherever it stands. */
typedef struct nb_entry {
	uint64_t check;  /* of its bytes, language and capital; 0: empty */
	uint64_t hash;   /* of its stem */
	uint64_t key;    /* of its form; 0: no word */
	uint64_t senses; /* nb_word_senses; 0: not known yet */
	uint32_t places; /* bit k: a place of k tokens may begin with it */
	nb_links place;  /* it is a place by itself */
	nb_links stump;  /* it may be one that is declined: not if it is another word */
	uint8_t flags;   /* NB_CONCEPT_KNOWN */
	bool stop;       /* says nothing */
	bool acronym;    /* all capitals */
	uint8_t n;
	nb_concept concept[NB_WORD_CONCEPTS];
} nb_entry;

/* A power of two: 12 MB a thread.  A tenth of the words of Reuters-21578 miss it, of 8192 a fifth. */
#define NB_WORD_CACHE 32768u

struct nb_concepts_scratch {
	nb_tokens tokens;
	nb_stemmers stemmers;
	const nb_lexicon *lexicon;
	uint32_t language; /* place in nb_languages */
	nb_entry *cache;   /* cache[0..NB_WORD_CACHE), words of all languages */
	size_t token_capacity, concept_capacity;
};

static inline uint32_t nb_language_flags(const struct nb_concepts_scratch *s)
{
	return nb_languages[s->language].flags;
}

/* ---- word.c ---- */

/**
 * Look a word up, or find it in the cache.
 *
 * @param name  it has a capital that opens no sentence
 * @param word  out; valid until the next call
 */
nb_status nb_lexicon_find(struct nb_concepts_scratch *s, const char *text, size_t n, bool capital,
		       bool name, const nb_entry **word) NB_MUST_CHECK;

/** Add a concept unless it is there; a full list keeps what it has. */
void nb_word_add(nb_entry *w, nb_concept c);
void nb_word_add_links(nb_entry *w, const nb_lexicon *l, nb_links links, float weight);

/** Hash of its concepts, whatever they weigh; not 0. */
uint64_t nb_word_senses(const nb_entry *w);

/* ---- place.c ---- */

/** Fill in w->place and w->stump, from the rest of w. */
void nb_place_describe(const struct nb_concepts_scratch *s, nb_entry *w, const nb_form *form);

/**
 * The longest place that begins at token i.
 *
 * @param word    what nb_lexicon_find says of it
 * @param links   out; n == 0 if there is none
 * @param tokens  out: how many tokens its name has
 */
void nb_place_find(const struct nb_concepts_scratch *s, const char *text, size_t i,
		   const nb_entry *word, nb_links *links, size_t *tokens);

/* ---- number.c ---- */

/** The concept of a number, id 0 if text[0..n) begins with no digit. */
nb_concept nb_number_concept(const char *text, size_t n, bool point);

#endif
