/* SPDX-License-Identifier: MIT
 *
 * vectors.h - vectors made by hand: words with senses, lists of words.
 */
#ifndef CONCEPT_VECTORS_H
#define CONCEPT_VECTORS_H

#include <stdlib.h>
#include <string.h>

#include "across/concept_vector.h"

#define HAND_MOST 256

/* Everything a hand-made nb_concept_vectors points to. */
typedef struct hand {
	nb_concept_vectors g;
	nb_word word[HAND_MOST];
	nb_sense sense[HAND_MOST];
	uint64_t at[HAND_MOST];
	uint32_t list[HAND_MOST];
	uint8_t lang[HAND_MOST];
	char language[4][4];
	uint32_t n_senses;
} hand;

static inline void hand_init(hand *h)
{
	memset(h, 0, sizeof(*h));
	memcpy(h->language, (char[4][4]){ "", "en", "nl", "ar" }, sizeof(h->language));
	h->g = (nb_concept_vectors){ .of = { 0, h->lang, h->at, h->list },
				     .word = h->word,
				     .sense = h->sense,
				     .language = h->language,
				     .n_languages = 4 };
}

/* A word of a language that can mean concepts[0..n), each as surely as fit says; returns it. */
static inline uint32_t hand_word(hand *h, uint8_t lang, uint8_t kind, float weight,
				 const uint32_t *concept, const float *fit, uint16_t n)
{
	uint32_t w = h->g.n_words++;

	h->word[w] = (nb_word){ h->n_senses, n, lang, kind, 1, weight };
	for (uint16_t i = 0; i < n; i++) {
		h->sense[h->n_senses++] =
			(nb_sense){ concept[i], fit[i], 1, h -> g.n_meanings++ &INT32_MAX, false };
		if (concept[i] >= h->g.n_concepts)
			h->g.n_concepts = concept[i] + 1;
	}
	return w;
}

/* A plain word of weight 1 with one sure sense. */
static inline uint32_t hand_plain(hand *h, uint8_t lang, uint32_t concept)
{
	return hand_word(h, lang, NB_WORD_PLAIN, 1, &concept, &(float){ 1 }, 1);
}

/* A list of words; returns its number. */
static inline uint32_t hand_list(hand *h, uint8_t lang, const uint32_t *word, uint32_t n)
{
	uint32_t i = h->g.of.n++;

	memcpy(h->list + h->at[i], word, n * sizeof(*word));
	h->at[i + 1] = h->at[i] + n;
	h->lang[i] = lang;
	return i;
}

#endif
