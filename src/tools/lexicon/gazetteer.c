/* SPDX-License-Identifier: MIT
 *
 * gazetteer.c - see gazetteer.h.
 */
#include "tools/lexicon/gazetteer.h"

#include <stdlib.h>
#include <string.h>

#include "tools/lexicon/build.h"
#include "lexicon/concept_id.h"
#include "lexicon/name_key.h"
#include "lexicon/place_key.h"
#include "newsbraid/utf8.h"

#define TOKENS_MOST   NB_PLACE_TOKENS
#define LETTERS_LEAST 3  /* of a name of one token, if it is no acronym */
#define FAME_OF_WORD  12 /* a name that is a word of the language, too, must be this well known */
#define FAME_OF_STOP  40

void gazetteer_release(gazetteer *g)
{
	strings_release(&g->forms);
	free(g->name);
	*g = (gazetteer){ 0 };
}

static bool is_unspaced(uint32_t language)
{
	return nb_languages[language].flags & NB_LANGUAGE_UNSPACED;
}

/* Whether a name of one or two tokens is all capitals, as far as its script has them. */
static bool is_acronym(nb_str name, const nb_form *form)
{
	size_t letters = 0;
	nb_form again;

	if (form->letters > 6 || memchr(name.ptr, ' ', name.len))
		return false;
	for (size_t i = 0; i < name.len;) {
		uint32_t cp;
		unsigned n = nb_utf8_decode(name.ptr + i, name.len - i, &cp);

		nb_form_make(name.ptr + i, n, false, &again);
		if (again.n == n && memcmp(again.text, name.ptr + i, n) == 0 && cp != '.')
			return false; /* lower case, or without case */
		letters += cp != '.';
		i += n;
	}
	return letters >= 2;
}

void gazetteer_add(build *b, gazetteer *g, uint32_t language, nb_str name, uint64_t id,
		   uint32_t fame)
{
	place_name p = { .language = language, .fame = fame, .order = (uint32_t)g->n, .id = id };
	char forms[512];
	nb_form form;
	size_t n = 0, tokens = 1;

	if (is_unspaced(language)) {
		if (!words_unspaced(name))
			return;
		p.forms = strings_add(&g->forms, name.ptr, name.len);
	} else {
		tokens = english_forms(&b->english, language, name, forms, sizeof(forms), &n);
		nb_form_make(name.ptr, name.len, false, &form);
		p.acronym = is_acronym(name, &form);
		if (tokens == 0 || tokens > TOKENS_MOST || (forms[0] >= '0' && forms[0] <= '9') ||
		    (tokens == 1 && !p.acronym && form.letters < LETTERS_LEAST))
			return;
		p.forms = strings_add(&g->forms, forms, n);
	}
	p.n_tokens = (uint8_t)tokens;
	g->name = grow(g->name, &g->capacity, g->n + 1, sizeof(*g->name));
	g->name[g->n++] = p;
}

/* The best known place of each name first. */
static int by_fame(const void *a, const void *b)
{
	const place_name *x = a, *y = b;

	if (x->language != y->language)
		return x->language < y->language ? -1 : 1;
	if (x->fame != y->fame)
		return x->fame > y->fame ? -1 : 1;
	return x->order < y->order ? -1 : 1;
}

/* A place name that is an ordinary word as well must be well known to be taken for a place. */
static bool is_doubtful(build *b, const place_name *p, nb_str forms)
{
	size_t n;

	if (p->fame == FAME_MOST || p->acronym || p->n_tokens > 1)
		return false;
	if (p->fame < FAME_OF_STOP && tables_has(b->tables, p->language, NB_LEX_STOPS,
						 nb_form_key(forms.ptr, forms.len)))
		return true;
	return p->fame < FAME_OF_WORD &&
	       words_find(&b->words[p->language], forms, &n) != NULL;
}

static size_t put_keys(nb_concept *out, size_t n, nb_str form)
{
	char latin[NB_NAME_MAX];
	nb_name_keys keys;

	nb_name_keys_make(latin, nb_name_latin(form.ptr, form.len, latin), &keys);
	if (keys.folded)
		out[n++] = (nb_concept){ keys.folded, 1, NB_CONCEPT_NAME };
	if (keys.sound)
		out[n++] = (nb_concept){ keys.sound, .6f, NB_CONCEPT_SOUND };
	return n;
}

/* The place, and the keys of its name: another language may know it only as a name. */
static size_t concepts_of(const place_name *p, nb_str forms, nb_concept *out)
{
	size_t n = 0;

	out[n++] = (nb_concept){ p->id, 1, nb_concept_kind_of(p->id) };
	if (nb_concept_kind_of(p->id) == NB_CONCEPT_COUNTRY || p->acronym)
		return n;
	for (size_t begin = 0, i = 0; i <= forms.len && n + 2 <= NB_LEX_LINKS; i++) {
		if (i < forms.len && forms.ptr[i] != ' ')
			continue;
		if (i - begin > 3)
			n = put_keys(out, n, (nb_str){ forms.ptr + begin, i - begin });
		begin = i + 1;
	}
	return n;
}

static void write_spaced(build *b, const place_name *p, nb_str forms)
{
	nb_concept concept[NB_LEX_LINKS + 2];
	size_t n = concepts_of(p, forms, concept);
	nb_place_keys keys;

	nb_place_keys_make(forms.ptr, forms.len, &keys);
	if (p->acronym)
		keys.exact ^= NB_LEX_ACRONYM;
	tables_put(b->tables, p->language, NB_LEX_PLACES, keys.exact, concept, n);
	tables_set(b->tables, p->language, NB_LEX_LENGTHS, keys.first, 1u << p->n_tokens);
	if (p->acronym || !(nb_languages[p->language].flags & NB_LANGUAGE_DECLINES))
		return;
	if (keys.stump)
		tables_put(b->tables, p->language, NB_LEX_PLACES, keys.stump, concept, n);
	if (keys.stump && p->n_tokens > 1)
		tables_set(b->tables, p->language, NB_LEX_LENGTHS, keys.first_stump,
			   1u << p->n_tokens);
}

void gazetteer_write(build *b, gazetteer *g)
{
	if (g->n)
		qsort(g->name, g->n, sizeof(*g->name), by_fame);
	for (size_t i = 0; i < g->n; i++) {
		const place_name *p = &g->name[i];
		nb_str forms = strings_get(&g->forms, p->forms);

		if (is_unspaced(p->language))
			words_add_form(&b->words[p->language], forms.ptr, forms.len,
				       english_concept(&b->english, p->id),
				       p->fame == FAME_MOST ? -1 : 0);
		else if (!is_doubtful(b, p, forms))
			write_spaced(b, p, forms);
	}
}
