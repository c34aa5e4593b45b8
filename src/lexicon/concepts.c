/* SPDX-License-Identifier: MIT
 *
 * concepts.c - see concepts.h: one walk over the tokens of a text.
 */
#include "newsbraid/concepts.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "lexicon/concept_id.h"
#include "lexicon/concepts_scratch.h"
#include "lexicon/name_key.h"

#define KATAKANA_LEAST 3 /* letters of a name in kana */

typedef struct walk {
	nb_concepts *c;
	struct nb_concepts_scratch *s;
	const char *text;
} walk;

void nb_concepts_release(nb_concepts *c)
{
	struct nb_concepts_scratch *s = c->scratch;

	if (s) {
		nb_tokens_release(&s->tokens);
		nb_stemmers_release(&s->stemmers);
		free(s->cache);
		free(s);
	}
	free(c->token);
	free(c->concept);
	*c = (nb_concepts){ 0 };
}

static nb_status prepare(nb_concepts *c, const nb_lexicon *lexicon, const char lang[3])
{
	if (!c->scratch)
		c->scratch = calloc(1, sizeof(*c->scratch));
	if (!c->scratch)
		return NB_ENOMEM;
	if (!c->scratch->cache)
		c->scratch->cache = calloc(NB_WORD_CACHE, sizeof(*c->scratch->cache));
	if (!c->scratch->cache)
		return NB_ENOMEM;
	if (c->scratch->lexicon && c->scratch->lexicon != lexicon) /* a new cache is empty */
		memset(c->scratch->cache, 0, NB_WORD_CACHE * sizeof(*c->scratch->cache));
	c->scratch->lexicon = lexicon;
	c->scratch->language = nb_language_find(lang);
	return NB_OK;
}

/* ---- output ---------------------------------------------------------------------------------- */

/* A token from first to after last; tokens that mean nothing are left out. */
static nb_status emit(walk *w, size_t first, size_t last, uint64_t hash, uint8_t flags,
		      const nb_entry *word)
{
	nb_concepts *c = w->c;
	const nb_tokens *t = &w->s->tokens;

	if (word->n == 0)
		return NB_OK;
	if (NB_GROW(c->token, &w->s->token_capacity, c->n + 1) ||
	    NB_GROW(c->concept, &w->s->concept_capacity, c->n_concepts + word->n))
		return NB_ENOMEM;
	for (uint32_t i = 0; i < word->n; i++)
		if (word->concept[i].kind == NB_CONCEPT_PLACE ||
		    word->concept[i].kind == NB_CONCEPT_COUNTRY)
			flags |= NB_CONCEPT_PLACED;
	c->token[c->n++] = (nb_concept_token){ .hash = hash,
					       .senses = word->senses ? word->senses
								      : nb_word_senses(word),
					       .begin = t->begin[first],
					       .end = t->end[last - 1],
					       .first = (uint32_t)c->n_concepts,
					       .n = word->n,
					       .flags = flags };
	memcpy(c->concept + c->n_concepts, word->concept, word->n * sizeof(*word->concept));
	c->n_concepts += word->n;
	return NB_OK;
}

/* ---- numbers --------------------------------------------------------------------------------- */

static nb_status take_number(walk *w, size_t i, uint8_t flags, bool *taken)
{
	const nb_tokens *t = &w->s->tokens;
	nb_entry word = { .n = 0 };
	nb_concept c = nb_number_concept(w->text + t->begin[i], t->end[i] - t->begin[i],
					 nb_language_flags(w->s) & NB_LANGUAGE_POINT);

	*taken = c.id != 0;
	nb_word_add(&word, c);
	return emit(w, i, i + 1, c.id, flags | NB_CONCEPT_DIGITS, &word);
}

/* ---- languages without blanks ---------------------------------------------------------------- */

/* Tokens i, i + 1, ... that are characters and touch one another: where they end. */
static size_t run_end(const nb_tokens *t, size_t i)
{
	size_t end = i + 1;

	while (end < t->n && t->kind[end] == NB_TOKEN_CHARACTER && t->begin[end] == t->end[end - 1])
		end++;
	return end;
}

static uint64_t run_key(const walk *w, size_t i, size_t end)
{
	const nb_tokens *t = &w->s->tokens;

	return nb_form_key(w->text + t->begin[i], t->end[end - 1] - t->begin[i]);
}

/* The longest word of the dictionary at token i: where it ends, i if there is none. */
static size_t longest_word(const walk *w, size_t i, size_t end, nb_links *links)
{
	const struct nb_concepts_scratch *s = w->s;
	uint32_t lengths;

	if (i + 2 > end)
		return i;
	lengths = nb_lexicon_lengths(s->lexicon, s->language, run_key(w, i, i + 2));
	for (size_t n = 31; n >= 2; n--) {
		if (!(lengths >> n & 1) || i + n > end)
			continue;
		*links = nb_lexicon_links(s->lexicon, s->language, NB_LEX_WORDS,
					  run_key(w, i, i + n));
		if (links->n)
			return i + n;
	}
	return i;
}

static bool is_katakana(const walk *w, size_t i)
{
	const uint8_t *p = (const uint8_t *)w->text + w->s->tokens.begin[i];
	size_t n = w->s->tokens.end[i] - w->s->tokens.begin[i];

	/* U+30A1..U+30FC */
	return n >= 3 && p[0] == 0xE3 && ((p[1] == 0x82 && p[2] >= 0xA1) || p[1] == 0x83);
}

