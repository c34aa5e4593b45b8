/* SPDX-License-Identifier: MIT
 *
 * fuzz_concepts.c - any text in any language: concepts lie in the text, and what was looked up
 * before changes nothing.  The first two bytes choose the language.
 */
#include <stdlib.h>

#include "newsbraid/concepts.h"
#include "text/language.h"

#define REQUIRE(condition)                                                                         \
	do {                                                                                       \
		if (!(condition))                                                                  \
			abort();                                                                   \
	} while (0)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The lexicon that was built, if there is one. */
static const nb_lexicon *built(void)
{
	static nb_lexicon *lexicon;
	static int tried;

	if (!tried && nb_lexicon_open("build/data/newsbraid.lex", &lexicon, NULL) != NB_OK)
		lexicon = NULL;
	tried = 1;
	return lexicon;
}

static void check(const nb_concepts *c, size_t n)
{
	for (size_t i = 0; i < c->n; i++) {
		const nb_concept_token *t = &c->token[i];

		REQUIRE(t->begin < t->end && t->end <= n);
		REQUIRE(t->n > 0 && t->first + t->n <= c->n_concepts);
		for (uint32_t k = t->first; k < t->first + t->n; k++) {
			REQUIRE(c->concept[k].id && c->concept[k].kind < NB_CONCEPT_KINDS);
			REQUIRE(c->concept[k].weight > 0 && c->concept[k].weight <= 1);
		}
	}
}

/* Two bytes are the code of a language, or any other two the number of one. */
static const char *language_of(const uint8_t *data)
{
	const char code[3] = { (char)data[0], (char)data[1], '\0' };
	uint32_t known = nb_language_find(code);

	return nb_languages[known].code[0]
		       ? nb_languages[known].code
		       : nb_languages[(data[0] << 8 | data[1]) % nb_n_languages].code;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const nb_lexicon *lexicon = built();
	nb_concepts first = { 0 }, again = { 0 };
	const char *lang, *text = (const char *)data + 2;

	if (size < 2)
		return 0;
	size -= 2;
	lang = language_of(data);
	REQUIRE(nb_concepts_text(&first, lexicon, lang, text, size) == NB_OK);
	check(&first, size);
	REQUIRE(nb_concepts_text(&again, lexicon, "nl", text, size) == NB_OK);
	check(&again, size);
	REQUIRE(nb_concepts_text(&again, lexicon, lang, text, size) == NB_OK);
	REQUIRE(first.n == again.n && first.n_concepts == again.n_concepts);
	for (size_t i = 0; i < first.n; i++)
		REQUIRE(first.token[i].hash == again.token[i].hash &&
			first.token[i].flags == again.token[i].flags &&
			first.token[i].begin == again.token[i].begin);
	for (size_t i = 0; i < first.n_concepts; i++)
		REQUIRE(first.concept[i].id == again.concept[i].id);
	nb_concepts_release(&first);
	nb_concepts_release(&again);
	return 0;
}
