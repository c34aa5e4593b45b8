/* SPDX-License-Identifier: MIT
 *
 * concept_reader.c - see concept_reader.h.
 *
 * Nearly all words of a report are in the vocabulary already: only what is new takes its concepts
 * along.
 */
#include "across/concept_reader.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"

void nb_drawn_release(nb_drawn *d)
{
	free(d->word);
	free(d->concept);
	*d = (nb_drawn){ 0 };
}

void nb_concept_reader_release(nb_concept_reader *r)
{
	nb_concepts_release(&r->concepts);
	nb_small_set_release(&r->seen);
	free(r->buffer);
	*r = (nb_concept_reader){ 0 };
}

nb_str nb_report_opening(nb_str text)
{
	size_t at = 0, characters = 0;

	while (at < text.len && characters < NB_CONCEPT_CHARACTERS) {
		at++;
		while (at < text.len && ((unsigned char)text.ptr[at] & 0xC0) == 0x80)
			at++;
		characters++;
	}
	return (nb_str){ text.ptr, at };
}

static nb_word_place place_of(const nb_concept_token *token, bool title)
{
	uint32_t len = token->end - token->begin;

	if (title || len > UINT16_MAX || token->begin > UINT16_MAX)
		return (nb_word_place){ 0 };
	return (nb_word_place){ (uint16_t)token->begin, (uint16_t)len };
}

/* Whether the report has no word of this key yet; its number will be that of the next. */
static bool is_first(nb_small_set *s, const nb_drawn *d, uint64_t key)
{
	size_t at = nb_small_set_slot(s, key);

	for (; !nb_small_set_is_free(s, at); at = (at + 1) & (s->slots - 1))
		if (d->word[(uint32_t)s->slot[at]].key == key)
			return false;
	nb_small_set_put(s, at, (uint32_t)d->n);
	return true;
}

static nb_status keep_concepts(nb_drawn *d, const nb_concept *concept, uint32_t n)
{
	nb_status status = NB_GROW(d->concept, &d->concept_capacity, d->n_concepts + n);

	if (status == NB_OK)
		memcpy(d->concept + d->n_concepts, concept, n * sizeof(*concept));
	d->n_concepts += n;
	return status;
}

static nb_status keep_words(nb_concept_reader *r, const nb_vocabulary *v, uint8_t lang, bool title,
			    nb_drawn *d)
{
	const nb_concepts *c = &r->concepts;
	nb_status status = NB_GROW(d->word, &d->capacity, d->n + c->n + 1);

	for (size_t i = 0; status == NB_OK && i < c->n; i++) {
		const nb_concept_token *token = &c->token[i];
		uint64_t key = nb_word_key(lang, token);
		nb_drawn_word *word = &d->word[d->n];

		if (token->n == 0 || !is_first(&r->seen, d, key))
			continue;
		*word = (nb_drawn_word){ .key = key,
					 .number = nb_vocabulary_known(v, key),
					 .concept = (uint32_t)d->n_concepts,
					 .n_concepts = token->n,
					 .place = place_of(token, title) };
		d->n++;
		if (word->number == NB_NO_WORD)
			status = keep_concepts(d, c->concept + token->first, token->n);
	}
	return status;
}

nb_status nb_concept_read(nb_concept_reader *r, const nb_night *night, const nb_lexicon *lexicon,
			  const nb_vocabulary *v, uint32_t article, uint8_t lang,
			  const char code[3], nb_drawn *out)
{
	nb_article a;
	nb_str text;
	nb_status status = NB_GROW(r->buffer, &r->capacity, (size_t)night->text_len[article] + 1);

	out->n = out->n_concepts = 0;
	nb_night_article(night, article, &a);
	NB_TRY(status, nb_night_text(night, article, r->buffer, &text));
	/* the opening first: a word that both have is shown there */
	if (status == NB_OK) {
		text = nb_report_opening(text);
		status = nb_concepts_text(&r->concepts, lexicon, code, text.ptr, text.len);
	}
	NB_TRY(status, nb_small_set_begin(&r->seen, r->concepts.n + a.title.len));
	NB_TRY(status, keep_words(r, v, lang, false, out));
	if (status == NB_OK && a.title.len)
		status = nb_concepts_text(&r->concepts, lexicon, code, a.title.ptr, a.title.len);
	if (status == NB_OK && a.title.len)
		status = keep_words(r, v, lang, true, out);
	return status;
}
