/* SPDX-License-Identifier: MIT
 *
 * english.c - see english.h.
 */
#include "tools/lexicon/english.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "lexicon/concept_id.h"
#include "lexicon/name_key.h"

#define ROOM 512

void english_release(english *e)
{
	strings_release(&e->phrases);
	strings_release(&e->names);
	strings_release(&e->stops);
	free(e->id);
	nb_stemmers_release(&e->stemmers);
	nb_tokens_release(&e->tokens);
	*e = (english){ 0 };
}

size_t english_forms(english *e, uint32_t language, nb_str text, char *out, size_t room, size_t *n)
{
	bool turkish = nb_languages[language].flags & NB_LANGUAGE_DOTLESS;

	*n = 0;
	if (nb_token_spans(&e->tokens, text.ptr, text.len) != NB_OK)
		die("cannot build", "no memory");
	for (size_t i = 0; i < e->tokens.n; i++) {
		uint32_t begin = e->tokens.begin[i];
		nb_form form;

		nb_form_make(text.ptr + begin, e->tokens.end[i] - begin, turkish, &form);
		if (*n + form.n + 1 > room)
			return 0;
		if (i)
			out[(*n)++] = ' ';
		memcpy(out + *n, form.text, form.n);
		*n += form.n;
	}
	return e->tokens.n;
}

void english_name(english *e, nb_str name, uint64_t id)
{
	uint32_t en = nb_language_find("en"), before = e->names.n, i;
	char forms[ROOM];
	size_t n;

	if (english_forms(e, en, name, forms, sizeof(forms), &n) == 0)
		return;
	i = strings_add(&e->names, forms, n);
	e->id = grow(e->id, &e->id_capacity, (size_t)e->names.n + 1, sizeof(*e->id));
	if (i == before)
		e->id[i] = id;
}

static uint64_t find_forms(const english *e, const char *forms, size_t n)
{
	uint32_t i = strings_find(&e->names, forms, n);

	return i == STRINGS_NONE ? 0 : e->id[i];
}

uint64_t english_find_name(english *e, nb_str name)
{
	char forms[ROOM];
	size_t n, tokens = english_forms(e, nb_language_find("en"), name, forms, ROOM, &n);

	return tokens ? find_forms(e, forms, n) : 0;
}

/* ---- phrases --------------------------------------------------------------------------------- */

/* "PacificOcean", "Javanesewoman": blanks that a dictionary lost. */
static size_t mend_blanks(nb_str phrase, char *out)
{
	size_t n = 0;

	for (size_t i = 0; i < phrase.len && n + 2 < ROOM; i++) {
		char c = phrase.ptr[i];
		bool capital = c >= 'A' && c <= 'Z';
		bool after = i && phrase.ptr[i - 1] >= 'a' && phrase.ptr[i - 1] <= 'z';

		if (capital && after)
			out[n++] = ' ';
		out[n++] = c;
	}
	return n;
}

/* "to" of infinitives and articles are no part of a meaning. */
static nb_str without_particle(nb_str phrase)
{
	static const char *const particle[] = { "to ", "a ", "an ", "the " };

	for (size_t i = 0; i < sizeof(particle) / sizeof(*particle); i++) {
		size_t n = strlen(particle[i]);

		if (phrase.len > n && memcmp(phrase.ptr, particle[i], n) == 0)
			return (nb_str){ phrase.ptr + n, phrase.len - n };
	}
	return phrase;
}

uint32_t english_phrase(english *e, nb_str phrase, english_style style)
{
	char text[ROOM + 1];
	size_t n;

	phrase = without_particle(phrase);
	if (phrase.len > ROOM / 2)
		phrase.len = 0;
	text[0] = (char)('0' + style);
	n = 1 + mend_blanks(phrase, text + 1);
	return strings_add(&e->phrases, text, n);
}

uint32_t english_concept(english *e, uint64_t id)
{
	char text[1 + sizeof(id)] = "#";

	memcpy(text + 1, &id, sizeof(id));
	return strings_add(&e->phrases, text, sizeof(text));
}

static size_t put(nb_concept *out, size_t n, uint64_t id, double weight)
{
	if (!id || n == ENGLISH_CONCEPTS)
		return n;
	out[n] = (nb_concept){ id, (float)weight, nb_concept_kind_of(id) };
	return n + 1;
}

static uint64_t stem_id(english *e, const nb_form *form)
{
	nb_form stem;

	if (nb_stem(&e->stemmers, nb_language_find("en"), form->text, form->n, &stem) != NB_OK)
		die("cannot build", "no memory");
	return nb_concept_id(NB_CONCEPT_WORD, stem.text, stem.n);
}

static size_t put_names(nb_concept *out, size_t n, const nb_form *form)
{
	char latin[NB_NAME_MAX];
	nb_name_keys keys;

	nb_name_keys_make(latin, nb_name_latin(form->text, form->n, latin), &keys);
	n = put(out, n, keys.folded, 1);
	return put(out, n, keys.sound, .6);
}

/* The word of a form, or its country if it is a demonym. */
static size_t put_word(english *e, nb_concept *out, size_t n, const nb_form *form, bool capital,
		       english_style style, double weight)
{
	uint64_t name = capital ? find_forms(e, form->text, form->n) : 0;

	if (!capital && strings_find(&e->stops, form->text, form->n) != STRINGS_NONE)
		return n;
	if (name && nb_concept_kind_of(name) == NB_CONCEPT_COUNTRY)
		return put(out, n, name, weight);
	n = put(out, n, stem_id(e, form), weight);
	if (name)
		n = put(out, n, name, weight);
	return capital && style == ENGLISH_NAMES ? put_names(out, n, form) : n;
}

static bool is_content(const english *e, nb_str text, const nb_form *form)
{
	return (*text.ptr >= 'A' && *text.ptr <= 'Z') ||
	       strings_find(&e->stops, form->text, form->n) == STRINGS_NONE;
}

static size_t put_words(english *e, nb_str text, english_style style, nb_concept *out)
{
	const nb_tokens *t = &e->tokens;
	size_t n = 0, content = 0;
	nb_form form;

	for (size_t i = 0; i < t->n; i++) {
		nb_form_make(text.ptr + t->begin[i], t->end[i] - t->begin[i], false, &form);
		content += is_content(e, (nb_str){ text.ptr + t->begin[i], 1 }, &form);
	}
	for (size_t i = 0; content && i < t->n; i++) {
		bool capital = t->kind[i] == NB_TOKEN_CAPITAL;

		nb_form_make(text.ptr + t->begin[i], t->end[i] - t->begin[i], false, &form);
		n = put_word(e, out, n, &form, capital, style, 1 / sqrt((double)content));
	}
	return n;
}

size_t english_concepts(english *e, uint32_t phrase, nb_concept out[ENGLISH_CONCEPTS])
{
	nb_str text = strings_get(&e->phrases, phrase);
	english_style style = (english_style)(*text.ptr - '0');
	char forms[ROOM];
	size_t n, tokens;
	uint64_t id;

	if (*text.ptr == '#') {
		memcpy(&id, text.ptr + 1, sizeof(id));
		return put(out, 0, id, 1);
	}
	text.ptr++, text.len--;
	tokens = english_forms(e, nb_language_find("en"), text, forms, sizeof(forms), &n);
	if (tokens == 0)
		return 0;
	id = e->tokens.kind[0] == NB_TOKEN_CAPITAL ? find_forms(e, forms, n) : 0;
	if (id && (tokens > 1 || nb_concept_kind_of(id) == NB_CONCEPT_COUNTRY))
		return put(out, 0, id, 1);
	return put_words(e, text, style, out);
}
