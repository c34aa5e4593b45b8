/* SPDX-License-Identifier: MIT
 *
 * word.c - what one word may mean: dictionary, stem, parts of a compound, and its sound.
 *
 * Words recur, so what was found is kept in a cache by the word's bytes; a word's concepts depend on
 * nothing else, and the cache changes no result.
 */
#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

#include "base/status.h"
#include "lexicon/concept_id.h"
#include "lexicon/concepts_scratch.h"
#include "lexicon/name_key.h"
#include "lexicon/place_key.h"
#include "newsbraid/utf8.h"

#define WEIGHT_SOUND      .6f
#define WEIGHT_CONSONANTS .5f
#define WEIGHT_COMPOUND   .7f
#define NAME_UNKNOWN      .5f  /* an unknown word without a capital */
#define NAME_KNOWN        .25f /* a word of the dictionary that may have a cognate */
#define COGNATE_LETTERS   5
#define COMPOUND_FIRST    3 /* letters of the parts of a compound, at least */
#define COMPOUND_LAST     4
#define WEIGHT_CUT        .8f
#define CUT_LETTERS       3 /* of a word whose endings were cut, at least */
#define CUT_MOST          7 /* letters of all endings together */

void nb_word_add(nb_entry *w, nb_concept c)
{
	if (!c.id || c.weight <= 0)
		return;
	for (uint32_t i = 0; i < w->n; i++) {
		if (w->concept[i].id != c.id)
			continue;
		if (w->concept[i].weight < c.weight)
			w->concept[i].weight = c.weight;
		return;
	}
	if (w->n < NB_WORD_CONCEPTS)
		w->concept[w->n++] = c;
}

void nb_word_add_links(nb_entry *w, const nb_lexicon *l, nb_links links, float weight)
{
	for (uint32_t i = 0; i < links.n; i++) {
		nb_concept c = nb_lexicon_concept(l, links.link[i]);

		c.weight *= weight;
		nb_word_add(w, c);
	}
}

uint64_t nb_word_senses(const nb_entry *w)
{
	uint64_t senses = w->n;

	for (uint32_t i = 0; i < w->n; i++) {
		senses = senses * UINT64_C(0x9E3779B97F4A7C15) + w->concept[i].id;
		senses ^= senses >> 29;
	}
	return senses ? senses : 1;
}

/* ---- dictionary ------------------------------------------------------------------------------ */

static nb_links exact(const struct nb_concepts_scratch *s, const char *form, size_t n)
{
	return nb_lexicon_links(s->lexicon, s->language, NB_LEX_WORDS, nb_form_key(form, n));
}

static nb_status by_stem(struct nb_concepts_scratch *s, const char *form, size_t n, nb_links *links)
{
	nb_form stem;
	nb_status status = nb_stem(&s->stemmers, s->language, form, n, &stem);

	*links = (nb_links){ NULL, 0 };
	if (status == NB_OK)
		*links = nb_lexicon_links(s->lexicon, s->language, NB_LEX_STEMS,
					  nb_form_key(stem.text, stem.n));
	return status;
}

static nb_status exact_or_stem(struct nb_concepts_scratch *s, const char *form, size_t n,
			       nb_links *links)
{
	*links = exact(s, form, n);
	return links->n ? NB_OK : by_stem(s, form, n, links);
}

/* The first part of a compound, with or without a linking letter. */
static nb_links first_part(const struct nb_concepts_scratch *s, const char *form, size_t n)
{
	static const char *const linking[] = { "s", "en", "es", "er", "n", "e" };
	nb_links links = exact(s, form, n);

	for (size_t i = 0; !links.n && i < sizeof(linking) / sizeof(*linking); i++) {
		size_t cut = strlen(linking[i]);

		if (n > cut + COMPOUND_FIRST && memcmp(form + n - cut, linking[i], cut) == 0)
			links = exact(s, form, n - cut);
	}
	return links;
}

/* "communicatietechnologie": the longest last part that leaves a known first one. */
static nb_status add_compound(struct nb_concepts_scratch *s, nb_entry *w, const nb_form *form)
{
	for (uint32_t letters = COMPOUND_FIRST; letters + COMPOUND_LAST <= form->letters; letters++) {
		size_t n = nb_form_prefix(form->text, form->n, letters);
		nb_links first = first_part(s, form->text, n), last = { NULL, 0 };
		nb_status status = NB_OK;

		if (first.n)
			status = exact_or_stem(s, form->text + n, form->n - n, &last);
		if (status != NB_OK)
			return status;
		if (!last.n)
			continue;
		nb_word_add_links(w, s->lexicon, last, WEIGHT_COMPOUND);
		nb_word_add_links(w, s->lexicon, first, WEIGHT_COMPOUND);
		return NB_OK;
	}
	return NB_OK;
}

/* The infinitive of a Turkish verb whose stem is form[0..n). */
static nb_links turkish_verb(const struct nb_concepts_scratch *s, const char *form, size_t n)
{
	char verb[NB_FORM_MAX + 3];
	nb_links links;

	memcpy(verb, form, n);
	memcpy(verb + n, "mek", 3);
	links = exact(s, verb, n + 3);
	verb[n + 1] = 'a';
	return links.n ? links : exact(s, verb, n + 3);
}