/* A foreign name in kana. */
static nb_status take_katakana(walk *w, size_t i, size_t end, size_t *next)
{
	const nb_tokens *t = &w->s->tokens;
	nb_entry word = { .n = 0 };
	char latin[NB_NAME_MAX];
	nb_name_keys keys;
	nb_form form;

	for (*next = i; *next < end && is_katakana(w, *next);)
		++*next;
	if (*next - i < KATAKANA_LEAST) {
		*next = *next > i ? *next : i + 1;
		return NB_OK;
	}
	nb_form_make(w->text + t->begin[i], t->end[*next - 1] - t->begin[i], false, &form);
	nb_name_keys_make(latin, nb_name_latin(form.text, form.n, latin), &keys);
	nb_word_add(&word, (nb_concept){ keys.folded, 1, NB_CONCEPT_NAME });
	nb_word_add(&word, (nb_concept){ keys.sound, .6f, NB_CONCEPT_SOUND });
	nb_word_add(&word, (nb_concept){ keys.japanese, .5f, NB_CONCEPT_CONSONANTS });
	return emit(w, i, *next, nb_form_key(form.text, form.n), NB_CONCEPT_CAPITAL, &word);
}

/* Cut a run of characters into words, the longest first. */
static nb_status take_run(walk *w, size_t i, size_t end)
{
	nb_status status = NB_OK;

	for (size_t next; status == NB_OK && i < end; i = next) {
		nb_links links = { NULL, 0 };
		nb_entry word = { .n = 0 };

		next = longest_word(w, i, end, &links);
		if (next == i) {
			status = take_katakana(w, i, end, &next);
			continue;
		}
		if (nb_lexicon_stops(w->s->lexicon, w->s->language, run_key(w, i, next)))
			continue;
		nb_word_add_links(&word, w->s->lexicon, links, 1);
		status = emit(w, i, next, run_key(w, i, next), NB_CONCEPT_KNOWN, &word);
	}
	return status;
}

/* ---- words ----------------------------------------------------------------------------------- */

/* A place of one token may be a word as well. */
static void add_word(nb_entry *place, const nb_entry *word)
{
	for (uint32_t i = 0; i < word->n; i++)
		nb_word_add(place, word->concept[i]);
}

static nb_status take_place(walk *w, size_t i, size_t tokens, nb_links links, uint8_t flags,
			    const nb_entry *word)
{
	nb_entry place = { .n = 0 };

	nb_word_add_links(&place, w->s->lexicon, links, 1);
	if (tokens == 1)
		add_word(&place, word);
	return emit(w, i, i + tokens, place.n ? place.concept[0].id : 0,
		    flags | NB_CONCEPT_PLACED | (tokens == 1 ? word->flags : NB_CONCEPT_KNOWN),
		    &place);
}

/* A word or a place; *next is the token after it. */
static nb_status take_word(walk *w, size_t i, size_t *next)
{
	const nb_tokens *t = &w->s->tokens;
	bool capital = t->kind[i] == NB_TOKEN_CAPITAL, name = capital && !t->sentence[i];
	uint8_t flags = (name ? NB_CONCEPT_CAPITAL : 0) | (t->sentence[i] ? NB_CONCEPT_OPENS : 0);
	nb_links links = { NULL, 0 };
	const nb_entry *word;
	size_t tokens = 0;
	nb_status status = nb_lexicon_find(w->s, w->text + t->begin[i], t->end[i] - t->begin[i],
					capital, name, &word);

	*next = i + 1;
	if (status != NB_OK)
		return status;
	if (capital || nb_language_flags(w->s) & NB_LANGUAGE_CASELESS)
		nb_place_find(w->s, w->text, i, word, &links, &tokens);
	if (!links.n)
		return emit(w, i, i + 1, word->hash, flags | word->flags, word);
	*next = i + tokens;
	return take_place(w, i, tokens, links, flags, word);
}

static nb_status take_token(walk *w, size_t i, size_t *next)
{
	const nb_tokens *t = &w->s->tokens;
	uint8_t opens = t->sentence[i] ? NB_CONCEPT_OPENS : 0;
	bool taken = false;
	nb_status status;

	*next = i + 1;
	switch ((nb_token_kind)t->kind[i]) {
	case NB_TOKEN_CHARACTER:
		*next = run_end(t, i);
		return nb_language_flags(w->s) & NB_LANGUAGE_UNSPACED ? take_run(w, i, *next)
								      : NB_OK;
	case NB_TOKEN_NUMBER:
		return take_number(w, i, opens, &taken);
	case NB_TOKEN_MIXED:
		status = take_number(w, i, opens, &taken);
		return status != NB_OK || taken ? status : take_word(w, i, next);
	default:
		return take_word(w, i, next);
	}
}

nb_status nb_concepts_text(nb_concepts *c, const nb_lexicon *lexicon, const char lang[3],
			   const char *text, size_t len)
{
	nb_status status = prepare(c, lexicon, lang);
	walk w = { c, c->scratch, text };

	c->n = c->n_concepts = 0;
	NB_TRY(status, nb_token_spans(&c->scratch->tokens, text, len));
	for (size_t i = 0; status == NB_OK && i < c->scratch->tokens.n;)
		status = take_token(&w, i, &i);
	if (status != NB_OK)
		c->n = c->n_concepts = 0;
	return status;
}

static bool writes_consonants(const char lang[3])
{
	return nb_languages[nb_language_find(lang)].flags & NB_LANGUAGE_CONSONANTS;
}

bool nb_concepts_by_consonants(const char a[3], const char b[3])
{
	return writes_consonants(a) != writes_consonants(b);
}