/* The longest known beginning of a word that has endings: "takımının", "söyledi". */
static void add_cut(const struct nb_concepts_scratch *s, nb_entry *w, const nb_form *form)
{
	bool turkish = nb_languages[s->language].flags & NB_LANGUAGE_DOTLESS;

	for (uint32_t cut = 1; cut <= CUT_MOST && form->letters >= cut + CUT_LETTERS; cut++) {
		size_t n = nb_form_prefix(form->text, form->n, form->letters - cut);
		nb_links links = { NULL, 0 };

		if (turkish)
			links = turkish_verb(s, form->text, n);
		if (!links.n && form->letters > cut + CUT_LETTERS)
			links = exact(s, form->text, n);
		nb_word_add_links(w, s->lexicon, links, WEIGHT_CUT);
		if (links.n)
			return;
	}
}

static nb_status add_prefixed(struct nb_concepts_scratch *s, nb_entry *w, const nb_form *form)
{
	for (size_t i = 0, cut; (cut = nb_form_arabic_prefix(form, i)) < form->n; i++) {
		nb_links links;
		nb_status status;

		if (!cut)
			continue;
		status = exact_or_stem(s, form->text + cut, form->n - cut, &links);
		if (status != NB_OK || links.n) {
			nb_word_add_links(w, s->lexicon, links, 1);
			return status;
		}
	}
	return NB_OK;
}

/* Ukrainian and Belarusian letters as their Russian counterparts. */
static void spell_as_relative(nb_form *form)
{
	static const char from[][3] = { "і", "ї", "є", "ґ", "ў" }, to[][3] = { "и", "и", "е", "г", "у" };

	for (uint32_t i = 0; i + 1 < form->n; i++)
		for (size_t k = 0; k < sizeof(from) / sizeof(*from); k++)
			if (memcmp(form->text + i, from[k], 2) == 0)
				memcpy(form->text + i, to[k], 2);
}

static nb_status add_relative(struct nb_concepts_scratch *s, nb_entry *w, const nb_form *form)
{
	struct nb_concepts_scratch *as = s;
	uint32_t language = s->language;
	nb_form spelled = *form;
	nb_links links;
	nb_status status;

	spell_as_relative(&spelled);
	s->language = nb_language_find(nb_languages[language].relative);
	status = exact_or_stem(as, spelled.text, spelled.n, &links);
	s->language = language;
	nb_word_add_links(w, s->lexicon, links, 1);
	return status;
}

static nb_status add_meanings(struct nb_concepts_scratch *s, nb_entry *w, const nb_form *form)
{
	uint32_t flags = nb_language_flags(s);
	nb_links links;
	nb_status status = exact_or_stem(s, form->text, form->n, &links);

	nb_word_add_links(w, s->lexicon, links, 1);
	if (status == NB_OK && !w->n && nb_languages[s->language].relative[0])
		status = add_relative(s, w, form);
	if (status == NB_OK && !w->n && flags & NB_LANGUAGE_COMPOUNDS)
		status = add_compound(s, w, form);
	if (status == NB_OK && !w->n && flags & NB_LANGUAGE_ENDINGS)
		add_cut(s, w, form);
	if (status == NB_OK && !w->n && flags & NB_LANGUAGE_PREFIXES)
		status = add_prefixed(s, w, form);
	return status;
}

/* ---- English --------------------------------------------------------------------------------- */

static nb_status english_stem(struct nb_concepts_scratch *s, const char *form, size_t n,
			      uint64_t *id)
{
	nb_form stem;
	nb_status status = nb_stem(&s->stemmers, nb_language_find("en"), form, n, &stem);

	*id = status == NB_OK ? nb_concept_id(NB_CONCEPT_WORD, stem.text, stem.n) : 0;
	return status;
}

static bool is_english(const struct nb_concepts_scratch *s)
{
	return strcmp(nb_languages[s->language].code, "en") == 0;
}

/* An English word is its own concept; the dictionary only tells whether it is known. */
static nb_status add_english(struct nb_concepts_scratch *s, nb_entry *w, const nb_form *form)
{
	nb_links links;
	uint64_t id;
	nb_status status = exact_or_stem(s, form->text, form->n, &links);

	NB_TRY(status, english_stem(s, form->text, form->n, &id));
	if (status != NB_OK)
		return status;
	w->flags |= links.n ? NB_CONCEPT_KNOWN : 0;
	nb_word_add(w, (nb_concept){ id, 1, NB_CONCEPT_WORD });
	return NB_OK;
}

/* ---- names ----------------------------------------------------------------------------------- */

/* How much a word counts as a name. */
static float name_weight(const struct nb_concepts_scratch *s, const nb_entry *w, const nb_form *form,
			 bool capital, bool name)
{
	uint32_t flags = nb_language_flags(s);

	if (name && !(flags & NB_LANGUAGE_NOUNS && w->flags & NB_CONCEPT_KNOWN))
		return 1;
	if (!(w->flags & NB_CONCEPT_KNOWN))
		return capital || flags & NB_LANGUAGE_CASELESS ? 1 : NAME_UNKNOWN;
	return form->letters >= COGNATE_LETTERS ? NAME_KNOWN : 0;
}

static nb_status add_names(struct nb_concepts_scratch *s, nb_entry *w, const nb_form *form,
			   float weight)
{
	bool arabic = nb_language_flags(s) & NB_LANGUAGE_PREFIXES;
	bool japanese = nb_language_flags(s) & NB_LANGUAGE_UNSPACED;
	char latin[NB_NAME_MAX];
	size_t n = nb_name_latin(form->text, form->n, latin);
	nb_name_keys keys;
	nb_status status = NB_OK;
	uint64_t literal = 0;

	nb_name_keys_make(latin, n, &keys);
	nb_word_add(w, (nb_concept){ keys.folded, weight, NB_CONCEPT_NAME });
	nb_word_add(w, (nb_concept){ keys.sound, WEIGHT_SOUND * weight, NB_CONCEPT_SOUND });
	if (!japanese && weight >= NAME_UNKNOWN)
		nb_word_add(w, (nb_concept){ keys.arabic, WEIGHT_CONSONANTS * weight,
					     NB_CONCEPT_CONSONANTS });
	if (!arabic && weight >= NAME_UNKNOWN)
		nb_word_add(w, (nb_concept){ keys.japanese, WEIGHT_CONSONANTS * weight,
					     NB_CONCEPT_CONSONANTS });
	if (n >= 3 && !arabic && !is_english(s))
		status = english_stem(s, latin, n < NB_FORM_MAX ? n : NB_FORM_MAX, &literal);
	nb_word_add(w, (nb_concept){ literal, weight, NB_CONCEPT_WORD });
	return status;
}

/* ---- words ----------------------------------------------------------------------------------- */

/* Whether the source is in capitals throughout, two letters at least. */
static bool is_acronym(const char *text, size_t n, const nb_form *form)
{
	uint32_t cp;

	if (form->letters < 2)
		return false;
	for (size_t i = 0; i < n;) {
		unsigned length = nb_utf8_decode(text + i, n - i, &cp);
		nb_form one;

		nb_form_make(text + i, length, false, &one);
		if (one.n == length && memcmp(one.text, text + i, length) == 0)
			return false;
		i += length;
	}
	return true;
}

/* One letter of an alphabet says nothing; one of another script may. */
static bool is_too_short(const nb_form *form)
{
	return form->letters < 2 && form->n < 3;
}

static nb_status describe(struct nb_concepts_scratch *s, nb_entry *w, const nb_form *form,
			  bool capital, bool name)
{
	nb_form stem;
	nb_status status = nb_stem(&s->stemmers, s->language, form->text, form->n, &stem);
	float weight;

	if (status != NB_OK)
		return status;
	w->hash = nb_form_key(stem.text, stem.n);
	w->places = nb_lexicon_lengths(s->lexicon, s->language, w->key) |
		    nb_lexicon_lengths(s->lexicon, s->language,
				       nb_place_stump_each(form->text, form->n));
	w->stop = is_too_short(form) ||
		  ((!name || nb_language_flags(s) & NB_LANGUAGE_NOUNS) &&
		   nb_lexicon_stops(s->lexicon, s->language, w->key));
	if (w->stop)
		return NB_OK;
	status = is_english(s) ? add_english(s, w, form) : add_meanings(s, w, form);
	if (w->n && !is_english(s))
		w->flags |= NB_CONCEPT_KNOWN;
	weight = name_weight(s, w, form, capital, name);
	if (status == NB_OK && weight > 0)
		status = add_names(s, w, form, weight);
	return status;
}

nb_status nb_lexicon_find(struct nb_concepts_scratch *s, const char *text, size_t n, bool capital,
		       bool name, const nb_entry **word)
{
	uint64_t seed = (uint64_t)s->language << 2 | (uint64_t)capital << 1 | name;
	/* not XXH3's own seed: of texts of up to three bytes, "los" with one seed is "low" with another */
	uint64_t check = (XXH3_64bits(text, n) ^ (seed + 1) * UINT64_C(0x9E3779B97F4A7C15)) | 1;
	nb_entry *w = &s->cache[check >> 32 & (NB_WORD_CACHE - 1)];
	nb_form form;
	nb_status status;

	*word = w;
	if (w->check == check)
		return NB_OK;
	memset(w, 0, offsetof(nb_entry, concept));
	nb_form_make(text, n, nb_languages[s->language].flags & NB_LANGUAGE_DOTLESS, &form);
	w->stop = form.n == 0;
	if (form.n) {
		w->key = nb_form_key(form.text, form.n);
		w->acronym = capital && is_acronym(text, n, &form);
		status = describe(s, w, &form, capital, name);
		if (status != NB_OK)
			return status;
		if (capital || nb_language_flags(s) & NB_LANGUAGE_CASELESS)
			nb_place_describe(s, w, &form);
	}
	w->senses = nb_word_senses(w);
	w->check = check;
	return NB_OK;
}
